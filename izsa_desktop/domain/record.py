"""A project as plain JSON: what ``izsa add`` takes and ``izsa list --json`` gives, under the same names."""

from collections.abc import Mapping
from typing import Any

from izsa_desktop.domain.dates import UNKNOWN
from izsa_desktop.domain.errors import BadField, NotJson
from izsa_desktop.domain.project import Location, Project, ProjectFields
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import normal

_TEXTS = ("title", "purpose", "neighbourhood", "place", "unit", "owner", "source")
_TAKEN = {*_TEXTS, "audience", "start", "goals", "district", "lat", "lon", "approximate", "status", "scope"}
_GIVEN_ONLY = {"id", "district_code", "body", "updated", "updated_by", "revision", "conflicts", "missing", "deleted"}


def fields_from_record(record: Any, reference: Reference) -> ProjectFields:
    """The fields of a JSON record. Names that only the output has are passed over, others unknown are refused.

    Raises NotJson, BadField, UnknownDistrict.
    """
    if not isinstance(record, dict):
        raise NotJson("not an object")
    for name in record:
        if name not in _TAKEN and name not in _GIVEN_ONLY:
            raise BadField("id", "unknown_name", str(name)[:60])
    audience, note = _audience(record, reference)
    district = _text(record, "district")
    return ProjectFields(
        **{name: _text(record, name) for name in _TEXTS},
        audience=audience,
        audience_note=note,
        start=_start(record),
        goals=_goals(record),
        district=reference.district(district).code if district else "",
        location=_location(record),
        status=_code(record, "status", reference),
        scope=_code(record, "scope", reference),
    )


def record_from_project(project: Project, reference: Reference) -> dict[str, Any]:
    """The JSON record of a project. Empty fields are null, texts empty; a start of null is the honest "unknown"."""
    f = project.fields
    notes = [f.audience_note] if isinstance(f.audience_note, str) and f.audience_note else list(f.audience_note)
    return {
        "id": project.id,
        "title": f.title,
        "purpose": f.purpose,
        "audience": f.audience_note if isinstance(f.audience_note, str) and not f.audience else [*f.audience, *notes],
        "start": None if f.start == UNKNOWN else f.start or "",
        "goals": [_goal(code, reference) for code in f.goals],
        "district": reference.district_name(f.district) if f.district else "",
        "district_code": f.district,
        "neighbourhood": f.neighbourhood,
        "place": f.place,
        "lat": f.location.lat if f.location else None,
        "lon": f.location.lon if f.location else None,
        "approximate": f.location.approximate if f.location else None,
        "status": f.status,
        "scope": f.scope,
        "unit": f.unit,
        "owner": f.owner,
        "source": f.source,
        "body": project.body,
        "updated": project.updated,
        "updated_by": project.updated_by,
        "revision": project.revision,
        "conflicts": list(project.conflicts),
        "deleted": project.deleted,
    }


def _goal(code: str, reference: Reference) -> int | str:
    """Global goals are numbers; codes of local goals, and those that this version does not know, stay texts."""
    goal = reference.goals_by_code.get(code)
    return code if goal is None or goal.local else int(code)


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadField(name, "not_text", str(value)[:60])
    return value


def _audience(record: Mapping[str, Any], reference: Reference) -> tuple[tuple[str, ...], str | tuple[str, ...]]:
    """Codes are known by their exact spelling; everything else is the sender's own words and stays as written.

    A note that stands alone, or beside codes, is a text; several notes (or one in a list of its own) are a tuple.
    """
    value = record.get("audience") or ""
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
        raise BadField("audience", "not_text", str(value)[:60])
    vocabulary = reference.vocabularies["audience"]
    codes = tuple(dict.fromkeys(normal(item) for item in given if vocabulary.get(normal(item))))
    notes = tuple(item for item in given if item and not vocabulary.get(normal(item)))
    if not notes or (len(notes) == 1 and (codes or isinstance(value, str))):
        return codes, "".join(notes)
    return codes, notes


def _start(record: Mapping[str, Any]) -> str | None:
    if "start" not in record:
        return None
    value = record["start"]
    if value is None:
        return UNKNOWN
    if not isinstance(value, str):
        raise BadField("start", "not_a_date", str(value)[:60])
    return value or None


def _goals(record: Mapping[str, Any]) -> tuple[str, ...]:
    value = record.get("goals") or []
    if not isinstance(value, list) or not all(type(item) in (int, str) for item in value):
        raise BadField("goals", "unknown_goal", str(value)[:60])
    return tuple(str(item) for item in value)


def _location(record: Mapping[str, Any]) -> Location | None:
    if record.get("lat") is None and record.get("lon") is None:
        return None
    lat, lon = _degrees(record, "lat"), _degrees(record, "lon")
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise BadField("location", "not_on_earth", f"{record['lat']}, {record['lon']}")
    approximate = record.get("approximate")
    if approximate not in (None, True, False):
        raise BadField("location", "unknown_code", str(approximate)[:60])
    return Location(lat, lon, approximate is True)


def _degrees(record: Mapping[str, Any], name: str) -> float:
    value = record.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadField(name, "not_a_number", str(value)[:60])
    try:
        return float(value)
    except OverflowError:  # a whole number of hundreds of digits
        raise BadField("location", "not_on_earth", str(value)[:60]) from None


def _code(record: Mapping[str, Any], name: str, reference: Reference) -> str:
    text = _text(record, name)
    term = reference.vocabularies[name].find(text) if text else None
    if text and term is None:
        raise BadField(name, "unknown_code", text[:60])
    return term.code if term else ""
