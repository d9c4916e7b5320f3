"""The letters to the districts: one is shown, copied, opened in the mail program; whoever opened this saves them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.widgets.card import spaced_line
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.freshness import Reminder, letter, mail_link, subject

_WIDTH, _HEIGHT = 880, 560


class RemindersDialog(QDialog):
    """``save_wanted``: all letters are to go into a file."""

    save_wanted = Signal()

    def __init__(
        self,
        found: Sequence[Reminder],
        desk: Desk,
        parent: QWidget,
        open_url: Callable[[QUrl], object] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found, self._desk, self._open_url = tuple(found), desk, open_url
        t = desk.t
        self.setWindowTitle(t("reviewing.remind_title"))
        self.districts = QListWidget()
        self.districts.setObjectName("picks")
        self.districts.setSpacing(4)
        self.districts.setAccessibleName(t("reviewing.remind_title"))
        self.districts.setMaximumWidth(280)
        for one in found:
            name = desk.workplace.reference.district_name(one.district, t.language)
            self.districts.addItem(f"{name}\n{_about(one, t)}")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(t("reviewing.letter"))
        self.copy = _button("file-text", t("reviewing.copy"), self._copy)
        self.mail = _button("mail", t("reviewing.open_mail"), self._mail)
        self.save = _button("save", t("reviewing.save"), self.save_wanted.emit)
        buttons = QDialogButtonBox()
        close = buttons.addButton(for_button(t("reviewing.close")), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addWidget(self.districts)
        sides.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(plain_label(t("reviewing.remind_title"), role="title", wrap=True))
        about = t("reviewing.remind_text") if found else t("reviewing.remind_none")
        column.addWidget(plain_label(about, role="soft", wrap=True))
        column.addLayout(sides, 1)
        column.addLayout(spaced_line(self.copy, self.mail, self.save))
        column.addWidget(buttons)
        self.districts.currentRowChanged.connect(self._show)
        for widget in (self.districts, self.text, self.copy, self.mail, self.save):
            widget.setEnabled(bool(found))
        self.resize(_WIDTH, _HEIGHT)
        self.districts.setCurrentRow(0 if found else -1)
        self.districts.setFocus()

    def _show(self, row: int) -> None:
        one = self._found[row] if 0 <= row < len(self._found) else None
        self.text.setPlainText(letter(one, self._desk.workplace, self._desk.t) if one else "")

    @property
    def _chosen(self) -> Reminder:
        return self._found[self.districts.currentRow()]

    def _copy(self) -> None:
        one, workplace, t = self._chosen, self._desk.workplace, self._desk.t
        QGuiApplication.clipboard().setText(f"{subject(one, workplace, t)}\n\n{letter(one, workplace, t)}")
        self._desk.notify.good(t("reviewing.copied"))

    def _mail(self) -> None:
        self._open_url(QUrl(mail_link(self._chosen, self._desk.workplace, self._desk.t)))


def _button(icon: str, text: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(for_button(text))
    icons.put(button, icon, "soft", 16)
    button.clicked.connect(lambda _on: act())
    return button


def _about(one: Reminder, t: Translator) -> str:
    counts = {"corrections": len(one.corrections), "due": len(one.due)}
    return ", ".join(t(f"remind.{name}", count=count) for name, count in counts.items() if count)
