"""Shall this PC be admitted? The digits are compared on the telephone; that is what the answer rests on.

One that asks to be the office's own may speak for it to everybody: that is said first, and what it may is chosen.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget

from izsa_desktop.bundle.enrolment import EnrolmentRequest
from izsa_desktop.bundle.trust import COORDINATE, READ
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import visible
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.dialogs.confirm import RoomyDialog
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.ui.widgets.text import plain_label


class AcceptDialog(RoomyDialog):
    """Accepted when a person says that the digits are the same. ``role``: what was chosen for a PC of the office."""

    def __init__(self, request: EnrolmentRequest, desk: Desk, parent: QWidget) -> None:
        t, member = desk.t, request.member
        office = member.district == OFFICE
        super().__init__(t("exchange.accept_office_title") if office else body_name(desk, member.district), parent)
        self.setWindowTitle(t("exchange.accept_title"))
        self.roles: dict[str, QRadioButton] = {}
        if office:
            self.warning = Banner()
            self.column.addWidget(self.warning)
            self.warning.say("shield-alert", t("exchange.accept_office", person=visible(member.person)), "bad")
        else:
            self.column.addWidget(plain_label(member.person, role="soft", wrap=True))
        self.digits = plain_label(request.fingerprint, role="fingerprintLarge", selectable=True)
        self.digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(plain_label(t("exchange.compare_office") if office else t("exchange.compare"), wrap=True))
        self.column.addWidget(self.digits)
        if office:
            self.column.addWidget(plain_label(t("exchange.role"), role="field", wrap=True))
            self._offer_roles({READ: t("exchange.role_read"), COORDINATE: t("exchange.role_coordinate")})
        self.go = self.finish(t("exchange.accept"), t("exchange.refuse"))
        self.go.setEnabled(not office)

    @property
    def role(self) -> str:
        """Empty where there is nothing to choose."""
        return next((role for role, button in self.roles.items() if button.isChecked()), "")

    def _offer_roles(self, words: dict[str, str]) -> None:
        """None is chosen beforehand."""
        marks = Mnemonics()
        for role, text in words.items():
            button = self.roles[role] = QRadioButton(marks.mark(text))
            button.toggled.connect(lambda _on: self.go.setEnabled(bool(self.role)))
            self.column.addWidget(button)
