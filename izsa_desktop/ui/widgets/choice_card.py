"""One of the values in conflict, as a button: its key, who wrote it, when, on which PC, and what it says."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.marked_text import MarkedText, shortened
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.conflicts import Choice


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a choice around its text. ``note``: that it is shown now, or may not be chosen here."""

    key: int
    who: str
    where: str
    note: str = ""


class ChoiceCard(QPushButton):
    """Pressing it decides."""

    def __init__(self, choice: Choice, told: Told, field: str, t: Translator) -> None:
        super().__init__()
        self.setObjectName("choice")
        self.choice = choice
        self._t = t
        self.text_view = MarkedText()
        self.expand(False)
        who = plain_label(told.who, role="strong", wrap=True)
        where = plain_label(told.where, role="soft", wrap=True)
        note = plain_label(told.note, role="note")
        number = plain_label(str(told.key), role="key")
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(who)
        words.addWidget(where)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(9)
        column.addLayout(head)
        column.addWidget(self.text_view)
        column.addWidget(note, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        note.setVisible(bool(told.note))  # only now: without a parent it would be a window of its own
        for part in (number, who, where, note):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setEnabled(choice.allowed)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAutoDefault(False)
        text = " ".join(visible(choice.text).split()) or t("conflict.empty")
        self.setAccessibleName(
            t("conflict.choice", field=visible(field), number=told.key, text=text, who=told.who, where=told.where)
        )
        self.setAccessibleDescription(told.note)

    def expand(self, whole: bool) -> None:
        """Shows all of a long text, or the stretches around what differs."""
        segments = self.choice.segments if whole else shortened(self.choice.segments)
        self.text_view.show_segments(segments, self._t("conflict.empty"))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._column.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._column.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._column.totalMinimumSize()
