"""Joint programmes with their answers: at the office to be written, at a district to be answered."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from izsa_desktop.domain.errors import KnownError
from izsa_desktop.domain.joint import Programme, ProgrammeFields
from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.dialogs.confirm import Words, confirm
from izsa_desktop.ui.dialogs.programme import ProgrammeDialog
from izsa_desktop.ui.models.lines_model import Line
from izsa_desktop.ui.notify import Action
from izsa_desktop.ui.pages.lookup import Lookup
from izsa_desktop.ui.pages.programme_view import ProgrammeView
from izsa_desktop.ui.widgets.empty_state import EmptyState
from izsa_desktop.ui.widgets.lines_view import LinesView, beside
from izsa_desktop.usecases import joining, joint

_DONE = "programme"
"""What notices are about that tell what was done with a programme: the last one alone stands."""


class ProgrammesPane(QWidget):
    """``counted(n)``: so many wait for this district's answer, or at the office for the answers of others."""

    open_wanted = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, t = desk, desk.t
        self._known: dict[str, Programme] = {}
        self._wanted = ""
        self.list = LinesView(t("joint.programmes"))
        self.new = QPushButton(t("joint.new"))
        self.new.setProperty("role", "tonal")
        icons.put(self.new, "plus", "accent", 15)
        self.view = ProgrammeView(desk)
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._lay_out()
        self.list.looked_at.connect(self._look)
        self.new.clicked.connect(lambda: self.write("", ProgrammeFields()))
        self.view.answered.connect(self.answer)
        self.view.edit_wanted.connect(self._edit_shown)
        self.view.away_wanted.connect(self._ask_away)
        self.view.project_wanted.connect(self.open_wanted)
        desk.changes.changed.connect(self._changed)
        self.reload()

    # --- reading ------------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads all programmes again; what is looked at stays."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: joint.programmes(workplace), self._show)

    def show_programme(self, id_: str) -> None:
        """Looks at a programme."""
        self._wanted = id_
        self.reload()

    def _show(self, found: Sequence[Programme]) -> None:
        t, before, place = self._desk.t, self._wanted or self.list.current, max(self.list.place, 0)
        self._wanted = ""
        self._known = {one.id: one for one in found}
        self.list.model.show(map(self._line, found))
        self.list.count.setText(t("joint.programme_count", count=len(found), number=t.number(len(found))))
        wanted = self.list.model.place(before)
        self.list.go_to(wanted if wanted >= 0 else min(place, len(found) - 1))
        if not found:
            text = t("joint.no_programmes_office") if self._desk.office else t("joint.no_programmes_district")
            self.empty.say("handshake", t("joint.no_programmes"), text)
        self._stack.setCurrentWidget(self.view if found else self.empty)
        self.counted.emit(sum(self._waits(one) for one in found))

    def _waits(self, one: Programme) -> bool:
        own = one.answer(self._desk.workplace.identity.body)
        return any(joint.waiting(one)) if self._desk.office else own is not None and own.open

    def _line(self, one: Programme) -> Line:
        t = self._desk.t
        answered = sum(bool(answer.said) for answer in one.answers)
        own = None if self._desk.office else one.answer(self._desk.workplace.identity.body)
        mark = t("joint.answered_of", answered=answered, asked=len(one.answers))
        if own is not None:
            mark = t(f"joint_said.{own.said}") if own.said else t("joint.your_turn")
        members = t("joint.member_count", count=len(one.fields.members), number=t.number(len(one.fields.members)))
        if own.disputed if own else any(answer.disputed for answer in one.answers):
            mark = t("joint.disputed_mark")
        return Line(
            one.id,
            joint.called(one.fields, t),
            t("joint.led_by", body=body_name(self._desk, one.fields.lead)),
            members,
            mark,
        )

    def _look(self) -> None:
        if (found := self._known.get(self.list.current)) is not None:
            self.view.show_programme(found)

    def _changed(self, kinds: frozenset[str], by: object) -> None:
        if changes.PROJECTS in kinds and by is not self:
            self.reload()

    # --- the district -------------------------------------------------------------------------------------------------

    def answer(self, said: str, note: str) -> None:
        """This district takes part or not."""
        shown, workplace = self.view.shown, self._desk.workplace
        if shown is not None:
            self._desk.tasks.run(
                self, lambda: joint.answer(workplace, shown.id, said, note), lambda _done: self._answered()
            )

    def _answered(self) -> None:
        self._desk.notify.good(self._desk.t("joint.answered"), about=_DONE)
        self._desk.changes.announce(changes.PROJECTS, by=self)
        self.reload()

    # --- the office ---------------------------------------------------------------------------------------------------

    def _edit_shown(self) -> None:
        if self.view.shown is not None and self._desk.office:
            self.write(self.view.shown.id, self.view.shown.fields)

    def write(self, id_: str, fields: ProgrammeFields, *, then: Callable[[], None] = lambda: None) -> ProgrammeDialog:
        """Asks for what a programme (empty: a new one) is to be. ``then``: called when that is stored."""
        known, t = self._desk.workplace.reference, self._desk.t
        lookup, others = Lookup(self._desk, self), self._elsewhere(id_)
        dialog = ProgrammeDialog(fields, known, t, lookup, self.window(), new=not id_, elsewhere=others)

        def stored(made: str) -> None:
            dialog.accept()
            self._stored(made, fields if id_ else None)
            then()

        dialog.written.connect(lambda entered: self._store(dialog, id_, entered, stored))
        dialog.open()
        return dialog

    def _elsewhere(self, id_: str) -> dict[str, list[str]]:
        """By project the programmes that it is in, but for this one."""
        found: dict[str, list[str]] = {}
        for one in self._known.values():
            for project in (*one.joined, *one.declined) if one.id != id_ else ():
                found.setdefault(project, []).append(joint.called(one.fields, self._desk.t))
        return found

    def _store(
        self, dialog: ProgrammeDialog, id_: str, entered: ProgrammeFields, stored: Callable[[str], None]
    ) -> None:
        workplace = self._desk.workplace

        def store() -> str:
            if not id_:
                return joining.create(workplace, entered)
            joining.edit(workplace, id_, entered)
            return id_

        def failed(error: Exception) -> None:
            if isinstance(error, KnownError):
                dialog.failed(error)
            else:
                self._desk.notify.failed(error)

        self._desk.tasks.run(dialog, store, stored, failed)

    def _stored(self, id_: str, before: ProgrammeFields | None) -> None:
        """``before``: what it was; None for a new one."""
        t = self._desk.t
        undo = Action(t("joint.take_back"), partial(self._take_back, id_, before))
        self._desk.notify.good(t("joint.stored"), undo, about=_DONE)
        self._desk.changes.announce(changes.PROJECTS, by=self)
        self.show_programme(id_)

    def _take_back(self, id_: str, before: ProgrammeFields | None) -> None:
        """What was stored last is as it was; members that were told learn of it with the next answer."""
        workplace, t = self._desk.workplace, self._desk.t

        def back() -> str:
            if before is None:
                joining.put_away(workplace, id_)
                return t("joint.is_away")
            joining.edit(workplace, id_, before)
            return t("joint.is_as_before")

        self._desk.tasks.run(self, back, self._said)

    def _said(self, what: str) -> None:
        self._desk.notify.good(what, about=_DONE)
        self._desk.changes.announce(changes.PROJECTS, by=self)
        self.reload()

    def _ask_away(self) -> None:
        shown, t = self.view.shown, self._desk.t
        if shown is None:
            return
        sentences = [t("joint.away_what", name=joint.called(shown.fields, t)), t("joint.away_then")]
        words = Words(t("joint.put_away"), sentences, t("joint.away_go"), t("joint.leave"))
        confirm(words, self.window(), lambda: self._put_away(shown.id))

    def _put_away(self, id_: str) -> None:
        workplace, t = self._desk.workplace, self._desk.t
        self._desk.tasks.run(
            self, lambda: joining.put_away(workplace, id_), lambda _done: self._said(t("joint.is_away"))
        )

    def _lay_out(self) -> None:
        if self._desk.office:
            self.list.head.addWidget(self.new)
        self.new.setVisible(self._desk.office)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(beside(self.list, self._stack))
