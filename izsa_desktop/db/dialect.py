"""Everything that only SQLite says: connections and their pragmas, search, upsert, backup, checks.

``synchronous=EXTRA`` with a DELETE journal is what survived every power cut in the measurements (WAL with NORMAL lost
acknowledged rows in 15 of 20). Every transaction is opened by hand (``BEGIN IMMEDIATE`` for writing), because sqlite3's
own handling commits behind one's back around DDL. Another database engine would replace this module and nothing else.
"""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import URL, Column, ColumnElement, Connection, Engine, Table, create_engine, event, func
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import Insert

from izsa_desktop.domain.errors import DatabaseDamaged, DiskProblem, FolderNotWritable, KnownError, WorkplaceBusy
from izsa_desktop.durable import os_problem

APPLICATION_ID = 0x495A5341  # "IZSA"
_HEADER = struct.Struct(">16s44xi4xi")  # https://sqlite.org/fileformat2.html: magic, user_version, application_id

_PRAGMAS = (
    "busy_timeout=5000",  # first: the others may have to wait already
    "foreign_keys=ON",
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "cache_size=-65536",
)


def prepare(connection: sqlite3.Connection) -> None:
    """Sets a raw connection up as every connection of the program is."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def owner_and_version(path: Path) -> tuple[int, int]:
    """``application_id`` and ``user_version`` from the file's own header; zeros when it is no database."""
    with path.open("rb") as file:
        header = file.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return 0, 0
    magic, version, owner = _HEADER.unpack(header)
    return (owner, version) if magic == b"SQLite format 3\0" else (0, 0)


def engine(path: Path) -> Engine:
    """An engine on an existing database file."""
    url = URL.create("sqlite", database=str(path))  # a path within a text would be read as one: %, ?
    made = create_engine(url, connect_args={"check_same_thread": False})
    event.listen(made, "connect", lambda dbapi, _record: prepare(dbapi))
    event.listen(made, "begin", _begin)
    return made


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def insert_new(table: Table) -> Insert:
    """An insert that passes over rows which are there already."""
    return insert(table).on_conflict_do_nothing()


def upsert(table: Table) -> Insert:
    """An insert that replaces the row with the same primary key."""
    statement = insert(table)
    keys = {column.name for column in table.primary_key}
    return statement.on_conflict_do_update(
        index_elements=sorted(keys),
        set_={column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys},
    )


def contains(column: Column[str], text: str) -> ColumnElement[bool]:
    """True where the column holds this text, every character of it meant literally, however long it is."""
    return func.instr(column, text) > 0


@contextmanager
def known_errors(path: Path) -> Iterator[None]:
    """Turns what SQLite and the disk say about locks, room and damage into known errors; everything else is a bug."""
    try:
        yield
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e
    except (msgspec.DecodeError, UnicodeDecodeError) as e:  # bytes that we once wrote are no longer ours
        raise DatabaseDamaged(str(path), str(e)) from e
    except (DBAPIError, sqlite3.Error) as e:
        known = _known(path, e.orig if isinstance(e, DBAPIError) else e)
        if known is None:
            raise
        raise known from e


def _known(path: Path, error: BaseException | None) -> KnownError | None:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return WorkplaceBusy(str(path.parent))
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DatabaseDamaged(str(path), str(error))
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return FolderNotWritable(str(path.parent), str(error))
    if primary in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return DiskProblem(str(error))
    if code is None and "Could not decode to UTF-8" in str(error):  # Python's own message: SQLite does not look
        return DatabaseDamaged(str(path), str(error))
    return None


def copy(source: Path, target: Path) -> None:
    """Copies a database by SQLite's backup API (a file copy of a live database can be empty or torn)."""
    with closing(sqlite3.connect(source)) as from_, closing(sqlite3.connect(target)) as to:
        from_.backup(to)
        to.execute("PRAGMA journal_mode=DELETE")


def problems(path: Path) -> list[str]:
    """What SQLite itself finds wrong with the file. Finds little bit rot: record hashes are checked besides."""
    with closing(sqlite3.connect(path)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        found += [f"foreign key: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
    return found
