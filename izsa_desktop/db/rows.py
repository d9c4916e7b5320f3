"""Between domain values and table rows."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from izsa_desktop.domain import registers
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.revision import Revision, trusted_revision
from izsa_desktop.domain.text import fold, sort_key

T = TypeVar("T")

SHOWN_VERSION = "1"
"""To be raised whenever the same revisions give another row of ``project``: folding, sorting, merging."""

_decoder = msgspec.json.Decoder(Project)


def chunks(items: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """Lists of at most ``size`` items: statements have a limited number of parameters."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def revision_row(revision: Revision, bundle: int | None) -> dict[str, Any]:
    return {
        "id": bytes.fromhex(revision.id),
        "record": revision.record,
        "replica": revision.replica,
        "seq": revision.seq,
        "bundle": bundle,
        "body": revision.body,
    }


def revision_from(row: Any) -> Revision:
    return trusted_revision(row.id.hex(), row.body)


def by_record(revisions: Iterable[Revision]) -> Iterator[tuple[str, list[Revision]]]:
    """Revisions grouped by their record."""
    for record, group in groupby(sorted(revisions, key=attrgetter("record")), key=attrgetter("record")):
        yield record, list(group)


def project_of(record: str, revisions: Sequence[Revision]) -> Project | None:
    """What a record's revisions show; None while all of them are parked."""
    state = record_state(record, revisions)
    return registers.from_state(state) if state.heads else None


def project_row(project: Project) -> dict[str, Any]:
    f = project.fields
    note = (f.audience_note,) if isinstance(f.audience_note, str) else f.audience_note
    words = (f.title, f.purpose, f.neighbourhood, f.place, f.unit, f.owner, *f.audience, *note)
    return {
        "id": project.id,
        "sort_key": sort_key(f.title),
        "folded": fold("\n".join(words)),
        "district": f.district,
        "status": f.status,
        "goals": f",{','.join(f.goals)},",
        "deleted": project.deleted,
        "conflicting": bool(project.conflicts),
        "value": msgspec.json.encode(project),
    }


def project_from(value: bytes) -> Project:
    return _decoder.decode(value)
