"""The district's side of the exchange: be enrolled once, send what is new, take what the office answers."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk, local_time
from izsa_desktop.ui.dialogs.passphrase import NewKeyDialog
from izsa_desktop.ui.pages.coaching_card import CoachingCard
from izsa_desktop.ui.pages.enrol_card import EnrolCard
from izsa_desktop.ui.pages.inbox import Inbox
from izsa_desktop.ui.pages.send_card import SendCard
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import Card, scrolling_page
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.ui.widgets.log_list import LogList, LogRow
from izsa_desktop.usecases.outbox import Outbox, outbox

MOST_SHOWN = 50
_KINDS = frozenset({changes.PROJECTS, changes.BUNDLES, changes.TRUST, changes.COACHING})


class SendPage(QWidget):
    """Three steps and the register. ``renewal_wanted``: a person has confirmed that this PC is to have a new key."""

    renewal_wanted = Signal()
    conflicts_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, t = desk, desk.t
        self._stale = True
        self._arrived = False
        scroll, column = scrolling_page(t("exchange.send_title"), t("exchange.send_subtitle"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.trouble = Banner()
        marks = Mnemonics()
        self.enrol = EnrolCard(desk, marks)
        self.send = SendCard(desk, marks)
        self.inbox = Inbox(desk, t("exchange.drop_answer"), marks)
        self.inbox.conflicts_wanted.connect(self.conflicts_wanted)
        answer = Card(t("exchange.answer_card"), t("exchange.answer_card_text"), step="3")
        answer.body.addWidget(self.inbox)
        self.log = LogList(t("exchange.nothing_sent"))
        sent = Card(t("exchange.sent"), t("exchange.sent_text"), icon="history")
        sent.body.addWidget(self.log)
        self.coaching = CoachingCard(desk)
        for part in (self.trouble, self.enrol, self.send, answer, self.coaching, sent):
            column.addWidget(part)
        column.addStretch(1)
        self.enrol.written.connect(self.reload)
        self.send.ended.connect(self.reload)
        desk.changes.changed.connect(self._changed)
        self.reload()

    def reload(self) -> None:
        """Reads everything again."""
        workplace = self._desk.workplace
        self._stale = False
        self._desk.tasks.run(self, lambda: outbox(workplace), self._show)
        self.coaching.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def _changed(self, kinds: frozenset[str], _by: object) -> None:
        """Nobody waits for a page that is not seen."""
        if kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.reload()

    def _show(self, state: Outbox) -> None:
        held = self.focusWidget() if self._arrived else None
        self._show_state(state)
        if held is None or not (held.isVisible() and held.isEnabled()):
            self._take_keyboard()
        self._arrived = True

    def _take_keyboard(self) -> None:
        """To what is to be done next; never to what only happens to stand there."""
        steps = [self.send.send_button, self.send.result.action, self.inbox.drop.button]
        if not self._arrived:
            steps.insert(0, self.enrol.request_button)
        there = [one for one in steps if one.isVisible() and one.isEnabled()]
        if there:
            there[0].setFocus()

    def _show_state(self, state: Outbox) -> None:
        self.enrol.show_state(state.fingerprint, enrolled=state.listed and state.shut_out is None)
        self.send.show_state(state)
        self.log.set_rows([self._row(entry, state) for entry in state.sent[:MOST_SHOWN]])
        t = self._desk.t
        if state.set_back:
            self._say(t("exchange.set_back"))
        elif state.shut_out is not None:
            self._say(t("exchange.own_shut_out", seq=state.shut_out))
        else:
            self.trouble.hide()

    def _say(self, sentence: str) -> None:
        self.trouble.say("shield-alert", sentence, "bad", self._desk.t("exchange.renew"), self.ask_renewal)

    def _row(self, entry: BundleEntry, state: Outbox) -> LogRow:
        t = self._desk.t
        known = entry.seq <= state.confirmed.get(entry.replica, 0)
        return LogRow(
            *(("check-check", "good") if known else ("send", "soft")),
            t("exchange.sent_row", seq=entry.seq, count=entry.revisions),
            entry.file,
            end=local_time(t, entry.moved),
            mark=("good", t("exchange.confirmed")) if known else ("soft", t("exchange.unconfirmed")),
        )

    def ask_renewal(self) -> None:
        """A new key, once a person has read what that means."""
        dialog = NewKeyDialog(self._desk.t, self.window())
        dialog.accepted.connect(self.renewal_wanted)
        dialog.open()
