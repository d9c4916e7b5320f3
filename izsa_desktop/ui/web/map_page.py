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
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.shape import Shape, geometry
from izsa_desktop.maps import layers, page
from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.layers import MapData
from izsa_desktop.ui.web.channel import MapChannel, PageEvents
from izsa_desktop.ui.web.profile import LockedPage, LockedProfile
from izsa_desktop.ui.web.scheme import ORIGIN, register_scheme
from izsa_desktop.ui.web.served import ServedFiles
from izsa_desktop.ui.web.tiles import RunBeside, TileDoor
from izsa_desktop.usecases.base_map import TileSource

_PAGE = "/map/page.html"
_PROJECTS = "/map/projects.json"
_THEMATIC = "/map/thematic.json"
_QT_SCRIPT = ":/qtwebchannel/qwebchannel.js"
_SEA = {"light": "#d3e4ee", "dark": "#14202a", "print": "#eef4f7"}
"""What the pane shows until the page is drawn: the sea of each theme."""


class MapPage(QWebEngineView):
    """The map page in one language. Messages may be sent once ``events.ready`` was called."""

    def __init__(
        self,
        reference: Reference,
        language: str,
        theme: str,
        projects: MapData,
        *,
        events: PageEvents,
        stopped: Callable[[], None],
        run_beside: RunBeside,
        parent: QWidget,
    ) -> None:
        """``projects``: those that ``send_projects`` is expected to send first. ``stopped`` is called when the render
        process ends unasked.
        """
        register_scheme()
        super().__init__(parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._files = ServedFiles()
        self._version = 0
        self._served: MapData | None = None
        self._projects = ""
        self._files.put(_PAGE, page.page_html(reference, language, theme, self._serve(projects)))
        self._files.put(page.SCAFFOLD, page.scaffold_js())
        self._files.put(page.BASE, layers.base_json(reference, language))
        self._files.put(page.QWEBCHANNEL, _qt_script())
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

    def _let_go(self) -> None:
        """When the program ends, end the page before Python takes its profile away."""
        self.setPage(None)  # type: ignore[arg-type]  # Qt allows it
        shiboken6.delete(self._page)

    def send_projects(self, data: MapData) -> None:
        """Give the page these projects instead of those it has."""
        self.channel.setProjects.emit(self._serve(data))

    def _serve(self, data: MapData) -> str:
        """The address of these projects; the same for the same ones, and one that comes late there gets the newest."""
        if data is not self._served:
            self._served = data
            self._files.put(_PROJECTS, data.to_json())
            self._version += 1
            self._projects = f"{_PROJECTS}?{self._version}"
        return self._projects

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
