"""What stands in the window for one workplace in one language: the rail and the pages, placed and wired in one block.

Pages but the first are made when they are first visited. Another language is another ``Workspace``.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.ui import changes
from izsa_desktop.ui.caretaker import Caretaker
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.pages.coaching_page import CoachingPage
from izsa_desktop.ui.pages.conflicts_page import ConflictsPage
from izsa_desktop.ui.pages.gaps_page import GapsPage
from izsa_desktop.ui.pages.joint_page import JointPage
from izsa_desktop.ui.pages.overview_page import OverviewPage
from izsa_desktop.ui.pages.own_path_page import OwnPathPage
from izsa_desktop.ui.pages.projects_page import ProjectsPage
from izsa_desktop.ui.pages.receive_page import DISTRICTS, INBOX, ReceivePage
from izsa_desktop.ui.pages.send_page import SendPage
from izsa_desktop.ui.pages.settings_page import SettingsPage
from izsa_desktop.ui.widgets.emblem import Emblem
from izsa_desktop.ui.widgets.rail_button import RailButton
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases import overview_lines
from izsa_desktop.usecases.conflicts import count_conflicts

PROJECTS, OVERVIEW, EXCHANGE, GAPS, JOINT, COACHING, CONFLICTS, SETTINGS = range(8)
"""The places in the order of the rail; Ctrl+1 goes to the first."""

_PLACES = {
    overview_lines.EXCHANGE: EXCHANGE,
    overview_lines.DISTRICTS: EXCHANGE,
    overview_lines.GAPS: GAPS,
    overview_lines.JOINT: JOINT,
    overview_lines.COACHING: COACHING,
    overview_lines.CONFLICTS: CONFLICTS,
}
"""Where lines of the overview lead."""


class Place(NamedTuple):
    """Where one can go: its button, and the page that is made when it is first visited."""

    icon: str
    label: str
    make: Callable[[], QWidget]


class Workspace(QWidget):
    """The rail at the left and the pages."""

    language_wanted = Signal(str)
    backup_wanted = Signal(object)  # Path
    renewal_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, t = desk, desk.t
        self._place = 0
        self.projects = ProjectsPage(desk)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.projects)
        exchange = ("inbox", t("window.receive")) if desk.office else ("send", t("window.send"))
        coaching = t("window.coaching") if desk.office else t("window.our_path")
        self.places: dict[int, Place] = {
            PROJECTS: Place("map", t("window.projects"), lambda: self.projects),
            OVERVIEW: Place("layout-dashboard", t("overview.title"), lambda: self.overview),
            EXCHANGE: Place(*exchange, lambda: self.exchange),
            GAPS: Place("grid-3x3", t("gapscreen.title"), lambda: self.gaps),
            JOINT: Place("handshake", t("joint.title"), lambda: self.joint),
            COACHING: Place("route", coaching, lambda: self.coaching),
            CONFLICTS: Place("git-fork", t("conflict.title"), lambda: self.conflicts),
            SETTINGS: Place("settings", t("window.settings"), lambda: self.settings),
        }
        self.rail = Rail(self.places)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self.pages, 1)

        self.rail.chosen.connect(self.go_to)
        for n in self.places:
            QShortcut(QKeySequence(f"Ctrl+{n + 1}"), self, lambda n=n: self.go_to(n))
        self.projects.conflict_wanted.connect(self.show_conflict)
        desk.changes.changed.connect(self._changed)
        self._count_conflicts()
        self.caretaker = Caretaker(desk, lambda: self.go_to(SETTINGS), self)

    @cached_property
    def exchange(self) -> SendPage | ReceivePage:
        """Sending at a district, receiving at the office."""
        page = ReceivePage(self.desk) if self.desk.office else SendPage(self.desk)
        page.conflicts_wanted.connect(lambda: self.go_to(CONFLICTS))
        if isinstance(page, SendPage):
            page.renewal_wanted.connect(self.renewal_wanted)
        return page

    @cached_property
    def coaching(self) -> CoachingPage | OwnPathPage:
        """The districts' ways at the office, the own one at a district."""
        return CoachingPage(self.desk) if self.desk.office else OwnPathPage(self.desk)

    @cached_property
    def settings(self) -> SettingsPage:
        page = SettingsPage(self.desk)
        page.language_wanted.connect(self.language_wanted)
        page.backup_wanted.connect(self.backup_wanted)
        page.renewal_wanted.connect(self.renewal_wanted)
        return page

    @cached_property
    def overview(self) -> OverviewPage:
        """What came, what waits, whom to call; at a district what is asked of it."""
        page = OverviewPage(self.desk)
        page.project_wanted.connect(self._show_remarks)
        page.list_wanted.connect(self._show_projects)
        page.review_wanted.connect(self._review)
        page.place_wanted.connect(self._go_for)
        return page

    def _go_for(self, name: str, about: str = "") -> None:
        """Where a line of the overview leads."""
        self.go_to(_PLACES[name])
        if name == overview_lines.COACHING and isinstance(self.coaching, OwnPathPage):
            self.coaching.show_record(about)
        elif name == overview_lines.JOINT:
            self.joint.show_programmes()
        elif isinstance(self.exchange, ReceivePage) and self._place == EXCHANGE:
            self.exchange.tabs.show_part(DISTRICTS if name == overview_lines.DISTRICTS else INBOX)

    @cached_property
    def gaps(self) -> GapsPage:
        """Districts against goals: what is missing where."""
        page = GapsPage(self.desk)
        page.project_wanted.connect(self._show_project)
        page.filter_wanted.connect(self._show_projects)
        return page

    @cached_property
    def joint(self) -> JointPage:
        """Similar projects, and the programmes that come of them."""
        page = JointPage(self.desk)
        page.open_wanted.connect(self._show_project)
        return page

    @cached_property
    def conflicts(self) -> ConflictsPage:
        """Deciding which of several values is right."""
        page = ConflictsPage(self.desk)
        page.open_wanted.connect(self._show_project)
        return page

    @property
    def place(self) -> int:
        """Which page is shown."""
        return self._place

    def show_conflict(self, id_: str) -> None:
        """What there is to decide about a project, after what is typed has been saved."""
        self.leave(lambda: self._conflict_now(id_))

    def _conflict_now(self, id_: str) -> None:
        self._go_now(CONFLICTS)
        self.conflicts.show_record(id_)

    def _show_project(self, id_: str) -> None:
        self.go_to(PROJECTS)
        self.projects.open(id_)

    def _show_remarks(self, id_: str) -> None:
        """A project, at what the office says of it."""
        self._show_project(id_)
        self.projects.editor.review.go_to_remarks(id_)

    def _review(self, ids: list[str], first: str) -> None:
        """Projects to be reviewed one after the other."""
        self.projects.editor.review.show_queue(ids)
        self._show_project(first)

    def _show_projects(self, wanted: ProjectFilter) -> None:
        self.go_to(PROJECTS)
        self.projects.list.show_filter(wanted)

    def _changed(self, kinds: frozenset[str], _by: object) -> None:
        if changes.PROJECTS in kinds:
            self._count_conflicts()

    def _count_conflicts(self) -> None:
        workplace = self.desk.workplace
        self.desk.tasks.run_beside(self, lambda: count_conflicts(workplace), self._show_count)

    def _show_count(self, count: int) -> None:
        """The way to the conflicts is there while there are any, or while one is there."""
        button = self.rail.buttons[CONFLICTS]
        button.show_count(count)
        button.setVisible(count > 0 or self._place == CONFLICTS)

    def go_to(self, place: int) -> None:
        """Another page, after what is typed has been saved."""
        self.rail.mark(self._place)
        self.leave(lambda: self._go_now(place))

    def leave(self, then: Callable[[], object]) -> None:
        """Saves what is typed, then goes on; where saving fails, everything stays."""
        self.projects.leave(then)

    def _page(self, place: int) -> QWidget:
        """Made only when it is visited."""
        page = self.places[place].make()
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        return page

    def _go_now(self, place: int) -> None:
        self._place = place
        page = self._page(place)
        self.pages.setCurrentWidget(page)
        self._show_count(self.rail.buttons[CONFLICTS].count)
        self.rail.mark(place)
        if (inside := page.focusWidget() or first_stop(page)) is not None:
            inside.setFocus()


def first_stop(page: QWidget) -> QWidget | None:
    """What the Tab key comes to first on a page that is shown."""
    widget = page.nextInFocusChain()
    while widget is not None and widget is not page:
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if reached and page.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
            return widget
        widget = widget.nextInFocusChain()
    return None


class Rail(QFrame):
    """Where to go."""

    chosen = Signal(int)

    def __init__(self, places: Mapping[int, Place]) -> None:
        """The last place stands apart."""
        super().__init__()
        self.setObjectName("rail")
        self.buttons: dict[int, RailButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 14, 8, 12)
        layout.setSpacing(6)
        layout.addWidget(Emblem(38), 0, Qt.AlignmentFlag.AlignHCenter)
        name = plain_label("İZSA", role="brand")
        layout.addWidget(name, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(14)
        for n, place in sorted(places.items()):
            button = self.buttons[n] = RailButton(place.icon, place.label, f"Ctrl+{n + 1}")
            self._group.addButton(button, n)
            if len(self.buttons) == len(places):
                layout.addStretch(1)
            layout.addWidget(button)
        self._group.idClicked.connect(self.chosen)
        self.mark(PROJECTS)

    def mark(self, place: int) -> None:
        """Shows which page is open."""
        self.buttons[place].setChecked(True)
