"""Projects in columns, each row read when it is looked at."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.models.lazy_rows import LazyRows
from izsa_desktop.usecases.cells import cell
from izsa_desktop.usecases.finding import Answer

AnyIndex = QModelIndex | QPersistentModelIndex
SORT_OF = {"title": "name", "district": "district", "start": "start", "updated": "updated", "missing": "lacking"}
"""Columns by whose header a person sorts, and the order that this is."""
_LONGEST = 200


class ProjectTableModel(QAbstractTableModel):
    """``show`` rows, ``show_columns`` of ``cells.COLUMNS``."""

    def __init__(self, rows: LazyRows, reference: Reference, t: Translator) -> None:
        super().__init__()
        self._rows, self._reference, self._t = rows, reference, t
        self.columns: tuple[str, ...] = ()
        rows.setParent(self)
        rows.arrived.connect(self._arrived)

    def show(self, answer: Answer) -> None:
        """Shows what a search gave."""
        self.beginResetModel()
        self._rows.show(answer)
        self.endResetModel()

    def show_columns(self, columns: Sequence[str]) -> None:
        """Shows these columns in this order."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def id_at(self, place: int) -> str | None:
        """The project in a row, if it is here."""
        row = self._rows.row(place)
        return row.project.id if row else None

    def number_at(self, place: int) -> int:
        """The number of the project in a row."""
        return int(self._rows.numbers[place])

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._t.field(self.columns[section]) if orientation == Qt.Orientation.Horizontal else section + 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self._rows.row(index.row())
        if row is None:
            return "…"
        value = cell(row.project, self.columns[index.column()], self._reference, self._t)
        text = "" if value is None else " ".join(visible(str(value)).split())
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

    def _arrived(self, first: int, last: int) -> None:
        if self.columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
