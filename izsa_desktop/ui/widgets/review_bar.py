"""What the office says of a district's project: a state and a note, below the record that is read."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QToolButton

from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import Vocabulary
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.reference.checklist import load_checklist
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.editor_head import tool
from izsa_desktop.ui.widgets.fields import ChoiceField, WrapField
from izsa_desktop.ui.widgets.review_panel import ReviewPanel, fold_button
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.reviewing import STATES

UNDER_REVIEW = "incelemede"


class ReviewBar(QFrame):
    """``wanted``: what is chosen and typed is to be saved. ``edited``: a person has changed it."""

    wanted = Signal()
    edited = Signal()
    step_wanted = Signal(int)
    """One project on (1) or back (-1) in the list that is gone through."""

    def __init__(self, states: Vocabulary, t: Translator) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._shown = ("", "")
        self._states = states
        self.state = ChoiceField(Vocabulary(one for one in states if one.code in STATES), t.language, " ")
        self.state.setAccessibleName(t("review.state"))
        self.note = WrapField(t("review.note_hint"))
        self.note.setAccessibleName(t("review.note"))
        self.save = QPushButton(t("form.save"))
        self.save.setProperty("role", "primary")
        self.save.setAutoDefault(True)  # Enter presses it
        self.save.setToolTip(t("form.save_tip"))
        icons.put(self.save, "save", "on_accent", 16)
        self._t = t
        self.panel = ReviewPanel(load_checklist(), t)
        self.fold = fold_button(t("reviewing.checklist"))
        self.place = plain_label(role="soft")
        self.back = _step("chevron-left", t("reviewing.previous_tip"), "Alt+Left")
        self.on = _step("chevron-right", t("reviewing.next_tip"), "Alt+Right")
        label = plain_label(t("review.bar"), role="field")
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 10, 16, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.state, 0, 1)
        grid.addWidget(self.save, 0, 2)
        grid.addWidget(self.note, 1, 0, 1, 3)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.fold)
        line.addStretch(1)
        for widget in (self.back, self.place, self.on):
            line.addWidget(widget)
        grid.addLayout(line, 2, 0, 1, 3)
        grid.addWidget(self.panel, 3, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self.panel.hide()
        self.fold.toggled.connect(self.panel.setVisible)
        self.panel.edited.connect(self._noted)
        self.back.clicked.connect(lambda _on: self.step_wanted.emit(-1))
        self.on.clicked.connect(lambda _on: self.step_wanted.emit(1))
        self.show_place(0, 0)
        self.state.edited.connect(self._chosen)
        self.note.edited.connect(self._noted)
        self.save.clicked.connect(self.wanted)
        self._check()

    def show_project(self, project: Project) -> None:
        """Shows how a project stands. What the district says of itself stands there, and is none of the choices."""
        state, theirs = project.fields.review, project.fields.review not in STATES
        self._shown = ("" if theirs else state, project.fields.review_note)
        said = self._states.label(state, self._t.language) if theirs and state else self._t("form.not_chosen")
        self.state.setItemText(0, visible(said))
        self.state.set_value(self._shown[0])
        self.note.set_value(self._shown[1])
        self._check()

    def show_place(self, at: int, count: int) -> None:
        """Where in the list that is gone through this project stands, from 1; no list: 0."""
        for widget in (self.back, self.place, self.on):
            widget.setVisible(count > 0)
        self.place.setText(self._t("reviewing.place", at=at, count=count))
        self.back.setEnabled(at > 1)
        self.on.setEnabled(at < count)

    def name_fold(self) -> None:
        """How much of the checklist is done stands on its button."""
        said = self.panel.said
        done = self._t("reviewing.checked", done=len(said.checks), count=len(self.panel.ticks))
        self.fold.setText(for_button(done))

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
        return not self.isHidden() and (self._says_more or self.panel.dirty)

    @property
    def _says_more(self) -> bool:
        return self.said != self._shown and bool(self.said[0])

    def _noted(self) -> None:
        """A note needs a state: whoever writes or ticks something is reviewing."""
        if (self.said[1] or self.panel.dirty) and not self.said[0]:
            self.state.set_value(UNDER_REVIEW)
        self._chosen()

    def _chosen(self) -> None:
        self._check()
        self.edited.emit()

    def _check(self) -> None:
        self.save.setEnabled(self._says_more or self.panel.dirty)
        self.name_fold()


def _step(icon: str, text: str, keys: str) -> QToolButton:
    button = tool(icon, text)
    button.setShortcut(keys)
    return button
