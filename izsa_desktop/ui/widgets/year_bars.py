"""A small row of bars, one for each year, with its number above it."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from izsa_desktop.i18n import Translator
from izsa_desktop.ui.theme import color

_BAR = 46
"""Pixels of the highest bar."""


class YearBars(QWidget):
    """The last year stands out: it is the one of now."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._years: dict[int, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_years(self, years: Mapping[int, int], said: str) -> None:
        """``said``: the same in words."""
        self._years = dict(years)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 2 * QFontMetrics(self._small()).height() + _BAR + 6)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._years:
            return
        painter = QPainter(self)
        painter.setFont(self._small())
        line = QFontMetrics(self._small()).height()
        wide, most = self.width() / len(self._years), max(1, *self._years.values())
        foot = self.height() - line - 2
        for n, (year, count) in enumerate(self._years.items()):
            high = round(_BAR * count / most)
            bar = QRectF(n * wide + 3, foot - high, wide - 6, high)
            painter.fillRect(bar, color("accent" if n == len(self._years) - 1 else "line_strong"))
            painter.setPen(color("text"))
            above = QRectF(n * wide, bar.top() - line, wide, line)
            painter.drawText(above, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, self._t.number(count))
            painter.setPen(color("soft"))
            below = QRectF(n * wide, foot + 2, wide, line)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"’{year % 100:02}")
        painter.fillRect(QRectF(0, foot, self.width(), 1), color("line_strong"))
