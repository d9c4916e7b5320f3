"""Rows of a list that is known by its numbers only: what is looked at is read on the worker, a page at a time."""

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal

from izsa_desktop.db.catalogue import Numbers
from izsa_desktop.db.finding import NOTHING
from izsa_desktop.domain.project import Project
from izsa_desktop.ui.tasks import Task, Tasks
from izsa_desktop.usecases.finding import Answer, Row, read_rows
from izsa_desktop.usecases.workplace import Workplace

_AROUND = 30
"""Rows read besides those that are looked at, to either side."""
_KEPT = 3_000


class LazyRows(QObject):
    """Asked for a row that it does not have, it gives None and tells ``arrived`` when it has it."""

    arrived = Signal(int, int)
    """First and last place of rows that have come."""

    def __init__(self, workplace: Workplace, tasks: Tasks) -> None:
        super().__init__()
        self._workplace, self._tasks = workplace, tasks
        self._answer: Answer | None = None
        self._known: dict[int, Row] = {}
        self._places: dict[str, int] = {}
        self._gone: set[int] = set()
        self._asked: tuple[int, int] | None = None
        self._task: Task[dict[int, Row]] | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read)

    def show(self, answer: Answer) -> None:
        """Other rows from now on."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._answer, self._asked, self._gone = answer, None, set()
        self._known, self._places = dict(answer.rows), {}
        places = {int(n): place for place, n in enumerate(answer.found.numbers[: len(answer.rows)].tolist())}
        for n, row in answer.rows.items():
            if n in places:
                self._places[row.project.id] = places[n]
        if answer.selected >= 0 and (row_ := self._at(answer.selected)):
            self._places[row_.project.id] = answer.selected

    def __len__(self) -> int:
        return len(self._answer.found.numbers) if self._answer else 0

    @property
    def answer(self) -> Answer | None:
        """What the rows come from."""
        return self._answer

    @property
    def numbers(self) -> Numbers:
        """What is listed, in order."""
        return self._answer.found.numbers if self._answer else NOTHING.numbers

    def row(self, place: int) -> Row | None:
        """The row at a place; when it is not here yet it is sent for."""
        found = self._at(place)
        if found is None and place not in self._gone:
            first, last = self._asked or (place, place)
            self._asked = min(first, place), max(last, place)
            if self._task is None and not self._soon.isActive():
                self._soon.start()
        return found

    def place(self, id_: str) -> int:
        """Where a project stands as far as that is known; -1 otherwise."""
        return self._places.get(id_, -1)

    def note_place(self, id_: str, place: int) -> None:
        """Somebody has found out where a project stands."""
        self._places[id_] = place

    def renew(self, project: Project) -> None:
        """This project has changed; where it stands now, another search tells."""
        place = self.place(project.id)
        if (row := self._at(place) if place >= 0 else None) is not None:
            self._known[int(self.numbers[place])] = replace(row, project=project)
            self.arrived.emit(place, place)

    def _at(self, place: int) -> Row | None:
        assert self._answer is not None
        return self._known.get(int(self._answer.found.numbers[place]))

    def _read(self) -> None:
        if self._asked is None or self._answer is None:
            return
        (first, last), self._asked = self._asked, None
        last = min(last, first + 10 * _AROUND)  # what was passed over while scrolling is looked at no more
        first, last = max(0, first - _AROUND), min(len(self) - 1, last + _AROUND)
        workplace, answer = self._workplace, self._answer
        wanted = [int(n) for n in answer.found.numbers[first : last + 1] if int(n) not in self._known]
        self._task = self._tasks.run(
            self,
            lambda: read_rows(workplace, wanted, answer.found.marks),
            lambda rows: self._take(first, last, rows),
        )

    def _take(self, first: int, last: int, rows: dict[int, Row]) -> None:
        self._task = None
        if len(self._known) > _KEPT:
            self._known.clear()
            self._places.clear()
        self._known |= rows
        numbers = cast(Answer, self._answer).found.numbers[first : last + 1].tolist()
        for place, n in enumerate(numbers, start=first):
            if n in rows:
                self._places[rows[n].project.id] = place
            elif n not in self._known:
                self._gone.add(place)  # deleted for good a moment ago: asking again would never end
        self.arrived.emit(first, last)
        if self._asked is not None:
            self._soon.start()
