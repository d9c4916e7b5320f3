"""The coaching notes for one district, and a new one. Takes the notes, gives back what was written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from izsa_desktop.domain.coaching import MAX_TEXT, Note
from izsa_desktop.domain.text import is_blank
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.coaching_notes import CoachingNotes
from izsa_desktop.ui.widgets.fields import TextField
from izsa_desktop.ui.widgets.form_row import FormRow, Mnemonics
from izsa_desktop.ui.widgets.text import for_button, plain_label, surface

_WIDTH, _HEIGHT = 620, 560


class CoachingDialog(QDialog):
    """``written`` gives the text of a new note; nothing is stored here."""

    written = Signal(str)

    def __init__(self, name: str, notes: Sequence[Note], t: Translator, parent: QWidget) -> None:
        """``name``: of the district."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = t("coaching.for_district", district=name)
        self.setWindowTitle(title)
        self.notes = CoachingNotes(t)
        self.notes.show_notes(notes)
        self.text = TextField(t("coaching.new_hint"), lines=4)
        buttons = QDialogButtonBox()
        self.keep = buttons.addButton(for_button(t("coaching.write")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setProperty("role", "primary")
        leave = buttons.addButton(for_button(t("coaching.close")), QDialogButtonBox.ButtonRole.RejectRole)
        leave.setDefault(True)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        self.text.edited.connect(self._check)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(plain_label(title, role="title", wrap=True))
        column.addWidget(FormRow(Mnemonics().mark(t("coaching.new")), self.text))
        column.addWidget(self._scrolled() if notes else plain_label(t("coaching.none"), role="soft"), 1)
        column.addWidget(buttons)
        self.resize(_WIDTH, _HEIGHT)
        self._check()
        self.text.setFocus()

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        surface(inside, "page")  # the dialog's own ground
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.notes)
        column.addStretch(1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard goes from note to note
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area

    def _check(self) -> None:
        text = str(self.text.value())
        self.keep.setEnabled(not is_blank(text) and len(text.strip()) <= MAX_TEXT)

    def _give(self) -> None:
        self.written.emit(str(self.text.value()))
        self.accept()
