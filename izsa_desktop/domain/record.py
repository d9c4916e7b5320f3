"""A project as plain JSON: what ``izsa add`` takes and ``izsa list --json`` gives, under the same names."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from izsa_desktop.domain.dates import UNKNOWN
from izsa_desktop.domain.errors import BadField, NotAProject
from izsa_desktop.domain.fields import FIELDS, FieldSpec, Kind, RowSpec
from izsa_desktop.domain.numbers import decimal_text
from izsa_desktop.domain.project import Location, Project, ProjectFields
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.rows import Share
from izsa_desktop.domain.shape import Shape, from_geometry, geometry
from izsa_desktop.domain.text import normal, written

_NUMBER = re.compile(r"\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*")
_POINT = ("lat", "lon", "approximate")
_GIVEN_ONLY = {
    *("id", "number", "district_code", "body", "updated", "updated_by", "revision", "conflicts", "missing", "deleted"),
    "completeness",
}
_TAKEN = {spec.name for spec in FIELDS} - {"audience_note", "location"} | set(_POINT)


def fields_from_record(record: Any, reference: Reference) -> ProjectFields:
    """The fields of a JSON record. Names that only the output has are passed over, others unknown are refused.

    Raises NotAProject, BadField, UnknownDistrict.
    """
    if not isinstance(record, dict):
        raise NotAProject
    for name in record:
        if name not in _TAKEN and name not in _GIVEN_ONLY:
            raise BadField("", "unknown_name", written(name))
    found: dict[str, Any] = {}
    for spec in FIELDS:
        if spec.name in record and spec.name != "audience":
            found[spec.name] = _read(spec, spec.name, record[spec.name], reference)
    audience, note = _audience(record, reference)
    return ProjectFields(**found, audience=audience, audience_note=note, location=_location(record))


def record_from_project(project: Project, reference: Reference) -> dict[str, Any]:
    """The JSON record of a project. Empty texts are "", lists [], numbers null; a date of null is "unknown"."""
    fields = project.fields
    record: dict[str, Any] = {"id": project.id, "number": project.number}
    for spec in FIELDS:
        value = getattr(fields, spec.name)
        if spec.name == "audience":
            note = fields.audience_note
            notes = [text for text in _as_list(note) if text]
            record["audience"] = note if isinstance(note, str) and not fields.audience else [*fields.audience, *notes]
        elif spec.kind is Kind.POINT:
            record |= {"lat": None, "lon": None, "approximate": None}
            if value is not None:
                record |= {"lat": value.lat, "lon": value.lon, "approximate": value.approximate}
        elif spec.kind is Kind.DISTRICT:
            record |= {spec.name: reference.district_name(value) if value else "", "district_code": value}
        elif spec.kind is not Kind.NOTES:
            record[spec.name] = _write(spec, value, reference)
    return record | {
        "body": project.body,
        "updated": project.updated,
        "updated_by": project.updated_by,
        "revision": project.revision,
        "conflicts": list(project.conflicts),
        "deleted": project.deleted,
    }


def _write(spec: FieldSpec, value: Any, reference: Reference) -> Any:
    if spec.row is not None:
        return [_write_row(spec.row, row, reference) for row in value]
    write = _WRITE.get(spec.kind)
    return write(value, reference) if write else value


def _write_row(row: RowSpec, value: Any, reference: Reference) -> dict[str, Any]:
    key = getattr(value, row.key)
    record = {row.key: _goal(key, reference) if row.key == "code" else key}
    for spec in row.attributes:
        held = getattr(value, spec.name)
        # In a project null is the honest "unknown"; in a row, where it is one value of many, it would say nothing.
        record[spec.name] = held if spec.kind is Kind.DATE else _write(spec, held, reference)
    return record


def _write_date(value: str | None, _: Reference) -> str | None:
    return None if value == UNKNOWN else value or ""


def _write_number(value: Decimal | None, _: Reference) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _goal(code: str, reference: Reference) -> int | str:
    """Global goals are numbers; codes of local goals, and those that this version does not know, stay texts."""
    goal = reference.goals_by_code.get(code)
    return code if goal is None or goal.local else int(code)


_WRITE: Mapping[Kind, Callable[[Any, Reference], Any]] = {
    Kind.DATE: _write_date,
    Kind.DAY: _write_date,
    Kind.NUMBER: _write_number,
    Kind.GOALS: lambda codes, reference: [_goal(code, reference) for code in codes],
    Kind.CODES: lambda codes, _: list(codes),
    Kind.TARGETS: lambda codes, _: list(codes),
    Kind.DISTRICTS: lambda codes, reference: [reference.district_name(code) for code in codes],
    Kind.SHARES: lambda shares, _: {share.code: share.percent for share in shares},
    Kind.SHAPE: lambda shape, _: None if shape is None else geometry(shape),
}


# --- reading ---------------------------------------------------------------------------------------------------------


def _read(spec: FieldSpec, field: str, value: Any, reference: Reference) -> Any:
    """``field`` is the project's field that is named when something is wrong."""
    if spec.row is not None:
        return _rows(spec.row, field, value, reference)
    if spec.kind in (Kind.CODE, Kind.CODES, Kind.SHARES):
        return _coded(spec, field, value, reference)
    if spec.kind is Kind.DATE and spec.name == field:
        return _date(field, value)
    if spec.kind in (Kind.DATE, Kind.DAY):
        return _date(field, value or "") or ("" if spec.kind is Kind.DATE else None)
    if spec.kind in (Kind.DISTRICT, Kind.DISTRICTS):
        return _districts(spec, field, value, reference)
    return _READ[spec.kind](field, value)


def _coded(spec: FieldSpec, field: str, value: Any, reference: Reference) -> Any:
    if spec.kind is Kind.SHARES:
        return _shares(spec, field, value, reference)
    if spec.kind is Kind.CODES:
        return tuple(dict.fromkeys(_code(spec, field, item, reference) for item in _texts(field, value)))
    return _code(spec, field, _text(field, value), reference)


def _districts(spec: FieldSpec, field: str, value: Any, reference: Reference) -> Any:
    if spec.kind is Kind.DISTRICTS:
        return tuple(dict.fromkeys(reference.district(name).code for name in _texts(field, value)))
    name = _text(field, value)
    return reference.district(name).code if name else ""


def _rows(row: RowSpec, field: str, value: Any, reference: Reference) -> tuple[Any, ...]:
    value = [] if value is None else value
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BadField(field, "not_rows", written(value))
    specs = {spec.name: spec for spec in row.attributes}
    made = []
    for item in value:
        found = {}
        for name, held in item.items():
            if name == row.key:
                found[name] = str(held) if row.key == "code" else _text(field, held)
            elif name in specs:
                found[name] = _read(specs[name], field, held, reference)
            else:
                raise BadField(field, "unknown_name", written(name))
        made.append(row.type(**found))
    return tuple(made)


def _text(field: str, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadField(field, "not_text", written(value))
    return value


def _texts(field: str, value: Any) -> list[str]:
    """A list of texts; one text may stand without brackets."""
    given = [] if value in (None, "") else _as_list(value)
    if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
        raise BadField(field, "not_text", written(value))
    return given


def _as_list(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, tuple) else value


def _audience(record: Mapping[str, Any], reference: Reference) -> tuple[tuple[str, ...], str | tuple[str, ...]]:
    """Codes are known by their exact spelling; everything else is the sender's own words and stays as written.

    A note that stands alone, or beside codes, is a text; several notes (or one in a list of its own) are a tuple.
    """
    value = record.get("audience") or ""
    given = _texts("audience", value)
    vocabulary = reference.vocabularies["audience"]
    codes = tuple(dict.fromkeys(normal(item) for item in given if vocabulary.get(normal(item))))
    notes = tuple(item for item in given if item and not vocabulary.get(normal(item)))
    if not notes or (len(notes) == 1 and (codes or isinstance(value, str))):
        return codes, "".join(notes)
    return codes, notes


def _date(field: str, value: Any) -> str | None:
    if value is None:
        return UNKNOWN
    if not isinstance(value, str):
        raise BadField(field, "not_a_date", written(value))
    return value or None


def _goals(field: str, value: Any) -> tuple[str, ...]:
    value = value or []
    if not isinstance(value, list) or not all(type(item) in (int, str) for item in value):
        raise BadField(field, "unknown_goal", written(value))
    return tuple(str(item) for item in value)


def _count(field: str, value: Any) -> int | None:
    if value is None:
        return None
    if type(value) is not int:
        raise BadField(field, "not_a_whole_number", written(value))
    return value


def _number(field: str, value: Any) -> Decimal | None:
    """JSON's numbers, and texts where a number must keep all its digits."""
    if value in (None, ""):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadField(field, "not_a_plain_number", written(value))
    if not _NUMBER.fullmatch(str(value)):  # Decimal would read 1_000 and other alphabets' digits
        raise BadField(field, "not_a_plain_number", written(value))
    try:
        number = Decimal(str(value))
        decimal_text(number)
    except (InvalidOperation, ValueError):
        raise BadField(field, "not_a_plain_number", written(value)) from None
    return number


def _flag(field: str, value: Any) -> bool:
    if value not in (None, True, False):
        raise BadField(field, "not_yes_or_no", written(value))
    return value is True


def _shares(spec: FieldSpec, field: str, value: Any, reference: Reference) -> tuple[Share, ...]:
    value = {} if value is None else value
    if not isinstance(value, dict):
        raise BadField(field, "not_shares", written(value))
    return tuple(
        Share(code=_code(spec, field, str(code), reference), percent=_count(field, percent) or 0)
        for code, percent in sorted(value.items())
    )


def _shape(field: str, value: Any) -> Shape | None:
    return None if value is None else from_geometry(value, field)


def _location(record: Mapping[str, Any]) -> Location | None:
    if record.get("lat") is None and record.get("lon") is None:
        return None
    lat, lon = _degrees(record, "lat"), _degrees(record, "lon")
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise BadField("location", "not_on_earth", f"{record['lat']}, {record['lon']}")
    approximate = record.get("approximate")
    if approximate not in (None, True, False):
        raise BadField("location", "unknown_code", written(approximate))
    return Location(lat, lon, approximate is True)


def _degrees(record: Mapping[str, Any], name: str) -> float:
    value = record.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadField(name, "not_a_number", written(value))
    try:
        return float(value)
    except OverflowError:  # a whole number of hundreds of digits
        raise BadField("location", "not_on_earth", written(value)) from None


def _code(spec: FieldSpec, field: str, text: str, reference: Reference) -> str:
    term = reference.vocabularies[spec.vocabulary].find(text) if text else None
    if text and term is None:
        raise BadField(field, "unknown_code", text[:60])
    return term.code if term else ""


_READ: Mapping[Kind, Callable[[str, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.GOALS: _goals,
    Kind.TARGETS: lambda field, value: tuple(_texts(field, value)),
    Kind.COUNT: _count,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
    Kind.SHAPE: _shape,
}
