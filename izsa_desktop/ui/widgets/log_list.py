"""A short list of what happened or who is in: icon, a strong line, a soft line, something at the end."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.tab_order import Seat
from izsa_desktop.ui.widgets.text import ElidedLabel, for_button, plain_label

_ICON, _SPACE = 20, 12
"""Pixels."""
_LETTERS = 24
"""Average letters of text that must have room beside what stands at the end of a line."""
_LEAST = 60
"""Pixels of text that a row has at least."""
Said = tuple[str, str]
"""A tone (``soft``, ``good``, ``warn``, ``bad``) and what is said in it."""


class LogRow(QFrame):
    """One entry. ``facts`` are short and stand beside each other, ``mark`` at the end; ``notes`` are sentences.

    ``key`` says what it is about, and to what its buttons belong; rows without one are made anew each time.
    """

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
        key: str = "",
    ) -> None:
        super().__init__()
        self.key = key
        self._shows = (icon, tone, strong, soft, end, mark, tuple(facts), tuple(notes))
        self.setObjectName("logRow")
        self.said = tuple(text for _tone, text in (*facts, *notes, *([mark] if mark else [])))
        self._texts = QVBoxLayout()
        self._texts.setSpacing(3)
        self._texts.addWidget(ElidedLabel(strong, role="strong"))
        if soft:
            self._texts.addWidget(ElidedLabel(soft, role="soft"))
        if facts:
            self._texts.addSpacing(2)
            self._texts.addWidget(_beside(facts))
        for kind, text in notes:
            self._texts.addWidget(plain_label(text, role=kind if kind in ("bad", "warn") else "soft", wrap=True))
        self._below = FlowLayout(spacing=10)
        self._texts.addLayout(self._below)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(2, 8, 2, 8)
        self._line.setSpacing(_SPACE)
        self._line.addWidget(icons.label(icon, tone, _ICON), 0, Qt.AlignmentFlag.AlignTop)
        self._line.addLayout(self._texts, 1)
        self._at_end = QHBoxLayout()
        self._at_end.setSpacing(_SPACE)
        self._line.addLayout(self._at_end)
        # on one line with each other, and where one says how it stands, with the first line of the texts
        self._line.setAlignment(
            self._at_end, Qt.AlignmentFlag.AlignTop if mark or end else Qt.AlignmentFlag.AlignVCenter
        )
        self._ends: list[QWidget] = []
        """What stands at the end of the line, or below the texts where there is no room for it."""
        self._narrow = False
        self._ending: list[QWidget] = []
        if mark or end:
            self._end(self._ended(end, mark))
        self._about = strong
        self.buttons: list[QPushButton] = []

    def _ended(self, end: str, mark: Said | None) -> QWidget:
        """Below each other: beside each other they would leave no room for the rest where text is large."""
        holder = QWidget()
        column = self._ending_column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self._ending = [*([plain_label(end, role="soft")] if end else []), *([_pill(*mark)] if mark else [])]
        for one in self._ending:
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignRight)
        return holder

    def _end(self, widget: QWidget) -> None:
        self._ends.append(widget)
        self._at_end.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = sum(one.sizeHint().width() + _SPACE for one in self._ends)
        room = event.size().width() - beside - _ICON - 2 * _SPACE
        self._arrange(narrow=room < _LETTERS * self.fontMetrics().averageCharWidth())

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignRight
        for one in self._ending:
            self._ending_column.setAlignment(one, side)
        for one in self._ends:
            (self._at_end if narrow else self._below).removeWidget(one)
            if narrow:
                self._below.addWidget(one)
            else:
                self._at_end.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        self._texts.invalidate()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """What it needs with everything below each other."""
        least = super().minimumSizeHint()
        widest = max((one.minimumSizeHint().width() for one in self._ends), default=0)
        return QSize(min(least.width(), _ICON + 2 * _SPACE + max(widest, _LEAST)), least.height())

    def looks_like(self, other: "LogRow") -> bool:
        """Whether it is about the same thing, and shows and offers the same."""
        offered, theirs = ([button.text() for button in row.buttons] for row in (self, other))
        return bool(self.key) and self.key == other.key and self._shows == other._shows and offered == theirs

    def offer(self, label: str, act: Callable[[], object], role: str = "link") -> "LogRow":
        """A button at the end."""
        button = QPushButton(for_button(label))
        button.setProperty("role", role)
        button.setAutoDefault(True)  # outside of dialogs too: Enter presses it
        button.setAccessibleDescription(self._about)
        button.clicked.connect(lambda _on: act())
        self._end(button)
        self.buttons.append(button)
        return self


def _beside(facts: Sequence[Said]) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder)
    for fact in facts:
        flow.addWidget(_pill(*fact))
    return holder


def _pill(tone: str, text: str) -> QLabel:
    pill = plain_label(text, role="pill")
    pill.setProperty("kind", tone)
    return pill


class LogList(QWidget):
    """Rows, or a sentence where there are none."""

    def __init__(self, nothing: str) -> None:
        super().__init__()
        self.rows: list[LogRow] = []
        self._seat = Seat(self)
        self._nothing = plain_label(nothing, role="soft", wrap=True)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self._nothing)

    def set_rows(self, rows: Sequence[LogRow]) -> None:
        """Shows these instead. What looks as before stays as it is, and the keyboard stays where it was in the list."""
        held = self._held()
        before = {row.key: row for row in self.rows if row.key}
        kept = [old if (old := before.get(row.key)) and old.looks_like(row) else row for row in rows]
        for row in self.rows:
            self._rows.removeWidget(row)
        gone = [row for row in self.rows if row not in kept]
        self.rows = kept
        for row in kept:
            self._rows.addWidget(row)
            row.show()  # not with the next event: what is not seen takes no keyboard
        self._nothing.setVisible(not kept)
        self._seat.chain(kept)
        if held is not None:
            self._hold(*held)
        for row in gone:
            row.hide()
            row.deleteLater()

    def _held(self) -> tuple[int, str, str] | None:
        """In which row, about what, and on which button the keyboard is."""
        focus = self.window().focusWidget()
        for n, row in enumerate(self.rows):
            if focus is not None and row.isAncestorOf(focus):
                label = focus.text() if isinstance(focus, QPushButton) else ""
                return n, row.key, label
        return None

    def _hold(self, place: int, key: str, label: str) -> None:
        """To the row about the same thing, else to what stands in its place, else to the sentence that nothing is."""
        same = [row for row in self.rows if row.key and row.key == key]
        near = [*same, *self.rows[place:], *reversed(self.rows[:place])]
        buttons = next((row.buttons for row in near if row.buttons), [])
        target = next((button for button in buttons if button.text() == label), None) or next(iter(buttons), None)
        (target or self._nothing).setFocus()
