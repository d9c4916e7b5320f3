"""What may be stored, what is missing before a project may be sent, what else would help."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import Any

from msgspec import structs

from izsa_desktop.domain.dates import is_partial_date, parts
from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.fields import FIELDS, MANY, FieldSpec, Kind, RowSpec, says_something
from izsa_desktop.domain.numbers import decimal_text
from izsa_desktop.domain.project import NO_FIELDS, Location, ProjectFields
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.shape import check as check_shape
from izsa_desktop.domain.text import has_control, has_invisible, normal

MAX_LENGTH = {spec.name: spec.max_length for spec in FIELDS if spec.kind in (Kind.TEXT, Kind.NOTES)}
"""Of a text, in characters; several notes together."""

MAX_RECORD = 200_000
"""Bytes of a record's registers as JSON: below ``revision.MAX_LINE``, so what can be saved can be sent."""

REQUIRED_TO_SEND = ("title", "purpose", "audience", "start", "goals", "district")
RECOMMENDED = (
    "status",
    "theme",
    "kind",
    "goal_details",
    "targets",
    "location",
    "unit",
    "end_planned",
    "audience_number",
    "partners",
    "funding",
    "indicators",
    "evidence",
    "title_en",
)
"""What else makes a record useful, the most useful first; why, is said in the translations under ``helps``."""

_KEY = re.compile(r"[0-9A-Za-z_-]{1,64}")
_RECORD_ID = re.compile(r"TUR035([0-9]{3})?/[0-9a-f]{32}")
_INSTEAD: dict[str, tuple[str, ...]] = {
    "audience": ("audience_note",),
    "start": ("start_planned",),
    "location": ("shape", "neighbourhood", "place", "sites"),
    "end_planned": ("end",),
}
"""Fields that say the same in another way."""
_required = attrgetter(*REQUIRED_TO_SEND)


@dataclass(frozen=True, slots=True)
class Completeness:
    """``percent`` of the required and recommended fields that are filled; the required count three times."""

    percent: int
    required: tuple[str, ...]
    recommended: tuple[str, ...]


def missing(fields: ProjectFields) -> tuple[str, ...]:
    """The required fields that are still empty, in the order of the form."""
    held = zip(REQUIRED_TO_SEND, _required(fields), strict=True)
    return tuple([name for name, value in held if not value and not _filled(fields, name)])


def completeness(fields: ProjectFields) -> Completeness:
    """How complete a record is, and which fields would help next."""
    required = missing(fields)
    recommended = tuple(name for name in RECOMMENDED if not _filled(fields, name))
    whole = 3 * len(REQUIRED_TO_SEND) + len(RECOMMENDED)
    return Completeness(100 * (whole - 3 * len(required) - len(recommended)) // whole, required, recommended)


def _filled(fields: ProjectFields, name: str) -> bool:
    return says_something(getattr(fields, name)) or any(
        says_something(getattr(fields, other)) for other in _INSTEAD.get(name, ())
    )


def warnings(fields: ProjectFields) -> dict[str, str]:
    """What a person should look at again, by field, as keys of the translations' section ``warning``: no obstacles."""
    found = {}
    for first, last in (("start", "end"), ("start_planned", "end_planned")):
        if _after(getattr(fields, first), getattr(fields, last)):
            found[last] = "end_before_start"
    if fields.dimensions and sum(share.percent for share in fields.dimensions) != 100:
        found["dimensions"] = "not_100"
    if looks_personal(fields.contact):
        found["contact"] = "looks_personal"
    if any(file.people and not file.consent for file in fields.evidence):
        found["evidence"] = "no_consent"
    if fields.status == "tamamlandı" and not fields.end:
        found["status"] = "ended_without_end"
    return found


def looks_personal(contact: str) -> bool:
    """True for a mail address of the form ``name.surname@``: a post has a mail address of its own."""
    local, at, _ = contact.partition("@")
    return bool(at) and re.fullmatch(r"[^\W\d_]{2,}[._][^\W\d_]{2,}", local.rsplit(" ")[-1]) is not None


def _after(first: str | None, last: str | None) -> bool:
    one, other = parts(first or ""), parts(last or "")
    if one is None or other is None:
        return False
    for a, b in zip(one, other, strict=True):
        if a is None or b is None or a != b:
            return a is not None and b is not None and a > b
    return False


# --- what is stored --------------------------------------------------------------------------------------------------


def clean(fields: ProjectFields, reference: Reference, stored: ProjectFields = NO_FIELDS) -> ProjectFields:
    """The fields as they are stored: texts in normal form, codes checked, rows without content left out.

    What is as in ``stored`` stays as it is. Raises BadField with the field, the problem and the offending value.
    """
    cleaned = {
        spec.name: _cleaned(spec.name, spec, value, reference)
        for spec in FIELDS
        if (value := getattr(fields, spec.name)) != getattr(stored, spec.name)
    }
    note = cleaned.get("audience_note", fields.audience_note)
    if cleaned and isinstance(note, tuple) and len(note) == 1 and cleaned.get("audience", fields.audience):
        cleaned["audience_note"] = note[0]  # beside groups, one note is a text, as it is in JSON
    return structs.replace(fields, **cleaned)


def _cleaned(field: str, spec: FieldSpec, value: Any, reference: Reference) -> Any:
    """``field`` is the project's field that is named when something is wrong."""
    if value is None or value in ("", ()):
        return value
    if spec.kind in MANY:
        _check_many(field, spec, value)
    if spec.kind is Kind.TEXT:
        return _clean_text(field, spec, value)
    if spec.kind is Kind.NOTES:
        return _clean_notes(field, spec, value)
    if spec.row is not None:
        return _clean_rows(field, spec.row, value, reference)
    if spec.kind is Kind.SHARES:
        value = tuple(sorted((share for share in value if share.percent), key=lambda share: share.code))
    if value != ():
        _check(field, spec, value, reference)
    return value


def _check_many(field: str, spec: FieldSpec, value: Sequence[Any]) -> None:
    names = _names(spec, value)
    if len(set(names)) != len(names):
        raise BadField(field, "twice", ", ".join(map(str, names))[:60])
    if spec.max_length and len(value) > spec.max_length:
        raise BadField(field, "too_many", str(len(value)), spec.max_length)


def _names(spec: FieldSpec, value: Sequence[Any]) -> list[Any]:
    """What may not be there twice."""
    if spec.kind is Kind.SHARES:
        return [share.code for share in value]
    if spec.row is not None:
        return [getattr(row, spec.row.key) or object() for row in value]
    return list(value)


def _clean_text(field: str, spec: FieldSpec, value: str) -> str:
    text = normal(value)
    if len(text) > spec.max_length:
        raise BadField(field, "too_long", f"{text[:40]}…", spec.max_length)
    if has_control(text) or (spec.one_line and has_invisible(text)):
        raise BadField(field, "hidden_characters")
    return text


def _clean_notes(field: str, spec: FieldSpec, notes: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(notes, str):
        return _clean_text(field, spec, notes)
    _clean_text(field, spec, "\n".join(notes))
    return tuple(_clean_text(field, spec, note) for note in notes)


def _clean_rows(field: str, row: RowSpec, values: Sequence[Any], reference: Reference) -> tuple[Any, ...]:
    kept = []
    for value in values:
        attributes = {spec.name: _cleaned(field, spec, getattr(value, spec.name), reference) for spec in row.attributes}
        if any(map(says_something, attributes.values())):
            _check_key(field, row, getattr(value, row.key), reference)
            kept.append(replace(value, **attributes))
    return tuple(kept)


def _check_key(field: str, row: RowSpec, key: str, reference: Reference) -> None:
    if row.key == "code" and key not in reference.goals_by_code:
        raise BadField(field, "unknown_goal", key)
    if row.key == "other" and not _RECORD_ID.fullmatch(key):
        raise BadField(field, "unknown_record", key[:60])
    if row.key == "key" and key and not _KEY.fullmatch(key):
        raise BadField(field, "unknown_record", key[:60])


def _check(field: str, spec: FieldSpec, value: Any, reference: Reference) -> None:
    """Raises BadField for a value that its kind does not allow."""
    if spec.kind in (Kind.COUNT, Kind.NUMBER):
        _check_number(field, spec, value)
    elif spec.kind is Kind.POINT:
        _check_point(field, value)
    elif spec.kind is Kind.SHAPE:
        check_shape(value, field)
    elif spec.kind in (Kind.DATE, Kind.DAY):
        _check_date(field, spec, value)
    elif spec.kind is Kind.SHARES:
        for share in value:
            _check_code(field, spec, share.code, reference)
            if not 0 < share.percent <= 100:
                raise BadField(field, "not_a_percentage", str(share.percent))
    else:
        for code in (value,) if isinstance(value, str) else value if spec.kind in MANY else ():
            _check_code(field, spec, code, reference)


def _check_date(field: str, spec: FieldSpec, value: str) -> None:
    if not is_partial_date(value):
        raise BadField(field, "not_a_date", value)
    if spec.kind is Kind.DAY and len(value) != len("2024-01-31"):
        raise BadField(field, "not_a_day", value)


def _check_code(field: str, spec: FieldSpec, code: str, reference: Reference) -> None:
    if spec.kind is Kind.GOALS:
        if code not in reference.goals_by_code:
            raise BadField(field, "unknown_goal", code)
    elif spec.kind is Kind.TARGETS:
        if code not in reference.targets_by_code:
            raise BadField(field, "unknown_target", code)
    elif spec.kind in (Kind.DISTRICT, Kind.DISTRICTS):
        reference.district(code)
    elif reference.vocabularies[spec.vocabulary].get(code) is None:
        raise BadField(field, "unknown_code", code)


def _check_number(field: str, spec: FieldSpec, value: int | Decimal) -> None:
    try:
        decimal_text(Decimal(value))
    except ValueError:
        raise BadField(field, "number_too_fine", str(value)[:40]) from None
    if value < spec.least:
        raise BadField(field, "too_small", str(value)[:40], spec.least)
    if value > spec.most:
        raise BadField(field, "too_large", str(value)[:40], spec.most)


def _check_point(field: str, location: Location) -> None:
    if not (abs(location.lat) <= 90 and abs(location.lon) <= 180):
        raise BadField(field, "not_on_earth", f"{location.lat}, {location.lon}")
