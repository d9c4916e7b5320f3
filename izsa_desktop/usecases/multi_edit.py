"""One change to many projects: looked at first, made in one transaction, taken back as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from izsa_desktop.db.writer import Writer
from izsa_desktop.domain import registers
from izsa_desktop.domain.errors import KnownError, NotYourDistrict
from izsa_desktop.domain.fields import BY_NAME, FIELDS, Kind
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.revision import Json
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.projects import checked, may_edit, revisions_in
from izsa_desktop.usecases.workplace import Workplace

SET, ADD, REMOVE = "set", "add", "remove"
_MANY = (Kind.CODES,)
_ONE = (Kind.CODE, Kind.DAY)
EDITABLE = tuple(
    spec.name for spec in FIELDS if spec.kind in (*_MANY, *_ONE) or (spec.kind is Kind.TEXT and spec.one_line)
)
"""Fields of which many projects may be given the same value; titles and purposes are each project's own."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Of a field: ``SET`` a value (empty: clear it), or ``ADD``/``REMOVE`` one code of several."""

    field: str
    how: str
    value: str


@dataclass(frozen=True, slots=True)
class Step:
    """What an edit does to one project; ``problem`` when it may not or cannot."""

    project: Project
    before: Any
    after: Any
    problem: KnownError | None = None

    @property
    def changes(self) -> bool:
        return self.problem is None and self.before != self.after


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes an edit back: for each project the value that was there and the one that was written."""

    field: str
    values: tuple[tuple[str, Any, Any], ...]


def is_many(field: str) -> bool:
    """True for fields to which codes are added and from which they are removed."""
    return BY_NAME[field].kind in _MANY


def preview_edit(workplace: Workplace, numbers: Iterable[int], edit: Edit) -> list[Step]:
    """What an edit would do to these projects, in their order; changes nothing."""
    with workplace.store.reading() as reader:
        return [_step(workplace, project, edit) for project in reader.at(numbers).values()]


def apply_edit(workplace: Workplace, ids: Sequence[str], edit: Edit, progress: Progress = no_progress) -> Undo:
    """Makes the change where it is one and may be made: one transaction, a save of its own for each project."""
    with workplace.store.writing() as writer:
        steps = (_step(workplace, project, edit) for project in writer.projects_by_id(ids))
        wanted = {step.project.id: step.after for step in steps if step.changes}
        return _write(workplace, writer, edit.field, wanted, progress)


def undo_edit(workplace: Workplace, undo: Undo, progress: Progress = no_progress) -> Undo:
    """Takes an edit back, where nobody has changed the field since; what it gives makes the edit again."""
    with workplace.store.writing() as writer:
        now = {
            project.id: getattr(project.fields, undo.field)
            for project in writer.projects_by_id(v[0] for v in undo.values)
        }
        wanted = {id_: before for id_, before, after in undo.values if id_ in now and now[id_] == after}
        return _write(workplace, writer, undo.field, wanted, progress)


def _step(workplace: Workplace, project: Project, edit: Edit) -> Step:
    before = getattr(project.fields, edit.field)
    after = _edited(before, edit)
    if not may_edit(workplace, project):
        problem = NotYourDistrict(workplace.reference.district_name(project.body), workplace.body_name)
        return Step(project, before, after, problem)
    try:
        fields = checked(workplace, _with(project.fields, edit.field, after), project.fields)
    except KnownError as e:
        return Step(project, before, after, e)
    return Step(project, before, getattr(fields, edit.field))


def _edited(before: Any, edit: Edit) -> Any:
    if not is_many(edit.field):
        return edit.value or (None if BY_NAME[edit.field].kind is Kind.DAY else "")
    if edit.how == SET:
        return (edit.value,) if edit.value else ()
    others = tuple(code for code in before if code != edit.value)
    if edit.how == REMOVE:
        return others
    return before if edit.value in before or not edit.value else (*before, edit.value)


def _write(workplace: Workplace, writer: Writer, field: str, wanted: dict[str, Any], progress: Progress) -> Undo:
    saves: list[tuple[str, tuple[str, ...], dict[str, Json]]] = []
    written: list[tuple[str, Any, Any]] = []
    for done, (id_, value) in enumerate(wanted.items()):
        if done % 50 == 0:
            progress(done, len(wanted))
        state = writer.state(id_)
        fields = registers.fields_of(state.values)
        changed = registers.to_registers(_with(fields, field, value), state.values)
        if changed:
            saves.append((id_, tuple(head.id for head in state.heads), changed))
            written.append((id_, getattr(fields, field), value))
    writer.add(list(revisions_in(workplace, writer, saves)))
    progress(len(wanted), len(wanted))
    return Undo(field, tuple(written))


def _with(fields: ProjectFields, field: str, value: Any) -> ProjectFields:
    changes: dict[str, Any] = {field: value}
    return replace(fields, **changes)
