"""A damaged or missing database gives way to a backup and to all else that can be proven.

The PC keeps its key only where the archive holds every bundle it ever sent: then the next number is known. Otherwise a
number might come to stand for two contents, which the office refuses for good; a new key begins at 1 and is enrolled.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle import trust as trust_lists
from izsa_desktop.bundle.file import MAX_FILE, Reading, VerifiedBundle
from izsa_desktop.bundle.signing import PublicKey, SecretKey
from izsa_desktop.bundle.trust import Member, TrustList
from izsa_desktop.db.rows import chunks
from izsa_desktop.db.salvage import Salvage, salvage
from izsa_desktop.db.store import Store
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import ArchiveIncomplete, BackupOfAnother, DiskProblem, KeyUnusable, KnownError
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.ranges import Ranges
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.durable import make_folder, move_over, os_problem
from izsa_desktop.usecases import quarantine
from izsa_desktop.usecases.arrivals import ARRIVALS
from izsa_desktop.usecases.exchange import ledger_entry, merge_bundles, take_in_again
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.keyring import key_file, public_half
from izsa_desktop.usecases.numbering import COUNT, count_on
from izsa_desktop.usecases.sent import note_sent, note_set_back
from izsa_desktop.usecases.takeover import rename, take_over
from izsa_desktop.usecases.taking_back import newest_list, take_back_all
from izsa_desktop.usecases.withdrawing import note_withdrawn, put_in_force
from izsa_desktop.usecases.workplace import DATABASE, Workplace, keep_key, make_folders, open_workplace, stamp


def replace_database(folder: Path, offered: Store, source: Path) -> tuple[Path | None, bool]:
    """Puts the backup in place; where the damaged file lies, and whether the PC has a new key.

    Raises BackupOfAnother, KeyUnusable (the office cannot go on under another key), DiskProblem.
    """
    with offered.reading() as reader:
        meta = reader.meta()
    body, replica = meta["body"], meta["replica"]
    try:
        make_folders(folder)
        aside = _set_aside(folder)
        searched = offered.path.with_name("searched.sqlite3")
        _copy_with_journal(folder / DATABASE, searched)
        with salvage(searched) as left:
            if left.body() not in ("", body):
                raise BackupOfAnother(str(source))
            _add_left(offered, left)
            counted = left.settings(COUNT)
        key = _key(folder, replica)
        if key is None and body == OFFICE:
            raise KeyUnusable(str(key_file(folder, replica)), "ENOENT")
        goes_on = body == OFFICE or (key is not None and _add_sent(offered, folder, body, key))
        with offered.writing() as writer:
            before = newest_list(writer)
            if body == OFFICE and not take_back_all(folder, writer, replica):
                note_set_back(writer, replica, str(folder / "bundles" / "out"))
            count_on(writer, body, counted)
            writer.forget(ARRIVALS)
        ready = offered.path if goes_on else _under_new_key(folder, offered, body)
        offered.close()
        _put_in_place(ready, folder / DATABASE)
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e
    with open_workplace(folder, held=True) as workplace:
        merge_bundles(workplace, sorted((folder / "bundles" / "in").glob("*.izsa")), confirmed=True)
        if before is not None and workplace.identity.office:
            with suppress(ArchiveIncomplete):  # what the backup holds is kept; ``rebuild`` tells what is missing
                _put_lists_in_force(workplace, before)
    return aside, not goes_on


def _set_aside(folder: Path) -> Path | None:
    """A copy of the damaged file as it is, for whoever may get more out of it one day."""
    if not (folder / DATABASE).exists():
        return None
    target = folder / "damaged" / f"izsa-{stamp()}.sqlite3"
    make_folder(target.parent)
    _copy_with_journal(folder / DATABASE, target)
    return target


def _copy_with_journal(source: Path, target: Path) -> None:
    """With the unfinished save that SQLite may have left beside it, and would undo where it opens the file."""
    for suffix in ("", "-journal"):
        if Path(f"{source}{suffix}").exists():
            shutil.copyfile(f"{source}{suffix}", f"{target}{suffix}")


def _add_left(offered: Store, left: Salvage) -> None:
    """Everything that the damaged database still proves."""
    with offered.writing() as writer:
        for chunk in chunks(left.revisions(), 1000):
            writer.add(chunk)
        for entry in left.bundles():
            _note(writer, entry)
        for record, value in left.drafts():
            writer.keep_draft(record, value)


def _note(writer: Writer, entry: BundleEntry) -> None:
    if writer.bundle(entry.replica, entry.seq) is None:
        writer.add_bundle(entry)


def _put_lists_in_force(workplace: Workplace, before: TrustList) -> None:
    """The lists of PCs that were taken back are younger than the backup."""
    with workplace.store.writing() as writer:
        outcome = put_in_force(workplace, writer, before, take_in_again)
        note_withdrawn(workplace, writer)
    quarantine.note_all(workplace, outcome.judged)


# --- what this PC has sent -------------------------------------------------------------------------------------------


def _add_sent(offered: Store, folder: Path, body: str, key: PublicKey) -> bool:
    """Adds what stands in the bundles that this PC has sent; True when none of them is missing."""
    with offered.writing() as writer:
        for bundle, file in _sent(folder, body, key):
            writer.add(bundle.revisions)
            note_sent(writer, key.key_id, (revision.seq for revision in bundle.revisions))
            carried = str(Ranges.of(revision.seq for revision in bundle.revisions))
            _note(writer, ledger_entry(bundle, "out", bundle.manifest.created, file.name, carried))
        numbers = {entry.seq for entry in writer.bundles("out") if entry.replica == key.key_id}
    files = sum(1 for _file in (folder / "bundles" / "out").glob(f"*_{key.key_id[:4]}_*.izsa"))
    return numbers == set(range(1, len(numbers) + 1)) and len(numbers) >= files


def _sent(folder: Path, body: str, key: PublicKey) -> Iterator[tuple[VerifiedBundle, Path]]:
    """Those of the archive that this PC's key has signed, in the order of their names."""
    own = Member(key=key.text, district=body, person="")
    trust = TrustList(version=0, issued="", roots=(), members={key.key_id: own})
    for file in sorted((folder / "bundles" / "out").glob("*.izsa")):
        try:
            yield bundle_file.verify(read_file(file, MAX_FILE), Reading(body=OFFICE, trust=trust)), file
        except KnownError:  # rotten, or by a former key: it is counted among the files and not among the numbers
            continue


def _key(folder: Path, replica: str) -> PublicKey | None:
    """The key that is there; whether its passphrase is known makes no difference."""
    try:
        return public_half(folder, replica)
    except KnownError:
        return None


def _under_new_key(folder: Path, offered: Store, body: str) -> Path:
    """A new database with all that the backup holds, as if on a new PC."""
    key = SecretKey.generate()
    keep_key(folder, key)
    path = offered.path.with_name("renewed.sqlite3")
    with closing(Store(path, path.parent, stamp())) as renewed, offered.reading() as old, renewed.writing() as writer:
        writer.set_meta({**old.meta(), "replica": key.key_id})
        _saves, known_as = take_over(writer, old, body, key.key_id)
        rename(writer, old, known_as)
        for entry in reversed(old.bundles()):
            _note(writer, entry)
        if (found := old.trust()) is not None:
            writer.add_trust(trust_lists.decode(found[0]).version, *found)
    return path


def _put_in_place(ready: Path, database: Path) -> None:
    for suffix in ("-journal", "-wal", "-shm"):  # of the damaged one: SQLite would play them back into the new one
        Path(f"{database}{suffix}").unlink(missing_ok=True)
    move_over(ready, database)
