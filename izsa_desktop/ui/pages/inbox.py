"""The inbox: files are dropped, looked at, shown, and taken in when a person says so. At the office and at a district.

Nothing is written before that. What is refused is kept beside the store with the reason, and judged again.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.errors import FileChanged, TooMuchAtOnce
from izsa_desktop.ui import changes, error_text, icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.files import ask_folder, ask_open
from izsa_desktop.ui.dialogs.much_at_once import MuchAtOnceDialog
from izsa_desktop.ui.dialogs.pin_office import PinDialog
from izsa_desktop.ui.pages.kept_files import KeptFiles
from izsa_desktop.ui.pages.taken_text import taken_text
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import Card, bring_into_sight, spaced_line
from izsa_desktop.ui.widgets.drop_zone import DropZone
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.ui.widgets.log_list import LogList, LogRow
from izsa_desktop.ui.widgets.received_row import is_unknown_office, received_row
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.inbox import Brought, CloserLook, look, look_closer, pin_and_look
from izsa_desktop.usecases.parcels import Parcel
from izsa_desktop.usecases.quarantine import worth_keeping
from izsa_desktop.usecases.taking import Taken, take


class Inbox(QWidget):
    """``requests`` brings requests to be enrolled, at the office; ``conflicts_wanted``: a person wants to decide."""

    requests = Signal(object)  # tuple[EnrolmentRequest, ...]
    conflicts_wanted = Signal()

    def __init__(self, desk: Desk, words: str, marks: Mnemonics) -> None:
        """``words``: what may be dropped; ``marks``: letters of the page."""
        super().__init__()
        self._desk, t = desk, desk.t
        self._brought = Brought(())
        self._merging = False
        self._keyboard_here = False
        folder = marks.mark(t("exchange.choose_folder")) if desk.office else ""
        self.drop = DropZone(words, marks.mark(t("exchange.choose")), folder, main=desk.office)
        self.preview = self._preview_card()
        self.done = Banner()
        self.kept = KeptFiles(desk, marks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for part in (self.drop, self.done, self.preview, self.kept):
            column.addWidget(part)
        self.drop.dropped.connect(self.receive)
        self.drop.choose.connect(self._ask_files)
        self.drop.choose_folder.connect(self._ask_folder)
        self.kept.taken.connect(self._judged)
        self.kept.look_wanted.connect(self.look_closer)

    def _preview_card(self) -> Card:
        t = self._desk.t
        card = Card(t("exchange.preview"), icon="shield-check")
        self.said = plain_label(role="soft", wrap=True)
        self.rows = LogList("")
        self.merge_button = QPushButton()
        self.merge_button.setProperty("role", "primary")
        icons.put(self.merge_button, "check", "on_accent", 16)
        self.merge_button.clicked.connect(self.merge)
        self.dismiss_button = QPushButton(t("exchange.dismiss"))
        self.dismiss_button.clicked.connect(self.dismiss)
        card.body.addWidget(self.said)
        card.body.addWidget(self.rows)
        card.body.addLayout(spaced_line(self.merge_button, self.dismiss_button))
        card.hide()
        return card

    # --- looking ------------------------------------------------------------------------------------------------------

    def _ask_files(self) -> None:
        t = self._desk.t
        kinds = f"{t('exchange.incoming_kind')};;{t('exchange.any_kind')}"
        ask_open(self, self._desk.settings, t("exchange.choose"), kinds, self.receive)

    def _ask_folder(self) -> None:
        t = self._desk.t
        ask_folder(self, self._desk.settings, t("exchange.choose_folder"), lambda folder: self.receive([folder]))

    def receive(self, paths: Sequence[Path]) -> None:
        """Looks at files and folders."""
        self.done.hide()
        self._look(paths, self._seen)

    def look_again(self) -> None:
        """Looks at the same files by what is known now. Requests have been asked about."""
        if not self.preview.isHidden():
            self._look(self._brought.paths, self._show)

    def _look(self, paths: Sequence[Path], then: Callable[[Brought], None]) -> None:
        workplace, brought, words = self._desk.workplace, tuple(paths), self._desk.t("exchange.checking")
        self._desk.tasks.watch(self, words, lambda progress: look(workplace, brought, progress), then)

    def _seen(self, brought: Brought) -> None:
        self._show(brought)
        self._go_to_preview()
        if brought.requests:
            self.requests.emit(brought.requests)
        if not brought.bundles and not brought.requests:
            t = self._desk.t
            known = t("exchange.all_enrolled", count=brought.enrolled) if brought.enrolled else t("exchange.nothing_in")
            self._desk.notify.good(known)
        if self._unknown_office:
            self.ask_digits()

    def _go_to_preview(self) -> None:
        """What was found is in sight, and the keyboard on what takes it in."""
        if self.preview.isVisible():
            bring_into_sight(self.preview, self.merge_button)
        if self.merge_button.isVisible():
            self.merge_button.setFocus()

    def _show(self, brought: Brought, *, left: bool = False) -> None:
        """``left``: of what was brought this was not taken in."""
        self._brought = brought
        self.rows.set_rows([self._row(item) for item in brought.bundles])
        good, keep, t = len(self._good), len(self._to_keep), self._desk.t
        self.preview.heading.setText(t("exchange.left") if left else t("exchange.preview"))
        self.said.setText(t("exchange.left_text") if left else t("exchange.preview_text"))
        self.merge_button.setText(
            for_button(
                t("exchange.keep", count=keep)
                if not good
                else t("exchange.merge", count=good)
                if self._desk.office
                else t("exchange.take", count=good)
            )
        )
        self.merge_button.setVisible(bool(good or keep))
        self.preview.setVisible(bool(brought.bundles))

    def _row(self, item: Received) -> LogRow:
        row, t = received_row(item, self._desk), self._desk.t
        if isinstance(item.refusal, TooMuchAtOnce):
            row.offer(t("exchange.much_look"), lambda: self.look_closer(item.parcel), role="")
        elif isinstance(item.refusal, FileChanged):
            row.offer(t("exchange.look_again"), self.look_again, role="")
        elif is_unknown_office(item.refusal):
            row.offer(t("exchange.pin_open"), self.ask_digits, role="")
        return row

    @property
    def _good(self) -> list[Parcel]:
        return [item.parcel for item in self._brought.bundles if item.refusal is None and not item.known]

    @property
    def _to_keep(self) -> list[Parcel]:
        return [item.parcel for item in self._brought.bundles if worth_keeping(item.refusal)]

    @property
    def _unknown_office(self) -> bool:
        return any(is_unknown_office(item.refusal) for item in self._brought.bundles)

    def dismiss(self) -> None:
        """Nothing of it is wanted."""
        self._show(Brought(()))

    # --- which office is ours -----------------------------------------------------------------------------------------

    def ask_digits(self) -> None:
        """Asks for the office's digits, then looks at the same files again."""
        dialog = PinDialog(self._desk.t, self.window())
        dialog.given.connect(lambda digits: self._try_digits(dialog, digits))
        dialog.open()

    def _try_digits(self, dialog: PinDialog, digits: str) -> None:
        workplace, paths, t = self._desk.workplace, self._brought.paths, self._desk.t

        def tried(brought: Brought) -> None:
            self._show(brought)
            self._desk.changes.announce(changes.BUNDLES, changes.PROJECTS, changes.TRUST, by=self)  # of what was kept
            if self._unknown_office:
                dialog.refuse(t("exchange.pin_differs"))
            else:
                dialog.accept()
                self._go_to_preview()

        self._desk.tasks.run(
            dialog,
            lambda: pin_and_look(workplace, digits, paths),
            tried,
            lambda error: dialog.refuse(error_text.sentence(t, error)),
        )

    # --- taking in ----------------------------------------------------------------------------------------------------

    def merge(self) -> None:
        """Takes in what is good, and keeps aside what may become so."""
        self._take([*self._good, *self._to_keep])

    def look_closer(self, file: Path | Parcel) -> None:
        """Shows what a bundle does that changes very much; it is taken in when a person has understood that."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: look_closer(workplace, file), self._ask_much)

    def _ask_much(self, seen: CloserLook) -> None:
        dialog = MuchAtOnceDialog(seen, self._desk, self.window())
        dialog.accepted.connect(lambda: self._take([seen.received.parcel], confirmed=True))
        dialog.open()

    def _take(self, parcels: Sequence[Parcel], *, confirmed: bool = False) -> None:
        workplace, chosen, focus = self._desk.workplace, tuple(parcels), QApplication.focusWidget()
        self._keyboard_here = focus is not None and self.isAncestorOf(focus)
        self._merging = True
        self.merge_button.setEnabled(False)
        self._desk.tasks.watch(
            self,
            self._desk.t("exchange.merging"),
            lambda progress: take(workplace, chosen, progress, confirmed=confirmed),
            self._taken,
            self._not_taken,
        )
        self._desk.tasks.run(self, lambda: None, lambda _none: self._ended())  # also after a cancelled one

    def _taken(self, taken: Taken) -> None:
        self._merging = False
        outcomes = {item.parcel.place for item in taken.received}
        left = [item for item in self._brought.bundles if item.parcel.place not in outcomes and not item.known]
        left = [item for item in left if item.refusal is not None]
        left += [item for item in taken.received if item.refusal is not None and not worth_keeping(item.refusal)]
        self._show(replace(self._brought, bundles=tuple(left)), left=True)
        self._tell(taken)
        if self._keyboard_here:  # what had it is gone
            (self.done.action if self.done.action.isVisible() else self.drop.button).setFocus()

    def _judged(self, taken: Taken) -> None:
        """Of what was kept, a person is to look at what changes very much."""
        much = [item for item in taken.received if isinstance(item.refusal, TooMuchAtOnce)]
        if much:
            self._show(Brought(tuple(item.path for item in much), tuple(much)), left=True)
        self._tell(taken)

    def _not_taken(self, error: Exception) -> None:
        self._merging = False
        self._desk.notify.failed(error)

    def _ended(self) -> None:
        self.merge_button.setEnabled(True)
        if self._merging:  # cancelled: what was taken in until then stays
            self._merging = False
            self._desk.changes.announce(changes.BUNDLES, changes.PROJECTS, changes.TRUST, by=self)
            self.look_again()

    def _tell(self, taken: Taken) -> None:
        t = self._desk.t
        sentence, tone = taken_text(taken, t)
        if taken.conflicts and any(item.conflicts for item in taken.received):
            self.done.say(
                "git-fork",
                sentence,
                tone,
                t("exchange.to_conflicts", count=taken.conflicts),
                self.conflicts_wanted.emit,
            )
        else:
            self.done.say("circle-check" if tone == "good" else "circle-alert", sentence, tone)
        self._desk.changes.announce(changes.BUNDLES, changes.PROJECTS, changes.TRUST, by=self)
