"""Values of a record in cells, and back: what was written is read as exactly the same value.

People see words, dates and numbers; codes are written by their names as long as these lead back to the same code.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from izsa_desktop.domain.dates import UNKNOWN, is_partial_date
from izsa_desktop.domain.errors import BadField, UnknownDistrict
from izsa_desktop.domain.fields import FieldSpec, Kind
from izsa_desktop.domain.numbers import decimal_text
from izsa_desktop.domain.reference import Reference, Vocabulary
from izsa_desktop.domain.shape import Shape, from_geometry, geometry
from izsa_desktop.domain.text import fold
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.tables.table import BOOL, DATE, ERROR, NUMBER, TEXT, Cell, Value

BETWEEN = "; "
"""Stands between the parts of a list in a cell."""
_FIRST_DATE_YEAR = 1901
"""Before it spreadsheets disagree about which day a number is."""


class NotExactError(Exception):
    """The cell does not hold what this module writes: a person has changed it, and means something."""


class Speller:
    """Writes in one language, reads every one."""

    def __init__(self, reference: Reference, t: Translator) -> None:
        self._reference, self._t = reference, t
        self._words: dict[tuple[str, str], str] = {}
        self._unknown = frozenset(fold(Translator(language)("outputs.unknown")) for language in LANGUAGES)
        self._yes = frozenset(fold(Translator(language)("outputs.yes")) for language in LANGUAGES)
        self._write: Mapping[Kind, Callable[[FieldSpec, Any], Value]] = {
            Kind.DATE: lambda _spec, held: self._date(held),
            Kind.DAY: lambda _spec, held: self._date(held),
            Kind.CODE: lambda spec, held: self.word(spec.vocabulary, held),
            Kind.CODES: lambda spec, held: BETWEEN.join(self.word(spec.vocabulary, code) for code in held),
            Kind.GOALS: lambda _spec, held: BETWEEN.join(held),
            Kind.TARGETS: lambda _spec, held: BETWEEN.join(held),
            Kind.DISTRICT: lambda _spec, held: self._district(held),
            Kind.DISTRICTS: lambda _spec, held: BETWEEN.join(map(self._district, held)),
            Kind.NUMBER: lambda _spec, held: plain_number(held),
            Kind.FLAG: lambda _spec, held: t("outputs.yes") if held else None,
        }
        self._read: Mapping[Kind, Callable[[FieldSpec, Cell], Any]] = {
            Kind.TEXT: lambda _spec, cell: _text(cell),
            Kind.NOTES: lambda _spec, cell: _text(cell),
            Kind.DATE: lambda _spec, cell: self._date_of(cell),
            Kind.DAY: lambda _spec, cell: self._day_of(cell),
            Kind.CODE: lambda spec, cell: self._code_of(spec.vocabulary, _text(cell)),
            Kind.CODES: lambda spec, cell: _list(cell, lambda text: self._code_of(spec.vocabulary, text)),
            Kind.GOALS: lambda _spec, cell: _list(cell, lambda text: _known(text, reference.goals_by_code)),
            Kind.TARGETS: lambda _spec, cell: _list(cell, lambda text: _known(text, reference.targets_by_code)),
            Kind.DISTRICT: lambda _spec, cell: self._district_of(_text(cell)),
            Kind.DISTRICTS: lambda _spec, cell: _list(cell, self._district_of),
            Kind.COUNT: _count_of,
            Kind.NUMBER: lambda _spec, cell: _number_of(cell),
            Kind.FLAG: lambda _spec, cell: self._flag_of(cell),
        }

    def cell(self, spec: FieldSpec, held: Any) -> Value:
        """What stands in the cell; None for nothing."""
        if held is None or held in ("", ()):
            return None
        write = self._write.get(spec.kind)
        return write(spec, held) if write else held

    def value(self, spec: FieldSpec, cell: Cell) -> Any:
        """What a filled cell means. Raises NotExactError."""
        return self._read[spec.kind](spec, cell)

    def word(self, vocabulary: str, code: str) -> str:
        """The name of a code as long as it is nobody else's, else the code itself."""
        if (vocabulary, code) not in self._words:
            words = self._reference.vocabularies[vocabulary]
            label = words.label(code, self._t.language)
            usable = ";" not in label and label == label.strip() and _find(words, label) == code
            self._words[vocabulary, code] = label if usable else code
        return self._words[vocabulary, code]

    def choices(self, spec: FieldSpec) -> tuple[str, ...]:
        """What can be chosen in a cell."""
        if spec.kind is Kind.CODE:
            return tuple(
                self.word(spec.vocabulary, term.code) for term in self._reference.vocabularies[spec.vocabulary]
            )
        if spec.kind is Kind.DISTRICT:
            return tuple(
                map(self._district, [*(d.code for d in self._reference.districts), self._reference.province.code])
            )
        return (self._t("outputs.yes"),) if spec.kind is Kind.FLAG else ()

    @staticmethod
    def shape_text(held: Shape) -> str:
        """A line or area as ``shape_of`` reads it."""
        return json.dumps(geometry(held), separators=(",", ":"))

    # --- writing -----------------------------------------------------------------------------------------------------

    def _date(self, held: str) -> Value:
        if held == UNKNOWN:
            return self._t("outputs.unknown")
        if len(held) == len("2024-01-31") and is_partial_date(held) and int(held[:4]) >= _FIRST_DATE_YEAR:
            return date.fromisoformat(held)
        return int(held) if len(held) == 4 and is_partial_date(held) else held

    def _district(self, code: str) -> str:
        return self._reference.district_name(code, self._t.language)

    # --- reading -----------------------------------------------------------------------------------------------------

    def _date_of(self, cell: Cell) -> str:
        if cell.kind == DATE and isinstance(cell.value, date):
            return _checked_date(cell.value.strftime("%Y-%m-%d"))
        if cell.kind == NUMBER and isinstance(cell.value, int | float) and float(cell.value).is_integer():
            return _checked_date(str(int(cell.value)))
        text = _text(cell).strip()
        return UNKNOWN if fold(text) in self._unknown else _checked_date(text)

    def _day_of(self, cell: Cell) -> str:
        day = self._date_of(cell)
        if len(day) != len("2024-01-31"):
            raise NotExactError
        return day

    def _code_of(self, vocabulary: str, text: str) -> str:
        code = _find(self._reference.vocabularies[vocabulary], text.strip())
        if not code:
            raise NotExactError
        return code

    def _district_of(self, text: str) -> str:
        try:
            return self._reference.district(text).code
        except UnknownDistrict:
            raise NotExactError from None

    def _flag_of(self, cell: Cell) -> bool:
        if cell.kind == BOOL:
            return cell.value is True
        if fold(_text(cell)).strip() not in self._yes:
            raise NotExactError
        return True


def shape_of(pieces: Iterable[str]) -> Any:
    """The line or area that was written in pieces. Raises NotExactError."""
    try:
        return from_geometry(json.loads("".join(pieces)), "shape")
    except (ValueError, RecursionError, BadField):
        raise NotExactError from None


def degrees_of(cell: Cell) -> float:
    """A latitude or longitude, which has more decimals than other numbers. Raises NotExactError."""
    if cell.kind != NUMBER or not isinstance(cell.value, int | float):
        raise NotExactError
    return float(cell.value)


def plain_number(held: Decimal) -> int | float:
    """The number as a spreadsheet keeps it: exactly, as it has at most 15 digits."""
    return int(held) if held == held.to_integral_value() else float(held)


def _find(words: Vocabulary, text: str) -> str:
    term = words.get(text) or words.find(text)
    return term.code if term else ""


def _text(cell: Cell) -> str:
    if cell.kind != TEXT:
        raise NotExactError
    return str(cell.value)


def _list(cell: Cell, one: Callable[[str], str]) -> tuple[str, ...]:
    parts = [one(part.strip()) for part in _text(cell).split(BETWEEN.strip()) if part.strip()]
    return tuple(dict.fromkeys(parts))


def _known(text: str, known: Mapping[str, object]) -> str:
    if text not in known:
        raise NotExactError
    return text


def _checked_date(text: str) -> str:
    if not is_partial_date(text):
        raise NotExactError
    return text


def _number_of(cell: Cell) -> Decimal:
    if cell.kind in (ERROR, DATE) or isinstance(cell.value, bool | datetime) or not isinstance(cell.value, int | float):
        raise NotExactError
    number = Decimal(repr(cell.value))
    try:
        return Decimal(decimal_text(number))
    except ValueError:
        raise NotExactError from None


def _count_of(_spec: FieldSpec, cell: Cell) -> int:
    number = _number_of(cell)
    if number != number.to_integral_value():
        raise NotExactError
    return int(number)
