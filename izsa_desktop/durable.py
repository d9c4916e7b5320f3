"""What the system says of files, and making a change of a folder survive a power cut."""

import errno
import os
import time
from pathlib import Path

_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_HELD = {5, 32, 33}  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION


def move_over(source: Path, target: Path) -> None:
    """Gives a complete file its final name, in place of what has it, durably. Raises OSError.

    On Windows a virus scanner or indexer may hold either file for a moment: it is given 2.5 seconds. The target is
    never removed first, so its name always stands for something whole.
    """
    for wait in (*_WAITS, None):
        try:
            source.replace(target)
            break
        except PermissionError as e:
            if wait is None or getattr(e, "winerror", None) not in _HELD:
                raise
            time.sleep(wait)
    sync_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Makes a folder with those above it, durably: what is flushed in a folder whose own name is lost is lost too.

    Raises OSError.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Makes a file's content durable. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Makes a rename in this folder durable; Windows has no such call and needs none. Raises OSError."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def os_problem(error: OSError) -> str:
    """The problem's name (``ENOENT``; the translations have words for it under ``os``), else what the system says."""
    return errno.errorcode.get(error.errno or 0) or str(error)
