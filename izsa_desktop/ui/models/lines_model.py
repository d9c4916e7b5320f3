"""Rows for the delegate of versions (three lines and a mark), each under a key of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from izsa_desktop.domain.text import visible
from izsa_desktop.ui.models.version_delegate import MARK, WHAT, WHEN, WHO

AnyIndex = QModelIndex | QPersistentModelIndex


class KeyedRows(QAbstractListModel):
    """Rows that come and go by their keys. What they show is a subclass's to say (``told``)."""

    SPOKEN: tuple[int, ...] = (WHEN, WHO, WHAT)
    """What a screen reader says of a row."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Any] = []

    @staticmethod
    def key_of(row: Any) -> str:
        """What names the row."""
        raise NotImplementedError

    def told(self, row: Any, role: int) -> object:
        """What a row shows in a role of the delegate, or in one of the subclass's own."""
        raise NotImplementedError

    def show(self, rows: Iterable[Any]) -> None:
        """Shows these instead."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def place(self, key: str) -> int:
        """Where it stands; -1 for nowhere."""
        return next((n for n, row in enumerate(self._rows) if self.key_of(row) == key), -1)

    def remove(self, key: str) -> None:
        """Shows it no longer."""
        if (place := self.place(key)) >= 0:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._rows[place]
            self.endRemoveRows()

    def put(self, row: Any, place: int) -> None:
        """Shows it at this place."""
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
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(filter(None, (str(self.told(row, part) or "") for part in self.SPOKEN)))
        return self.told(row, WHEN if role == Qt.ItemDataRole.DisplayRole else role)


@dataclass(frozen=True, slots=True)
class Line:
    """``key`` names what the row stands for; the texts are a person's, and shown as such."""

    key: str
    first: str
    second: str = ""
    third: str = ""
    mark: str = ""


class LinesModel(KeyedRows):
    """Rows that are texts and nothing else."""

    SPOKEN = (WHEN, WHO, WHAT, MARK)

    @property
    def rows(self) -> Sequence[Line]:
        """The rows in their order."""
        return self._rows

    @staticmethod
    def key_of(row: Line) -> str:
        return row.key

    def told(self, row: Line, role: int) -> object:
        texts = {WHEN: row.first, WHO: row.second, WHAT: row.third, MARK: row.mark}
        return visible(texts[role]) if role in texts else None
