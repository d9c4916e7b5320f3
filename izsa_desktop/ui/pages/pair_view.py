"""Two projects side by side: why they look alike, what was said of them, and the five answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.analysis.joined import FOLLOWS, JOINT, NOT_SIMILAR, PART, SAME
from izsa_desktop.analysis.reasons import Reason
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.text import visible
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.column import scrolled
from izsa_desktop.ui.widgets.editor_head import tool
from izsa_desktop.ui.widgets.flow_layout import flowing
from izsa_desktop.ui.widgets.project_side import ProjectSide
from izsa_desktop.ui.widgets.text import for_button, plain_label, surface
from izsa_desktop.usecases.pairing import DecidedPair
from izsa_desktop.usecases.relating import may_relate
from izsa_desktop.usecases.similar import Pair, sentence

ANSWERS = ((SAME, "same"), (JOINT, "joint"), (PART, "part"), (FOLLOWS, "follows"), (NOT_SIMILAR, "not_similar"))
"""Kinds in the order of their keys, and what their sentences are called."""
_ONE_WAY = frozenset({PART, FOLLOWS})
_WIDE = 80
"""Average letters from which on the projects stand beside each other."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair on the screen; ``a`` stands at the left."""

    a: Project
    b: Project
    score: float = 0.0
    reasons: Sequence[Reason] = ()
    decided: DecidedPair | None = None

    @property
    def key(self) -> str:
        """The same whichever way round they stand."""
        return "|".join(sorted((self.a.id, self.b.id)))

    @property
    def of_two(self) -> bool:
        """Of two bodies: what a joint programme is for."""
        return self.a.body != self.b.body

    @property
    def turned(self) -> "Shown":
        """The other way round."""
        return replace(self, a=self.b, b=self.a)


def of_pair(pair: Pair) -> Shown:
    """A pair that waits, the workplace's own project at the left."""
    shown = Shown(pair.a, pair.b, pair.score, pair.reasons)
    return shown.turned if pair.a.shared else shown


def of_decided(pair: DecidedPair) -> Shown:
    """One about which something was said."""
    return Shown(pair.a, pair.b, decided=pair)


class PairView(QWidget):
    """``answered(kind)``: a person has pressed an answer."""

    answered = Signal(str)
    open_wanted = Signal(str)
    programme_wanted = Signal()
    """A programme of these two, and of what is joint work with them."""
    step_wanted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        surface(self, "editor")
        self._desk, t = desk, desk.t
        self.shown: Shown | None = None
        self.heading = plain_label(role="title", wrap=True)
        self.swap = tool("arrow-left-right", t("joint.swap"))
        self.previous = tool("chevron-up", t("joint.previous"))
        self.next = tool("chevron-down", t("joint.next"))
        self.said = Banner()
        self._reasons = plain_label(wrap=True, selectable=True)
        self.left, self.right = ProjectSide(t("joint.left"), desk), ProjectSide(t("joint.right"), desk)
        self.buttons: list[QPushButton] = []
        self.make = QPushButton(for_button(t("joint.answer_key", number="P", text=t("joint.make"))))
        self._keys = plain_label(role="soft", wrap=True)
        self._lay_out()
        self.swap.clicked.connect(self.turn)
        self.previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.next.clicked.connect(lambda: self.step_wanted.emit(1))
        for side in (self.left, self.right):
            side.open_wanted.connect(self.open_wanted)

    def show_pair(self, shown: Shown) -> None:
        """Shows this pair."""
        t = self._desk.t
        self.shown = shown
        alike = t("joint.alike", percent=round(100 * shown.score)) if shown.score else t("joint.decided")
        self.heading.setText(alike)
        self.left.show_project(shown.a)
        self.right.show_project(shown.b)
        self._show_reasons(shown)
        self._show_said(shown)
        self.make.setEnabled(self.offers)
        self.make.setToolTip("" if self.offers else t("joint.make_off"))
        self._keys.setText(t("joint.keys_office") if self.offers else t("joint.keys"))
        own_left = may_relate(self._desk.workplace, shown.a)
        for (kind, _name), button in zip(ANSWERS, self.buttons, strict=True):
            button.setEnabled(own_left or kind not in _ONE_WAY)
            button.setToolTip("" if button.isEnabled() else t("joint.not_from_here"))
        self.area.verticalScrollBar().setValue(0)

    @property
    def offers(self) -> bool:
        """Whether a joint programme can be made of the shown pair: of two bodies, and nobody says it is none."""
        shown = self.shown
        if shown is None or not shown.of_two or not self._desk.office:
            return False
        return shown.decided is None or shown.decided.kind == JOINT

    def turn(self) -> None:
        """The right one goes to the left."""
        if self.shown is not None:
            self.show_pair(self.shown.turned)

    def press(self, key: int) -> None:
        """The key of an answer, from 1."""
        if self.shown is not None and self.buttons[key - 1].isEnabled():
            self.answered.emit(ANSWERS[key - 1][0])

    def _show_reasons(self, shown: Shown) -> None:
        known, t = self._desk.workplace.reference, self._desk.t
        self._reasons.setText("\n".join(visible(sentence(reason, known, t)) for reason in shown.reasons))
        self._reasons.setVisible(bool(shown.reasons))

    def _show_said(self, shown: Shown) -> None:
        t, decided = self._desk.t, shown.decided
        if decided is None:
            self.said.hide()
            return
        relations = self._desk.workplace.reference.vocabularies["relation"]
        words = [
            t(
                "joint.says",
                body=body_name(self._desk, (decided.a if one.project == decided.a.id else decided.b).body),
                kind=relations.label(one.kind, t.language),
            )
            for one in decided.says
        ]
        text = " ".join(words)
        if decided.differing:
            self.said.say("circle-alert", f"{t('joint.differ')} {text}", "warn")
        else:
            self.said.say("circle-check", text, "good")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below each other where there is no room beside each other."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE * self.fontMetrics().averageCharWidth()
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    # --- how it looks -------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.heading, 1)
        for button in (self.swap, self.previous, self.next):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(14)
        self._sides.addWidget(self.left, 1)
        self._sides.addWidget(self.right, 1)
        column = QVBoxLayout()
        column.setContentsMargins(22, 14, 22, 18)
        column.setSpacing(12)
        for widget in (self.said, self._reasons):
            column.addWidget(widget)
        column.addLayout(self._sides)
        column.addStretch(1)
        self.area = scrolled(column, self._desk.t("joint.pairs"))
        head = QVBoxLayout()
        head.setContentsMargins(22, 10, 14, 8)
        head.addLayout(top)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)
        layout.addWidget(self._answers())

    def _answers(self) -> QFrame:
        t, foot = self._desk.t, QFrame()
        foot.setObjectName("foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(22, 10, 14, 9)
        column.setSpacing(6)
        beside, flow = flowing(8)
        for n, (kind, name) in enumerate(ANSWERS, start=1):
            button = QPushButton(for_button(t("joint.answer_key", number=n, text=t(f"joint_kind.{name}"))))
            button.setProperty("role", "tonal")
            button.setAccessibleName(visible(t(f"joint_kind.{name}")))
            button.clicked.connect(lambda _on=False, kind=kind: self.answered.emit(kind))
            icons.put(button, _ICONS[kind], "accent", 15)
            self.buttons.append(button)
            flow.addWidget(button)
        self.make.setAccessibleName(t("joint.make"))
        self.make.clicked.connect(self.programme_wanted)
        icons.put(self.make, "plus", "text", 15)
        flow.addWidget(self.make)
        self.make.setVisible(self._desk.office)
        column.addWidget(beside)
        column.addWidget(self._keys)
        return foot


_ICONS = {SAME: "check-check", JOINT: "handshake", PART: "git-fork", FOLLOWS: "chevron-right", NOT_SIMILAR: "x"}
