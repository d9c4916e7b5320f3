"""What everybody may know of an approved project: a line of the city-wide catalogue.

A line is a JSON object: ``id``, ``number``, ``updated``, and under ``set`` the registers of the project as a save holds
them (docs/bundle-format.md). What is about persons, what the office said to the district alone, and files stay out.
A project that came so has no heads: nothing of its history is here, and nobody here may change it.
"""

import re
from collections.abc import Mapping

import msgspec

from izsa_desktop.domain.fields import public
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.registers import fields_of, to_registers
from izsa_desktop.domain.revision import Json, canonical

_RECORD = re.compile(r"TUR035([0-9]{3})?/[0-9a-f]{32}")
_LONGEST = 40
"""Characters of a number or a time."""


class Entry(msgspec.Struct, frozen=True):
    """A line; other members may stand beside these."""

    id: str
    number: str = ""
    updated: str = ""
    set: Mapping[str, Json] = {}


def shared_line(project: Project) -> bytes:
    """What everybody may know of it."""
    fields = public(project.fields)
    fields = msgspec.structs.replace(fields, review_note="", evidence=tuple(one for one in fields.evidence if one.link))
    said = {name: value for name, value in to_registers(fields, {}).items() if value is not None}
    return canonical({"id": project.id, "number": project.number, "updated": project.updated, "set": said})


def shared_project(line: bytes) -> Project | None:
    """The project of a line; None for one that this version cannot show."""
    try:
        entry = msgspec.json.decode(line, type=Entry)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    if not entry.set or not _RECORD.fullmatch(entry.id):
        return None
    number, updated = entry.number[:_LONGEST], entry.updated[:_LONGEST]
    return Project(id=entry.id, fields=fields_of(entry.set), number=number, updated=updated)
