"""Which office is ours? A person writes the twenty digits that they hear on the telephone.

The digits of the file are never shown: they would be copied, and a forged file has its own.
"""

import re

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.dialogs.confirm import RoomyDialog
from izsa_desktop.ui.widgets.form_row import FormRow, Mnemonics
from izsa_desktop.ui.widgets.text import plain_label

DIGITS, GROUP = 20, 4


class PinDialog(RoomyDialog):
    """``given`` brings the digits; whoever tries them calls ``accept`` or ``refuse``."""

    given = Signal(str)

    def __init__(self, t: Translator, parent: QWidget) -> None:
        super().__init__(t("exchange.pin_title"), parent)
        self._t = t
        self.field = QLineEdit()
        self.field.setObjectName("digits")
        self.field.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9 ]*")))
        self.field.setMaxLength(DIGITS + DIGITS // GROUP + 4)
        self.field.textEdited.connect(self._typed)
        self.count = plain_label(role="soft")
        self.problem = plain_label(role="bad", wrap=True)
        self.problem.hide()
        self.column.addWidget(plain_label(t("exchange.pin_why"), wrap=True))
        self.column.addWidget(plain_label(t("exchange.pin_call"), role="soft", wrap=True))
        self.column.addWidget(FormRow(Mnemonics().mark(t("exchange.pin_digits")), self.field))
        self.column.addWidget(self.count)
        self.column.addWidget(self.problem)
        self.go = self.finish(t("exchange.pin_go"), t("exchange.pin_later"))
        self.go.setDefault(True)
        self._check()
        self.field.setFocus()

    @property
    def digits(self) -> str:
        """What is typed, without blanks."""
        return re.sub(r"\s", "", self.field.text())

    def refuse(self, sentence: str) -> None:
        """They were not right; the person may try again."""
        self._enable(True)
        self.problem.setText(visible(sentence))
        self.problem.show()
        self.field.setFocus()
        self.field.selectAll()
        self.fit()

    def give(self) -> None:
        if len(self.digits) == DIGITS:
            self._enable(False)
            self.given.emit(self.digits)

    def _typed(self, _text: str) -> None:
        """In groups of four, as they are read out."""
        digits = self.digits[:DIGITS]
        if self.field.cursorPosition() == len(self.field.text()):
            self.field.setText(" ".join(digits[n : n + GROUP] for n in range(0, len(digits), GROUP)))
        self.problem.hide()
        self._check()

    def _check(self) -> None:
        self.count.setText(self._t("exchange.pin_count", count=len(self.digits), all=DIGITS))
        self.go.setEnabled(len(self.digits) == DIGITS)

    def _enable(self, on: bool) -> None:
        self.field.setEnabled(on)
        self.go.setEnabled(on)
