"""Brings what a search found onto the map: after the list, in small parts, and not at all when another search comes.

Nothing else has to wait: between two parts the worker does what was asked of it meanwhile.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from izsa_desktop.db.catalogue import Numbers
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.tasks import Task
from izsa_desktop.usecases.mapping import MapPart, join, map_part

PART = 250
"""Projects that are read at once: a few milliseconds of the worker."""
PAUSE_MS = 250
"""For more projects than one part the map waits until nobody types any more."""


class MapFeed(QObject):
    """``follow`` what was found; ``drawn`` tells what the map has to show."""

    drawn = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._numbers: Numbers | None = None
        self._parts: list[MapPart] = []
        self._task: Task[MapPart] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._go_on)

    def follow(self, numbers: Numbers) -> None:
        """Shows these projects, in a while."""
        self.stop()
        self._numbers = numbers
        if len(numbers) <= PART:
            self._go_on()
        else:
            self._pause.start()

    def stop(self) -> None:
        """Another search has begun: this one's projects are not wanted any more."""
        self._pause.stop()
        self._parts = []
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _go_on(self) -> None:
        assert self._numbers is not None
        done = PART * len(self._parts)
        workplace, some = self._desk.workplace, self._numbers[done : done + PART].tolist()
        self._task = self._desk.tasks.run(self, lambda: map_part(workplace, some), self._take)

    def _take(self, part: MapPart) -> None:
        assert self._numbers is not None
        self._parts.append(part)
        if PART * len(self._parts) < len(self._numbers):
            self._go_on()
            return
        parts, self._task = self._parts, None
        if len(parts) == 1:
            self.drawn.emit(join(parts))
        else:
            self._desk.tasks.run(self, lambda: join(parts), lambda data: self._end(parts, data))

    def _end(self, parts: list[MapPart], data: object) -> None:
        if parts is self._parts:
            self.drawn.emit(data)
