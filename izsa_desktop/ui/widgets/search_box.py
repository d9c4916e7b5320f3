"""The search box: tells what is sought at every key; who searches passes over what is out of date."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from izsa_desktop.ui import icons


class SearchBox(QLineEdit):
    """``sought(text)`` comes with every change."""

    sought = Signal(str)
    downward = Signal()
    """The arrow key down: on into the list."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self.sought)
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
