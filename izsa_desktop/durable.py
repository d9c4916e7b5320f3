"""Making a change of a folder survive a power cut."""

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
