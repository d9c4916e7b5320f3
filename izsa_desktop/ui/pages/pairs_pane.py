"""Pairs of projects that look alike, one after the other, by mouse or by keyboard alone.

All projects are compared once, with a way to stop it; answers are shown at once and written behind them. Pairs of which
the two records say different things come first. What is answered is not shown any more, but for those who ask.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from izsa_desktop.domain.joint import ProgrammeFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.models.lines_model import Line
from izsa_desktop.ui.notify import Action
from izsa_desktop.ui.pages.pair_view import ANSWERS, PairView, Shown, of_decided, of_pair
from izsa_desktop.ui.widgets.editor_head import tool
from izsa_desktop.ui.widgets.empty_state import EmptyState
from izsa_desktop.ui.widgets.lines_view import LinesView, beside
from izsa_desktop.usecases import joining
from izsa_desktop.usecases.pairing import Compared, DecidedPair, compare, decided, joint_group
from izsa_desktop.usecases.relating import Decision, decide, take_back

_DECISION = "decision"
"""What notices are about that tell of decisions: the last one alone stands."""
_AT_ONCE = 2000
"""So many projects are compared again unasked when something has changed."""


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """A decision, the row that it was about, and where that stood."""

    decision: Decision
    shown: Shown
    place: int


class PairsPane(QWidget):
    """``programme_wanted(fields)``: a person wants to write a joint programme, of which this much is known."""

    open_wanted = Signal(str)
    programme_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, t = desk, desk.t
        self._pairs: dict[str, Shown] = {}
        self._waiting: list[Shown] = []
        self._decided: list[Shown] = []
        self._steps: list[_Step] = []
        self._count = 0
        self._pending = 0
        self._outdated = True
        self._stale = False
        """Something was decided since what is decided was read."""
        self.list = LinesView(t("joint.pairs"))
        self.undo = tool("undo-2", t("joint.undo"))
        self.again = tool("refresh-cw", t("joint.compare_again"))
        self.show_decided = QCheckBox(t("joint.show_decided"))
        self.view = PairView(desk)
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._lay_out()
        self._wire()
        self._refresh()

    # --- reading ------------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Compares all projects anew."""
        workplace, words = self._desk.workplace, self._desk.t("joint.comparing")
        self._outdated = False
        self._desk.tasks.watch(self, words, lambda progress: compare(workplace, progress), self._show, self._failed)

    def _show(self, found: Compared) -> None:
        self._count = found.count
        self._waiting = list(map(of_pair, found.waiting))
        self._keep_decided(found.decided)
        self._steps.clear()
        self._fill()

    def _keep_decided(self, found: Sequence[DecidedPair]) -> None:
        self._decided = list(map(of_decided, found))

    def _failed(self, error: Exception) -> None:
        self._outdated = True
        self._desk.notify.failed(error)

    def _fill(self) -> None:
        """The rows of the list, from what was read."""
        before, place = self.list.current, max(self.list.place, 0)
        differing = [one for one in self._decided if one.decided is not None and one.decided.differing]
        rows = self._decided if self.show_decided.isChecked() else [*differing, *self._waiting]
        self._pairs = {one.key: one for one in rows}
        self.list.model.show(map(self._line, rows))
        wanted = self.list.model.place(before)
        self.list.go_to(wanted if wanted >= 0 else min(place, len(rows) - 1))
        self._refresh()

    def _line(self, one: Shown) -> Line:
        t, known = self._desk.t, self._desk.workplace.reference
        names = [self._short_name(project.body) for project in (one.a, one.b)]
        titles = [project.fields.title or t("list.untitled") for project in (one.a, one.b)]
        mark = t("joint.percent", percent=round(100 * one.score))
        if one.decided is not None:
            kind = known.vocabularies["relation"].label(one.decided.kind, t.language)
            mark = t("joint.differ_mark") if one.decided.differing else kind
        return Line(one.key, titles[0], titles[1], t("joint.between", a=names[0], b=names[1]), mark)

    def _short_name(self, body: str) -> str:
        known = self._desk.workplace.reference
        return body_name(self._desk, body) if body == OFFICE else known.district_name(body, self._desk.t.language)

    def _refresh(self) -> None:
        """What follows from how many pairs there are."""
        t, rows = self._desk.t, self.list.model.rowCount()
        self.list.count.setText(t("joint.count", count=rows, number=t.number(rows)))
        self.undo.setEnabled(bool(self._steps))
        if not rows:
            self._say_nothing_there()
        self._stack.setCurrentWidget(self.view if rows else self.empty)

    def _say_nothing_there(self) -> None:
        t, text = self._desk.t, ""
        if self.show_decided.isChecked():
            heading = t("joint.none_decided")
        elif self._count:
            heading, text = t("joint.no_pairs"), t("joint.no_pairs_text", number=t.number(self._count))
        else:
            heading = t("joint.not_yet")
        self.empty.say("handshake", heading, text, t("joint.compare_again"))

    def _look(self) -> None:
        if (shown := self._pairs.get(self.list.current)) is not None:
            self.view.show_pair(shown)

    # --- deciding -----------------------------------------------------------------------------------------------------

    def decide(self, kind: str) -> None:
        """A person has said what the shown pair is."""
        shown, workplace = self.view.shown, self._desk.workplace
        if shown is None or not self.list.current:
            return
        place = self.list.place
        self._pending += 1
        self._desk.tasks.run(
            self,
            lambda: decide(workplace, shown.a.id, shown.b.id, kind),
            lambda decision: self._decided_one(_Step(decision, shown, place), kind),
            self._undecided,
        )
        if not self.show_decided.isChecked():
            self._fall_off(shown)

    def _fall_off(self, shown: Shown) -> None:
        """The pair leaves the list; the one below it is next."""
        place = self.list.place
        if self.view.isAncestorOf(QApplication.focusWidget() or self):
            self.list.view.setFocus()  # what has the keyboard may go
        self.list.go_to(place + 1 if place + 1 < self.list.model.rowCount() else place - 1)
        self.list.model.remove(shown.key)
        self._pairs.pop(shown.key, None)
        self._waiting = [one for one in self._waiting if one.key != shown.key]
        self._refresh()

    def _decided_one(self, step: _Step, kind: str) -> None:
        t = self._desk.t
        self._pending -= 1
        self._steps.append(step)
        self.undo.setEnabled(True)
        name = dict(ANSWERS)[kind]
        act = Action(t("joint.take_back"), partial(self._take_back_of, step))
        if name == "joint" and self._desk.office and step.shown.of_two:
            act = Action(t("joint.make"), partial(self.make, step.shown))
        titles = [project.fields.title or t("list.untitled") for project in (step.shown.a, step.shown.b)]
        words = t("joint.kept", kind=t(f"joint_kind.{name}"), a=titles[0], b=titles[1])
        self._desk.notify.good(words, act, about=_DECISION)
        self._desk.changes.announce(changes.PROJECTS, by=self)
        self._stale = True
        if step.shown.decided is not None:
            self._read_decided()

    def _undecided(self, error: Exception) -> None:
        self._pending -= 1
        self._desk.notify.failed(error)
        self.reload()

    def _read_decided(self) -> None:
        """What was said, without comparing anything."""
        if not self._pending:
            workplace, self._stale = self._desk.workplace, False
            self._desk.tasks.run(self, lambda: decided(workplace), self._show_decided)

    def _switch(self) -> None:
        """What is decided is read when somebody wants to see it."""
        if self._stale:
            self._read_decided()
        self._fill()

    def _show_decided(self, found: Sequence[DecidedPair]) -> None:
        self._keep_decided(found)
        if not self._pending:
            self._fill()

    def _take_back_of(self, step: _Step) -> None:
        """What a notice offers holds as long as nothing was decided since."""
        if self._steps and self._steps[-1] is step:
            self.take_back()

    def take_back(self) -> None:
        """Takes the last decision back; its pair is looked at again."""
        if not self._steps or self._pending:
            return
        step, workplace = self._steps.pop(), self._desk.workplace
        self._pending += 1
        self._desk.tasks.run(
            self, lambda: take_back(workplace, step.decision), lambda _ids: self._taken_back(step), self._undecided
        )

    def _taken_back(self, step: _Step) -> None:
        self._pending -= 1
        shown, t = step.shown, self._desk.t
        titles = [project.fields.title or t("list.untitled") for project in (shown.a, shown.b)]
        self._desk.notify.good(t("joint.taken_back", a=titles[0], b=titles[1]), about=_DECISION)
        if shown.decided is None and all(one.key != shown.key for one in self._waiting):
            ahead = {one.key for one in self._waiting}
            at = sum(line.key in ahead for line in self.list.model.rows[: step.place])
            self._waiting.insert(at, shown)
        if not self.show_decided.isChecked():
            self._pairs[shown.key] = shown
            if self.list.model.place(shown.key) < 0:
                self.list.model.put(self._line(shown), step.place)
            self._refresh()
            self.list.go_to(self.list.model.place(shown.key))
        self._desk.changes.announce(changes.PROJECTS, by=self)
        self._stale = True
        if self.show_decided.isChecked() or shown.decided is not None:
            self._read_decided()

    # --- joint programmes ---------------------------------------------------------------------------------------------

    def make(self, shown: Shown) -> None:
        """What a joint programme of this pair would be, and of all that people have said is joint work with it."""
        workplace = self._desk.workplace

        def propose() -> ProgrammeFields:
            return joining.proposed(workplace, joint_group(workplace, shown.a.id, shown.b.id))

        self._desk.tasks.run(self, propose, self.programme_wanted.emit)

    def _make_shown(self) -> None:
        if self.view.shown is not None and self.view.offers and self.list.current:
            self.make(self.view.shown)

    # --- the parts ----------------------------------------------------------------------------------------------------

    def _changed(self, kinds: frozenset[str], by: object) -> None:
        if changes.PROJECTS in kinds and by is not self:
            self._outdated = True
            self._look_again()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_again()

    def _look_again(self) -> None:
        """Compares where something has changed, unless that takes long: then a person asks for it."""
        if not self._outdated or not self.isVisible():
            return
        if self._count > _AT_ONCE:
            self.list.count.setText(self._desk.t("joint.outdated"))
            return
        if not self._count:  # nobody knows yet how long it takes
            self.reload()
            return
        workplace, self._outdated = self._desk.workplace, False
        self._desk.tasks.run(self, lambda: compare(workplace), self._show, self._failed)

    def _wire(self) -> None:
        self.list.looked_at.connect(self._look)
        self.undo.clicked.connect(self.take_back)
        self.again.clicked.connect(self.reload)
        self.empty.wanted.connect(self.reload)
        self.show_decided.toggled.connect(self._switch)
        self.view.answered.connect(self.decide)
        self.view.step_wanted.connect(self.list.step)
        self.view.open_wanted.connect(self.open_wanted)
        self.view.programme_wanted.connect(self._make_shown)
        self._desk.changes.changed.connect(self._changed)
        for n in range(1, len(ANSWERS) + 1):
            self._key(str(n), partial(self.view.press, n))
        self._key("0", self.list.go_on)
        self._key("Ctrl+Down", partial(self.list.step, 1))
        self._key("Ctrl+Up", partial(self.list.step, -1))
        self._key("Ctrl+Z", self.take_back)
        self._key("S", self.view.turn)
        self._key("P", self._make_shown)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        """A key that is held decides once."""
        QShortcut(QKeySequence(keys), self, act).setAutoRepeat(False)

    def _lay_out(self) -> None:
        self.list.tools.addWidget(self.again)
        self.list.tools.addWidget(self.undo)
        self.list.head.addWidget(self.show_decided)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(beside(self.list, self._stack))
