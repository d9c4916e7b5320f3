"""Gaps: districts against goals and the like, coloured, with what stands behind each cell beside them.

Everything is read and counted on the second worker: nobody who types waits for it. What was read is kept until projects
change, so that another kind of column or another measure only counts anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.analysis.gaps import KINDS, UNKNOWN
from izsa_desktop.domain.errors import Cancelled
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.pages.gap_outputs import GapOutputs
from izsa_desktop.ui.pages.gap_side import BalancePart, GapSide, UnservedPart
from izsa_desktop.ui.tasks import Task
from izsa_desktop.ui.widgets.empty_state import EmptyState
from izsa_desktop.ui.widgets.fields import QuietCombo
from izsa_desktop.ui.widgets.gap_legend import GapLegend
from izsa_desktop.ui.widgets.gap_table import GapTable
from izsa_desktop.ui.widgets.scope_switch import ScopeSwitch
from izsa_desktop.ui.widgets.text import plain_label, surface
from izsa_desktop.ui.widgets.waiting import waiting
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.gap_cell import Behind, Looked, behind
from izsa_desktop.usecases.gap_sheet import ACTIVE, BUDGET, COUNT, DENSITY, TOTAL, Sheet, Wanted
from izsa_desktop.usecases.gap_workbook import budget_name
from izsa_desktop.usecases.gaps import BY_YEAR, Counted, count, row_codes, table_of

_NO_LIMIT = 16_777_215
"""What Qt takes for no limit of a height."""
_SOON_MS = 90
"""After which a cell that the keyboard only passes is not asked about."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows."""

    looked: Looked
    sheet: Sheet


class GapsPage(QWidget):
    """The table at the left, what stands behind its cells at the right."""

    project_wanted = Signal(str)
    filter_wanted = Signal(ProjectFilter)
    shown = Signal()
    """The table is there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        surface(self, "page")
        t = desk.t
        self._desk = desk
        self._counted: Counted | None = None
        self._wanted = ProjectFilter()
        self._shown: _Shown | None = None
        self._reading: Task[tuple[Counted, _Shown]] | None = None
        self._asking: Task[Behind] | None = None
        self._stop = Event()
        first = row_codes(desk.workplace.reference)[0]
        self._place = (first if desk.office else desk.workplace.identity.body, TOTAL)
        self._columns = ""
        """The kind of columns that are shown."""
        self._stale = True
        self.by = _combo(t("gapscreen.columns"), [(t(f"gapcolumn.{kind}"), kind) for kind in KINDS])
        self.measure = _combo(t("gapscreen.measure"), [])
        self.scope = ScopeSwitch(t)
        self.scope.setVisible(not desk.office)
        self.print_button = _button("printer", t("gapscreen.print"), t("gapscreen.print_tip"))
        self.export_button = _button("table-2", t("gapscreen.export"), t("gapscreen.export_title"))
        self.summary = plain_label(role="soft")
        self.legend = GapLegend()
        self.table = GapTable(t("gapscreen.table"), t("gapscreen.table_help"))
        self.side = GapSide(desk)
        self.outputs = GapOutputs(desk, self)
        self._names = FilterNames(desk.workplace.reference, t)
        self.unserved, self.balance = UnservedPart(desk), BalancePart(desk, self._names)
        self._below = QWidget()
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._lay_out()
        self._offer_measures(())
        self._wire()

    def _wire(self) -> None:
        self.by.currentIndexChanged.connect(lambda _n: self._count_again())
        self.measure.currentIndexChanged.connect(lambda _n: self._count_again())
        self.scope.changed.connect(self._change_scope)
        self.empty.wanted.connect(lambda: self._change_scope(False))
        self.table.current.connect(self._move)
        self.table.entered.connect(self._go_to_projects)
        self.table.clicked.connect(lambda _index: self._soon.start(0))
        self._soon.timeout.connect(self._ask)
        self.side.project_wanted.connect(self.project_wanted)
        self.side.filter_wanted.connect(self.filter_wanted)
        self.print_button.clicked.connect(self.print)
        self.export_button.clicked.connect(self.export)
        self._desk.changes.changed.connect(self._changed)
        self._desk.theme.changed.connect(self.table.fit)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self, self.print)

    # --- reading ------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """A reading of many projects ends with the window, and begins anew when somebody comes back."""
        super().hideEvent(event)
        if self._counted is None:
            self._stop.set()
            self._stale = True

    def _changed(self, kinds: frozenset[str], _by: object) -> None:
        if changes.PROJECTS in kinds:
            self._stale = True
            if self.isVisible():
                self.reload()

    def reload(self) -> None:
        """Reads the projects again; an older reading counts no more."""
        self._stale, self._counted = False, None
        self._count_again()

    def _change_scope(self, network: bool) -> None:
        self._wanted = ProjectFilter(network=network)
        self.scope.show_scope(network)
        self.reload()

    def _count_again(self) -> None:
        """Another table of what was read, or of what is read for it."""
        self._stop.set()
        stop = self._stop = Event()
        if self._reading is not None:
            self._reading.cancel()
        if self._shown is None:
            self._stack.setCurrentIndex(0)
        self._reading = self._desk.tasks.run_beside(self, self._operation(stop), self._show)

    def _operation(self, stop: Event) -> Callable[[], tuple[Counted, _Shown]]:
        """For the worker; it ends early when ``stop`` is set."""
        workplace, t, wanted, counted = self._desk.workplace, self._desk.t, self._wanted, self._counted
        by, looks = self.by.currentData(), self.measure.currentData()

        def step(_done: int, _total: int, /) -> None:
            if stop.is_set():
                raise Cancelled

        def work() -> tuple[Counted, _Shown]:
            found = counted or count(workplace, wanted, step)
            looked = Looked(found, table_of(found, by, workplace.reference), wanted)
            return found, _Shown(looked, Sheet(looked.table, looks, workplace.reference, t))

        return work

    def _show(self, made: tuple[Counted, _Shown]) -> None:
        first, (self._counted, self._shown) = self._shown is None, made
        sheet, t = self._shown.sheet, self._desk.t
        found = sheet.table.found
        self._offer_measures(tuple(found.total.budget))
        self.summary.setText(_summary(sheet, t))
        hatched = any(cell.gap for row in sheet.cells for cell in row)
        self.legend.show_classes(sheet.unit, sheet.legend, t("gapscreen.legend_gap") if hatched else "")
        self.legend.setVisible(not sheet.empty)
        for button in (self.print_button, self.export_button):
            button.setEnabled(not sheet.empty)
        other = self._columns != found.by
        self._columns = found.by
        with QSignalBlocker(self.table), self.table.staying(from_left=other):
            self.table.cells.show(sheet)
            self.table.fit()
            if not self.table.go_to(*self._place):
                self._place = (self._place[0], TOTAL)
                if not self.table.go_to(*self._place):
                    self._place = (sheet.rows[-1].code, TOTAL)
                    self.table.go_to(*self._place)
        self.side.show_sheet(sheet)
        self._show_below(sheet)
        self._show_part(sheet)
        if first and QApplication.focusWidget() in (None, self.print_button):
            self.table.setFocus()  # it was not there when the page was opened
        self._ask()
        self.shown.emit()

    def _show_below(self, sheet: Sheet) -> None:
        """One row leaves room for what else is known of the district."""
        alone = len(sheet.rows) == 1
        self._below.setVisible(alone)
        self.table.setMaximumHeight(self.table.needed_height() if alone else _NO_LIMIT)
        if alone:
            self.unserved.show_row(sheet.rows[0].code, sheet, self._names)
            self.balance.show_sheet(sheet)

    def _show_part(self, sheet: Sheet) -> None:
        t = self._desk.t
        if sheet.empty and self._wanted.network:
            self.empty.say("inbox", t("network.none"), t("gapscreen.nothing_network_hint"), t("network.back"))
        elif sheet.empty:
            self.empty.say("grid-3x3", t("gapscreen.nothing_yet"), t("gapscreen.nothing_yet_hint"))
        self._stack.setCurrentIndex(2 if sheet.empty else 1)

    def _offer_measures(self, currencies: tuple[str, ...]) -> None:
        """Number, share, density, and money in each currency that occurs."""
        t, chosen = self._desk.t, self.measure.currentData()
        offers = [(t(f"gapmeasure.{name}"), Wanted(name)) for name in (COUNT, ACTIVE, DENSITY)]
        offers += [(budget_name(currency, t), Wanted(BUDGET, currency)) for currency in currencies]
        if [self.measure.itemData(n) for n in range(self.measure.count())] == [one for _, one in offers]:
            return
        with QSignalBlocker(self.measure):
            self.measure.clear()
            for name, wanted in offers:
                self.measure.addItem(name, wanted)
            kept = [one for _, one in offers]
            self.measure.setCurrentIndex(kept.index(chosen) if chosen in kept else 0)
        if chosen is not None and chosen not in kept:
            self._count_again()

    # --- one cell -----------------------------------------------------------------------------------------------------

    def _move(self, row: str, column: str) -> None:
        self._place = row, column
        self._soon.start(_SOON_MS)

    def _ask(self) -> None:
        """What stands behind the cell in which one is."""
        if self._shown is None:
            return
        if self._asking is not None:
            self._asking.cancel()
        workplace, looked, place, t = self._desk.workplace, self._shown.looked, self._place, self._desk.t
        sheet = self._shown.sheet
        self._asking = self._desk.tasks.run_beside(
            self,
            lambda: behind(workplace, looked, place, t),
            lambda found: self.side.show_behind(found, sheet),
        )

    def _go_to_projects(self) -> None:
        self.side.tabs.show_part(0)
        self.side.cell.projects.setFocus()

    # --- paper and files ----------------------------------------------------------------------------------------------

    def print(self) -> None:
        """Shows the table as it will be printed."""
        if self._shown is not None and not self._shown.sheet.empty:
            self.outputs.print(self._shown.sheet, self._shown.looked)

    def export(self) -> None:
        """Asks where to save the table as a workbook."""
        if self._shown is not None and not self._shown.sheet.empty:
            self.outputs.export(self._shown.looked.table)

    def _lay_out(self) -> None:
        t = self._desk.t
        head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.setSpacing(1)
        titles.addWidget(plain_label(t("gapscreen.title"), role="page"))
        titles.addWidget(self.summary)
        head.addLayout(titles, 1)
        head.addWidget(self.print_button)
        head.addWidget(self.export_button)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for name, combo in ((t("gapscreen.columns"), self.by), (t("gapscreen.measure"), self.measure)):
            label = plain_label(name, role="field")
            label.setBuddy(combo)
            tools.addWidget(label)
            tools.addWidget(combo)
            tools.addSpacing(6)
        tools.addWidget(self.scope, 1)
        if self._desk.office:
            tools.addStretch(1)
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.table, 1)
        column.addWidget(self.legend)
        column.addWidget(self._below, 2)
        beside = QHBoxLayout(self._below)
        beside.setContentsMargins(0, 14, 0, 0)
        beside.setSpacing(28)
        beside.addWidget(self.unserved, 1)
        beside.addWidget(self.balance, 1)
        self._below.hide()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(18, 14, 14, 10)
        column.setSpacing(9)
        column.addLayout(head)
        column.addLayout(tools)
        for part in (waiting(t("gapscreen.reading")), table, self.empty):
            self._stack.addWidget(part)
        column.addWidget(self._stack, 1)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.side)
        split.setStretchFactor(0, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)


def _summary(sheet: Sheet, t: Translator) -> str:
    """How many projects and gaps there are; gaps that are one only because nobody knows what runs are told apart."""
    count, findings = sheet.table.found.total.count, sheet.table.findings
    if sheet.table.found.by == BY_YEAR:
        return t("gapscreen.summary_year", count=count)
    said = t("gapscreen.summary", count=count, missing=t.number(len(findings)))
    unknown = sum(one.reason == UNKNOWN for one in findings)
    return f"{said}; {t('gapscreen.summary_unknown', count=unknown)}" if unknown else said


def _combo(name: str, offers: list[tuple[str, str]]) -> QuietCombo:
    combo = QuietCombo()
    combo.setAccessibleName(name)
    combo.setProperty("role", "filter")
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for text, data in offers:
        combo.addItem(text, data)
    return combo


def _button(icon: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(True)  # Enter presses it
    button.setToolTip(tip)
    icons.put(button, icon, "text", 15)
    return button
