"""The page of a Monday morning: what is to be known, each line with the way to where the work is done.

Read beside all other work whenever it is shown and something has changed; nothing is stored by looking.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.confirm_many import ConfirmManyDialog
from izsa_desktop.ui.dialogs.files import ask_save
from izsa_desktop.ui.dialogs.reminders import RemindersDialog
from izsa_desktop.ui.dialogs.waiting_list import WaitingDialog
from izsa_desktop.ui.pages.overview_charts import ChartsCard
from izsa_desktop.ui.tasks import Task
from izsa_desktop.ui.widgets.card import Card, scrolling_page
from izsa_desktop.ui.widgets.log_list import LogList, LogRow
from izsa_desktop.usecases.freshness import Due, Reminder, confirm_many, due_records, reminders, save_letters
from izsa_desktop.usecases.overview import Overview, overview
from izsa_desktop.usecases.overview_lines import BAD, CONFIRM, GOOD, LIST, PROJECT, REMIND, REVIEW, WARN, Line
from izsa_desktop.usecases.reviewing import Waiting, waiting

_KINDS = frozenset({changes.PROJECTS, changes.BUNDLES, changes.TRUST, changes.COACHING})
_ICONS = {
    "arrived": "inbox",
    "decide": "list",
    "call": "users",
    "stale": "history",
    "closed": "circle-check",
    "answered": "inbox",
    "asked": "circle-alert",
    "next": "chevron-up",
    "unsent": "send",
}
_MARKS = {GOOD: "circle-check", WARN: "circle-alert", BAD: "circle-x"}
_WIDTH, _BESIDE = 1180, 900
"""Pixels: of the page at most, and from which on the charts stand beside the lines."""


class OverviewPage(QWidget):
    """What a person wants to see: a project, the list filtered, another page, or projects to be reviewed in a row."""

    project_wanted = Signal(str)
    list_wanted = Signal(object)  # ProjectFilter
    place_wanted = Signal(str, str)
    """A name of ``overview_lines.PLACES``, and the id of what is to be seen there, or empty."""
    review_wanted = Signal(object, str)
    """Ids in their order, and the one to begin with."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, t = desk, desk.t
        self._stale = True
        self._read: Task[Overview] | None = None
        about = t("overview.subtitle_office") if desk.office else t("overview.subtitle_district")
        scroll, column = scrolling_page(t("overview.title"), about, _WIDTH)
        self.cards: dict[str, Card] = {}
        self.lists: dict[str, LogList] = {}
        self._left = QVBoxLayout()
        self._left.setSpacing(14)
        self._left.addStretch(1)
        self.charts = ChartsCard(desk)
        right = QVBoxLayout()
        right.addWidget(self.charts)
        right.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(14)
        self._sides.addLayout(self._left, 1)
        self._sides.addLayout(right, 0)
        column.addLayout(self._sides)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        desk.changes.changed.connect(self._changed)

    def reload(self) -> None:
        """Reads everything again; while it is being read, once more afterwards."""
        if self._read is not None and self._read.value is None and self._read.error is None:
            self._stale = True
            return
        workplace, t = self._desk.workplace, self._desk.t
        self._stale = False
        self._read = self._desk.tasks.run_beside(self, lambda: overview(workplace, t), self._show)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        percent = self._desk.theme.text_percent
        beside = event.size().width() * 100 >= _BESIDE * percent
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(direction)

    def _changed(self, kinds: frozenset[str], _by: object) -> None:
        """Nobody waits for a page that is not seen."""
        if kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.reload()

    def _show(self, found: Overview) -> None:
        first = not self.lists
        for section in found.sections:
            if section.name not in self.cards:
                self._add(section.name)
            self.lists[section.name].set_rows([self._row(line) for line in section.lines])
        if first:
            self._take_keyboard()
        self.charts.show_figures(found.figures, found.day.year)
        if self._stale and self.isVisible():
            self.reload()

    def _add(self, name: str) -> None:
        t = self._desk.t
        card = self.cards[name] = Card(t(f"overview.{name}"), icon=_ICONS[name])
        lines = self.lists[name] = LogList(t(f"overview.nothing_{name}"))
        card.body.addWidget(lines)
        self._left.insertWidget(self._left.count() - 1, card, 0, Qt.AlignmentFlag.AlignTop)

    def _take_keyboard(self) -> None:
        """To the first line: there was none when the page was opened."""
        first = next((row for lines in self.lists.values() for row in lines.rows), None)
        if first is not None and self.isVisible():
            first.buttons[0].setFocus()

    def _row(self, line: Line) -> LogRow:
        icon, tone = _MARKS.get(line.tone, "chevron-right"), line.tone
        row = LogRow(icon, tone, line.text, line.detail)
        return row.offer(self._desk.t("overview.open"), lambda: self.follow(line))

    # --- where the lines lead -----------------------------------------------------------------------------------------

    def follow(self, line: Line) -> None:
        """Goes where the work of a line is done."""
        if line.place == PROJECT:
            self.project_wanted.emit(line.id)
        elif line.place == LIST:
            self.list_wanted.emit(line.wanted or EVERYTHING)
        elif line.place == REVIEW:
            self.show_waiting()
        elif line.place == REMIND:
            self.show_reminders()
        elif line.place == CONFIRM:
            self.show_due()
        else:
            self.place_wanted.emit(line.place, line.id)

    def show_waiting(self) -> None:
        """The list of what waits for review."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: waiting(workplace), self._show_waiting)

    def _show_waiting(self, found: list[Waiting]) -> None:
        dialog = WaitingDialog(found, self._desk, self.window())
        dialog.chosen.connect(self.review_wanted)
        dialog.open()

    def show_reminders(self) -> None:
        """The letters to the districts."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: reminders(workplace), self._show_reminders)

    def _show_reminders(self, found: list[Reminder]) -> None:
        dialog = RemindersDialog(found, self._desk, self.window())
        dialog.save_wanted.connect(lambda: self._ask_file(found))
        dialog.open()

    def _ask_file(self, found: list[Reminder]) -> None:
        t, workplace = self._desk.t, self._desk.workplace

        def save(target: Path) -> None:
            said = t("reviewing.saved", file=target.name)
            self._desk.tasks.run(
                self, lambda: save_letters(workplace, found, target, t), lambda _none: self._desk.notify.good(said)
            )

        name, kind = t("reviewing.file"), t("reviewing.text_kind")
        ask_save(self, self._desk.settings, t("reviewing.save"), name=name, kind=kind, chosen=save)

    def show_due(self) -> None:
        """The records that somebody should look at again."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: due_records(workplace), self._show_due)

    def _show_due(self, found: list[Due]) -> None:
        dialog = ConfirmManyDialog(found, self._desk.t, self.window())
        dialog.open_wanted.connect(self.project_wanted)
        dialog.confirmed.connect(self.confirm)
        dialog.open()

    def confirm(self, ids: list[str]) -> None:
        """Says of these that they are still true."""
        workplace, t = self._desk.workplace, self._desk.t

        def done(count: int) -> None:
            self._desk.notify.good(t("reviewing.confirmed", count=count))
            self._desk.changes.announce(changes.PROJECTS, by=self)

        self._desk.tasks.watch(
            self, t("reviewing.confirm_title"), lambda progress: confirm_many(workplace, ids, progress), done
        )
