"""First step: a file is chosen, dropped, or pasted from a spreadsheet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.drop_zone import DropZone
from izsa_desktop.ui.widgets.text import plain_label


class FileStep(QWidget):
    """``dropped(paths)``, ``pasted(text)``, or a press of one of the buttons."""

    dropped = Signal(list)
    choose = Signal()
    pasted = Signal(str)
    template_wanted = Signal()

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self.problem, self.last = Banner(), Banner()
        self.drop = DropZone(t("import.drop"), t("import.choose"))
        self.drop.dropped.connect(self.dropped)
        self.drop.choose.connect(self.choose)
        self.paste_button = QPushButton(t("import.paste"))
        icons.put(self.paste_button, "table-2", "text", 16)
        self.paste_button.clicked.connect(self.paste)
        self.template_button = QPushButton(t("import.template_button"))
        icons.put(self.template_button, "file-down", "text", 16)
        self.template_button.clicked.connect(self.template_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(plain_label(t("import.file_heading"), role="title"))
        layout.addWidget(plain_label(t("import.file_text"), role="soft", wrap=True))
        layout.addWidget(self.problem)
        self.drop.setMinimumHeight(180)
        layout.addWidget(self.drop)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.paste_button)
        hint = plain_label(t("import.template_hint"), role="soft", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(hint, 1)
        line.addWidget(self.template_button)
        layout.addLayout(line)
        layout.addStretch(1)
        layout.addWidget(self.last)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)

    def paste(self) -> None:
        """Takes what is on the clipboard."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.pasted.emit(text)
        else:
            self.say(self._t("import.nothing_to_paste"))

    def say(self, sentence: str) -> None:
        """Why it does not go on."""
        self.problem.say("circle-alert", sentence, "bad")
