"""The coaching ladder of one district: its stages as steps, the criteria of the chosen one below."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.analysis.ladder import Status
from izsa_desktop.domain.ladder import ENOUGH, Stage
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.card import empty
from izsa_desktop.ui.widgets.flow_layout import FlowLayout
from izsa_desktop.ui.widgets.log_list import LogList, LogRow, Said
from izsa_desktop.ui.widgets.tab_order import Seat
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.coaching_view import DistrictPath
from izsa_desktop.usecases.ladder import detail


class LadderView(QWidget):
    """``wanted``: evidence is to be given for a criterion (code)."""

    wanted = Signal(str)

    def __init__(self, t: Translator, give: str) -> None:
        """``give``: what stands on the button behind a criterion for which evidence can be given."""
        super().__init__()
        self._t, self._give = t, give
        self._path: DistrictPath | None = None
        self._by_stage: Mapping[int, Sequence[Status]] = {}
        self.steps: dict[int, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.show_stage)
        self._strip = QWidget()
        self._strip.setAccessibleName(t("coach.stages"))
        self._seat = Seat(self._strip)
        self._flow = FlowLayout(self._strip)
        self.told = plain_label(role="soft", wrap=True)
        self.criteria = LogList("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._strip, self.told, self.criteria):
            column.addWidget(part)

    @property
    def stage(self) -> int:
        """The number of the stage whose criteria are shown."""
        return self._group.checkedId()

    def show_path(self, path: DistrictPath) -> None:
        """Shows this district; the stage that stood open stays so, else the one that comes next."""
        same = self._path is not None and self._path.district == path.district
        shown = self.stage if same else -1
        self._path = path
        self._by_stage = {
            stage.number: [one for one in path.standing.criteria if one.stage == stage] for stage in path.ladder.stages
        }
        if set(self.steps) != set(self._by_stage):
            self._make_steps(path.ladder.stages)
        for stage in path.ladder.stages:
            name = f"{stage.number} {stage.name[self._t.language]}"
            self.steps[stage.number].setText(for_button(name))
        following = path.standing.next_steps
        self.show_stage(shown if shown in self.steps else following[0].stage.number if following else 0)

    def _make_steps(self, stages: Sequence[Stage]) -> None:
        empty(self._flow)
        self.steps = {}
        for stage in stages:
            button = self.steps[stage.number] = QPushButton()
            button.setCheckable(True)
            button.setProperty("role", "step")
            self._group.addButton(button, stage.number)
            self._flow.addWidget(button)
        self._seat.chain(self.steps.values())

    def _look(self, number: int, shown: int) -> None:
        status, button = self._by_stage[number], self.steps[number]
        met = sum(one.met for one in status)
        fulfilled = met >= ENOUGH
        color = "on_accent" if number == shown else "good" if fulfilled else "soft"
        icons.put(button, "circle-check" if fulfilled else "circle", color, 14)
        button.setAccessibleDescription(self._t("coach.stage_count", met=met, of=len(status)))

    def show_stage(self, number: int) -> None:
        """Shows the criteria of this stage."""
        if self._path is None:
            return
        self.steps[number].setChecked(True)
        for each in self.steps:
            self._look(each, number)
        status, t = self._by_stage[number], self._t
        met = sum(one.met for one in status)
        said = t("coach.stage_count", met=met, of=len(status))
        fulfilled = t("coach.stage_fulfilled") if met >= ENOUGH else t("coach.stage_open", need=ENOUGH - met)
        self.told.setText(f"{said} {fulfilled}")
        self.criteria.set_rows([self.row(one) for one in status])

    def row(self, status: Status) -> LogRow:
        """A criterion: met, open or expired, why, and with which evidence."""
        t, criterion = self._t, status.criterion
        icon, tone, mark = _look_of(status, t)
        lost = bool(status.withdrawn) or (status.expired and not status.met)
        notes: list[Said] = [("warn" if lost else "soft", detail(status, t))]
        if status.tick is not None:
            notes.append(("soft", t("coach.evidence_is", text=visible(status.tick.text))))
        name = f"{criterion.code}  {criterion.name[t.language]}"
        row = LogRow(icon, tone, name, mark=mark, notes=[note for note in notes if note[1]], key=criterion.code)
        if criterion.months:
            row.offer(self._give, lambda: self.wanted.emit(criterion.code))
        return row


def _look_of(status: Status, t: Translator) -> tuple[str, str, Said]:
    if status.met:
        return "circle-check", "good", ("good", t("coach.met"))
    if status.waiting:
        return "inbox", "accent", ("soft", t("coach.kept_mark") if status.unsent else t("coach.waits_mark"))
    if status.expired:
        return "circle-alert", "warn", ("warn", t("coach.expired"))
    return "circle", "soft", ("soft", t("coach.open"))
