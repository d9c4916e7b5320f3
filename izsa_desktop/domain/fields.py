"""Every field of a project, once: what it may hold, how long it may be, whether it is about persons.

How fields become registers, JSON, columns of a table and rows of the form follows from this table. A field that is new
goes here and into ``project.ProjectFields``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from operator import attrgetter
from typing import Any

from msgspec import structs

from izsa_desktop.domain import rows
from izsa_desktop.domain.project import ProjectFields


class Kind(Enum):
    """What a field holds; in brackets the Python value."""

    TEXT = auto()
    """Text (str)."""
    NOTES = auto()
    """One text, or several (str or tuple of str)."""
    DATE = auto()
    """A partial date (str, or None for nothing said)."""
    DAY = auto()
    """A whole day (str, or None)."""
    CODE = auto()
    """A code of a vocabulary (str)."""
    CODES = auto()
    """Codes of a vocabulary, in the order given (tuple of str)."""
    GOALS = auto()
    """Goal codes, the main goal first (tuple of str)."""
    TARGETS = auto()
    """Codes of targets (tuple of str)."""
    DISTRICT = auto()
    """A district's code, or the province's (str)."""
    DISTRICTS = auto()
    """Codes of districts (tuple of str)."""
    COUNT = auto()
    """A whole number (int, or None)."""
    NUMBER = auto()
    """An exact number (Decimal, or None)."""
    FLAG = auto()
    """Yes or no (bool)."""
    POINT = auto()
    """A place on the map (Location, or None)."""
    SHAPE = auto()
    """A line or an area on the map (Shape, or None)."""
    SHARES = auto()
    """Percentages by code (tuple of Share)."""
    ROWS = auto()
    """Repeated parts (tuple of a row class)."""


MANY = frozenset({Kind.CODES, Kind.GOALS, Kind.TARGETS, Kind.DISTRICTS, Kind.SHARES, Kind.ROWS})
"""Kinds whose value is a tuple."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a project or of a row."""

    name: str
    kind: Kind
    max_length: int = 0
    """Of a text in characters (several notes together); of a list in elements; 0 for what needs no limit."""
    vocabulary: str = ""
    one_line: bool = False
    """A name: no line break and nothing invisible, which could pass for something else."""
    personal: bool = False
    """May tell about a person. It goes to the office in signed bundles, and into nothing that outsiders read."""
    least: int = 0
    most: int = 0
    """Bounds of a number."""
    row: "RowSpec | None" = None


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One kind of row. ``key``: the attribute that names a row for life; made from the content unless ``natural``."""

    type: type[Any]
    attributes: tuple[FieldSpec, ...]
    key: str = "key"

    @property
    def natural(self) -> bool:
        return self.key != "key"


_LARGEST = 10**12


def _year(name: str) -> FieldSpec:
    return FieldSpec(name, Kind.COUNT, least=1900, most=2199)


def _number(name: str) -> FieldSpec:
    return FieldSpec(name, Kind.NUMBER, least=-_LARGEST, most=_LARGEST)


GOAL_DETAIL = RowSpec(
    rows.GoalDetail,
    (
        FieldSpec("strength", Kind.CODE, vocabulary="strength"),
        FieldSpec("why", Kind.TEXT, 1_000),
    ),
    key="code",
)
SITE = RowSpec(
    rows.Site,
    (
        FieldSpec("name", Kind.TEXT, 300),
        FieldSpec("neighbourhood", Kind.TEXT, 200, one_line=True),
        FieldSpec("lat", Kind.NUMBER, least=-90, most=90),
        FieldSpec("lon", Kind.NUMBER, least=-180, most=180),
    ),
)
PARTNER = RowSpec(
    rows.Partner,
    (
        FieldSpec("name", Kind.TEXT, 300, one_line=True),
        FieldSpec("type", Kind.CODE, vocabulary="partner_type"),
        FieldSpec("role", Kind.CODE, vocabulary="partner_role"),
    ),
)
FUNDING = RowSpec(
    rows.Funding,
    (
        FieldSpec("source", Kind.CODE, vocabulary="funding_source"),
        FieldSpec("note", Kind.TEXT, 300),
        FieldSpec("amount", Kind.NUMBER, most=_LARGEST),
        FieldSpec("currency", Kind.CODE, vocabulary="currency"),
        _year("year"),
    ),
)
PLAN_LINK = RowSpec(
    rows.PlanLink,
    (
        FieldSpec("plan", Kind.CODE, vocabulary="plan"),
        FieldSpec("level", Kind.CODE, vocabulary="plan_level"),
        FieldSpec("code", Kind.TEXT, 60, one_line=True),
        FieldSpec("text", Kind.TEXT, 500),
    ),
)
ACTUAL = RowSpec(
    rows.Actual,
    (
        _number("value"),
        FieldSpec("date", Kind.DATE),
        FieldSpec("source", Kind.TEXT, 300),
    ),
)
INDICATOR = RowSpec(
    rows.Indicator,
    (
        FieldSpec("name", Kind.TEXT, 300),
        FieldSpec("unit", Kind.TEXT, 60, one_line=True),
        FieldSpec("direction", Kind.CODE, vocabulary="direction"),
        _number("baseline"),
        _year("baseline_year"),
        _number("target"),
        _year("target_year"),
        FieldSpec("sdg", Kind.TEXT, 12, one_line=True),
        FieldSpec("actuals", Kind.ROWS, 40, row=ACTUAL),
    ),
)
RELATION = RowSpec(
    rows.Relation,
    (
        FieldSpec("kind", Kind.CODE, vocabulary="relation"),
        FieldSpec("note", Kind.TEXT, 500),
    ),
    key="other",
)
EVIDENCE = RowSpec(
    rows.Evidence,
    (
        FieldSpec("name", Kind.TEXT, 200, one_line=True),
        FieldSpec("media_type", Kind.TEXT, 80, one_line=True),
        FieldSpec("size", Kind.COUNT, most=_LARGEST),
        FieldSpec("caption", Kind.TEXT, 500),
        FieldSpec("licence", Kind.CODE, vocabulary="licence"),
        FieldSpec("people", Kind.FLAG),
        FieldSpec("consent", Kind.TEXT, 500, personal=True),
        FieldSpec("link", Kind.TEXT, 500, one_line=True),
    ),
)

FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("title", Kind.TEXT, 300),
    FieldSpec("title_en", Kind.TEXT, 300),
    FieldSpec("purpose", Kind.TEXT, 10_000),
    FieldSpec("purpose_en", Kind.TEXT, 10_000),
    FieldSpec("summary", Kind.TEXT, 10_000),
    FieldSpec("kind", Kind.CODE, vocabulary="kind"),
    FieldSpec("periodic", Kind.CODE, vocabulary="periodic"),
    FieldSpec("theme", Kind.CODE, vocabulary="theme"),
    FieldSpec("status", Kind.CODE, vocabulary="status"),
    FieldSpec("audience", Kind.CODES, vocabulary="audience"),
    FieldSpec("audience_note", Kind.NOTES, 2_000),
    FieldSpec("audience_number", Kind.COUNT, most=_LARGEST),
    FieldSpec("start", Kind.DATE),
    FieldSpec("start_planned", Kind.DATE),
    FieldSpec("end_planned", Kind.DATE),
    FieldSpec("end", Kind.DATE),
    FieldSpec("goals", Kind.GOALS),
    FieldSpec("goal_details", Kind.ROWS, 30, row=GOAL_DETAIL),
    FieldSpec("targets", Kind.TARGETS),
    FieldSpec("dimensions", Kind.SHARES, vocabulary="dimension"),
    FieldSpec("district", Kind.DISTRICT),
    FieldSpec("served", Kind.DISTRICTS),
    FieldSpec("neighbourhood", Kind.TEXT, 200, one_line=True),
    FieldSpec("place", Kind.TEXT, 1_000),
    FieldSpec("location", Kind.POINT),
    FieldSpec("shape", Kind.SHAPE),
    FieldSpec("sites", Kind.ROWS, 60, row=SITE),
    FieldSpec("scope", Kind.CODE, vocabulary="scope"),
    FieldSpec("unit", Kind.TEXT, 200, one_line=True),
    FieldSpec("contact", Kind.TEXT, 200, one_line=True, personal=True),
    FieldSpec("owner", Kind.TEXT, 300, one_line=True),
    FieldSpec("partners", Kind.ROWS, 60, row=PARTNER),
    FieldSpec("funding", Kind.ROWS, 40, row=FUNDING),
    FieldSpec("plans", Kind.ROWS, 30, row=PLAN_LINK),
    FieldSpec("indicators", Kind.ROWS, 20, row=INDICATOR),
    FieldSpec("climate_effect", Kind.CODE, vocabulary="climate_effect"),
    FieldSpec("climate_sector", Kind.CODE, vocabulary="climate_sector"),
    FieldSpec("hazards", Kind.CODES, vocabulary="hazard"),
    _number("co2e"),
    _number("energy_saved"),
    FieldSpec("energy_produced", Kind.NUMBER, most=_LARGEST),
    FieldSpec("relations", Kind.ROWS, 60, row=RELATION),
    FieldSpec("evidence", Kind.ROWS, 40, row=EVIDENCE),
    FieldSpec("source", Kind.TEXT, 2_000),
    FieldSpec("review", Kind.CODE, vocabulary="review"),
    FieldSpec("review_note", Kind.TEXT, 2000),
    FieldSpec("confirmed", Kind.DAY),
)
"""In the order of ``ProjectFields``.

The limits are generous: what people paste must fit, the form recommends shorter texts.
"""

BY_NAME = {spec.name: spec for spec in FIELDS}
_TEXTUAL = (Kind.TEXT, Kind.CODE, Kind.CODES, Kind.NOTES, Kind.ROWS)
_TEXTS = tuple(spec for spec in FIELDS if spec.kind in _TEXTUAL)
_texts_of: Callable[[ProjectFields], tuple[Any, ...]] = attrgetter(*(spec.name for spec in _TEXTS))


def says_something(value: Any) -> bool:
    """False for a value that is empty. Zero is a number that somebody entered."""
    return value is not None and value is not False and value not in ("", ())


def texts(fields: ProjectFields) -> Iterator[str]:
    """Every text of a record that somebody may look for: words of one's own and codes, those of rows too."""
    yield from _texts(_TEXTS, _texts_of(fields))


def public(fields: ProjectFields) -> ProjectFields:
    """The fields as outsiders may read them: without what is personal."""
    return structs.replace(fields, **_public(FIELDS, fields))


def _texts(specs: Iterable[FieldSpec], values: Iterable[Any]) -> Iterator[str]:
    for spec, held in zip(specs, values, strict=True):
        if not held:
            continue
        if isinstance(held, str):
            yield held
        elif spec.row is None:
            yield from held
        else:
            inner = [one for one in spec.row.attributes if one.kind in _TEXTUAL]
            for row in held:
                yield from _texts(inner, [getattr(row, one.name) for one in inner])


def _public(specs: tuple[FieldSpec, ...], value: Any) -> dict[str, Any]:
    """What is otherwise than in ``value``, fields or a row, where nothing personal may stand."""
    empty = type(value)()
    changes: dict[str, Any] = {spec.name: getattr(empty, spec.name) for spec in specs if spec.personal}
    for spec in specs:
        if spec.row is not None:
            inner = spec.row.attributes
            changes[spec.name] = tuple(replace(row, **_public(inner, row)) for row in getattr(value, spec.name))
    return changes
