"""Going back to a backup. Nothing is ever lost by it, and no number is ever used twice (docs/adr/0007).

The backup is copied and verified whole before anything else. Then it depends on the database that is here:

- It is **sound**: saves only grow, so going back is a save like any other. Each record of this body is written as the
  backup has it, in one transaction; what was entered since stays in the history, projects begun since go to the bin.
- It is **damaged or gone**: the backup takes its place, together with every save that can still be proven by its hash
  and everything in the archive of sent and received bundles. The damaged file is kept aside.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from izsa_desktop.db.reader import Reader
from izsa_desktop.db.salvage import require_backup, take
from izsa_desktop.db.store import Store
from izsa_desktop.domain.errors import BackupOfAnother, DatabaseDamaged, DiskProblem, NoWorkplace
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.revision import DELETED, Json
from izsa_desktop.durable import os_problem
from izsa_desktop.usecases import backups, places, replacing
from izsa_desktop.usecases.holding import Hold, held
from izsa_desktop.usecases.numbering import count_on
from izsa_desktop.usecases.projects import revisions_in
from izsa_desktop.usecases.takeover import take_over
from izsa_desktop.usecases.upkeep import backup_before
from izsa_desktop.usecases.workplace import DATABASE, Workplace, open_workplace

STAGE = "restoring"


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of it. Numbers are of projects, ``saves`` of saves that were not here."""

    back: int = 0
    """Written as the backup has them."""
    put_away: int = 0
    """Begun since the backup, now in the bin."""
    saves: int = 0
    replaced: bool = False
    """The database was damaged or gone, and is another now."""
    aside: Path | None = None
    """Where the damaged database lies."""
    enrol_again: bool = False
    """This PC has a new key, which the office does not know yet."""


def restore(folder: Path, source: Path, hold: Hold | None = None) -> Restored:
    """Goes back to a backup. ``hold`` if the caller holds the workplace already; no other window may have it open.

    In a folder where nothing is, the backup becomes a workplace with a new key. Raises BackupDamaged, BackupOfAnother,
    DatabaseTooNew, WorkplaceBusy, OnNetworkDrive, InSyncedFolder, DiskProblem: then nothing has changed.
    """
    places.require_local(folder)
    require_backup(source)
    with held(folder, hold), _staged(folder, source) as offered:
        try:
            with open_workplace(folder, held=True) as workplace:
                if not workplace.store.problems():
                    return _go_back(workplace, offered, source)
        except (DatabaseDamaged, NoWorkplace, KeyError):  # a key of ``meta`` may be what is damaged
            pass
        aside, enrol_again = replacing.replace_database(folder, offered, source)
        return Restored(replaced=True, aside=aside, enrol_again=enrol_again)


@contextmanager
def _staged(folder: Path, source: Path) -> Iterator[Store]:
    stage = folder / STAGE
    try:
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e
    try:
        with closing(take(source, stage / DATABASE)) as offered:
            yield offered
    finally:
        shutil.rmtree(stage, ignore_errors=True)


# --- a sound database ------------------------------------------------------------------------------------------------


def _go_back(workplace: Workplace, offered: Store, source: Path) -> Restored:
    identity = workplace.identity
    with offered.reading() as old:
        meta = old.meta()
        if meta["body"] != identity.body or (identity.office and meta["replica"] != identity.replica):
            raise BackupOfAnother(str(source))
        backup_before(workplace, backups.RESTORE)
        with workplace.store.writing() as writer:
            saves, known_as = take_over(writer, old, identity.body, identity.replica)
            changes = list(_changes(writer, old, identity.body, known_as))
            writer.add(list(revisions_in(workplace, writer, changes)))
            count_on(writer, identity.body)
    put_away = sum(registers == {DELETED: True} for _record, _parents, registers in changes)
    return Restored(back=len(changes) - put_away, put_away=put_away, saves=saves)


def _changes(
    writer: Reader, old: Reader, body: str, known_as: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...], dict[str, Json]]]:
    """What must be written so that each record of this body shows what the backup has."""
    for record in sorted({*writer.records(body), *old.records(body)}):
        now = writer.history(record)
        here = {r.id: r for r in now}
        # As it stands here: what was erased since does not come back.
        then = [here[known_as.get(r.id, r.id)] for r in old.history(record)]
        if len(now) == len({r.id for r in then}):
            continue
        shown, wanted = record_state(record, now), record_state(record, then)
        if wanted.heads:
            names = {**shown.values, **wanted.values}
            values: dict[str, Json] = {name: wanted.values.get(name) for name in names}
        else:
            values = {DELETED: True}
        changed = {name: value for name, value in values.items() if shown.values.get(name) != value}
        if changed and shown.heads:
            yield record, tuple(head.id for head in shown.heads), changed
