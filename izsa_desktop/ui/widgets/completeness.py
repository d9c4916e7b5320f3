"""How complete a record is: a bar, what is missing before it can be sent, then what would help most and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from izsa_desktop.domain.validation import REQUIRED_TO_SEND, Completeness
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.text import for_button, plain_label, set_role


class CompletenessMeter(QWidget):
    """``wanted(name)`` asks to go to a field."""

    wanted = Signal(str)

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._next = ""
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(5)
        self._icon = icons.label("circle-check", "good", 16)
        self.text = plain_label(role="soft")
        self.next = self._link("")
        self.next.clicked.connect(lambda: self.wanted.emit(self._next))
        self.why: QLabel = plain_label(role="soft", wrap=True)
        self.buttons: dict[str, QPushButton] = {}
        self._words = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._words.setSizePolicy(policy)
        flow = FlowLayout(self._words, spacing=4)
        for part in (self._icon, self.text):
            flow.addWidget(part)
        for name in REQUIRED_TO_SEND:
            button = self._link(t(f"field.{name}"))
            button.clicked.connect(lambda _on, name=name: self.wanted.emit(name))
            self.buttons[name] = button
            flow.addWidget(button)
        flow.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self.bar)
        layout.addWidget(self._words)
        layout.addWidget(self.why)

    def show_state(self, state: Completeness) -> None:
        """These required fields are empty; where none is, the first of the recommended ones comes next."""
        t = self._t
        self.bar.setValue(state.percent)
        percent = t("form.percent", percent=state.percent)
        self.bar.setAccessibleName(percent)
        self.bar.setToolTip(percent)
        set_role(self.bar, "" if state.required else "good")
        self._icon.setVisible(not state.required)
        for name, button in self.buttons.items():
            button.setVisible(name in state.required)
        self._next = "" if state.required else next(iter(state.recommended), "")
        self.text.setText(t("form.missing") if state.required else t("form.next") if self._next else t("form.complete"))
        self.next.setVisible(bool(self._next))
        self.why.setVisible(bool(self._next))
        if self._next:
            self.next.setText(for_button(t.field(self._next)))
            self.why.setText(t(f"helps.{self._next}"))

    @staticmethod
    def _link(text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "link")
        return button
