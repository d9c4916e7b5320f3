"""Which projects count once in a total, after what people said of pairs of them.

The same project told twice, joint work of several districts, and a part of a larger programme are one piece of work. A
project that follows another one is a new piece. Where somebody says of a pair that it is not similar, what others say
of that very pair joins nothing; a third project may still join them.
"""

from collections.abc import Iterable
from typing import NamedTuple

from izsa_desktop.domain.project import Project

SAME, JOINT, PART, FOLLOWS, NOT_SIMILAR = "aynı", "ortak iş", "parçası", "devamı", "benzer değil"
"""Codes of the vocabulary ``relation``."""
COUNT_ONCE = frozenset({SAME, JOINT, PART})


class Said(NamedTuple):
    """What somebody said: ``project`` is ``kind`` (same as, part of, …) of ``other``; both by id."""

    project: str
    other: str
    kind: str


def said_of(projects: Iterable[Project]) -> list[Said]:
    """Everything that the records themselves say; deleted ones say nothing."""
    return [
        Said(one.id, relation.other, relation.kind)
        for one in projects
        if not one.deleted
        for relation in one.fields.relations
        if relation.kind
    ]


def pair(a: str, b: str) -> tuple[str, str]:
    """The two ids whichever way round they were named."""
    return (a, b) if a < b else (b, a)


def groups(relations: Iterable[Said]) -> list[frozenset[str]]:
    """Ids of projects that count once together, in groups of two and more; the order of what was said is no matter.

    A project that is in no group counts for itself. Ids need not be of projects that are here: leave those out.
    """
    relations = list(relations)
    apart = {pair(a, b) for a, b, kind in relations if kind == NOT_SIMILAR}
    leader: dict[str, str] = {}

    def first(id_: str) -> str:
        while (above := leader.setdefault(id_, id_)) != id_:
            leader[id_] = leader[above]
            id_ = leader[id_]
        return id_

    for a, b, kind in relations:
        if kind in COUNT_ONCE and pair(a, b) not in apart:
            one, other = pair(first(a), first(b))
            leader[other] = one
    members: dict[str, set[str]] = {}
    for id_ in leader:
        members.setdefault(first(id_), set()).add(id_)
    return sorted((frozenset(ids) for ids in members.values() if len(ids) > 1), key=min)
