"""How strongly a project serves each of its goals, and why in a sentence.

Details belong to a chosen goal. What was said of a goal that is taken out is not part of the value any more, but comes
back with the goal as long as the same record is open: a slip among the tiles costs nobody a sentence.
"""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.rows import GoalDetail
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.fields import WrapField
from izsa_desktop.ui.widgets.goal_badge import GoalBadge
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.steps import StepsChoice
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label

_UNKNOWN_GOAL = "#6b7a81"


class GoalDetailRow(QWidget):
    """One goal: badge, name, strength, reason."""

    edited = Signal()

    def __init__(self, code: str, reference: Reference, t: Translator) -> None:
        super().__init__()
        name = f"{code} {reference.goal_name(code, t.language)}"
        goal = reference.goals_by_code.get(code)
        self._words, self._language = reference.vocabularies["strength"], t.language
        self._detail = GoalDetail(code=code)
        self.strength = StepsChoice(self._words, t, name)
        self.why = WrapField(t("widget.details_why_hint"))
        self.why.setAccessibleName(t("widget.details_why", goal=name))
        self._said = plain_label(role="soft")
        self._said.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(GoalBadge(code, goal.color if goal else _UNKNOWN_GOAL, name), 0, 0, 2, 1, top)
        grid.addWidget(ElidedLabel(reference.goal_name(code, t.language), role="strong"), 0, 1)
        grid.addWidget(self.strength, 0, 2)
        grid.addWidget(self._said, 0, 2)
        grid.addWidget(self.why, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        self.strength.edited.connect(self.edited)
        self.why.edited.connect(self.edited)

    def value(self) -> GoalDetail:
        return replace(self._detail, strength=self.strength.value(), why=self.why.value())

    def set_value(self, detail: GoalDetail) -> None:
        self._detail = detail
        self.strength.set_value(detail.strength)
        self.why.set_value(detail.why)
        self._said.setText(self._words.label(detail.strength, self._language))

    def set_read_only(self, read_only: bool) -> None:
        self.strength.setVisible(not read_only)
        self._said.setVisible(read_only)
        self.why.set_read_only(read_only)
        self.why.setVisible(not read_only or bool(self._detail.why))


class GoalDetailsField(QWidget):
    """``set_goals`` says which goals there are, the main one first."""

    edited = Signal()
    controls_changed = Signal()

    def __init__(self, reference: Reference, t: Translator) -> None:
        super().__init__()
        self._reference, self._t = reference, t
        self._details: dict[str, GoalDetail] = {}
        self._goals: tuple[str, ...] = ()
        self._read_only = False
        self.rows: dict[str, GoalDetailRow] = {}
        self._none = plain_label(t("widget.details_none"), role="soft", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(self._none)

    def value(self) -> tuple[GoalDetail, ...]:
        """What is said of the chosen goals, in the order in which it was said."""
        return tuple(d for code, d in self._details.items() if code in self._goals and (d.strength or d.why))

    def set_value(self, value: tuple[GoalDetail, ...]) -> None:
        """Forgets what was said of goals that are not chosen, unless ``value`` says it."""
        self._details = {detail.code: detail for detail in value}
        for code, row in self.rows.items():
            row.set_value(self._details.get(code, GoalDetail(code=code)))
        self._show()

    def set_goals(self, codes: tuple[str, ...]) -> None:
        """The project's goals. Not an edit of its own: it follows from the goals."""
        if tuple(codes) == self._goals:
            return
        self._goals = tuple(codes)
        for code in codes:
            if code not in self.rows:
                self._add(code)
        for n, code in enumerate(codes):
            self._column.removeWidget(self.rows[code])
            self._column.insertWidget(n + 1, self.rows[code])
            self.rows[code].raise_()  # children in the order in which they stand
        first = self.rows[self._goals[0]].strength if self._goals else None
        hand_on(self, first)
        self._show()
        self.controls_changed.emit()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._show()

    def _add(self, code: str) -> None:
        row = GoalDetailRow(code, self._reference, self._t)
        row.set_value(self._details.get(code, GoalDetail(code=code)))
        row.edited.connect(lambda: self._edited(code))
        self.rows[code] = row
        self._column.addWidget(row)

    def _edited(self, code: str) -> None:
        self._details[code] = self.rows[code].value()
        self.edited.emit()

    def _show(self) -> None:
        self._none.setVisible(not self._goals)
        for code, row in self.rows.items():
            said = self._details.get(code)
            row.set_read_only(self._read_only)
            row.setVisible(code in self._goals and (not self._read_only or said is not None))
        self.updateGeometry()
