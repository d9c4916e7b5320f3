"""What can still be had from a database that is no longer sound, and a private copy of one that somebody offers."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from izsa_desktop.db import audit, dialect, migrations
from izsa_desktop.db.schema import bundle
from izsa_desktop.db.store import Store
from izsa_desktop.domain.errors import BackupDamaged, DatabaseDamaged
from izsa_desktop.domain.ledger import FULL, BundleEntry
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Revision

_ENTRY = [column.name for column in bundle.c if column.name != "n"]


@dataclass(frozen=True)
class Salvage:
    """``revisions`` are proven by their hashes; the others are as they could be read."""

    connection: sqlite3.Connection | None

    def revisions(self) -> Iterator[Revision]:
        """Every save that is as it was written."""
        if self.connection:
            yield from audit.sound_revisions(self.connection)

    def bundles(self) -> list[BundleEntry]:
        """The rows of the ledger, oldest first."""
        there = {row[1] for row in self._rows("PRAGMA table_info(bundle)")}
        named = [name for name in _ENTRY if name in there]
        rows = self._rows(f"SELECT {', '.join(named)} FROM bundle ORDER BY n") if named else []
        return [_entry(dict(zip(named, row, strict=True))) for row in rows]

    def body(self) -> str:
        """Whose workplace it was, or empty."""
        return next((str(value) for (value,) in self._rows("SELECT value FROM meta WHERE key = 'body'")), "")

    def settings(self, beginning: str) -> dict[str, str]:
        """What the workplace kept under names that begin so."""
        return {
            name: value
            for name, value in self._rows("SELECT key, value FROM meta")
            if isinstance(name, str) and isinstance(value, str) and name.startswith(beginning)
        }

    def drafts(self) -> list[tuple[str, bytes]]:
        """What was typed and not yet saved, by record."""
        return self._rows("SELECT record, value FROM draft")

    def _rows(self, question: str) -> list[Any]:
        return list(audit.tolerant(self.connection, question)) if self.connection else []


def _entry(row: dict[str, Any]) -> BundleEntry:
    """``row``: of a version before the third, without the bundle's place among the others."""
    place = {"addressee": OFFICE, "follows": row["seq"] - 1, "mode": FULL, "base": 0}
    return BundleEntry(**(place | row))


@contextmanager
def salvage(path: Path) -> Iterator[Salvage]:
    """Opens what is left of a database: a copy, since SQLite may undo an unfinished save in it."""
    try:
        with dialect.looking(path) as connection:
            yield Salvage(connection)
    except sqlite3.DatabaseError:  # not even the first page
        yield Salvage(None)


def require_backup(source: Path) -> None:
    """A first look at the file's header. Raises BackupDamaged for what is no database of this program, DiskProblem."""
    with dialect.known_errors(source):
        owner, version = dialect.owner_and_version(source)
    if owner != dialect.APPLICATION_ID or version < 1:
        raise BackupDamaged(str(source), "not an İZSA database")


def take(source: Path, target: Path) -> Store:
    """A verified copy of a database that somebody offers, brought up to date; nothing is written to the source.

    Raises BackupDamaged unless it is one of this program, has its tables and nothing that acts by itself, and is sound
    to its last record. Raises DatabaseTooNew, DiskProblem.
    """
    require_backup(source)
    with dialect.known_errors(source):
        _owner, version = dialect.owner_and_version(source)
        try:
            dialect.copy(source, target)
            if 1 <= version <= len(migrations.STEPS) and not _ours(target, version):
                raise BackupDamaged(str(source), "not an İZSA database")
            store = Store(target, target.parent, "offered")
            found = store.problems()
        except (DatabaseDamaged, sqlite3.DatabaseError) as e:
            raise BackupDamaged(str(source), str(e)) from e
    if found:
        store.close()
        raise BackupDamaged(str(source), found[0])
    return store


def _ours(path: Path, version: int) -> bool:
    """True when the database has the tables that this version made and no others, no trigger and no view."""
    with dialect.looking(path) as offered:
        return dialect.schema_of(offered.execute) == migrations.schema(version)
