"""A sentence across a page that explains its state: read-only, in conflict, something to do."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from izsa_desktop.domain.text import visible
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.fields import repolish
from izsa_desktop.ui.widgets.text import for_button, plain_label

_TONES = {"info": "accent", "warn": "warn", "bad": "bad", "good": "good"}


class Banner(QFrame):
    """Hidden until it has something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._icon = icons.label("info", "accent", 18)
        self.text = plain_label(wrap=True)
        self.action = QPushButton()
        self.action.setProperty("role", "link")
        self._run: Callable[[], None] | None = None
        self.action.clicked.connect(lambda: self._run and self._run())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 9, 12, 9)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.action)
        self.hide()

    def say(
        self, icon: str, text: str, kind: str = "info", action: str = "", run: Callable[[], None] | None = None
    ) -> None:
        """``kind``: info, warn, bad or good."""
        icons.turn(self._icon, icon, _TONES[kind], 18)
        self.text.setText(visible(text))
        self.setProperty("kind", kind)
        repolish(self)
        self._run = run
        self.action.setText(for_button(action))
        self.action.setVisible(run is not None)
        self.show()
