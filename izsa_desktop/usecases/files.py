"""Files that a person names: read whole with a limit, written whole or not at all."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from izsa_desktop.domain.errors import DiskProblem, FileProblem, OverLimit, WrongEnding
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


def require_ending(path: Path, *endings: str) -> None:
    """Raises WrongEnding unless the file's name says what it is to be (``.xlsx``)."""
    if path.suffix.lower() not in endings:
        raise WrongEnding(path.name, ", ".join(endings))


def write_atomic(path: Path, data: bytes, mode: int = 0o644, *, verify: bool = False) -> None:
    """Writes the file so that its name only ever stands for complete, durable content.

    Into a temporary file in the same folder, fsync, with ``verify`` reading it again and comparing, rename, fsync of
    the folder. Raises FileProblem, DiskProblem.
    """
    with writing_atomic(path, mode, same_as=data if verify else None) as file:
        file.write(data)


@contextlib.contextmanager
def writing_atomic(path: Path, mode: int = 0o644, *, same_as: bytes | None = None) -> Iterator[BinaryIO]:
    """A file to write to that gets its name when all has been written, and ``same_as`` is what can be read from it.

    Nothing is left of it when the writing fails. Raises FileProblem, DiskProblem.
    """
    require_file_name(path)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    except OSError as e:
        raise FileProblem(str(path), os_problem(e)) from e
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _require_same(part, path, same_as)
        move_over(part, path)
    except BaseException as e:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(e, OSError):
            raise DiskProblem(os_problem(e)) from e
        raise


def _require_same(part: Path, path: Path, data: bytes | None) -> None:
    """Raises DiskProblem when something else is read than what was written."""
    if data is not None and read_file(part, len(data)) != data:
        raise DiskProblem(f"{path} reads back differently")
