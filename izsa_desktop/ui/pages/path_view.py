"""One district's way on one page: where it stands, what comes next, evidence, the ladder, actions and sessions.

The same for both sides; what a side cannot do is not offered. Nothing is written here: ``wanted`` says what a person
wants to do, and about which record or criterion.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.analysis.ladder import Status
from izsa_desktop.domain.coaching import Action, Session
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import visible
from izsa_desktop.reports.office import TEMPLATES, template_name
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import Card, bring_into_sight
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.ui.widgets.ladder_view import LadderView
from izsa_desktop.ui.widgets.log_list import LogList, LogRow
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.coaching_view import ACCEPTED, RETURNED, TAKEN_BACK, WAITING, DistrictPath, HandedIn

SESSION, ACTION, PROPOSE, NOTE = "session", "action", "propose", "note"
TICK, HAND_IN, ACCEPT, RETURN = "tick", "hand_in", "accept", "return"
DONE, UNDONE, CONFIRM, WITHDRAW, TEMPLATE = "done", "undone", "confirm", "withdraw", "template"
REPORT = "report"
MOST_SHOWN = 30
_ONE_LINE = 60
"""Letters that are seen whole in one line beside what can be done."""


class PathView(QWidget):
    """``wanted(what, about)``: one of the names above, and an id, a code or the name of a template."""

    wanted = Signal(str, str)

    def __init__(self, desk: Desk, marks: Mnemonics) -> None:
        super().__init__()
        self._desk, self._t, self._office = desk, desk.t, desk.office
        self.shown: DistrictPath | None = None
        t = self._t
        self.stage = plain_label(role="title", wrap=True)
        self.signed = plain_label(role="soft", wrap=True)
        self.proposal = Banner()
        self.steps, self.evidence = LogList(t("coach.no_steps")), LogList(self._no_evidence())
        self.tasks, self.sessions = LogList(t("coach.no_actions")), LogList(t("coach.no_sessions"))
        self.notes = LogList(t("coach.no_notes"))
        give = t("coach.tick") if self._office else t("coach.hand_in")
        self.ladder = LadderView(t, give)
        self.ladder.wanted.connect(partial(self.wanted.emit, self._giving))
        self.buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._head(marks))
        column.addWidget(self.proposal)
        evidence = t("coach.evidence_office") if self._office else t("coach.evidence_own")
        for icon, heading, part in (
            ("chevron-right", t("coach.steps"), self.steps),
            ("inbox", evidence, self.evidence),
            ("list", t("coach.ladder"), self.ladder),
            ("check-check", t("coach.actions"), self.tasks),
            ("users", t("coach.sessions"), self.sessions),
            ("bookmark", t("coaching.title"), self.notes),
        ):
            card = Card(heading, icon=icon)
            card.body.addWidget(part)
            column.addWidget(card)

    def _no_evidence(self) -> str:
        return self._t("coach.no_evidence") if self._office else self._t("coach.no_evidence_own")

    @property
    def _giving(self) -> str:
        return TICK if self._office else HAND_IN

    def _head(self, marks: Mnemonics) -> QWidget:
        card = self.card = Card("", icon="route")
        card.body.addWidget(self.stage)
        card.body.addWidget(self.signed)
        holder, t = QWidget(), self._t
        flow = FlowLayout(holder, 8)
        wanted = [
            (SESSION, "users", t("coach.write_session")),
            (ACTION, "check-check", t("coach.write_action")),
            (PROPOSE, "route", t("coach.propose")),
            (NOTE, "bookmark", t("coach.write_note")),
        ]
        for what, icon, label in [*(wanted if self._office else []), (REPORT, "printer", t("coach.report"))]:
            button = self.buttons[what] = _button(marks.mark(label), icon)
            button.clicked.connect(partial(self._want, what))
            flow.addWidget(button)
        flow.addWidget(self._templates(marks))
        card.body.addWidget(holder)
        return card

    def _templates(self, marks: Mnemonics) -> QPushButton:
        button = self.buttons[TEMPLATE] = _button(marks.mark(self._t("coach.templates")), "file-text")
        menu = QMenu(button)
        for name in TEMPLATES:
            menu.addAction(template_name(name, self._t.language)).triggered.connect(partial(self._want, TEMPLATE, name))
        button.setMenu(menu)
        return button

    def _want(self, what: str, about: str = "", _checked: object = None) -> None:
        district = self.shown.district if self.shown else ""
        self.wanted.emit(what, about if isinstance(about, str) and about else district)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def show_path(self, path: DistrictPath) -> None:
        """Shows this district."""
        self.shown = path
        self._show_stage(path)
        self.steps.set_rows([self._step(one) for one in path.standing.next_steps])
        handed = _at_office(path) if self._office else path.evidence
        self.evidence.set_rows([self._handed(one) for one in handed[:MOST_SHOWN]])
        self.ladder.show_path(path)
        self.tasks.set_rows([self._action(one, path) for one in path.actions[:MOST_SHOWN]])
        self.sessions.set_rows([self._session(one) for one in path.sessions[:MOST_SHOWN]])
        self.notes.set_rows([self._note(one.id, one.day, one.author, one.text) for one in path.notes[:MOST_SHOWN]])

    def go_to(self, id_: str) -> bool:
        """Puts the keyboard on what can be done about a record or step, and brings it into sight; False: not shown."""
        if self.shown is None or not self.isVisible():
            return False
        if self.shown.proposed is not None and self.shown.proposed.id == id_:
            self.proposal.action.setFocus()
            bring_into_sight(self.proposal)
            return True
        lists = self.steps, self.tasks, self.evidence, self.sessions, self.notes
        row = next((row for one in lists for row in one.rows if id_ and row.key == id_), None)
        if row is not None:
            if row.buttons:
                row.buttons[0].setFocus()
            bring_into_sight(row)
        return row is not None

    def _show_stage(self, path: DistrictPath) -> None:
        t, stage = self._t, path.standing.stage
        self.card.heading.setText(body_name(self._desk, path.district))
        self.stage.setText(t("coach.stage_today", stage=stage.number, name=stage.name[t.language]))
        signed, proposed = path.signed, path.proposed
        if signed is None:
            self.signed.setText(t("coach.nothing_signed"))
        else:
            facts = {"stage": signed.stage, "day": t.date(signed.confirmed), "office": visible(signed.author)}
            said = t("coach.signed", district=visible(signed.confirmed_by), **facts)
            fell = t("coach.fell_back", stage=signed.stage) if stage.number < signed.stage else ""
            self.signed.setText(f"{said} {fell}".strip())
        if proposed is None:
            held = self.proposal.isAncestorOf(self.window().focusWidget() or self)
            self.proposal.hide()
            if held:  # it was answered there: the keyboard stays near
                self.buttons[REPORT].setFocus()
            return
        facts = {"stage": proposed.stage, "day": t.date(proposed.day), "author": visible(proposed.author)}
        if self._office:
            take_back = partial(self.wanted.emit, WITHDRAW, proposed.id)
            self.proposal.say("route", t("coach.waits", **facts), "info", t("coach.withdraw"), take_back)
        else:
            sign = partial(self.wanted.emit, CONFIRM, proposed.id)
            self.proposal.say("route", t("coach.asks", **facts), "info", t("coach.confirm"), sign)

    def _step(self, status: Status) -> LogRow:
        return self.ladder.row(status)

    def _handed(self, one: HandedIn) -> LogRow:
        t, evidence = self._t, one.evidence
        names = {status.criterion.code: status.criterion.name[t.language] for status in self._criteria()}
        icon, tone = _STATES[one.state]
        notes = [("soft", visible(text)) for text in (evidence.text, evidence.link) if text]
        if one.project:
            notes.append(("soft", t("coach.project_is", name=visible(one.project))))
        if one.state == RETURNED:
            notes.append(("warn", t("coach.returned_why", reason=visible(evidence.returned))))
        if one.state == TAKEN_BACK:
            notes.append(("warn", t("coach.taken_back", day=t.date(evidence.withdrawn))))
        row = LogRow(
            icon,
            tone,
            f"{evidence.criterion}  {names.get(evidence.criterion, '')}",
            t("coaching.by", date=t.date(evidence.day), author=visible(evidence.author)),
            mark=(tone if tone != "accent" else "soft", self._state(one)),
            notes=notes,
            key=evidence.id,
        )
        if self._office and one.state == WAITING:
            row.offer(t("coach.accept"), partial(self.wanted.emit, ACCEPT, evidence.id))
            row.offer(t("coach.return"), partial(self.wanted.emit, RETURN, evidence.id))
        elif one.state in (WAITING, RETURNED):
            row.offer(t("coach.withdraw"), partial(self.wanted.emit, WITHDRAW, evidence.id))
        return row

    def _state(self, one: HandedIn) -> str:
        t = self._t
        if self._office or one.state != WAITING:
            return t(f"coach_state.{one.state}")
        return t("coach.kept_mark") if one.unsent else t("coach.waits_mark")

    def _criteria(self) -> Sequence[Status]:
        return self.shown.standing.criteria if self.shown else ()

    def _action(self, one: Action, path: DistrictPath) -> LogRow:
        t = self._t
        late = bool(one.due) and not one.done and one.due < path.today.isoformat()
        who = " · ".join(filter(None, (body_name(self._desk, one.owner), visible(one.person))))
        if one.done:
            icon, tone, mark = "circle-check", "good", ("good", t("coach.done_on", day=t.date(one.done)))
        else:
            due = t("coach.due", day=t.date(one.due)) if one.due else t("coach.no_due")
            icon, tone, mark = "circle", "warn" if late else "soft", ("warn" if late else "soft", due)
        first, more, _rest = one.text.partition("\n")
        whole = [("soft", visible(one.text))] if more or len(first) > _ONE_LINE else []
        row = LogRow(icon, tone, first, who, mark=mark, notes=whole, key=one.id)
        own = self._office or one.owner == path.district
        if own and not one.done:
            row.offer(t("coach.mark_done"), partial(self.wanted.emit, DONE, one.id))
        elif own and self._office == (one.owner == OFFICE):
            row.offer(t("coach.mark_undone"), partial(self.wanted.emit, UNDONE, one.id))
        if self._office and not one.done:
            row.offer(t("coach.withdraw"), partial(self.wanted.emit, WITHDRAW, one.id))
        return row

    def _session(self, one: Session) -> LogRow:
        t = self._t
        notes = [("soft", visible(one.text))]
        if one.following:
            notes.append(("soft", t("coach.following", day=t.date(one.following))))
        row = LogRow(
            "users",
            "accent",
            t.date(one.day),
            visible(one.participants),
            notes=notes,
            end=visible(one.author),
            key=one.id,
        )
        return row.offer(t("coach.withdraw"), partial(self.wanted.emit, WITHDRAW, one.id)) if self._office else row

    def _note(self, id_: str, day: str, author: str, text: str) -> LogRow:
        t = self._t
        row = LogRow("bookmark", "accent", t.date(day), visible(author), notes=[("soft", visible(text))], key=id_)
        return row.offer(t("coach.withdraw"), partial(self.wanted.emit, WITHDRAW, id_)) if self._office else row


_STATES = {
    WAITING: ("inbox", "accent"),
    ACCEPTED: ("circle-check", "good"),
    RETURNED: ("undo-2", "warn"),
    TAKEN_BACK: ("circle-alert", "warn"),
}


def _at_office(path: DistrictPath) -> Sequence[HandedIn]:
    """What the office has something to do about: what waits, and what left a criterion open when it was taken back."""
    lost = {status.criterion.code for status in path.standing.criteria if status.withdrawn}
    return [
        one
        for one in path.evidence
        if one.state == WAITING or (one.state == TAKEN_BACK and one.evidence.criterion in lost)
    ]


def _button(label: str, icon: str) -> QPushButton:
    button = QPushButton(label)
    icons.put(button, icon, "text", 16)
    return button
