"""A chart: an SVG, sharp at every density, and the same in words for who does not see it."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.ui.theme import Theme

_PIXELS_PER_POINT = 96 / 72


class ChartView(QWidget):
    """As large as it was drawn, stretched with the text; smaller where there is less room."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._drawn = QSvgRenderer(self)
        self._drawn.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def show_chart(self, svg: str, words: str) -> None:
        """A drawing of ``izsa_desktop.charts``, and its numbers in a sentence."""
        self._drawn.load(QByteArray(svg.encode()))
        self.setAccessibleDescription(visible(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        scale = _PIXELS_PER_POINT * self._theme.text_percent / 100
        drawn = self._drawn.viewBoxF()
        return QSize(round(drawn.width() * scale), round(drawn.height() * scale))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 2

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        wanted = self.sizeHint()
        if not wanted.width():
            return 0
        return round(wanted.height() * min(1.0, width / wanted.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._drawn.isValid():
            return
        wanted = self.sizeHint()
        scale = min(1.0, self.width() / wanted.width(), self.height() / wanted.height())
        width, height = wanted.width() * scale, wanted.height() * scale
        painter = QPainter(self)
        self._drawn.render(painter, QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height))
