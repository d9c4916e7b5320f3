"""What is shown while something is drawn that takes nobody knows how long."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from izsa_desktop.ui.widgets.text import plain_label


def waiting(text: str) -> QWidget:
    """A sentence over a bar that only says that something goes on."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedWidth(260)
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.addStretch(1)
    column.addWidget(plain_label(text, role="soft"), 0, Qt.AlignmentFlag.AlignHCenter)
    column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(1)
    return widget
