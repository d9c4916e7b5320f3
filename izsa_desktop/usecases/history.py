"""The history of a project: its versions, what two of them differ in, and going back to one.

Going back is a save like any other: it writes what the version had, on top of everything that is there, so it settles
conflicts, can itself be gone back from, and reaches the office with the next bundle.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from izsa_desktop.db.writer import Writer
from izsa_desktop.domain import registers
from izsa_desktop.domain.authority import overstepped
from izsa_desktop.domain.errors import NoSuchRevision
from izsa_desktop.domain.fields import FIELDS, FieldSpec
from izsa_desktop.domain.history import (
    Change,
    RowChange,
    Segment,
    Sort,
    compared,
    differences,
    is_text,
    ordered,
    state_at,
)
from izsa_desktop.domain.merge import RecordState, as_of, record_state
from izsa_desktop.domain.project import Project, body_of
from izsa_desktop.domain.revision import DELETED, Revision
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.projects import append, get_project, require_own
from izsa_desktop.usecases.telling import Teller
from izsa_desktop.usecases.workplace import Workplace

_ORDER = [spec.name for spec in FIELDS]
_SHORT_PC = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One save. ``number`` counts from 1 in the order in which saves knew of each other."""

    id: str
    number: int
    wall: str
    author: str
    replica: str
    pc: str
    """Who is enrolled with the PC that wrote it, else the beginning of its id; empty for this PC."""
    fields: tuple[str, ...]
    """What it wrote, in the order of the form."""
    binned: bool | None
    """True when it put the project into the bin, False when it brought it back."""
    erased: tuple[str, ...]
    """Fields in which something was erased from it afterwards."""
    now: bool
    """Nothing was saved after it."""
    parked: bool
    """It waits for a save that has not come yet."""

    @property
    def own(self) -> bool:
        return not self.pc


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that differs: texts of people, marked. ``sort`` is "same" for a change within."""

    sort: Sort
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One field that differs, in a person's words."""

    field: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``before`` and ``after`` are the project as it was; ``told`` what differs."""

    before: Project
    after: Project
    told: tuple[Told, ...]


def versions(workplace: Workplace, id_: str) -> list[Version]:
    """Every save of a project, oldest first. Raises NoSuchProject."""
    record = get_project(workplace, id_).id
    with workplace.store.reading() as reader:
        revisions = reader.history(record)
        members = workplace.trust(reader).members
    state = record_state(record, revisions)
    heads = {head.id for head in state.heads}

    def pc(revision: Revision) -> str:
        if revision.replica == workplace.identity.replica:
            return ""
        member = members.get(revision.replica)
        return member.person if member else revision.replica[:_SHORT_PC]

    return [
        Version(
            id=revision.id,
            number=n,
            wall=revision.wall,
            author=revision.author,
            replica=revision.replica,
            pc=pc(revision),
            fields=_fields(revision.registers),
            binned=revision.registers[DELETED] is True if DELETED in revision.registers else None,
            erased=_fields(revision.erased.registers if revision.erased else ()),
            now=revision.id in heads,
            parked=revision.id in state.parked,
        )
        for n, revision in enumerate(ordered(revisions), start=1)
    ]


def compare(workplace: Workplace, id_: str, first: str, second: str, language: str = "") -> Comparison:
    """What differs from one version (an id, or its beginning) to another, told in the workplace's or another language.

    Raises NoSuchProject, NoSuchRevision.
    """
    record, revisions = _history(workplace, id_)
    before, after = (state_at(record, revisions, [find(revisions, wanted).id]) for wanted in (first, second))
    return _compared(workplace, before, after, language or workplace.identity.language)


def changed_by(workplace: Workplace, id_: str, revision: str) -> Comparison:
    """What a save changed: it against all that it knew of. Raises NoSuchProject, NoSuchRevision."""
    record, revisions = _history(workplace, id_)
    save = find(revisions, revision)
    before, after = (state_at(record, revisions, heads) for heads in (save.parents, [save.id]))
    return _compared(workplace, before, after, workplace.identity.language)


def restore_version(workplace: Workplace, id_: str, revision: str) -> Project:
    """Writes the fields as they were in a version; a project in the bin comes back.

    What was erased since stays as it is. The number stays. Raises NoSuchProject, NoSuchRevision, NotYourDistrict.
    """
    with workplace.store.writing() as writer:
        record = _own(workplace, writer, id_)
        revisions = writer.history(record)
        wanted = state_at(record, revisions, [find(revisions, revision).id])
        _write(workplace, writer, revisions, wanted, deleted=None)
    return get_project(workplace, record)


def undo_restore(workplace: Workplace, id_: str, heads: Sequence[str]) -> Project:
    """Back to what was shown when these were the newest saves, in the bin or out of it."""
    with workplace.store.writing() as writer:
        record = _own(workplace, writer, id_)
        revisions = writer.history(record)
        wanted = state_at(record, revisions, heads)
        _write(workplace, writer, revisions, wanted, deleted=wanted.values.get(DELETED))
    return get_project(workplace, record)


def find(revisions: Sequence[Revision], wanted: str) -> Revision:
    """A save by its id, or by enough of its beginning. Raises NoSuchRevision."""
    found = [r for r in revisions if r.id == wanted or (len(wanted) >= 4 and r.id.startswith(wanted.lower()))]
    if len(found) != 1:
        raise NoSuchRevision(wanted)
    return found[0]


def _history(workplace: Workplace, id_: str) -> tuple[str, list[Revision]]:
    record = get_project(workplace, id_).id
    with workplace.store.reading() as reader:
        return record, reader.history(record)


def _own(workplace: Workplace, writer: Writer, id_: str) -> str:
    record = get_project(workplace, id_).id
    require_own(workplace, writer.state(record))
    return record


def _fields(names: Iterable[str]) -> tuple[str, ...]:
    written = {registers.field_of(name) for name in names} - {registers.NUMBER, DELETED}
    return tuple(sorted(written, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER)))


def _write(
    workplace: Workplace, writer: Writer, revisions: Sequence[Revision], wanted: RecordState, deleted: bool | None
) -> None:
    """Saves what differs from ``wanted``, and everything of which several values stand."""
    shown = record_state(wanted.record, revisions)
    then = as_of(revisions, [head.id for head in wanted.heads])
    erased = {name for revision in then if revision.erased for name in revision.erased.registers}
    names = {*shown.values, *wanted.values} - {registers.NUMBER}
    values = {name: wanted.values.get(name) for name in names if not _decided(workplace, name, shown, wanted)}
    values[DELETED] = deleted
    changed = {
        name: value
        for name, value in values.items()
        if (value != shown.values.get(name) or name in shown.conflicts) and not (value is None and name in erased)
    }
    if changed or len(shown.heads) > 1:
        append(workplace, writer, revisions, shown, changed)


def _decided(workplace: Workplace, name: str, *states: RecordState) -> bool:
    """True for what the office has said, or said then: nobody else takes that back."""
    body = workplace.identity.body
    return any(overstepped(body, body_of(state.record), {name: state.values.get(name)}) for state in states)


# --- in a person's words ---------------------------------------------------------------------------------------------


def _compared(workplace: Workplace, before: RecordState, after: RecordState, language: str) -> Comparison:
    t = Translator(language)
    teller = Teller(workplace.reference, t)
    told = tuple(
        Told(change.field, teller.field(change.field), tuple(_lines(change, teller, t)))
        for change in differences(before, after)
    )
    return Comparison(registers.from_state(before), registers.from_state(after), told)


def _lines(change: Change, teller: Teller, t: Translator) -> Iterator[Line]:
    spec = change.spec
    if spec is None:
        yield Line("same", (Segment("same", t("history.put_away" if change.after else "history.brought_back")),))
    elif change.moved:
        yield Line("same", (Segment("same", t("history.moved")),))
    elif is_text(spec):
        yield Line("same", compared(_as_text(change.before), _as_text(change.after)))
    elif spec.row is None:
        yield Line("same", _replaced(teller.value(spec, change.before), teller.value(spec, change.after)))
    else:
        for row in change.rows:
            yield from _row_lines(spec, row, teller)


def _row_lines(spec: FieldSpec, row: RowChange, teller: Teller) -> Iterator[Line]:
    if row.before is None:
        yield Line("added", (Segment("added", teller.row(spec, row.after)),))
    elif row.after is None:
        yield Line("removed", (Segment("removed", teller.row(spec, row.before)),))
    else:
        yield Line("same", (Segment("same", teller.name_of(spec, row.before)),))
    for part in row.parts:
        old, new = (teller.value(part, getattr(side, part.name)) for side in (row.before, row.after))
        marked = compared(old, new) if is_text(part) else _replaced(old, new)
        yield Line("same", (Segment("same", f"{teller.part(spec.name, part.name)}: "), *marked))


def _as_text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _replaced(old: str, new: str) -> tuple[Segment, ...]:
    found = (Segment("removed", old), Segment("same", " → " if old and new else ""), Segment("added", new))
    return tuple(segment for segment in found if segment.text)
