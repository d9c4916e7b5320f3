"""The gap table's cells for a view: texts and classes that were made on the worker."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from izsa_desktop.ui.widgets.text import plain_tip
from izsa_desktop.usecases.gap_sheet import Cell, Sheet

AnyIndex = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole + 1
IS_TOTAL = Qt.ItemDataRole.UserRole + 2
COLOR = Qt.ItemDataRole.UserRole + 3
"""Of a header: the goal's own."""


class GapModel(QAbstractTableModel):
    """``show`` a sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet: Sheet | None = None

    def show(self, sheet: Sheet) -> None:
        """Shows this instead."""
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def place(self, row: str, column: str) -> QModelIndex:
        """Where a row and a column cross; an invalid index where they do not."""
        if self.sheet is None:
            return QModelIndex()
        rows, columns = ([head.code for head in heads] for heads in (self.sheet.rows, self.sheet.columns))
        return (
            self.index(rows.index(row), columns.index(column)) if row in rows and column in columns else QModelIndex()
        )

    def codes(self, index: AnyIndex) -> tuple[str, str]:
        """Row and column of a cell."""
        assert self.sheet is not None
        return self.sheet.rows[index.row()].code, self.sheet.columns[index.column()].code

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.sheet is None:
            return None
        heads = self.sheet.columns if orientation == Qt.Orientation.Horizontal else self.sheet.rows
        if not 0 <= section < len(heads):
            return None
        head = heads[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return head.short
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(head.name)
            case Qt.ItemDataRole.AccessibleTextRole:
                return head.name
            case _:
                return head.color if role == COLOR else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.sheet is None:
            return None
        cell: Cell = self.sheet.cells[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.sheet.said(index.row(), index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self.sheet.said(index.row(), index.column()))
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case _:
                return self._own(index, cell, role)

    def _own(self, index: AnyIndex, cell: Cell, role: int) -> object:
        assert self.sheet is not None
        if role == CELL:
            return cell
        last = len(self.sheet.columns) - 1
        whole = index.column() == last or self.sheet.rows[index.row()].code == self.sheet.columns[last].code
        return whole if role == IS_TOTAL else None
