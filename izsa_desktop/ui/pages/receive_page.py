"""Receiving, at the office: look at bundles before anything is written, merge the good ones, admit district PCs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.bundle.enrolment import EnrolmentRequest
from izsa_desktop.bundle.trust import Member
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk, local_time
from izsa_desktop.ui.dialogs.accept_pc import AcceptDialog
from izsa_desktop.ui.dialogs.files import ask_open
from izsa_desktop.ui.widgets.card import Card, scrolling_page, spaced_line
from izsa_desktop.ui.widgets.drop_zone import DropZone
from izsa_desktop.ui.widgets.log_list import LogList, LogRow
from izsa_desktop.usecases.enrolment import accept_enrolment, enrolled, read_request
from izsa_desktop.usecases.exchange import Received, bundle_log, merge_bundles, preview_bundles
from izsa_desktop.usecases.workplace import Workplace

REQUEST_SUFFIX = ".enrol"
MOST_SHOWN = 100
"""Received bundles in the list, newest first; the copies of all are in the workplace's folder."""


@dataclass(frozen=True, slots=True)
class ReceiveState:
    """What the page shows."""

    members: list[tuple[str, Member]]
    received: list[BundleEntry]


def receive_state(workplace: Workplace) -> ReceiveState:
    """Reads it; on the worker."""
    return ReceiveState(enrolled(workplace), bundle_log(workplace, "in"))


class ReceivePage(QWidget):
    """Drop zone, preview, and who and what is in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, t = desk, desk.t
        self._looked_at: tuple[Path, ...] = ()
        self._previewed: tuple[Path, ...] = ()
        self._refused: list[Received] = []
        self._members: Mapping[str, Member] = {}
        scroll, column = scrolling_page(t("exchange.receive_title"), t("exchange.receive_subtitle"), width=1040)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.drop = DropZone(t("exchange.drop"), t("exchange.choose"))
        self.drop.dropped.connect(self.receive)
        self.drop.choose.connect(self._ask_files)
        column.addWidget(self.drop)
        self.preview = self._preview_card()
        column.addWidget(self.preview)
        self.members = LogList(t("exchange.no_members"))
        self.received = LogList(t("exchange.nothing_received"))
        lists = QHBoxLayout()
        lists.setSpacing(14)
        for heading, icon, rows in (
            (t("exchange.received"), "package-check", self.received),
            (t("exchange.members"), "users", self.members),
        ):
            card = Card(heading, icon=icon)
            card.body.addWidget(rows)
            card.body.addStretch(1)
            lists.addWidget(card, 1)
        column.addLayout(lists)
        column.addStretch(1)
        self._desk.changes.changed.connect(self._changed)
        self.reload()

    def _preview_card(self) -> Card:
        t = self._desk.t
        card = Card(t("exchange.preview"), t("exchange.preview_text"), icon="shield-check")
        self.rows = LogList("")
        self.merge_button = QPushButton()
        self.merge_button.setProperty("role", "primary")
        icons.put(self.merge_button, "check", "on_accent", 16)
        self.merge_button.clicked.connect(self.merge)
        self.dismiss_button = QPushButton(t("exchange.dismiss"))
        self.dismiss_button.clicked.connect(self._dismiss)
        card.body.addWidget(self.rows)
        card.body.addLayout(spaced_line(self.merge_button, self.dismiss_button))
        card.hide()
        return card

    def reload(self) -> None:
        """Reads the lists again."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: receive_state(workplace), self._show)

    def _changed(self, kinds: frozenset[str], _by: object) -> None:
        if kinds & {changes.BUNDLES, changes.TRUST}:
            self.reload()

    def _show(self, state: ReceiveState) -> None:
        t, names = self._desk.t, self._desk.workplace.reference.district_name
        self._members = dict(state.members)
        own = self._desk.workplace.identity.replica
        self.members.set_rows(
            [
                LogRow(
                    "monitor",
                    "soft",
                    t("sheet.body_office") if replica == own else names(member.district),
                    t("exchange.this_pc", person=visible(member.person)) if replica == own else member.person,
                )
                for replica, member in state.members
            ]
        )
        self.received.set_rows(
            [
                LogRow(
                    "package",
                    "soft",
                    names(entry.district),
                    t("exchange.received_row", seq=entry.seq, count=entry.revisions),
                    end=local_time(t, entry.moved),
                )
                for entry in state.received[:MOST_SHOWN]
            ]
        )

    # --- bundles ------------------------------------------------------------------------------------------------------

    def _ask_files(self) -> None:
        t = self._desk.t
        ask_open(self, self._desk.settings, t("exchange.choose"), t("exchange.incoming_kind"), self.receive)

    def receive(self, paths: Sequence[Path]) -> None:
        """Looks at files: requests to be enrolled are asked about, all others are previewed as bundles."""
        for path in paths:
            if path.suffix == REQUEST_SUFFIX:
                self.ask_about_request(path)
        bundles = tuple(path for path in paths if path.suffix != REQUEST_SUFFIX)
        if bundles:
            workplace = self._desk.workplace
            self._looked_at, self._previewed = bundles, ()
            self._desk.tasks.watch(
                self,
                self._desk.t("exchange.checking"),
                lambda progress: preview_bundles(workplace, bundles, progress),
                self._show_preview,
            )

    def _show_preview(self, found: Sequence[Received]) -> None:
        self._refused = [item for item in found if item.refusal is not None]
        self._previewed = tuple(item.path for item in found if item.refusal is None and not item.known)
        self.rows.set_rows([received_row(item, self._desk) for item in found])
        self.merge_button.setText(self._desk.t("exchange.merge", count=len(self._previewed)))
        self.merge_button.setVisible(bool(self._previewed))
        self.preview.show()

    def merge(self) -> None:
        """Takes in what the preview found good."""
        workplace, paths = self._desk.workplace, self._previewed
        self.merge_button.setEnabled(False)
        self._desk.tasks.watch(
            self,
            self._desk.t("exchange.merging"),
            lambda progress: merge_bundles(workplace, paths, progress),
            self._merged,
            self._not_merged,
        )

    def _merged(self, done: Sequence[Received]) -> None:
        self.merge_button.setEnabled(True)
        good = [item for item in done if item.refusal is None]
        left = [*self._refused, *(item for item in done if item.refusal is not None)]
        if left:
            self._show_preview(left)
        else:
            self._dismiss()
        t = self._desk.t
        new, changed = sum(item.new for item in good), sum(item.changed for item in good)
        self._desk.notify.good(t("exchange.merged", count=len(good), new=new, changed=changed))
        self._desk.changes.announce(changes.BUNDLES, changes.PROJECTS, by=self)

    def _not_merged(self, error: Exception) -> None:
        self.merge_button.setEnabled(True)
        self._desk.notify.failed(error)

    def _dismiss(self) -> None:
        self._previewed = ()
        self.preview.hide()

    # --- enrolment ----------------------------------------------------------------------------------------------------

    def ask_about_request(self, path: Path) -> None:
        """Shows who asks; a person compares the digits on the telephone and decides."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: read_request(workplace, path), self._ask_person)

    def _ask_person(self, request: EnrolmentRequest) -> None:
        dialog = AcceptDialog(request, self._desk, self.window())
        dialog.accepted.connect(lambda: self.accept(request))
        dialog.open()

    def accept(self, request: EnrolmentRequest) -> None:
        """Admits the PC."""
        workplace = self._desk.workplace
        self._desk.tasks.run(
            self, lambda: accept_enrolment(workplace, request), lambda _trust: self._accepted(request.member)
        )

    def _accepted(self, member: Member) -> None:
        district = self._desk.workplace.reference.district_name(member.district)
        self._desk.notify.good(self._desk.t("exchange.accepted", district=district, person=visible(member.person)))
        self._desk.changes.announce(changes.TRUST, by=self)
        if not self.preview.isHidden():
            self.receive(self._looked_at)


def received_row(item: Received, desk: Desk) -> LogRow:
    """One file of the preview: who sent it and what it brings, or why it is not let in."""
    t = desk.t
    if item.refusal is not None or item.bundle is None:
        why = t.error(item.refusal) if item.refusal is not None else ""
        return LogRow("circle-x", "bad", item.path.name, "", sentence=why)
    district = desk.workplace.reference.district_name(item.bundle.manifest.sender.district)
    sender = t("exchange.sender", district=district, person=visible(item.bundle.signer.person))
    if item.known:
        return LogRow("check-check", "soft", sender, item.path.name, sentence=t("exchange.known"))
    return LogRow("shield-check", "good", sender, item.path.name, end=_brings(item, t))


def _brings(item: Received, t: Translator) -> str:
    parts = [t("exchange.new", count=item.new), t("exchange.changed", count=item.changed)]
    if item.conflicts:
        parts.append(t("exchange.conflicts", count=item.conflicts))
    return " · ".join(parts)
