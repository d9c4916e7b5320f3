"""The map pane of the window. The page is made when the pane is first shown; until it is ready, what it should show is
remembered. Without Qt WebEngine, or when its render process ends, the pane says so and everything else goes on.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout, QWidget

from izsa_desktop.domain.project import Location
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.shape import Shape
from izsa_desktop.i18n import Translator
from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.layers import NOTHING, OnMap
from izsa_desktop.maps.look import Look, box_of
from izsa_desktop.maps.served import Made, make
from izsa_desktop.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from izsa_desktop.ui.web.map_page import MapPage
    from izsa_desktop.ui.web.tiles import RunBeside
    from izsa_desktop.usecases.base_map import TileSource

T = TypeVar("T")
_log = logging.getLogger(__name__)


def _at_once(_owner: QObject, operation: Callable[[], T], done: Callable[[T], None], /) -> None:
    """For a view without workers, as tests have it."""
    done(operation())


class MapView(QWidget):
    """Shows projects on the map, and tells what a person clicked there.

    All methods may be called at any time, also before the pane was ever shown.
    """

    project_clicked = Signal(str)
    """The id of the project that was clicked."""
    place_picked = Signal(float, float)
    """Latitude and longitude, while choosing a place."""
    shape_drawn = Signal(object)
    """The ``Shape`` as it is after each step of drawing, None when nothing is left of it."""
    tool_wanted = Signal(str)
    """The tool that a person chose above the map: ``point``, ``line``, ``area``, or ``""`` for the end of drawing."""
    colouring_changed = Signal(object)
    """The ``Colouring`` that a person chose in the legend."""
    thematic_changed = Signal(object)
    """The ``Choice`` of what is shown of the districts."""
    district_clicked = Signal(str)
    """The code of the district that was clicked."""
    page_ready = Signal()
    """The page is drawn for the first time, or again after a restart."""
    page_stopped = Signal(str)
    """The pane cannot show a map: a sentence that says why."""

    def __init__(
        self,
        reference: Reference,
        t: Translator,
        *,
        theme: str = "light",
        run_beside: "RunBeside | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        """``run_beside``: ``Tasks.run_beside``, where tiles are to be shown."""
        super().__init__(parent)
        self._run_beside = run_beside
        self._tiles: TileSource | None = None
        self._reference = reference
        self._t = t
        self._theme = theme
        self._projects: OnMap = NOTHING
        self._selected = ""
        self._colouring = Colouring()
        self._thematic = b""
        self._picking: tuple[bool, Location | None, str] = (False, None, "")
        self._drawing: tuple[str, Shape | None, str] = ("", None, "")
        self._page: MapPage | None = None
        self._made: Made | None = None
        self._ready = False
        self._tried = False
        self._requests: dict[int, Callable[[], None]] = {}
        self._request = 0
        self._pane = QStackedLayout(self)
        self._trouble = EmptyState()
        self._trouble.wanted.connect(self._restart)
        self._pane.addWidget(QWidget(self))
        self._pane.addWidget(self._trouble)

    # --- what the map shows -------------------------------------------------------------------------------------------

    def show_projects(self, data: OnMap) -> None:
        """Show these projects instead of those shown; a selection that is among them stays."""
        self._projects = data
        if self._ready and self._page:
            self._page.send_projects(data)
        elif self._page:
            self._page.put_projects(data)

    def select(self, project_id: str) -> None:
        """Mark a project and bring it into view; ``""`` marks none. One without a place is not on the map: no mark."""
        self._selected = project_id
        if self._ready and self._page:
            self._page.channel.select.emit(project_id)

    @property
    def colouring(self) -> Colouring:
        """What the colours mean, and what the legend hides."""
        return self._colouring

    def set_colouring(self, chosen: Colouring) -> None:
        """Colour the projects by this, and hide what it hides."""
        self._colouring = chosen
        if self._ready and self._page:
            self._page.send_colouring(chosen)

    def show_thematic(self, data: bytes) -> None:
        """Show this of the districts: see ``usecases.thematic``."""
        self._thematic = data
        if self._ready and self._page:
            self._page.send_thematic(data)

    @property
    def tiles(self) -> str:
        """The name of the file under the projects, empty for none."""
        return self._tiles.info.name if self._tiles else ""

    def show_tiles(self, source: "TileSource | None") -> None:
        """Show these tiles under the projects; None for the program's own base alone."""
        self._tiles = source
        if self._ready and self._page:
            self._page.send_tiles(source)

    def set_theme(self, dark: bool) -> None:
        """Light or dark."""
        self._theme = "dark" if dark else "light"
        if self._ready and self._page:
            self._page.channel.setTheme.emit(self._theme)

    def start_picking(self, location: Location | None, district: str = "") -> None:
        """Let the person choose a place: every choice comes as ``place_picked``.

        ``location`` is the place so far; without one the map goes to the district with this code.
        """
        self._set_drawing("", None, "")
        self._set_picking(True, location, district)

    def start_drawing(self, tool: str, shape: Shape | None, district: str = "") -> None:
        """Let the person draw a ``line`` or an ``area``: every step comes as ``shape_drawn``.

        ``shape`` is what was drawn so far; without it the map goes to the district with this code.
        """
        self._set_picking(False, None, "")
        self._set_drawing(tool, shape, district)
        if self._page:
            self._page.setFocus()

    def stop_editing(self) -> None:
        """The map answers to clicks on projects again."""
        self._set_drawing("", None, "")
        self._set_picking(False, None, "")

    def _set_drawing(self, tool: str, shape: Shape | None, district: str) -> None:
        changed, self._drawing = (tool, shape, district) != self._drawing, (tool, shape, district)
        if (changed or tool) and self._ready and self._page:
            self._page.send_drawing(tool, shape, district)

    def _set_picking(self, on: bool, location: Location | None, district: str) -> None:
        self._picking = (on, location, district)
        if self._ready and self._page:
            self._page.send_picking(on, location, district)

    def ask_look(self, call: Callable[[Look], None]) -> None:
        """Tells what is seen now; no view of its own where that is the whole province, or no map is shown."""
        if not (self._ready and self._page):
            call(Look(None, self._colouring))
            return
        read = self._page.page().runJavaScript
        read("JSON.stringify(izsa.home ? null : izsa.view)", 0, lambda said: call(Look(box_of(said), self._colouring)))

    # --- pictures -----------------------------------------------------------------------------------------------------

    def when_drawn(self, call: Callable[[], None]) -> None:
        """Call when the page has drawn all that it was told so far. Needs a ready page of a shown pane."""
        if not (self._ready and self._page):
            raise RuntimeError("the map page is not ready")
        self._request += 1
        self._requests[self._request] = call
        self._page.channel.askDrawn.emit(self._request)

    def snapshot(self) -> QImage:
        """The map as it is on the screen. Ask ``when_drawn`` first."""
        return self.grab().toImage()

    def grab_png(self, path: Path) -> bool:
        """Write ``snapshot`` as a PNG; False when the file could not be written."""
        return self.snapshot().save(str(path), "PNG")  # type: ignore[call-overload, no-any-return]

    # --- the page -----------------------------------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether the page is there and listens."""
        return self._ready

    @property
    def page(self) -> "MapPage | None":
        """The web view, for tests and measurements."""
        return self._page

    @property
    def restart_button(self) -> QPushButton:
        """The way back when the page has stopped."""
        return self._trouble.button

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._tried:
            self._tried = True
            self._open()

    def _open(self) -> None:
        """The page is made beside, as folium takes longer to load than a window may stand still; the web engine begins
        meanwhile."""
        reference, language, theme, colours = self._reference, self._t.language, self._theme, self._colouring
        self._made = None
        (self._run_beside or _at_once)(self, lambda: make(reference, language, theme, colours), self._take)
        try:
            from izsa_desktop.ui.web.channel import PageEvents
            from izsa_desktop.ui.web.map_page import MapPage
        except ImportError as problem:
            _log.warning("no web engine: %s", problem)
            self._show_trouble("not_loadable", restart=False)
            return
        events = PageEvents(
            ready=self._on_ready,
            project_clicked=self.project_clicked.emit,
            place_picked=self.place_picked.emit,
            shape_drawn=self.shape_drawn.emit,
            tool_wanted=self.tool_wanted.emit,
            drawn=self._on_drawn,
            colouring_changed=self._on_colouring,
            thematic_changed=self.thematic_changed.emit,
            district_clicked=self.district_clicked.emit,
        )
        self._page = MapPage(
            self._theme,
            self._projects,
            events=events,
            stopped=self._on_stopped,
            run_beside=self._run_beside or _at_once,
            parent=self,
        )
        self._pane.addWidget(self._page)
        self._pane.setCurrentWidget(self._page)
        if self._made is not None:
            self._page.take(self._made)

    def _take(self, made: Made) -> None:
        self._made = made
        if self._page is not None:
            self._page.take(made)

    def _on_ready(self) -> None:
        self._ready = True
        page = self._page
        assert page is not None
        page.channel.setTheme.emit(self._theme)
        if self._tiles:
            page.send_tiles(self._tiles)
        page.send_colouring(self._colouring)
        page.send_projects(self._projects)
        if self._thematic:
            page.send_thematic(self._thematic)
        page.channel.select.emit(self._selected)
        page.send_picking(*self._picking)
        if self._drawing[0]:
            page.send_drawing(*self._drawing)
        self.page_ready.emit()

    def _on_colouring(self, chosen: Colouring) -> None:
        self._colouring = chosen
        self.colouring_changed.emit(chosen)

    def _on_drawn(self, request: int) -> None:
        call = self._requests.pop(request, None)
        if call:
            call()

    def _on_stopped(self) -> None:
        _log.warning("the map's render process ended")
        self._ready = False
        self._requests.clear()
        self._show_trouble("stopped", restart=True)

    def _restart(self) -> None:
        if self._page:
            self._pane.removeWidget(self._page)
            self._page.deleteLater()
            self._page = None
        self._open()

    def _show_trouble(self, what: str, restart: bool) -> None:
        text = self._t(f"map.{what}")
        self._trouble.say("map", self._t(f"map.{what}_title"), text, self._t("map.restart") if restart else "")
        self._pane.setCurrentWidget(self._trouble)
        self.page_stopped.emit(text)
