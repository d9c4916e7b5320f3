"""Entering, changing, finding and deleting projects. Every save is a revision; nothing is ever overwritten."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from izsa_desktop.db.writer import Writer
from izsa_desktop.domain import registers
from izsa_desktop.domain.authority import overstepped
from izsa_desktop.domain.errors import BadField, KnownError, NoSuchProject, NotYourDistrict
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.merge import RecordState, as_of, record_state
from izsa_desktop.domain.project import NO_FIELDS, Project, ProjectFields, body_of
from izsa_desktop.domain.revision import (
    DELETED,
    MAX_PARENTS,
    PROJECT,
    Json,
    Revision,
    canonical,
    fitting,
    new_revision,
)
from izsa_desktop.domain.validation import MAX_RECORD, clean
from izsa_desktop.usecases.areas import require_sound
from izsa_desktop.usecases.numbering import next_numbers
from izsa_desktop.usecases.workplace import Workplace, utc_now

_MOST_GROWN = 20
"""More times as long than a project in JSON its registers never are, where each element is named with its list."""

_LONGEST_ID = 100
"""No id is longer; the database refuses to look for the beginning of one that is far longer."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One save: what it wrote, by field, as the registers' plain values."""

    id: str
    wall: str
    author: str
    replica: str
    parents: tuple[str, ...]
    changes: Mapping[str, Json]


def list_projects(workplace: Workplace, wanted: ProjectFilter | None = None) -> list[Project]:
    """The projects that match, in Turkish order of their titles."""
    with workplace.store.reading() as reader:
        return reader.projects(wanted or ProjectFilter())


def count_projects(workplace: Workplace) -> int:
    """How many projects there are."""
    with workplace.store.reading() as reader:
        return reader.count(ProjectFilter())


def get_project(workplace: Workplace, id_: str) -> Project:
    """A project by its id, or by enough of the beginning of either part. Raises NoSuchProject."""
    with workplace.store.reading() as reader:
        project = reader.project(id_)
        if project is None and 4 <= len(id_) <= _LONGEST_ID:
            ids = reader.record_ids(id_)
            project = reader.project(ids[0]) if len(ids) == 1 else None
    if project is None:
        raise NoSuchProject(id_)
    return project


def history(workplace: Workplace, id_: str) -> list[HistoryEntry]:
    """Every save of a project, oldest first. Raises NoSuchProject."""
    record = get_project(workplace, id_).id
    with workplace.store.reading() as reader:
        revisions = reader.history(record)
    return [HistoryEntry(r.id, r.wall, r.author, r.replica, r.parents, r.registers) for r in revisions]


def may_edit(workplace: Workplace, project: Project) -> bool:
    """True for the workplace's own records: a district's facts are that district's, the office's the office's."""
    return project.body == workplace.identity.body


def add_projects(workplace: Workplace, entered: Sequence[ProjectFields]) -> list[str]:
    """Stores new projects in one transaction; their ids, once they are on disk.

    Raises BadField, NotYourDistrict.
    """
    return store_checked(workplace, [checked(workplace, fields) for fields in entered])


def store_checked(workplace: Workplace, entered: Sequence[ProjectFields]) -> list[str]:
    """``add_projects`` for fields that have been through ``checked`` already."""
    with workplace.store.writing() as writer:
        return add_in(workplace, writer, entered)


def new_project_id(workplace: Workplace) -> str:
    """An id that nobody has yet, for a project of this workplace that is not stored so far."""
    return f"{workplace.identity.body}/{secrets.token_hex(16)}"


def save_project(
    workplace: Workplace, id_: str | None, fields: ProjectFields, seen: Sequence[str] = (), *, new: bool = False
) -> Project:
    """Stores what was entered: a new project or a new revision of one; only what differs is written.

    A project is new where ``id_`` is None, or ``new`` says so of an id from ``new_project_id`` (saving it twice is no
    harm). A draft that was kept of it goes in the same transaction. ``seen`` are the heads of the project as the person
    saw it (by default the newest): what came in since then is not overwritten but stands beside it. Saving what was
    shown writes nothing. Raises BadField, NotYourDistrict, NoSuchProject.
    """
    id_, new = id_ or new_project_id(workplace), new or id_ is None
    with workplace.store.writing() as writer:
        writer.drop_draft(id_)
        if new and writer.project(id_) is None:
            add_in(workplace, writer, [checked(workplace, fields)], [id_])
        revisions = writer.history(id_)
        now = record_state(id_, revisions)
        require_own(workplace, now)
        as_seen = now if not seen or {*seen} == {head.id for head in now.heads} else None
        state = as_seen or record_state(id_, as_of(revisions, seen))
        shown = registers.fields_of(state.values)
        changed = registers.to_registers(checked(workplace, fields, shown), state.values, shown)
        if not changed:
            return registers.from_state(now)
        return append(workplace, writer, revisions, state, changed)


def delete_project(workplace: Workplace, id_: str) -> None:
    """Puts a project away: a revision like any other, so it can come back. Raises NoSuchProject, NotYourDistrict."""
    _set_deleted(workplace, id_, True)


def restore_project(workplace: Workplace, id_: str) -> None:
    """Brings a deleted project back. Raises NoSuchProject, NotYourDistrict."""
    _set_deleted(workplace, id_, None)


def _set_deleted(workplace: Workplace, id_: str, value: bool | None) -> None:
    with workplace.store.writing() as writer:
        revisions = writer.history(id_)
        state = record_state(id_, revisions)
        require_own(workplace, state)
        append(workplace, writer, revisions, state, {DELETED: value})


def checked(workplace: Workplace, fields: ProjectFields, stored: ProjectFields = NO_FIELDS) -> ProjectFields:
    """The fields as they will be stored; a district's projects run in that district. What is ``stored`` was checked.

    Raises BadField, NotYourDistrict.
    """
    fields = clean(fields, workplace.reference, stored)
    if fields.shape is not None and fields.shape != stored.shape:
        require_sound(fields.shape)
    _require_sendable(fields)
    body = workplace.identity.body
    if workplace.identity.office:
        return fields
    if fields.district not in ("", body):
        raise NotYourDistrict(workplace.reference.district_name(fields.district), workplace.body_name)
    return replace(fields, district=body)


def _require_sendable(fields: ProjectFields) -> None:
    """Raises BadField for a record so large that no bundle could carry it, naming the field that holds the most."""
    if _MOST_GROWN * len(msgspec.json.encode(fields)) < MAX_RECORD:
        return
    sizes: dict[str, int] = {}
    for register, value in registers.to_registers(fields, {}).items():
        field = registers.field_of(register)
        sizes[field] = sizes.get(field, 0) + len(canonical({register: value}))
    if sum(sizes.values()) > MAX_RECORD:
        largest = max(sizes, key=lambda field: sizes[field])
        raise BadField(largest, "too_much", str(sizes[largest]), MAX_RECORD)


def require_own(workplace: Workplace, state: RecordState) -> None:
    """Raises NoSuchProject, or NotYourDistrict for a record of another body."""
    if not state.heads:
        raise NoSuchProject(state.record)
    body = body_of(state.record)
    if body != workplace.identity.body:
        raise NotYourDistrict(workplace.reference.district_name(body), workplace.body_name)


def add_in(
    workplace: Workplace, writer: Writer, entered: Sequence[ProjectFields], ids: Sequence[str] = ()
) -> list[str]:
    """``store_checked`` within a transaction that does more; ``ids`` are new ids for the projects."""
    ids = ids or [new_project_id(workplace) for _ in entered]
    numbers = next_numbers(workplace, writer, len(entered))
    saves = (
        (id_, (), {registers.NUMBER: number, **registers.to_registers(fields, {})})
        for id_, fields, number in zip(ids, entered, numbers, strict=True)
    )
    writer.add(list(revisions_in(workplace, writer, saves)))
    return list(ids)


def append(
    workplace: Workplace,
    writer: Writer,
    history: Sequence[Revision],
    upon: RecordState,
    changed: Mapping[str, Json],
    *,
    settling: bool = False,
) -> Project:
    """Writes one more save of the record with this history, upon one of its states; what it shows then."""
    save = upon.record, tuple(head.id for head in upon.heads), changed
    return writer.go_on(history, list(revisions_in(workplace, writer, [save], settling=settling)))


def listed_project(workplace: Workplace, id_: str) -> Project:
    """The same, but none that was deleted. Raises NoSuchProject."""
    project = get_project(workplace, id_)
    if project.deleted:
        raise NoSuchProject(id_)
    return project


def _not_its_to_say(workplace: Workplace, record: str, field: str, changed: Mapping[str, Json]) -> KnownError:
    if body_of(record) == workplace.identity.body:
        return BadField(field, "office_decides", str(changed[field]))
    return NotYourDistrict(workplace.reference.district_name(body_of(record)), workplace.body_name)


def revisions_in(
    workplace: Workplace,
    writer: Writer,
    saves: Iterable[tuple[str, tuple[str, ...], Mapping[str, Json]]],
    *,
    settling: bool = False,
    type_: str = PROJECT,
) -> Iterable[Revision]:
    """Numbers the saves on from this PC's newest revision and signs them with person and time.

    A save that is too large for one line (much is cleared, much is written), or that stands upon more saves than one
    may name, becomes several, one upon the other.
    ``settling``: a person has chosen all that they write among values that stood.
    Raises BadField for a value that is not this body's to decide, NotYourDistrict, KeyRenewed, MayNotSpeak.
    """
    workplace.require_own_key(writer)
    workplace.require_voice(writer)
    seq, wall = writer.last_seq(workplace.identity.replica), utc_now()
    for record, parents, changed in saves:
        if field := overstepped(workplace.identity.body, body_of(record), changed, changed if settling else (), type_):
            raise _not_its_to_say(workplace, record, field, changed)
        waiting = parents
        for part in fitting(changed):
            joined = False
            while not joined:
                upon, rest = waiting[:MAX_PARENTS], waiting[MAX_PARENTS:]
                seq += 1
                revision = new_revision(
                    record=record,
                    replica=workplace.identity.replica,
                    seq=seq,
                    parents=upon,
                    registers=part,
                    author=workplace.identity.person,
                    wall=wall,
                    type_=type_,
                    settles=part if settling else (),
                )
                yield revision
                joined, waiting = not rest, (revision.id, *rest)
