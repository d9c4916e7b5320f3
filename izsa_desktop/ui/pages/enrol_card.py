"""How a PC is enrolled: its request for the office, and the digits that are read out. Small once done."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.files import ask_save
from izsa_desktop.ui.settings import REQUEST_WRITTEN
from izsa_desktop.ui.widgets.card import Card, spaced_line
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.enrolment import request_enrolment


class EnrolCard(Card):
    """``written``: there is a request file."""

    written = Signal()

    def __init__(self, desk: Desk, marks: Mnemonics) -> None:
        t = desk.t
        super().__init__(t("exchange.enrol_office") if desk.office else t("exchange.enrol"), step="1")
        self._desk = desk
        self.request_button = QPushButton(marks.mark(t("exchange.write_request")))
        icons.put(self.request_button, "file-down", "text", 16)
        self.request_button.clicked.connect(self._ask_request)
        self.fingerprint = plain_label(role="fingerprint", selectable=True, wrap=True)
        self.fingerprint.setAccessibleName(t("exchange.fingerprint"))
        self.request_note = plain_label(role="soft", wrap=True)
        self.details = QWidget()
        column = QVBoxLayout(self.details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        text = t("exchange.enrol_office_text") if desk.office else t("exchange.enrol_text")
        column.addWidget(plain_label(text, role="soft", wrap=True))
        column.addWidget(plain_label(t("exchange.fingerprint"), role="field", wrap=True))
        column.addWidget(self.fingerprint)
        column.addLayout(spaced_line(self.request_button))
        column.addWidget(self.request_note)
        self.body.addWidget(self.details)

    def show_state(self, fingerprint: str, *, enrolled: bool) -> None:
        """How far it is."""
        t, written = self._desk.t, self._desk.settings.text(REQUEST_WRITTEN)
        self.fingerprint.setText(fingerprint)
        self.request_note.setText(t("exchange.request_written", file=written) if written else "")
        self.request_note.setVisible(bool(written))
        self.details.setVisible(not enrolled)
        if not self._desk.office:
            self.heading.setText(t("exchange.is_enrolled") if enrolled else t("exchange.enrol"))
        self.set_done(enrolled or bool(written))

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
        t = self._desk.t
        self._desk.notify.good(t("exchange.request_done_office") if self._desk.office else t("exchange.request_done"))
        self.written.emit()
