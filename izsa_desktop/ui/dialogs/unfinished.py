"""What was typed and never saved: for each record and field the stored value beside the typed one, to keep or to drop.

Not modal: the program can be used while it stands, and closing it decides nothing; the drafts stay on disk. It takes
values and gives back values (``decided``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.fields import BY_NAME
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.form_layout import SECTION_OF
from izsa_desktop.ui.widgets.text import for_button, plain_label, surface
from izsa_desktop.usecases.drafts import Draft, Unfinished
from izsa_desktop.usecases.telling import Teller

_LONGEST = 160
_BESIDE_A_TICK = 3
"""Pixels that a label is lower, so that it stands on one line with a tick box."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``kept``: drafts with the values that stay. ``dropped``: records whose drafts go."""

    kept: tuple[Draft, ...]
    dropped: tuple[str, ...]


class UnfinishedDialog(QDialog):
    """Everything is kept unless a person takes a tick away."""

    decided = Signal(Decision)

    def __init__(self, found: Sequence[Unfinished], teller: Teller, t: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._found, self._teller, self._t = found, teller, t
        self.ticks: dict[tuple[str, str], QCheckBox] = {}
        self.setWindowTitle(t("unfinished.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.keep = QPushButton()
        self.keep.setProperty("role", "primary")
        self.keep.setDefault(True)
        self.drop_all = QPushButton(t("unfinished.drop_all"))
        self.drop_all.setAutoDefault(False)
        self.keep.clicked.connect(lambda: self._decide(self._chosen()))
        self.drop_all.clicked.connect(
            lambda: self._decide(Decision((), tuple(one.draft.record for one in self._found)))
        )
        self._lay_out()
        self._name_button()
        self.resize(720, 480)
        self.keep.setFocus()

    def _chosen(self) -> Decision:
        kept = []
        for one in self._found:
            values = {name: v for name, v in one.draft.values.items() if self._ticked(one.draft.record, name)}
            if values:
                kept.append(replace(one.draft, values=values))
        records = {draft.record for draft in kept}
        return Decision(tuple(kept), tuple(o.draft.record for o in self._found if o.draft.record not in records))

    def _ticked(self, record: str, name: str) -> bool:
        tick = self.ticks.get((record, name))
        return tick is None or tick.isChecked()

    def _decide(self, decision: Decision) -> None:
        self.decided.emit(decision)
        self.close()

    def _name_button(self) -> None:
        whole = all(tick.isChecked() for tick in self.ticks.values())
        self.keep.setText(self._t("unfinished.keep_all") if whole else self._t("unfinished.keep"))

    def _lay_out(self) -> None:
        inside = QWidget()
        surface(inside, "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(14)
        for one in self._found:
            column.addWidget(self._card(one))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(20, 10, 20, 12)
        buttons.addStretch(1)
        buttons.addWidget(self.drop_all)
        buttons.addWidget(self.keep)
        foot = QFrame()
        foot.setObjectName("foot")
        foot.setLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        intro = plain_label(self._t("unfinished.intro"), wrap=True)
        intro.setContentsMargins(20, 16, 20, 8)
        layout.addWidget(intro)
        layout.addWidget(scroll, 1)
        layout.addWidget(foot)

    def _card(self, one: Unfinished) -> QFrame:
        t, card = self._t, QFrame()
        card.setObjectName("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 14)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(plain_label(self._title(one), role="heading", wrap=True), 0, 0, 1, 3)
        for n, name in enumerate((t("unfinished.field"), t("unfinished.stored"), t("unfinished.typed"))):
            grid.addWidget(plain_label(name, role="soft"), 1, n)
        stored = one.project.fields if one.project else ProjectFields()
        names = [name for name in SECTION_OF if name in one.draft.values]
        for row, name in enumerate(names, start=2):
            tick = QCheckBox(for_button(t.field(name)))
            tick.setChecked(True)
            tick.toggled.connect(lambda _on: self._name_button())
            self.ticks[one.draft.record, name] = tick
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(tick, row, 0, top)
            before = plain_label(self._told(name, getattr(stored, name)), role="soft", wrap=True)
            after = plain_label(self._told(name, one.draft.values[name]), wrap=True)
            for column, label in enumerate((before, after), start=1):
                label.setContentsMargins(0, _BESIDE_A_TICK, 0, 0)
                grid.addWidget(label, row, column, top)
        for n, stretch in enumerate((0, 1, 1)):
            grid.setColumnStretch(n, stretch)
        return card

    def _title(self, one: Unfinished) -> str:
        t = self._t
        if one.project is not None:
            return one.project.fields.title or t("list.untitled")
        return t("unfinished.new", title=str(one.draft.values.get("title", "")).strip() or t("list.untitled"))

    def _told(self, name: str, value: Any) -> str:
        """A value in words; what is no value yet as it was typed."""
        text = " ".join(self._teller.value(BY_NAME[name], value).split())
        return (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…") or self._t("unfinished.nothing")
