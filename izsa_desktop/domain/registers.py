"""Projects as registers: which part of a record is written, merged and kept in conflict on its own.

Scalar fields are one register each; a point with its exactness is one, and so are the shares of the dimensions, which
only make sense together. An element of a list (an audience group, a further goal, a partner) is one register, so that
two PCs that add different ones agree. An element's value holds its rank, which keeps the order in which people gave
them. What an indicator reached is a register for each value. Which field is what, says ``fields``.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.fields import BY_NAME, FIELDS, FieldSpec, Kind, RowSpec, says_something
from izsa_desktop.domain.merge import RecordState
from izsa_desktop.domain.numbers import decimal_text
from izsa_desktop.domain.project import E7, Location, Project, ProjectFields
from izsa_desktop.domain.revision import DELETED, MAX_SAFE_INTEGER, Json, Revision, canonical
from izsa_desktop.domain.rows import Share
from izsa_desktop.domain.shape import AREA, LINE, MAX_VERTICES, Shape, check

MAIN_GOAL = "main_goal"
LOCATION = "locations/main"
NUMBER = "number"
"""The readable number, written once with the first save."""

_OWN_NAMES = {"goals": MAIN_GOAL, "location": LOCATION}
_ELEMENTS = (Kind.CODES, Kind.TARGETS, Kind.DISTRICTS)


def to_registers(
    fields: ProjectFields, before: Mapping[str, Json], shown: ProjectFields | None = None
) -> dict[str, Json]:
    """The registers that must be written so that a record whose registers are ``before`` shows ``fields``.

    ``shown``, where it is known: what it shows now. What is the same in ``fields`` needs nothing.
    """
    stems = _by_stem(before)
    wanted: dict[str, Json] = {}
    for spec in FIELDS:
        value = getattr(fields, spec.name)
        if shown is not None and value == getattr(shown, spec.name):
            continue
        if spec.kind is Kind.GOALS:
            main = wanted[MAIN_GOAL] = value[0] if value else None
            # A main goal that somebody else has as a further goal too is shown once; it need not be cleared there.
            had = {code: held for code, held in stems.get("goals", {}).items() if code != main}
            wanted |= _elements("goals", value[1:], had)
        elif spec.kind in _ELEMENTS:
            wanted |= _elements(spec.name, value, stems.get(spec.name, {}))
        elif spec.row is not None:
            wanted |= _rows(spec.name, spec.row, value, stems)
        else:
            wanted[_OWN_NAMES.get(spec.name, spec.name)] = _WRITE.get(spec.kind, _same)(value)
    return {name: value for name, value in wanted.items() if before.get(name) != value}


def from_state(state: RecordState) -> Project:
    """The project that a record's state shows."""
    values = state.values
    newest = max(state.heads, key=_age) if state.heads else None
    return Project(
        id=state.record,
        fields=fields_of(values),
        number=_text(values.get(NUMBER)),
        heads=tuple(revision.id for revision in state.heads),
        conflicts=tuple(sorted(set(map(field_of, state.conflicts)))) if state.conflicts else (),
        updated=newest.wall if newest else "",
        updated_by=newest.author if newest else "",
        deleted=values.get(DELETED) is True and DELETED not in state.conflicts,
    )


def _age(revision: Revision) -> tuple[str, str]:
    return revision.wall, revision.id


def fields_of(values: Mapping[str, Json]) -> ProjectFields:
    """The fields that registers show. Whatever they hold can be shown: what fits no field is passed over."""
    found: dict[str, Any] = {}
    main = _text(values.get(MAIN_GOAL))
    for register, value in values.items():
        if read := _SCALARS.get(register):
            found[register] = read(value)
    stems = _by_stem(values)
    for stem, elements in stems.items():
        spec = BY_NAME.get(stem)
        if spec is None:
            continue
        if spec.kind in _ELEMENTS or spec.kind is Kind.GOALS:
            found[stem] = tuple(code for code in _ranked(elements) if code != main or spec.kind is not Kind.GOALS)
        elif spec.row is not None:
            found[stem] = tuple(row for _, row in _standing_rows(stem, spec.row, stems))
    found["location"] = _location(values.get(LOCATION))
    if main:
        found["goals"] = (main, *found.get("goals", ()))
    return ProjectFields(**found)


def field_of(register: str) -> str:
    """The field of ``ProjectFields`` that a register belongs to."""
    stem = register.partition("/")[0]
    return {MAIN_GOAL: "goals", "locations": "location", "actuals": "indicators"}.get(stem, stem)


# --- elements --------------------------------------------------------------------------------------------------------


def _by_stem(values: Mapping[str, Json]) -> dict[str, dict[str, Json]]:
    """The registers of elements, by the list they belong to and what names them there."""
    stems: dict[str, dict[str, Json]] = {}
    for register, value in values.items():
        if "/" in register:
            stem, _, key = register.partition("/")
            stems.setdefault(stem, {})[key] = value
    return stems


def _elements(stem: str, wanted: Sequence[str], before: Mapping[str, Json]) -> dict[str, Json]:
    """One register per element, whose value is its rank."""
    if not wanted and not before:
        return {}
    return _ranked_registers(stem, {element: _held(before, element) for element in wanted}, before, _ranked(before))


def _ranked_registers(
    stem: str, wanted: Mapping[str, Mapping[str, Json]], before: Mapping[str, Json], had: Sequence[str]
) -> dict[str, Json]:
    """``wanted``: the elements in order, with their values. ``had``: the elements shown before, in order.

    Ranks that already give the wanted order stay, so that adding one writes only one.
    """
    kept = [element for element in had if element in wanted]
    registers: dict[str, Json] = {f"{stem}/{element}": None for element in had if element not in wanted}
    last = max((before[element]["rank"] for element in kept), default=0)
    stays = kept == list(wanted)[: len(kept)] and last + len(wanted) <= MAX_SAFE_INTEGER
    for place, (element, value) in enumerate(wanted.items(), start=1):
        if not stays:
            rank = place
        elif place <= len(kept):
            rank = before[element]["rank"]
        else:
            rank = last + place - len(kept)
        registers[f"{stem}/{element}"] = {**value, "rank": rank}
    return registers


def _held(before: Mapping[str, Json], element: str) -> dict[str, Json]:
    value = before.get(element)
    return value if isinstance(value, dict) else {}


def _ranked(elements: Mapping[str, Json]) -> list[str]:
    """The elements that stand, by rank and then by name."""
    found = [
        (value["rank"], element)
        for element, value in elements.items()
        if isinstance(value, dict) and isinstance(value.get("rank"), int)
    ]
    return [element for _, element in sorted(found)]


# --- rows ------------------------------------------------------------------------------------------------------------


def _rows(stem: str, row: RowSpec, wanted: Sequence[Any], stems: Mapping[str, Mapping[str, Json]]) -> dict[str, Json]:
    """The registers of rows and of the rows inside them."""
    if not wanted and stem not in stems:
        return {}
    before = stems.get(stem, {})
    had = dict(_standing_rows(stem, row, stems))
    keyed = _keyed(row, wanted)
    values: dict[str, dict[str, Json]] = {}
    inner: dict[str, Json] = {}
    for key, value in keyed.items():
        values[key] = _held(before, key)  # with what this version cannot read in it
        if key not in had or _flat(row, had[key]) != _flat(row, value):
            changed = values[key] | _row_value(row, value)
            values[key] = {name: held for name, held in changed.items() if held is not None}
    for spec in _nested(row):
        for key in {*keyed, *had}:
            rows = getattr(keyed[key], spec.name) if key in keyed else ()
            inner |= _rows(f"{spec.name}/{key}", spec.row, rows, _inner_stems(spec.name, key, stems))
    return _ranked_registers(stem, values, before, list(had)) | inner


def _standing_rows(stem: str, row: RowSpec, stems: Mapping[str, Mapping[str, Json]]) -> list[tuple[str, Any]]:
    """The rows that are shown, in order, with their keys."""
    elements = stems.get(stem, {})
    found = []
    for key in _ranked(elements):
        if "/" in key and not row.natural:
            continue  # would be taken for a row inside another
        value = elements[key]
        attributes = {spec.name: _read_attribute(spec, value.get(spec.name)) for spec in row.attributes if not spec.row}
        for spec in _nested(row):
            inner = _standing_rows(f"{spec.name}/{key}", spec.row, _inner_stems(spec.name, key, stems))
            attributes[spec.name] = tuple(item for _, item in inner)
        if any(map(says_something, attributes.values())):
            found.append((key, row.type(**attributes, **{row.key: key})))
    return found


def _inner_stems(name: str, key: str, stems: Mapping[str, Mapping[str, Json]]) -> dict[str, dict[str, Json]]:
    """The rows inside one row, in the form of ``_by_stem``."""
    prefix = f"{key}/"
    inner = {k[len(prefix) :]: v for k, v in stems.get(name, {}).items() if k.startswith(prefix)}
    return {f"{name}/{key}": inner}


def _nested(row: RowSpec) -> list[Any]:
    return [spec for spec in row.attributes if spec.row is not None]


def _keyed(row: RowSpec, wanted: Sequence[Any]) -> dict[str, Any]:
    """Rows by their keys; one that was never stored gets its key from its content."""
    keyed: dict[str, Any] = {}
    taken = {getattr(value, row.key) for value in wanted}
    for value in wanted:
        key, turn = getattr(value, row.key), 0
        while not key or (key in keyed and not row.natural):
            content = canonical([_row_value(row, value), turn])
            key = hashlib.sha256(content).hexdigest()[:16]
            turn += 1
            if key in taken and key not in keyed:
                key = ""
        keyed[key] = value
    return keyed


def _flat(row: RowSpec, value: Any) -> Any:
    """A row's own attributes."""
    return [getattr(value, spec.name) for spec in row.attributes if spec.row is None]


def _row_value(row: RowSpec, value: Any) -> dict[str, Json]:
    """What a row's register says; None for an attribute that is empty."""
    return {
        spec.name: _WRITE.get(spec.kind, _same)(getattr(value, spec.name))
        for spec in row.attributes
        if spec.row is None
    }


def _read_attribute(spec: FieldSpec, value: Json) -> Any:
    read = _READ[spec.kind](value)
    return "" if read is None and spec.kind is Kind.DATE else read


# --- single values ---------------------------------------------------------------------------------------------------


def _same(value: Any) -> Json:
    return value or None


def _write_notes(value: str | tuple[str, ...]) -> Json:
    return (value if isinstance(value, str) else list(value)) or None


def _write_point(location: Location | None) -> Json:
    """GeoJSON-like, but in whole 1e-7 degrees."""
    if location is None:
        return None
    return {
        "type": "Point",
        "coordinates": [round(location.lon * E7), round(location.lat * E7)],
        "exactness": "approximate" if location.approximate else "exact",
    }


def _write_shape(shape: Shape | None) -> Json:
    """GeoJSON-like, in whole 1e-7 degrees as the point."""
    if shape is None:
        return None
    paths = [[[round(lon * E7), round(lat * E7)] for lon, lat in path] for path in shape.paths]
    return {"type": shape.type, "coordinates": paths[0] if shape.type == LINE else paths}


_WRITE: Mapping[Kind, Callable[[Any], Json]] = {
    Kind.NOTES: _write_notes,
    Kind.COUNT: lambda value: value,  # zero is a number too
    Kind.NUMBER: lambda value: None if value is None else decimal_text(value),
    Kind.FLAG: lambda value: True if value else None,
    Kind.POINT: _write_point,
    Kind.SHAPE: _write_shape,
    Kind.SHARES: lambda value: {share.code: share.percent for share in value} or None,
}


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _read_notes(value: Json) -> str | tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) and value else _text(value)


def _read_count(value: Json) -> int | None:
    return value if type(value) is int else None


def _read_number(value: Json) -> Decimal | None:
    try:
        number = Decimal(_text(value))
        return number if decimal_text(number) == value else None
    except (InvalidOperation, ValueError):
        return None


def _read_shares(value: Json) -> tuple[Share, ...]:
    shares = sorted(value.items()) if isinstance(value, dict) else ()
    return tuple(Share(code=code, percent=n) for code, n in shares if type(n) is int and 0 < n <= 100)


def _location(value: Json) -> Location | None:
    try:
        lon, lat = value["coordinates"]
        if value["type"] != "Point" or not (abs(lat) <= 90 * E7 and abs(lon) <= 180 * E7):
            return None
        return Location(lat / E7, lon / E7, value["exactness"] == "approximate")
    except (TypeError, KeyError, ValueError):
        return None


def _read_shape(value: Json) -> Shape | None:
    """None for what is no shape: a bundle may say anything."""
    try:
        type_, given = value["type"], value["coordinates"]
        paths = [given] if type_ == LINE else given
        if type_ not in (LINE, AREA) or sum(map(len, paths)) > MAX_VERTICES:
            return None
        shape = Shape(type_, tuple(tuple(_read_vertex(vertex) for vertex in path) for path in paths))
        check(shape)
    except (TypeError, KeyError, ValueError, OverflowError, BadField):
        return None
    return shape


def _read_vertex(value: Json) -> tuple[float, float]:
    lon, lat = value
    if type(lon) is not int or type(lat) is not int:
        raise TypeError
    return lon / E7, lat / E7


_READ: Mapping[Kind, Callable[[Json], Any]] = {
    Kind.TEXT: _text,
    Kind.NOTES: _read_notes,
    Kind.CODE: _text,
    Kind.DISTRICT: _text,
    Kind.DATE: lambda value: _text(value) or None,
    Kind.DAY: lambda value: _text(value) or None,
    Kind.COUNT: _read_count,
    Kind.NUMBER: _read_number,
    Kind.FLAG: lambda value: value is True,
    Kind.SHARES: _read_shares,
    Kind.SHAPE: _read_shape,
}
_SCALARS = {spec.name: _READ[spec.kind] for spec in FIELDS if spec.kind in _READ}
