"""Taking the good rows in, and taking an import back: each in one transaction, after a backup."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from izsa_desktop.db.rows import chunks
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain import registers
from izsa_desktop.domain.errors import ImportGone, ImportOutdated
from izsa_desktop.domain.fields import FIELDS, says_something
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.revision import DELETED, Json
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.importing.batches import (
    Batch,
    BatchRow,
    batch_key,
    kept_batches,
    kept_value,
    new_batch_id,
)
from izsa_desktop.usecases.importing.mapping import remember_value
from izsa_desktop.usecases.importing.trial import LEFT, NEW, UPDATE, Trial, TrialRow
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.upkeep import backup_before
from izsa_desktop.usecases.workplace import Workplace, utc_now

_CHUNK = 500
_OCCASION = "import"


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did. ``batch`` names it for ``undo_import``; empty when there was nothing to take in."""

    batch: str
    added: int
    updated: int
    left: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """``kept``: projects that somebody has edited since; they stay as they are."""

    undone: int
    kept: int


def take_in(workplace: Workplace, trial: Trial, progress: Progress = no_progress) -> Taken:
    """Stores the rows that are good, all or none, and remembers the mapping. Cancelled: nothing has happened.

    Raises ImportOutdated when projects were saved since the dry run, Cancelled, DiskProblem, WorkplaceBusy.
    """
    rows = trial.to_take
    left = trial.counts[LEFT]
    if not rows:
        with workplace.store.writing() as writer:
            writer.set_meta(remember_value(trial.mapping) or {})
        return Taken("", 0, 0, left, ())
    progress(0, len(rows))
    backup_before(workplace, _OCCASION)
    fresh = [row for row in rows if row.state == NEW]
    changed = [row for row in rows if row.state == UPDATE]
    made = utc_now()
    with workplace.store.writing() as writer:
        if writer.last_seq(workplace.identity.replica) != trial.seen:
            raise ImportOutdated
        kept = list(_add(workplace, writer, fresh, lambda done: progress(done, len(rows))))
        kept += _update(workplace, writer, changed, lambda done: progress(len(fresh) + done, len(rows)))
        batch = Batch(new_batch_id(made), made, trial.file, tuple(kept))
        writer.set_meta({**kept_value(batch), **remember_value(trial.mapping)})
        progress(len(rows), len(rows))
    return Taken(batch.id, len(fresh), len(changed), left, tuple(row.record for row in kept))


def undo_import(workplace: Workplace, batch_id: str = "", progress: Progress = no_progress) -> Undone:
    """Takes an import back (the newest when none is named): new projects go to the bin, changed ones are as before.

    What somebody has edited since stays. Nothing is erased: to take back is a save like any other, so that bundles that
    were sent in between remain true. Raises ImportGone.
    """
    with workplace.store.reading() as reader:
        batches = kept_batches(reader)
    batch = next((b for b in reversed(batches) if batch_id in ("", b.id)), None)
    if batch is None:
        raise ImportGone
    backup_before(workplace, _OCCASION)
    kept: list[BatchRow] = []
    saves: list[tuple[str, tuple[str, ...], dict[str, Json]]] = []
    with workplace.store.writing() as writer:
        for n, rows in enumerate(chunks(batch.rows, _CHUNK)):
            progress(n * _CHUNK, len(batch.rows))
            heads = {project.id: project.heads for project in writer.projects_by_id(row.record for row in rows)}
            for row in rows:
                if heads.get(row.record) != (row.revision,):
                    kept.append(row)
                elif row.before != {}:
                    back = {DELETED: True} if row.before is None else row.before
                    saves.append((row.record, (row.revision,), back))
        writer.add(list(projects.revisions_in(workplace, writer, saves)))
        if kept:
            writer.set_meta(kept_value(Batch(batch.id, batch.made, batch.file, tuple(kept))))
        else:
            writer.forget(batch_key(batch.id))
    return Undone(len(batch.rows) - len(kept), len(kept))


def imports(workplace: Workplace) -> list[Batch]:
    """The imports that can be taken back, the newest first."""
    with workplace.store.reading() as reader:
        return kept_batches(reader)[::-1]


def _add(
    workplace: Workplace, writer: Writer, rows: Sequence[TrialRow], step: Callable[[int], None]
) -> Iterator[BatchRow]:
    done = 0
    for chunk in chunks(rows, _CHUNK):
        step(done)
        ids = projects.add_in(workplace, writer, [row.fields for row in chunk if row.fields is not None])
        heads = {project.id: project.heads for project in writer.projects_by_id(ids)}
        for row, id_ in zip(chunk, ids, strict=True):
            yield BatchRow(row.key, id_, heads[id_][0])
        done += len(chunk)


def _update(
    workplace: Workplace, writer: Writer, rows: Sequence[TrialRow], step: Callable[[int], None]
) -> Iterator[BatchRow]:
    """Writes what the rows say over what the projects say; what a row does not speak of stays."""
    for n, row in enumerate(rows):
        if n % _CHUNK == 0:
            step(n)
        state = writer.state(row.record)
        assert row.fields is not None
        wanted = _overlaid(registers.fields_of(state.values), row.fields)
        changed = registers.to_registers(wanted, state.values)
        if not changed:
            yield BatchRow(row.key, row.record, state.heads[0].id, {})
            continue
        before: dict[str, Any] = {register: state.values.get(register) for register in changed}
        parents = tuple(head.id for head in state.heads)
        saves = list(projects.revisions_in(workplace, writer, [(row.record, parents, changed)]))
        writer.add(saves)
        yield BatchRow(row.key, row.record, saves[-1].id, before)


def _overlaid(stands: ProjectFields, said: ProjectFields) -> ProjectFields:
    values = {spec.name: getattr(said, spec.name) for spec in FIELDS}
    return replace(stands, **{name: value for name, value in values.items() if says_something(value)})
