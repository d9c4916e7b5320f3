"""Asks for the signing key's passphrase when something must be signed, once; then all that waited for it goes on.

And for a new one, where it is set.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from izsa_desktop.ui import error_text
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.passphrase import NewPassphraseDialog, PassphraseDialog, Words
from izsa_desktop.usecases.keys import set_passphrase, unlock


def ask_new_passphrase(desk: Desk, window: QWidget, done: Callable[[], None], *, locked: bool, why: str = "") -> None:
    """A new passphrase for the key, in place of the one that there is (``locked``). ``why`` it is asked for."""
    t = desk.t
    dialog = NewPassphraseDialog(t, locked, window, why)

    def put(old: str | None, new: str) -> None:
        workplace = desk.workplace
        desk.tasks.run(
            dialog,
            lambda: set_passphrase(workplace, old, new),
            lambda _none: is_set(),
            lambda error: dialog.refuse(error_text.sentence(t, error)),
        )

    def is_set() -> None:
        dialog.accept()
        desk.notify.good(t("key.done"))
        done()

    dialog.given.connect(put)
    dialog.open()


class Unlocker:
    """For one desk in one window."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk, self._window = desk, window
        self._waiting: list[tuple[Callable[[], None], Callable[[], None]]] = []

    def ask(self, go_on: Callable[[], None], give_up: Callable[[], None]) -> None:
        """Calls one of the two: once the key is open, or when the person does not want to say the passphrase."""
        self._waiting.append((go_on, give_up))
        if len(self._waiting) > 1:
            return
        desk, t = self._desk, self._desk.t
        dialog = PassphraseDialog(t, Words(t("key.ask_title"), t("key.ask_text"), t("key.open")), self._window)

        def attempt(passphrase: str) -> None:
            desk.tasks.run(
                dialog,
                lambda: unlock(desk.workplace, passphrase),
                lambda _: dialog.accept(),
                lambda error: dialog.refuse(error_text.sentence(t, error)),
            )

        dialog.given.connect(attempt)
        dialog.finished.connect(self._answered)
        dialog.open()

    def _answered(self, result: int) -> None:
        waiting, self._waiting = self._waiting, []
        for go_on, give_up in waiting:
            (go_on if result == QDialog.DialogCode.Accepted else give_up)()
