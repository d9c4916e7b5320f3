"""The city-wide catalogue: what every district may know of everybody's approved projects."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec

from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.authority import APPROVED
from izsa_desktop.domain.errors import Malformed
from izsa_desktop.domain.fields import public
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.record import record_from_project
from izsa_desktop.usecases.workplace import Workplace

_INTERNAL = frozenset({"updated_by", "revision", "conflicts", "deleted", "review", "missing"})


class _Entry(msgspec.Struct, frozen=True):
    id: str


def catalogue_lines(reader: Reader, workplace: Workplace, but: str) -> list[bytes]:
    """The approved projects of all bodies but this one, a JSON object each, without what is about persons."""
    found = reader.projects(ProjectFilter(review=(APPROVED,)))
    return [_line(project, workplace) for project in found if project.body != but]


def _line(project: Project, workplace: Workplace) -> bytes:
    record = record_from_project(replace(project, fields=public(project.fields)), workplace.reference)
    said = {name: value for name, value in record.items() if name not in _INTERNAL and value not in (None, "", [])}
    return msgspec.json.encode(said, order="sorted")


def catalogue_entries(lines: Sequence[bytes]) -> dict[str, bytes]:
    """A catalogue that came, by project id. Raises Malformed."""
    try:
        return {msgspec.json.decode(line, type=_Entry).id: line for line in lines}
    except (msgspec.DecodeError, UnicodeError, RecursionError) as e:
        raise Malformed("catalogue", str(e)) from None


def catalogue(workplace: Workplace) -> list[dict[str, Any]]:
    """What the office's newest answer tells of other bodies' projects: records without personal fields."""
    with workplace.store.reading() as reader:
        return [msgspec.json.decode(value, type=dict[str, Any]) for value in reader.catalogue()]
