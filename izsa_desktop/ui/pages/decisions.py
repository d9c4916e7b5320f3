"""Decisions on their way to the disk, and what was decided before, the last first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, Signal

from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.usecases.conflicts import Disputed, Settled, settle


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What one press decided, and the rows of the list that it was about, with their places."""

    settled: tuple[Settled, ...]
    rows: Mapping[str, tuple[int, Disputed]] = field(default_factory=dict)


class Decisions(QObject):
    """Nobody waits for a decision to be written; one that fails is told and is no step any more."""

    written = Signal()
    """All that was on its way is on disk."""
    failed = Signal()
    """What is shown is not what is so."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, parent
        self._pending = 0
        self.steps: list[Step] = []

    @property
    def pending(self) -> bool:
        """True while something is on its way."""
        return self._pending > 0

    def write(self, step: Step, chosen: Mapping[str, str]) -> None:
        """Writes for these registers of the step's only record what these saves say."""
        workplace, record = self._desk.workplace, step.settled[0].record
        self.steps.append(step)
        self._pending += 1
        self._desk.tasks.run(
            self, lambda: settle(workplace, record, chosen), lambda _project: self._ended(), partial(self._failed, step)
        )

    def take(self, step: Step) -> bool:
        """Takes a step off; False where it is none any more."""
        if step not in self.steps:
            return False
        self.steps.remove(step)
        return True

    def _failed(self, step: Step, error: Exception) -> None:
        self.take(step)
        self._desk.notify.failed(error)
        self.failed.emit()
        self._ended()

    def _ended(self) -> None:
        self._pending -= 1
        if not self._pending:
            self._desk.changes.announce(changes.PROJECTS, by=self._page)
            self.written.emit()
