"""Notices over the window, at its lower right corner: over the map, not over what is typed or pressed (``free_place``).

What lies below them changes: another page, a form that is scrolled. Then they make way.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.free_place import MARGIN, free_place, is_free
from izsa_desktop.ui.widgets.text import for_button, plain_label

GOOD_NEWS_MS = 5000
OFFER_MS = 12_000
"""For a notice that offers to take something back."""
_MOST = 3
_WIDTHS = 460, 330
"""The wide one, else the narrow one where that finds a better place."""
_LOOK_MS = 300
"""So often it is looked whether they cover something."""


class Toast(QFrame):
    """One notice: icon, text, at most one action, and a button to close it. A click anywhere on it closes it too."""

    def __init__(self, text: str, kind: str, close: str, action: str, run: Callable[[], None] | None) -> None:
        super().__init__()
        self.about = ""
        self.setObjectName("toast")
        self.setProperty("kind", kind)
        self.text = plain_label(text, role="toast", wrap=True)
        self.text.setMinimumWidth(160)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 9, 8, 9)
        layout.setSpacing(12)
        layout.addWidget(icons.label("circle-check" if kind == "good" else "circle-alert", "toast_link", 18))
        layout.addWidget(self.text, 1)
        self.action: QPushButton | None = None
        if run is not None:
            self.action = QPushButton(for_button(action))
            self.action.setProperty("role", "toast")
            self.action.clicked.connect(run)
            self.action.clicked.connect(self.close_notice)
            layout.addWidget(self.action)
        shut = QToolButton()
        shut.setProperty("role", "toast")
        shut.setAccessibleName(close)
        shut.setToolTip(close)
        icons.put(shut, "x", "toast_text", 16)
        shut.clicked.connect(self.close_notice)
        layout.addWidget(shut)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.close_notice()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # nothing below is meant

    def close_notice(self) -> None:
        """Takes the notice away."""
        self.hide()
        self.deleteLater()


class Toasts(QWidget):
    """The place where notices stand, newest at the bottom. As large as they are, so that it hides nothing else."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(8)
        self._over = window
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._make_way)
        window.installEventFilter(self)
        self.hide()

    @property
    def shown(self) -> list[Toast]:
        """The notices that stand, oldest first."""
        return [toast for toast in self.findChildren(Toast) if not toast.isHidden()]

    def show_notice(
        self,
        text: str,
        kind: str,
        close: str,
        action: str = "",
        run: Callable[[], None] | None = None,
        *,
        about: str = "",
    ) -> None:
        """Shows a notice; ``good`` ones go after some seconds. It replaces the one that is ``about`` the same."""
        self.settle(about)
        for same in [toast for toast in self.shown if toast.text.text() == visible(text)]:
            same.close_notice()
        for old in self.shown[: 1 - _MOST]:
            old.close_notice()
        toast = Toast(text, kind, close, action, run)
        toast.about = about
        toast.destroyed.connect(self._place)
        self._stack.addWidget(toast)
        toast.show()
        if kind == "good":
            QTimer.singleShot(OFFER_MS if run else GOOD_NEWS_MS, toast, toast.close_notice)
        self.show()
        self._place()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, visible(text)))

    def settle(self, about: str) -> None:
        """What a notice was about is no longer so."""
        for toast in self.shown:
            if about and toast.about == about:
                toast.close_notice()

    def clear(self) -> None:
        """Takes all notices away."""
        for toast in self.shown:
            toast.close_notice()

    def _place(self) -> None:
        if not self.shown:
            self._looking.stop()
            self.hide()
            return
        sizes = [self._size(min(width, self._over.width() - 2 * MARGIN)) for width in _WIDTHS]
        self.setGeometry(free_place(self._over, sizes, self))
        self.raise_()
        self._looking.start()

    def _size(self, width: int) -> QSize:
        heights = [toast.heightForWidth(width) for toast in self.shown]  # its minimum is that of the narrowest
        return QSize(width, sum(heights) + self._stack.spacing() * (len(heights) - 1))

    def _make_way(self) -> None:
        if not is_free(self._over, self.geometry(), self):
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
        return super().eventFilter(watched, event)
