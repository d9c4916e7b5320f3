"""Dialogs about the signing key: say its passphrase, choose a new one, take a new key. They ask; others act.

A passphrase takes a second to try, on the worker: meanwhile the dialog waits, then it closes or says what was wrong.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.errors import BadPassphrase
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.form_row import FormRow, Mnemonics
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.keys import LEAST, MOST, require_good

_WIDTH = 460


@dataclass(frozen=True, slots=True)
class Words:
    """What a dialog says: its title, why it asks, and the button that goes on."""

    title: str
    text: str
    button: str


class _RoomyDialog(QDialog):
    """Has room for every line of large text: Qt by itself gives a dialog two thirds of the screen at most."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None and self.isVisible():
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))


class _AskingDialog(_RoomyDialog):
    """Unseen fields below each other, and a button that is there once they are filled."""

    def __init__(self, t: Translator, words: Words, fields: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._t, marks = t, Mnemonics()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.title)
        self._rows = [FormRow(marks.mark(label), _unseen()) for label in fields]
        self.show_letters = QCheckBox(marks.mark(t("key.show")))
        self.show_letters.toggled.connect(self._show_letters)
        self.problem = plain_label(role="bad", wrap=True)
        self.problem.hide()
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(for_button(words.button), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.buttons.addButton(t("store.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._give)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(26, 22, 26, 20)
        layout.setSpacing(12)
        layout.addWidget(plain_label(words.title, role="title", wrap=True))
        layout.addWidget(plain_label(words.text, wrap=True))
        for part in (*self._rows, self.show_letters, self.problem, self.buttons):
            layout.addWidget(part)
        self.go.setDefault(True)  # not before: a button without a dialog is nobody's default
        for field in self.fields:
            field.textChanged.connect(lambda _text: self._check())
        self.setMinimumWidth(max(_WIDTH, self.minimumSizeHint().width()))
        self._check()

    @property
    def fields(self) -> list[QLineEdit]:
        return [row.field for row in self._rows]

    def wait(self) -> None:
        """What was given is being tried."""
        self.problem.hide()
        self._enable(False)

    def refuse(self, sentence: str) -> None:
        """It was not right; the person may try again."""
        self._enable(True)
        self._say(sentence)
        self.fields[0].setFocus()
        self.fields[0].selectAll()

    def _enable(self, on: bool) -> None:
        for widget in (*self.fields, self.go):
            widget.setEnabled(on)

    def _say(self, sentence: str) -> None:
        self.problem.setText(visible(sentence))
        self.problem.setVisible(bool(sentence))
        self._fit()

    def _show_letters(self, on: bool) -> None:
        for field in self.fields:
            field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def _check(self) -> None:
        """What is typed may be given, or not yet."""
        self.problem.hide()
        self.go.setEnabled(all(field.text() for field in self.fields))

    def _give(self) -> None:
        raise NotImplementedError


class PassphraseDialog(_AskingDialog):
    """``given`` brings what was typed; whoever tries it calls ``accept`` or ``refuse``."""

    given = Signal(str)

    def __init__(self, t: Translator, words: Words, parent: QWidget) -> None:
        super().__init__(t, words, [t("key.passphrase")], parent)

    def _give(self) -> None:
        self.wait()
        self.given.emit(self.fields[0].text())


class NewPassphraseDialog(_AskingDialog):
    """``given`` brings the passphrase of now (None: there is none) and the new one."""

    given = Signal(object, str)

    def __init__(self, t: Translator, locked: bool, parent: QWidget, why: str = "") -> None:
        words = Words(
            t("key.change_title") if locked else t("key.set_title"),
            f"{why} {t('key.set_text', least=LEAST)}".strip(),
            t("key.save"),
        )
        new = [t("key.new"), t("key.again")]
        super().__init__(t, words, [t("key.present"), *new] if locked else new, parent)
        self._locked = locked

    def _check(self) -> None:
        super()._check()
        *_, new, again = (field.text() for field in self.fields)
        try:
            require_good(new)
        except BadPassphrase:
            self.go.setEnabled(False)
            if again:
                self._say(self._t("key.too_short", least=LEAST, most=MOST))
            return
        if again != new:
            self.go.setEnabled(False)
            if not new.startswith(again):
                self._say(self._t("key.differ"))

    def _give(self) -> None:
        present, *_ = texts = [field.text() for field in self.fields]
        self.wait()
        self.given.emit(present if self._locked else None, texts[-1])


class NewKeyDialog(_RoomyDialog):
    """Accepted when a person wants a new key."""

    def __init__(self, t: Translator, parent: QWidget, *, office: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("key.renew_title"))
        if office:
            sentences = (t("key.renew_office_first"), t("key.renew_office"), t("key.renew_office_then"))
        else:
            sentences = (t("key.renew_text"), t("key.renew_then"), t("key.renew_sent"))
        buttons = QDialogButtonBox()
        go = QPushButton(t("key.renew_go"))
        go.setProperty("role", "primary")
        buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(t("store.cancel"), QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(26, 22, 26, 20)
        layout.setSpacing(12)
        layout.addWidget(plain_label(t("key.renew_title"), role="title", wrap=True))
        for sentence in sentences:
            layout.addWidget(plain_label(sentence, wrap=True))
        layout.addWidget(buttons)
        self.setMinimumWidth(_WIDTH)


def _unseen() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(MOST + 1)
    field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return field
