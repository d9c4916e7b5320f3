"""What a column can be about: fields of a project, parts of its repeated rows, a few ways of writing two at once.

Made from ``domain.fields``, so that a new field can be imported without a word here. Parts of rows are called
``<field>_<part>``; the nth column of such a part belongs to the nth row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from izsa_desktop.domain.fields import FIELDS, FieldSpec, Kind
from izsa_desktop.domain.validation import REQUIRED_TO_SEND

PERIOD, COORDINATES, LAT, LON = "period", "coordinates", "lat", "lon"
MAIN_GOAL, FURTHER_GOALS, DISTRICT_NEIGHBOURHOOD, ACTUAL = (
    "main_goal",
    "further_goals",
    "district_neighbourhood",
    "indicators_actual",
)
_COMPOSITE = {
    PERIOD: "start",
    COORDINATES: "location",
    LAT: "location",
    LON: "location",
    MAIN_GOAL: "goals",
    FURTHER_GOALS: "goals",
    DISTRICT_NEIGHBOURHOOD: "district",
}
_BEFORE = {"start": PERIOD, "goals": MAIN_GOAL, "location": COORDINATES, "district": DISTRICT_NEIGHBOURHOOD}
_LEFT_OUT = {"location", "shape", "goal_details", "relations", "evidence", "review", "review_note"}
"""A point comes in as coordinates; the others need more than a cell, or are not for the sender to say."""
MATTERS = {*REQUIRED_TO_SEND, "location"}


@dataclass(frozen=True, slots=True)
class Target:
    """``field``: of ``ProjectFields``. ``spec`` is that field's, or its part's; None for what is composed here."""

    name: str
    field: str
    spec: FieldSpec | None = None
    part: str = ""

    @property
    def matters(self) -> bool:
        """True when a row with a cell that cannot be understood here is left."""
        return self.field in MATTERS

    @property
    def many(self) -> bool:
        """True when several columns may be about this."""
        lists = (Kind.CODES, Kind.GOALS, Kind.TARGETS, Kind.DISTRICTS, Kind.NOTES)
        return bool(self.part) or self.name == FURTHER_GOALS or (self.spec is not None and self.spec.kind in lists)


@cache
def targets() -> Mapping[str, Target]:
    """All by name, in the order of the form."""
    found: dict[str, Target] = {}
    for spec in FIELDS:
        if spec.name in _BEFORE:
            for name, field in _COMPOSITE.items():
                if field == spec.name:
                    found[name] = Target(name, field)
        if spec.name in _LEFT_OUT:
            continue
        if spec.kind is Kind.SHARES:
            for code in ("çevresel", "ekonomik", "sosyal", "yönetişim"):
                found[f"{spec.name}_{code}"] = Target(f"{spec.name}_{code}", spec.name, spec, code)
        elif spec.row is not None:
            for part in spec.row.attributes:
                if part.kind is not Kind.ROWS:
                    found[f"{spec.name}_{part.name}"] = Target(f"{spec.name}_{part.name}", spec.name, part, part.name)
        else:
            found[spec.name] = Target(spec.name, spec.name, spec)
        if spec.name == "indicators":
            found[ACTUAL] = Target(ACTUAL, "indicators", _number("indicators"), "actual")
    return MappingProxyType(found)


def _number(field: str) -> FieldSpec:
    row = next(spec.row for spec in FIELDS if spec.name == field)
    assert row is not None
    return next(part for part in row.attributes if part.name == "baseline")
