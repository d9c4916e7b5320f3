"""What in a database contradicts itself, each line naming the record it is about.

Three looks, because SQLite's own check notices 3 of 100 flipped bits: every row of ``revision`` against its hash and
its content; every row of ``project`` computed again from its revisions; everything else against the seal. Rows are
read straight from the table and never from an index; where a page cannot be read, the rows around it still are.
Memory stays that of one record and a thousand rows, whatever the size of a sound database.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec

from izsa_desktop.db import dialect, seal
from izsa_desktop.db.rows import note_of, note_row, project_of, project_row, revision_row, share_of, share_row
from izsa_desktop.domain.ledger import ANSWER
from izsa_desktop.domain.revision import Revision, is_sound, trusted_revision
from izsa_desktop.domain.sharing import shared_project

_AT_ONCE = 1000
_STEP = 100
_LONGEST_GAP = 10_000
_PLACE = re.compile(r"row (\d+) missing from index (\w+)")
_INDEX = "SELECT n, record FROM revision INDEXED BY revision_by_record"
_NAMES = {"revision": "record", "project": "id", "draft": "record"}
_REVISION = ("n", "id", "record", "replica", "seq", "bundle", "body")


def problems(path: Path) -> list[str]:
    """What is wrong with the file, in technical words; empty when all is well."""
    return list(dict.fromkeys(filter(None, steps(path))))


def steps(path: Path) -> Iterator[str]:
    """The same, with empty lines where nothing is wrong so far: whoever asks may do something else in between."""
    with dialect.looking(path) as connection:
        torn = False
        for line in _as_far_as_it_goes(_sqlites_own(connection)):
            torn = True
            yield _text(line)
        for look in (_revisions(connection, torn), _projects(connection), _shared(connection), _unsealed(connection)):
            yield ""
            yield from map(_text, _as_far_as_it_goes(look))
        yield from dialect.word_problems(connection)


def _text(line: str) -> str:
    """Without bytes of a name that are no text any more."""
    return line.encode("utf-8", "backslashreplace").decode()


def _sqlites_own(connection: sqlite3.Connection) -> Iterator[str]:
    """SQLite names a row by its place in its table: what stands there is named besides."""
    for line in dialect.problems(connection):
        yield f"{line}{_at_place(connection, line)}"


def _at_place(connection: sqlite3.Connection, line: str) -> str:
    found = _PLACE.fullmatch(line)
    if found is None:
        return ""
    table = next(tolerant(connection, f"SELECT tbl_name FROM sqlite_master WHERE name = '{found[2]}'"), ("",))[0]
    if table not in _NAMES:
        return ""
    # Not only the name: SQLite would take it from an index, and in another order.
    at = f"SELECT {_NAMES[table]}, * FROM {table} NOT INDEXED ORDER BY rowid LIMIT 1 OFFSET {int(found[1]) - 1}"
    return "".join(f" ({row[0]})" for row in tolerant(connection, at))


def _unsealed(connection: sqlite3.Connection) -> Iterator[str]:
    return seal.broken(connection.execute)


def sound_revisions(connection: sqlite3.Connection) -> Iterator[Revision]:
    """The revisions that can be read and whose hash proves that they are as they were written."""
    for row in _readable(connection):
        if len(row) > 1 and _sound(row[1], row[6]):
            yield trusted_revision(row[1].hex(), row[6])


def _as_far_as_it_goes(lines: Iterable[str]) -> Iterator[str]:
    try:
        yield from lines
    except sqlite3.DatabaseError as e:
        yield str(e)


# --- revisions -------------------------------------------------------------------------------------------------------


def _revisions(connection: sqlite3.Connection, torn: bool) -> Iterator[str]:
    """``torn``: SQLite has found the tree of a table in disorder, so that rows may be there and yet not be found."""
    # None: an answer of the office, which hands on what others wrote.
    question = f"SELECT n, CASE kind WHEN '{ANSWER}' THEN NULL ELSE replica END FROM bundle"
    senders = dict(tolerant(connection, question))
    seen = 0
    for row in _readable(connection):
        seen += 1
        if seen % _STEP == 0:
            yield ""
        torn |= row[0] != seen or len(row) == 1
        if len(row) > 1 and (problem := _problem(row, senders)):
            yield f"revision {row[0]} ({_hex(row[1])}) of {_records(row)}: {problem}"
    indexed = sum(1 for _row in tolerant(connection, _INDEX))
    if torn or seen != indexed:
        yield from _not_readable(connection)


def _problem(row: Any, senders: dict[int, str | None]) -> str:
    if not _sound(row[1], row[6]):
        return "content does not match its hash"
    revision = trusted_revision(row[1].hex(), row[6])
    stated = revision_row(revision, row[5])
    if any(stated[name] != value for name, value in zip(_REVISION[1:], row[1:], strict=True)):
        return "columns differ from its content"
    if row[5] is not None and senders.get(row[5], "") not in (revision.replica, None):
        return "came with a bundle of another PC"
    return ""


def _sound(id_: Any, body: Any) -> bool:
    if not isinstance(body, bytes) or not isinstance(id_, bytes):
        return False
    return hashlib.sha256(body).digest() == id_ or is_sound(id_.hex(), body)


def _records(row: Any) -> str:
    """The record that the row names, and the one that its content names where that is another."""
    named = [str(row[2])]
    with suppress(msgspec.DecodeError, UnicodeError, TypeError):
        named.append(trusted_revision("", row[6]).record)
    return " or ".join(dict.fromkeys(named))


def _hex(id_: Any) -> str:
    return id_.hex() if isinstance(id_, bytes) else repr(id_)


def _not_readable(connection: sqlite3.Connection) -> Iterator[str]:
    """The rows that only the index still names."""
    for n, record in tolerant(connection, _INDEX):
        if next(tolerant(connection, f"SELECT n, body FROM revision NOT INDEXED WHERE n = {n}"), None) is None:
            yield f"revision {n} of {record}: cannot be read"


def _readable(connection: sqlite3.Connection) -> Iterator[Any]:
    """All rows in their order; for one that is there but cannot be read, its number and nothing else."""
    question = f"SELECT {', '.join(_REVISION)} FROM revision NOT INDEXED WHERE n > ? ORDER BY n LIMIT ?"
    last, limit, failures = -(1 << 63), _AT_ONCE, 0
    while failures < _LONGEST_GAP:
        try:
            rows = connection.execute(question, (last, limit)).fetchall()
        except sqlite3.DatabaseError:
            if limit > 1:
                limit //= 10
                continue
            failures += 1
            last = max(last + 1, 1)
            yield (last,)
            continue
        if not rows or rows[-1][0] <= last:
            return
        yield from rows
        last, limit, failures = rows[-1][0], _AT_ONCE, 0


def tolerant(connection: sqlite3.Connection, question: str) -> Iterator[Any]:
    """The answer's rows up to the first that cannot be read."""
    try:
        yield from connection.execute(question)
    except sqlite3.DatabaseError:
        return


# --- projects --------------------------------------------------------------------------------------------------------


def _projects(connection: sqlite3.Connection) -> Iterator[str]:
    """A record whose revisions are not all sound is not judged: it has been named."""
    groups = groupby(connection.execute("SELECT record, id, body FROM revision ORDER BY record, n"), itemgetter(0))
    try:
        for n, (record, rows) in enumerate(groups):
            if n % _STEP == 0:
                yield ""
            yield from _wrong(connection, record, list(rows))
    except sqlite3.DatabaseError as e:
        yield str(e)
        yield from _wrong_of_the_readable(connection)
    none = "NOT EXISTS (SELECT 1 FROM revision WHERE record = project.id)"
    orphans = f"SELECT id FROM project WHERE NOT shared AND {none}"
    yield from (f"project {id_}: shown without revisions" for (id_,) in connection.execute(orphans))
    untold = "SELECT id FROM project WHERE shared AND id NOT IN (SELECT id FROM catalogue)"
    yield from (f"project {id_}: shown without an entry of the catalogue" for (id_,) in connection.execute(untold))
    unwritten = "SELECT id FROM coaching WHERE NOT EXISTS (SELECT 1 FROM revision WHERE record = coaching.id)"
    yield from (f"coaching {id_}: shown without revisions" for (id_,) in connection.execute(unwritten))
    unwritten = "SELECT id FROM joint WHERE NOT EXISTS (SELECT 1 FROM revision WHERE record = joint.id)"
    yield from (f"joint {id_}: shown without revisions" for (id_,) in connection.execute(unwritten))


def _shared(connection: sqlite3.Connection) -> Iterator[str]:
    """What the catalogue tells of."""
    own = "EXISTS (SELECT 1 FROM revision WHERE record = catalogue.id)"
    for record, line in connection.execute(f"SELECT id, value FROM catalogue WHERE NOT {own} ORDER BY id"):
        told = shared_project(line)
        expected = project_row(told) if told else None
        if _shown(connection, record, expected or {"id": record}) != (tuple(expected.values()) if expected else None):
            yield f"project {record}: shown values differ from the catalogue"


def _wrong_of_the_readable(connection: sqlite3.Connection) -> Iterator[str]:
    """The same where the tables cannot be walked in order: in memory, with every record that any row names."""
    shown = tolerant(connection, "SELECT id FROM project WHERE NOT shared")
    by_record: dict[str, list[Any]] = {id_: [] for (id_,) in shown}
    for revision in sound_revisions(connection):
        row = (revision.record, bytes.fromhex(revision.id), revision.body)
        by_record.setdefault(revision.record, []).append(row)
    for record, rows in by_record.items():
        yield from _wrong(connection, record, rows)


def _wrong(connection: sqlite3.Connection, record: str, rows: list[Any]) -> Iterator[str]:
    if not all(_sound(id_, body) for _record, id_, body in rows):
        return
    revisions = [trusted_revision(id_.hex(), body) for _record, id_, body in rows]
    if others := {revision.record for revision in revisions} - {record}:
        yield f"project {record}: has revisions of {', '.join(sorted(others))}"
        return
    computed = project_of(record, revisions)
    expected = project_row(computed) if computed else None
    try:
        found = _shown(connection, record, expected or {"id": record})
    except sqlite3.DatabaseError as e:
        yield f"project {record}: {e}"
        return
    if found != (tuple(expected.values()) if expected else None):
        yield f"project {record}: shown values differ from its revisions"
    note = note_of(record, revisions)
    name = record.encode("utf-8", "surrogateescape")
    found = connection.execute("SELECT value FROM coaching WHERE id = CAST(? AS TEXT)", (name,)).fetchone()
    if found != ((note_row(note)["value"],) if note else None):
        yield f"coaching {record}: shown values differ from its revisions"
    share = share_of(record, revisions)
    found = connection.execute("SELECT value FROM joint WHERE id = CAST(? AS TEXT)", (name,)).fetchone()
    if found != ((share_row(share)["value"],) if share else None):
        yield f"joint {record}: shown values differ from its revisions"


def _shown(connection: sqlite3.Connection, record: str, columns: Iterable[str]) -> Any:
    """The row by its number: asked for by its name, SQLite would answer with the name that the index has."""
    name = record.encode("utf-8", "surrogateescape")  # the bytes that stand there, even if they are no text any more
    number = connection.execute("SELECT n FROM project WHERE id = CAST(? AS TEXT)", (name,)).fetchone()
    question = f"SELECT {', '.join(columns)} FROM project NOT INDEXED WHERE n = ?"
    return connection.execute(question, number).fetchone() if number else None
