"""A workplace on a network drive or in a synchronised folder comes to this PC.

Everything is copied, the database by SQLite's backup API; the copy is compared byte for byte and checked; only then is
the old database renamed, so that nobody goes on there. Nothing of the old folder is deleted. A kill at any moment
leaves the old workplace as it was, or both with the new one whole.
"""

import filecmp
import os
import shutil
from contextlib import closing
from pathlib import Path

from izsa_desktop.db.dialect import change_counter
from izsa_desktop.db.store import Store
from izsa_desktop.domain.errors import DatabaseDamaged, DiskProblem, FileProblem, FileTaken, NoWorkplace
from izsa_desktop.durable import make_folder, move_over, os_problem, sync_file, sync_folder
from izsa_desktop.usecases import places
from izsa_desktop.usecases.holding import LOCK, Hold, held
from izsa_desktop.usecases.workplace import DATABASE, exists, stamp

_NEW = ".new"
_NOT_COPIED = {DATABASE, f"{DATABASE}-journal", f"{DATABASE}{_NEW}", LOCK}


def move(folder: Path, target: Path, hold: Hold | None = None) -> Path:
    """Moves the workplace into a new or empty folder; the old database's new name, for whoever wants to look.

    Raises NoWorkplace, FileTaken, FileProblem (a folder within the workplace), OnNetworkDrive, InSyncedFolder,
    WorkplaceBusy, DatabaseDamaged, DiskProblem.
    """
    if not exists(folder):
        raise NoWorkplace(str(folder))
    places.require_local(target)
    if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(folder)):  # the copy would be copied without end
        raise FileProblem(str(target), "EINVAL")
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise FileTaken(str(target))
        make_folder(target)
        with held(folder, hold):
            return _move(folder, target)
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e


def _move(folder: Path, target: Path) -> Path:
    source, old = folder / DATABASE, folder / f"izsa-moved-{stamp()}.sqlite3"
    try:
        _copy_files(folder, target)
        saves = _copy_database(source, target)
    except BaseException:
        _leave_empty(target)  # no half workplace, and no key, on a disk that was too small
        raise
    move_over(source, old)
    while (now := change_counter(old)) != saves:  # somebody has saved in between
        _copy_database(old, target)
        saves = now
    return old


def _leave_empty(target: Path) -> None:
    for left in target.iterdir():
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _copy_files(folder: Path, target: Path) -> None:
    for place, folders, names in os.walk(folder):
        here = target / Path(place).relative_to(folder)
        make_folder(here)
        folders.sort()
        for name in names:
            source = Path(place) / name
            if Path(place) == folder and name in _NOT_COPIED:
                continue
            shutil.copy2(source, here / name)
            sync_file(here / name)
            if not filecmp.cmp(source, here / name, shallow=False):
                raise DiskProblem(f"{here / name} reads back differently")
        sync_folder(here)


def _copy_database(source: Path, target: Path) -> int:
    """Gives the target the database; the count of changes that the source had before."""
    new, saves = target / f"{DATABASE}{_NEW}", change_counter(source)
    with closing(Store(source, source.parent / "backups", stamp())) as store:
        store.backup(new)
    with closing(Store(new, new.parent / "backups", stamp())) as copied:
        if found := copied.problems():
            raise DatabaseDamaged(str(source), found[0])
    move_over(new, target / DATABASE)
    return saves
