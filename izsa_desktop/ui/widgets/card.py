"""A card: a heading, perhaps a number or tick before it, and content below."""

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.text import plain_label, surface


class Card(QFrame):
    """``body`` is where the content goes."""

    def __init__(self, heading: str, text: str = "", step: str = "", icon: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self._tick = icons.label("circle-check", "good", 26)
        self._number = plain_label(step, role="step")
        column = QVBoxLayout()
        column.setSpacing(6)
        self.heading = plain_label(heading, role="heading")
        column.addWidget(self.heading)
        if text:
            column.addWidget(plain_label(text, role="soft", wrap=True))
        column.addSpacing(2)
        column.addLayout(self.body)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 16, 20, 18)
        line.setSpacing(14)
        if icon:
            line.addWidget(icons.label(icon, "accent", 22), 0, Qt.AlignmentFlag.AlignTop)
        if step:
            self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._number.setMinimumSize(26, 26)
            line.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)
            self._tick.hide()
        line.addLayout(column, 1)

    def set_done(self, done: bool) -> None:
        """A tick in place of the number."""
        self._tick.setVisible(done)
        self._number.setVisible(not done)


def scrolling_page(title: str, subtitle: str, width: int = 860) -> tuple[QScrollArea, QVBoxLayout]:
    """A page of cards below a title, centred and no wider than is pleasant to read; and where the cards go."""
    column = QVBoxLayout()
    column.setSpacing(14)
    column.addWidget(plain_label(title, role="page"))
    column.addWidget(plain_label(subtitle, role="soft", wrap=True))
    column.addSpacing(4)
    scroll = QScrollArea()
    scroll.setAccessibleName(title)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # page up and page down reach it from every control in it
    scroll.setWidget(_Centred(column, width))
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    return scroll, column


_SIDE = 32
"""Pixels that are left at each side where room is scarce."""
_MARGIN = 24
"""Pixels around what is scrolled to."""


class _Centred(QWidget):
    """A column in the middle, at most so wide."""

    def __init__(self, column: QVBoxLayout, width: int) -> None:
        super().__init__()
        surface(self, "page")
        self._column, self._width = column, width
        self.setLayout(column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        needed = self.minimumSizeHint().width() - 2 * _SIDE
        side = max(_SIDE, (event.size().width() - max(self._width, needed)) // 2)
        self._column.setContentsMargins(side, 26, side, 32)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """What the cards need. The room at the sides is none of it: it would make the page grow without end."""
        least, room = self._column.totalMinimumSize(), self._column.contentsMargins()
        width = least.width() - room.left() - room.right() + 2 * _SIDE
        if not self._column.hasHeightForWidth():
            return QSize(width, least.height())
        return QSize(width, self._column.totalHeightForWidth(max(width, self.width())))  # not that of the narrowest


def bring_into_sight(*widgets: QWidget) -> None:
    """Scrolls to these, the last one surely; once what was shown just now has its place."""
    page = widgets[0].parentWidget()
    while page is not None and not isinstance(page, QScrollArea):
        page = page.parentWidget()
    if isinstance(page, QScrollArea):
        QTimer.singleShot(0, page, lambda: _bring(page, widgets))


def _bring(page: QScrollArea, widgets: Sequence[QWidget]) -> None:
    for widget in widgets:
        if shiboken6.isValid(widget) and widget.isVisible():
            page.ensureWidgetVisible(widget, 0, _MARGIN)


def empty(layout: QLayout) -> None:
    """Takes everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def spaced_line(*labels: QLabel | QWidget) -> QHBoxLayout:
    """Widgets beside each other, what is left over behind them."""
    line = QHBoxLayout()
    line.setSpacing(10)
    for label in labels:
        line.addWidget(label)
    line.addStretch(1)
    return line
