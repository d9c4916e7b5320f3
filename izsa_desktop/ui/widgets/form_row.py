"""One row of a form: label above, field, and below it a line that helps, warns or says what is wrong."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from izsa_desktop.domain.text import lower_tr, visible
from izsa_desktop.ui.widgets.editor_head import tool
from izsa_desktop.ui.widgets.text import for_button, plain_label, plain_tip, set_role

_BUTTON = 24
"""Pixels of a button beside a label, which makes no line higher."""


class Mnemonics:
    """Gives labels a letter for the Alt key, each letter once in a window."""

    def __init__(self, taken: str = "") -> None:
        self._taken = set(taken)

    def mark(self, label: str) -> str:
        """The label with ``&`` before its first free letter, if it has one.

        Not before İ or I: which key a keyboard gives for these depends on its layout.
        """
        for at, letter in enumerate(label):
            folded = lower_tr(letter)
            if letter.isascii() and folded.isascii() and folded.isalpha() and folded not in self._taken:
                self._taken.add(folded)
                return f"{label[:at]}&{label[at:]}"
        return label


class FormRow(QWidget):
    """Label, field and note. ``bad``: the field holds something that cannot be saved."""

    def __init__(self, label: str, field: Any, help_: str = "", required: str = "", tip: str = "") -> None:
        """``help_`` stands below the field, ``tip`` comes with the mouse; screen readers read both out.

        ``required`` is what a screen reader and a tool tip say of the mark behind the label.
        """
        super().__init__()
        self.field = field
        self._help = help_
        self.bad = False
        self.label = plain_label(label, role="field")
        self.label.setBuddy(field)
        self.label.setToolTip(plain_tip(tip) if tip else "")
        if not field.accessibleName():
            field.setAccessibleName(label.replace("&", ""))
        if not field.accessibleDescription():
            field.setAccessibleDescription(help_ or tip)
        self._described = field.accessibleDescription()
        self.note = plain_label("", role="soft", wrap=True)
        self.action = QPushButton()
        self.action.setProperty("role", "link")
        self.action.hide()
        self._run: Callable[[], None] | None = None
        self.action.clicked.connect(lambda: self._run and self._run())
        self._required = bool(required)
        self._mark = plain_label("*", role="required")
        self._mark.setToolTip(required)
        self.remark = plain_label("", role="remark", wrap=True)
        self._comment: QToolButton | None = None
        head = self._head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.label)
        head.addWidget(self._mark)
        head.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.action)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.remark)
        layout.addWidget(field)
        self.remark.hide()
        layout.addLayout(foot)
        self._mark.setVisible(self._required)  # not before it has a parent: it would be a window of its own
        self.calm()

    def say(self, text: str, role: str = "soft", action: str = "", run: Callable[[], None] | None = None) -> None:
        """Shows a line below the field: ``soft`` help, ``warn`` or ``bad``."""
        self.bad = role == "bad"
        self.note.setText(visible(text))
        self.note.setVisible(bool(text))
        set_role(self.note, role)
        self._run = run
        self.action.setText(for_button(action))
        self.action.setVisible(run is not None)

    def set_remark(self, text: str) -> None:
        """What somebody says of this field, above it; nothing: empty. Screen readers read it with the field."""
        self.remark.setText(visible(text))
        self.remark.setVisible(bool(text))
        described = " ".join(filter(None, (visible(text), self._described)))
        if self.field.accessibleDescription() != described:
            self.field.setAccessibleDescription(described)

    def offer_comment(self, text: str, run: Callable[[], None] | None) -> None:
        """A button beside the label by which something is said of the field; none: no way to."""
        if run is not None and self._comment is None:
            self._comment = tool("message-square", text)
            self._comment.setFixedSize(_BUTTON, _BUTTON)
            self._comment.clicked.connect(run)
            self._head.addWidget(self._comment)
        elif self._comment is not None:
            self._comment.setVisible(run is not None)

    def put_comment(self, widget: QWidget) -> None:
        """What somebody says of the field stands right above it."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.remark), widget)
        if self._comment is not None:
            self._comment.hide()

    @property
    def busy(self) -> bool:
        """True while the line says something that comes before any help."""
        return self.bad or (not self.note.isHidden() and self.note.property("role") == "warn")

    def calm(self) -> None:
        """Back to the help."""
        self.say(self._help)

    def set_detail(self, detail: bool) -> None:
        """A record that is only read needs no help with entering."""
        self.say("" if detail else self._help)
        self._mark.setVisible(self._required and not detail)
