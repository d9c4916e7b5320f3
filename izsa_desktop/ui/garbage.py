"""Python's garbage collector, kept on the window's thread and out of Qt's calls.

Left to itself it runs in whichever thread makes one object too many. In a worker it would destroy what belongs to the
window's thread; within a call of Qt, what that call is about to touch. Either ends the process, once in a great while.
"""

import gc

from PySide6.QtCore import QObject, QTimerEvent

EVERY_MS = 1000
FIRST_MS = 5500
"""When the caretaker has put aside what stays to the end: to look through all that the start has made stops every
thread for a tenth of a second, and that while the map is being shown."""


class Collector(QObject):
    """Collects when the event loop comes round to it; automatic collection is off until ``stop``."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._timer = self.startTimer(FIRST_MS)
        self._first = True

    def stop(self) -> None:
        """Gives the collector back to Python."""
        self.killTimer(self._timer)
        gc.enable()

    def timerEvent(self, event: QTimerEvent) -> None:
        """The oldest generation of which there is more than Python's own thresholds allow, and the younger ones."""
        if self._first:
            self._first = False
            self.killTimer(self._timer)
            self._timer = self.startTimer(EVERY_MS)
        found = zip(gc.get_count(), gc.get_threshold(), strict=True)
        if due := [generation for generation, (count, most) in enumerate(found) if count > most]:
            gc.collect(due[-1])
