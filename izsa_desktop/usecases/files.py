"""Files that a person names: read whole with a limit, written whole or not at all."""

import contextlib
import os
import secrets
from pathlib import Path

from izsa_desktop.domain.errors import DiskProblem, FileProblem, KnownError, OverLimit
from izsa_desktop.durable import move_over, os_problem


def read_file(path: Path, limit: int) -> bytes:
    """The file's bytes. Raises FileProblem, or OverLimit when it is larger than ``limit`` bytes."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(limit + 1) if size <= limit else b""
    except OSError as e:
        raise FileProblem(str(path), os_problem(e)) from e
    if max(size, len(data)) > limit:  # a pipe or a device has no size to go by
        raise OverLimit("file_too_large", str(max(size, len(data))))
    return data


def require_file_name(path: Path) -> None:
    """Raises FileProblem unless a file can stand here: the folder is there, and nothing but a file is replaced."""
    try:
        if path.name in ("", "..") or (path.exists() and not path.is_file()):
            raise FileProblem(str(path), "EISDIR" if path.is_dir() else "EINVAL")
        if not path.parent.is_dir():
            raise FileProblem(str(path), "ENOENT")
    except OSError as e:
        raise FileProblem(str(path), os_problem(e)) from e


def write_atomic(path: Path, data: bytes, mode: int = 0o644, *, verify: bool = False) -> None:
    """Writes the file so that its name only ever stands for complete, durable content.

    Into a temporary file in the same folder, fsync, with ``verify`` reading it again and comparing, rename, fsync of
    the folder. Raises FileProblem, DiskProblem.
    """
    require_file_name(path)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    except OSError as e:
        raise FileProblem(str(path), os_problem(e)) from e
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if verify and read_file(part, len(data)) != data:
            raise DiskProblem(f"{path} reads back differently")
        move_over(part, path)
    except (OSError, KnownError) as e:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise DiskProblem(os_problem(e) if isinstance(e, OSError) else str(e)) from e
