"""The records about which there is something to decide, a row each, for the delegate of versions."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.models.lines_model import KeyedRows
from izsa_desktop.ui.models.version_delegate import MARK, WHAT, WHEN, WHO
from izsa_desktop.usecases.conflicts import Disputed

RECORD = Qt.ItemDataRole.UserRole


class ConflictListModel(KeyedRows):
    """Title, whose record it is, and its fields; ``RECORD`` gives the row itself."""

    def __init__(self, t: Translator, body: Callable[[str], str]) -> None:
        """``body`` names a reporting body by its code."""
        super().__init__()
        self._t, self._body = t, body

    @property
    def rows(self) -> Sequence[Disputed]:
        """The rows in their order."""
        return self._rows

    @staticmethod
    def key_of(row: Disputed) -> str:
        return row.id

    def renew(self, id_: str, fields: tuple[str, ...]) -> None:
        """These of its fields are left to decide."""
        if (place := self.place(id_)) >= 0:
            self._rows[place] = replace(self._rows[place], fields=fields)
            self.dataChanged.emit(self.index(place), self.index(place))

    def told(self, row: Disputed, role: int) -> object:
        if role == RECORD:
            return row
        fields = ", ".join(self._t.field(name) for name in row.fields)
        if role == WHEN:
            return visible(row.title) or self._t("list.untitled")
        if role == WHO:
            return " · ".join(filter(None, (self._body(row.body), visible(row.number))))
        if role == WHAT:
            return fields or self._t("conflict.again")
        return str(len(row.fields)) if role == MARK and row.fields else "" if role == MARK else None
