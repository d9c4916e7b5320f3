"""What a person at the window did and what the window told them, written down so that it survives the process.

One line a happening, each written by one system call the moment it happens: what stands in the file after ``kill -9``
is what a person would swear to. The clock is the system's monotonic one, which all processes share.
"""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from izsa_desktop.domain.project import ProjectFields

What = Literal[
    "shown",
    "typed",
    "saved",
    "overwritten",
    "discard",
    "delete",
    "deleted",
    "restore",
    "restored",
    "import",
    "imported",
    "problem",
    "broken",
]


@dataclass(frozen=True, slots=True)
class Happening:
    """``record``: the project in the form, or what something is done to. ``several``: titles of what is to be imported,
    ids of what was, records whose drafts are discarded. ``text``: the name of an import, the words of a problem.
    """

    at: float
    what: What
    record: str = ""
    fields: ProjectFields | None = None
    text: str = ""
    several: tuple[str, ...] = ()


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Happening)


class Diary:
    """Only ever appended to."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def note(self, what: What, record: str, fields: ProjectFields | None = None, at: float = 0.0) -> None:
        """Writes a line; ``at`` is now unless it is given."""
        self._write(Happening(at or time.monotonic(), what, record, fields))

    def say(self, what: What, text: str, several: Sequence[str] = ()) -> None:
        """Writes a line about a problem, or about several projects."""
        self._write(Happening(time.monotonic(), what, text=text, several=tuple(several)))

    def _write(self, happening: Happening) -> None:
        os.write(self._file, _encoder.encode(happening) + b"\n")

    def close(self) -> None:
        os.close(self._file)


def read(path: Path) -> list[Happening]:
    """What stands in a diary; nothing when it was never begun."""
    return decode(path.read_bytes()) if path.exists() else []


def decode(lines: bytes) -> list[Happening]:
    """The whole lines."""
    return [_decoder.decode(line) for line in lines.split(b"\n")[:-1]]
