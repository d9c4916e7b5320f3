"""The richer base of the map: a file of tiles of the person's own, remembered on this computer."""

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton

from izsa_desktop.domain.text import visible
from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.files import ask_open
from izsa_desktop.ui.settings import BASE_MAP
from izsa_desktop.ui.widgets.card import Card, spaced_line
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.base_map import TileSource, open_base_map


class BaseMapCard(Card):
    """A file is looked through before it is taken."""

    def __init__(self, desk: Desk) -> None:
        t = desk.t
        super().__init__(t("basemap.title"), t("basemap.text"), icon="map")
        self._desk = desk
        self.state = plain_label(t("basemap.none"), wrap=True)
        self.choose = QPushButton(for_button(t("basemap.choose")))
        icons.put(self.choose, "folder-open", "text")
        self.choose.clicked.connect(self._ask)
        self.remove = QPushButton(for_button(t("basemap.remove")))
        icons.put(self.remove, "undo-2", "text")
        self.remove.clicked.connect(self.drop)
        self.body.addWidget(self.state)
        self.body.addLayout(spaced_line(self.choose, self.remove))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        kept = self._desk.settings.text(BASE_MAP)
        self.remove.setVisible(bool(kept))
        if kept:
            path = Path(kept)
            self.state.setText(visible(path.name))
            self._desk.tasks.run(self, lambda: open_base_map(path), self._show, lambda _error: self._say_gone(path))

    def _ask(self) -> None:
        t = self._desk.t
        ask_open(self, self._desk.settings, t("basemap.choose"), t("basemap.kind"), lambda paths: self.take(paths[0]))

    def take(self, path: Path) -> None:
        """Shows this file's tiles from now on, if it has some."""
        self._desk.tasks.run(self, lambda: open_base_map(path), lambda source: self._taken(path, source))

    def drop(self) -> None:
        """The program's own base again."""
        self._desk.settings.set_text(BASE_MAP, "")
        self.state.setText(self._desk.t("basemap.removed"))
        self.remove.hide()
        self._desk.changes.announce(changes.SETTINGS, by=self)

    def _taken(self, path: Path, source: TileSource) -> None:
        self._desk.settings.set_text(BASE_MAP, str(path.absolute()))
        self._show(source)
        self._desk.notify.good(self._desk.t("basemap.taken", name=source.info.name))
        self._desk.changes.announce(changes.SETTINGS, by=self)

    def _show(self, source: TileSource) -> None:
        info = source.info
        self.state.setText(self._desk.t("basemap.shown", name=info.name, lowest=info.min_zoom, highest=info.max_zoom))
        self.remove.show()

    def _say_gone(self, path: Path) -> None:
        self.state.setText(self._desk.t("basemap.gone", name=visible(path.name)))
