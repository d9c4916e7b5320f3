"""The targets of the global goals that a project serves: found by number or word, shown as tokens."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.reference import Reference, Target
from izsa_desktop.domain.target_search import TargetSearch
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.finder import Offer
from izsa_desktop.ui.widgets.found_field import FoundField
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.ui.widgets.tokens import Chosen


class TargetsField(FoundField):
    """Codes of targets in the order in which they were chosen."""

    goal_wanted = Signal(str)
    """Somebody wants the goal of a chosen target among the goals too."""

    def __init__(self, reference: Reference, t: Translator) -> None:
        super().__init__(t, t("widget.targets_search"), t("widget.targets_name"), t("widget.targets_chosen"))
        self._reference = reference
        self._search = TargetSearch(reference.goals)
        self._goals: tuple[str, ...] = ()
        self._offered = ""
        self.of_goal = plain_label(role="soft", wrap=True)
        self.add_goal = QPushButton(t("widget.add_goal"))
        self.add_goal.setProperty("role", "link")
        self._offer = QWidget()
        self._lay_out()
        self.add_goal.clicked.connect(self._take_goal)

    def set_value(self, value: tuple[str, ...]) -> None:
        if value != self.value():
            self._propose("")
        super().set_value(value)

    def set_read_only(self, read_only: bool) -> None:
        self._propose("")
        super().set_read_only(read_only)

    def set_goals(self, codes: tuple[str, ...]) -> None:
        """The goals of the project: their targets are offered first."""
        self._goals = tuple(codes)
        if self._offered in self._goals:
            self._propose("")

    def _offers(self, text: str) -> list[Offer]:
        found = self._search.find(text, self._goals)
        return [
            Offer(target.code, f"{target.code}  {target.title[self._t.language]}", self._color(target.code))
            for target in found
            if target.code not in self._chosen
        ]

    def _color(self, target: str) -> str:
        return self._reference.goals_by_code[_goal_of(target)].color

    def _put(self, chosen: list[str]) -> None:
        added = next((code for code in chosen if code not in self._chosen), "")
        self._propose(added if _goal_of(added) not in self._goals else "")
        super()._put(chosen)

    def _propose(self, target: str) -> None:
        """Offers to add the goal of this target; nothing for no target."""
        self._offered = _goal_of(target)
        if target:
            goal = self._reference.goal_name(self._offered, self._t.language)
            self.of_goal.setText(self._t("widget.target_of_goal", code=target, goal=f"{self._offered} {goal}"))
        self._offer.setVisible(bool(target))

    def _take_goal(self) -> None:
        wanted = self._offered
        self._propose("")
        self.line.setFocus()
        self.goal_wanted.emit(wanted)

    def _token(self, code: str) -> Chosen:
        target: Target | None = self._reference.targets_by_code.get(code)
        if target is None:
            return Chosen(code, code)
        title = f"{code} {target.title[self._t.language]}"
        return Chosen(code, title, title if self._t.language == "tr" else f"{title} – {target.text_en}")

    def _lay_out(self) -> None:
        offer = QHBoxLayout(self._offer)
        offer.setContentsMargins(0, 0, 0, 0)
        offer.setSpacing(8)
        offer.addWidget(icons.label("info", "accent", 16), 0, Qt.AlignmentFlag.AlignTop)
        offer.addWidget(self.of_goal, 1)
        offer.addWidget(self.add_goal, 0, Qt.AlignmentFlag.AlignTop)
        self._offer.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.line, self.note, self._offer, self.tokens):
            column.addWidget(widget)


def _goal_of(target: str) -> str:
    return target.partition(".")[0]
