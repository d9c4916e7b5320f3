"""The search box: tells what is sought once typing pauses."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from izsa_desktop.ui import icons

PAUSE_MS = 150


class SearchBox(QLineEdit):
    """``sought(text)`` comes 150 ms after the last key."""

    sought = Signal(str)
    downward = Signal()
    """The arrow key down: on into the list."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self.sought.emit(self.text()))
        self.textChanged.connect(lambda _text: self._pause.start())
        self._glass = QAction(icons.icon("search", "soft", 16), "", self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)

    def restyle(self) -> None:
        """Takes the colours of now."""
        self._glass.setIcon(icons.icon("search", "soft", 16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.downward.emit()
        else:
            super().keyPressEvent(event)
