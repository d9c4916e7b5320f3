"""A line that offers what fits while somebody types: arrow keys go into the offers, Enter takes one."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from izsa_desktop.domain.text import fold, visible

_KEY = Qt.ItemDataRole.UserRole + 1
_SWATCH = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be chosen. ``text`` is shown; ``color``, if any, stands before it as a small square."""

    key: str
    text: str
    color: str = ""


Search = Callable[[str], list[Offer]]
"""What fits a text; everything, in a sensible order, for no text."""


class OfferCompleter(QCompleter):
    """The list below a line. ``chosen(key)`` when an offer is taken."""

    chosen = Signal(str)

    def __init__(self, line: QLineEdit, search: Search, keeps_text: bool) -> None:
        """``keeps_text``: the line keeps what was typed; otherwise it takes the offer's text."""
        self._offers = QStandardItemModel(line)
        super().__init__(self._offers, line)
        self._line, self._search, self._keeps_text = line, search, keeps_text
        self._typed = ""
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(10)
        self._list = QListView()
        self.setPopup(self._list)
        self._list.setObjectName("completions")
        line.textEdited.connect(self.narrow)
        line.setCompleter(self)
        self.activated[QModelIndex].connect(lambda index: self.chosen.emit(index.data(_KEY)))  # type: ignore[index]

    def narrow(self, text: str) -> None:
        """Offers what fits this text."""
        self._typed = text
        self._offers.clear()
        for offer in self._search(text):
            item = QStandardItem(visible(offer.text))
            item.setData(offer.key, _KEY)
            item.setToolTip("")
            if offer.color:
                item.setData(_swatch(offer.color), Qt.ItemDataRole.DecorationRole)
            self._offers.appendRow(item)

    def open(self) -> None:
        """Shows the offers for what stands in the line."""
        self.narrow(self._line.text())
        self.complete()

    @property
    def going_through(self) -> bool:
        """True while an offer is marked in the open list."""
        return self._list.isVisible() and self._list.currentIndex().isValid()

    def close(self) -> None:
        """Takes the list away."""
        self._list.hide()

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return self._typed if self._keeps_text else super().pathFromIndex(index)


class Finder(QLineEdit):
    """Looks for something to add: ``chosen(key)``, and the line is empty again."""

    chosen = Signal(str)
    leave_back = Signal()
    """Backspace where nothing is typed: back to what was chosen before."""
    left = Signal()
    """The keyboard has gone elsewhere, and not into the offers."""

    def __init__(self, search: Search, placeholder: str, name: str) -> None:
        super().__init__()
        self._search = search
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.offers = OfferCompleter(self, search, keeps_text=True)
        self.offers.chosen.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Down:
            self.offers.open()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(event)
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.leave_back.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _enter(self, event: QKeyEvent) -> None:
        """Takes the best offer; a marked one is taken by the list itself."""
        if self.offers.going_through or not self.text().strip():
            event.ignore()
            return
        found = self._search(self.text())
        if found:
            self.offers.close()
            self._take(self._best(found).key)

    def _best(self, found: list[Offer]) -> Offer:
        wanted = fold(self.text().strip())
        return next((offer for offer in found if wanted in (fold(offer.text), fold(offer.key))), found[0])

    def _take(self, key: str) -> None:
        self.chosen.emit(key)
        QTimer.singleShot(0, self, self.clear)  # after the list has put its text into the line


def _swatch(color: str) -> QPixmap:
    """A small square of this colour."""
    pixmap = QPixmap(_SWATCH * 2, _SWATCH * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(pixmap.rect(), 6, 6)
    painter.end()
    pixmap.setDevicePixelRatio(2.0)
    return pixmap
