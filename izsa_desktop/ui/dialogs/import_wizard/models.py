"""Thin tables over a dry run: its rows, and the cells of one row."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.table import Cell, address
from izsa_desktop.ui import icons
from izsa_desktop.ui.models.columns_model import AnyIndex, ColumnsModel
from izsa_desktop.ui.widgets.text import plain_tip
from izsa_desktop.usecases.importing.messages import Message, field_label, sentence
from izsa_desktop.usecases.importing.spot import as_text
from izsa_desktop.usecases.importing.trial import KNOWN, LEFT, NEW, SKIPPED, UPDATE, TrialRow

_ICONS = {
    NEW: ("plus", "good"),
    UPDATE: ("pencil", "accent"),
    KNOWN: ("check-check", "soft"),
    LEFT: ("circle-alert", "bad"),
    SKIPPED: ("x", "faint"),
}
_DISPLAY, _EDIT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole


class RowsModel(ColumnsModel[TrialRow]):
    """Number, state, project, what was found."""

    def __init__(self, t: Translator, title_of: Callable[[TrialRow], str], parent: QObject) -> None:
        super().__init__((t(f"import.{name}") for name in ("row", "state", "project", "problems")), parent)
        self._t, self._title_of = t, title_of

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        row = self.rows[index.row()]
        if role == _DISPLAY:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 1:
            return icons.icon(*_ICONS[row.state], 16)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 3:
            return plain_tip("\n".join(said(self._t, message) for message in row.messages)) if row.messages else None
        return None

    def _text(self, row: TrialRow, column: int) -> str:
        if column == 0:
            return str(row.number)
        if column == 1:
            return self._t(f"import_state.{row.state}")
        if column == 2:
            return " ".join(visible(self._title_of(row)).split())
        if row.skip:
            return self._t(f"import_skip.{row.skip}")
        first = sorted(row.messages, key=lambda message: not message.stops)
        return " · ".join(said(self._t, message) for message in first[:4])


class CellsModel(ColumnsModel[tuple[int, str]]):
    """The mapped cells of one row, each with its column's header; the values can be written over."""

    corrected = Signal(int, int, str)
    """Row, column, text."""

    def __init__(self, t: Translator, parent: QObject) -> None:
        super().__init__((t(f"import.{name}") for name in ("cell", "column", "value", "problems")), parent)
        self._t = t
        self._row: TrialRow | None = None
        self._texts: dict[int, str] = {}

    def set_row(self, row: TrialRow | None, columns: Sequence[tuple[int, str]], cells: Sequence[Cell]) -> None:
        """``columns``: the mapped ones with their headers."""
        self._row = row
        shown = list(columns) if row is not None else []
        self._texts = {c: as_text(cells[c]) if c < len(cells) else "" for c, _ in shown}
        self.show_rows(shown)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if index.column() == 2 else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | editable

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        column, header = self.rows[index.row()]
        if self._row is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 3 and (found := self._messages(column)):
            return icons.icon("circle-alert", "bad" if any(m.stops for m in found) else "warn", 16)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 3 and (found := self._messages(column)):
            return plain_tip("\n".join(sentence(self._t, message) for message in found))
        if role not in (_DISPLAY, _EDIT):
            return None
        text = self._texts[column]
        shown = (
            address(self._row.number, column),
            visible(header),
            text if role == _EDIT else " ".join(visible(text).split()),
            " · ".join(sentence(self._t, message) for message in self._messages(column)),
        )
        return shown[index.column()]

    def setData(self, index: AnyIndex, value: Any, role: int = _EDIT) -> bool:
        column = self.rows[index.row()][0]
        if role != _EDIT or self._row is None or str(value) == self._texts[column]:
            return False
        self._texts[column] = str(value)
        self.dataChanged.emit(index, index)
        self.corrected.emit(self._row.number, column, str(value))
        return True

    def first_problem(self) -> int:
        """The place of the first cell about which something was said; 0 when there is none."""
        return next((n for n, (column, _) in enumerate(self.rows) if self._messages(column)), 0)

    def _messages(self, column: int) -> list[Message]:
        return [message for message in self._row.messages if message.column == column] if self._row else []


def said(t: Translator, message: Message) -> str:
    """A message with its cell or field before it."""
    where = message.cell or (field_label(t, message) if message.target else "")
    return f"{where}: {sentence(t, message)}" if where else sentence(t, message)
