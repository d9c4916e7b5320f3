"""The right part of the projects page: the map, made after the window has appeared, and how much is not on it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.project import Location
from izsa_desktop.maps.layers import NOTHING, MapData
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.web.map_view import MapView
from izsa_desktop.ui.widgets.text import plain_label, surface


class MapPane(QWidget):
    """The map with a line below it."""

    project_clicked = Signal(str)
    place_picked = Signal(float, float)
    unplaced_wanted = Signal()
    """Asks for the list of projects without a place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        surface(self, "mapPane")
        self._t, self._theme, self._tasks = desk.t, desk.theme, desk.tasks
        self._begun = False
        self.view = MapView(desk.workplace.reference, desk.t, theme="dark" if desk.theme.dark else "light")
        self.view.hide()
        self.view.project_clicked.connect(self.project_clicked)
        self.view.place_picked.connect(self.place_picked)
        desk.theme.changed.connect(self._recolour)
        self._icon = icons.label("map-pin-off", "soft", 15)
        self.text = plain_label(role="soft")
        self.list_them = QPushButton(desk.t("list.show_unplaced"))
        self.list_them.setProperty("role", "link")
        self.list_them.clicked.connect(self.unplaced_wanted)
        self._foot = QFrame()
        self._foot.setObjectName("mapFoot")
        line = QHBoxLayout(self._foot)
        line.setContentsMargins(12, 5, 12, 5)
        line.setSpacing(6)
        line.addWidget(self._icon)
        line.addWidget(self.text)
        line.addStretch(1)
        line.addWidget(self.list_them)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addStretch(0)
        layout.addWidget(self._foot)
        self.setMinimumWidth(260)
        self.show_projects(NOTHING)

    def show_projects(self, data: MapData) -> None:
        """Shows these projects, and says how many have no place."""
        self.view.show_projects(data)
        self.placed = data.placed
        count = len(data.unplaced)
        self.text.setText(self._t("list.unplaced", count=count))
        self._foot.setVisible(count > 0)

    def start_picking(self, location: Location | None, district: str = "") -> None:
        """Clicks mean a place from now on: near ``location`` or, when none is known, in the district with this code."""
        self.view.start_picking(location, district)

    def stop_picking(self) -> None:
        """Clicks mean projects again."""
        self.view.stop_picking()

    def _recolour(self) -> None:
        self.view.set_theme(self._theme.dark)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self._tasks.run(self, _load, lambda _none: self.view.show())


def _load() -> None:
    """Makes the scaffold of the map's page on the worker: folium takes longer to load than a window may stand still."""
    from izsa_desktop.maps.page import scaffold_js

    scaffold_js()
