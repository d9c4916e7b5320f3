"""Between domain values and table rows."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import msgspec

from izsa_desktop.db.schema import SEPARATOR
from izsa_desktop.domain import mapped, registers
from izsa_desktop.domain.coaching import Known, entry_from
from izsa_desktop.domain.facets import confirmed_on, facets_of, started
from izsa_desktop.domain.fields import texts
from izsa_desktop.domain.joint import Share
from izsa_desktop.domain.joint_registers import share_of_state
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.query import words
from izsa_desktop.domain.record_types import COACHING, JOINT, of_type
from izsa_desktop.domain.revision import PROJECT, Revision, trusted_revision
from izsa_desktop.domain.shape import Shape
from izsa_desktop.domain.text import sort_key
from izsa_desktop.domain.validation import missing

T = TypeVar("T")

SHOWN_VERSION = "7"
"""To be raised whenever the same revisions give another row of ``project``, ``coaching`` or ``joint``."""


class _Drawn(msgspec.Struct, gc=False):
    shape: Shape | None = None


class _Record(msgspec.Struct, gc=False):
    fields: _Drawn


_decoder = msgspec.json.Decoder(Project)
_shape_decoder = msgspec.json.Decoder(_Record)
_entry_decoder: msgspec.json.Decoder[Known] = msgspec.json.Decoder(Known)


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
    groups: dict[str, list[Revision]] = {}
    for revision in revisions:
        groups.setdefault(revision.record, []).append(revision)
    for record in sorted(groups):
        yield record, groups[record]


def project_of(record: str, revisions: Sequence[Revision]) -> Project | None:
    """What a record's revisions show; None while all of them are parked, and for what is no project."""
    state = record_state(record, of_type(revisions, PROJECT))
    return registers.from_state(state) if state.heads else None


def note_of(record: str, revisions: Sequence[Revision]) -> Known | None:
    """What a coaching record's revisions show; None while all of them are parked, and for what is none."""
    return entry_from(record, of_type(revisions, COACHING))


def note_row(entry: Known) -> dict[str, Any]:
    return {"id": entry.id, "district": entry.district, "value": msgspec.json.encode(entry)}


def note_from(value: bytes) -> Known:
    return _entry_decoder.decode(value)


def share_of(record: str, revisions: Sequence[Revision]) -> Share | None:
    """What a record of a joint programme shows; None while all its revisions are parked, and for what is none."""
    saves = of_type(revisions, JOINT)
    return share_of_state(record_state(record, saves), saves)


def share_row(share: Share) -> dict[str, Any]:
    return {"id": share.id, "programme": share.key, "value": msgspec.json.encode(share)}


def share_from(value: bytes) -> Share:
    return msgspec.json.decode(value, type=Share)


def project_row(project: Project) -> dict[str, Any]:
    """What is computed of a project; its number and stamp are the writer's."""
    f = project.fields
    codes = {facet: v[0] if len(v) == 1 else SEPARATOR.join(v) for facet, v in facets_of(project).items()}
    found = dict.fromkeys(words("\n".join((project.number, *texts(f)))))
    return {
        "id": project.id,
        "sort_key": sort_key(f.title),
        "words": " ".join(found),
        **codes,
        "started": started(project),
        "updated": project.updated,
        "confirmed": confirmed_on(project),
        "lacking": len(missing(f)) if not project.shared else 0,
        "deleted": project.deleted,
        "conflicting": bool(project.conflicts),
        "value": msgspec.json.encode(project),  # without the fields that are empty: most of most projects are
        "shared": project.shared,
        "label": mapped.label(f),
        "spot": mapped.spot(f),
        "vicinity": mapped.vicinity(f),
        "dimension": mapped.main_dimension(f),
        "dates": mapped.dates(f),
    }


def project_from(value: bytes) -> Project:
    return _decoder.decode(value)


def shape_from(value: bytes) -> Shape | None:
    """The line or the area of a project, of which nothing else is made."""
    return _shape_decoder.decode(value).fields.shape
