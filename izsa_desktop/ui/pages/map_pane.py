"""The right part of the projects page: the map, made after the window has appeared, and how much is not on it."""

import json
from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.project import Location
from izsa_desktop.maps.colouring import SCHEMES, Colouring
from izsa_desktop.maps.layers import NOTHING, OnMap
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.pages.thematic_feed import ThematicFeed
from izsa_desktop.ui.settings import BASE_MAP, MAP_COLOURS, MAP_HIDDEN, MAP_LEGEND, Settings
from izsa_desktop.ui.web.map_view import MapView
from izsa_desktop.ui.widgets.text import plain_label, surface
from izsa_desktop.usecases.base_map import open_base_map

_AT_LAST_MS = 60
"""The list comes before the map; when it takes longer than this, the map's page is made while it is read."""
_ROOM_FOR_WORDS = 460
"""A narrower pane has only the icon of the button that saves the map."""


class MapPane(QWidget):
    """The map with a line below it."""

    project_clicked = Signal(str)
    place_picked = Signal(float, float)
    save_wanted = Signal()
    """Asks for the map as a file."""
    unplaced_wanted = Signal()
    """Asks for the list of projects without a place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        surface(self, "mapPane")
        self._t, self._theme, self._tasks = desk.t, desk.theme, desk.tasks
        self._begun = False
        self.view = MapView(
            desk.workplace.reference,
            desk.t,
            theme="dark" if desk.theme.dark else "light",
            run_beside=desk.tasks.run_beside,
        )
        self.view.hide()
        self.view.project_clicked.connect(self.project_clicked)
        self.view.place_picked.connect(self.place_picked)
        self._settings = desk.settings
        self.districts = ThematicFeed(desk, self.view)
        self.view.set_colouring(_remembered(desk.settings))
        self.view.colouring_changed.connect(self._remember)
        desk.theme.changed.connect(self._recolour)
        self._base = ""
        desk.changes.changed.connect(self._read_base)
        self._read_base()
        self._icon = icons.label("map-pin-off", "soft", 15)
        self.text = plain_label(role="soft")
        self.list_them = QPushButton(desk.t("list.show_unplaced"))
        self.list_them.setProperty("role", "link")
        self.list_them.clicked.connect(self.unplaced_wanted)
        self._save_text = desk.t("mapfile.save")
        self.save = QPushButton(self._save_text)
        self.save.setProperty("role", "link")
        self.save.setAccessibleName(self._save_text)
        self.save.setToolTip(f"{self._save_text} (Ctrl+Shift+P)")
        icons.put(self.save, "file-down", "accent", 15)
        self.save.clicked.connect(self.save_wanted)
        self._foot = QFrame()
        self._foot.setObjectName("mapFoot")
        line = QHBoxLayout(self._foot)
        line.setContentsMargins(12, 5, 12, 5)
        line.setSpacing(6)
        line.addWidget(self._icon)
        line.addWidget(self.text)
        line.addWidget(self.list_them)
        line.addStretch(1)
        line.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addStretch(0)
        layout.addWidget(self._foot)
        self.setMinimumWidth(260)
        self.show_projects(NOTHING)

    def show_projects(self, data: OnMap) -> None:
        """Shows these projects, and says how many have no place."""
        self.view.show_projects(data)
        self.placed = data.placed
        count = len(data.unplaced)
        self.text.setText(self._t("list.unplaced", count=count))
        for part in (self._icon, self.text, self.list_them):
            part.setVisible(count > 0)
        self._foot.setVisible(count + data.placed > 0)

    def start_picking(self, location: Location | None, district: str = "") -> None:
        """Clicks mean a place from now on: near ``location`` or, when none is known, in the district with this code."""
        self.view.start_picking(location, district)

    def stop_editing(self) -> None:
        """Clicks mean projects again."""
        self.view.stop_editing()

    def _remember(self, chosen: Colouring) -> None:
        self._settings.set_text(MAP_COLOURS, chosen.scheme)
        self._settings.set_text(MAP_HIDDEN, json.dumps(chosen.hidden))
        self._settings.set_text(MAP_LEGEND, "open" if chosen.open else "folded")

    def _read_base(self) -> None:
        """Show the file of tiles that is chosen now; none while it cannot be read."""
        chosen = self._settings.text(BASE_MAP)
        if chosen == self._base:
            return
        self._base = chosen
        self.view.show_tiles(None)
        if chosen:
            self._tasks.run(self, lambda: open_base_map(Path(chosen)), self.view.show_tiles, lambda _error: None)

    def _recolour(self) -> None:
        self.view.set_theme(self._theme.dark)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.save.setText(self._save_text if self.width() >= _ROOM_FOR_WORDS else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(_AT_LAST_MS, self, self.begin)

    def begin(self) -> None:
        """Makes the map's page now, if it is to be seen and is not there yet."""
        if self._begun:
            self.view.show()


def _remembered(settings: Settings) -> Colouring:
    """The legend as it was left here; what cannot be read counts as never chosen."""
    scheme, is_open = settings.text(MAP_COLOURS), settings.text(MAP_LEGEND) == "open"
    if scheme not in SCHEMES:
        return Colouring(open=is_open)
    try:
        hidden = msgspec.json.decode(settings.text(MAP_HIDDEN), type=tuple[str, ...])
    except msgspec.DecodeError:
        hidden = ()
    return Colouring(scheme, hidden, is_open)
