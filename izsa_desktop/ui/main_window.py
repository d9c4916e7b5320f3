"""The frame: a title, notices over everything, and whatever stands in it now. It knows no page and no use case."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStyle, QWidget

from izsa_desktop.ui.widgets.emblem import emblem_icon
from izsa_desktop.ui.widgets.toasts import Toasts

USUAL, SMALLEST = QSize(1366, 768), QSize(820, 420)


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
        self._fit_screen()
        self.setCentralWidget(QWidget())
        self.toasts = Toasts(self)

    def _fit_screen(self) -> None:
        """In the middle of the screen, with its title bar, and no larger than that."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
        room = self.screen().availableGeometry().adjusted(0, bar, 0, 0)
        self.setMinimumSize(SMALLEST.boundedTo(room.size()))
        place = QRect(room.topLeft(), USUAL.boundedTo(room.size()))
        place.moveCenter(room.center())
        self.setGeometry(place)

    def show_inside(self, inside: QWidget) -> None:
        """Puts something else into the frame; what was there goes."""
        self.setCentralWidget(inside)
        inside.show()  # at once: whoever puts it there goes on to put the keyboard into it
        self.toasts.raise_()

    def come_forward(self) -> None:
        """Somebody has started the program again: this is the window they look for."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

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
