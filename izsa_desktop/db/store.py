"""The store of a workplace: revisions in, projects out.

``Store.writing()`` is the only way to write: all that happens in the block is on disk when it ends, or nothing is.
``Store.reading()`` gives one consistent view. Neither lets SQLAlchemy out of this package.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from izsa_desktop.db import audit, dialect, migrations
from izsa_desktop.db.reader import SHOWN, Reader
from izsa_desktop.db.rows import SHOWN_VERSION
from izsa_desktop.db.writer import Writer


class Store:
    """One database file, opened after bringing it up to date.

    Raises DatabaseTooNew, DatabaseDamaged, DiskProblem, WorkplaceBusy - so does everything done with it.
    """

    def __init__(self, path: Path, backups: Path, stamp: str) -> None:
        """``stamp`` names the backup that is made before a migration.

        Projects that an older version of the program computed are computed anew.
        """
        self.path = path
        migrations.migrate(path, backups, stamp)
        self._engine = dialect.engine(path)
        with self.reading() as reader:
            outdated = reader.shown_version() != SHOWN_VERSION
        if outdated:
            with self.writing() as writer:
                writer.rebuild()
                writer.set_meta({SHOWN: SHOWN_VERSION})

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
        100 flipped bits; the hashes notice all that touch a record.
        """
        with dialect.known_errors(self.path):
            found = dialect.problems(self.path)
        with self.reading() as reader:
            found += audit.contradictions(reader.connection)
        return found
