"""Values of a project in a person's words: names for codes, dates as people write them, rows as one line."""

from collections.abc import Callable, Mapping
from typing import Any

from izsa_desktop.domain.fields import BY_NAME, FieldSpec, Kind, says_something
from izsa_desktop.domain.numbers import decimal_text
from izsa_desktop.domain.project import Location
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.shape import Shape, middle
from izsa_desktop.i18n import Translator

_NAME_FIRST = ("name", "source", "plan", "other", "link")
_OF_THE_FILE = ("media_type", "size")
"""Nothing that a person has written; they never change without the file."""


class Teller:
    """Tells in one language. What it gives is text of people: show it as data."""

    def __init__(self, reference: Reference, t: Translator) -> None:
        self._reference, self._t = reference, t

    def field(self, name: str) -> str:
        """A field's name."""
        return self._t.field(name)

    def part(self, field: str, name: str) -> str:
        """The name of a part of a field's rows."""
        return self._t(f"part.{field}_{name}")

    def value(self, spec: FieldSpec, value: Any) -> str:
        """A field's value, or a part's; empty for what is empty."""
        if not says_something(value):
            return ""
        if spec.row is not None:
            return "; ".join(self.row(spec, row) for row in value)
        if isinstance(value, Location):
            place = f"{value.lat:.5f}, {value.lon:.5f}"
            return f"{place} ({self._t('sheet.approximate')})" if value.approximate else place
        if isinstance(value, Shape):
            lat, lon = middle(value)  # where it is, so that two of one size can be told apart
            return f"{self._t.shape(value)} ({lat:.5f}, {lon:.5f})"
        if isinstance(value, tuple):
            return ", ".join(self._one(spec, item) for item in value)
        return self._one(spec, value)

    def row(self, spec: FieldSpec, row: Any) -> str:
        """A row of a field on one line: what it is called, then the rest."""
        assert spec.row is not None
        parts = {part.name: part for part in spec.row.attributes}
        names = [name for name in _NAME_FIRST if name in parts]
        order = [*names, *(name for name in parts if name not in names and name not in _OF_THE_FILE)]
        told = [self.value(parts[name], getattr(row, name)) for name in order]
        if spec.row.key == "code":
            told.insert(0, self._goal(row.code))
        elif spec.row.key == "other":
            told.insert(0, row.other)
        return " · ".join(filter(None, told)) or self._t("history.empty_row")

    def name_of(self, spec: FieldSpec, row: Any) -> str:
        """What a row is called, in few words."""
        assert spec.row is not None
        if spec.row.key == "code":
            return self._goal(row.code)
        parts = {part.name: part for part in spec.row.attributes}
        named = [name for name in (*_NAME_FIRST, "text", "caption", "value") if name in parts]
        names = [self.value(parts[name], getattr(row, name)) for name in named]
        return next(filter(None, names), "") or self.row(spec, row)

    def _one(self, spec: FieldSpec, value: Any) -> str:
        t = self._t
        if isinstance(value, str) and spec.kind in (Kind.NUMBER, Kind.COUNT):
            return value  # a draft keeps what is no number yet as it was typed
        tell: Mapping[Kind, Callable[[], str]] = {
            Kind.DATE: lambda: t.date(value) or str(value),
            Kind.DAY: lambda: t.date(value) or str(value),
            Kind.DISTRICT: lambda: self._reference.district_name(value, t.language),
            Kind.DISTRICTS: lambda: self._reference.district_name(value, t.language),
            Kind.GOALS: lambda: self._goal(value),
            Kind.SHARES: lambda: f"{self._label('dimension', value.code)} {t.number(value.percent)}%",
            Kind.FLAG: lambda: t("history.yes"),
            Kind.NUMBER: lambda: self._number(value),
            Kind.COUNT: lambda: str(value) if spec.least == _YEARS_FROM else t.number(value),
        }
        if spec.kind in tell:
            return tell[spec.kind]()
        return self._label(spec.vocabulary, value) if spec.vocabulary else str(value)

    def _label(self, vocabulary: str, code: str) -> str:
        return self._reference.vocabularies[vocabulary].label(code, self._t.language)

    def _goal(self, code: str) -> str:
        name = self._reference.goal_name(code, self._t.language)
        return name if name == code else f"{code} {name}"

    def _number(self, value: Any) -> str:
        whole, _, rest = decimal_text(value).partition(".")
        sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
        shown = sign + self._t.number(int(digits))
        return f"{shown}{',' if self._t.language == 'tr' else '.'}{rest}" if rest else shown


_YEARS_FROM = next(p.least for p in BY_NAME["funding"].row.attributes if p.name == "year")  # type: ignore[union-attr]
