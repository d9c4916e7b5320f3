"""The store of a workplace: revisions in, projects out.

``Store.writing()`` is the only way to write: all that happens in the block is on disk when it ends, or nothing is.
``Store.reading()`` gives one consistent view. Neither lets SQLAlchemy out of this package.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from izsa_desktop.db import audit, dialect, migrations
from izsa_desktop.db.catalogue import Catalogue
from izsa_desktop.db.reader import LEFTOVERS, SHOWN, Reader
from izsa_desktop.db.rows import SHOWN_VERSION
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import DatabaseDamaged, KnownError, WorkplaceBusy


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
        self._writing = self._engine.execution_options(writes=True)
        self._catalogue = Catalogue()
        with self.reading() as reader:
            if dialect.schema_of(reader.connection.exec_driver_sql) != migrations.schema(len(migrations.STEPS)):
                raise DatabaseDamaged(str(path), "not the tables of this version")
            outdated, leftovers = reader.shown_version() != SHOWN_VERSION, reader.has_leftovers()
        if outdated:
            with self.writing() as writer:
                writer.rebuild()
                writer.set_meta({SHOWN: SHOWN_VERSION})
        if leftovers:
            with suppress(WorkplaceBusy):  # then the next opening does it
                self.scrub()

    @staticmethod
    def is_old(path: Path) -> bool:
        """True for a database that will be migrated when it is opened."""
        with dialect.known_errors(path):
            owner, version = dialect.owner_and_version(path)
        return owner == dialect.APPLICATION_ID and 1 <= version < len(migrations.STEPS)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One consistent view of the store."""
        with dialect.known_errors(self.path), self._engine.connect() as connection, connection.begin():
            yield Reader(connection, self._catalogue)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: all or nothing."""
        with dialect.known_errors(self.path), self._afresh_after_failure(), self._writing.begin() as connection:
            writer = Writer(connection)
            yield writer
            writer.seal_up()

    @contextmanager
    def _afresh_after_failure(self) -> Iterator[None]:
        """After a failed write nobody knows what the disk holds: whoever goes on opens the file and reads it anew."""
        try:
            yield
        except (DBAPIError, sqlite3.Error):
            self._engine.dispose()
            raise

    @contextmanager
    def trying(self) -> Iterator[Writer]:
        """A transaction that is always rolled back: a preview does the same work as the real thing."""
        with dialect.known_errors(self.path), self._writing.connect() as connection:
            transaction = connection.begin()
            try:
                yield Writer(connection)
            finally:
                transaction.rollback()

    def backup(self, target: Path) -> None:
        """Copies the database, also while it is in use."""
        with dialect.known_errors(target):
            dialect.copy(self.path, target)

    def last_seq_in(self, copy: Path, replica: str) -> int | None:
        """The number of a replica's newest revision in a backup; None for one that cannot be read."""
        try:
            with dialect.known_errors(copy), dialect.looking(copy) as connection:
                asked = connection.execute("SELECT max(seq) FROM revision WHERE replica = ?", (replica,))
                return asked.fetchone()[0] or 0
        except KnownError:
            return None

    def scrub(self) -> None:
        """Leaves nothing in the file of what was erased. Raises WorkplaceBusy when somebody else is using it."""
        with dialect.known_errors(self.path):
            self._engine.dispose()
            dialect.scrub(self.path)
        with self.writing() as writer:
            writer.forget(LEFTOVERS)

    def problems(self) -> list[str]:
        """What is wrong with the file; empty when all is well.

        SQLite's own checks, every record's hash, every shown project computed again, everything else against the
        seal. A line about a record names it.
        """
        with dialect.known_errors(self.path):
            return audit.problems(self.path)

    def problems_of(self, copy: Path) -> Iterator[str]:
        """What is wrong with a backup of this store, step by step (see ``audit.steps``)."""
        with dialect.known_errors(copy):
            yield from audit.steps(copy)

    def change_counter(self) -> int:
        """Another number whenever anybody, this process or another, has changed the file."""
        with dialect.known_errors(self.path):
            return dialect.change_counter(self.path)
