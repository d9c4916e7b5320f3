"""Widgets below each other in a scroll area, as high as they are at this width."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from izsa_desktop.ui.widgets.text import surface


class Column(QWidget):
    """Has this layout."""

    def __init__(self, column: QVBoxLayout) -> None:
        super().__init__()
        surface(self, "page")
        self._column = column
        self.setLayout(column)

    def minimumSizeHint(self) -> QSize:
        width = self._column.totalMinimumSize().width()
        return QSize(width, self._column.totalHeightForWidth(max(width, self.width())))


def scrolled(column: QVBoxLayout, name: str) -> QScrollArea:
    """The column in a scroll area, which the keyboard passes over: page up and down reach it from what is in it."""
    area = QScrollArea()
    area.setWidget(Column(column))
    surface(area, "page")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    return area
