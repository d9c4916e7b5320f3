"""What stands where nothing is: why, and what to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.text import for_button, plain_label


class EmptyState(QWidget):
    """Icon, a heading, a sentence and one button."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = icons.label("list", "faint", 40)
        self.heading = plain_label(role="heading", wrap=True)
        self.text = plain_label(role="soft", wrap=True)
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 28, 28, 28)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.heading, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addSpacing(8)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(self, icon: str, heading: str, text: str = "", button: str = "") -> None:
        """Shows this; without ``button`` there is nothing to press."""
        icons.turn(self._icon, icon, "faint", 40)
        self.heading.setText(visible(heading))
        self.text.setText(visible(text))
        self.text.setVisible(bool(text))
        self.button.setText(for_button(button))
        self.button.setVisible(bool(button))
