"""What stands in the window for one workplace in one language: the rail and the pages, placed and wired in one block.

Pages but the first are made when they are first visited. Another language is another ``Workspace``.
"""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.ui import icons
from izsa_desktop.ui.caretaker import Caretaker
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.pages.projects_page import ProjectsPage
from izsa_desktop.ui.pages.receive_page import ReceivePage
from izsa_desktop.ui.pages.send_page import SendPage
from izsa_desktop.ui.pages.settings_page import SettingsPage
from izsa_desktop.ui.widgets.emblem import Emblem
from izsa_desktop.ui.widgets.text import plain_label

PAGES = 3


class Workspace(QWidget):
    """The rail at the left and the pages."""

    language_wanted = Signal(str)
    backup_wanted = Signal(object)  # Path

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, t = desk, desk.t
        self._place = 0
        self.projects = ProjectsPage(desk)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.projects)
        exchange = ("inbox", t("window.receive")) if desk.office else ("send", t("window.send"))
        self.rail = Rail([("map", t("window.projects")), exchange, ("settings", t("window.settings"))])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self.pages, 1)

        self.rail.chosen.connect(self.go_to)
        for n in range(PAGES):
            QShortcut(QKeySequence(f"Ctrl+{n + 1}"), self, lambda n=n: self.go_to(n))
        self.caretaker = Caretaker(desk, lambda: self.go_to(PAGES - 1), self)

    @cached_property
    def exchange(self) -> SendPage | ReceivePage:
        """Sending at a district, receiving at the office."""
        page = ReceivePage(self.desk) if self.desk.office else SendPage(self.desk)
        self.pages.addWidget(page)
        return page

    @cached_property
    def settings(self) -> SettingsPage:
        page = SettingsPage(self.desk)
        page.language_wanted.connect(self.language_wanted)
        page.backup_wanted.connect(self.backup_wanted)
        self.pages.addWidget(page)
        return page

    @property
    def place(self) -> int:
        """Which page is shown."""
        return self._place

    def go_to(self, place: int) -> None:
        """Another page, after what is typed has been saved."""
        self.rail.mark(self._place)
        self.leave(lambda: self._go_now(place))

    def leave(self, then: Callable[[], object]) -> None:
        """Saves what is typed, then goes on; where saving fails, everything stays."""
        self.projects.leave(then)

    def _page(self, place: int) -> QWidget:
        """Made only when it is visited."""
        if place == 0:
            return self.projects
        return self.exchange if place == 1 else self.settings

    def _go_now(self, place: int) -> None:
        self._place = place
        page = self._page(place)
        self.pages.setCurrentWidget(page)
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

    def __init__(self, places: list[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._buttons = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 14, 8, 12)
        layout.setSpacing(6)
        layout.addWidget(Emblem(38), 0, Qt.AlignmentFlag.AlignHCenter)
        name = plain_label("İZSA", role="brand")
        layout.addWidget(name, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(14)
        for n, (icon, label) in enumerate(places):
            button = QToolButton()
            button.setText(label)
            button.setToolTip(f"{label} (Ctrl+{n + 1})")
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            icons.put(button, icon, "rail_strong", 22)
            button.setMinimumSize(76, 60)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._buttons.addButton(button, n)
            if n == len(places) - 1:
                layout.addStretch(1)
            layout.addWidget(button)
        self._buttons.idClicked.connect(self.chosen)
        self.mark(0)

    def mark(self, place: int) -> None:
        """Shows which page is open."""
        self._buttons.button(place).setChecked(True)
