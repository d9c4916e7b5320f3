"""Deciding which of several values is right, one record after the other, by mouse or by keyboard alone.

A decision is shown at once and written behind it; what comes next is read beforehand. Taking one back changes nothing
by itself: the values that stood are shown again, and another choice is another save.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from izsa_desktop.domain.revision import DELETED
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.notify import Action
from izsa_desktop.ui.pages.conflict_list import ConflictList
from izsa_desktop.ui.pages.conflict_view import ConflictView
from izsa_desktop.ui.pages.decisions import Decisions, Step
from izsa_desktop.ui.widgets.conflict_card import ConflictCard
from izsa_desktop.ui.widgets.empty_state import EmptyState
from izsa_desktop.ui.widgets.lines_view import beside
from izsa_desktop.ui.widgets.question import Question
from izsa_desktop.ui.widgets.text import plain_label, set_role, surface
from izsa_desktop.usecases.conflicts import (
    Choice,
    Disputed,
    Settled,
    conflicts_of,
    overview,
    reopen,
    settle_all_from,
)


class ConflictsPage(QWidget):
    """A list of records at the left, the values of one at the right."""

    open_wanted = Signal(str)
    """A person wants to see the record in the form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, t = desk, desk.t
        surface(self, "page")
        self._known: dict[str, Disputed] = {}
        """What was read of records, beforehand or again."""
        self._again: dict[str, set[str]] = {}
        """Registers that were decided and are thought over, by record."""
        self._wanted = ""
        self._sought: tuple[str, ...] = ()
        """Registers to which the keys are to go when their record is shown."""
        self._outdated = False
        self.decisions = Decisions(desk, self)
        self.list = ConflictList(desk)
        self.model = self.list.model
        self.view = ConflictView(desk)
        self.question = Question(t("conflict.do"), t("conflict.leave"))
        self.empty = EmptyState()
        set_role(self.empty.button, "")
        self._stack = QStackedWidget()
        self._lay_out()
        self._wire()
        self.reload()

    # --- reading ------------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads the list again; what is looked at stays."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: overview(workplace), self._show)

    def show_record(self, id_: str) -> None:
        """Goes to a record, which somebody has seen in conflict."""
        self._wanted = id_
        self.reload()

    def _show(self, rows: Sequence[Disputed]) -> None:
        if self.decisions.pending:  # what is shown knows of more decisions than what was read
            self._outdated = True
            return
        self._outdated = False
        before, place = self.list.current, max(self.list.place, 0)
        here = {row.id for row in rows}
        kept = [row for row in self.model.rows if row.id in self._again and row.id not in here]
        self._known.clear()
        self.view.record = ""
        self.model.show([*rows, *kept])
        wanted, self._wanted = self.model.place(self._wanted), ""
        if wanted < 0:
            wanted = self.model.place(before.id) if before else 0
        self.list.go_to(wanted if wanted >= 0 else min(place, self.list.rows - 1))
        self._count()

    def _count(self) -> None:
        """How many records are left; where none is, there is nothing but the way back."""
        t, rows, steps = self._desk.t, self.list.rows, self.decisions.steps
        self.list.show_count()
        self.list.undo.setEnabled(bool(steps))
        if not rows:
            self.view.record = ""
            undo = t("conflict.undo_last") if steps else ""
            self.empty.say("circle-check", t("conflict.none"), t("conflict.none_text"), undo)
        had_focus = self._parts.isAncestorOf(QApplication.focusWidget() or self)
        self._stack.setCurrentWidget(self._parts if rows else self.empty)
        if had_focus and not rows and steps:
            self.empty.button.setFocus()

    def _look(self) -> None:
        """Another record is looked at."""
        row = self.list.current
        if row is None or row.id == self.view.record:
            return
        self.question.leave()
        if row.id in self._known:
            self._present(self._known[row.id])
        else:
            self._read(row.id, self._present)

    def _read(self, id_: str, then: Callable[[Disputed], None]) -> None:
        workplace, again = self._desk.workplace, frozenset(self._again.get(id_, ()))

        def read() -> Disputed:
            return reopen(workplace, id_, again) if again else conflicts_of(workplace, id_)

        def done(found: Disputed) -> None:
            self._known[id_] = found
            then(found)

        self._desk.tasks.run(self, read, done)

    def _present(self, found: Disputed) -> None:
        """Shows what was read, if it is still what is looked at."""
        row = self.list.current
        if row is None or found.id != row.id:
            return
        if not found.conflicts:  # somebody else has decided meanwhile
            self._fall_off(found.id)
            return
        focus = QApplication.focusWidget()
        inside = focus is not None and self.view.isAncestorOf(focus)
        self.model.renew(found.id, tuple(dict.fromkeys(conflict.field for conflict in found.conflicts)))
        self.view.show_record(found, alone=self.list.rows == 1)
        sought, self._sought = {*self._sought}, ()
        first = next((card for card in self.view.cards if sought & {*card.conflict.registers}), self.view.here)
        if first is not None:
            self.view.go_to(first, focus=inside)
        following = self.list.place + 1
        if following < self.list.rows and (id_ := self.model.rows[following].id) not in self._known:
            self._read(id_, lambda _found: None)

    # --- deciding -----------------------------------------------------------------------------------------------------

    def choose(self, card: ConflictCard, choice: Choice) -> None:
        """A person has decided about one field."""
        self._decide([(card, choice)])

    def take_all(self, replica: str) -> None:
        """What this PC wrote, in every field that is open."""
        self._decide(self.view.all_from(replica))

    def _decide(self, decisions: Sequence[tuple[ConflictCard, Choice]]) -> None:
        decisions = [(card, choice) for card, choice in decisions if card.open]
        if not decisions:
            return
        record = self.view.record
        chosen = {name: choice.revision for card, choice in decisions for name in card.conflict.registers}
        self.decisions.write(self._step([Settled(record, tuple(chosen))]), chosen)
        for card, choice in decisions:
            card.decide(choice)
        self._known.pop(record, None)
        if record in self._again:
            self._again[record] -= chosen.keys()
        self.list.undo.setEnabled(True)
        put_away = any(choice.values.get(DELETED) is True for _, choice in decisions)
        self._go_on(decisions[-1][0], done=put_away)

    def _step(self, settled: Sequence[Settled]) -> Step:
        places = {one.record: self.model.place(one.record) for one in settled}
        rows = {id_: (place, self.model.rows[place]) for id_, place in places.items() if place >= 0}
        return Step(tuple(settled), rows)

    def _go_on(self, card: ConflictCard, *, done: bool) -> None:
        """To the next field that is open, or to the next record."""
        following = self.view.after(card) or next(iter(self.view.open_cards), None)
        if following is None or done:
            self._fall_off(self.view.record)
            return
        self.model.renew(self.view.record, tuple(dict.fromkeys(one.conflict.field for one in self.view.open_cards)))
        self.view.refresh()
        self.view.go_to(following, focus=not self.list.view.hasFocus())

    def _fall_off(self, record: str) -> None:
        """The record leaves the list; the one below it is next."""
        place = self.model.place(record)
        self._again.pop(record, None)
        if self.list.rows > 1:
            self._keep_focus()
            self.list.go_to(place + 1 if place + 1 < self.list.rows else 0)
        self.model.remove(record)
        self._count()

    def _keep_focus(self) -> None:
        """What has the keyboard may go; until the next record is there it waits in the view."""
        if not self.list.view.hasFocus():
            self.view.next.setFocus()

    def _written(self) -> None:
        if self._outdated:
            self.reload()

    def _failed(self) -> None:
        self._outdated = True

    # --- skipping -----------------------------------------------------------------------------------------------------

    def skip(self) -> None:
        """Leaves this field as it is: the next one, and after the last the next record."""
        following = self.view.after(self.view.here)
        if following is not None:
            self.view.go_to(following, focus=not self.list.view.hasFocus())
        else:
            self.step(1)

    def step(self, by: int) -> None:
        """Another record, round and round."""
        if self.list.rows > 1:
            self.list.go_to((self.list.place + by) % self.list.rows)

    # --- all records --------------------------------------------------------------------------------------------------

    def ask_everywhere(self, replica: str, who: str) -> None:
        """Many decisions at once are asked about."""
        text = self._desk.t("conflict.ask_everywhere", who=who, count=self.list.rows)
        self.question.ask(text, lambda: self.take_everywhere(replica))

    def take_everywhere(self, replica: str) -> None:
        """What this PC wrote, in all records."""
        workplace, t = self._desk.workplace, self._desk.t
        self._desk.tasks.watch(
            self,
            t("conflict.taking"),
            lambda progress: settle_all_from(workplace, None, replica, progress),
            self._taken,
        )

    def _taken(self, done: Sequence[Settled]) -> None:
        t = self._desk.t
        undo = None
        if done:
            step = self._step(done)
            self.decisions.steps.append(step)
            undo = Action(t("conflict.undo_one"), partial(self._undo_step, step))
        fields = sum(len(one.registers) for one in done)
        self._desk.notify.good(t("conflict.taken", projects=len(done), fields=fields), undo)
        self._again.clear()
        self._desk.changes.announce(changes.PROJECTS, by=self)
        self.reload()

    # --- thinking it over ---------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Shows again what the last press decided about."""
        if self.decisions.steps:
            self._undo_step(self.decisions.steps[-1])

    def _undo_step(self, step: Step) -> None:
        if self.decisions.take(step):
            self._open_again(step)

    def undo_one(self, card: ConflictCard) -> None:
        """Shows again what was decided about one field of this record."""
        self._open_again(Step((Settled(self.view.record, card.conflict.registers),)))

    def _open_again(self, step: Step) -> None:
        for one in step.settled:
            self._again.setdefault(one.record, set()).update(one.registers)
            self._known.pop(one.record, None)
        for id_, (place, row) in sorted(step.rows.items(), key=lambda item: item[1][0]):
            if self.model.place(id_) < 0:
                self.model.put(row, place)
        self.view.record = ""
        self._count()
        self._keep_focus()
        first = min(step.settled, key=lambda one: self.model.place(one.record))
        self._sought = first.registers
        self.list.go_to(self.model.place(first.record))

    # --- the parts ----------------------------------------------------------------------------------------------------

    def _changed(self, kinds: frozenset[str], by: object) -> None:
        if changes.PROJECTS in kinds and by is not self:
            self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is thought over and not chosen anew stays as it was decided."""
        super().hideEvent(event)
        if self._again and not event.spontaneous():
            self._again.clear()
            self.reload()

    def _wire(self) -> None:
        view = self.view
        self.list.looked_at.connect(self._look)
        self.list.entered.connect(view.enter)
        self.list.undo.clicked.connect(self.undo)
        self.empty.wanted.connect(self.undo)
        view.chosen.connect(self.choose)
        view.undo_wanted.connect(self.undo_one)
        view.all_wanted.connect(self.take_all)
        view.everywhere_wanted.connect(self.ask_everywhere)
        view.open_wanted.connect(self.open_wanted)
        view.step_wanted.connect(self.step)
        self.decisions.written.connect(self._written)
        self.decisions.failed.connect(self._failed)
        self._desk.changes.changed.connect(self._changed)
        for key in range(1, 10):
            self._key(str(key), partial(view.press, key))
            self._key(f"Alt+{key}", partial(view.take, key))
        self._key("0", self.skip)
        self._key("Ctrl+Down", partial(self.step, 1))
        self._key("Ctrl+Up", partial(self.step, -1))
        self._key("Ctrl+Z", self.undo)
        self._key("Esc", self.question.leave)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        """A key that is held decides once."""
        QShortcut(QKeySequence(keys), self, act).setAutoRepeat(False)

    def _lay_out(self) -> None:
        right = QWidget()
        surface(right, "editor")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.question)
        column.addWidget(self.view, 1)
        column.addWidget(self._legend())
        self._parts = beside(self.list, right)
        self._stack.addWidget(self._parts)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _legend(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        line = QHBoxLayout(foot)
        line.setContentsMargins(22, 8, 14, 9)
        line.addWidget(plain_label(self._desk.t("conflict.keys"), role="soft", wrap=True), 1)
        return foot
