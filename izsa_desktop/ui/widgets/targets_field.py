"""The targets of the global goals that a project serves: found by number or word, shown as tokens."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.domain.reference import Reference, Target
from izsa_desktop.domain.target_search import TargetSearch
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.finder import Finder, Offer
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.ui.widgets.tokens import Chosen, TokenRow


class TargetsField(QWidget):
    """Codes of targets in the order in which they were chosen."""

    edited = Signal()
    controls_changed = Signal()
    goal_wanted = Signal(str)
    """Somebody wants the goal of a chosen target among the goals too."""

    def __init__(self, reference: Reference, t: Translator) -> None:
        super().__init__()
        self._reference, self._t = reference, t
        self._search = TargetSearch(reference.goals)
        self._goals: tuple[str, ...] = ()
        self._chosen: list[str] = []
        self._read_only = False
        self._offered = ""
        self.line = Finder(self._offers, t("widget.targets_search"), t("widget.targets_name"))
        self.tokens = TokenRow(t, t("widget.targets_chosen"))
        self.note = plain_label(role="soft", wrap=True)
        self.add_goal = QPushButton(t("widget.add_goal"))
        self.add_goal.setProperty("role", "link")
        self._offer = QWidget()
        self._lay_out()
        self.line.chosen.connect(self._add)
        self.line.leave_back.connect(lambda: self.tokens.go_to(-1))
        self.tokens.removed.connect(self._remove)
        self.tokens.emptied.connect(self.line.setFocus)
        self.add_goal.clicked.connect(self._take_goal)
        hand_on(self, self.line)

    def value(self) -> tuple[str, ...]:
        return tuple(self._chosen)

    def set_value(self, value: tuple[str, ...]) -> None:
        if value == self.value():
            return
        self._chosen = list(value)
        self.line.clear()
        self._propose("")
        self._show()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.line.setVisible(not read_only)
        self._propose("")
        self._show()

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

    def _add(self, code: str) -> None:
        if code not in self._chosen:
            self._chosen.append(code)
            self._propose(code if _goal_of(code) not in self._goals else "")
            self._show()
            self.edited.emit()

    def _remove(self, code: str) -> None:
        if not self._read_only:
            self._chosen.remove(code)
            self._propose("")
            self._show()
            self.edited.emit()

    def _propose(self, target: str) -> None:
        """Offers to add the goal of this target; nothing for no target."""
        self._offered = _goal_of(target)
        if target:
            goal = self._reference.goal_name(self._offered, self._t.language)
            self.note.setText(self._t("widget.target_of_goal", code=target, goal=f"{self._offered} {goal}"))
        self._offer.setVisible(bool(target))

    def _take_goal(self) -> None:
        wanted = self._offered
        self._propose("")
        self.line.setFocus()
        self.goal_wanted.emit(wanted)

    def _show(self) -> None:
        self.tokens.show_chosen([self._token(code) for code in self._chosen], self._read_only)
        self.controls_changed.emit()

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
        offer.addWidget(self.note, 1)
        offer.addWidget(self.add_goal, 0, Qt.AlignmentFlag.AlignTop)
        self._offer.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.line, self._offer, self.tokens):
            column.addWidget(widget)


def _goal_of(target: str) -> str:
    return target.partition(".")[0]
