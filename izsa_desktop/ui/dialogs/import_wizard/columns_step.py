"""Second step: each column with some of its cells, and the field that it is about."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.table import EMPTY, Sheet, Table, column_letters
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import empty
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label, surface
from izsa_desktop.usecases.importing.headers import SEARCHED_ROWS, target_label
from izsa_desktop.usecases.importing.mapping import Mapping
from izsa_desktop.usecases.importing.spot import as_text
from izsa_desktop.usecases.importing.targets import targets

_SAMPLES = 3


class ColumnsStep(QWidget):
    """``sheet_wanted(n)`` and ``header_wanted(row)``: the mapping is to be proposed anew."""

    sheet_wanted = Signal(int)
    header_wanted = Signal(int)
    changed = Signal()

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self.mapping: Mapping | None = None
        self._names = list(targets())
        self._choices = QStringListModel([t("import.not_read"), *(target_label(t, name) for name in self._names)], self)
        self.sheet, self.header = QComboBox(), QComboBox()
        self.sheet.activated.connect(self.sheet_wanted)
        self.header.activated.connect(lambda n: self.header_wanted.emit(self.header.itemData(n)))
        self.hint = Banner()
        self.combos: dict[int, QComboBox] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(plain_label(t("import.columns_heading"), role="title"))
        layout.addWidget(plain_label(t("import.columns_text"), role="soft", wrap=True))
        layout.addLayout(self._choosers())
        layout.addWidget(self.hint)
        layout.addWidget(self._scroll(), 1)

    def _choosers(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(24)
        for key, combo in (("import.sheet", self.sheet), ("import.header_row", self.header)):
            form = QFormLayout()
            form.addRow(self._t(key), combo)
            combo.setAccessibleName(self._t(key).replace("&", ""))
            combo.setMinimumWidth(160)
            line.addLayout(form)
        line.addStretch(1)
        return line

    def _scroll(self) -> QScrollArea:
        inside = QWidget()
        surface(inside, "form")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return scroll

    def show_mapping(self, table: Table, mapping: Mapping, file: str) -> None:
        """Shows a sheet's columns and what they are taken for; a text table's one sheet is called like the file."""
        self.mapping = mapping
        sheet = table.sheets[mapping.sheet]
        self._fill_choosers(table, sheet, mapping, file)
        empty(self._grid)
        self.combos = {}
        for place, key in enumerate(("import.column", "import.samples", "import.field")):
            self._grid.addWidget(plain_label(self._t(key), role="section"), 0, place)
        samples = _samples(sheet, mapping)
        for line, column in enumerate(range(len(samples)), start=1):
            self._add_column(line, column, mapping, samples[column])
        for place, stretch in enumerate((3, 4, 3)):
            self._grid.setColumnStretch(place, stretch)
        if mapping.exact:
            self.hint.say("info", self._t("outputs.own_table"))
        elif mapping.remembered:
            self.hint.say("info", self._t("import.columns_remembered"))
        else:
            self.hint.hide()
        self._look()

    def _fill_choosers(self, table: Table, sheet: Sheet, mapping: Mapping, file: str) -> None:
        with QSignalBlocker(self.sheet), QSignalBlocker(self.header):
            self.sheet.clear()
            self.sheet.addItems([visible(one.name or file) for one in table.sheets])
            self.sheet.setCurrentIndex(mapping.sheet)
            self.sheet.setEnabled(len(table.sheets) > 1)
            self.header.clear()
            self.header.addItem(self._t("import.no_header"), 0)
            for row in sheet.rows[:SEARCHED_ROWS]:
                self.header.addItem(str(row.number), row.number)
            self.header.setCurrentIndex(max(0, self.header.findData(mapping.headers.row)))

    def _add_column(self, line: int, column: int, mapping: Mapping, samples: Sequence[str]) -> None:
        header = mapping.header(column)
        letters = column_letters(column)
        combo = QComboBox()
        combo.setModel(self._choices)
        combo.setMaxVisibleItems(16)
        combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        combo.setAccessibleName(self._t("import.field_of", column=visible(header or letters)))
        names = mapping.columns.get(column, ())
        combo.setCurrentIndex(self._names.index(names[0]) + 1 if names else 0)
        combo.activated.connect(lambda chosen, column=column: self._choose(column, chosen))
        combo.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]  # the list scrolls, not the choice
        self.combos[column] = combo
        self._grid.addWidget(ElidedLabel(f"{letters}  {header}", role="strong"), line, 0)
        self._grid.addWidget(ElidedLabel("  ·  ".join(samples), role="soft"), line, 1)
        self._grid.addWidget(combo, line, 2)

    def _choose(self, column: int, chosen: int) -> None:
        if self.mapping is not None:
            self.mapping = self.mapping.with_column(column, (self._names[chosen - 1],) if chosen else ())
            self._look()
            self.changed.emit()

    def _look(self) -> None:
        """What should be said about the choice."""
        if self.mapping is None:
            return
        chosen = {name for names in self.mapping.columns.values() for name in names}
        if not chosen:
            self.hint.say("circle-alert", self._t("import.no_column_chosen"), "warn")
        elif "title" not in chosen:
            self.hint.say("circle-alert", self._t("import.title_missing"), "warn")
        elif not (self.mapping.remembered or self.mapping.exact):
            self.hint.hide()


def _samples(sheet: Sheet, mapping: Mapping) -> list[list[str]]:
    """Some different cells of each column."""
    width = max((len(row.cells) for row in sheet.rows[:200]), default=0)
    samples: list[list[str]] = [[] for _ in range(max(width, len(mapping.headers.texts)))]
    for row in sheet.rows[:200]:
        if row.number <= mapping.headers.last:
            continue
        for column, cell in enumerate(row.cells):
            text = "" if cell.kind == EMPTY else as_text(cell)[:60]
            if text and len(samples[column]) < _SAMPLES and text not in samples[column]:
                samples[column].append(text)
    return samples
