"""The map page in a web view: served files, locked profile and page, channel. Importing this needs Qt WebEngine."""

from collections.abc import Callable

import msgspec
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QFile, QIODevice, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from izsa_desktop.domain.project import Location
from izsa_desktop.domain.shape import Shape, geometry
from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.layers import OnMap
from izsa_desktop.maps.served import BASE, PROJECTS, QWEBCHANNEL, SCAFFOLD, Made
from izsa_desktop.ui.web.channel import MapChannel, PageEvents
from izsa_desktop.ui.web.profile import LockedPage, LockedProfile
from izsa_desktop.ui.web.scheme import ORIGIN, register_scheme
from izsa_desktop.ui.web.served import ServedFiles
from izsa_desktop.ui.web.tiles import RunBeside, TileDoor
from izsa_desktop.usecases.base_map import TileSource

_PAGE = "/map/page.html"
_THEMATIC = "/map/thematic.json"
_QT_SCRIPT = ":/qtwebchannel/qwebchannel.js"
_SEA = {"light": "#d3e4ee", "dark": "#14202a", "print": "#eef4f7"}
"""What the pane shows until the page is drawn: the sea of each theme."""


class MapPage(QWebEngineView):
    """The map page in one language. Messages may be sent once ``events.ready`` was called."""

    def __init__(
        self,
        theme: str,
        projects: OnMap,
        *,
        events: PageEvents,
        stopped: Callable[[], None],
        run_beside: RunBeside,
        parent: QWidget,
    ) -> None:
        """``projects``: those that are shown first. ``stopped`` is called when the render process ends unasked.

        The web engine starts at once, and waits for the page until ``take``.
        """
        register_scheme()
        super().__init__(parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._files = ServedFiles()
        self._version = 0
        self._content = projects.packed()
        self._projects = PROJECTS
        self._files.put(PROJECTS, self._content)
        self._files.put(QWEBCHANNEL, _qt_script())
        self._files.expect(_PAGE)
        self._drawing = False
        self._tiles = TileDoor(run_beside)
        self.locked_profile = LockedProfile(self._files, self._tiles)
        self._page = LockedPage(self.locked_profile, self)
        self.locked_profile.setParent(self)  # after the page: children go in this order, and the page must go first
        self._page.setBackgroundColor(QColor(_SEA[theme]))
        self._page.renderProcessTerminated.connect(lambda _status, _code: stopped())
        self.channel = MapChannel(events, self._page)
        door = QWebChannel(self._page)
        door.registerObject("izsa", self.channel)
        self._page.setWebChannel(door)
        self.setPage(self._page)
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self._let_go)
        self._page.open(f"{ORIGIN}{_PAGE}")

    def take(self, made: Made) -> None:
        """What the web engine waits for."""
        self._files.put(SCAFFOLD, made.scaffold)
        self._files.put(BASE, made.base)
        self._files.put(_PAGE, made.page)

    def _let_go(self) -> None:
        """When the program ends, end the page before Python takes its profile away."""
        self.setPage(None)  # type: ignore[arg-type]  # Qt allows it
        shiboken6.delete(self._page)

    def put_projects(self, data: OnMap) -> None:
        """These are to be shown: a page that has not asked for its first ones yet gets these."""
        content = data.packed()
        if content is not self._content:
            self._content = content
            self._files.put(PROJECTS, content)
            if self._files.given(PROJECTS):
                self._version += 1
                self._projects = f"{PROJECTS}?{self._version}"

    def send_projects(self, data: OnMap) -> None:
        """Give the page these projects instead of those it has."""
        self.put_projects(data)
        self.channel.setProjects.emit(self._projects)

    def send_colouring(self, chosen: Colouring) -> None:
        """What the colours mean, and what the legend hides."""
        self.channel.setColouring.emit(chosen.scheme, list(chosen.hidden), chosen.open)

    def send_thematic(self, data: bytes) -> None:
        """What is known of the districts, as ``usecases.thematic`` made it."""
        self._files.put(_THEMATIC, data)
        self._version += 1
        self.channel.setThematic.emit(f"{_THEMATIC}?{self._version}")

    def send_tiles(self, source: TileSource | None) -> None:
        """The richer base, None for none."""
        self.channel.setTiles.emit(self._tiles.put(source))

    def send_picking(self, on: bool, location: Location | None, district: str) -> None:
        """Start or stop choosing a place."""
        self.channel.setPicking.emit(on, [location.lat, location.lon] if location else [], district)

    def send_drawing(self, tool: str, shape: Shape | None, district: str) -> None:
        """Start or stop drawing; while it goes on, its keys belong to the page and not to the window's shortcuts."""
        self._drawing = bool(tool)
        self.channel.setDrawing.emit(tool, msgspec.json.encode(geometry(shape)).decode() if shape else "", district)

    def event(self, event: QEvent) -> bool:
        if self._drawing and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undo = event.matches(QKeySequence.StandardKey.Undo)
            if undo or (event.key() in _DRAWING_KEYS and not event.modifiers()):
                event.accept()
                return True
        return super().event(event)


_DRAWING_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Space)


def _qt_script() -> bytes:
    """Qt's script of the message channel, from the library's own resources."""
    file = QFile(_QT_SCRIPT)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise RuntimeError(_QT_SCRIPT)
    return bytes(file.readAll().data())
