"""A project as cells of a table: what people read, by the names of the fields."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from izsa_desktop.domain.fields import BY_NAME, FIELDS, FieldSpec, Kind
from izsa_desktop.domain.project import Location, Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.validation import missing
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.table import Value

_ON_THE_MAP = (Kind.POINT, Kind.SHAPE)
COLUMNS = (
    "number",
    *(spec.name for spec in FIELDS if spec.kind not in _ON_THE_MAP),
    *("lat", "lon", "missing", "updated"),
)
"""Everything that can stand in a column."""
USUAL = ("title", "district", "status", "goals", "theme", "audience", "start", "unit", "updated")
"""What stands in a table that nobody has arranged yet."""
PERSONAL = frozenset(spec.name for spec in FIELDS if spec.personal)


def cell(project: Project, column: str, reference: Reference, t: Translator) -> Value:
    """What stands in a column for a project; None for nothing."""
    f = project.fields
    match column:
        case "number":
            return project.number or None
        case "updated":
            return t.date(project.updated[:10])
        case "missing":
            return ", ".join(t.field(name) for name in missing(f)) or None
        case "lat" | "lon":
            return getattr(f.location, column) if isinstance(f.location, Location) else None
        case _:
            return _Writer(reference, t).value(BY_NAME[column], getattr(f, column))


def value_text(column: str, held: Any, reference: Reference, t: Translator) -> str:
    """A value of a field in words; empty for nothing."""
    if column not in BY_NAME:
        return ""
    value = _Writer(reference, t).value(BY_NAME[column], held)
    return "" if value is None else str(value)


class _Writer:
    def __init__(self, reference: Reference, t: Translator) -> None:
        self._reference, self._t = reference, t

    def value(self, spec: FieldSpec, held: Any) -> Value:
        """One field. Empty ones are None, so that they sort and filter as empty."""
        if held is None or held in ("", ()):
            return None
        match spec.kind:
            case Kind.COUNT:
                return int(held)
            case Kind.NUMBER:
                return _number(held)
            case Kind.FLAG:
                return bool(held)
            case _:
                return self._text(spec, held)

    def _text(self, spec: FieldSpec, held: Any) -> str:  # noqa: PLR0911  # one line for each kind
        reference, t = self._reference, self._t
        match spec.kind:
            case Kind.NOTES:
                return held if isinstance(held, str) else "; ".join(held)
            case Kind.DATE | Kind.DAY:
                return t.date(held)
            case Kind.CODE:
                return self._label(spec, held)
            case Kind.CODES:
                return ", ".join(self._label(spec, code) for code in held)
            case Kind.GOALS | Kind.TARGETS:
                return ", ".join(held)
            case Kind.DISTRICT:
                return reference.district_name(held, t.language)
            case Kind.DISTRICTS:
                return ", ".join(reference.district_name(code, t.language) for code in held)
            case Kind.SHARES:
                return ", ".join(f"{self._label(spec, share.code)} %{share.percent}" for share in held)
            case Kind.ROWS:
                return "; ".join(filter(None, (self._row(spec, row) for row in held)))
            case _:
                return str(held)

    def _row(self, spec: FieldSpec, row: Any) -> str:
        assert spec.row is not None
        shown: Iterable[FieldSpec] = (
            one for one in spec.row.attributes if not one.personal and one.kind is not Kind.ROWS
        )
        words = (self.value(one, getattr(row, one.name)) for one in shown)
        return ", ".join(str(word) for word in words if word not in (None, False))

    def _label(self, spec: FieldSpec, code: str) -> str:
        words = self._reference.vocabularies.get(spec.vocabulary)
        return words.label(code, self._t.language) if words else code


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
