"""What a record was after a save, and how two such states differ.

A version is the state that the person who saved it saw: that save and all that it knew of. Differences are named by
field, never by register. Long texts are compared word by word; rows as rows that came, went, changed or moved.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import heapify, heappop, heappush
from typing import Any, Literal

from izsa_desktop.domain.fields import FIELDS, FieldSpec, Kind
from izsa_desktop.domain.merge import RecordState, as_of, record_state
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.registers import fields_of
from izsa_desktop.domain.revision import DELETED, Revision
from izsa_desktop.domain.withdrawal import bridged

_WORD = re.compile(r"\s*\S+|\s+")
_MOST_WORDS = 6_000
"""More words than the longest field holds; beyond it the time for a comparison would not be bounded."""

Sort = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that stands in both versions, only in the first or only in the second."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row: ``before`` None when it came, ``after`` None when it went. ``parts``: what changed inside it."""

    before: Any = None
    after: Any = None
    parts: tuple[FieldSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs. ``rows`` for rows, ``moved`` when only their order differs."""

    field: str
    before: Any
    after: Any
    spec: FieldSpec | None = None
    """None for the record's being in the bin."""
    rows: tuple[RowChange, ...] = ()

    @property
    def moved(self) -> bool:
        """The same elements in another order."""
        if self.spec is None or not isinstance(self.before, tuple) or not isinstance(self.after, tuple):
            return False
        return not self.rows and {*map(repr, self.before)} == {*map(repr, self.after)}


def ordered(revisions: Iterable[Revision]) -> list[Revision]:
    """Every save after those that it knew of, else by the writers' clocks; what is parked comes last."""
    by_id = bridged(revisions)
    children: dict[str, list[Revision]] = {}
    missing = {}
    for revision in by_id.values():
        missing[revision.id] = len(revision.parents)
        for parent in revision.parents:
            children.setdefault(parent, []).append(revision)
    ready = [(r.wall, r.id) for r in by_id.values() if not r.parents]
    heapify(ready)
    found: dict[str, Revision] = {}
    while ready:
        id_ = heappop(ready)[1]
        found[id_] = by_id[id_]
        for child in children.get(id_, ()):
            missing[child.id] -= 1
            if not missing[child.id]:
                heappush(ready, (child.wall, child.id))
    parked = sorted((r for r in by_id.values() if r.id not in found), key=lambda r: (r.wall, r.id))
    return [*found.values(), *parked]


def state_at(record: str, revisions: Iterable[Revision], heads: Iterable[str]) -> RecordState:
    """The record as somebody saw it who knew of these saves."""
    return record_state(record, as_of(revisions, heads))


def differences(before: RecordState, after: RecordState) -> tuple[Change, ...]:
    """The fields in which two states of a record differ, in the order of the form."""
    found = list(changes(fields_of(before.values), fields_of(after.values)))
    gone = before.values.get(DELETED) is True, after.values.get(DELETED) is True
    if gone[0] != gone[1]:
        found.append(Change(DELETED, *gone))
    return tuple(found)


def changes(before: ProjectFields, after: ProjectFields) -> Iterator[Change]:
    """The same for the fields alone."""
    for spec in FIELDS:
        old, new = getattr(before, spec.name), getattr(after, spec.name)
        if old != new:
            rows = tuple(_row_changes(spec, old, new)) if spec.row else ()
            yield Change(spec.name, old, new, spec, rows)


def _row_changes(spec: FieldSpec, before: Sequence[Any], after: Sequence[Any]) -> Iterator[RowChange]:
    assert spec.row is not None
    old = {getattr(row, spec.row.key): row for row in before}
    new = {getattr(row, spec.row.key): row for row in after}
    for key, row in old.items():
        if key not in new:
            yield RowChange(before=row)
    for key, row in new.items():
        if key not in old:
            yield RowChange(after=row)
        elif row != old[key]:
            parts = tuple(p for p in spec.row.attributes if getattr(row, p.name) != getattr(old[key], p.name))
            yield RowChange(old[key], row, parts)


def is_text(spec: FieldSpec | None) -> bool:
    """True for what people write in their own words, and compare word by word."""
    return spec is not None and spec.kind in (Kind.TEXT, Kind.NOTES)


# --- words -----------------------------------------------------------------------------------------------------------


def compared(before: str, after: str) -> tuple[Segment, ...]:
    """Two texts in one: what stands in both once, what was taken out before what was put in."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    parts: list[tuple[Sort, list[str]]] = [("same", old[:head]), *_between(*middle), ("same", old[len(old) - tail :])]
    return tuple(Segment(sort, "".join(words)) for sort, words in _united(parts) if words)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words both begin with."""
    for n, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            return n
    return min(len(old), len(new))


def _between(old: list[str], new: list[str]) -> Iterator[tuple[Sort, list[str]]]:
    if len(old) + len(new) > 2 * _MOST_WORDS:
        yield "removed", old
        yield "added", new
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield "same", old[a:b]
        else:
            yield "removed", old[a:b]
            yield "added", new[c:d]


def _united(parts: Iterable[tuple[Sort, list[str]]]) -> list[tuple[Sort, list[str]]]:
    """Neighbours of one sort as one."""
    found: list[tuple[Sort, list[str]]] = []
    for sort, words in parts:
        if words and found and found[-1][0] == sort:
            found[-1] = (sort, [*found[-1][1], *words])
        elif words:
            found.append((sort, words))
    return found
