"""A short list of what happened or who is in: icon, a strong line, a soft line, something at the end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.card import empty
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label


class LogRow(QFrame):
    """One entry. ``sentence`` may be long and is wrapped."""

    def __init__(self, icon: str, tone: str, strong: str, soft: str, *, end: str = "", sentence: str = "") -> None:
        super().__init__()
        self.setObjectName("logRow")
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(ElidedLabel(strong, role="strong"))
        if soft:
            texts.addWidget(ElidedLabel(soft, role="soft"))
        if sentence:
            texts.addWidget(plain_label(sentence, role="bad" if tone == "bad" else "soft", wrap=True))
        line = QHBoxLayout(self)
        line.setContentsMargins(2, 8, 2, 8)
        line.setSpacing(12)
        line.addWidget(icons.label(icon, tone, 20), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        if end:
            line.addWidget(plain_label(end, role="soft"), 0, Qt.AlignmentFlag.AlignTop)


class LogList(QWidget):
    """Rows, or a sentence where there are none."""

    def __init__(self, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.set_rows([])

    def set_rows(self, rows: list[LogRow]) -> None:
        """Shows these instead."""
        empty(self._rows)
        for row in rows:
            self._rows.addWidget(row)
        if not rows:
            self._rows.addWidget(plain_label(self._nothing, role="soft", wrap=True))
