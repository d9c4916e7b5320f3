"""Between domain values and table rows."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from izsa_desktop.db.schema import SEPARATOR
from izsa_desktop.domain import registers
from izsa_desktop.domain.facets import confirmed_on, facets_of, started
from izsa_desktop.domain.fields import texts
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.query import words
from izsa_desktop.domain.revision import Revision, trusted_revision
from izsa_desktop.domain.text import sort_key
from izsa_desktop.domain.validation import missing

T = TypeVar("T")

SHOWN_VERSION = "2"
"""To be raised whenever the same revisions give another row of ``project``: folding, sorting, merging."""

_decoder = msgspec.json.Decoder(Project)
_PROJECT = tuple(Project.__dataclass_fields__)
_FIELDS = {name: getattr(ProjectFields(), name) for name in ProjectFields.__dataclass_fields__}


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


def revision_from(row: Iterable[Any]) -> Revision:
    """``row``: id and body."""
    id_, body = row
    return trusted_revision(id_.hex(), body)


def by_record(revisions: Iterable[Revision]) -> Iterator[tuple[str, list[Revision]]]:
    """Revisions grouped by their record."""
    for record, group in groupby(sorted(revisions, key=attrgetter("record")), key=attrgetter("record")):
        yield record, list(group)


def project_of(record: str, revisions: Sequence[Revision]) -> Project | None:
    """What a record's revisions show; None while all of them are parked."""
    state = record_state(record, revisions)
    return registers.from_state(state) if state.heads else None


def project_row(project: Project) -> dict[str, Any]:
    """What is computed of a project; its number and stamp are the writer's."""
    f = project.fields
    codes = {facet: SEPARATOR.join(values) for facet, values in facets_of(project).items()}
    found = dict.fromkeys(words("\n".join((project.number, *texts(f)))))
    return {
        "id": project.id,
        "sort_key": sort_key(f.title),
        "words": " ".join(found),
        **codes,
        "started": started(project),
        "updated": project.updated,
        "confirmed": confirmed_on(project),
        "lacking": len(missing(f)),
        "deleted": project.deleted,
        "conflicting": bool(project.conflicts),
        "value": _encoded(project),
    }


def _encoded(project: Project) -> bytes:
    """The project as JSON without what is empty: most fields of most projects are."""
    plain = {name: getattr(project, name) for name in _PROJECT}
    plain["fields"] = {
        name: value for name, usual in _FIELDS.items() if (value := getattr(project.fields, name)) != usual
    }
    return msgspec.json.encode(plain)


def project_from(value: bytes) -> Project:
    return _decoder.decode(value)
