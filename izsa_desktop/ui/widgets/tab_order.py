"""The order in which the Tab key goes through widgets that came into being in another one."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(parts: Iterable[QWidget]) -> None:
    """Tab goes through the controls of these parts, part by part; inside a part, as its controls stand."""
    for before, after in pairwise(widget for part in parts for widget in _stops(part)):
        QWidget.setTabOrder(before, after)


class Seat(QWidget):
    """Keeps a place in that order for widgets that come and go: made where they will stand, and never seen.

    Without it whatever is made later comes last of all in the window.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()

    def chain(self, parts: Iterable[QWidget]) -> None:
        """Tab comes to the controls of these parts here, one after the other."""
        stops = [widget for part in parts for widget in _stops(part)]
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the order is not changed behind what takes no keyboard
        for before, after in pairwise([self, *stops]):
            QWidget.setTabOrder(before, after)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def controls(part: QWidget) -> list[QWidget]:
    """Everything in a part, and the part itself, that the Tab key can reach."""
    return [widget for widget in _stops(part) if widget.focusProxy() is None]


def _stops(part: QWidget) -> list[QWidget]:
    window = part.window()  # not what pops up
    return [
        widget
        for widget in (part, *part.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is window
    ]
