"""Where files are dropped or chosen."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.fields import repolish
from izsa_desktop.ui.widgets.text import plain_label


class DropZone(QFrame):
    """``dropped(paths)`` for files of this PC; ``choose`` for those who rather press a button."""

    dropped = Signal(list)
    choose = Signal()
    choose_folder = Signal()

    def __init__(self, text: str, button: str, folder: str = "", *, main: bool = True) -> None:
        """``folder``: the name of a second button that chooses one; empty: there is none.

        ``main``: choosing is what the page is for.
        """
        super().__init__()
        self.setObjectName("dropZone")
        self.setAcceptDrops(True)
        self.button = QPushButton(button)
        self.button.setProperty("role", "primary" if main else "")
        icons.put(self.button, "folder-open", "on_accent" if main else "text", 16)
        self.button.clicked.connect(self.choose)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        if folder:
            whole = QPushButton(folder)
            whole.clicked.connect(self.choose_folder)
            buttons.addWidget(whole)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.setSpacing(8)
        hint = plain_label(text, role="soft", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(icons.label("inbox", "faint", 30), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(hint)
        layout.addLayout(buttons)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        event.acceptProposedAction()
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _mark(self, over: bool) -> None:
        self.setProperty("over", over)
        repolish(self)
