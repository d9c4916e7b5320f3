"""Sending, at a district: be enrolled once, then write bundles and bring them to the office."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk, local_time
from izsa_desktop.ui.dialogs.files import ask_save
from izsa_desktop.ui.settings import REQUEST_WRITTEN
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import Card, scrolling_page, spaced_line
from izsa_desktop.ui.widgets.log_list import LogList, LogRow
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.enrolment import own_fingerprint, request_enrolment
from izsa_desktop.usecases.exchange import (
    Exported,
    bundle_log,
    export_bundle,
    incomplete_projects,
    suggested_name,
)
from izsa_desktop.usecases.projects import count_projects
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class SendState:
    """What the page shows."""

    fingerprint: str
    name: str
    projects: int
    incomplete: int
    sent: list[BundleEntry]


def send_state(workplace: Workplace) -> SendState:
    """Reads it; on the worker."""
    return SendState(
        own_fingerprint(workplace),
        suggested_name(workplace),
        count_projects(workplace),
        len(incomplete_projects(workplace)),
        bundle_log(workplace, "out"),
    )


class SendPage(QWidget):
    """Two steps and what was sent."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, t = desk, desk.t
        self._state: SendState | None = None
        scroll, column = scrolling_page(t("exchange.send_title"), t("exchange.send_subtitle"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.enrol = self._enrol_card()
        self.send = self._send_card()
        self.bring = Card(t("exchange.bring"), t("exchange.bring_text"), step="3")
        self.log = LogList(t("exchange.nothing_sent"))
        sent = Card(t("exchange.sent"), icon="history")
        sent.body.addWidget(self.log)
        for card in (self.enrol, self.send, self.bring, sent):
            column.addWidget(card)
        column.addStretch(1)
        self._desk.changes.changed.connect(self._changed)
        self.reload()

    def _enrol_card(self) -> Card:
        t = self._desk.t
        card = Card(t("exchange.enrol"), t("exchange.enrol_text"), step="1")
        self.request_button = QPushButton(t("exchange.write_request"))
        icons.put(self.request_button, "file-down", "text", 16)
        self.request_button.clicked.connect(self._ask_request)
        self.fingerprint = plain_label(role="fingerprint", selectable=True, wrap=True)
        self.fingerprint.setAccessibleName(t("exchange.fingerprint"))
        self.request_note = plain_label(role="soft", wrap=True)
        card.body.addWidget(plain_label(t("exchange.fingerprint"), role="field", wrap=True))
        card.body.addWidget(self.fingerprint)
        card.body.addLayout(spaced_line(self.request_button))
        card.body.addWidget(self.request_note)
        return card

    def _send_card(self) -> Card:
        t = self._desk.t
        card = Card(t("exchange.send"), t("exchange.send_text"), step="2")
        self.contents = plain_label(wrap=True)
        self.incomplete = Banner()
        self.send_incomplete = QCheckBox(t("exchange.send_incomplete"))
        self.send_incomplete.toggled.connect(lambda _: self._show_contents())
        self.name = plain_label(role="file", selectable=True)
        self.send_button = QPushButton(t("exchange.write_bundle"))
        self.send_button.setProperty("role", "primary")
        icons.put(self.send_button, "send", "on_accent", 16)
        self.send_button.clicked.connect(self._ask_bundle)
        self.result = Banner()
        card.body.addWidget(self.contents)
        card.body.addWidget(self.incomplete)
        card.body.addWidget(self.send_incomplete)
        card.body.addLayout(spaced_line(self.send_button, self.name))
        card.body.addWidget(self.result)
        return card

    def reload(self) -> None:
        """Reads everything again."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: send_state(workplace), self._show)

    def _changed(self, kinds: frozenset[str], _by: object) -> None:
        if kinds & {changes.PROJECTS, changes.BUNDLES}:
            self.reload()

    def _show(self, state: SendState) -> None:
        self._state = state
        t = self._desk.t
        self.fingerprint.setText(state.fingerprint)
        written = self._desk.settings.text(REQUEST_WRITTEN)
        self.request_note.setText(t("exchange.request_written", file=written) if written else "")
        self.request_note.setVisible(bool(written))
        self.enrol.set_done(bool(written))
        self.name.setText(state.name)
        self._show_contents()
        self.log.set_rows(
            [
                LogRow(
                    "package-check",
                    "good",
                    entry.file,
                    t("exchange.sent_row", seq=entry.seq, count=entry.revisions),
                    end=local_time(t, entry.moved),
                )
                for entry in state.sent
            ]
        )

    def _show_contents(self) -> None:
        """What the next bundle holds."""
        state, t = self._state, self._desk.t
        if state is None:
            return
        kept = 0 if self.send_incomplete.isChecked() else state.incomplete
        self.contents.setText(t("exchange.contents", count=state.projects - kept))
        self.send_button.setEnabled(state.projects > kept)
        self.send_incomplete.setVisible(state.incomplete > 0)
        if kept:
            self.incomplete.say("circle-alert", t("exchange.incomplete", count=kept), "warn")
        else:
            self.incomplete.hide()

    # --- enrolment ----------------------------------------------------------------------------------------------------

    def _ask_request(self) -> None:
        t, identity = self._desk.t, self._desk.workplace.identity
        short = self._desk.workplace.reference.district(identity.body).short_code
        ask_save(
            self,
            self._desk.settings,
            t("exchange.write_request"),
            name=f"{short}_{identity.replica[:4]}.enrol",
            kind=t("exchange.request_kind"),
            chosen=self.write_request,
        )

    def write_request(self, path: Path) -> None:
        """Writes this PC's request for the office."""
        workplace = self._desk.workplace
        self._desk.tasks.run(
            self, lambda: request_enrolment(workplace, path), lambda _fingerprint: self._request_written(path)
        )

    def _request_written(self, path: Path) -> None:
        self._desk.settings.set_text(REQUEST_WRITTEN, str(path))
        self._desk.notify.good(self._desk.t("exchange.request_done"))
        self.reload()

    # --- sending ------------------------------------------------------------------------------------------------------

    def _ask_bundle(self) -> None:
        if self._state is None:
            return
        t = self._desk.t
        ask_save(
            self,
            self._desk.settings,
            t("exchange.write_bundle"),
            name=self._state.name,
            kind=t("exchange.bundle_kind"),
            chosen=self.write_bundle,
        )

    def write_bundle(self, path: Path) -> None:
        """Writes the bundle; what the page shows afterwards says where it is and what to do next."""
        workplace, complete_only = self._desk.workplace, not self.send_incomplete.isChecked()
        self.send_button.setEnabled(False)
        self._desk.tasks.watch(
            self,
            self._desk.t("exchange.sending"),
            lambda progress: export_bundle(workplace, path, progress, complete_only=complete_only),
            self._sent,
            self._not_sent,
        )

    def _sent(self, exported: list[Exported]) -> None:
        t = self._desk.t
        path = exported[0].path
        text = t("exchange.done", count=len(exported), name=path.name, folder=str(path.parent))
        self.result.say("circle-check", text, "good", t("exchange.open_folder"), lambda: open_folder(path.parent))
        self._desk.changes.announce(changes.BUNDLES, by=self)

    def _not_sent(self, error: Exception) -> None:
        self.reload()
        self._desk.notify.failed(error)


def open_folder(folder: Path) -> None:
    """Shows a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
