"""How far a district is on the coaching ladder: counted from its records where that is possible, else by evidence.

A criterion is met when the count says so or when evidence was given that has not expired; what the records alone decide
cannot be given evidence for, and what the district took back shows nothing, though the office had accepted it. A stage
is reached with four of its five criteria and all stages below; everybody stands on the lowest one from the beginning.
Only records that the district itself keeps are counted, none that was deleted.
"""

import calendar
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from izsa_desktop.analysis.joined import JOINT
from izsa_desktop.domain.coaching import Evidence, Tick
from izsa_desktop.domain.dates import is_partial_date
from izsa_desktop.domain.facets import FRESH, confirmed_on, freshness
from izsa_desktop.domain.ladder import ENOUGH, Criterion, Ladder, Stage
from izsa_desktop.domain.project import Project, body_of
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.running import ACTIVE, state
from izsa_desktop.domain.validation import missing

STEPS = 2
"""How many next steps are proposed."""


@dataclass(frozen=True, slots=True)
class Records:
    """What is counted of a district."""

    district: str
    projects: Sequence[Project]
    answered: Collection[str]
    """Ids of those in which the district itself has said what the project is to another body's."""
    today: date
    offers: Sequence[bool] = ()
    """For every joint programme that it is asked to join, whether it has answered."""
    joint: Collection[str] = ()
    """Ids of those that are in a joint programme with another district's, to which it has said yes."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many, and how many there must be."""

    have: int
    of: int
    need: int

    @property
    def met(self) -> bool:
        """Of nothing, nothing is met."""
        return self.of > 0 and self.have >= self.need


def _count(marks: Iterable[bool], at_least: int = 1) -> Count:
    found = list(marks)
    return Count(sum(found), len(found), at_least)


def _share(marks: Iterable[bool], percent: int) -> Count:
    found = list(marks)
    return Count(sum(found), len(found), -(-len(found) * percent // 100))


def _running_projects(records: Records) -> Count:
    """Five projects that run, by their status or dates."""
    return _count((state(p.fields, records.today) == ACTIVE for p in records.projects), 5)


def _core_fields(records: Records) -> Count:
    """Nine in ten have what is required to send, but for the district, which every record has by its id."""
    return _share((not set(missing(p.fields)) - {"district"} for p in records.projects), 90)


def _main_goal_reason(records: Records) -> Count:
    """All have a main goal and say why it is theirs."""
    return _share((_reason(p) for p in records.projects), 100)


def _reason(project: Project) -> bool:
    f = project.fields
    return any(row.code == f.goals[0] and row.why.strip() for row in f.goal_details) if f.goals else False


def _answered_offers(records: Records) -> Count:
    """One offer of a joint programme is answered, also with no, or of one project it is said what it is to another."""
    return _count(chain((p.id in records.answered for p in records.projects), records.offers))


def _planned_indicators(records: Records) -> Count:
    """All projects that stand in a plan, these being the priorities, have an indicator with baseline and target."""
    return _share(
        (
            any(row.baseline is not None and row.target is not None for row in p.fields.indicators)
            for p in records.projects
            if p.fields.plans
        ),
        100,
    )


def _confirmed_records(records: Records) -> Count:
    """All were written or confirmed within the last twelve months."""
    return _share((freshness(confirmed_on(p), records.today) == FRESH for p in records.projects), 100)


def _measured_indicators(records: Records) -> Count:
    """Six in ten indicators have a value that was reached."""
    rows = (row for p in records.projects for row in p.fields.indicators)
    return _share((any(actual.value is not None for actual in row.actuals) for row in rows), 60)


def _joint_projects(records: Records) -> Count:
    """One project runs that is joint work with another district's."""
    own = (records.district, OFFICE)
    return _count(
        state(p.fields, records.today) == ACTIVE
        and (
            p.id in records.joint
            or any(row.kind == JOINT and body_of(row.other) not in own for row in p.fields.relations)
        )
        for p in records.projects
    )


def _english_summaries(records: Records) -> Count:
    """Ten projects have title and purpose in English."""
    return _count((bool(p.fields.title_en.strip() and p.fields.purpose_en.strip()) for p in records.projects), 10)


RULES: Mapping[str, Callable[[Records], Count]] = {
    "running_projects": _running_projects,
    "core_fields": _core_fields,
    "main_goal_reason": _main_goal_reason,
    "answered_offers": _answered_offers,
    "planned_indicators": _planned_indicators,
    "confirmed_records": _confirmed_records,
    "measured_indicators": _measured_indicators,
    "joint_projects": _joint_projects,
    "english_summaries": _english_summaries,
}


@dataclass(frozen=True, slots=True)
class Status:
    """How a criterion stands."""

    criterion: Criterion
    stage: Stage
    count: Count | None
    """None where nothing can be counted."""
    tick: Tick | None
    """The newest evidence."""
    expires: date | None
    """The last day on which that evidence counts."""
    expired: bool
    waiting: bool = False
    """Evidence was handed in that the office has not answered."""
    withdrawn: str = ""
    """The day on which the district took back what the office had accepted and nothing else shows; or empty."""
    unsent: bool = False
    """Nothing of what waits has been in a bundle yet."""

    @property
    def met(self) -> bool:
        return (self.count is not None and self.count.met) or (self.tick is not None and not self.expired)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a district stands."""

    stage: Stage
    criteria: tuple[Status, ...]
    """Of all stages, in their order."""
    next_steps: tuple[Status, ...]
    """The first criteria that lack for the lowest stage that is not fulfilled; none when all are."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What evidence says of one criterion."""

    tick: Tick | None
    waiting: bool
    withdrawn: str
    unsent: bool


def standing(
    ladder: Ladder,
    records: Records,
    ticks: Iterable[Tick],
    evidence: Iterable[Evidence] = (),
    unsent: Collection[str] = (),
) -> Standing:
    """What records and evidence say of a district. ``unsent``: ids of the evidence that has been in no bundle yet."""
    shown = _Evidenced(list(ticks), list(evidence), unsent)
    criteria = tuple(
        _status(one, stage, records, shown.of(one.code)) for stage in ladder.stages for one in stage.criteria
    )
    reached = ladder.stages[0]
    for stage in ladder.stages:
        of_stage = [one for one in criteria if one.stage is stage]
        if sum(one.met for one in of_stage) < ENOUGH:
            lacking = [one for one in of_stage if not one.met]
            return Standing(reached, criteria, tuple(lacking[:STEPS]))
        reached = stage
    return Standing(reached, criteria, ())


class _Evidenced:
    """Ticks and evidence by criterion; the newest tick counts of which nobody took the evidence back."""

    def __init__(self, ticks: Sequence[Tick], evidence: Sequence[Evidence], unsent: Collection[str]) -> None:
        back = {one.id: one.withdrawn for one in evidence if one.withdrawn}
        accepted = {one.evidence for one in ticks}
        in_order = sorted(ticks, key=lambda one: (one.day, one.wall, one.id))
        self._newest = {one.criterion: one for one in in_order if one.evidence not in back}
        self._withdrawn = {one.criterion: back[one.evidence] for one in in_order if one.evidence in back}
        waiting = [one for one in evidence if one.waiting and one.id not in accepted]
        self._waiting = {one.criterion for one in waiting}
        self._sent = {one.criterion for one in waiting if one.id not in unsent}

    def of(self, code: str) -> _Shown:
        tick = self._newest.get(code)
        waiting = code in self._waiting
        return _Shown(tick, waiting, "" if tick else self._withdrawn.get(code, ""), waiting and code not in self._sent)


def _status(criterion: Criterion, stage: Stage, records: Records, shown: _Shown) -> Status:
    rule, tick = RULES.get(criterion.computed), shown.tick  # one that only a later version knows counts nothing
    count = rule(records) if rule else None
    if not criterion.months:
        return Status(criterion, stage, count, None, None, False)
    if tick is None or not is_partial_date(tick.day):
        return Status(criterion, stage, count, None, None, False, shown.waiting, shown.withdrawn, shown.unsent)
    expires = months_after(date.fromisoformat(tick.day), criterion.months)
    expired = records.today > expires
    return Status(criterion, stage, count, tick, expires, expired, shown.waiting, unsent=shown.unsent)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
