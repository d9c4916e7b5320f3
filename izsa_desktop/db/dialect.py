"""Everything that only SQLite says: connections and their pragmas, search, upsert, backup, checks.

``synchronous=EXTRA`` with a DELETE journal is what survived every power cut in the measurements (WAL with NORMAL lost
acknowledged rows in 15 of 20). Every transaction is opened by hand (``BEGIN IMMEDIATE`` for writing), because sqlite3's
own handling commits behind one's back around DDL. Another database engine would replace this module and nothing else.
"""

import errno
import os
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import (
    URL,
    Column,
    ColumnElement,
    Connection,
    Engine,
    LargeBinary,
    Select,
    Table,
    bindparam,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.elements import ClauseElement

from izsa_desktop.domain.errors import DatabaseDamaged, DiskProblem, FolderNotWritable, KnownError, WorkplaceBusy
from izsa_desktop.durable import os_problem, sync_file

APPLICATION_ID = 0x495A5341  # "IZSA"
sqlite_version = sqlite3.sqlite_version
"""Of the library that Python brought. None is refused: what 3.7.0 to 3.51.2 do wrong concerns WAL, never used here."""

# https://sqlite.org/fileformat2.html: magic, file change counter, user_version, application_id
_HEADER = struct.Struct(">16s8xI32xi4xi")

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
_COMPILES = SQLiteDialect_pysqlite(paramstyle="qmark")
_CHECK_WORDS = "INSERT INTO project_words (project_words, rank) VALUES ('integrity-check', 1)"


def prepare(connection: sqlite3.Connection) -> None:
    """Sets a raw connection up as every connection of the program is."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def owner_and_version(path: Path) -> tuple[int, int]:
    """``application_id`` and ``user_version`` from the file's own header; zeros when it is no database."""
    _changes, version, owner = _header(path)
    return owner, version


def change_counter(path: Path) -> int:
    """Counts the transactions that have changed the file, whoever made them."""
    return _header(path)[0]


def _header(path: Path) -> tuple[int, int, int]:
    with path.open("rb") as file:
        header = file.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return 0, 0, 0
    magic, changes, version, owner = _HEADER.unpack(header)
    return (changes, version, owner) if magic == b"SQLite format 3\0" else (0, 0, 0)


def engine(path: Path) -> Engine:
    """An engine on an existing database file."""
    url = URL.create("sqlite", database=str(path))  # a path within a text would be read as one: %, ?
    made = create_engine(url, connect_args={"check_same_thread": False})
    event.listen(made, "connect", lambda dbapi, _record: prepare(dbapi))
    event.listen(made, "begin", _begin)
    return made


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    driver(connection).execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def insert_new(table: Table, but: str) -> Insert:
    """An insert that passes over rows which are there already; ``but``: the column that is given by the database."""
    columns = [column.name for column in table.columns if column.name != but]
    return insert(table).values({name: bindparam(name) for name in columns}).on_conflict_do_nothing()


def upsert(table: Table, key: str = "") -> Insert:
    """An insert that replaces the row with the same primary key, or with the same value of a unique column."""
    statement = insert(table)
    primary = {column.name for column in table.primary_key}
    kept = {key, *primary}  # a primary key that is set, even to itself, makes SQLite write every index anew
    return statement.on_conflict_do_update(
        index_elements=[key] if key else sorted(primary),
        set_={column.name: statement.excluded[column.name] for column in table.columns if column.name not in kept},
    )


def holds(column: Column[bytes], part: bytes) -> ColumnElement[bool]:
    """True of rows in which these bytes stand anywhere in the column."""
    return func.instr(column, part) > 0


def columns(connection: Connection, table: Table, names: Sequence[str], plain: Sequence[str] = ()) -> dict[str, Any]:
    """Columns of all rows, in one order; of a column of blobs all bytes, one after the other.

    SQLite makes one JSON text of each without holding Python's lock: a third of the time of reading rows. ``plain``:
    columns of texts without control characters, which are wanted as UTF-8.
    """
    blobs = {name for name in names if isinstance(table.c[name].type, LargeBinary)}

    def asked(name: str) -> str:
        if name in plain:
            return f"CAST(group_concat({name}, char(30)) AS BLOB)"
        return f"group_concat(hex({name}), '')" if name in blobs else f"json_group_array({name})"

    def read(name: str, told: Any) -> Any:
        if name in plain:
            return told.split(b"\x1e") if count else []
        return bytes.fromhex(told or "") if name in blobs else msgspec.json.decode(told)

    query = f"SELECT count(*), {', '.join(map(asked, names))} FROM {table.name}"
    count, *told = driver(connection).execute(query).fetchone()
    return {name: read(name, one) for name, one in zip(names, told, strict=True)}


def column(connection: Connection, query: Select[Any]) -> list[Any]:
    """The one column of a query, in its order, read in the same way."""
    rows = query.subquery()
    told: str = connection.scalar(select(func.json_group_array(rows.c[0]))) or "[]"
    found: list[Any] = msgspec.json.decode(told)
    return found


def scrub(path: Path) -> None:
    """Writes the file anew, so that nothing is left in it of what was deleted or replaced. Nobody else may use it."""
    with closing(sqlite3.connect(path)) as connection:
        prepare(connection)
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA busy_timeout=1000")
        connection.execute("INSERT INTO project_words (project_words) VALUES ('optimize')")
        connection.execute("VACUUM")


# --- the index of words ----------------------------------------------------------------------------------------------
# An FTS5 table over ``project.words``, which are folded already: its tokenizer only splits at blanks. It keeps which
# rows hold a word and nothing else, and beginnings of one to three letters besides: these match nearly all rows.


def index_words(connection: Connection, rows: Sequence[tuple[int, str | None, str]]) -> None:
    """Brings the index from the words that a row (number, words before, words now) had, if any, to those that it has.

    Of a row that had words, only those are written that begin with the first letter of one that came or went. Not
    fewer: a beginning that one word gives up may be that of another as well.
    """
    gone, come = [], []
    for number, before, now in rows:
        if before is None:
            come.append((number, now))
        else:
            less, more = _differing(before, now)
            gone.append((number, less))
            come.append((number, more))
    driver(connection).executemany(
        "INSERT INTO project_words (project_words, rowid, words) VALUES ('delete', ?, ?)", gone
    )
    driver(connection).executemany("INSERT INTO project_words (rowid, words) VALUES (?, ?)", come)


def _differing(before: str, now: str) -> tuple[str, str]:
    old, new = before.split(), now.split()
    letters = {word[0] for word in set(old) ^ set(new)}
    return _of(letters, old), _of(letters, new)


def _of(letters: set[str], words: Iterable[str]) -> str:
    return " ".join(word for word in words if word[0] in letters)


def forget_words(connection: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Takes rows (number, their words) out of the index."""
    driver(connection).executemany(
        "INSERT INTO project_words (project_words, rowid, words) VALUES ('delete', ?, ?)", rows
    )


def clear_words(connection: Connection) -> None:
    """Takes all rows out of the index."""
    connection.exec_driver_sql("INSERT INTO project_words (project_words) VALUES ('delete-all')")


def rows_with_word(connection: Connection, beginnings: Iterable[str]) -> list[int]:
    """Numbers of the rows in which a word begins with one of these (letters and digits only).

    As one text: 100,000 rows of their own cost four times as much.
    """
    match = " OR ".join(f'"{beginning}"*' for beginning in beginnings)
    query = "SELECT '[' || group_concat(rowid) || ']' FROM project_words WHERE project_words MATCH ?"
    found = connection.exec_driver_sql(query, (match,)).scalar()
    return msgspec.json.decode(found, type=list[int]) if found else []


def known_words(connection: Connection) -> list[str]:
    """Every word of the index."""
    return list(connection.exec_driver_sql("SELECT term FROM project_words_known").scalars())


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
    if not source.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(source))
    with closing(sqlite3.connect(source)) as from_, closing(sqlite3.connect(target)) as to:
        to.execute("PRAGMA journal_mode=OFF")  # a copy that is not finished is thrown away: one flush at the end
        to.execute("PRAGMA synchronous=OFF")
        from_.backup(to)
        to.execute("PRAGMA journal_mode=DELETE")
    sync_file(target)


def compiled(statement: ClauseElement) -> tuple[str, list[str]]:
    """A statement as the driver takes it, and the names of its parameters in their order."""
    ready = statement.compile(dialect=_COMPILES)
    assert isinstance(ready, SQLCompiler)
    return str(ready), list(ready.positiontup or ())


def driver(connection: Connection) -> sqlite3.Connection:
    """What SQLAlchemy's connection works with, within the same transaction."""
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def schema_of(ask: Callable[[str], Iterable[Any]]) -> list[Any]:
    """Everything a database consists of, but the tables that are SQLite's own: statistics, a text index's inside."""
    rows = ask("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name")
    own = ("project_words_", "sqlite_stat")
    kept = (row for row in rows if not (row[0] == "table" and row[1].startswith(own)))
    return [(type_, name, table, " ".join((sql or "").split())) for type_, name, table, sql in kept]


@contextmanager
def looking(path: Path) -> Iterator[sqlite3.Connection]:
    """One consistent view for a check, which reads whatever bytes there are. Ends with a rollback."""
    with closing(sqlite3.connect(path, check_same_thread=False)) as connection:
        prepare(connection)
        connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        connection.execute("BEGIN")
        yield connection


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with the file. Finds little bit rot: record hashes are checked besides."""
    yield from (row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok")
    yield from (f"foreign key: {row}" for row in connection.execute("PRAGMA foreign_key_check"))


def word_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Whether the index of words fits the projects. Takes the writer's lock until the view ends."""
    try:
        connection.execute(_CHECK_WORDS)
    except sqlite3.DatabaseError as e:
        if e.sqlite_errorcode != sqlite3.SQLITE_READONLY:
            yield f"project_words: {e}"
