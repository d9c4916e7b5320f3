"""The one object that the map page sees. The message set is documented in docs/map-messages.md; a test compares.

Signals are messages from the program to the page, slots are messages from the page: its values are checked here, since
the page is not trusted.
"""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from izsa_desktop.maps.colouring import SCHEMES, Colouring

_log = logging.getLogger(__name__)
_ID_LIMIT = 200
_HIDDEN_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class PageEvents:
    """Whom to tell what the page says."""

    ready: Callable[[], None]
    project_clicked: Callable[[str], None]
    place_picked: Callable[[float, float], None]
    drawn: Callable[[int], None]
    colouring_changed: Callable[[Colouring], None]


class MapChannel(QObject):
    """The channel object ``izsa``."""

    setProjects = Signal(str)
    select = Signal(str)
    setTheme = Signal(str)
    setPicking = Signal(bool, list, str)
    setColouring = Signal(str, list, bool)
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

    @Slot(str, list, bool)
    def colouringChanged(self, scheme: str, hidden: list[object], unfolded: bool) -> None:
        codes = tuple(code for code in hidden if isinstance(code, str) and len(code) <= _ID_LIMIT)
        if scheme in SCHEMES and len(codes) == len(hidden) <= _HIDDEN_LIMIT:
            self._events.colouring_changed(Colouring(scheme, codes, unfolded))
        else:
            _log.warning("the page named impossible colours")

    @Slot(int)
    def drawn(self, request: int) -> None:
        self._events.drawn(request)
