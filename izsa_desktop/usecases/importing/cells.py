"""One cell in, what it means for a project out: values go into a ``Reading``, what to say about it into its messages.

See the package for which message stops a row.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from izsa_desktop.domain.dates import UNKNOWN
from izsa_desktop.domain.fields import Kind
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import fold, has_control, has_invisible, normal
from izsa_desktop.tables import values
from izsa_desktop.tables.table import CUT, DATE, EMPTY, ERROR, FORMULA, MERGED, NUMBER, TEXT, Cell, without_guard
from izsa_desktop.usecases.importing import messages
from izsa_desktop.usecases.importing.goals import GoalReader
from izsa_desktop.usecases.importing.places import PlaceReader
from izsa_desktop.usecases.importing.spot import Spot, Unit, as_text, plain_number
from izsa_desktop.usecases.importing.targets import (
    COORDINATES,
    DISTRICT_NEIGHBOURHOOD,
    FURTHER_GOALS,
    LAT,
    LON,
    MAIN_GOAL,
    PERIOD,
)
from izsa_desktop.usecases.importing.words import Words

_HIDDEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_PROSE = 3
"""Words from which on a part between commas is no word of a list: the whole text stays as it is."""
_YEAR_TARGETS = ("start", "start_planned")


class CellReader:
    """Reads cells by one set of reference data; make one for many rows."""

    def __init__(self, reference: Reference, own_district: str) -> None:
        """``own_district``: whose neighbourhoods are meant where a row names no district."""
        self.words = Words(reference)
        self._places = PlaceReader(reference, own_district, self.words)
        self._goals = GoalReader(reference, self.words)
        self._composite: dict[str, Callable[[Spot, Cell], None]] = {
            PERIOD: self._period,
            COORDINATES: self._places.coordinates,
            LAT: self._places.degrees,
            LON: self._places.degrees,
            MAIN_GOAL: self._goal_list,
            FURTHER_GOALS: self._goal_list,
            DISTRICT_NEIGHBOURHOOD: self._places.district_and_neighbourhood,
        }
        self._by_kind: dict[Kind, Callable[[Spot, Cell], Any]] = {
            Kind.TEXT: self._text,
            Kind.NOTES: self._note,
            Kind.DATE: self._date,
            Kind.DAY: self._day,
            Kind.CODE: self._code,
            Kind.CODES: self._codes,
            Kind.GOALS: self._goal_list,
            Kind.TARGETS: self._goal_list,
            Kind.DISTRICT: self._places.district,
            Kind.DISTRICTS: self._places.districts,
            Kind.SHARES: self._share,
            Kind.FLAG: self._flag,
        }

    def read(self, spot: Spot, cell: Cell, place: int, unit: Unit) -> None:
        """Takes a cell into a row. ``place``: of how many columns of this target it is, from 0."""
        cell = self._sound(spot, cell)
        if cell.kind == EMPTY:
            return
        spot.reading.columns.setdefault(spot.target.field, spot.column)
        if spot.target.name in self._composite:
            self._composite[spot.target.name](spot, cell)
            return
        assert spot.target.spec is not None
        if spot.target.spec.kind in (Kind.COUNT, Kind.NUMBER):
            value = self._number(spot, cell, unit, place)
        else:
            value = self._by_kind[spot.target.spec.kind](spot, cell)
        if value is not None:
            self._put(spot, place, value)

    # --- before the meaning ------------------------------------------------------------------------------------------

    def _sound(self, spot: Spot, cell: Cell) -> Cell:
        """The cell as it was meant: letters repaired, "nothing" empty; what cannot be read is said and empty."""
        if cell.kind == EMPTY:
            if FORMULA in cell.notes:
                spot.problem("formula_without_value")
            return cell
        if cell.kind == ERROR:
            spot.problem("cell_error", str(cell.value))
            return Cell()
        if MERGED in cell.notes:
            if spot.target.name == "title":
                spot.say(messages.ERROR, "merged_title", as_text(cell))
            else:
                spot.warn("merged", as_text(cell))
        if CUT in cell.notes:
            spot.warn("text_cut", as_text(cell))
        if cell.kind != TEXT:
            return cell
        written = without_guard(str(cell.value))
        text = values.repaired(written)
        if text != written:
            spot.warn("letters_repaired", written, text)
        if "\ufffd" in text:
            spot.problem("letters_lost", text)
        return Cell() if fold(text).strip() in self.words.nothing else Cell(text, TEXT, cell.notes)

    # --- kinds -------------------------------------------------------------------------------------------------------

    def _text(self, spot: Spot, cell: Cell) -> str:
        assert spot.target.spec is not None
        text = as_text(cell)
        shown = _HIDDEN.sub("", text)
        if spot.target.spec.one_line or spot.target.name in ("title", "title_en"):
            shown = " ".join(shown.split())
        shown = normal(shown)
        if has_control(text) or (has_invisible(text.replace("\n", " ").replace("\t", " ")) and shown != normal(text)):
            spot.warn("hidden_removed", text, shown)
        if spot.target.name == "neighbourhood":
            return self._places.neighbourhood(spot, shown)
        if spot.target.name == "title" and not any(map(str.isalpha, shown)):
            spot.problem("no_words", shown)
        return shown

    def _note(self, spot: Spot, cell: Cell) -> None:
        spot.reading.notes.append(self._text(spot, cell))

    def _date(self, spot: Spot, cell: Cell) -> str | None:
        read = values.partial_date(cell.value)
        if read is None:
            spot.problem("not_a_date", as_text(cell))
            return None
        if read.note == values.PERIOD:
            return self._end_of(spot, cell, read)
        if read.note:
            spot.warn(f"date_{read.note}", as_text(cell), read.value)
        return str(read.value)

    def _end_of(self, spot: Spot, cell: Cell, read: values.Read) -> str | None:
        """A period in a cell for one date: its beginning or end, whichever is asked for; the other is kept if free."""
        if spot.target.name in _YEAR_TARGETS:
            if read.extra:
                spot.reading.fields.setdefault(_end_field(read.extra), read.extra)
            spot.warn("date_period", as_text(cell), f"{read.value} – {read.extra or '…'}")
            return str(read.value)
        if not read.extra:
            spot.problem("not_a_date", as_text(cell))
            return None
        spot.warn("date_period_end", as_text(cell), read.extra)
        return read.extra

    def _period(self, spot: Spot, cell: Cell) -> None:
        read = values.partial_date(cell.value)
        if read is None:
            spot.problem("not_a_period", as_text(cell))
            return
        if read.note and read.note != values.PERIOD:
            spot.warn(f"date_{read.note}", as_text(cell), read.value)
        spot.reading.fields.setdefault("start", read.value)
        if read.note == values.PERIOD and read.extra:
            spot.reading.fields.setdefault(_end_field(read.extra), read.extra)

    def _day(self, spot: Spot, cell: Cell) -> str | None:
        read = values.partial_date(cell.value)
        if read is None or len(read.value) != len("2024-01-31"):
            spot.problem("not_a_day", as_text(cell))
            return None
        return str(read.value)

    def _code(self, spot: Spot, cell: Cell) -> str | None:
        assert spot.target.spec is not None
        lexicon = self.words.codes(spot.target.spec.vocabulary)
        text = as_text(cell)
        found = lexicon.find(text) or lexicon.within(text)
        if found is None:
            spot.problem("unknown_word", text)
            return None
        spot.say_nearly(text, found)
        return found.code

    def _codes(self, spot: Spot, cell: Cell) -> None:
        """Words of a list: those of the vocabulary become codes. Of the audience the others stay as own words."""
        assert spot.target.spec is not None
        lexicon = self.words.codes(spot.target.spec.vocabulary)
        codes: list[str] = spot.reading.fields.setdefault(spot.target.field, [])
        for piece in values.pieces(as_text(cell)):
            whole = lexicon.find(piece, near=0.95)
            fine = [piece] if whole else values.fine_pieces(piece)
            found = [(part, lexicon.find(part)) for part in fine]
            own = [part for part, hit in found if hit is None]
            if len(own) == len(found) or any(len(part.split()) >= _PROSE for part in own):
                found = [*((part, hit) for part, hit in found if hit is not None), (piece, None)]
            for part, hit in found:
                if hit is not None:
                    spot.say_nearly(part, hit)
                    codes += [hit.code] if hit.code not in codes else []
                elif spot.target.field == "audience":
                    spot.reading.notes.append(normal(_HIDDEN.sub("", part)))
                else:
                    spot.problem("unknown_word", part)

    def _number(self, spot: Spot, cell: Cell, unit: Unit, place: int) -> Decimal | int | None:
        assert spot.target.spec is not None
        read = self._read_number(cell)
        if read is None:
            spot.problem("not_a_number", as_text(cell))
            return None
        strange = [word for word in read.extra.split() if word not in self.words.harmless] if read.note else []
        if strange:
            spot.warn("number_with_words", as_text(cell), plain_number(read.value))
        value = (read.value * unit.factor).normalize()
        whole = value == value.to_integral_value()
        if spot.target.spec.kind is Kind.COUNT and not whole:
            spot.problem("not_whole", as_text(cell))
            return None
        if not spot.target.spec.least <= value <= spot.target.spec.most:
            spot.problem("out_of_range", as_text(cell))
            return None
        if spot.target.name == "funding_amount":
            currency = (read.extra if not read.note else "") or unit.currency
            row = spot.reading.parts.setdefault("funding", {}).setdefault(place, {})
            row.setdefault("currency", currency or "TRY")
        if spot.target.spec.kind is Kind.COUNT:
            return int(value)
        return Decimal(round(value, 6))

    @staticmethod
    def _read_number(cell: Cell) -> values.Read | None:
        if isinstance(cell.value, bool) or cell.kind == DATE:
            return None
        if cell.kind == NUMBER:
            return values.Read(Decimal(repr(cell.value)))
        return values.number(str(cell.value))

    def _share(self, spot: Spot, cell: Cell) -> None:
        """A percentage: 40, %40, or 0.4 where a spreadsheet shows 40 %."""
        read = self._read_number(cell)
        value = read.value if read is not None else Decimal(-1)
        if cell.kind == NUMBER and 0 < value < 1:
            value *= 100
        if not (0 <= value <= 100 and value == value.to_integral_value()):
            spot.problem("not_a_percentage", as_text(cell))
        elif value:
            spot.reading.fields.setdefault(spot.target.field, {})[spot.target.part] = int(value)

    def _flag(self, spot: Spot, cell: Cell) -> bool | None:
        answer = values.yes_or_no(cell.value)
        if answer is None:
            spot.problem("not_yes_or_no", as_text(cell))
        return answer

    # --- goals -------------------------------------------------------------------------------------------------------

    def _goal_list(self, spot: Spot, cell: Cell) -> None:
        text = as_text(cell)
        if cell.kind == DATE:
            spot.problem("goal_became_date", text)
            return
        found = self._goals.read(str(cell.value) if cell.kind == NUMBER else text)
        if found.unknown or (found.words and not found.codes) or not found.codes:
            spot.problem("unknown_goal", text, ", ".join(found.unknown))
        elif found.words or found.guessed:
            spot.warn("goals_guessed", text, ", ".join((*found.codes, *found.targets)))
        name = "goals" if spot.target.field == "targets" else spot.target.name
        spot.reading.goals.setdefault("targets", []).extend(found.targets)
        if spot.target.field == "targets":
            spot.reading.goals.setdefault("of_targets", []).extend(found.codes)
        else:
            spot.reading.goals.setdefault(name, []).extend(found.codes)

    @staticmethod
    def _put(spot: Spot, place: int, value: Any) -> None:
        if not spot.target.part:
            spot.reading.fields[spot.target.field] = value
        elif spot.target.name == "partners_name":
            for n, name in enumerate(_names(str(value)), start=place * 20):
                spot.reading.parts.setdefault(spot.target.field, {}).setdefault(n, {})["name"] = name
        else:
            at = place * 20 if spot.target.field == "partners" else place
            spot.reading.parts.setdefault(spot.target.field, {}).setdefault(at, {})[spot.target.part] = value


def _names(text: str) -> list[str]:
    """Names of organisations: between semicolons and lines, and between commas where no name has one inside."""
    parts = values.pieces(text)
    return [name for part in parts for name in (re.split(r"\s*,\s+", part) if "bakanli" not in fold(part) else [part])][
        :20
    ]


def _end_field(end: str) -> str:
    """An end that lies ahead is planned."""
    today = date.today().isoformat()
    return "end" if end == UNKNOWN or end <= today[: len(end)] else "end_planned"
