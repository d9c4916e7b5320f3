"""The shown record as a pure function of its revisions.

A record is a set of registers. The values of a register are the writes that no causally later write to the same
register has replaced. One distinct value is shown quietly; several are a conflict: all are kept, one is shown, the same
one on every PC. Merging two stores is the union of their revisions, so order and repetition cannot matter. A revision
counts only when all its ancestors are here; until then it is parked, not dropped. Ancestors that were withdrawn are
passed over (``withdrawal``).

Putting a record away is the write of one register, which an edit elsewhere does not write. So that no edit vanishes
unseen, an edit of which nobody who deleted knew, by somebody who knew of no deletion, counts as a write against it; but
not an answer to what is the office's alone (``authority.stands_against``).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from izsa_desktop.domain.authority import stands_against
from izsa_desktop.domain.revision import DELETED, Json, Revision, canonical
from izsa_desktop.domain.withdrawal import bridged, stood_upon


@dataclass(frozen=True, slots=True)
class Write:
    """One value of a register and the revision that wrote it."""

    value: Json
    revision: Revision
    erased: bool = False
    """What it said was erased: it still replaces what was there before, and gives way to what stands beside it."""


@dataclass(frozen=True, slots=True)
class RecordState:
    """``values``: one value per register, as shown. ``conflicts``: the registers with several, all their writes.

    ``heads``: the newest revisions. ``parked``: ids of revisions that wait for a missing ancestor.
    """

    record: str
    values: Mapping[str, Json]
    conflicts: Mapping[str, tuple[Write, ...]]
    heads: tuple[Revision, ...]
    parked: tuple[str, ...]


def record_state(record: str, revisions: Iterable[Revision]) -> RecordState:
    """The state of one record from all its revisions, in any order."""
    by_id = bridged(revisions)
    present = _causal_order(by_id) if len(by_id) > 1 else [one for one in by_id.values() if not one.parents]
    if len(present) == 1:  # most records when they come, and the long way costs ten times as much
        [only] = present
        parked = tuple(sorted(by_id.keys() - {only.id})) if len(by_id) > 1 else ()
        return RecordState(record, only.registers, {}, (only,), parked)
    replaced = {parent for revision in present for parent in revision.parents}
    ancestry = _Ancestry(present)
    values, conflicts = {}, {}
    for register, writes in _standing_writes(present, ancestry).items():
        if register == DELETED and any(write.value is True for write in writes):
            writes += [Write(None, edit) for edit in _unknown_edits(present, ancestry, writes)]
        kept = [write for write in writes if not write.erased] or writes
        kept.sort(key=lambda write: (write.revision.wall, write.revision.id))
        values[register] = kept[-1].value
        if len(kept) > 1 and len({canonical(write.value) for write in kept}) > 1:
            conflicts[register] = tuple(kept)
    return RecordState(
        record=record,
        values=values,
        conflicts=conflicts,
        heads=tuple(sorted((r for r in present if r.id not in replaced), key=lambda r: r.id)),
        parked=tuple(sorted(by_id.keys() - {revision.id for revision in present})),
    )


def as_of(revisions: Iterable[Revision], heads: Iterable[str]) -> list[Revision]:
    """Those of a record's revisions that somebody knew who saw it with these heads."""
    revisions = list(revisions)
    by_id = bridged(revisions)
    known: dict[str, Revision] = {}
    waiting = stood_upon(heads, by_id, revisions)
    while waiting:
        id_ = waiting.pop()
        if id_ in by_id and id_ not in known:
            known[id_] = by_id[id_]
            waiting.extend(by_id[id_].parents)
    return list(known.values())


def _causal_order(by_id: Mapping[str, Revision]) -> list[Revision]:
    """The revisions whose whole ancestry is here, parents before children."""
    children: dict[str, list[Revision]] = {}
    missing = {}
    for revision in by_id.values():
        missing[revision.id] = len(revision.parents)
        for parent in revision.parents:
            children.setdefault(parent, []).append(revision)
    ordered = [revision for revision in by_id.values() if not revision.parents]
    for revision in ordered:  # grows while it is walked
        for child in children.get(revision.id, ()):
            missing[child.id] -= 1
            if not missing[child.id]:
                ordered.append(child)
    return ordered


class _Ancestry:
    """Who knew of whom, among revisions that stand parents before children.

    Revisions are bits by their position in whole numbers: a record with ten thousand saves, one after another or all at
    once, stays affordable, where sets of ids would take quadratic memory and pairs quadratic time.
    """

    def __init__(self, present: Sequence[Revision]) -> None:
        self.position: dict[str, int] = {}
        self.ancestors: list[int] = []
        """Of the revision at each position."""
        for n, revision in enumerate(present):
            ancestors = 0
            for parent in revision.parents:
                ancestors |= self.ancestors[self.position[parent]] | 1 << self.position[parent]
            self.position[revision.id] = n
            self.ancestors.append(ancestors)

    def known_to(self, positions: Iterable[int]) -> int:
        """The ancestors of any of them."""
        known = 0
        for n in positions:
            known |= self.ancestors[n]
        return known


def _standing_writes(present: Sequence[Revision], ancestry: _Ancestry) -> dict[str, list[Write]]:
    """Per register the writes that no later write replaced."""
    standing: dict[str, dict[int, Write]] = {}
    positions: dict[str, int] = {}
    for n, revision in enumerate(present):
        for register, value in revision.registers.items():
            writes, before = standing.setdefault(register, {}), positions.get(register, 0)
            replaced = before & ancestry.ancestors[n]
            for earlier in _bits(replaced):
                del writes[earlier]
            erased = revision.erased is not None and register in revision.erased.registers
            writes[n] = Write(value, revision, erased)
            positions[register] = before ^ replaced | 1 << n
    return {register: list(writes.values()) for register, writes in standing.items()}


def _unknown_edits(present: Sequence[Revision], ancestry: _Ancestry, writes: Sequence[Write]) -> list[Revision]:
    """The newest revisions that neither knew of a standing write of ``DELETED`` nor were known to one."""
    deciding = [ancestry.position[write.revision.id] for write in writes]
    decided = sum(1 << n for n in set(deciding))
    known = decided | ancestry.known_to(deciding)
    unknown = [
        n
        for n, edit in enumerate(present)
        if not known >> n & 1 and not ancestry.ancestors[n] & decided and stands_against(edit.type, edit.registers)
    ]
    older = ancestry.known_to(unknown)
    return [present[n] for n in unknown if not older >> n & 1]


def _bits(positions: int) -> Iterator[int]:
    """The positions that are set, from the lowest."""
    while positions:
        lowest = positions & -positions
        yield lowest.bit_length() - 1
        positions ^= lowest
