"""Pairs of projects that look alike, and those about which somebody has said what they are to each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from izsa_desktop.analysis.joined import JOINT, Said, differing, groups, pair, said_of
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.text import sort_key
from izsa_desktop.usecases.joint import places
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.similar import Pair, known_projects, ready
from izsa_desktop.usecases.workplace import Workplace

_NOWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DecidedPair:
    """Two projects, and what their records say of each other."""

    a: Project
    b: Project
    says: tuple[Said, ...]
    differing: bool
    """They do not say alike; a person has to decide."""

    @property
    def kind(self) -> str:
        """What is said where both say alike, or only one says something; empty where they differ."""
        return "" if self.differing else self.says[0].kind


@dataclass(frozen=True, slots=True)
class Compared:
    """What there is to look at: pairs that wait for an answer, best first, and those that have one."""

    waiting: tuple[Pair, ...]
    decided: tuple[DecidedPair, ...]
    count: int
    """How many projects were compared."""


def compare(workplace: Workplace, progress: Progress = no_progress) -> Compared:
    """Compares all projects that are known here; two of one joint programme are decided. May raise ``Cancelled``."""
    projects = known_projects(workplace)
    with workplace.store.reading() as reader:
        inside = {id_: {key for key, _place in some} for id_, some in places(reader).items()}
    found = [
        one
        for one in ready(workplace, projects, progress).pairs(progress=progress)
        if inside.get(one.a.id, _NOWHERE).isdisjoint(inside.get(one.b.id, _NOWHERE))
    ]
    return Compared(tuple(found), tuple(_decided(projects)), len(projects))


def decided(workplace: Workplace) -> list[DecidedPair]:
    """All about which somebody has said something and this workplace may, those that differ first."""
    return _decided(known_projects(workplace))


def _decided(projects: Sequence[Project]) -> list[DecidedPair]:
    by_id = {one.id: one for one in projects}
    said = [one for one in said_of(projects) if one.other in by_id and one.other != one.project]
    differ = differing(said)
    found: dict[tuple[str, str], list[Said]] = {}
    for one in said:
        found.setdefault(pair(one.project, one.other), []).append(one)
    made = [
        DecidedPair(by_id[says[0].project], by_id[says[0].other], tuple(says), both in differ)
        for both, says in found.items()
        if not (by_id[both[0]].shared and by_id[both[1]].shared)
    ]
    return sorted(made, key=lambda one: (not one.differing, sort_key(one.a.fields.title), one.a.id, one.b.id))


def joint_group(workplace: Workplace, a: str, b: str) -> list[str]:
    """Ids of these two and of all that are joint work with them, as people have said, over any number of links."""
    said = [one for one in decided(workplace) if one.kind == JOINT]
    links = [Said(a, b, JOINT), *(Said(one.a.id, one.b.id, JOINT) for one in said)]
    [found] = [group for group in groups(links) if a in group]
    return [a, b, *sorted(found - {a, b})]
