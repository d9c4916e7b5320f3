"""What the system says of files, and making a change of a folder survive a power cut."""

import errno
import os
from pathlib import Path


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
