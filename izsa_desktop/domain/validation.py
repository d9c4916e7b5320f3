"""What may be stored, what is missing before a project may be sent."""

from dataclasses import replace
from typing import Any

from izsa_desktop.domain.dates import is_partial_date
from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import has_control, has_invisible, normal

MAX_LENGTH = {
    "title": 300,
    "purpose": 10_000,
    "audience_note": 2_000,
    "neighbourhood": 200,
    "place": 1_000,
    "unit": 200,
    "owner": 300,
    "source": 2_000,
}
"""In characters, several notes together. Generous: what people paste must fit; the form recommends shorter texts.

All of them together stay far below ``revision.MAX_LINE``: what can be saved can be sent.
"""

_NAMES = ("neighbourhood", "unit", "owner")
REQUIRED_TO_SEND = ("title", "purpose", "audience", "start", "goals", "district")


def clean(fields: ProjectFields, reference: Reference) -> ProjectFields:
    """The fields as they are stored: texts in normal form, codes checked.

    Raises BadField with the field, the problem and the offending value.
    """
    texts: dict[str, Any] = {
        name: _clean_text(name, getattr(fields, name)) for name in MAX_LENGTH if name != "audience_note"
    }
    cleaned = replace(fields, **texts, audience_note=_clean_notes(fields.audience_note))
    _check_codes(cleaned, reference)
    return cleaned


def _clean_text(name: str, value: str) -> str:
    text = normal(value)
    if len(text) > MAX_LENGTH[name]:
        raise BadField(name, "too_long", f"{text[:40]}…", MAX_LENGTH[name])
    if has_control(text) or (name in _NAMES and has_invisible(text)):
        raise BadField(name, "hidden_characters")
    return text


def _clean_notes(notes: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(notes, str):
        return _clean_text("audience_note", notes)
    _clean_text("audience_note", "\n".join(notes))
    return tuple(_clean_text("audience_note", note) for note in notes)


def _check_codes(fields: ProjectFields, reference: Reference) -> None:
    if fields.start is not None and not is_partial_date(fields.start):
        raise BadField("start", "not_a_date", fields.start)
    for code in fields.goals:
        if code not in reference.goals_by_code:
            raise BadField("goals", "unknown_goal", code)
    if len(set(fields.goals)) != len(fields.goals):
        raise BadField("goals", "goal_twice", ", ".join(fields.goals))
    for name in ("status", "scope"):
        code = getattr(fields, name)
        if code and reference.vocabularies[name].get(code) is None:
            raise BadField(name, "unknown_code", code)
    for code in fields.audience:
        if reference.vocabularies["audience"].get(code) is None:
            raise BadField("audience", "unknown_code", code)
    if fields.district:
        reference.district(fields.district)
    if fields.location and not (abs(fields.location.lat) <= 90 and abs(fields.location.lon) <= 180):
        raise BadField("location", "not_on_earth", f"{fields.location.lat}, {fields.location.lon}")


def missing(fields: ProjectFields) -> tuple[str, ...]:
    """The required fields that are still empty, in the order of the form."""
    filled = {
        "title": fields.title,
        "purpose": fields.purpose,
        "audience": fields.audience or fields.audience_note,
        "start": fields.start,
        "goals": fields.goals,
        "district": fields.district,
    }
    return tuple(name for name in REQUIRED_TO_SEND if not filled[name])
