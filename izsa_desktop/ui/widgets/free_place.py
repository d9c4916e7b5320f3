"""Where in a window there is room for something that must not lie over what people press or type into.

The lowest place at the right where nothing is covered, else one further to the left. Where there is none, the one that
covers least: rather texts, drawings and rows of a list or a table than buttons and fields. Maps and what is empty may
be covered.
"""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QScrollArea, QWidget

MARGIN, FOOT = 20, 48
_STEP, _GAP = 8, 6
_PRESSED = 1000
"""How much worse it is to cover what is pressed than a row."""
_EMPTY = (QWidget, QFrame)
"""What shows nothing of its own."""
_Taken = tuple[int, int, int, int, int]
"""Left, top, right, bottom, and how bad it is to cover it."""


def free_place(window: QWidget, sizes: Iterable[QSize], but: QWidget) -> QRect:
    """The best place for something of the first size, else of a further one.

    ``but``: what goes there, and may lie there already.
    """
    taken = list(_taken(window, but))
    found, best = QRect(), -1
    for size in sizes:
        for left, top in _places(window.size(), size):
            cost = _cost(taken, left, top, size)
            if best < 0 or cost < best:
                found, best = QRect(QPoint(left, top), size), cost
            if not best:
                return found
    return found


def is_free(window: QWidget, place: QRect, but: QWidget) -> bool:
    """Whether nothing is covered there."""
    return not _cost(list(_taken(window, but)), place.left(), place.top(), place.size())


def _places(room: QSize, size: QSize) -> Iterator[tuple[int, int]]:
    """Right, middle, left; from the bottom upwards."""
    right, lowest = room.width() - size.width() - MARGIN, room.height() - size.height() - FOOT
    for left in sorted({right, max(right // 2, MARGIN), min(right, 6 * MARGIN)}, reverse=True):
        yield from ((left, top) for top in range(lowest, min(lowest, MARGIN) - 1, -_STEP))


def _cost(taken: Iterable[_Taken], left: int, top: int, size: QSize) -> int:
    right, bottom = left + size.width(), top + size.height()
    cost = 0
    for x1, y1, x2, y2, weight in taken:
        wide, high = min(right, x2) - max(left, x1), min(bottom, y2) - max(top, y1)
        if wide > 0 and high > 0:
            cost += wide * high * weight
    return cost


def _taken(window: QWidget, but: QWidget) -> Iterator[_Taken]:
    """What of the window is seen and is something."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window or widget is but or but.isAncestorOf(widget):
            continue
        weight = _weight(widget)
        if not weight:
            continue
        seen = _seen(window, widget)
        if isinstance(widget, QAbstractItemView):
            seen &= _rows(window, widget)
        if not seen.isEmpty():
            yield seen.left() - _GAP, seen.top() - _GAP, seen.right() + _GAP, seen.bottom() + _GAP, weight


def _weight(widget: QWidget) -> int:
    """How bad it is to cover it: what takes the keyboard, else what is read, looked at or a row, else nothing."""
    if isinstance(widget, QScrollArea) or any(widget.inherits(name) for name in ("QWebEngineView", "QQuickWidget")):
        return 0
    if isinstance(widget, QLabel):
        return int(bool(widget.text()) or not widget.pixmap().isNull())
    if isinstance(widget, QAbstractItemView):
        return 1
    if widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        return _PRESSED
    return int(type(widget) not in _EMPTY and not widget.findChild(QWidget))


def _rows(window: QWidget, view: QAbstractItemView) -> QRect:
    """From its top to its last row."""
    model = view.model()
    last = model.rowCount(view.rootIndex()) - 1 if model is not None else -1
    if last < 0:
        return QRect()
    end = view.viewport().mapTo(window, view.visualRect(model.index(last, 0, view.rootIndex())).bottomRight()).y()
    top = view.mapTo(window, QPoint())
    return QRect(top, QSize(view.width(), max(end - top.y(), 0)))


def _seen(window: QWidget, widget: QWidget) -> QRect:
    """What of a widget is in sight, as far as what it lies in does not hide it."""
    seen = QRect(widget.mapTo(window, QPoint()), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not window:
        seen &= QRect(above.mapTo(window, QPoint()), above.size())
        above = above.parentWidget()
    return seen & window.rect()
