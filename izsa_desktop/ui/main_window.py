"""The frame: a title, notices over everything, and whatever stands in it now. It knows no page and no use case."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from izsa_desktop.ui.widgets.emblem import emblem_icon
from izsa_desktop.ui.widgets.toasts import Toasts


class MainWindow(QMainWindow):
    """Light to make, so that it stands before anything is read."""

    closing = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.leave: Callable[[Callable[[], object]], None] | None = None
        """Asked before closing: saves what is typed, then calls; does not call where that fails."""
        self._left, self._asking = False, False
        self.setWindowTitle(title)
        self.setWindowIcon(emblem_icon())
        self.resize(1366, 768)
        self.setMinimumSize(1000, 620)
        self.setCentralWidget(QWidget())
        self.toasts = Toasts(self)

    def show_inside(self, inside: QWidget) -> None:
        """Puts something else into the frame; what was there goes."""
        self.setCentralWidget(inside)
        self.toasts.raise_()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is typed is saved first; the window stays while that goes on, and when it fails."""
        if self.leave is not None and not self._left:
            self._asking = True
            self.leave(self._leave_now)
            self._asking = False
        if self.leave is not None and not self._left:
            event.ignore()
        else:
            self.closing.emit()

    def _leave_now(self) -> None:
        self._left = True
        if not self._asking:
            self.close()
