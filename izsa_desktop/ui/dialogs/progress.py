"""How far a long operation is, with the one button that stops it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from izsa_desktop.ui.widgets.text import plain_label


class ProgressDialog(QDialog):
    """Shown by ``Tasks`` alone. Closing it in any way means cancel."""

    def __init__(self, text: str, cancel: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._cancel = cancel
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(360)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addWidget(plain_label(text, role="heading"))
        layout.addWidget(self.bar)
        layout.addWidget(self.buttons)

    def step(self, finished: int, total: int) -> None:
        """``finished`` of ``total`` parts are done."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(finished)

    def finish(self) -> None:
        """The operation has ended."""
        self.hide()
        self.deleteLater()

    def reject(self) -> None:
        """The dialog stays until the operation has really stopped."""
        self.buttons.setEnabled(False)
        self._cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()
