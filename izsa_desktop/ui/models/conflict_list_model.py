"""The records about which there is something to decide, a row each, for the delegate of versions."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.models.version_delegate import MARK, WHAT, WHEN, WHO
from izsa_desktop.usecases.conflicts import Disputed

RECORD = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex


class ConflictListModel(QAbstractListModel):
    """Title, whose record it is, and its fields; ``RECORD`` gives the row itself."""

    def __init__(self, t: Translator, body: Callable[[str], str]) -> None:
        """``body`` names a reporting body by its code."""
        super().__init__()
        self._t, self._body = t, body
        self._rows: list[Disputed] = []

    @property
    def rows(self) -> Sequence[Disputed]:
        """The rows in their order."""
        return self._rows

    def show(self, rows: Sequence[Disputed]) -> None:
        """Shows these instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def place(self, id_: str) -> int:
        """Where a record stands; -1 for nowhere."""
        return next((n for n, row in enumerate(self._rows) if row.id == id_), -1)

    def renew(self, id_: str, fields: tuple[str, ...]) -> None:
        """These of its fields are left to decide."""
        if (place := self.place(id_)) >= 0:
            self._rows[place] = replace(self._rows[place], fields=fields)
            self.dataChanged.emit(self.index(place), self.index(place))

    def remove(self, id_: str) -> None:
        """Nothing is left to decide about it."""
        if (place := self.place(id_)) >= 0:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._rows[place]
            self.endRemoveRows()

    def put(self, row: Disputed, place: int) -> None:
        """There is something to decide about it again."""
        place = min(place, len(self._rows))
        self.beginInsertRows(QModelIndex(), place, place)
        self._rows.insert(place, row)
        self.endInsertRows()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == RECORD:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(filter(None, (self._told(row, part) for part in (WHEN, WHO, WHAT))))
        return self._told(row, role)

    def _told(self, row: Disputed, role: int) -> str | None:
        fields = ", ".join(self._t.field(name) for name in row.fields)
        if role in (WHEN, Qt.ItemDataRole.DisplayRole):
            return visible(row.title) or self._t("list.untitled")
        if role == WHO:
            return " · ".join(filter(None, (self._body(row.body), visible(row.number))))
        if role == WHAT:
            return fields or self._t("conflict.again")
        return str(len(row.fields)) if role == MARK and row.fields else "" if role == MARK else None
