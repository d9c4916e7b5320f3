"""Brings what a search found onto the map: after the list, and not at all when another search comes."""

from PySide6.QtCore import QObject, QTimer, Signal

from izsa_desktop.db.catalogue import Numbers
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.tasks import Task
from izsa_desktop.usecases.mapping import PackedMap, map_of

FEW = 5_000
"""So many projects are ready for the map within a few milliseconds."""
PAUSE_MS = 250
"""With more of them the map waits until nobody types any more. Not the first time: then nobody has typed."""


class MapFeed(QObject):
    """``follow`` what was found; ``drawn`` tells what the map has to show."""

    drawn = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._numbers: Numbers | None = None
        self._begun = False
        self._task: Task[PackedMap] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._read)

    def follow(self, numbers: Numbers) -> None:
        """Shows these projects, in a while."""
        self.stop()
        self._numbers = numbers
        if self._begun and len(numbers) > FEW:
            self._pause.start()
        else:
            self._read()
        self._begun = True

    def stop(self) -> None:
        """Another search has begun: this one's projects are not wanted any more."""
        self._pause.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _read(self) -> None:
        workplace, numbers = self._desk.workplace, self._numbers
        assert numbers is not None
        self._task = self._desk.tasks.run(self, lambda: map_of(workplace, numbers), self._end)

    def _end(self, found: PackedMap) -> None:
        self._task = None
        self.drawn.emit(found)
