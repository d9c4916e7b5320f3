"""One decision: the field, its values side by side, and once it is decided a line that says so."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.choice_card import ChoiceCard, Told
from izsa_desktop.ui.widgets.fields import repolish
from izsa_desktop.ui.widgets.marked_text import shortened
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label
from izsa_desktop.usecases.conflicts import Choice, Conflict

_MOST_COLUMNS = 3
_COLUMN = 34
"""Average letters that a value needs beside another."""
_MOST_CHOICES = 30
"""Values that are shown; more of them come from a broken PC or a stolen one, and would stop the window."""


class ConflictCard(QFrame):
    """``chosen(choice)``: a person has decided. ``undo_wanted``: they want to think it over."""

    chosen = Signal(object)
    undo_wanted = Signal()

    def __init__(self, conflict: Conflict, told: Sequence[Told], t: Translator) -> None:
        super().__init__()
        self.setObjectName("conflict")
        self.conflict, self._t = conflict, t
        self.decided: Choice | None = None
        self._columns = 0
        self.choices = [
            ChoiceCard(choice, one, conflict.name, t)
            for choice, one in list(zip(conflict.choices, told, strict=True))[:_MOST_CHOICES]
        ]
        for card in self.choices:
            card.clicked.connect(lambda _on, choice=card.choice: self.chosen.emit(choice))
        self.whole = QPushButton(t("conflict.whole"))
        self.whole.setProperty("role", "link")
        self.whole.setCheckable(True)
        self.whole.toggled.connect(self._expand)
        self.heading = plain_label(" ".join(conflict.name.split()), role="heading", wrap=True)
        again = plain_label(t("conflict.again"), role="note")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.heading, 1)
        head.addWidget(again)
        head.addWidget(self.whole)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._open = QWidget()
        inside = QVBoxLayout(self._open)
        inside.setContentsMargins(16, 12, 16, 16)
        inside.setSpacing(10)
        inside.addLayout(head)
        inside.addLayout(self._grid)
        if more := len(conflict.choices) - len(self.choices):
            inside.addWidget(plain_label(t("conflict.more_values", count=more), role="note", wrap=True))
        self.line = _DecidedLine(t)
        self.line.undo.clicked.connect(self.undo_wanted)
        self.line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._open)
        column.addWidget(self.line)
        again.setVisible(conflict.settled)
        self.whole.setVisible(any(shortened(c.segments) != tuple(c.segments) for c in conflict.choices))
        self._arrange(1)

    @property
    def open(self) -> bool:
        """True while it waits for a decision."""
        return self.decided is None

    def mark(self, here: bool) -> None:
        """The keys that choose are about this one."""
        if self.property("here") != here:
            self.setProperty("here", here)
            repolish(self)

    def decide(self, choice: Choice) -> None:
        """Shows that it was decided."""
        self.decided = choice
        text = " ".join(visible(choice.text).split()) or self._t("conflict.empty")
        self.line.say(self.conflict.name, text)
        self._open.hide()
        self.line.show()
        self.mark(False)

    def take_focus(self) -> None:
        """The keyboard goes to the first value that may be chosen."""
        for card in self.choices:
            if card.isEnabled():
                card.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = _COLUMN * self.fontMetrics().averageCharWidth()
        self._arrange(max(1, min(event.size().width() // needed, len(self.choices), _MOST_COLUMNS)))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for n, card in enumerate(self.choices):
            self._grid.addWidget(card, n // columns, n % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 1)

    def _expand(self, whole: bool) -> None:
        self.whole.setText(self._t("conflict.shorter") if whole else self._t("conflict.whole"))
        for card in self.choices:
            card.expand(whole)


class _DecidedLine(QWidget):
    """What was decided, on one line, and the way back."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._name = plain_label(role="strong")
        self._text = ElidedLabel(role="soft")
        self.undo = QPushButton(t("conflict.undo_one"))
        self.undo.setProperty("role", "link")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(10)
        line.addWidget(icons.label("circle-check", "good", 18))
        line.addWidget(self._name)
        line.addWidget(self._text, 1)
        line.addWidget(self.undo)

    def say(self, name: str, text: str) -> None:
        """Names the field and the value."""
        self._name.setText(visible(name))
        self._text.show_text(text)
        self.undo.setAccessibleName(self._t("conflict.undo_named", field=visible(name)))
