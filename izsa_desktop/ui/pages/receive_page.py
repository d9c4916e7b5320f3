"""The office's side of the exchange: what comes in, and who may send."""

from collections import deque
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from izsa_desktop.bundle.enrolment import EnrolmentRequest
from izsa_desktop.bundle.trust import Member
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import visible
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk, body_name, local_time
from izsa_desktop.ui.dialogs.accept_pc import AcceptDialog
from izsa_desktop.ui.pages.districts_pane import DistrictsPane
from izsa_desktop.ui.pages.enrol_card import EnrolCard
from izsa_desktop.ui.pages.inbox import Inbox
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import Card, scrolling_page
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.ui.widgets.log_list import LogList, LogRow
from izsa_desktop.ui.widgets.tabs import Tabs
from izsa_desktop.usecases.enrolment import OwnPlace, accept_enrolment, own_place
from izsa_desktop.usecases.sending import bundle_log

INBOX, DISTRICTS = 0, 1
MOST_SHOWN = 50
"""Received bundles in the list, newest first; the copies of all are in the workplace's folder."""


class ReceivePage(QWidget):
    """Two parts: the inbox, and the districts' PCs. ``conflicts_wanted``: a person wants to decide."""

    conflicts_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, t = desk, desk.t
        self._asked: deque[EnrolmentRequest] = deque()
        self._asking = False
        scroll, column = scrolling_page(t("exchange.receive_title"), t("exchange.receive_subtitle"), width=1040)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        marks = Mnemonics()
        incoming, districts = marks.mark(t("exchange.incoming")), marks.mark(t("exchange.districts"))
        self.inbox = Inbox(desk, t("exchange.drop"), marks)
        self.inbox.requests.connect(self.ask)
        self.inbox.conflicts_wanted.connect(self.conflicts_wanted)
        self.received = LogList(t("exchange.nothing_received"))
        self.districts = DistrictsPane(desk, marks)
        self.enrol = EnrolCard(desk, marks)
        self.enrol.hide()
        self.enrol.written.connect(self.reload)
        self.reads = Banner()
        self.tabs = Tabs()
        self.tabs.add("inbox", incoming, self._incoming())
        self.tabs.add("users", districts, self.districts)
        for part in (self.enrol, self.reads, self.tabs):
            column.addWidget(part)
        column.addStretch(1)
        desk.changes.changed.connect(self._changed)
        self.reload()

    def _incoming(self) -> QWidget:
        card = Card(self._desk.t("exchange.received"), icon="package-check")
        card.body.addWidget(self.received)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.inbox)
        column.addWidget(card)
        return part

    def reload(self) -> None:
        """Reads what was received again, and how this PC stands in the office's list."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: bundle_log(workplace, "in")[:MOST_SHOWN], self._show)
        self._desk.tasks.run(self, lambda: own_place(workplace), self._show_own)

    def _show_own(self, own: OwnPlace) -> None:
        """The office's first PC is always in; a further one is enrolled as a district's is."""
        self.enrol.show_state(own.fingerprint, enrolled=own.enrolled)
        self.enrol.setVisible(not own.enrolled)
        if own.enrolled and not own.speaks:
            self.reads.say("shield-check", self._desk.t("exchange.own_reads"))
        else:
            self.reads.hide()

    def _changed(self, kinds: frozenset[str], _by: object) -> None:
        if kinds & {changes.BUNDLES, changes.TRUST}:
            self.reload()

    def _show(self, received: list[BundleEntry]) -> None:
        self.received.set_rows([self._row(entry) for entry in received])

    def _row(self, entry: BundleEntry) -> LogRow:
        t = self._desk.t
        soft = t("exchange.received_row", seq=entry.seq, count=entry.revisions)
        return LogRow("package", "soft", body_name(self._desk, entry.district), soft, end=local_time(t, entry.moved))

    # --- enrolment ----------------------------------------------------------------------------------------------------

    def ask(self, requests: Iterable[EnrolmentRequest]) -> None:
        """Shows who asks, one after the other; a person compares the digits on the telephone and decides."""
        self._asked.extend(requests)
        if not self._asking:
            self._ask_next()

    def _ask_next(self) -> None:
        self._asking = bool(self._asked)
        if not self._asked:
            return
        request = self._asked.popleft()
        dialog = AcceptDialog(request, self._desk, self.window())
        dialog.accepted.connect(lambda: self.accept(request, dialog.role))
        dialog.finished.connect(lambda _result: self._ask_next())
        dialog.open()

    def accept(self, request: EnrolmentRequest, role: str = "") -> None:
        """Admits the PC; ``role``: one of the office itself."""
        workplace = self._desk.workplace
        self._desk.tasks.run(
            self, lambda: accept_enrolment(workplace, request, role), lambda _trust: self._accepted(request.member)
        )

    def _accepted(self, member: Member) -> None:
        t, person = self._desk.t, visible(member.person)
        district = self._desk.workplace.reference.district_name(member.district)
        office = member.district == OFFICE
        self._desk.notify.good(
            t("exchange.accepted_office", person=person)
            if office
            else t("exchange.accepted", district=district, person=person)
        )
        self._desk.changes.announce(changes.TRUST, changes.BUNDLES, changes.PROJECTS, by=self)
        self.inbox.look_again()
