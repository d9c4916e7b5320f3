"""Words to choose several of, as chips."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from izsa_desktop.domain.reference import Vocabulary
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.text import for_button

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class Chip(QPushButton):
    """Leaves the arrow keys to the field; a button would go on to the next field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ChipsField(QWidget):
    """Codes of a vocabulary in the order in which they were chosen. Arrow keys move, the space bar chooses."""

    edited = Signal()

    def __init__(self, words: Vocabulary, language: str) -> None:
        super().__init__()
        self._words, self._language = words, language
        self._chosen: list[str] = []
        self._read_only = False
        self.chips: dict[str, Chip] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self)
        for term in words:
            self._add(term.code, term.label[language])

    def _add(self, code: str, label: str) -> None:
        chip = Chip(for_button(label))
        chip.setCheckable(True)
        chip.setProperty("role", "chip")
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        chip.clicked.connect(lambda on, code=code: self._clicked(code, on))
        self.chips[code] = chip
        self._flow.addWidget(chip)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if len(self.chips) == 1 else Qt.FocusPolicy.ClickFocus)
        hand_on(self, next(iter(self.chips.values())))

    def _clicked(self, code: str, on: bool) -> None:
        if on:
            self._chosen.append(code)
        else:
            self._chosen.remove(code)
        self.edited.emit()

    def value(self) -> tuple[str, ...]:
        return tuple(self._chosen)

    def set_value(self, value: tuple[str, ...]) -> None:
        self._chosen = list(value)
        for code in value:
            if code not in self.chips:
                self._add(code, code)
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._show()

    def _show(self) -> None:
        for code, chip in self.chips.items():
            chip.setChecked(code in self._chosen)
            chip.setVisible(code in self._chosen or not self._read_only)
            chip.setEnabled(not self._read_only)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        chips = list(self.chips.values())
        at = next((i for i, chip in enumerate(chips) if chip.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        chips[(at + step) % len(chips)].setFocus(Qt.FocusReason.OtherFocusReason)
