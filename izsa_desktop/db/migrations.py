"""Brings a database file to the schema of this version.

Each step and its record (``user_version``) share one transaction; foreign keys are off while it runs and checked
before it is committed. The steps run on a copy, the copy is checked and takes the place of the original, and the
original stays as a dated backup. So a kill at any moment leaves either the old file or the new one. Steps that have
been released are never edited. A newer database is refused.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from izsa_desktop.db import dialect
from izsa_desktop.domain.errors import DatabaseDamaged, DatabaseTooNew
from izsa_desktop.durable import sync_folder

STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (key VARCHAR NOT NULL PRIMARY KEY, value VARCHAR NOT NULL)",
        """CREATE TABLE bundle (n INTEGER NOT NULL PRIMARY KEY, sha256 VARCHAR NOT NULL UNIQUE,
            direction VARCHAR NOT NULL, kind VARCHAR NOT NULL, district VARCHAR NOT NULL, replica VARCHAR NOT NULL,
            seq INTEGER NOT NULL, prev VARCHAR NOT NULL, revisions INTEGER NOT NULL,
            moved VARCHAR NOT NULL, file VARCHAR NOT NULL)""",
        "CREATE INDEX bundle_by_sender ON bundle (replica, seq)",
        """CREATE TABLE revision (n INTEGER NOT NULL PRIMARY KEY, id BLOB NOT NULL UNIQUE, record VARCHAR NOT NULL,
            replica VARCHAR NOT NULL, seq INTEGER NOT NULL, bundle INTEGER REFERENCES bundle (n),
            body BLOB NOT NULL)""",
        "CREATE INDEX revision_by_record ON revision (record)",
        "CREATE INDEX revision_by_replica ON revision (replica, seq)",
        "CREATE TABLE trust (version INTEGER NOT NULL PRIMARY KEY, body BLOB NOT NULL, signature BLOB NOT NULL)",
        """CREATE TABLE project (id VARCHAR NOT NULL PRIMARY KEY, sort_key VARCHAR NOT NULL, folded VARCHAR NOT NULL,
            district VARCHAR NOT NULL, status VARCHAR NOT NULL, goals VARCHAR NOT NULL, deleted BOOLEAN NOT NULL,
            conflicting BOOLEAN NOT NULL, value BLOB NOT NULL)""",
        "CREATE INDEX project_by_name ON project (sort_key, id)",
        "CREATE TABLE draft (record VARCHAR NOT NULL PRIMARY KEY, value BLOB NOT NULL)",
    ),
)


def migrate(path: Path, backups: Path, stamp: str, steps: Sequence[Sequence[str]] = STEPS) -> bool:
    """Makes the database at ``path`` or brings it up to date; True when something was done.

    ``stamp`` names the backup of the original in ``backups``. Raises DatabaseTooNew, DatabaseDamaged, DiskProblem.
    """
    with dialect.known_errors(path):
        version = _version(path)
        if version == len(steps):
            return False
        if version > len(steps):
            raise DatabaseTooNew(version, len(steps))
        working = path.with_name(path.name + ".migrating")
        working.unlink(missing_ok=True)
        if version:
            backups.mkdir(exist_ok=True)
            dialect.copy(path, backups / f"{path.stem}-v{version}-{stamp}{path.suffix}")
            dialect.copy(path, working)
        with closing(sqlite3.connect(working)) as connection:
            dialect.prepare(connection)
            connection.execute(f"PRAGMA application_id={dialect.APPLICATION_ID}")
            connection.execute("PRAGMA foreign_keys=OFF")
            for number, step in enumerate(steps[version:], start=version + 1):
                _run(connection, path, number, step)
        if found := dialect.problems(working):
            raise DatabaseDamaged(str(path), "; ".join(found[:3]))
        working.replace(path)
        sync_folder(path.parent)
    return True


def _version(path: Path) -> int:
    """0 when there is no database yet. Raises DatabaseDamaged for a file that isn't ours: it is never overwritten.

    SQLite itself does not look at the file before we know that it is ours: to read one whose last transaction was cut
    off, it must first undo that.
    """
    if not path.exists():
        return 0
    owner, version = dialect.owner_and_version(path)
    if owner != dialect.APPLICATION_ID or version < 1:
        raise DatabaseDamaged(str(path), "not an İZSA database")
    return version


def _run(connection: sqlite3.Connection, path: Path, number: int, step: Sequence[str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in step:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={number}")
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    if broken:
        connection.execute("ROLLBACK")
        raise DatabaseDamaged(str(path), f"step {number}: {len(broken)} broken references")
    connection.execute("COMMIT")
