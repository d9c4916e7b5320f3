"""What a set of revisions means, worked out the long way for comparison with ``domain/merge.py``.

Written from docs/bundle-format.md ("Meaning: from revisions to what is shown", "Erased revisions" and "Withdrawn
revisions") alone: sets of ids, every pair looked at, nothing clever and nothing shared with what it judges.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from izsa_desktop.domain.revision import Json, Revision


@dataclass(frozen=True)
class Meaning:
    """One record. Values are JSON text, so that ``true`` is not ``1``."""

    counted: frozenset[str]
    waiting: frozenset[str]
    heads: frozenset[str]
    shown: dict[str, str]
    standing: dict[str, dict[str, str]]
    """Of every register that was written: the id of each standing write, and what it says."""
    conflicts: frozenset[str]
    """The registers in which distinct values stand."""
    against: frozenset[str]
    """Where a standing ``_deleted`` is true: the newest saves that knew of none that stands and were known to none."""
    listed: bool
    walls: dict[str, str]


def said(value: Json) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def meaning(revisions: Iterable[Revision]) -> Meaning:
    """Of everything that ever came of one record: in any order, often, and in several forms of one id."""
    forms: dict[str, list[Revision]] = {}
    notes: list[tuple[str, Json]] = []
    for revision in revisions:
        if revision.registers and all(name.startswith("_withdrawn/") for name in revision.registers):
            notes += revision.registers.items()
        else:
            forms.setdefault(revision.id, []).append(revision)
    upon: dict[str, set[str]] = {}
    for name, value in notes:
        id_ = name.removeprefix("_withdrawn/")
        if id_ not in forms and type(value) is list and all(_is_id(one) for one in value):
            upon[id_] = upon.get(id_, set()) | set(value)
    gone = {id_: {name for f in found if f.erased for name in f.erased.registers} for id_, found in forms.items()}
    parents = {id_: found[0].parents for id_, found in forms.items()}
    time = {id_: (found[0].wall, id_) for id_, found in forms.items()}
    writes: dict[str, dict[str, str]] = {}
    before = {id_: _ancestors(id_, parents, upon) for id_ in forms}
    counted = frozenset(id_ for id_ in forms if before[id_] <= forms.keys())
    for id_ in counted:
        for name, value in forms[id_][0].registers.items():
            writes.setdefault(name, {})[id_] = said(None if name in gone[id_] else value)

    standing: dict[str, dict[str, str]] = {}
    for name, written in writes.items():
        last = {id_: value for id_, value in written.items() if not any(id_ in before[other] for other in written)}
        meant = {id_: value for id_, value in last.items() if name not in gone[id_]}
        standing[name] = meant or last

    away = standing.get("_deleted", {})
    against = [
        id_
        for id_ in counted
        if not any(id_ == d or id_ in before[d] or d in before[id_] for d in away) and not only_an_answer(forms[id_][0])
    ]
    return Meaning(
        counted=counted,
        waiting=frozenset(forms.keys() - counted),
        heads=frozenset(id_ for id_ in counted if not any(id_ in before[other] for other in counted)),
        shown={name: written[max(written, key=time.__getitem__)] for name, written in standing.items()},
        standing=standing,
        conflicts=frozenset(name for name, written in standing.items() if len(set(written.values())) > 1),
        against=frozenset(
            id_ for id_ in against if "true" in away.values() and not any(id_ in before[later] for later in against)
        ),
        listed=set(away.values()) != {"true"} or bool(against),
        walls={id_: wall for id_, (wall, _) in time.items()},
    )


def only_an_answer(revision: Revision) -> bool:
    """A save in a record of coaching or of a joint programme that brings nothing back which was put away."""
    beside = {"district", "told"}
    return revision.type in {"coaching", "joint"} and {name.split("/")[0] for name in revision.registers} <= beside


def _is_id(value: Json) -> bool:
    return type(value) is str and len(value) == 64 and set(value) <= set("0123456789abcdef")


def _ancestors(id_: str, parents: dict[str, tuple[str, ...]], upon: dict[str, set[str]]) -> set[str]:
    """The ids of all that came before, as far as they are known, and of those first missing; not of withdrawn ones."""
    found: set[str] = set()
    todo = list(parents[id_])
    while todo:
        ancestor = todo.pop()
        if ancestor not in found:
            found.add(ancestor)
            todo.extend(parents.get(ancestor, ()))
            todo.extend(upon.get(ancestor, ()))
    return found - upon.keys()
