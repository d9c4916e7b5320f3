"""Drafts: what is typed is on disk within a second, without anybody saving, and comes back after a crash.

A draft holds only the fields that a person has changed, and which state of the project they saw. It is no revision:
nobody else ever sees it. Each record has a draft of its own; a new project has its id before it is stored, so that two
new ones never mix. Saving the project drops its draft in the same transaction (``projects.save_project``).
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, get_type_hints

import msgspec

from izsa_desktop.domain.authority import CHECKS, COMMENTS, REVIEW_REGISTERS
from izsa_desktop.domain.fields import BY_NAME, FieldSpec, Kind, RowSpec
from izsa_desktop.domain.numbers import decimal_text
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.usecases.projects import may_edit, new_project_id
from izsa_desktop.usecases.reviewing import may_review
from izsa_desktop.usecases.workplace import Workplace

_TYPES = get_type_hints(ProjectFields)
_TYPED = {Kind.COUNT, Kind.NUMBER, Kind.POINT}
"""Kinds that are typed as a text, which may be half of a value."""
_NO_VALUE = (msgspec.ValidationError, TypeError, AttributeError, ValueError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Draft:
    """``values`` are by the names of ``ProjectFields``; ``record`` is the project's id, also before it is stored.

    Where a text was typed that is no value of its field yet (half a number), the text is the value.
    """

    record: str
    seen: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What was typed and not saved, and the project it was typed into; None for a new one."""

    draft: Draft
    project: Project | None


def keep_draft(workplace: Workplace, draft: Draft) -> None:
    """Puts a draft on disk in place of the one that was kept of this project before."""
    with workplace.store.writing() as writer:
        writer.keep_draft(draft.record, msgspec.json.encode(draft))


def drop_draft(workplace: Workplace, record: str) -> None:
    """A person does not want what was typed."""
    with workplace.store.writing() as writer:
        writer.drop_draft(record)


def settle_drafts(workplace: Workplace, kept: Iterable[Draft], dropped: Iterable[str]) -> None:
    """What a person decided about drafts: these values stay, the drafts of those records go."""
    with workplace.store.writing() as writer:
        for record in dropped:
            writer.drop_draft(record)
        for draft in kept:
            writer.keep_draft(draft.record, msgspec.json.encode(draft))


def drafts(workplace: Workplace) -> list[Draft]:
    """What was typed and never saved: the program, the power or the person stopped in the middle."""
    with workplace.store.reading() as reader:
        kept = reader.drafts()
    return [draft for draft in map(_read, kept) if draft is not None]


def unfinished(workplace: Workplace) -> list[Unfinished]:
    """The drafts that a person can go on with: of new projects, of own ones that are not in the bin, and of reviews."""
    found = []
    for draft in [draft if draft.record else _with_an_id(workplace, draft) for draft in drafts(workplace)]:
        with workplace.store.reading() as reader:
            project = reader.project(draft.record)
        if project is not None and may_review(workplace, project):
            said = {name: value for name, value in draft.values.items() if name in REVIEW_REGISTERS or _remark(name)}
            found.append(Unfinished(replace(draft, values=said), project))
        elif project is None or (may_edit(workplace, project) and not project.deleted):
            found.append(Unfinished(draft, project))
    return found


def _with_an_id(workplace: Workplace, draft: Draft) -> Draft:
    """Version 0.1 kept one draft of a new project, without an id."""
    named = replace(draft, record=new_project_id(workplace))
    settle_drafts(workplace, [named], [draft.record])
    return named


# --- values ----------------------------------------------------------------------------------------------------------


def _read(value: bytes) -> Draft | None:
    """What can be read of it: a bit that has rotted must not stand between a person and the program."""
    try:
        draft = msgspec.json.decode(value, type=Draft)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    known: dict[str, Any] = {}
    for name, typed in draft.values.items():
        if name in BY_NAME:
            with suppress(*_NO_VALUE):
                known[name] = _typed(BY_NAME[name], _TYPES[name], typed)
        elif _remark(name) and isinstance(typed, str if name.startswith(COMMENTS) else bool):
            known[name] = typed
    return Draft(draft.record, draft.seen, known)


def _remark(name: str) -> bool:
    """True for what the office types of a single field, or ticks."""
    return name.startswith((COMMENTS, CHECKS))


def _typed(spec: FieldSpec, type_: Any, value: Any) -> Any:
    """The value as the form has it: JSON knows neither tuples nor rows nor exact numbers."""
    if spec.row is not None:
        return tuple(_row(spec.row, row) for row in value)
    try:
        found = msgspec.convert(value, type_, strict=False)
    except msgspec.ValidationError:
        if isinstance(value, str) and spec.kind in _TYPED:
            return value
        raise
    if isinstance(found, Decimal):
        try:
            decimal_text(found)
        except ValueError:  # "nan" or "1e999999999" was typed: no number of ours, and it may be a gigabyte in digits
            if not isinstance(value, str):
                raise
            return value
    return found


def _row(row: RowSpec, value: Mapping[str, Any]) -> Any:
    types = get_type_hints(row.type)
    parts = {
        spec.name: _typed(spec, types[spec.name], value[spec.name]) for spec in row.attributes if spec.name in value
    }
    return row.type(**parts, **{row.key: msgspec.convert(value.get(row.key, ""), str)})
