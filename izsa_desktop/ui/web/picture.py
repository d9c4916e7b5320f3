"""A picture of the map without a window: what ``izsa map -o FILE.png`` writes. Works where there is no screen."""

from pathlib import Path

import shiboken6
from PySide6.QtCore import QEventLoop, QLoggingCategory, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from izsa_desktop import reference
from izsa_desktop.domain.errors import FileProblem, NoRenderer
from izsa_desktop.i18n import Translator
from izsa_desktop.maps.layers import MapData
from izsa_desktop.ui.printing.offscreen import ensure_application
from izsa_desktop.ui.web.map_view import MapView

_PATIENCE_MS = 30_000
_LOOK_AGAIN_MS = 40
_WIDTH_OF_PLAIN_TEXT = 1100
"""At this width the names have their plain size; wider pictures have larger names."""


def map_picture(
    data: MapData, language: str, path: Path, *, size: tuple[int, int] = (1600, 1200), theme: str = "print"
) -> None:
    """Write the map of the whole province with these projects as a PNG of ``size`` pixels.

    Raises NoRenderer when the map cannot be drawn here, FileProblem when the file cannot be written.
    """
    if QApplication.instance() is None:
        QLoggingCategory.setFilterRules("default.warning=false")  # Qt without a screen says what it cannot show
    _alive = ensure_application()
    t = Translator(language)
    view = MapView(reference.load(), t, theme=theme)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize(*size)
    view.show_projects(data)
    try:
        picture = _Draw(view, max(1.0, size[0] / _WIDTH_OF_PLAIN_TEXT), t("map.picture_timeout")).run()
    finally:
        shiboken6.delete(view)
    if not picture.save(str(path), "PNG"):  # type: ignore[call-overload]
        raise FileProblem(str(path), t("map.picture_not_written"))


class _Draw:
    """Shows the view off screen and waits until two looks at it in a row are the same, after it said it was drawn."""

    def __init__(self, view: MapView, zoom: float, too_late: str) -> None:
        self._view = view
        self._zoom = zoom
        self._loop = QEventLoop()
        self._problem = too_late
        self._picture: QImage | None = None
        self._before: QImage | None = None
        view.page_ready.connect(self._on_ready)
        view.page_stopped.connect(self._on_stopped)

    def run(self) -> QImage:
        QTimer.singleShot(_PATIENCE_MS, self._loop, self._loop.quit)
        QTimer.singleShot(0, self._loop, self._view.show)
        self._loop.exec()
        if self._picture is None:
            raise NoRenderer(self._problem)
        return self._picture

    def _on_ready(self) -> None:
        page = self._view.page
        assert page is not None
        page.setZoomFactor(self._zoom)
        self._view.when_drawn(self._look)

    def _look(self) -> None:
        now = self._view.snapshot()
        if now == self._before:
            self._picture = now
            self._loop.quit()
        else:
            self._before = now
            QTimer.singleShot(_LOOK_AGAIN_MS, self._loop, self._look)

    def _on_stopped(self, why: str) -> None:
        self._problem = why
        self._loop.quit()
