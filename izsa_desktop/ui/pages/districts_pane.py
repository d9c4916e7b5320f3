"""Who may send, at the office: when heard of last, what is missing, shutting out; and the answers to the districts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.coaching import Note
from izsa_desktop.domain.dates import parts
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import visible
from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.dialogs.coaching import CoachingDialog
from izsa_desktop.ui.dialogs.confirm import Words, confirm
from izsa_desktop.ui.dialogs.files import ask_folder, ask_save
from izsa_desktop.ui.folders import open_folder
from izsa_desktop.ui.models.enrolled_model import EnrolledModel
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import Card, spaced_line
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.ui.widgets.wide_table import WideTable
from izsa_desktop.usecases.answering import Districts, answer_all, answer_name, districts
from izsa_desktop.usecases.coaching import notes, write_note
from izsa_desktop.usecases.enrolment import revoke
from izsa_desktop.usecases.sending import Exported, answer
from izsa_desktop.usecases.trusting import Enrolled, looked_through


class DistrictsPane(QWidget):
    """Fingerprint, PCs, answers."""

    def __init__(self, desk: Desk, marks: Mnemonics) -> None:
        """``marks``: letters of the page."""
        super().__init__()
        self._desk, self._marks = desk, marks
        self._districts: Districts | None = None
        self.due = Banner()
        self.done = Banner()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for part in (self.due, self.done, self._enrolled_card(), self._fingerprint_card()):
            column.addWidget(part)
        desk.changes.changed.connect(self._changed)
        self.reload()

    def _fingerprint_card(self) -> Card:
        t = self._desk.t
        card = Card(t("exchange.office_digits"), t("exchange.office_digits_text"), icon="shield-check")
        self.fingerprint = plain_label(role="fingerprintLarge", selectable=True)
        self.fingerprint.setAccessibleName(t("exchange.office_digits"))
        card.body.addLayout(spaced_line(self.fingerprint))
        return card

    def _enrolled_card(self) -> Card:
        t, mark = self._desk.t, self._marks.mark
        card = Card(t("exchange.members"), t("exchange.members_text"), icon="users")
        self.model = EnrolledModel(self._desk)
        self.table = WideTable(self.model, t("exchange.members"))
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._offer())
        self.answer_button = _button("send", mark(t("exchange.answer")), self._ask_answer)
        self.shut_out_button = _button("circle-x", mark(t("exchange.shut_out")), self.ask_shut_out)
        self.coach_button = _button("bookmark", mark(t("coaching.open")), self.ask_notes)
        self.all_button = _button("package-check", mark(t("exchange.answer_all")), self._ask_all)
        self.all_button.setProperty("role", "primary")
        icons.put(self.all_button, "package-check", "on_accent", 16)
        self.without = plain_label(role="soft", wrap=True)
        card.body.addWidget(self.table)
        card.body.addLayout(spaced_line(self.all_button, self.answer_button, self.coach_button, self.shut_out_button))
        card.body.addWidget(self.without)
        return card

    # --- what is shown ------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads who is enrolled."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: districts(workplace), self._show)

    def _changed(self, kinds: frozenset[str], _by: object) -> None:
        if kinds & {changes.BUNDLES, changes.TRUST}:
            self.reload()

    def _show(self, found: Districts) -> None:
        t, before = self._desk.t, self.chosen
        self._districts = found
        trust = found.view.trust
        self.fingerprint.setText(trust.fingerprint)
        self.model.show(found.view.enrolled, found.answers)
        self.table.fit()
        if before is not None:
            rows = [n for n, one in enumerate(self.model.rows) if one.replica == before.replica]
            self.table.choose(rows[0] if rows else -1)
        self.without.setText(t("exchange.without", names=", ".join(found.without), count=len(found.without)))
        self.without.setVisible(bool(found.without))
        self.all_button.setEnabled(any(not one.own and one.member.revoked_after_seq is None for one in self.model.rows))
        if parts(trust.review_by) and trust.review_by < date.today().isoformat():
            sentence = t("exchange.review_due", day=t.date(trust.review_by))
            self.due.say("history", sentence, "warn", t("exchange.review_done"), self.looked_through)
        else:
            self.due.hide()
        self._offer()

    @property
    def chosen(self) -> Enrolled | None:
        """The PC of the chosen row."""
        row = self.table.chosen
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _offer(self) -> None:
        one = self.chosen
        theirs = one is not None and not one.own
        out = one is not None and one.member.revoked_after_seq is not None
        self.answer_button.setEnabled(theirs)
        self.coach_button.setEnabled(one is not None and one.member.district != OFFICE)
        self.shut_out_button.setEnabled(theirs and not out)

    def looked_through(self) -> None:
        """The list is as it should be: the next look is in a year."""
        workplace = self._desk.workplace
        self._desk.tasks.run(
            self,
            lambda: looked_through(workplace),
            lambda _trust: self._desk.changes.announce(changes.TRUST, by=self),
        )

    # --- shutting out -------------------------------------------------------------------------------------------------

    def ask_shut_out(self) -> None:
        """Shuts the chosen PC out, once a person has read what that means."""
        one, t = self.chosen, self._desk.t
        if one is None:
            return
        seq = one.last.seq if one.last else 0
        who = t("exchange.sender", district=body_name(self._desk, one.member.district), person=one.member.person)
        sentences = [
            who,
            t("exchange.shut_out_up_to", seq=seq) if seq else t("exchange.shut_out_none"),
            t("exchange.shut_out_why"),
            t("exchange.shut_out_then"),
        ]
        words = Words(t("exchange.shut_out_title"), sentences, t("exchange.shut_out_go"), t("exchange.leave"))
        confirm(words, self.window(), lambda: self.shut_out(one))

    def shut_out(self, one: Enrolled) -> None:
        """Its bundles count up to the newest that is here."""
        workplace, words = self._desk.workplace, self._desk.t("exchange.shutting_out")
        self._desk.tasks.watch(
            self, words, lambda _progress: revoke(workplace, one.replica), lambda _trust: self._is_out(one)
        )

    def _is_out(self, one: Enrolled) -> None:
        t = self._desk.t
        self._desk.notify.good(t("exchange.is_out", person=visible(one.member.person)))
        self._desk.changes.announce(changes.TRUST, changes.BUNDLES, changes.PROJECTS, by=self)

    # --- coaching -----------------------------------------------------------------------------------------------------

    def ask_notes(self) -> None:
        """Shows what was written to the chosen PC's district, and takes a new note."""
        one, workplace = self.chosen, self._desk.workplace
        if one is not None:
            district = one.member.district
            self._desk.tasks.run(
                self, lambda: notes(workplace, district), lambda found: self._show_notes(district, found)
            )

    def _show_notes(self, district: str, found: list[Note]) -> None:
        name = self._desk.workplace.reference.district_name(district, self._desk.t.language)
        dialog = CoachingDialog(name, found, self._desk.t, self.window())
        dialog.written.connect(lambda text: self.write_note(district, name, text))
        dialog.open()

    def write_note(self, district: str, name: str, text: str) -> None:
        """Keeps a note; it goes with the next answer."""
        workplace, said = self._desk.workplace, self._desk.t("coaching.written", district=name)
        self._desk.tasks.run(
            self, lambda: write_note(workplace, district, text), lambda _id: self._desk.notify.good(said)
        )

    # --- answers ------------------------------------------------------------------------------------------------------

    def _ask_answer(self) -> None:
        one, workplace = self.chosen, self._desk.workplace
        if one is not None:
            district = one.member.district
            self._desk.tasks.run(
                self, lambda: answer_name(workplace, district), lambda name: self._ask_file(district, name)
            )

    def _ask_file(self, district: str, name: str) -> None:
        t = self._desk.t
        ask_save(
            self,
            self._desk.settings,
            t("exchange.answer"),
            name=name,
            kind=t("exchange.bundle_kind"),
            chosen=lambda path: self.write_answer(district, path),
        )

    def write_answer(self, district: str, path: Path) -> None:
        """Writes the answer for a body."""
        workplace, words = self._desk.workplace, self._desk.t("exchange.answering")
        self._desk.tasks.watch(
            self, words, lambda progress: answer(workplace, district, path, progress), self._answered
        )

    def _ask_all(self) -> None:
        ask_folder(self, self._desk.settings, self._desk.t("exchange.answer_folder"), self.write_all)

    def write_all(self, folder: Path) -> None:
        """Writes an answer for every body into a folder."""
        workplace, words = self._desk.workplace, self._desk.t("exchange.answering")
        self._desk.tasks.watch(self, words, lambda progress: answer_all(workplace, folder, progress), self._answered)
        self._desk.tasks.run(self, lambda: districts(workplace), self._show)  # also after a cancelled one

    def _answered(self, written: list[Exported]) -> None:
        t, folder = self._desk.t, written[0].path.parent
        names = written[0].path.name if len(written) == 1 else t("exchange.answer_files", count=len(written))
        sentence = t("exchange.answered", name=names, folder=str(folder))
        self.done.say("circle-check", sentence, "good", t("exchange.open_folder"), lambda: open_folder(folder))
        self._desk.changes.announce(changes.BUNDLES, by=self)


def _button(icon: str, label: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(label)
    icons.put(button, icon, "text", 16)
    button.clicked.connect(act)
    return button
