"""What opening the window does on the worker. Use cases are loaded here and not before: the frame stands first.

Pages are not loaded here: a class of Qt's must be made on the GUI thread. PySide (6.11) keeps a table of them that the
GUI thread reads without Python's lock; of two hundred windows whose classes a worker made, four lost one from the
table and ended in a segmentation fault.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from izsa_desktop.domain.errors import (
    BackupDamaged,
    DatabaseDamaged,
    FolderNotWritable,
    InSyncedFolder,
    KnownError,
    OnNetworkDrive,
)
from izsa_desktop.usecases.progress import Progress

if TYPE_CHECKING:
    from izsa_desktop.ui.pages.welcome_page import Answers
    from izsa_desktop.usecases.backups import Backup
    from izsa_desktop.usecases.holding import Hold
    from izsa_desktop.usecases.renewing import Renewed
    from izsa_desktop.usecases.restoring import Restored
    from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Found:
    """A folder, the workplace in it where there is one, and the hold on it unless the folder is read-only."""

    folder: Path
    workplace: "Workplace | None" = None
    hold: "Hold | None" = None
    renewed: bool = False
    """A backup was restored and the PC has a new key, which the office does not know yet."""


@dataclass(frozen=True, slots=True)
class Rescue:
    """What can be done about a workplace that could not be opened: a backup to restore, or a folder to move it to.

    ``own``: there is nothing to move (any more), and the user's own folder may be used.
    """

    backups: "tuple[Backup, ...]" = ()
    target: Path | None = None
    own: bool = False


def find(folder: Path | None) -> Found:
    """Opens what is in a folder (None: the user's own)."""
    from izsa_desktop.usecases import places
    from izsa_desktop.usecases import workplace as workplaces

    folder = folder or places.default_folder()
    if not workplaces.exists(folder):
        places.require_local(folder)
        return Found(folder)
    return _held(folder, lambda: workplaces.open_workplace(folder, held=True))


def create(folder: Path, answers: "Answers") -> Found:
    """Makes a workplace; who comes this far has read the notice about personal data."""
    from izsa_desktop.usecases import workplace as workplaces
    from izsa_desktop.usecases.notice import mark_read

    with workplaces.create_workplace(
        folder, answers.body, answers.person, answers.language, joins=answers.joins
    ) as workplace:
        mark_read(workplace)
    return find(folder)


def _held(folder: Path, open_: "Callable[[], Workplace]") -> Found:
    from izsa_desktop.usecases.holding import Hold

    hold = None
    with suppress(FolderNotWritable):
        hold = Hold(folder)
    try:
        return Found(folder, open_(), hold)
    except BaseException:
        if hold is not None:
            hold.release()
        raise


def in_language(opened: "Workplace", language: str) -> "Workplace":
    """The workplace in another language."""
    from izsa_desktop.usecases import workplace as workplaces

    return workplaces.change_language(opened, language)


def made_demo(folder: Path | None, language: str, progress: Progress) -> Path:
    """The office's folder of the demo, made where it is not there yet."""
    from izsa_desktop.usecases import places
    from izsa_desktop.usecases import workplace as workplaces
    from izsa_desktop.usecases.demo import OFFICE_FOLDER, make_demo

    own = places.default_folder()
    folder = folder or own.with_name(f"{own.name}-demo")
    if not workplaces.exists(folder / OFFICE_FOLDER):
        make_demo(folder, language, progress)
    return folder / OFFICE_FOLDER


# --- ways out --------------------------------------------------------------------------------------------------------


def rescue(folder: Path | None, error: Exception) -> Rescue:
    """What helps against this failure."""
    from izsa_desktop.usecases import backups, places
    from izsa_desktop.usecases import workplace as workplaces

    folder = folder or places.default_folder()
    if isinstance(error, DatabaseDamaged):
        with suppress(KnownError):
            return Rescue(backups=tuple(backups.list_backups(folder)))
    if isinstance(error, OnNetworkDrive | InSyncedFolder):
        if not workplaces.exists(folder):
            return Rescue(own=True)
        return Rescue(target=places.free_folder(places.default_folder()))
    return Rescue()


def go_back(opened: "Workplace", hold: "Hold | None", source: Path) -> "tuple[Workplace, Restored]":
    """Restores a backup over an open workplace, and opens what is then there."""
    from izsa_desktop.usecases import restoring
    from izsa_desktop.usecases import workplace as workplaces

    opened.close()
    done = restoring.restore(opened.folder, source, hold)
    return workplaces.open_workplace(opened.folder, held=True, keyring=opened.keyring), done


def with_new_key(opened: "Workplace", hold: "Hold | None") -> "Renewed":
    """Gives the PC of an open workplace a new key."""
    from izsa_desktop.usecases.renewing import renew_key

    return renew_key(opened, hold)


def restore_newest(folder: Path | None, found: "tuple[Backup, ...]") -> Found:
    """Restores the newest backup that is sound. Raises the last one's BackupDamaged where none is."""
    from izsa_desktop.usecases import places, restoring

    folder, renewed = folder or places.default_folder(), False
    for n, backup in enumerate(found, start=1):
        try:
            renewed = restoring.restore(folder, backup.path).enrol_again
            break
        except BackupDamaged:
            if n == len(found):
                raise
    return replace(find(folder), renewed=renewed)


def lost_its_lock(opened: "Workplace") -> bool:
    """True when the key that this PC was given has no passphrase, while its former one had."""
    from izsa_desktop.usecases import keys

    return keys.lost_its_lock(opened)


def move(folder: Path, target: Path) -> Found:
    """Moves a workplace to this PC and opens it there."""
    from izsa_desktop.usecases import moving

    moving.move(folder, target)
    return find(target)
