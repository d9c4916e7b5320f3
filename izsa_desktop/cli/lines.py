"""``izsa add``: a file is checked whole before its first line is stored; standard input is stored as it comes.

So a person who sends a file with a mistake in line 7 has changed nothing, and a program that writes line after line
gets each id as soon as that record is durably on disk.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from izsa_desktop.domain.errors import BadLine, FileProblem, KnownError, NotJson
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.record import fields_from_record
from izsa_desktop.durable import os_problem
from izsa_desktop.usecases.projects import checked, store_checked
from izsa_desktop.usecases.workplace import Workplace

BATCH = 5000
"""Records in one transaction: each is one fsync for the whole batch."""
_READ = 1 << 20


def add_lines(workplace: Workplace, file: str) -> Iterator[str]:
    """Stores the projects of a JSON lines file (``-``: standard input); ids as they become durable.

    Raises BadLine with the line's number, FileProblem.
    """
    if file == "-":
        if sys.stdin is None:  # closed by whoever started us
            raise FileProblem(file, "EBADF")
        yield from _as_they_come(workplace, sys.stdin.buffer)
        return
    try:
        lines = Path(file).read_bytes().split(b"\n")
    except OSError as e:
        raise FileProblem(file, os_problem(e)) from e
    entered = [fields for n, line in enumerate(lines, start=1) for fields in _read(workplace, line, n, stored=0)]
    for start in range(0, len(entered), BATCH):
        yield from store_checked(workplace, entered[start : start + BATCH])


def _as_they_come(workplace: Workplace, stream: BinaryIO) -> Iterator[str]:
    """Stores whatever complete lines have arrived, then looks for more."""
    read_available = getattr(stream, "read1", stream.read)
    number = stored = 0
    rest = b""
    while data := read_available(_READ):
        *lines, rest = (rest + data).split(b"\n")
        for id_ in _store(workplace, lines, number, stored):
            stored += 1
            yield id_
        number += len(lines)
    yield from _store(workplace, [rest], number, stored)


def _store(workplace: Workplace, lines: Sequence[bytes], number: int, stored: int) -> Iterator[str]:
    """Stores the good lines before the first bad one, then raises for that."""
    entered: list[ProjectFields] = []
    problem = None
    for n, line in enumerate(lines, start=number + 1):
        try:
            entered += _read(workplace, line, n, stored + len(entered))
        except BadLine as e:
            problem = e
            break
    for start in range(0, len(entered), BATCH):
        yield from store_checked(workplace, entered[start : start + BATCH])
    if problem:
        raise problem


def _read(workplace: Workplace, line: bytes, number: int, stored: int) -> list[ProjectFields]:
    """The line's project, if it isn't empty. Raises BadLine."""
    if not line.strip():
        return []
    try:
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except json.JSONDecodeError as e:
            raise NotJson(e.colno) from None
        except UnicodeDecodeError as e:
            raise NotJson(e.start + 1) from None
        except (ValueError, RecursionError):  # a number of thousands of digits, lists in lists in lists
            raise NotJson(1) from None
        return [checked(workplace, fields_from_record(record, workplace.reference))]
    except KnownError as e:
        raise BadLine(number, e, stored) from e
