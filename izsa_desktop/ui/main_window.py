"""The window: places its parts and wires them, in one block each. It knows no use case and decides nothing else.

``MainWindow`` is the frame that stays; ``Workspace`` is what stands in it for one workplace in one language. Another
language is another ``Workspace``.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.pages.projects_page import ProjectsPage
from izsa_desktop.ui.pages.receive_page import ReceivePage
from izsa_desktop.ui.pages.send_page import SendPage
from izsa_desktop.ui.pages.settings_page import SettingsPage
from izsa_desktop.ui.settings import GEOMETRY
from izsa_desktop.ui.widgets.emblem import Emblem, emblem_icon
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.ui.widgets.toasts import Toasts


class Workspace(QWidget):
    """The rail at the left and the pages."""

    language_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, t = desk, desk.t
        self.projects = ProjectsPage(desk)
        self.exchange = ReceivePage(desk) if desk.office else SendPage(desk)
        self.settings = SettingsPage(desk)
        self.pages = QStackedWidget()
        for page in (self.projects, self.exchange, self.settings):
            self.pages.addWidget(page)
        exchange = ("inbox", t("window.receive")) if desk.office else ("send", t("window.send"))
        self.rail = Rail([("map", t("window.projects")), exchange, ("settings", t("window.settings"))])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self.pages, 1)

        self.rail.chosen.connect(self.go_to)
        self.settings.language_wanted.connect(self.language_wanted)
        for n in range(self.pages.count()):
            QShortcut(QKeySequence(f"Ctrl+{n + 1}"), self, lambda n=n: self.go_to(n))

    def go_to(self, page: int) -> None:
        """Another page, after what is typed has been saved."""
        self.rail.mark(self.pages.currentIndex())
        self.leave(lambda: self._go_now(page))

    def leave(self, then: Callable[[], object]) -> None:
        """Saves what is typed, then goes on; where saving fails, everything stays."""
        self.projects.leave(then)

    def _go_now(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.rail.mark(page)


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
            button.setFixedSize(76, 60)
            self._buttons.addButton(button, n)
            if n == len(places) - 1:
                layout.addStretch(1)
            layout.addWidget(button)
        self._buttons.idClicked.connect(self.chosen)
        self.mark(0)

    def mark(self, place: int) -> None:
        """Shows which page is open."""
        self._buttons.button(place).setChecked(True)


class MainWindow(QMainWindow):
    """The frame: a title, notices over everything, and whatever stands in it now."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setWindowIcon(emblem_icon())
        self.resize(1366, 768)
        self.setMinimumSize(1000, 620)
        self.setCentralWidget(QWidget())
        self.toasts = Toasts(self)
        self._may_close = False

    @property
    def workspace(self) -> Workspace | None:
        """What stands in the frame, once there is a workplace."""
        inside = self.centralWidget()
        return inside if isinstance(inside, Workspace) else None

    def show_inside(self, inside: QWidget) -> None:
        """Puts something else into the frame; what was there goes."""
        self.setCentralWidget(inside)
        self.toasts.raise_()

    def show_workspace(self, workspace: Workspace, title: str) -> None:
        """A workplace is open."""
        self.setWindowTitle(title)
        if self.workspace is None:
            self.restoreGeometry(workspace.desk.settings.layout(GEOMETRY))
        self.show_inside(workspace)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is typed is saved first; the window stays when that fails, unless a person says otherwise."""
        workspace = self.workspace
        if workspace is None:
            return
        workspace.desk.settings.set_layout(GEOMETRY, self.saveGeometry())
        if self._may_close or not workspace.projects.editor.dirty:
            return
        event.ignore()
        workspace.leave(self._close_now)

    def _close_now(self) -> None:
        self._may_close = True
        self.close()
