"""The city-wide catalogue: what every district may know of everybody's approved projects."""

from collections.abc import Sequence
from typing import Any

import msgspec

from izsa_desktop.bundle.file import MAX_CATALOGUE, MAX_TEXT
from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.authority import APPROVED
from izsa_desktop.domain.errors import Malformed
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project, body_of
from izsa_desktop.domain.record import record_from_project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import MAX_LINE
from izsa_desktop.domain.sharing import Entry, shared_line, shared_project
from izsa_desktop.usecases.workplace import Workplace

_INTERNAL = frozenset({"updated_by", "revision", "conflicts", "deleted", "review", "missing"})


def catalogue_lines(reader: Reader, but: str) -> list[bytes]:
    """The approved projects of all bodies but this one; none for the office itself, which has all of them whole.

    Of more than a bundle may hold, those that changed last; never one that is too large for a line.
    """
    newest = ProjectFilter(review=(APPROVED,), sort="updated")
    found = (project for project in reader.projects(newest) if project.body != but) if but != OFFICE else ()
    lines: list[bytes] = []
    size = 0
    for line in map(shared_line, found):
        if len(line) > MAX_LINE:
            continue
        size += len(line) + 1
        if size > MAX_TEXT or len(lines) == MAX_CATALOGUE:
            break
        lines.append(line)
    return lines


def catalogue_entries(lines: Sequence[bytes], body: str) -> dict[str, bytes]:
    """A catalogue that came to this body, by project id; what it says of the body's own is passed over.

    Raises Malformed.
    """
    try:
        entries = {msgspec.json.decode(line, type=Entry).id: line for line in lines}
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
        raise Malformed("catalogue", str(e)) from None
    return {id_: line for id_, line in entries.items() if body not in (OFFICE, body_of(id_))}


def catalogue(workplace: Workplace) -> list[dict[str, Any]]:
    """What the office's newest answer tells of other bodies' projects: records without personal fields."""
    with workplace.store.reading() as reader:
        told = [project for line in reader.catalogue() if (project := shared_project(line))]
    return [_record(project, workplace) for project in told]


def _record(project: Project, workplace: Workplace) -> dict[str, Any]:
    record = record_from_project(project, workplace.reference)
    return {name: value for name, value in record.items() if name not in _INTERNAL and value not in (None, "", [])}
