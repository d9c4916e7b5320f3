"""Coaching at the office: the districts in the order of the alphabet, the way of the chosen one, and the agenda."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.models.lines_model import Line
from izsa_desktop.ui.models.version_delegate import VersionDelegate
from izsa_desktop.ui.pages.coaching_work import CoachingWork
from izsa_desktop.ui.pages.fresh_page import FreshPage
from izsa_desktop.ui.pages.path_view import PathView
from izsa_desktop.ui.widgets.agenda_list import AgendaList
from izsa_desktop.ui.widgets.card import Card, scrolling_page, spaced_line
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.ui.widgets.lines_view import LinesView, beside
from izsa_desktop.ui.widgets.tabs import Tabs
from izsa_desktop.ui.widgets.text import plain_label, surface
from izsa_desktop.usecases.coached import Coached, coached
from izsa_desktop.usecases.coaching_view import DistrictPath, Item, agenda, path

_SIZES = (270, 1000)
"""Of the list and of what is beside it: names are short, and the path has much to show."""


_LETTERS = 18
"""Average ones that the list is wide at least: in large text the path needs the room more than short names do."""


class CoachingPage(FreshPage):
    """Districts at the left; at the right two parts: the way of one, and the agenda of all."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.changes, (changes.PROJECTS, changes.BUNDLES, changes.TRUST, changes.COACHING))
        self._desk, t = desk, desk.t
        surface(self, "page")
        marks = Mnemonics()
        self.list = self._list()
        self.view = PathView(desk, marks)
        self.agenda = AgendaList(t, self._name)
        self.work = CoachingWork(desk, self)
        self.tabs = Tabs()
        self.tabs.add("route", marks.mark(t("coach.tab_path")), self.view)
        self.tabs.add("calendar-days", marks.mark(t("coach.tab_agenda")), self._agenda_card(marks))
        self.area, column = scrolling_page(t("coach.title"), t("coach.subtitle"), 900)
        column.addWidget(self.tabs)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        parts = beside(self.list, self.area)
        parts.setSizes(_SIZES)
        layout.addWidget(parts)
        self.view.wanted.connect(self.work.do)
        self.work.written.connect(self.reload)
        self.agenda.wanted.connect(self.look_at)
        self.list.looked_at.connect(self._read_path)

    def _name(self, district: str) -> str:
        return self._desk.workplace.reference.district_name(district, self._desk.t.language)

    # --- the parts ----------------------------------------------------------------------------------------------------

    def _list(self) -> LinesView:
        t = self._desk.t
        districts = LinesView(t("coach.districts"))
        districts.head.insertWidget(0, plain_label(t("coach.districts"), role="title"))
        districts.count.setText(t("coach.districts_order"))
        districts.view.setItemDelegate(VersionDelegate(districts.view, tight=True))
        districts.view.setUniformItemSizes(False)
        districts.setMinimumWidth(_LETTERS * self.fontMetrics().averageCharWidth())
        return districts

    def _agenda_card(self, marks: Mnemonics) -> Card:
        t = self._desk.t
        card = Card(t("coach.agenda"), t("coach.agenda_text"), icon="calendar-days")
        self.printing = QPushButton(marks.mark(t("coach.print_agenda")))
        icons.put(self.printing, "printer", "text", 16)
        self.printing.clicked.connect(self.work.print_agenda)
        card.body.addLayout(spaced_line(self.printing))
        card.body.addWidget(self.agenda)
        return card

    # --- reading ------------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads everything again; the district that is looked at stays."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: coached(workplace), self._show)
        self._desk.tasks.run_beside(self, lambda: agenda(workplace), self._show_agenda)

    @property
    def district(self) -> str:
        """The code of the district that is looked at; empty before the list was read."""
        return self.list.current

    def look_at(self, district: str) -> None:
        """Shows the way of this district."""
        self.tabs.show_part(0)
        self.list.go_to(self.list.model.place(district))
        self.list.view.setFocus()

    def _show(self, rows: Sequence[Coached]) -> None:
        before = self.district
        self.list.model.show(self._line(row) for row in rows)
        self.list.go_to(max(0, self.list.model.place(before)))

    def _line(self, row: Coached) -> Line:
        t = self._desk.t
        last = t("coach.last", day=t.date(row.last)) if row.last else t("coach.never")
        following = t("coach.following", day=t.date(row.following)) if row.following else ""
        actions = t("coach.open_actions", count=row.actions) if row.actions else ""
        waiting = t("coach.waiting", count=row.waiting) if row.waiting else ""
        more = " · ".join(filter(None, (following, actions, waiting)))
        return Line(row.district, self._name(row.district), last, more, str(row.waiting) if row.waiting else "")

    def _read_path(self) -> None:
        workplace, district = self._desk.workplace, self.district
        if district:
            self._desk.tasks.run(self, lambda: path(workplace, district), self._show_path)

    def _show_path(self, found: DistrictPath) -> None:
        if found.district != self.district:
            return
        if self.view.shown is None or self.view.shown.district != found.district:
            self.area.verticalScrollBar().setValue(0)
        self.work.about(found)
        self.view.show_path(found)

    def _show_agenda(self, items: Sequence[Item]) -> None:
        self.agenda.show_items(items)
