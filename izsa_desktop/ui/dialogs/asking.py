"""A few questions at once, each a row of a form. Gives back the answers; stays open until they were taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from izsa_desktop.domain.text import is_blank
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.dialogs.confirm import RoomyDialog
from izsa_desktop.ui.widgets.choice_line import ChoiceLine
from izsa_desktop.ui.widgets.fields import LineField, QuietCombo, TextField
from izsa_desktop.ui.widgets.form_row import FormRow, Mnemonics
from izsa_desktop.ui.widgets.partial_date import PartialDateField
from izsa_desktop.ui.widgets.text import plain_label

LINE, TEXT, DAY, FIND = "line", "text", "day", "find"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``kind``: a line, text of several lines, a day, or one of ``choices`` (code and words).

    ``FIND``: one of many choices, or none, found by typing.
    """

    name: str
    label: str
    kind: str = LINE
    value: str = ""
    required: bool = False
    help: str = ""
    choices: Sequence[tuple[str, str]] = ()
    hint: str = ""
    """Stands in the field while nothing else does."""


class AskDialog(RoomyDialog):
    """``answered`` gives the answers by name. Accept it when they were taken; ``refuse`` says why they were not."""

    answered = Signal(dict)

    def __init__(
        self, title: str, asked: Sequence[Asked], t: Translator, go: str, parent: QWidget, *, text: str = ""
    ) -> None:
        super().__init__(title, parent)
        self._t, self._asked = t, asked
        self._asker: QWidget | None = None
        if text:
            self.column.addWidget(plain_label(text, role="soft", wrap=True))
        marks = Mnemonics()
        self.rows: dict[str, FormRow] = {}
        for one in asked:
            row = FormRow(
                marks.mark(one.label), self._field(one), one.help, t("coach.required") if one.required else ""
            )
            self.rows[one.name] = row
            self.column.addWidget(row)
        self.problem = plain_label(role="bad", wrap=True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.go = self.finish(go, t("coach.leave"))
        self.go.setDefault(True)  # Enter in a line must not throw away what was typed
        for row in self.rows.values():
            row.field.edited.connect(self._check)
        self._check()
        if self.rows:
            next(iter(self.rows.values())).field.setFocus()

    def _field(self, one: Asked) -> QWidget:
        if one.choices and one.kind != FIND:
            combo = _Choice(one.choices)
            combo.set_value(one.value)
            return combo
        field: TextField | LineField | PartialDateField
        if one.kind == FIND:
            return ChoiceLine(one.choices, one.hint)
        if one.kind == TEXT:
            field = TextField(lines=4)
        elif one.kind == DAY:
            field = PartialDateField(self._t, unknown=False)
        else:
            field = LineField()
        field.set_value(one.value)
        return field

    def answers(self) -> Mapping[str, str]:
        """What is entered now."""
        return {name: str(row.field.value() or "") for name, row in self.rows.items()}

    def _check(self) -> None:
        said = self.answers()
        self.go.setEnabled(not any(is_blank(said[one.name]) for one in self._asked if one.required))

    def give(self) -> None:
        """Hands the answers over; what takes them says how it went."""
        self._asker = self.focusWidget()
        self.go.setEnabled(False)
        self.answered.emit(dict(self.answers()))

    def refuse(self, sentence: str) -> None:
        """They were not; a person may change them, and Enter is not to throw them away."""
        self.problem.setText(sentence)
        self.problem.show()
        self._check()
        self.fit()
        (self._asker or self.go).setFocus()


class _Choice(QuietCombo):
    """One of a few."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        for code, words in choices:
            self.addItem(words, code)
        self.activated.connect(lambda _index: self.edited.emit())

    def value(self) -> str:
        return str(self.currentData())

    def set_value(self, value: str) -> None:
        self.setCurrentIndex(max(0, self.findData(value)))
