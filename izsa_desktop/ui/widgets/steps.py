"""A choice between a few words that stand beside each other, or none of them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from izsa_desktop.domain.reference import Vocabulary
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.text import for_button

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class Step(QPushButton):
    """One of the words. The arrow keys belong to the choice."""

    def __init__(self, label: str, name: str) -> None:
        super().__init__(for_button(label))
        self.setCheckable(True)
        self.setProperty("role", "step")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS or event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            event.ignore()
        else:
            super().keyPressEvent(event)


class StepsChoice(QWidget):
    """A code of a vocabulary. Arrow keys choose the next one, the space bar or Delete takes the choice back.

    A code that this version does not know stands there too, as it is.
    """

    edited = Signal()

    def __init__(self, words: Vocabulary, t: Translator, name: str) -> None:
        """``name``: of what the choice is made, for screen readers."""
        super().__init__()
        self._t, self._name = t, name
        self.setAccessibleName(name)
        self._chosen = ""
        self.steps: dict[str, Step] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(3)
        for term in words:
            self._add(term.code, term.label[t.language])
        self._show()

    def value(self) -> str:
        return self._chosen

    def set_value(self, code: str) -> None:
        if code and code not in self.steps:
            self._add(code, visible(code))
        self._chosen = code
        self._show()

    def _add(self, code: str, label: str) -> None:
        step = Step(label, self._t("widget.details_strength_of", goal=self._name, strength=label))
        step.clicked.connect(lambda _on, code=code: self._choose("" if code == self._chosen else code))
        self.steps[code] = step
        self._row.addWidget(step)

    def _choose(self, code: str) -> None:
        self._chosen = code
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        stop = self._chosen or next(iter(self.steps))
        for code, step in self.steps.items():
            step.setChecked(code == self._chosen)
            step.setFocusPolicy(Qt.FocusPolicy.StrongFocus if code == stop else Qt.FocusPolicy.ClickFocus)
        hand_on(self, self.steps[stop])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        codes = list(self.steps)
        at = next((n for n, step in enumerate(self.steps.values()) if step.hasFocus()), None)
        step = _STEPS.get(Qt.Key(event.key()))
        if at is None:
            super().keyPressEvent(event)
        elif step is not None:
            to = codes[min(max(at + (step if self._chosen else 0), 0), len(codes) - 1)]
            self.steps[to].setFocus(Qt.FocusReason.OtherFocusReason)
            if to != self._chosen:
                self._choose(to)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._chosen:
            self._choose("")
        else:
            super().keyPressEvent(event)
