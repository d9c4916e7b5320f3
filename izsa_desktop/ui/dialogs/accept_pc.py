"""Shall this PC be admitted? The digits are compared on the telephone; that is what the answer rests on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from izsa_desktop.bundle.enrolment import EnrolmentRequest
from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.widgets.text import plain_label


class AcceptDialog(QDialog):
    """Accepted when a person says that the digits are the same."""

    def __init__(self, request: EnrolmentRequest, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        t = desk.t
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("exchange.accept_title"))
        self.digits = plain_label(request.fingerprint, role="fingerprintLarge", selectable=True)
        self.digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QDialogButtonBox()
        accept = buttons.addButton(t("exchange.accept"), QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setProperty("role", "primary")
        refuse = buttons.addButton(t("exchange.refuse"), QDialogButtonBox.ButtonRole.RejectRole)
        refuse.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(26, 22, 26, 20)
        layout.setSpacing(10)
        layout.addWidget(plain_label(body_name(desk, request.member.district), role="title", wrap=True))
        layout.addWidget(plain_label(request.member.person, role="soft", wrap=True))
        layout.addSpacing(4)
        layout.addWidget(plain_label(t("exchange.compare"), wrap=True))
        layout.addWidget(self.digits)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.setMinimumWidth(max(460, self.minimumSizeHint().width()))
