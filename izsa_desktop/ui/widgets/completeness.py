"""How complete a record is: a bar, and what is still missing as buttons that lead there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from izsa_desktop.domain.validation import REQUIRED_TO_SEND
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.text import plain_label, set_role


class CompletenessMeter(QWidget):
    """Counts the required fields; ``wanted(name)`` asks to go to one."""

    wanted = Signal(str)

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._bar = QProgressBar()
        self._bar.setRange(0, len(REQUIRED_TO_SEND))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(5)
        self._icon = icons.label("circle-check", "good", 16)
        self.text = plain_label(role="soft")
        self.buttons: dict[str, QPushButton] = {}
        missing = QWidget()
        missing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._flow = FlowLayout(missing, spacing=4)
        for name in REQUIRED_TO_SEND:
            button = QPushButton(t(f"field.{name}"))
            button.setProperty("role", "link")
            button.clicked.connect(lambda _on, name=name: self.wanted.emit(name))
            self.buttons[name] = button
            self._flow.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._icon)
        head.addWidget(self.text)
        head.addWidget(missing, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(self._bar)
        layout.addLayout(head)

    def show_missing(self, names: tuple[str, ...]) -> None:
        """These required fields are empty."""
        filled = len(REQUIRED_TO_SEND) - len(names)
        self._bar.setValue(filled)
        set_role(self._bar, "" if names else "good")
        self._icon.setVisible(not names)
        self.text.setText(self._t("form.missing") if names else self._t("form.complete"))
        for name, button in self.buttons.items():
            button.setVisible(name in names)
