"""A place on the rail, with a number where something waits there. In a low window the names go and the icons stay."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton

from izsa_desktop.ui import icons
from izsa_desktop.ui.theme import color

_MOST = 999
_ICON = 22
_AROUND = 18
"""Pixels above, between and below icon and name, together."""
_BESIDE = 6
_LEAST = QSize(76, 34)


class RailButton(QToolButton):
    """Icon, name, and the number in the corner."""

    def __init__(self, icon: str, label: str, keys: str) -> None:
        super().__init__()
        self._label = label
        self._count = 0
        self.setText(label)
        self.setToolTip(f"{label} ({keys})")
        self.setCheckable(True)
        self.setAccessibleName(label)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        icons.put(self, icon, "rail_strong", _ICON)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """With icon and name, whatever of them is shown."""
        text = self.fontMetrics()
        wanted = QSize(text.horizontalAdvance(self._label) + _BESIDE, _ICON + text.height() + _AROUND)
        return wanted.expandedTo(_LEAST)

    def minimumSizeHint(self) -> QSize:
        """The whole name, or the icon alone."""
        return QSize(self.sizeHint().width(), _LEAST.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        styles = Qt.ToolButtonStyle
        whole = self.height() >= self.sizeHint().height()
        self.setToolButtonStyle(styles.ToolButtonTextUnderIcon if whole else styles.ToolButtonIconOnly)

    @property
    def count(self) -> int:
        """How much waits there."""
        return self._count

    def show_count(self, count: int) -> None:
        """So much waits there."""
        self._count = count
        self.setAccessibleName(f"{self._label}: {count}" if count else self._label)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._count:
            return
        text = str(self._count) if self._count <= _MOST else f"{_MOST}+"
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        font.setWeight(QFont.Weight.Bold)
        metrics = QFontMetrics(font)
        height = metrics.height() + 1
        width = max(height, metrics.horizontalAdvance(text) + 9)
        left = min(self.width() / 2 + 6, self.width() - width - 3)
        pill = QRectF(left, 4, width, height)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("rail_strong"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(color("rail"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
