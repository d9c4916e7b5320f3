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
from typing import Any

from izsa_desktop.db import dialect
from izsa_desktop.domain.errors import DatabaseDamaged, DatabaseTooNew
from izsa_desktop.durable import make_folder, move_over

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
    (  # finding: projects have numbers, what they are filtered by, and an index of their words
        "DROP TABLE project",  # computed: it is filled again when the store is opened
        """CREATE TABLE project (n INTEGER NOT NULL PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, stamp INTEGER NOT NULL,
            sort_key VARCHAR NOT NULL, words VARCHAR NOT NULL, district VARCHAR NOT NULL, goal VARCHAR NOT NULL,
            target VARCHAR NOT NULL, status VARCHAR NOT NULL, audience VARCHAR NOT NULL, theme VARCHAR NOT NULL,
            year VARCHAR NOT NULL, review VARCHAR NOT NULL, place VARCHAR NOT NULL, started VARCHAR NOT NULL,
            updated VARCHAR NOT NULL, confirmed VARCHAR NOT NULL, lacking INTEGER NOT NULL, deleted BOOLEAN NOT NULL,
            conflicting BOOLEAN NOT NULL, value BLOB NOT NULL)""",
        "CREATE INDEX project_by_name ON project (sort_key, id)",
        """CREATE INDEX project_by_stamp ON project (stamp, district, goal, target, status, audience, theme, year,
            review, place, confirmed, deleted, started, updated, lacking)""",
        """CREATE VIRTUAL TABLE project_words USING fts5 (words, content='project', content_rowid='n', detail='none',
            columnsize=0, prefix='1 2 3', tokenize='ascii')""",
        # Else many a save would tidy up the index and write three times as much; it is tidied 16 saves at a time.
        "INSERT INTO project_words (project_words, rank) VALUES ('automerge', 0)",
        "CREATE VIRTUAL TABLE project_words_known USING fts5vocab (project_words, 'row')",
    ),
    (  # exchange: bundles build on each other, and answers come back
        "ALTER TABLE bundle ADD COLUMN addressee VARCHAR NOT NULL DEFAULT 'TUR035'",
        "ALTER TABLE bundle ADD COLUMN follows INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE bundle ADD COLUMN mode VARCHAR NOT NULL DEFAULT 'full'",
        "ALTER TABLE bundle ADD COLUMN base INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE bundle ADD COLUMN carried VARCHAR NOT NULL DEFAULT ''",
        "UPDATE bundle SET follows = seq - 1",
        "CREATE TABLE catalogue (id VARCHAR NOT NULL PRIMARY KEY, value BLOB NOT NULL)",
    ),
    (  # what is to be decided is found without looking through everything
        "CREATE INDEX project_in_conflict ON project (id) WHERE conflicting = 1 AND deleted = 0",
        # What the catalogue tells of other bodies' projects is found as one's own is.
        "ALTER TABLE project ADD COLUMN shared BOOLEAN NOT NULL DEFAULT 0",
        "DROP INDEX project_by_stamp",
        """CREATE INDEX project_by_stamp ON project (stamp, district, goal, target, status, audience, theme, year,
            review, place, confirmed, deleted, started, updated, lacking, shared)""",
        "CREATE TABLE coaching (id VARCHAR NOT NULL PRIMARY KEY, district VARCHAR NOT NULL, value BLOB NOT NULL)",
    ),
    (  # joint programmes
        "CREATE TABLE joint (id VARCHAR NOT NULL PRIMARY KEY, programme VARCHAR NOT NULL, value BLOB NOT NULL)",
    ),
    (  # what the map shows is read with what is filtered by; the columns are filled when the store is opened
        "ALTER TABLE project ADD COLUMN label VARCHAR NOT NULL DEFAULT ''",
        "ALTER TABLE project ADD COLUMN spot BLOB NOT NULL DEFAULT x''",
        "ALTER TABLE project ADD COLUMN vicinity VARCHAR NOT NULL DEFAULT ''",
        "ALTER TABLE project ADD COLUMN dimension VARCHAR NOT NULL DEFAULT ''",
        "ALTER TABLE project ADD COLUMN dates VARCHAR NOT NULL DEFAULT ''",
        "DROP INDEX project_by_stamp",
        """CREATE INDEX project_by_stamp ON project (stamp, district, goal, target, status, audience, theme, year,
            review, place, confirmed, deleted, started, updated, lacking, shared, label, spot, vicinity, dimension,
            dates)""",
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
        working.unlink(missing_ok=True)  # of a run that was killed
        try:
            _make(working, path, version, steps)
            if version:
                make_folder(backups)
                dialect.copy(path, backups / f"{path.stem}-v{version}-{stamp}{path.suffix}")
            move_over(working, path)
        finally:
            working.unlink(missing_ok=True)
    return True


def _make(working: Path, path: Path, version: int, steps: Sequence[Sequence[str]]) -> None:
    """A sound database of the newest version from the one that is there."""
    if version:
        dialect.copy(path, working)
    with closing(sqlite3.connect(working)) as connection:
        dialect.prepare(connection)
        connection.execute(f"PRAGMA application_id={dialect.APPLICATION_ID}")
        connection.execute("PRAGMA foreign_keys=OFF")
        for number, step in enumerate(steps[version:], start=version + 1):
            _run(connection, path, number, step)
        found = list(dialect.problems(connection))
    if found:
        raise DatabaseDamaged(str(path), "; ".join(found[:3]))


def schema(version: int) -> list[Any]:
    """What a database of this version consists of."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        for statement in (statement for step in STEPS[:version] for statement in step):
            fresh.execute(statement)
        return dialect.schema_of(fresh.execute)


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
