"""The shown record as a pure function of its revisions.

A record is a set of registers. The values of a register are the writes that no causally later write to the same
register has replaced. One distinct value is shown quietly; several are a conflict: all are kept, one is shown, the same
one on every PC. Merging two stores is the union of their revisions, so order and repetition cannot matter. A revision
counts only when all its ancestors are here; until then it is parked, not dropped. Ancestors that were withdrawn are
passed over (``withdrawal``).

Putting a record away is the write of one register, which an edit elsewhere does not write. So that no edit vanishes
unseen, an edit of which nobody who deleted knew, by somebody who knew of no deletion, counts as a write against it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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

    A revision's ancestors are a bit set over the positions: a record edited ten thousand times stays affordable, where
    sets of ids would take quadratic memory.
    """

    def __init__(self, present: Sequence[Revision]) -> None:
        self._position: dict[str, int] = {}
        self._ancestors: list[int] = []
        for n, revision in enumerate(present):
            ancestors = 0
            for parent in revision.parents:
                ancestors |= self._ancestors[self._position[parent]] | 1 << self._position[parent]
            self._position[revision.id] = n
            self._ancestors.append(ancestors)

    def knew(self, revision: Revision, earlier: Revision) -> bool:
        """True when ``earlier`` is an ancestor of ``revision``."""
        return bool(self._ancestors[self._position[revision.id]] >> self._position[earlier.id] & 1)


def _standing_writes(present: Sequence[Revision], ancestry: _Ancestry) -> dict[str, list[Write]]:
    """Per register the writes that no later write replaced."""
    standing: dict[str, list[Write]] = {}
    for revision in present:
        for register, value in revision.registers.items():
            kept = [write for write in standing.get(register, ()) if not ancestry.knew(revision, write.revision)]
            erased = revision.erased is not None and register in revision.erased.registers
            standing[register] = [*kept, Write(value, revision, erased)]
    return standing


def _unknown_edits(present: Sequence[Revision], ancestry: _Ancestry, writes: Sequence[Write]) -> list[Revision]:
    """The newest revisions that neither knew of a standing write of ``DELETED`` nor were known to one."""
    deciding = [write.revision for write in writes]
    unknown = [
        edit
        for edit in present
        if all(edit is not d and not ancestry.knew(edit, d) and not ancestry.knew(d, edit) for d in deciding)
    ]
    return [edit for edit in unknown if not any(ancestry.knew(later, edit) for later in unknown)]
