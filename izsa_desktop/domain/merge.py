"""The shown record as a pure function of its revisions.

A record is a set of registers. The values of a register are the writes that no causally later write to the same
register has replaced. One distinct value is shown quietly; several are a conflict: all are kept, one is shown, the same
one on every PC. Merging two stores is the union of their revisions, so order and repetition cannot matter. A revision
counts only when all its ancestors are here; until then it is parked, not dropped.
"""

from collections.abc import Iterable, Mapping
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
    ancestors = _ancestors(by_id)
    present = [by_id[id_] for id_ in ancestors]
    replaced = {parent for revision in present for parent in revision.parents}
    values, conflicts = {}, {}
    for register, writes in _standing_writes(present, ancestors).items():
        values[register] = max(writes, key=lambda w: (w.revision.wall, w.revision.id)).value
        if len({canonical(write.value) for write in writes}) > 1:
            conflicts[register] = tuple(sorted(writes, key=lambda w: (w.revision.wall, w.revision.id)))
    return RecordState(
        record=record,
        values=values,
        conflicts=conflicts,
        heads=tuple(sorted((r for r in present if r.id not in replaced), key=lambda r: r.id)),
        parked=tuple(sorted(by_id.keys() - ancestors.keys())),
    )


def _ancestors(by_id: Mapping[str, Revision]) -> dict[str, set[str]]:
    """For every revision whose whole ancestry is here: the ids of its ancestors, parents before children."""
    done: dict[str, set[str]] = {}
    waiting = list(by_id.values())
    while waiting:
        still = []
        for revision in waiting:
            if all(parent in done for parent in revision.parents):
                done[revision.id] = set(revision.parents).union(*(done[parent] for parent in revision.parents))
            else:
                still.append(revision)
        if len(still) == len(waiting):
            break
        waiting = still
    return done


def _standing_writes(present: list[Revision], ancestors: Mapping[str, set[str]]) -> dict[str, list[Write]]:
    """Per register the writes that no later write replaced. ``present`` has parents before children."""
    standing: dict[str, list[Write]] = {}
    for revision in present:
        seen = ancestors[revision.id]
        for register, value in revision.registers.items():
            kept = [write for write in standing.get(register, ()) if write.revision.id not in seen]
            standing[register] = [*kept, Write(value, revision)]
    return standing
