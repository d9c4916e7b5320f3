"""Random bit flips in a real database: ``izsa check`` names every record whose content changed.

``python -m tests.faults.bitflips --flips 500 --seed 1``. What changed is found out without the program: every row is
read by its number with plain SQLite, before and after; a row that reads differently or not at all is a change of the
record it belongs to. A database that the program refuses to open as damaged counts as named whole.
"""

import argparse
import io
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from izsa_desktop.app import run_command_line
from izsa_desktop.domain.errors import DatabaseDamaged
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.drafts import Draft, keep_draft
from izsa_desktop.usecases.workplace import DATABASE, create_workplace
from tests.faults.verbs import BODY, entered

Row: TypeAlias = tuple[str, int]
"""A table and the number of a row in it."""

RECORD_OF = {"revision": "record", "project": "id", "draft": "record"}
"""The tables with records in them, and the column that says which."""


@dataclass
class Flipped:
    """One flip: the records that it changed, and what ``izsa check`` said."""

    at: tuple[int, int]
    changed: set[str]
    all_changed: bool
    elsewhere: bool
    """True when something changed that belongs to no record."""
    said: str
    code: int | None
    """None when the check itself broke down."""

    @property
    def refused(self) -> bool:
        """Not one record can be read, and the database is refused."""
        return self.all_changed and self.code == DatabaseDamaged.exit_code and DATABASE in self.said

    @property
    def unnamed(self) -> set[str]:
        return set() if self.refused else {record for record in self.changed if record not in self.said}


@dataclass
class Totals:
    flips: list[Flipped] = field(default_factory=list)

    @property
    def missed(self) -> list[Flipped]:
        return [flip for flip in self.flips if flip.unnamed or flip.code is None]

    def sentence(self) -> str:
        kinds = Counter(
            "changed records" if flip.changed else "changed other rows" if flip.elsewhere else "changed no row"
            for flip in self.flips
        )
        noticed = Counter(bool(flip.code) for flip in self.flips if not flip.changed)
        records = sum(len(flip.changed) for flip in self.flips)
        unnamed = sum(len(flip.unnamed) for flip in self.flips)
        return (
            f"{len(self.flips)} flips: {kinds['changed records']} changed {records} records, of which {unnamed} were "
            f"not named ({sum(flip.refused for flip in self.flips)} databases refused whole); {noticed[True]} of the "
            f"{noticed[True] + noticed[False]} flips that changed no record were noticed all the same; "
            f"{sum(flip.code is None for flip in self.flips)} checks broke down"
        )


def make(folder: Path, count: int) -> Path:
    """A district's workplace of ``count`` projects with a history, and a draft."""
    random_ = random.Random(count)
    with create_workplace(folder, BODY, "Ayşe Yılmaz") as workplace:
        ids = projects.add_projects(workplace, [entered(random_) for _ in range(count)])
        for id_ in random_.choices(ids, k=2 * count):
            projects.save_project(workplace, id_, entered(random_))
        for id_ in random_.sample(ids, count // 20):
            projects.delete_project(workplace, id_)
        keep_draft(workplace, Draft(ids[0], (), {"title": "Yarım kalan"}))
    return folder


def rows(database: Path, wanted: Sequence[Row] = ()) -> dict[Row, Any]:
    """All rows by their numbers, or these; None for one that cannot be read."""
    found: dict[Row, Any] = {}
    with closing(sqlite3.connect(database)) as connection:
        connection.text_factory = bytes
        for table, number in wanted or list(_numbers(connection)):
            found[table, number] = None
            question = f"SELECT * FROM {table} NOT INDEXED WHERE rowid = ?"
            try:
                found[table, number] = connection.execute(question, (number,)).fetchone()
            except (sqlite3.DatabaseError, UnicodeDecodeError):  # the latter of a column's name
                continue
    return found


def _numbers(connection: sqlite3.Connection) -> Iterator[Row]:
    tables = [name.decode() for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        try:
            yield from [(table, number) for (number,) in connection.execute(f"SELECT rowid FROM {table} NOT INDEXED")]
        except sqlite3.OperationalError:  # a table without row numbers belongs to the search index
            continue


def records(database: Path) -> dict[Row, str]:
    """Which record a row belongs to."""
    found = {}
    with closing(sqlite3.connect(database)) as connection:
        for table, column in RECORD_OF.items():
            for number, record in connection.execute(f"SELECT rowid, {column} FROM {table}"):
                found[table, number] = record
    return found


def flip(folder: Path, count: int, flips: int, seed: str) -> Totals:
    """Makes a database and flips one bit of it, again and again."""
    random_ = random.Random(f"flip {seed}")
    original, rotten = make(folder / "original", count), folder / "rotten"
    shutil.copytree(original, rotten)
    before, belongs = rows(original / DATABASE), records(original / DATABASE)
    data = (original / DATABASE).read_bytes()
    everything = set(belongs.values())
    totals = Totals()
    for _flip in range(flips):
        at, bit = random_.randrange(len(data)), random_.randrange(8)
        flipped = bytearray(data)
        flipped[at] ^= 1 << bit
        (rotten / DATABASE).write_bytes(flipped)
        after = rows(rotten / DATABASE, list(before))
        changed = [row for row in before if before[row] != after[row]]
        said, code = _check(rotten)
        touched = {belongs[row] for row in changed if row in belongs}
        elsewhere = any(row not in belongs for row in changed)
        totals.flips.append(Flipped((at, bit), touched, touched == everything, elsewhere, said, code))
    return totals


def _check(folder: Path) -> tuple[str, int | None]:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            code: int | None = run_command_line(["--data", str(folder), "--lang", "en", "check"])
        except Exception as e:
            print(f"{type(e).__name__}: {e}")
            code = None
    return said.getvalue(), code


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.bitflips", description=__doc__)
    parser.add_argument("--flips", type=int, default=500)
    parser.add_argument("--projects", type=int, default=300)
    parser.add_argument("--seed", default="1")
    wanted = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="izsa-flip-") as temporary:
        totals = flip(Path(temporary), wanted.projects, wanted.flips, wanted.seed)
    for missed in totals.missed:
        print(f"bit {missed.at[1]} of byte {missed.at[0]}: {len(missed.unnamed)} of {len(missed.changed)} records")
        print(f"  not named: {', '.join(sorted(missed.unnamed)[:3])}\n  said: {missed.said[:300]!r}")
    print(totals.sentence())
    return 1 if totals.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
