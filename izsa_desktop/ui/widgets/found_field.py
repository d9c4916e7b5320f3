"""Things that are found by typing and chosen, as tokens below the line.

What is typed is no value: where it finds nothing, or is left without anything being chosen, the field says so.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.finder import Finder, Offer
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.ui.widgets.tokens import Chosen, TokenRow


class FoundField(QWidget):
    """Codes in the order in which they were chosen. Who inherits lays out ``line``, ``note`` and ``tokens``."""

    edited = Signal()
    controls_changed = Signal()

    def __init__(self, t: Translator, hint: str, name: str, chosen: str) -> None:
        """``hint`` stands in the empty line; ``name`` and ``chosen`` are what line and tokens are called."""
        super().__init__()
        self._t = t
        self._chosen: list[str] = []
        self._read_only = False
        self.line = Finder(self._offers, hint, name)
        self.note = plain_label(role="warn", wrap=True)
        self.note.hide()
        self.tokens = TokenRow(t, chosen)
        self.line.textChanged.connect(self._typed)
        self.line.left.connect(self._left)
        self.line.chosen.connect(self._add)
        self.line.leave_back.connect(lambda: self.tokens.go_to(-1))
        self.tokens.removed.connect(self._remove)
        self.tokens.emptied.connect(self.line.setFocus)
        hand_on(self, self.line)

    def value(self) -> tuple[str, ...]:
        return tuple(self._chosen)

    def set_value(self, value: tuple[str, ...]) -> None:
        if value == self.value():
            return
        self._chosen = list(value)
        self.line.clear()
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.line.setVisible(not read_only)
        self._typed(self.line.text())
        self._show()

    def _offers(self, text: str) -> list[Offer]:
        """What fits a text and is not chosen yet; everything for no text."""
        raise NotImplementedError

    def _token(self, code: str) -> Chosen:
        """How a chosen code is shown."""
        raise NotImplementedError

    def _add(self, code: str) -> None:
        if code not in self._chosen:
            self._put([*self._chosen, code])

    def _remove(self, code: str) -> None:
        if not self._read_only:
            self._put([one for one in self._chosen if one != code])

    def _put(self, chosen: list[str]) -> None:
        """A person has chosen these."""
        self._chosen = chosen
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        self.tokens.show_chosen(list(map(self._token, self._chosen)), self._read_only)
        self.controls_changed.emit()

    def _typed(self, text: str) -> None:
        text = text.strip()
        self._say(self._t("widget.nothing_found", text=visible(text)) if text and not self._offers(text) else "")

    def _left(self) -> None:
        text = self.line.text().strip()
        if text and self._offers(text):
            self._say(self._t("widget.not_chosen", text=visible(text)))

    def _say(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence) and not self._read_only)
        self.line.setAccessibleDescription(sentence)
