"""Notices over the lower right corner of the window: over the map, not over what is being typed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.text import for_button, plain_label

GOOD_NEWS_MS = 6000
OFFER_MS = 20_000
"""For a notice that offers to take something back."""
_MOST = 3
_WIDTH, _MARGIN, _FOOT = 460, 20, 48


class Toast(QFrame):
    """One notice: icon, text, at most one action, and a button to close it."""

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
            self.hide()
            return
        parent = self._over
        width = min(_WIDTH, parent.width() - 2 * _MARGIN)
        heights = [toast.heightForWidth(width) for toast in self.shown]  # its minimum is that of the narrowest
        height = sum(heights) + self._stack.spacing() * (len(heights) - 1)
        self.setGeometry(parent.width() - width - _MARGIN, parent.height() - height - _FOOT, width, height)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
        return super().eventFilter(watched, event)
