"""What was chosen, as tokens beside each other that can be taken away by mouse and by keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.card import empty
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.text import for_button, plain_tip

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_AWAY = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_NARROWEST = 60
_LONGEST = 56
"""Characters of a token; the tool tip and a screen reader have all of it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One chosen thing. ``tip`` says more than ``text``."""

    key: str
    text: str
    tip: str = ""


class Token(QPushButton):
    """One chosen thing. A click takes it away; the arrow keys belong to the row."""

    def __init__(self, chosen: Chosen, t: Translator, read_only: bool) -> None:
        text = visible(chosen.text)
        super().__init__(for_button(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"))
        self.key = chosen.key
        self.setProperty("role", "token")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text if read_only else t("widget.remove", name=text))
        self.setToolTip(plain_tip("\n".join(part for part in (chosen.tip or text,) if part)))
        if not read_only:
            self.setAccessibleDescription(t("widget.remove_tip"))
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the text
            icons.put(self, "x", "soft", 12)
        self.setEnabled(not read_only)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(_NARROWEST, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Text that is too long is cut with an ellipsis and not in the middle of a letter."""
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        room = self.width() - self.sizeHint().width()
        if room < 0:
            width = option.fontMetrics.horizontalAdvance(option.text) + room
            option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, width)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS or event.key() in _AWAY:
            event.ignore()
        else:
            super().keyPressEvent(event)


class TokenRow(QWidget):
    """Tokens; one of them is in the tab order. Arrow keys move, Delete and Enter take away: ``removed(key)``."""

    removed = Signal(str)
    emptied = Signal()
    """The keyboard was on the last token, which is gone."""

    def __init__(self, t: Translator, name: str) -> None:
        super().__init__()
        self._t = t
        self.tokens: list[Token] = []
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self, spacing=5)
        self.hide()

    def show_chosen(self, chosen: Sequence[Chosen], read_only: bool = False) -> None:
        """Shows these instead. The keyboard stays where it was as far as that is still there."""
        at = self._at()
        empty(self._flow)
        self.tokens = [Token(one, self._t, read_only) for one in chosen]
        for token in self.tokens:
            token.clicked.connect(lambda _on, key=token.key: self.removed.emit(key))
            self._flow.addWidget(token)
            token.show()  # at once: the keyboard may go there
        self._one_stop(max(at, 0))
        self.setVisible(bool(self.tokens))
        self.updateGeometry()
        if at >= 0 and self.tokens:
            self.go_to(min(at, len(self.tokens) - 1))
        elif at >= 0:
            self.emptied.emit()

    def go_to(self, at: int) -> None:
        """Puts the keyboard on a token; -1 is the last one."""
        if self.tokens:
            self.tokens[at].setFocus(Qt.FocusReason.OtherFocusReason)
            self._one_stop(at % len(self.tokens))

    def _one_stop(self, at: int) -> None:
        for n, token in enumerate(self.tokens):
            here = n == min(at, len(self.tokens) - 1)
            token.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def _at(self) -> int:
        return next((n for n, token in enumerate(self.tokens) if token.hasFocus()), -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = Qt.Key(event.key()), self._at()
        if at < 0:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.go_to((at + _STEPS[key]) % len(self.tokens))
        elif key in _AWAY and self.tokens[at].isEnabled():
            self.removed.emit(self.tokens[at].key)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return self._flow.sizeHint()
