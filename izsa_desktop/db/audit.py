"""What in the tables contradicts itself: every revision's hash, and every row that was computed from revisions."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.types import NullType

from izsa_desktop.db.rows import by_record, project_of, project_row, revision_row
from izsa_desktop.db.schema import project, revision
from izsa_desktop.domain.revision import Revision, trusted_revision


def contradictions(connection: Connection) -> Iterator[str]:
    """In technical words, one a row. Projects are judged only when all revisions are sound."""
    sound: list[Revision] = []
    rotten = False
    for row in connection.execute(select(revision)):
        problem = _problem(row)
        rotten |= problem is not None
        if problem:
            yield f"revision {row.n} ({row.id.hex()}): {problem}"
        else:
            sound.append(trusted_revision(row.id.hex(), row.body))
    if not rotten:
        yield from _wrong_projects(connection, sound)


def _problem(row: Any) -> str | None:
    if hashlib.sha256(row.body).digest() != row.id:
        return "content does not match its hash"
    stated = revision_row(trusted_revision(row.id.hex(), row.body), row.bundle)
    if stated != {name: getattr(row, name) for name in stated}:
        return "columns differ from its content"
    return None


def _wrong_projects(connection: Connection, revisions: list[Revision]) -> Iterator[str]:
    as_stored = select(*(type_coerce(column, NullType()).label(column.name) for column in project.c))
    shown = {row.id: dict(row._mapping) for row in connection.execute(as_stored)}
    for record, group in by_record(revisions):
        computed = project_of(record, group)
        if shown.pop(record, None) != (project_row(computed) if computed else None):
            yield f"project {record}: shown values differ from its revisions"
    yield from (f"project {record}: shown without revisions" for record in shown)
