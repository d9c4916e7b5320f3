"""Shall this PC be admitted? The digits are compared on the telephone; that is what the answer rests on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from izsa_desktop.bundle.enrolment import EnrolmentRequest
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.dialogs.confirm import RoomyDialog
from izsa_desktop.ui.widgets.text import plain_label


class AcceptDialog(RoomyDialog):
    """Accepted when a person says that the digits are the same."""

    def __init__(self, request: EnrolmentRequest, desk: Desk, parent: QWidget) -> None:
        t = desk.t
        super().__init__(body_name(desk, request.member.district), parent)
        self.setWindowTitle(t("exchange.accept_title"))
        self.digits = plain_label(request.fingerprint, role="fingerprintLarge", selectable=True)
        self.digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(plain_label(request.member.person, role="soft", wrap=True))
        self.column.addWidget(plain_label(t("exchange.compare"), wrap=True))
        self.column.addWidget(self.digits)
        self.go = self.finish(t("exchange.accept"), t("exchange.refuse"))
