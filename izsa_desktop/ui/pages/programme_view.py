"""A joint programme: what it is, whose projects are in it, who has agreed, who is asked and who said no."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.joint import ACCEPT, DECLINE, MAX_NOTE, Answer, Programme
from izsa_desktop.domain.rows import Indicator
from izsa_desktop.domain.text import visible
from izsa_desktop.reports.sheet_rows import number
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import Card, empty, spaced_line
from izsa_desktop.ui.widgets.column import scrolled
from izsa_desktop.ui.widgets.editor_head import tool
from izsa_desktop.ui.widgets.fields import TextField
from izsa_desktop.ui.widgets.form_row import FormRow
from izsa_desktop.ui.widgets.text import for_button, plain_label, set_role, surface
from izsa_desktop.usecases.joint import called, member_called

_ICONS = {ACCEPT: "check", DECLINE: "x"}
_PILLS = {ACCEPT: "good", DECLINE: "bad", "": "warn"}


class ProgrammeView(QWidget):
    """``answered(said, note)``: this district answers. ``project_wanted(id)``: a person wants to see a project."""

    answered = Signal(str, str)
    edit_wanted = Signal()
    away_wanted = Signal()
    project_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        surface(self, "editor")
        self._desk, t = desk, desk.t
        self.shown: Programme | None = None
        self.heading = plain_label(role="title", wrap=True)
        self.about = plain_label(role="soft", wrap=True)
        self.edit = tool("pencil", t("joint.edit"))
        self.put_away = tool("trash-2", t("joint.put_away"))
        self.doubt = Banner()
        self.ask = Card(t("joint.asked_title"), t("joint.asked_text"), icon="handshake")
        self.note = TextField(t("joint.note_hint"), lines=2)
        self.given = plain_label(wrap=True)
        self.accept = QPushButton(t("joint.accept"))
        self.decline = QPushButton(t("joint.decline"))
        self.about_card = Card(t("joint_field.purpose"), icon="file-text")
        self.purpose = plain_label(wrap=True, selectable=True)
        self.about_card.body.addWidget(self.purpose)
        self.members = Card(t("joint.members"), t("joint.members_text"), icon="list")
        self.answers = Card(t("joint.answers"), icon="users")
        self.indicators = Card(t("joint.indicators"), icon="star")
        self._lay_out()
        for button, said in ((self.accept, ACCEPT), (self.decline, DECLINE)):
            button.clicked.connect(lambda _on=False, said=said: self.answered.emit(said, str(self.note.value())))
        self.note.edited.connect(self._check)
        self.edit.clicked.connect(self.edit_wanted)
        self.put_away.clicked.connect(self.away_wanted)

    def show_programme(self, shown: Programme) -> None:
        """Shows this programme."""
        t, fields = self._desk.t, shown.fields
        same = self.shown is not None and self.shown.id == shown.id
        self.shown = shown
        self.heading.setText(called(fields, t))
        self.about.setText(" · ".join(filter(None, self._about(shown))))
        self.purpose.setText(visible(fields.purpose))
        self.about_card.setVisible(bool(fields.purpose))
        if shown.conflicts:
            self.doubt.say("circle-alert", t("joint.in_doubt"), "warn", t("joint.edit"), self.edit_wanted.emit)
        else:
            self.doubt.hide()
        self._show_members(shown)
        self._show_answers(shown)
        self._show_indicators(fields.indicators)
        self._show_own(shown, keep=same)

    def _about(self, shown: Programme) -> list[str]:
        t, known, f = self._desk.t, self._desk.workplace.reference, shown.fields
        dates = t("joint.dates", first=t.date(f.start) or "…", last=t.date(f.end) or "…") if f.start or f.end else ""
        status = known.vocabularies["status"].label(f.status, t.language) if f.status else ""
        return [t("joint.led_by", body=body_name(self._desk, f.lead)), status, dates]

    def _show_own(self, shown: Programme, *, keep: bool) -> None:
        """What this district is asked. ``keep``: what is typed stays."""
        t, own = self._desk.t, shown.answer(self._desk.workplace.identity.body)
        self.ask.setVisible(own is not None and not self._desk.office)
        if own is None or self._desk.office:
            return
        heading = t("joint.answered_title") if own.said else t("joint.asked_title")
        self.ask.heading.setText(t("joint.asked_again_title") if own.disputed else heading)
        if not keep:
            self.note.set_value(own.note)
        self._show_given(own)
        self._check()

    def _show_given(self, own: Answer) -> None:
        """Which answer this district has given; the other one is a button away."""
        t, day = self._desk.t, self._desk.t.date(own.day) if own.day else ""
        if own.disputed:
            said = t("joint.disputed_own")
        elif own.said:
            answer = t("joint.accept") if own.said == ACCEPT else t("joint.decline")
            said = t("joint.given", answer=" · ".join(filter(None, (answer, day, visible(own.author)))))
        else:
            said = ""
        self.given.setText(said)
        self.given.setVisible(bool(said))
        set_role(self.given, "warn" if own.disputed else "strong")
        chosen = "" if own.disputed else own.said
        for button, answer, name in (
            (self.accept, ACCEPT, t("joint.accept")),
            (self.decline, DECLINE, t("joint.decline")),
        ):
            is_it = answer == chosen
            set_role(button, "primary" if is_it else "tonal")
            icons.put(button, _ICONS[answer], "on_accent" if is_it else "accent", 15)
            button.setText(for_button(t("joint.chosen", answer=name) if is_it else name))

    def _check(self) -> None:
        fits = len(str(self.note.value())) <= MAX_NOTE
        self.accept.setEnabled(fits)
        self.decline.setEnabled(fits)

    def _show_members(self, shown: Programme) -> None:
        empty(self.members.body)
        for member in shown.fields.members:
            title = member_called(member, self._desk.t)
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(plain_label(title, role="strong", wrap=True))
            words.addWidget(plain_label(body_name(self._desk, member.body), role="soft", wrap=True))
            button = QPushButton(self._desk.t("joint.open"))
            button.setProperty("role", "link")
            button.setAccessibleName(self._desk.t("joint.open_named", title=title))
            button.clicked.connect(lambda _on=False, id_=member.project: self.project_wanted.emit(id_))
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addLayout(words, 1)
            line.addWidget(button)
            self.members.body.addWidget(row)

    def _show_answers(self, shown: Programme) -> None:
        empty(self.answers.body)
        for answer in shown.answers:
            self.answers.body.addWidget(self._answer(answer))

    def _answer(self, answer: Answer) -> QWidget:
        t = self._desk.t
        pill = plain_label(t(f"joint_said.{answer.said or 'asked'}"), role="pill")
        pill.setProperty("kind", _PILLS[answer.said])
        said = " · ".join(filter(None, (visible(answer.author), t.date(answer.day) if answer.day else "")))
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        name = plain_label(body_name(self._desk, answer.body), role="strong")
        column.addLayout(spaced_line(name, pill, plain_label(said, role="soft")))
        if answer.disputed:
            column.addWidget(plain_label(t("joint.disputed"), role="warn", wrap=True))
        if answer.note:
            column.addWidget(plain_label(answer.note, wrap=True, selectable=True))
        return row

    def _show_indicators(self, rows: tuple[Indicator, ...]) -> None:
        empty(self.indicators.body)
        self.indicators.setVisible(bool(rows))
        t = self._desk.t
        for row in rows:
            reached = [one.value for one in row.actuals if one.value is not None]
            values = [
                t("joint.value", name=t(f"joint_value.{name}"), value=number(value, t), unit=visible(row.unit))
                for name, value in (
                    ("baseline", row.baseline),
                    ("reached", reached[-1] if reached else None),
                    ("target", row.target),
                )
                if value is not None
            ]
            self.indicators.body.addWidget(plain_label(row.name or t("list.untitled"), role="strong", wrap=True))
            self.indicators.body.addWidget(plain_label(" · ".join(values), role="soft", wrap=True))

    # --- how it looks -------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.heading, 1)
        for button in (self.edit, self.put_away):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            button.setVisible(self._desk.office)
        head = QVBoxLayout()
        head.setContentsMargins(22, 10, 14, 8)
        head.setSpacing(2)
        head.addLayout(top)
        head.addWidget(self.about)
        self.ask.body.addWidget(self.given)
        self.ask.body.addWidget(FormRow(self._desk.t("joint.note"), self.note, self._desk.t("joint.note_help")))
        self.ask.body.addLayout(spaced_line(self.accept, self.decline))
        column = QVBoxLayout()
        column.setContentsMargins(22, 14, 22, 22)
        column.setSpacing(14)
        for widget in (self.doubt, self.ask, self.about_card, self.members, self.answers, self.indicators):
            column.addWidget(widget)
        column.addStretch(1)
        self.area = scrolled(column, self._desk.t("joint.programmes"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)
