"""What the colours of the table of gaps mean."""

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from izsa_desktop.ui.theme import color
from izsa_desktop.ui.widgets.card import empty
from izsa_desktop.ui.widgets.gap_table import paint_ground
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.gap_sheet import PLAIN


class _Swatch(QWidget):
    def __init__(self, tone: int) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(18, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_ground(painter, self.rect(), self._tone, gap=self._tone == PLAIN)
        painter.setPen(color("line_strong"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class GapLegend(QWidget):
    """Swatches with their meaning; hatched is where nothing runs."""

    def __init__(self) -> None:
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(5)

    def show_classes(self, unit: str, classes: Sequence[tuple[int, str]], gap: str) -> None:
        """``gap``: what hatching means; empty where nothing is hatched."""
        empty(self._line)
        self._line.addWidget(plain_label(unit, role="soft"))
        for tone, text in ((PLAIN, gap), *classes) if gap else classes:
            self._line.addSpacing(5)
            self._line.addWidget(_Swatch(tone))
            self._line.addWidget(plain_label(text, role="soft"))
        self._line.addStretch(1)
