"""The one object that the map page sees. The message set is documented in docs/map-messages.md; a test compares.

Signals are messages from the program to the page, slots are messages from the page: its values are checked here, since
the page is not trusted.
"""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.shape import Shape, from_geometry
from izsa_desktop.maps.colouring import SCHEMES, Colouring
from izsa_desktop.maps.thematic import Choice

_log = logging.getLogger(__name__)
_ID_LIMIT = 200
_HIDDEN_LIMIT = 1000
_GEOMETRY_LIMIT = 200_000
TOOLS = ("", "point", "line", "area")
"""What a person sets on the map with; ``""`` for none."""


@dataclass(frozen=True, slots=True)
class PageEvents:
    """Whom to tell what the page says."""

    ready: Callable[[], None]
    project_clicked: Callable[[str], None]
    place_picked: Callable[[float, float], None]
    shape_drawn: Callable[[Shape | None], None]
    tool_wanted: Callable[[str], None]
    drawn: Callable[[int], None]
    colouring_changed: Callable[[Colouring], None]
    thematic_changed: Callable[[Choice], None]
    district_clicked: Callable[[str], None]


class MapChannel(QObject):
    """The channel object ``izsa``."""

    setProjects = Signal(str)
    select = Signal(str)
    setTheme = Signal(str)
    setPicking = Signal(bool, list, str)
    setDrawing = Signal(str, str, str)
    setColouring = Signal(str, list, bool)
    setThematic = Signal(str)
    setTiles = Signal(str)
    askDrawn = Signal(int)

    def __init__(self, events: PageEvents, parent: QObject) -> None:
        super().__init__(parent)
        self._events = events

    @Slot()
    def ready(self) -> None:
        self._events.ready()

    @Slot(str)
    def projectClicked(self, project_id: str) -> None:
        if 0 < len(project_id) <= _ID_LIMIT:
            self._events.project_clicked(project_id)
        else:
            _log.warning("the page named an impossible project")

    @Slot(float, float)
    def placePicked(self, lat: float, lon: float) -> None:
        if math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180:
            self._events.place_picked(lat, lon)
        else:
            _log.warning("the page named an impossible place")

    @Slot(str)
    def shapeDrawn(self, geometry: str) -> None:
        try:
            shape = _shape(geometry)
        except (msgspec.DecodeError, RecursionError, BadField) as problem:
            _log.warning("the page drew what is no shape: %s", type(problem).__name__)
        else:
            self._events.shape_drawn(shape)

    @Slot(str)
    def toolWanted(self, tool: str) -> None:
        if tool in TOOLS:
            self._events.tool_wanted(tool)
        else:
            _log.warning("the page named an impossible tool")

    @Slot(str, list, bool)
    def colouringChanged(self, scheme: str, hidden: list[object], unfolded: bool) -> None:
        codes = tuple(code for code in hidden if isinstance(code, str) and len(code) <= _ID_LIMIT)
        if scheme in SCHEMES and len(codes) == len(hidden) <= _HIDDEN_LIMIT:
            self._events.colouring_changed(Colouring(scheme, codes, unfolded))
        else:
            _log.warning("the page named impossible colours")

    @Slot(str, str, str, int, bool, int)
    def thematicChanged(  # noqa: PLR0917  # as the page calls it
        self, mode: str, measure: str, topic: str, year: int, links: bool, request: int
    ) -> None:
        choice = Choice(mode, measure, topic, year, links, request)
        if choice.possible:
            self._events.thematic_changed(choice)
        else:
            _log.warning("the page named an impossible view")

    @Slot(str)
    def districtClicked(self, code: str) -> None:
        if 0 < len(code) <= _ID_LIMIT:
            self._events.district_clicked(code)
        else:
            _log.warning("the page named an impossible district")

    @Slot(int)
    def drawn(self, request: int) -> None:
        self._events.drawn(request)


def _shape(geometry: str) -> Shape | None:
    """The shape of a geometry as JSON; None for an empty text. Raises BadField or DecodeError."""
    if not geometry:
        return None
    if len(geometry) > _GEOMETRY_LIMIT:
        raise BadField("shape", "not_a_shape")
    return from_geometry(msgspec.json.decode(geometry))
