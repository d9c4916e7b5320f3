"""Drafts: what is typed is on disk within a second, without anybody saving, and comes back after a crash.

A draft holds only the fields that a person has changed, and which state of the project they saw. It is no revision:
nobody else ever sees it. Saving the project drops it in the same transaction (``projects.save_project``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from izsa_desktop.domain.project import Location
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Draft:
    """``record`` is empty for a project that was never saved; ``values`` are by the names of ``ProjectFields``.

    A location that is no point yet is the text that was typed.
    """

    record: str
    seen: tuple[str, ...]
    values: Mapping[str, Any]


def keep_draft(workplace: Workplace, draft: Draft) -> None:
    """Puts a draft on disk in place of the one that was kept of this project before."""
    with workplace.store.writing() as writer:
        writer.keep_draft(draft.record, msgspec.json.encode(draft))


def drop_draft(workplace: Workplace, record: str) -> None:
    """A person does not want what was typed."""
    with workplace.store.writing() as writer:
        writer.drop_draft(record)


def drafts(workplace: Workplace) -> list[Draft]:
    """What was typed and never saved: the program, the power or the person stopped in the middle."""
    with workplace.store.reading() as reader:
        kept = reader.drafts()
    return [_read(value) for value in kept]


def _read(value: bytes) -> Draft:
    draft = msgspec.json.decode(value, type=Draft)
    return Draft(draft.record, draft.seen, {name: _typed(v) for name, v in draft.values.items()})


def _typed(value: Any) -> Any:
    """The value as the form has it: JSON knows neither tuples nor locations."""
    if isinstance(value, dict):
        return Location(**value)
    if isinstance(value, list):
        return tuple(value)
    return value
