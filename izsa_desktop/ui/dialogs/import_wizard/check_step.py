"""Third step: what would happen, row by row; cells can be corrected on the spot."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.dialogs.import_wizard.models import CellsModel, RowsModel
from izsa_desktop.ui.widgets.card import empty
from izsa_desktop.ui.widgets.text import plain_label, set_role
from izsa_desktop.usecases.importing.files import shown_cells
from izsa_desktop.usecases.importing.spot import as_text
from izsa_desktop.usecases.importing.trial import KNOWN, LEFT, NEW, SKIPPED, UPDATE, Trial, TrialRow

_COUNTS = ((NEW, "plus", "good"), (UPDATE, "pencil", "accent"), (LEFT, "circle-alert", "bad"))
_QUIET = ((KNOWN, "check-check", "soft"), (SKIPPED, "x", "faint"))


_EDIT_BY = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.SelectedClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)


class CheckStep(QWidget):
    """``recheck_wanted``: with the corrections and the wish to update that stand here now."""

    recheck_wanted = Signal()
    corrected = Signal()

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self.trial: Trial | None = None
        self.corrections: dict[tuple[int, int], str] = {}
        self._counts = QHBoxLayout()
        self._counts.setSpacing(8)
        self.only_problems = QCheckBox(t("import.only_problems"))
        self.only_problems.toggled.connect(self._fill)
        self.update_known = QCheckBox(t("import.update_known"))
        self.update_known.toggled.connect(self.recheck_wanted)
        self.recheck = QPushButton(t("import.recheck"))
        icons.put(self.recheck, "check-check", "text", 16)
        self.recheck.clicked.connect(self.recheck_wanted)
        self.rows = RowsModel(t, self._title, self)
        self.cells = CellsModel(t, self)
        self.cells.corrected.connect(self._correct)
        self.view, self.cell_view = _table(t("import.check_heading")), _table(t("import.value"))
        self.cells_heading = plain_label(t("import.edit_hint"), role="soft", wrap=True)
        self._prepare_views()
        self._lay_out()

    def _prepare_views(self) -> None:
        self.view.setModel(self.rows)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.cell_view.setModel(self.cells)
        self.cell_view.setEditTriggers(_EDIT_BY)
        self.view.selectionModel().currentRowChanged.connect(self._show_cells)
        letter = self.fontMetrics().averageCharWidth()
        for view, widths in ((self.view, (8, 17, 28)), (self.cell_view, (8, 20, 26))):  # in letters
            for column, width in enumerate(widths):
                view.setColumnWidth(column, width * letter)
            view.horizontalHeader().setStretchLastSection(True)

    def _lay_out(self) -> None:
        t = self._t
        line = QHBoxLayout()
        line.setSpacing(16)
        for widget in (self.only_problems, self.update_known):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.recheck)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.cells_heading)
        column.addWidget(self.cell_view, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.view)
        halves.addWidget(below)
        halves.setChildrenCollapsible(False)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(plain_label(t("import.check_heading"), role="title"))
        layout.addLayout(self._counts)
        layout.addLayout(line)
        layout.addWidget(halves, 1)

    def show_trial(self, trial: Trial) -> None:
        """Shows a dry run; the row that was looked at stays where it is."""
        index = self.view.currentIndex()
        before = self.rows.rows[index.row()].number if index.isValid() else None
        self.trial, self.corrections = trial, {}
        counts = trial.counts
        empty(self._counts)
        for state, icon, tone in (*_COUNTS, *_QUIET):
            if counts[state] or state in (NEW, LEFT):
                self._counts.addWidget(icons.label(icon, tone, 18))
                self._counts.addWidget(plain_label(str(counts[state]), role="heading"))
                self._counts.addWidget(plain_label(self._t(f"import.count_{state}"), role="soft"))
                self._counts.addSpacing(14)
        self._counts.addStretch(1)
        self.recheck.setEnabled(False)
        set_role(self.recheck, "")
        self._fill(keep=before)

    def _fill(self, _checked: bool = False, keep: int | None = None) -> None:
        if self.trial is None:
            return
        rows = [row for row in self.trial.rows if not self.only_problems.isChecked() or row.messages]
        self.rows.show_rows(rows)
        wrong = next((n for n, row in enumerate(rows) if row.messages), 0)  # what a person has to look at
        place = next((n for n, row in enumerate(rows) if row.number == keep), wrong)
        if rows:
            command = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.view.selectionModel().setCurrentIndex(self.rows.index(place, 0), command)
        else:
            self._show_cells(QModelIndex())

    def _show_cells(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        trial = self.trial
        row = self.rows.rows[index.row()] if index.isValid() else None
        if row is None or trial is None:
            self.cells.set_row(None, (), ())
            self.cells_heading.setText(self._t("import.edit_hint"))
            return
        columns = [(column, trial.mapping.header(column)) for column in trial.mapping.columns]
        self.cells.set_row(row, columns, shown_cells(trial, row, self.corrections))
        self.cells_heading.setText(self._t("import.cells_of_row", row=row.number))
        self.cell_view.setCurrentIndex(self.cells.index(self.cells.first_problem(), 2))

    def _correct(self, row: int, column: int, text: str) -> None:
        self.corrections[row, column] = text
        self.recheck.setEnabled(True)
        set_role(self.recheck, "tonal")  # the way on: nothing is taken in before it is checked
        self.corrected.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends the writing in a cell; it must not reach the dialog, whose default is to take everything in."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _title(self, row: TrialRow) -> str:
        """The project's name, also where the row cannot be stored."""
        if row.fields is not None and row.fields.title:
            return row.fields.title
        assert self.trial is not None
        column = next((c for c, names in self.trial.mapping.columns.items() if "title" in names), None)
        cells = shown_cells(self.trial, row)
        return as_text(cells[column]) if column is not None and column < len(cells) else ""


def _table(name: str) -> QTableView:
    view = QTableView()
    view.setObjectName("importTable")
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(max(30, view.fontMetrics().height() + 10))
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return view
