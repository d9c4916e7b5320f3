"""The notice about personal data, read again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from izsa_desktop.ui.desk import Desk, local_time
from izsa_desktop.ui.widgets.kvkk_notice import KvkkNotice
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.notice import mark_read, own_text, read_on


class KvkkDialog(QDialog):
    """Whoever opens it here for the first time says with its button that it was read."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, t = desk, desk.t
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("kvkk.title"))
        self.resize(min(620, parent.width()), min(600, parent.height()))
        self.since = plain_label(role="soft", wrap=True)
        self.buttons = QDialogButtonBox()
        self.read = self.buttons.addButton(t("kvkk.read"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(t("kvkk.close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._mark)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(plain_label(t("kvkk.title"), role="title", wrap=True))
        layout.addWidget(KvkkNotice(t, own_text(desk.workplace.folder)), 1)
        layout.addWidget(self.since)
        layout.addWidget(self.buttons)
        desk.tasks.run(self, lambda: read_on(desk.workplace), self._show_since)

    def _show_since(self, when: str) -> None:
        t = self._desk.t
        self.since.setText(t("kvkk.read_on", date=local_time(t, when)) if when else t("kvkk.not_read"))

    def _mark(self) -> None:
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: mark_read(workplace), lambda _: self.accept())
