"""The program's own mark: the seventeen colours as a ring around the gulf."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

_COLORS = [
    "#e5243b",
    "#dda63a",
    "#4c9f38",
    "#c5192d",
    "#ff3a21",
    "#26bde2",
    "#fcc30b",
    "#a21942",
    "#fd6925",
    "#dd1367",
    "#fd9d24",
    "#bf8b2e",
    "#3f7e44",
    "#0a97d9",
    "#56c02b",
    "#00689d",
    "#19486a",
]


def paint_emblem(painter: QPainter, size: float) -> None:
    """Paints it at the origin."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = size * 0.15
    ring = QRectF(0, 0, size, size).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    step = 360 / len(_COLORS)
    for n, name in enumerate(_COLORS):
        pen = QPen(QColor(name), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(ring, round((90 - n * step) * 16), round(-(step - 3) * 16))
    inner = size * 0.27
    middle = QPointF(size / 2, size / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#0b6b80"))
    painter.drawEllipse(middle, inner, inner)
    wave = QPen(QColor("#ffffff"), size * 0.045)
    wave.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(wave)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for row in (-0.35, 0.05, 0.45):
        half = inner * 0.62 * math.sqrt(1 - row * row)
        y = middle.y() + row * inner
        path = QPainterPath(QPointF(middle.x() - half, y))
        path.cubicTo(
            QPointF(middle.x() - half * 0.3, y - size * 0.07),
            QPointF(middle.x() + half * 0.3, y + size * 0.07),
            QPointF(middle.x() + half, y),
        )
        painter.drawPath(path)


def emblem_icon() -> QIcon:
    """The window's icon."""
    icon = QIcon()
    for size in (16, 32, 48, 128, 256):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_emblem(painter, size)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


class Emblem(QWidget):
    """The mark in the window."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.setFixedSize(QSize(size, size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_emblem(painter, self.width())
