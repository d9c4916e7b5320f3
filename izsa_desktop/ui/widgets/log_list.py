"""A short list of what happened or who is in: icon, a strong line, a soft line, something at the end."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.card import empty
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.text import ElidedLabel, for_button, plain_label

Said = tuple[str, str]
"""A tone (``soft``, ``good``, ``warn``, ``bad``) and what is said in it."""


class LogRow(QFrame):
    """One entry. ``facts`` are short and stand beside each other, ``mark`` at the end; ``notes`` are sentences."""

    def __init__(
        self,
        icon: str,
        tone: str,
        strong: str,
        soft: str = "",
        *,
        end: str = "",
        mark: Said | None = None,
        facts: Sequence[Said] = (),
        notes: Sequence[Said] = (),
    ) -> None:
        super().__init__()
        self.setObjectName("logRow")
        self.said = tuple(text for _tone, text in (*facts, *notes, *([mark] if mark else [])))
        texts = QVBoxLayout()
        texts.setSpacing(3)
        texts.addWidget(ElidedLabel(strong, role="strong"))
        if soft:
            texts.addWidget(ElidedLabel(soft, role="soft"))
        if facts:
            texts.addSpacing(2)
            texts.addWidget(_beside(facts))
        for kind, text in notes:
            texts.addWidget(plain_label(text, role=kind if kind in ("bad", "warn") else "soft", wrap=True))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(2, 8, 2, 8)
        self._line.setSpacing(12)
        self._line.addWidget(icons.label(icon, tone, 20), 0, Qt.AlignmentFlag.AlignTop)
        self._line.addLayout(texts, 1)
        if mark or end:
            self._line.addLayout(_ending(end, mark))
        self._about = strong
        self.buttons: list[QPushButton] = []

    def offer(self, label: str, act: Callable[[], object], role: str = "link") -> "LogRow":
        """A button at the end."""
        button = QPushButton(for_button(label))
        button.setProperty("role", role)
        button.setAccessibleDescription(self._about)
        button.clicked.connect(lambda _on: act())
        self._line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.buttons.append(button)
        return self


def _beside(facts: Sequence[Said]) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder)
    for fact in facts:
        flow.addWidget(_pill(*fact))
    return holder


def _ending(end: str, mark: Said | None) -> QVBoxLayout:
    """Below each other: beside each other they would leave no room for the rest where text is large."""
    column = QVBoxLayout()
    column.setSpacing(3)
    right = Qt.AlignmentFlag.AlignRight
    if end:
        column.addWidget(plain_label(end, role="soft"), 0, right)
    if mark:
        column.addWidget(_pill(*mark), 0, right)
    column.addStretch(1)
    return column


def _pill(tone: str, text: str) -> QLabel:
    pill = plain_label(text, role="pill")
    pill.setProperty("kind", tone)
    return pill


class LogList(QWidget):
    """Rows, or a sentence where there are none."""

    def __init__(self, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self.rows: list[LogRow] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.set_rows([])

    def set_rows(self, rows: Sequence[LogRow]) -> None:
        """Shows these instead."""
        empty(self._rows)
        self.rows = list(rows)
        for row in rows:
            self._rows.addWidget(row)
        if not rows:
            self._rows.addWidget(plain_label(self._nothing, role="soft", wrap=True))
