"""The head of the form: which project it is, since when it stands so, and what can be done with it."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.freshness_light import FreshnessLight
from izsa_desktop.ui.widgets.text import ElidedLabel


class EditorHead(QWidget):
    """Title, a line about the record, and buttons."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self.heading = ElidedLabel(role="title")
        self.about = ElidedLabel(role="soft")
        self.confirm = QPushButton(t("form.confirm"))
        self.confirm.setProperty("role", "link")
        self.confirm.setToolTip(t("form.confirm_tip"))
        icons.put(self.confirm, "check-check", "accent", 15)
        self._t = t
        self.light = FreshnessLight(t)
        self.sheet = tool("printer", t("form.sheet"))
        self.history = tool("history", t("form.history"))
        self.delete = tool("trash-2", t("form.delete"))
        self.close_form = tool("x", t("form.close"))
        about = QHBoxLayout()
        about.setSpacing(6)
        about.addWidget(self.light)
        about.addWidget(self.about, 1)
        about.addWidget(self.confirm)
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.heading, 1)
        for button in (self.sheet, self.history, self.delete, self.close_form):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 12, 6)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(about)

    def show_confirmed(self, today: bool) -> None:
        """The button stays where it is and says that it was pressed."""
        self.confirm.setText(self._t("form.confirmed_today") if today else self._t("form.confirm"))
        self.confirm.setToolTip(self._t("form.confirmed_before") if today else self._t("form.confirm_tip"))


def tool(icon: str, text: str) -> QToolButton:
    """A button that shows an icon and says its name."""
    button = QToolButton()
    button.setToolTip(text)
    button.setAccessibleName(text)
    icons.put(button, icon, "soft")
    return button
