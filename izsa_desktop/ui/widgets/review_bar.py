"""What the office says of a district's project: a state and a note, below the record that is read."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton

from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import Vocabulary
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.fields import ChoiceField, WrapField
from izsa_desktop.ui.widgets.text import plain_label

UNDER_REVIEW = "incelemede"


class ReviewBar(QFrame):
    """``wanted``: what is chosen and typed is to be saved. ``edited``: a person has changed it."""

    wanted = Signal()
    edited = Signal()

    def __init__(self, states: Vocabulary, t: Translator) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._shown = ("", "")
        self.state = ChoiceField(states, t.language, t("form.not_chosen"))
        self.state.setAccessibleName(t("review.state"))
        self.note = WrapField(t("review.note_hint"))
        self.note.setAccessibleName(t("review.note"))
        self.save = QPushButton(t("form.save"))
        self.save.setProperty("role", "primary")
        self.save.setToolTip(t("form.save_tip"))
        icons.put(self.save, "save", "on_accent", 16)
        label = plain_label(t("review.bar"), role="field")
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 10, 16, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.state, 0, 1)
        grid.addWidget(self.save, 0, 2)
        grid.addWidget(self.note, 1, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self.state.edited.connect(self._chosen)
        self.note.edited.connect(self._noted)
        self.save.clicked.connect(self.wanted)
        self._check()

    def show_project(self, project: Project) -> None:
        """Shows how a project stands."""
        self._shown = (project.fields.review, project.fields.review_note)
        self.state.set_value(self._shown[0])
        self.note.set_value(self._shown[1])
        self._check()

    def say(self, state: str, note: str) -> None:
        """Puts this in, as if a person had."""
        self.state.set_value(state)
        self.note.set_value(note)
        self._check()

    @property
    def said(self) -> tuple[str, str]:
        """State and note as they are now."""
        return self.state.value(), str(self.note.value()).strip()

    @property
    def dirty(self) -> bool:
        """True when something is not saved."""
        return not self.isHidden() and self.said != self._shown and bool(self.said[0])

    def _noted(self) -> None:
        """A note needs a state: whoever writes one is reviewing."""
        if self.said[1] and not self.said[0]:
            self.state.set_value(UNDER_REVIEW)
        self._chosen()

    def _chosen(self) -> None:
        self._check()
        self.edited.emit()

    def _check(self) -> None:
        self.save.setEnabled(self.said != self._shown and bool(self.said[0]))
