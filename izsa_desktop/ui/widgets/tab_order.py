"""The order in which the Tab key goes through widgets that came into being in another one."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(parts: Iterable[QWidget]) -> None:
    """Tab goes through the controls of these parts, part by part; inside a part, as its controls stand."""
    for before, after in pairwise(widget for part in parts for widget in _stops(part)):
        QWidget.setTabOrder(before, after)


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
