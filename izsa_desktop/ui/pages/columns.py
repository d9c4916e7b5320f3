"""List, form and map beside each other. Where the window is too narrow for all of them, one folds away.

The form always has its room; next comes the list, or the map while a place is chosen on it.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from izsa_desktop.ui.settings import SPLITTER, Settings

_FORM_WIDTH, _MAP_WIDTH = 480, 300
"""What the two get when the map is opened again."""


class Columns(QSplitter):
    """The three parts of the projects page; a person may move the borders, and fold the map away."""

    def __init__(self, list_: QWidget, form: QWidget, map_: QWidget, settings: Settings) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._list, self._form, self._map = list_, form, map_
        self._map_wanted = False
        for n, part in enumerate((list_, form, map_)):
            self.addWidget(part)
            self.setStretchFactor(n, 1 if part is map_ else 0)
            self.setCollapsible(n, part is map_)
        self.setHandleWidth(1)
        self.setSizes([320, _FORM_WIDTH, 500])
        self.restoreState(settings.layout(SPLITTER))
        self.splitterMoved.connect(lambda _position, _index: settings.set_layout(SPLITTER, self.saveState()))

    def want_map(self, wanted: bool) -> None:
        """True while a place is chosen: the map comes before the list, also where a person had folded it away."""
        self._map_wanted = wanted
        self._fold()
        list_, _form, map_ = self.sizes()
        if wanted and not map_:
            self.setSizes([list_, _FORM_WIDTH, max(_MAP_WIDTH, self.width() - list_ - _FORM_WIDTH)])

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):  # the latter: a part came, went or grew
            self._fold()
        return done

    def _fold(self) -> None:
        beside = (self._map, self._list) if self._map_wanted else (self._list, self._map)
        room = self.width() if self._form.isHidden() else self.width() - self._needed(self._form)
        for n, part in enumerate(beside):
            room -= self._needed(part)
            fits = room >= 0 or (n == 0 and self._form.isHidden())
            if fits == part.isHidden():
                part.setVisible(fits)
                self.refresh()  # at once: nobody is to see two parts over each other

    def _needed(self, part: QWidget) -> int:
        return max(part.minimumWidth(), part.minimumSizeHint().width()) + self.handleWidth()
