"""Where in the wizard a person is: four words in a row."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from izsa_desktop.ui.widgets.text import plain_label, set_role


class StepBar(QFrame):
    """The names of the steps; the one of now stands out by weight and by its number's background."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self._labels: list[tuple[QLabel, QLabel]] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for n, name in enumerate(names, start=1):
            number, label = plain_label(str(n)), plain_label(name)
            number.setMinimumSize(26, 26)
            number.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.addWidget(number)
            line.addWidget(label)
            line.addSpacing(14)
            self._labels.append((number, label))
        line.addStretch(1)
        self.mark(0)

    def mark(self, step: int) -> None:
        """Shows which step it is, for screen readers too."""
        for n, (number, label) in enumerate(self._labels):
            set_role(number, "step" if n == step else "soft")
            set_role(label, "strong" if n == step else "soft")
        self.setAccessibleName(self._labels[step][1].text())
