"""Python's garbage collector, kept on the window's thread and out of Qt's calls.

Left to itself it runs in whichever thread makes one object too many. In a worker it would destroy what belongs to the
window's thread; within a call of Qt, what that call is about to touch. Either ends the process, once in a great while.
"""

import gc

from PySide6.QtCore import QObject, QTimerEvent

EVERY_MS = 1000


class Collector(QObject):
    """Collects when the event loop comes round to it; automatic collection is off until ``stop``."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._timer = self.startTimer(EVERY_MS)

    def stop(self) -> None:
        """Gives the collector back to Python."""
        self.killTimer(self._timer)
        gc.enable()

    def timerEvent(self, event: QTimerEvent) -> None:
        """The oldest generation of which there is more than Python's own thresholds allow, and the younger ones."""
        found = zip(gc.get_count(), gc.get_threshold(), strict=True)
        if due := [generation for generation, (count, most) in enumerate(found) if count > most]:
            gc.collect(due[-1])
