"""The shown record as a pure function of its revisions.

A record is a set of registers. The values of a register are the writes that no causally later write to the same
register has replaced. One distinct value is shown quietly; several are a conflict: all are kept, one is shown, the same
one on every PC. Merging two stores is the union of their revisions, so order and repetition cannot matter. A revision
counts only when all its ancestors are here; until then it is parked, not dropped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from izsa_desktop.domain.revision import Json, Revision, canonical


@dataclass(frozen=True, slots=True)
class Write:
    """One value of a register and the revision that wrote it."""

    value: Json
    revision: Revision


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
    by_id = {revision.id: revision for revision in revisions}
    present = _causal_order(by_id)
    replaced = {parent for revision in present for parent in revision.parents}
    values, conflicts = {}, {}
    for register, writes in _standing_writes(present).items():
        writes.sort(key=lambda write: (write.revision.wall, write.revision.id))
        values[register] = writes[-1].value
        if len(writes) > 1 and len({canonical(write.value) for write in writes}) > 1:
            conflicts[register] = tuple(writes)
    return RecordState(
        record=record,
        values=values,
        conflicts=conflicts,
        heads=tuple(sorted((r for r in present if r.id not in replaced), key=lambda r: r.id)),
        parked=tuple(sorted(by_id.keys() - {revision.id for revision in present})),
    )


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


def _standing_writes(present: Sequence[Revision]) -> dict[str, list[Write]]:
    """Per register the writes that no later write replaced. ``present`` has parents before children.

    A revision's ancestors are a bit set over the positions in ``present``: a record edited ten thousand times stays
    affordable, where sets of ids would take quadratic memory.
    """
    position: dict[str, int] = {}
    seen: list[int] = []
    standing: dict[str, list[Write]] = {}
    for n, revision in enumerate(present):
        ancestors = 0
        for parent in revision.parents:
            ancestors |= seen[position[parent]] | 1 << position[parent]
        position[revision.id] = n
        seen.append(ancestors)
        for register, value in revision.registers.items():
            writes = standing.get(register, ())
            kept = [write for write in writes if not ancestors >> position[write.revision.id] & 1]
            standing[register] = [*kept, Write(value, revision)]
    return standing
