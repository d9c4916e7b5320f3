"""The second step of a district's PC: what the office has not confirmed goes into a bundle."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton

from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.files import ask_save
from izsa_desktop.ui.folders import open_folder
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import Card, spaced_line
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.outbox import Outbox, Waiting
from izsa_desktop.usecases.sending import Exported, export_bundle


class SendCard(Card):
    """``ended``: a bundle was written, or could not be, and the card is to be shown anew."""

    ended = Signal()

    def __init__(self, desk: Desk, marks: Mnemonics) -> None:
        t = desk.t
        super().__init__(t("exchange.send"), t("exchange.send_text"), step="2")
        self._desk = desk
        self._state: Outbox | None = None
        self._written = 0
        """The number of the last bundle of which ``result`` tells."""
        self.contents = plain_label(role="strong", wrap=True)
        self.written = plain_label(role="soft", wrap=True)
        self.incomplete = Banner()
        self.send_incomplete = QCheckBox(marks.mark(t("exchange.send_incomplete")))
        self.send_incomplete.toggled.connect(lambda _on: self._show_contents())
        self.encrypt = QCheckBox(marks.mark(t("exchange.encrypt")))
        self.no_readers = plain_label(role="soft", wrap=True)
        self.name = plain_label(role="file", selectable=True)
        self.send_button = QPushButton(marks.mark(t("exchange.write_bundle")))
        self.send_button.setProperty("role", "primary")
        icons.put(self.send_button, "send", "on_accent", 16)
        self.send_button.clicked.connect(lambda: self._ask_bundle(full=False))
        self.full_button = QPushButton(marks.mark(t("exchange.full")))
        self.full_button.setProperty("role", "link")
        self.full_button.setToolTip(t("exchange.full_tip"))
        self.full_button.setAccessibleDescription(t("exchange.full_tip"))
        self.full_button.clicked.connect(lambda: self._ask_bundle(full=True))
        self.result = Banner()
        self.body.addWidget(self.contents)
        self.body.addWidget(self.written)
        self.body.addWidget(self.incomplete)
        self.body.addLayout(spaced_line(self.send_incomplete))
        self.body.addLayout(spaced_line(self.encrypt))
        self.body.addWidget(self.no_readers)
        self.body.addLayout(spaced_line(self.send_button, self.full_button, self.name))
        self.body.addWidget(self.result)

    def show_state(self, state: Outbox) -> None:
        """What there is to send."""
        self._state = state
        self.name.setText(state.name)
        self.encrypt.setEnabled(state.readers)
        self.encrypt.setChecked(self.encrypt.isChecked() and state.readers)
        t = self._desk.t
        self.no_readers.setText(t("exchange.office_has_no_key") if state.met else t("exchange.no_readers"))
        self.no_readers.setVisible(not state.readers)
        if self._written <= state.confirmed.get(self._desk.workplace.identity.replica, 0):
            self.result.hide()  # it asks for what is done
        self._show_contents()

    def _show_contents(self) -> None:
        """What the next bundle holds."""
        state, t = self._state, self._desk.t
        if state is None:
            return
        kept = 0 if self.send_incomplete.isChecked() else state.kept
        going = state.complete if kept else state.waiting
        new = state.new_complete if kept else state.new
        self.contents.setText(self._contents(new, state, kept))
        before = t("exchange.written_before", count=state.written.saves, what=state.written.told(t))
        self.written.setText(before if new.saves else t("exchange.written_again"))
        self.written.setVisible(state.written.saves > 0)
        may = not state.set_back and state.shut_out is None
        self.send_button.setEnabled(may and going.saves > 0)
        self.full_button.setEnabled(may)
        self.full_button.setVisible(bool(state.sent))
        self.send_incomplete.setVisible(state.kept > 0)
        if kept:
            self.incomplete.say("circle-alert", t("exchange.incomplete", count=kept), "warn")
        else:
            self.incomplete.hide()

    def _contents(self, new: Waiting, state: Outbox, kept: int) -> str:
        """What is to be sent; else whether the office has it all."""
        t, since, written = self._desk.t, any(state.confirmed.values()), state.written
        if new.saves:
            what = new.told(t)
            if since and not written.saves:
                return t("exchange.contents_since", count=new.saves, what=what)
            return t("exchange.contents", count=new.saves, what=what)
        if written.saves:
            return t("exchange.all_written", count=written.saves, what=written.told(t))
        return t("exchange.all_confirmed") if since and not kept else t("exchange.nothing_to_send")

    def _ask_bundle(self, *, full: bool) -> None:
        if self._state is None:
            return
        t = self._desk.t
        ask_save(
            self,
            self._desk.settings,
            t("exchange.write_bundle"),
            name=self._state.name,
            kind=t("exchange.bundle_kind"),
            chosen=lambda path: self.write_bundle(path, full=full),
        )

    def write_bundle(self, path: Path, *, full: bool = False) -> None:
        """Writes the bundle; what the card shows afterwards says where it is and what to do next."""
        workplace, complete_only = self._desk.workplace, not self.send_incomplete.isChecked()
        encrypt = self.encrypt.isChecked()
        if self.send_button.hasFocus():
            self.send_button.clearFocus()  # else it would go on to the next button, which is another thing
        self.send_button.setEnabled(False)
        self.result.hide()
        self._desk.tasks.watch(
            self,
            self._desk.t("exchange.sending"),
            lambda progress: export_bundle(
                workplace, path, progress, complete_only=complete_only, full=full, encrypt=encrypt
            ),
            self._sent,
        )
        self._desk.tasks.run(self, lambda: None, lambda _none: self.ended.emit())  # also after a cancelled one

    def _sent(self, exported: list[Exported]) -> None:
        t = self._desk.t
        path, self._written = exported[0].path, exported[-1].seq
        text = t("exchange.done", count=len(exported), name=path.name, folder=str(path.parent))
        self.result.say("circle-check", text, "good", t("exchange.open_folder"), lambda: open_folder(path.parent))
        self._desk.changes.announce(changes.BUNDLES, by=self)
