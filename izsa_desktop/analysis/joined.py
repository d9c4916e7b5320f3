"""Which projects count once in a total, after what people said of pairs of them.

The same project told twice, joint work of several districts, and a part of a larger programme are one piece of work. A
project that follows another one is a new piece. What each of the two records says of the pair stands: where one of them
says that it is two pieces of work, what the other says joins nothing, until they say alike; a third project may still
join them. So whoever answers later and otherwise is heard at once, whose record it may be. The members of a joint
programme are one piece of work whatever their records say of each other.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from izsa_desktop.domain.project import Project

SAME, JOINT, PART, FOLLOWS, NOT_SIMILAR = "aynı", "ortak iş", "parçası", "devamı", "benzer değil"
"""Codes of the vocabulary ``relation``."""
COUNT_ONCE = frozenset({SAME, JOINT, PART})
BOTH_WAYS = frozenset({SAME, JOINT, NOT_SIMILAR})
"""What is said of both at once; the others hold from the one that says it to the other."""


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


def differing(relations: Iterable[Said]) -> set[tuple[str, str]]:
    """Pairs of which the two records say different things, or things of each other that cannot both be."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for project, other, kind in relations:
        said.setdefault(pair(project, other), {})[project] = kind
    return {
        both
        for both, words in said.items()
        if len(words) > 1 and not (len(set(words.values())) == 1 and BOTH_WAYS.issuperset(words.values()))
    }


def groups(relations: Iterable[Said], together: Iterable[Sequence[str]] = ()) -> list[frozenset[str]]:
    """Ids of projects that count once together, in groups of two and more; the order of what was said is no matter.

    ``together``: the members of each joint programme. A project that is in no group counts for itself. Ids need not be
    of projects that are here: leave those out.
    """
    relations = list(relations)
    apart = {pair(a, b) for a, b, kind in relations if kind not in COUNT_ONCE}
    leader: dict[str, str] = {}

    def first(id_: str) -> str:
        while (above := leader.setdefault(id_, id_)) != id_:
            leader[id_] = leader[above]
            id_ = leader[id_]
        return id_

    said = ((a, b) for a, b, kind in relations if kind in COUNT_ONCE and pair(a, b) not in apart)
    for a, b in chain(said, ((some[0], id_) for some in together for id_ in some[1:])):
        one, other = pair(first(a), first(b))
        leader[other] = one
    members: dict[str, set[str]] = {}
    for id_ in leader:
        members.setdefault(first(id_), set()).add(id_)
    return sorted((frozenset(ids) for ids in members.values() if len(ids) > 1), key=min)
