"""The report of a bug, to be copied and sent by whoever wants to. The program itself sends nothing anywhere."""

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.text import plain_label


class ReportDialog(QDialog):
    """Shows the report; its text can be copied whole."""

    def __init__(self, report: str, t: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("notify.report_title"))
        self.resize(720, 460)
        text = QPlainTextEdit(report)
        text.setAccessibleName(t("notify.report_title"))
        text.setReadOnly(True)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(t("notify.copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(plain_label(t("notify.report_hint"), wrap=True))
        layout.addWidget(text, 1)
        layout.addWidget(buttons)
