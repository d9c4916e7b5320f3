"""The foot of the form: how complete the record is, steps back and forth, and saving."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.completeness import CompletenessMeter
from izsa_desktop.ui.widgets.editor_head import tool
from izsa_desktop.ui.widgets.form_history import FormHistory
from izsa_desktop.ui.widgets.text import plain_label


class EditorFoot(QFrame):
    """The buttons for steps show only where there is a step."""

    def __init__(self, t: Translator, history: FormHistory) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._t, self._history = t, history
        self.meter = CompletenessMeter(t)
        self.state = plain_label(role="soft")
        self.undo = tool("undo-2", t("form.undo"))
        self.redo = tool("redo-2", t("form.redo"))
        self.save = QPushButton(t("form.save"))
        self.save.setProperty("role", "primary")
        self.save.setToolTip(t("form.save_tip"))
        icons.put(self.save, "save", "on_accent", 16)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 10, 16, 10)
        line.setSpacing(8)
        line.addWidget(self.meter, 1)
        for part in (self.state, self.undo, self.redo, self.save):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.undo.clicked.connect(history.undo)
        self.redo.clicked.connect(history.redo)
        history.changed.connect(self._show_steps)
        self._show_steps()

    def show_dirty(self, dirty: bool, saving: bool) -> None:
        """Whether there is something to save, and whether that is being done."""
        self.save.setEnabled(dirty and not saving)
        self.state.setText(self._t("form.unsaved") if dirty else "")

    def _show_steps(self) -> None:
        self.undo.setVisible(self._history.can_undo)
        self.redo.setVisible(self._history.can_redo)
