"""Coaching notes below each other, the newest first. Their texts are data and shown as they are."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from izsa_desktop.domain.coaching import Note
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.card import empty
from izsa_desktop.ui.widgets.text import plain_label

MOST_SHOWN = 40
"""More are listed by ``izsa coach notes``."""


class CoachingNotes(QWidget):
    """Shows what it is given; nothing can be changed."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self.texts: list[str] = []
        """What is to be read, in order."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_notes(self, notes: Sequence[Note]) -> None:
        """These instead of those shown."""
        empty(self._column)
        self.texts = [visible(note.text) for note in notes[:MOST_SHOWN]]
        for note in notes[:MOST_SHOWN]:
            self._column.addWidget(self._row(note))

    def _row(self, note: Note) -> QWidget:
        row = QFrame()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        by = self._t("coaching.by", date=self._t.date(note.day), author=visible(note.author))
        column.addWidget(plain_label(by, role="field", wrap=True))
        column.addWidget(plain_label(note.text, wrap=True, selectable=True))
        return row
