"""Forgetting: what a record said of a person, in every save that said it, and a photo, are gone for good.

A record is a project, one of coaching, or a joint programme, which is one in every body's. What programmes copied of a
project goes with it (``copied``).

The saves stay with ids, parents, authors and order, so the history can be proven on (``domain.erasure``). The
district's next bundle tells the office, which forgets as well. What the program cannot reach is named: copies made
before. Why, and what becomes of the archive: docs/adr/0009-erasure.md.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from izsa_desktop.bundle.file import MAX_FILE, revision_lines
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain import erasure, registers
from izsa_desktop.domain.errors import DiskProblem, KnownError, NoReason, NothingToErase, WorkplaceBusy
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.revision import Revision
from izsa_desktop.domain.text import has_control, normal
from izsa_desktop.durable import os_problem
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import backups
from izsa_desktop.usecases.copied import copied
from izsa_desktop.usecases.erasable import field_of, records_of
from izsa_desktop.usecases.evidence import THUMBNAILS, attachment_path
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.history import find
from izsa_desktop.usecases.importing.batches import BatchRow, kept_batches, kept_value
from izsa_desktop.usecases.projects import get_project
from izsa_desktop.usecases.sent import note_erased
from izsa_desktop.usecases.upkeep import backup_before
from izsa_desktop.usecases.workplace import Workplace, utc_now

MAX_REASON = 500
EVIDENCE = "evidence"
_FORGOTTEN = "_forgotten_files"
"""Names files that nobody names any more, from the transaction that erased until they are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """What to erase: a field of ``ProjectFields``, or of its rows the one with this key; of the other records one of
    ``erasable.FIELDS``.

    ``revisions``: only what these saves said (ids or beginnings). ``keep_shown``: not what is shown now.
    ``delete_copies``: the workplace's backups and archived bundles that may hold it go too.
    """

    field: str
    reason: str
    key: str = ""
    revisions: tuple[str, ...] = ()
    keep_shown: bool = False
    delete_copies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What became of it. ``saves`` say less now; ``files`` are gone."""

    saves: int
    files: int
    copies: tuple[Path, ...]
    """Copies in the workplace that may still hold it."""
    deleted: int
    """How many copies were deleted."""
    own: int
    """Saves by this PC: its next bundle tells of them."""
    elsewhere: int
    """Saves by other PCs: this PC cannot tell the office of them."""
    clean: bool
    """False while the file could not be written anew: until its next opening experts may find in it what was erased."""


def erasable_fields(workplace: Workplace, id_: str) -> dict[str, tuple[str, ...]]:
    """The fields in which any save of a project says something that can be erased, with the keys of rows."""
    found: dict[str, dict[str, None]] = {}
    for revision in _history(workplace, get_project(workplace, id_).id):
        for name in erasure.erasable(revision, revision.registers):
            keys = found.setdefault(registers.field_of(name), {})
            _, slash, key = name.partition("/")
            if slash:
                keys[key.partition("/")[0]] = None
    return {field: tuple(keys) for field, keys in found.items()}


def erase(workplace: Workplace, id_: str, wanted: Forget) -> Erased:
    """Forgets it, at once and for good. A draft of the project is dropped with it.

    ``id_``: of a project, of a record of coaching, or of a joint programme.
    Raises NoSuchProject, NoSuchRevision, NotYourDistrict, NoReason, NothingToErase, DiskProblem.
    """
    reason = normal(wanted.reason)
    if not reason or len(reason) > MAX_REASON or has_control(reason):
        raise NoReason(MAX_REASON)
    records = records_of(workplace, id_)
    with workplace.store.writing() as writer:
        said = [found for record in records for found in _said(writer.saves(record), wanted)]
        if not said:
            raise NothingToErase(wanted.field)
        now, who = utc_now(), workplace.identity.person
        everywhere = [*said, *copied(writer, said)]
        forms = [erasure.erase(one, gone, when=now, who=who, why=reason) for one, gone in everywhere]
        writer.add(forms)
        own = workplace.identity.replica
        note_erased(writer, own, [one.seq for one, _ in everywhere if one.replica == own])
        for record in records:
            writer.drop_draft(record)
            _forget_in_imports(writer, record, {name for one, gone in said if one.record == record for name in gone})
        files = note_forgotten(workplace, writer, forms)
    clean = finish(workplace)
    before = (one.id for record in records for one in _history(workplace, record) if one.erased)
    copies = list(_copies(workplace, {*before, *(one.id for one in forms)}))
    deleted = _delete(workplace, copies) if wanted.delete_copies else 0
    return Erased(
        saves=len(everywhere),
        files=len(files),
        copies=() if wanted.delete_copies else tuple(copies),
        deleted=deleted,
        own=sum(one.replica == workplace.identity.replica for one, _ in everywhere),
        elsewhere=sum(one.replica != workplace.identity.replica for one, _ in said),
        clean=clean,
    )


def finish(workplace: Workplace) -> bool:
    """Removes the files that were noted as forgotten, and what the database's file still holds of what was erased.

    Does nothing when there is nothing to do, so it may be called after a stop. False when the database is in use.
    """
    with workplace.store.reading() as reader:
        files = reader.kept(_FORGOTTEN).get(_FORGOTTEN, "").split()
        left = bool(files) or reader.has_leftovers()
    if not left:
        return True
    for key in files:
        path = attachment_path(workplace, key)
        for found in filter(None, (path, workplace.folder / THUMBNAILS / f"{key}.jpg")):
            _unlink(found)
    if files:
        with workplace.store.writing() as writer:
            writer.forget(_FORGOTTEN)
    try:
        workplace.store.scrub()
    except WorkplaceBusy:
        return False
    return True


def note_forgotten(workplace: Workplace, writer: Writer, erased: Iterable[Revision]) -> list[str]:
    """Notes, within the transaction that erases, which files no save names any more; ``finish`` removes them."""
    names = {name for one in erased if one.erased for name in one.erased.registers}
    files = _nobody_names(workplace, writer, names)
    if files:
        before = writer.kept(_FORGOTTEN).get(_FORGOTTEN, "").split()
        writer.set_meta({_FORGOTTEN: " ".join(sorted({*before, *files}))})
    return files


def _history(workplace: Workplace, record: str) -> list[Revision]:
    with workplace.store.reading() as reader:
        return reader.saves(record)


def _said(revisions: Sequence[Revision], wanted: Forget) -> Iterator[tuple[Revision, list[str]]]:
    """The saves that said it, and in which registers."""
    shown = record_state(revisions[0].record, revisions).values
    chosen = {find(revisions, one).id for one in wanted.revisions}
    for revision in revisions:
        gone = [
            name
            for name in erasure.erasable(revision, revision.registers)
            if field_of(revision, name) == wanted.field
            and (not wanted.key or name.split("/")[1:2] == [wanted.key])
            and not (wanted.keep_shown and revision.registers[name] == shown.get(name))
        ]
        if gone and (not chosen or revision.id in chosen):
            yield revision, gone


def _forget_in_imports(writer: Writer, record: str, names: set[str]) -> None:
    """What imports remember of before, so that they can be taken back, goes too."""
    for batch in kept_batches(writer):
        rows = tuple(_without(row, names) if row.record == record else row for row in batch.rows)
        if rows != batch.rows:
            writer.set_meta(kept_value(replace(batch, rows=rows)))


def _without(row: BatchRow, names: set[str]) -> BatchRow:
    if row.before is None:
        return row
    return replace(row, before={name: value for name, value in row.before.items() if name not in names})


def _nobody_names(workplace: Workplace, writer: Writer, names: Iterable[str]) -> list[str]:
    keys = [name.partition("/")[2] for name in names if name.startswith(f"{EVIDENCE}/")]
    return [key for key in keys if attachment_path(workplace, key) and not writer.says(f"{EVIDENCE}/{key}")]


def told(done: Erased, t: Translator, *, office: bool) -> list[str]:
    """What a person should know afterwards, in whole sentences."""
    sentences = [t("kvkk.erased", saves=done.saves, files=done.files)]
    if done.copies:
        sentences.append(t("kvkk.copies", count=len(done.copies)))
    if done.deleted:
        sentences.append(t("kvkk.deleted", count=done.deleted))
    if done.own and not office:
        sentences.append(t("kvkk.travels"))
    if done.elsewhere:
        sentences.append(t("kvkk.tell_district") if office else t("kvkk.tell_office"))
    if not done.clean:
        sentences.append(t("kvkk.not_clean"))
    return sentences


# --- copies ----------------------------------------------------------------------------------------------------------


def _copies(workplace: Workplace, erased: set[str]) -> Iterator[Path]:
    """Backups and set-aside databases, whatever they hold; bundles in which one of these saves stands as it was."""
    yield from (backup.path for backup in backups.list_backups(workplace.folder))
    yield from sorted((workplace.folder / "damaged").glob("*"))
    for file in sorted((workplace.folder / "bundles").glob("*/*.izsa")):
        try:
            lines = revision_lines(read_file(file, MAX_FILE))
        except KnownError:  # rotten: nobody knows what it holds
            yield file
            continue
        if any(hashlib.sha256(line).hexdigest() in erased for line in lines):
            yield file


def _delete(workplace: Workplace, copies: Sequence[Path]) -> int:
    """Deletes them once there is a new backup, so that the workplace is never without one."""
    backup_before(workplace, backups.DAILY)
    for path in copies:
        _unlink(path)
    return len(copies)


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e
