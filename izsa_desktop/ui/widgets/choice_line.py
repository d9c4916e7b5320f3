"""One of many, found by typing some of its name: the list opens with the field, arrow keys go into it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from izsa_desktop.domain.text import fold, visible
from izsa_desktop.ui.widgets.fields import LineField
from izsa_desktop.ui.widgets.finder import Offer, OfferCompleter


class ChoiceLine(LineField):
    """``value`` is the code of what was chosen, or typed as it stands in the list; else the text, as it was typed."""

    def __init__(self, choices: Sequence[tuple[str, str]], placeholder: str = "") -> None:
        """``choices``: code and words."""
        super().__init__(placeholder)
        self._words = dict(choices)
        self._chosen = ""
        self.offers = OfferCompleter(self, self._find, keeps_text=False)
        popup = self.offers.popup()
        assert popup is not None
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it would cover the last one
        self.offers.chosen.connect(self._choose)
        self.textEdited.connect(lambda _text: self._choose(""))

    def value(self) -> str:
        return self._chosen or self._typed()

    def set_value(self, value: str) -> None:
        self._chosen = value if value in self._words else ""
        super().set_value(visible(self._words.get(value, value)))

    def _choose(self, code: str) -> None:
        self._chosen = code
        self.edited.emit()

    def _typed(self) -> str:
        text = self.text().strip()
        meant = [code for code, words in self._words.items() if text and fold(visible(words)) == fold(text)]
        return meant[0] if len(meant) == 1 else text

    def _find(self, text: str) -> list[Offer]:
        wanted = fold(text).split()
        return [
            Offer(code, words) for code, words in self._words.items() if all(word in fold(words) for word in wanted)
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.offers.open()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text():
            self.offers.open()
