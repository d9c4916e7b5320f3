"""The sections of the form by name: what is filled, missing or wrong in each, where one is, and the way to each.

One stop for the Tab key, the first: arrow keys move along it. A mark has a shape of its own besides its colour.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.fields import repolish
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.form_layout import SECTIONS
from izsa_desktop.ui.widgets.text import for_button, plain_tip

EMPTY, FILLED, MISSING, BAD = "empty", "filled", "missing", "bad"
_MARKS = {EMPTY: ("circle", "line_strong"), FILLED: ("check", "good"), MISSING: ("asterisk", "bad"), BAD: ("x", "bad")}
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class SectionButton(QPushButton):
    """Leaves the arrow keys to the bar."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class SectionBar(QWidget):
    """``chosen(section)``: a person wants to go there."""

    chosen = Signal(str)

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._states: dict[str, str] = {}
        self.buttons: dict[str, SectionButton] = {}
        self.setAccessibleName(t("form.sections"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = FlowLayout(self, spacing=1)
        for n, section in enumerate(SECTIONS, start=1):
            name = t(f"form_section.{section.name}")
            button = SectionButton(for_button(name))
            button.setProperty("role", "section")
            keys = f" (Alt+{n % 10})" if n <= 10 else ""
            button.setToolTip(plain_tip(f"{name}{keys}"))
            button.clicked.connect(lambda _on, name=section.name: self.chosen.emit(name))
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self.buttons[section.name] = button
            flow.addWidget(button)
        self.everything = QPushButton(t("form.everything"))
        self.everything.setProperty("role", "section")
        self.everything.setToolTip(t("form.everything_tip"))
        self.everything.setCheckable(True)
        flow.addWidget(self.everything)
        self.show_states(dict.fromkeys(self.buttons, EMPTY), self.buttons)
        self.mark(SECTIONS[0].name)

    def show_states(self, states: dict[str, str], there: Iterable[str]) -> None:
        """How each section stands; sections that are not ``there`` have no button."""
        shown = set(there)
        stop = next((name for name in self.buttons if name in shown), "")
        for name, button in self.buttons.items():
            button.setHidden(name not in shown)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == stop else Qt.FocusPolicy.ClickFocus)
            if self._states.get(name) != states[name]:
                self._states[name] = states[name]
                icons.put(button, *_MARKS[states[name]], 11)
                state = self._t(f"section_state.{states[name]}")
                button.setAccessibleName(self._t("form.section_and_state", section=button.text(), state=state))

    def mark(self, section: str) -> None:
        """The section that is read now."""
        for name, button in self.buttons.items():
            here = name == section
            if button.property("here") != here:
                button.setProperty("here", here)
                repolish(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        shown = [button for button in self.buttons.values() if not button.isHidden()]
        at = next((n for n, button in enumerate(shown) if button.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        shown[(at + step) % len(shown)].setFocus(Qt.FocusReason.OtherFocusReason)
