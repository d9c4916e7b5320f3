"""The store of a workplace: revisions in, projects out.

``Store.writing()`` is the only way to write: all that happens in the block is on disk when it ends, or nothing is.
``Store.reading()`` gives one consistent view. Neither lets SQLAlchemy out of this package.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from izsa_desktop.db import dialect, migrations
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.rows import by_record, project_of, project_row
from izsa_desktop.db.schema import project, revision
from izsa_desktop.db.writer import Writer


class Store:
    """One database file, opened after bringing it up to date.

    Raises DatabaseTooNew, DatabaseDamaged, DiskProblem, WorkplaceBusy - so does everything done with it.
    """

    def __init__(self, path: Path, backups: Path, stamp: str) -> None:
        """``stamp`` names the backup that is made before a migration."""
        self.path = path
        migrations.migrate(path, backups, stamp)
        self._engine = dialect.engine(path)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One consistent view of the store."""
        with dialect.known_errors(self.path), self._engine.connect() as connection, connection.begin():
            yield Reader(connection)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: all or nothing."""
        with dialect.known_errors(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield Writer(connection)

    @contextmanager
    def trying(self) -> Iterator[Writer]:
        """A transaction that is always rolled back: a preview does the same work as the real thing."""
        with dialect.known_errors(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            transaction = connection.begin()
            try:
                yield Writer(connection)
            finally:
                transaction.rollback()

    def backup(self, target: Path) -> None:
        """Copies the database, also while it is in use."""
        with dialect.known_errors(target):
            dialect.copy(self.path, target)

    def problems(self) -> list[str]:
        """What is wrong with the file; empty when all is well.

        SQLite's own checks, every record's hash, every shown project computed again. SQLite's check alone notices 3 of
        100 flipped bits; the hashes notice all.
        """
        with dialect.known_errors(self.path):
            found = dialect.problems(self.path)
        with self.reading() as reader:
            rotten = set()
            for row in reader.connection.execute(select(revision.c.id, revision.c.record, revision.c.body)):
                if hashlib.sha256(row.body).digest() != row.id:
                    rotten.add(row.record)
                    found.append(f"revision {row.id.hex()} of {row.record}: content does not match its hash")
            if rotten:
                return found
            shown = {row.id: row.value for row in reader.connection.execute(select(project.c.id, project.c.value))}
            for record, revisions in by_record(reader.revisions()):
                computed = project_of(record, revisions)
                if shown.pop(record, None) != (project_row(computed)["value"] if computed else None):
                    found.append(f"project {record}: shown values differ from its revisions")
            found += [f"project {record}: shown without revisions" for record in shown]
        return found
