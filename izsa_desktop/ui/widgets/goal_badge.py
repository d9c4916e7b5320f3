"""A goal's number in its colour: how goals are shown where there is no room for their names."""

from functools import cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

DARK_INK, LIGHT_INK = QColor("#161616"), QColor("#ffffff")


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2: 1 for the same colour, 21 for black on white."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(color: QColor) -> float:
    return 0.2126 * _linear(color.redF()) + 0.7152 * _linear(color.greenF()) + 0.0722 * _linear(color.blueF())


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def ink_on(background: QColor) -> QColor:
    """White or nearly black, whichever is easier to read there."""
    return _ink_on(background.rgba())


@cache
def _ink_on(rgba: int) -> QColor:
    background = QColor.fromRgba(rgba)
    return LIGHT_INK if contrast(background, LIGHT_INK) >= contrast(background, DARK_INK) else DARK_INK


class GoalBadge(QWidget):
    """The number on a square of the goal's colour."""

    def __init__(self, code: str, color: str, name: str) -> None:
        super().__init__()
        self._code, self._color = code, QColor(color)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._bold())
        return QSize(
            max(metrics.horizontalAdvance("00"), metrics.horizontalAdvance(self._code)) + 10, metrics.height() + 8
        )

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        painter.drawRoundedRect(self.rect(), 4, 4)
        painter.setFont(self._bold())
        painter.setPen(ink_on(self._color))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._code)
