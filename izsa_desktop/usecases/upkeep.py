"""Backups, checks and the hash that says whether two stores are the same."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from izsa_desktop.bundle import container
from izsa_desktop.bundle import trust as trust_lists
from izsa_desktop.bundle.file import MAX_FILE
from izsa_desktop.domain.errors import DiskProblem, FolderNotWritable, KnownError
from izsa_desktop.durable import make_folder, move_over, os_problem
from izsa_desktop.usecases import backups
from izsa_desktop.usecases.evidence import attachment_problems
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.workplace import Workplace, require_outside, stamp

_CHECKED, _CHECK_DAYS = "checked", 7


def backup(workplace: Workplace, target: Path) -> Path:
    """Writes a copy of the database to ``target``; complete or not there.

    Raises InsideWorkplace, FileProblem, DiskProblem.
    """
    require_outside(workplace, target)
    return _copy(workplace, target)


def _copy(workplace: Workplace, target: Path) -> Path:
    part = target.with_name(f".{target.name}.{stamp()}.part")
    try:
        try:
            workplace.store.backup(part)
            move_over(part, target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e
    return target


def backup_before(workplace: Workplace, occasion: str) -> Path:
    """A dated backup among the workplace's own, before something large; old ones go by the rule of ``backups``.

    Raises DiskProblem, FolderNotWritable: then the large thing must not begin.
    """
    folder = backups.folder_of(workplace.folder)
    try:
        make_folder(folder)
    except OSError as e:
        raise FolderNotWritable(str(folder), os_problem(e)) from e
    made = _copy(workplace, folder / f"izsa-{occasion}-{stamp()}.sqlite3")
    backups.thin_out(workplace.folder, occasion)
    return made


def backup_before_merging(workplace: Workplace) -> Path:
    """A backup that may be up to an hour old, if nothing was saved here since: what came lies in the archive.

    Bundles come one after another, and of a large workplace each copy takes a second and some hundred megabytes.
    """
    there = backups.of_the_hour(workplace.folder, stamp())
    return there if there and _holds_all_own(workplace, there) else backup_before(workplace, backups.MERGE)


def _holds_all_own(workplace: Workplace, copy: Path) -> bool:
    with workplace.store.reading() as reader:
        replica = reader.replica()
        return reader.last_seq(replica) == workplace.store.last_seq_in(copy, replica)


def backup_of_the_day(workplace: Workplace) -> Path:
    """Today's backup, made by the day's first opening."""
    there = backups.of_the_day(workplace.folder, stamp())
    return there or backup_before(workplace, backups.DAILY)


def check_is_due(workplace: Workplace) -> bool:
    """True when the last good check was not within the last seven days, by a clock that may have been set."""
    with workplace.store.reading() as reader:
        last = reader.meta().get(_CHECKED, "")
    today = datetime.now(UTC).date()
    return last not in {f"{today - timedelta(days=n)}" for n in range(_CHECK_DAYS)}


def note_check(workplace: Workplace) -> None:
    """Remembers that everything was found sound today."""
    with workplace.store.writing() as writer:
        writer.set_meta({_CHECKED: f"{datetime.now(UTC).date()}"})


def check(workplace: Workplace, progress: Progress = no_progress) -> list[str]:
    """What is wrong with the store, in technical words, every record named; empty when all is well."""
    thousands = 0
    with suppress(KnownError), workplace.store.reading() as reader:  # a guess at how long it takes
        thousands = len(reader.revision_ids()) // 1000
    found: dict[str, None] = {}
    step = 0
    for line in check_copy(workplace, workplace.store.path):
        if line:
            found[line] = None
        else:
            step += 1
            progress(step, max(step + 1, 2 * thousands))
    return list(found)


def check_copy(workplace: Workplace, copy: Path) -> Iterator[str]:
    """The same on a copy of the database, step by step: empty lines in between say only that there is more to do."""
    yield from workplace.store.problems_of(copy)
    yield from _beside_the_store(workplace)


def _beside_the_store(workplace: Workplace) -> Iterator[str]:
    """What cannot even be asked for is a line of its own: the other questions are asked all the same."""
    for name, look in (
        ("signing key", _key_problems),
        ("trust list", _trust_problems),
        ("attachments", attachment_problems),
        ("bundles", _archive_problems),
    ):
        try:
            yield from look(workplace)
        except KnownError as e:
            yield f"{name}: {e}"


def _key_problems(workplace: Workplace) -> list[str]:
    workplace.public_key()  # a locked key is looked at as far as that goes without its passphrase
    return []


def _trust_problems(workplace: Workplace) -> list[str]:
    with workplace.store.reading() as reader:
        found = reader.trust()
    if found is not None:
        trust = trust_lists.decode(found[0])
        trust_lists.read(*found, trust.roots, trust.threshold)
    return []


def _archive_problems(workplace: Workplace) -> list[str]:
    with workplace.store.reading() as reader:
        ledger = reader.bundles()
    copies = ((workplace.folder / "bundles" / entry.direction / entry.file, entry) for entry in ledger)
    changed = (entry for file, entry in copies if file.exists() and _payload_hash(file) != entry.sha256)
    return [f"bundle {entry.file}: the copy is not what went {entry.direction}" for entry in changed]


def _payload_hash(file: Path) -> str:
    """Empty for what is no bundle any more."""
    try:
        return hashlib.sha256(container.unpack(read_file(file, MAX_FILE)).get("payload.zip", b"")).hexdigest()
    except KnownError:
        return ""


def state_hash(workplace: Workplace, body: str = "") -> str:
    """SHA-256 over all sorted revision ids (parked ones included) and the trust version.

    ``body``: only over the saves of this body's records, so that the office and a district can compare.
    """
    with workplace.store.reading() as reader:
        ids, version = reader.revision_ids(body), workplace.trust(reader).version
    digest = hashlib.sha256()
    for id_ in ids:
        digest.update(id_)
    digest.update(f"trust {version}".encode())
    return digest.hexdigest()
