"""A page that reads again what it shows when something of it has changed; nobody waits for one that is not seen."""

from abc import abstractmethod
from collections.abc import Collection

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from izsa_desktop.ui.changes import Changes


class FreshPage(QWidget):
    """``reload`` is called when it is first shown, and after changes of the kinds that others made."""

    def __init__(self, changes: Changes, kinds: Collection[str]) -> None:
        super().__init__()
        self._kinds = frozenset(kinds)
        self._stale = True
        changes.changed.connect(self._changed)

    @abstractmethod
    def reload(self) -> None:
        """Reads everything again."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._freshen()

    def _freshen(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()

    def _changed(self, kinds: frozenset[str], by: object) -> None:
        if kinds & self._kinds and by is not self:
            self._stale = True
            self._freshen()
