"""Last step: what was taken in, what is left, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.importing.taking import Taken


class DoneStep(QWidget):
    """``undo_wanted``, ``rest_wanted``."""

    undo_wanted = Signal()
    rest_wanted = Signal()

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._icon = icons.label("circle-check", "good", 44)
        self.heading = plain_label(role="page")
        self.text = plain_label(role="soft", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note = Banner()
        self.rest_button = QPushButton(t("import.save_rest"))
        icons.put(self.rest_button, "file-down", "text", 16)
        self.rest_button.clicked.connect(self.rest_wanted)
        self.undo_button = QPushButton(t("import.undo"))
        icons.put(self.undo_button, "undo-2", "text", 16)
        self.undo_button.clicked.connect(self.undo_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.note)
        layout.addStretch(2)
        for widget in (self._icon, self.heading):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.text)
        layout.addSpacing(10)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addStretch(1)
        line.addWidget(self.rest_button)
        line.addWidget(self.undo_button)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addStretch(3)

    def show_taken(self, taken: Taken, known: int) -> None:
        """What came of it."""
        t = self._t
        self.heading.setText(t("import.done_heading", count=taken.added) if taken.added else t("import.done_none"))
        parts = []
        if taken.updated:
            parts.append(t("import.done_updated", count=taken.updated))
        if known:
            parts.append(t("import.done_known", count=known))
        parts.append(t("import.done_left", count=taken.left) if taken.left else t("import.done_all"))
        self.text.setText("\n".join(parts))
        icons.turn(self._icon, "circle-alert" if taken.left else "circle-check", "warn" if taken.left else "good", 44)
        self.rest_button.setVisible(taken.left > 0)
        self.undo_button.setVisible(bool(taken.batch))
        self.note.hide()

    def show_undone(self, sentence: str) -> None:
        """It was taken back."""
        icons.turn(self._icon, "undo-2", "accent", 44)
        self.heading.setText(self._t("import.undone_heading"))
        self.text.setText(sentence)
        self.note.hide()
        self.undo_button.hide()
