"""Entering, changing, finding and deleting projects. Every save is a revision; nothing is ever overwritten."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from izsa_desktop.db.writer import Writer
from izsa_desktop.domain import registers
from izsa_desktop.domain.errors import NoSuchProject, NotYourDistrict
from izsa_desktop.domain.merge import as_of, record_state
from izsa_desktop.domain.project import Project, ProjectFields, ProjectFilter
from izsa_desktop.domain.revision import DELETED, Json, Revision, new_revision
from izsa_desktop.domain.validation import clean
from izsa_desktop.usecases.workplace import Workplace, utc_now


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
        if project is None and len(id_) >= 4:
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
        return _add(workplace, writer, entered)


def save_project(workplace: Workplace, id_: str | None, fields: ProjectFields, seen: Sequence[str] = ()) -> Project:
    """Stores what was entered: a new project (``id_`` None) or a new revision of one; only what differs is written.

    A draft that was kept of it goes in the same transaction. ``seen`` are the heads of the project as the person saw it
    (by default the newest): what came in since then is not overwritten but stands beside it. Saving what was shown
    writes nothing. Raises BadField, NotYourDistrict, NoSuchProject.
    """
    fields = checked(workplace, fields)
    with workplace.store.writing() as writer:
        writer.drop_draft(id_ or "")
        if id_ is None:
            [id_] = _add(workplace, writer, [fields])
        _require_own(workplace, writer, id_)
        revisions = writer.history(id_)
        state = record_state(id_, as_of(revisions, seen) if seen else revisions)
        changed = registers.to_registers(fields, state.values)
        if changed:
            _append(workplace, writer, id_, tuple(head.id for head in state.heads), changed)
    return get_project(workplace, id_)


def delete_project(workplace: Workplace, id_: str) -> None:
    """Puts a project away: a revision like any other, so it can come back. Raises NoSuchProject, NotYourDistrict."""
    _set_deleted(workplace, id_, True)


def restore_project(workplace: Workplace, id_: str) -> None:
    """Brings a deleted project back. Raises NoSuchProject, NotYourDistrict."""
    _set_deleted(workplace, id_, None)


def _set_deleted(workplace: Workplace, id_: str, value: bool | None) -> None:
    with workplace.store.writing() as writer:
        _require_own(workplace, writer, id_)
        heads = tuple(head.id for head in writer.state(id_).heads)
        _append(workplace, writer, id_, heads, {DELETED: value})


def checked(workplace: Workplace, fields: ProjectFields) -> ProjectFields:
    """The fields as they will be stored; a district's projects run in that district.

    Raises BadField, NotYourDistrict.
    """
    fields = clean(fields, workplace.reference)
    body = workplace.identity.body
    if workplace.identity.office:
        return fields
    if fields.district not in ("", body):
        raise NotYourDistrict(workplace.reference.district_name(fields.district), workplace.body_name)
    return replace(fields, district=body)


def _require_own(workplace: Workplace, writer: Writer, id_: str) -> None:
    project = writer.project(id_)
    if project is None:
        raise NoSuchProject(id_)
    if not may_edit(workplace, project):
        raise NotYourDistrict(workplace.reference.district_name(project.body), workplace.body_name)


def _add(workplace: Workplace, writer: Writer, entered: Sequence[ProjectFields]) -> list[str]:
    body = workplace.identity.body
    saves = ((f"{body}/{secrets.token_hex(16)}", (), registers.to_registers(fields, {})) for fields in entered)
    revisions = list(_revisions(workplace, writer, saves))
    writer.add(revisions)
    return [revision.record for revision in revisions]


def _append(
    workplace: Workplace, writer: Writer, id_: str, parents: tuple[str, ...], changed: Mapping[str, Json]
) -> None:
    writer.add(list(_revisions(workplace, writer, [(id_, parents, changed)])))


def _revisions(
    workplace: Workplace,
    writer: Writer,
    saves: Iterable[tuple[str, tuple[str, ...], Mapping[str, Json]]],
) -> Iterable[Revision]:
    """Numbers the saves on from this PC's newest revision and signs them with person and time."""
    newest, wall = writer.last_seq(workplace.identity.replica), utc_now()
    for seq, (record, parents, changed) in enumerate(saves, start=newest + 1):
        yield new_revision(
            record=record,
            replica=workplace.identity.replica,
            seq=seq,
            parents=parents,
            registers=changed,
            author=workplace.identity.person,
            wall=wall,
        )
