"""The figures that charts are drawn from: works by goal, their balance, how many ran in which year.

Works are counted, not records: joint work and the same project told twice count once (``analysis.works``).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from izsa_desktop.analysis import gaps
from izsa_desktop.analysis.gaps import Matrix
from izsa_desktop.analysis.trend import trend
from izsa_desktop.analysis.works import Entry, Works, entry_of
from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.filter import EVERYTHING
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.registers import from_state
from izsa_desktop.domain.revision import Revision
from izsa_desktop.domain.running import UNCLEAR
from izsa_desktop.usecases.finding import find_numbers
from izsa_desktop.usecases.gaps import balancing, column_codes, row_codes
from izsa_desktop.usecases.joint import places
from izsa_desktop.usecases.workplace import Workplace

_AT_ONCE = 500
_MOST_CHANGED = 2_000
"""Records that are looked at as they were before: after more, as when a city begins, nobody asks which gap closed."""
_MOST_SPANS = 14
_YEARS = 12
"""Up to the present one. What nobody has ended would run in every year to come."""


@dataclass(frozen=True, slots=True)
class RunningTime:
    """The years of a project, as ``domain.running.years`` has them."""

    title: str
    first: int
    last: int
    state: str
    """See ``domain.running.state``."""


@dataclass(frozen=True, slots=True)
class Figures:
    """``goals``: by code; ``balance`` in percent by dimension (empty: nothing says it); ``years``: works that ran
    (``trend`` says in which sense for the present one)."""

    works: int
    running: int
    unclear: int
    """Works of which nothing says whether they run."""
    goals: Mapping[str, int]
    balance: Mapping[str, float]
    years: Mapping[int, int]
    undated: int
    """Works that are in no former year, since nothing says when they began."""
    spans: tuple[RunningTime, ...]
    """At a district its projects: those that run longest, or last did."""

    def to_plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "works": self.works,
            "running": self.running,
            "unclear": self.unclear,
            "goals": dict(self.goals),
            "balance": {code: round(share, 1) for code, share in self.balance.items()},
            "years": {str(year): count for year, count in self.years.items()},
            "undated": self.undated,
        }


class Counting:
    """Of all that a workplace lists: its own projects, at the office everybody's. Read once."""

    def __init__(self, workplace: Workplace, today: date) -> None:
        self._workplace, self._today = workplace, today
        with workplace.store.reading() as reader:
            self._joint = places(reader)
            self._entries: dict[str, Entry] = {}
            self._updated: dict[str, str] = {}
            self._titles: dict[str, str] = {}
            for project in _projects(reader):
                self._entries[project.id] = self._entry(project)
                self._updated[project.id] = project.updated
                self._titles[project.id] = project.fields.title

    def _entry(self, project: Project) -> Entry:
        return entry_of(project, self._today, self._joint.get(project.id, ()))

    @cached_property
    def table(self) -> Matrix:
        """Districts against goals, as it stands."""
        return self._table(Works(self._entries.values()))

    def _table(self, works: Works) -> Matrix:
        known = self._workplace.reference
        rows = row_codes(known) if self._workplace.identity.office else (self._workplace.identity.body,)
        return gaps.matrix(works, "goal", rows, column_codes(known, "goal"), balancing(known))

    @cached_property
    def figures(self) -> Figures:
        """What the charts show."""
        table = self.table
        balance, year = table.balance.get(""), self._today.year
        numbered = Works(self._entries.values()).numbered()
        ran = trend(numbered, year - _YEARS + 1, year, year)
        return Figures(
            works=table.total.count,
            running=table.total.active,
            unclear=table.total.of_state(UNCLEAR),
            goals={code: table.column(code).count for code in table.columns if code},
            balance=balance.percent if balance else {},
            years=ran.years,
            undated=ran.undated,
            spans=() if self._workplace.identity.office else self._spans(),
        )

    def _spans(self) -> tuple[RunningTime, ...]:
        known = [
            RunningTime(self._titles[id_], one.first, one.last, one.state)
            for id_, one in self._entries.items()
            if one.first and (not one.last or one.first <= one.last)
        ]
        newest = sorted(known, key=lambda one: (-(one.last or self._today.year), one.first, one.title))[:_MOST_SPANS]
        return tuple(sorted(newest, key=lambda one: (one.first, one.last, one.title)))

    def closed(self, since: str) -> list[tuple[str, str]]:
        """District and goal of the gaps that there were on that day (UTC) and that something running has closed."""
        with self._workplace.store.reading() as reader:
            arrived = reader.arrived(since)
            changed = [id_ for id_ in self._entries if id_ in arrived or self._updated[id_] >= since]
            if not changed or len(changed) > _MOST_CHANGED:
                return []
            former = dict(self._entries)
            for id_ in changed:
                before = _before(reader.history(id_), since, arrived.get(id_, set()))
                if before is None:
                    del former[id_]
                else:
                    former[id_] = self._entry(before)
        then, now = self._table(Works(former.values())), self.table
        return [
            (district, goal)
            for district in now.rows
            if district != OFFICE
            for goal in column_codes(self._workplace.reference, "goal")
            if then.at(district, goal).gap and not now.at(district, goal).gap
        ]


def _projects(reader: Reader) -> Iterator[Project]:
    numbers = find_numbers(reader, EVERYTHING).tolist()
    for start in range(0, len(numbers), _AT_ONCE):
        yield from reader.at(numbers[start : start + _AT_ONCE]).values()


def _before(history: Sequence[Revision], since: str, arrived: Collection[str]) -> Project | None:
    """The project without what arrived or was written since; None where there was none, or only in the bin."""
    earlier = [one for one in history if one.wall < since and one.id not in arrived]
    if not earlier:
        return None
    project = from_state(record_state(earlier[0].record, earlier))
    return None if project.deleted or not project.heads else project
