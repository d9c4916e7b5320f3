"""What the window does for the store without being asked: the day's backup, the week's check, news from elsewhere.

The check reads the day's backup, beside the worker and in steps, so that nobody waits for it and closing ends it. It
rests while somebody waits for something: both would share Python's lock, and a search would take twice as long.
"""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.notify import Action
from izsa_desktop.usecases.erasure import finish
from izsa_desktop.usecases.upkeep import backup_of_the_day, check_copy, check_is_due, note_check
from izsa_desktop.usecases.workplace import Workplace

AFTER_MS = 5000
_STEP_S = 0.02
_QUIET_S = 1.0
_LOOK_AGAIN_MS = 250


class Caretaker(QObject):
    """Begins some seconds after the window is usable; ``show_backups`` opens the page that lists them."""

    def __init__(self, desk: Desk, show_backups: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._show_backups = desk, show_backups
        self._counter: int | None = None
        self._found: list[str] = []
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.applicationStateChanged.connect(self._state_changed)
        QTimer.singleShot(AFTER_MS, self, self.look_after)

    def look_after(self) -> None:
        """The day's backup; then the check where a week has gone by.

        What is in memory by now stays to the end: looking through all of it for garbage stops every thread for a
        tenth of a second, again and again.
        """
        gc.freeze()
        workplace = self._desk.workplace
        self._desk.tasks.run_beside(self, lambda: _daily(workplace), self._backed_up)

    def _backed_up(self, outcome: tuple[Path, bool]) -> None:
        copy, due = outcome
        if due:
            self._found = []
            self._go_on(check_copy(self._desk.workplace, copy))

    def _go_on(self, check: Iterator[str]) -> None:
        self._desk.tasks.run_beside(self, lambda: _some_steps(check), lambda done: self._checked(check, *done))

    def _go_on_when_quiet(self, check: Iterator[str]) -> None:
        if self._desk.tasks.quiet_s >= _QUIET_S:
            self._go_on(check)
        else:
            QTimer.singleShot(_LOOK_AGAIN_MS, self, lambda: self._go_on_when_quiet(check))

    def _checked(self, check: Iterator[str], found: list[str], finished: bool) -> None:
        self._found += found
        if not finished:
            self._go_on_when_quiet(check)
        elif self._found:
            t = self._desk.t
            sentence = t("store.damage_found", count=len(self._found))
            self._desk.notify.problem(sentence, Action(t("store.see_backups"), self._show_backups))
        else:
            workplace = self._desk.workplace
            self._desk.tasks.run(self, lambda: note_check(workplace), lambda _noted: None)

    # --- news from elsewhere ----------------------------------------------------------------------------------------

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        """While another program had the screen, the command line may have changed the store."""
        store = self._desk.workplace.store
        if state == Qt.ApplicationState.ApplicationActive:
            self._desk.tasks.run(self, store.change_counter, self._compare)
        elif state == Qt.ApplicationState.ApplicationInactive:
            self._desk.tasks.run(self, store.change_counter, self._remember)

    def _remember(self, counter: int) -> None:
        self._counter = counter

    def _compare(self, counter: int) -> None:
        if self._counter is not None and counter != self._counter:
            self._desk.changes.announce(changes.PROJECTS, changes.BUNDLES, changes.TRUST, by=self)
        self._counter = counter


def _some_steps(check: Iterator[str]) -> tuple[list[str], bool]:
    """What some steps have found, and whether they were the last."""
    found, end = [], monotonic() + _STEP_S
    for line in check:
        if line:
            found.append(line)
        if monotonic() > end:
            return found, False
    return found, True


def _daily(workplace: Workplace) -> tuple[Path, bool]:
    """Ends what an erasure was stopped at, before a backup keeps it; the backup; whether a check is due."""
    finish(workplace)
    return backup_of_the_day(workplace), check_is_due(workplace)
