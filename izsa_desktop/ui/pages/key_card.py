"""The passphrase of this PC's signing key: set, change, remove; and a new key where it is forgotten."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton

from izsa_desktop.ui import error_text, icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.passphrase import NewKeyDialog, PassphraseDialog, Words
from izsa_desktop.ui.unlocking import ask_new_passphrase
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import Card, spaced_line
from izsa_desktop.ui.widgets.text import for_button
from izsa_desktop.usecases.keys import KeyState, key_state, set_passphrase


class KeyCard(Card):
    """``renewal_wanted``: a person has confirmed that this PC is to have a new key."""

    renewal_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        self._desk, t = desk, desk.t
        super().__init__(t("key.title"), t("key.text_office") if desk.office else t("key.text"), icon="lock")
        self._locked = False
        self.state = Banner()
        self.set = _button("lock", self.ask_new)
        self.remove = _button("x", self.ask_remove)
        self.remove.setText(for_button(t("key.remove")))
        self.renew = _button("", self.ask_renewal)
        self.renew.setProperty("role", "link")
        self.body.addWidget(self.state)
        self.body.addLayout(spaced_line(self.set, self.remove, self.renew))
        for button in (self.set, self.remove, self.renew):
            button.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        """Looks whether there is a passphrase, and whether the key still counts."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: key_state(workplace), self._show, self._show_broken)

    def ask_new(self) -> None:
        """A new passphrase, in place of the one that there is."""
        ask_new_passphrase(self._desk, self.window(), self.reload, locked=self._locked)

    def ask_remove(self) -> None:
        """No passphrase any more, for whoever knows it."""
        t = self._desk.t
        words = Words(t("key.remove_title"), t("key.remove_text"), t("key.remove_go"))
        dialog = PassphraseDialog(t, words, self.window())
        dialog.given.connect(lambda old: self._take_off(dialog, old))
        dialog.open()

    def ask_renewal(self) -> None:
        """A new key, once a person has read what that means."""
        dialog = NewKeyDialog(self._desk.t, self.window(), office=self._desk.office)
        dialog.accepted.connect(self.renewal_wanted)
        dialog.open()

    def _take_off(self, dialog: PassphraseDialog, old: str) -> None:
        workplace, t = self._desk.workplace, self._desk.t

        def done(_nothing: None) -> None:
            dialog.accept()
            self._desk.notify.good(t("key.removed"))
            self.reload()

        self._desk.tasks.run(
            dialog,
            lambda: set_passphrase(workplace, old, None),
            done,
            lambda error: dialog.refuse(error_text.sentence(t, error)),
        )

    def _show(self, state: KeyState) -> None:
        t = self._desk.t
        self._locked = locked = state.locked
        self.state.say(*(("shield-check", t("key.is_set"), "good") if locked else ("info", t("key.is_not_set"))))
        self.set.setText(for_button(t("key.change") if locked else t("key.set")))
        self._offer(self.set, *([self.remove] if locked else []))
        if state.set_back:
            why = t("key.set_back_office") if self._desk.office else t("exchange.set_back")
            self.state.say("shield-alert", why, "bad")
            self._offer_renewal(t("key.renew"))
        else:  # the office's key is renewed for no other reason
            self._offer_renewal(t("key.renew_forgotten") if locked and not self._desk.office else "")

    def _show_broken(self, error: Exception) -> None:
        """The key's file is not there, or is no key."""
        t = self._desk.t
        self.state.say("circle-alert", error_text.sentence(t, error), "bad")
        self._offer()
        self._offer_renewal("" if self._desk.office else t("key.renew"))

    def _offer(self, *buttons: QPushButton) -> None:
        for button in (self.set, self.remove):
            button.setVisible(button in buttons)

    def _offer_renewal(self, words: str) -> None:
        self.renew.setText(for_button(words))
        self.renew.setVisible(bool(words))


def _button(icon: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton()
    if icon:
        icons.put(button, icon, "text", 16)
    button.clicked.connect(act)
    return button
