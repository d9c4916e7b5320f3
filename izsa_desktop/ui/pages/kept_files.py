"""Refused files that are kept: why, judge them again, throw one away."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from izsa_desktop.domain.errors import TooMuchAtOnce
from izsa_desktop.domain.text import visible
from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk, local_time
from izsa_desktop.ui.dialogs.confirm import Words, confirm
from izsa_desktop.ui.widgets.card import Card, spaced_line
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.ui.widgets.log_list import LogList, LogRow
from izsa_desktop.ui.widgets.received_row import why
from izsa_desktop.usecases.quarantine import Quarantined, quarantined, release
from izsa_desktop.usecases.taking import Taken, take_kept

MOST_SHOWN = 50


class KeptFiles(Card):
    """Shown while there are any. ``taken`` tells what judging them again brought; ``look_wanted``: at one of them."""

    taken = Signal(object)  # Taken
    look_wanted = Signal(object)  # Parcel

    def __init__(self, desk: Desk, marks: Mnemonics) -> None:
        t = desk.t
        super().__init__(t("exchange.kept"), t("exchange.kept_text"), icon="shield-alert")
        self._desk = desk
        self.rows = LogList("")
        self.judge = QPushButton(marks.mark(t("exchange.judge_again")))
        icons.put(self.judge, "shield-check", "text", 16)
        self.judge.clicked.connect(self.judge_again)
        self.body.addWidget(self.rows)
        self.body.addLayout(spaced_line(self.judge))
        self.hide()
        desk.changes.changed.connect(self._changed)
        self.reload()

    def reload(self) -> None:
        """Looks what is kept."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: quarantined(workplace), self._show)

    def judge_again(self) -> None:
        """Judges them by what is known now; what is good goes in."""
        workplace, words = self._desk.workplace, self._desk.t("exchange.checking")
        self._desk.tasks.watch(self, words, lambda _progress: take_kept(workplace), self._judged)

    def ask_remove(self, one: Quarantined) -> None:
        """Throws a file away, once a person wants that."""
        t = self._desk.t
        sentence = t("exchange.remove_text", file=visible(one.note.name))
        words = Words(t("exchange.remove_title"), [sentence], t("exchange.remove_go"), t("exchange.leave"))
        confirm(words, self.window(), lambda: self.remove(one))

    def remove(self, one: Quarantined) -> None:
        """Throws a file away."""
        self._desk.tasks.run(self, lambda: release(one.path), lambda _none: self.reload())

    def _judged(self, taken: Taken) -> None:
        self.taken.emit(taken)
        self.reload()

    def _changed(self, kinds: frozenset[str], _by: object) -> None:
        if kinds & {changes.BUNDLES, changes.TRUST}:
            self.reload()

    def _show(self, found: Sequence[Quarantined]) -> None:
        self.rows.set_rows([self._row(one) for one in reversed(found[-MOST_SHOWN:])])
        self.setVisible(bool(found))

    def _row(self, one: Quarantined) -> LogRow:
        t = self._desk.t
        when = t("exchange.kept_row", when=local_time(t, one.note.arrived), size=t.size(one.size))
        refusal = one.note.refusal
        much = isinstance(refusal, TooMuchAtOnce)
        row = LogRow("package", "soft", one.note.name, when, notes=[("warn" if much else "bad", why(t, refusal))])
        if much:
            row.offer(t("exchange.much_look"), lambda: self.look_wanted.emit(one.parcel), role="")
        return row.offer(t("exchange.remove"), lambda: self.ask_remove(one))
