"""Shall this be done? What it means in a sentence or two, and a way out that is the usual answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.ui.widgets.text import for_button, plain_label

_WIDTH = 460


class RoomyDialog(QDialog):
    """Has room for every line of large text: Qt by itself gives a dialog two thirds of the screen at most.

    Nor is it higher than that: the least height that Qt takes by itself is that of texts in a narrow column.
    """

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        self.column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.column.setContentsMargins(26, 22, 26, 20)
        self.column.setSpacing(12)
        self.column.addWidget(plain_label(title, role="title", wrap=True))

    def finish(self, go: str, leave: str) -> QPushButton:
        """The two answers; Enter is the harmless one. Gives the other one's button."""
        buttons = QDialogButtonBox()
        button = buttons.addButton(for_button(go), QDialogButtonBox.ButtonRole.AcceptRole)
        button.setProperty("role", "primary")
        way_out = buttons.addButton(for_button(leave), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.give)
        buttons.rejected.connect(self.reject)
        self.column.addSpacing(8)
        self.column.addStretch(1)
        self.column.addWidget(buttons)
        way_out.setDefault(True)  # not before: a button without a dialog is nobody's default
        way_out.setFocus()
        self.setMinimumWidth(max(_WIDTH, self.minimumSizeHint().width()))
        return button

    def give(self) -> None:
        """The answer is yes."""
        self.accept()

    def fit(self) -> None:
        """As high as its lines are."""
        if self.isVisible():
            self._require()
            self.resize(self.width(), self.column.totalHeightForWidth(self.width()))

    def _require(self) -> None:
        """No lower than its lines need."""
        self.setMinimumHeight(self.column.totalMinimumHeightForWidth(self.minimumWidth()))

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._require()
        return done

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()


@dataclass(frozen=True, slots=True)
class Words:
    """A title, what it means, and the two answers."""

    title: str
    sentences: Sequence[str]
    go: str
    leave: str


class ConfirmDialog(RoomyDialog):
    """Accepted when a person wants it."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(words.title, parent)
        for sentence in words.sentences:
            self.column.addWidget(plain_label(sentence, wrap=True))
        self.go = self.finish(words.go, words.leave)


def confirm(words: Words, parent: QWidget, act: Callable[[], None]) -> None:
    """Asks, and acts when the answer is yes."""
    dialog = ConfirmDialog(words, parent)
    dialog.accepted.connect(act)
    dialog.open()
