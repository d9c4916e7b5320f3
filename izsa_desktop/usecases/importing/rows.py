"""One row of a sheet as a project: its cells read, put together, checked as everything that is stored is checked."""

import hashlib
import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import msgspec

from izsa_desktop.domain import coordinates
from izsa_desktop.domain.errors import BadField, KnownError, NotYourDistrict, UnknownDistrict
from izsa_desktop.domain.fields import BY_NAME, FIELDS, says_something
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.rows import Actual, Share
from izsa_desktop.domain.text import fold
from izsa_desktop.domain.validation import warnings
from izsa_desktop.tables.table import EMPTY, MERGED, TEXT, Cell, Row, text_cell
from izsa_desktop.usecases.importing import messages
from izsa_desktop.usecases.importing.cells import CellReader
from izsa_desktop.usecases.importing.mapping import Mapping
from izsa_desktop.usecases.importing.messages import Message
from izsa_desktop.usecases.importing.own import OwnCells, OwnTable
from izsa_desktop.usecases.importing.spot import Reading, Spot, Unit, as_text
from izsa_desktop.usecases.importing.targets import LAT, LON, Target, targets
from izsa_desktop.usecases.importing.words import plain, units
from izsa_desktop.usecases.projects import checked
from izsa_desktop.usecases.workplace import Workplace

HEADER_AGAIN, EXAMPLE, TOTAL, GROUP = "header_again", "example", "total", "group"
"""Why a row is passed over: it is not about a project."""
_encoder = msgspec.json.Encoder(order="deterministic")
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_EXAMPLE = re.compile(r"(?:ornek|example)\s*(?:[–—:-]|$)")
_LOOKED_AT = 8
"""Cells of a row that show whether it is the headers again."""
_FIRST = ("district", "district_neighbourhood")

Corrections = Map[tuple[int, int], str]
"""By row number and column: what a person wrote over a cell."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row and what it says. ``fields`` is None where it cannot be stored; ``skip``: why it is no project."""

    number: int
    fields: ProjectFields | None
    messages: tuple[Message, ...]
    key: str = ""
    """Of the content: equal for rows that say the same, however their table is laid out."""
    skip: str = ""
    record: str = ""
    """The id of the project that the row says it is; only tables of our own say so."""


@dataclass(frozen=True, slots=True)
class _Column:
    target: Target
    column: int
    place: int
    unit: Unit


class RowReader:
    """Reads rows of one sheet by one mapping."""

    def __init__(self, workplace: Workplace, mapping: Mapping, own: OwnTable | None = None) -> None:
        """``own``: the table as this program wrote it; then the mapping is not needed to read it."""
        identity = workplace.identity
        self._workplace, self._mapping = workplace, mapping
        self._cells = CellReader(workplace.reference, "" if identity.office else identity.body)
        self._columns = _columns(mapping)
        self._own = OwnCells(workplace, own, self._cells) if own is not None else None

    def read(self, row: Row, corrections: Corrections) -> ReadRow:
        """What the row says, with what was written over its cells."""
        cells = _corrected(row, corrections)
        skip = self._no_project(row, cells) if self._own is None else ""
        if skip:
            return ReadRow(row.number, None, (), skip=skip)
        reading = Reading(row.number)
        if self._own is not None:
            self._own.read(reading, cells)
        else:
            self._take_cells(reading, cells)
        if row.hidden and not any(number == row.number for number, _ in corrections):
            reading.messages.append(Message(row.number, None, "", messages.ERROR, "hidden_row"))
        fields = self._assembled(reading)
        if not fields.title and not reading.record:  # what stands here already is a record, with a name or without
            self._about(reading, "title", messages.CRITICAL, "no_title")
        stored = self._checked(reading, fields)
        key = content_key(stored, reading.record) if stored is not None else ""
        return ReadRow(row.number, stored, tuple(_in_order(reading.messages)), key, record=reading.record)

    def _take_cells(self, reading: Reading, cells: Sequence[Cell]) -> None:
        for column in self._columns:
            if column.column < len(cells):
                spot = Spot(reading, column.target, column.column)
                self._cells.read(spot, cells[column.column], column.place, column.unit)

    # --- what is no project ------------------------------------------------------------------------------------------

    def _no_project(self, row: Row, cells: Sequence[Cell]) -> str:
        headers = self._mapping.headers.texts
        filled = [(n, cell) for n, cell in enumerate(cells) if cell.kind != EMPTY]
        same = sum(
            n < len(headers) and " ".join(as_text(cell).split()) == headers[n] for n, cell in filled[:_LOOKED_AT]
        )
        if same >= 2 and same * 10 >= min(len(filled), _LOOKED_AT) * 6:
            return HEADER_AGAIN
        texts = [as_text(cell) for cell in cells if cell.kind == TEXT]
        if any(_EXAMPLE.match(fold(text)) for text in texts[:3]):
            return EXAMPLE
        words = [text for text in texts if any(map(str.isalpha, text))]
        if len(words) == 1 and any(plain(words[0]).startswith(word) for word in self._cells.words.totals):
            return TOTAL
        own = {cell.value for cell in cells if cell.kind != EMPTY}
        if len(filled) > 2 and len(own) == 1 and sum(MERGED in cell.notes for cell in cells) == len(filled) - 1:
            return GROUP
        return ""

    # --- putting together --------------------------------------------------------------------------------------------

    def _assembled(self, reading: Reading) -> ProjectFields:
        found: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in reading.fields.items()
        }
        if "dimensions" in found:
            found["dimensions"] = tuple(Share(code=code, percent=p) for code, p in found["dimensions"].items())
        found["goals"], found["targets"] = _goals(reading)
        notes = list(dict.fromkeys(note for note in reading.notes if note))
        found["audience_note"] = notes[0] if len(notes) == 1 else tuple(notes) if notes else ""
        found["location"] = self._point(reading)
        for field in reading.parts:
            found[field] = _rows(field, reading.parts[field])
        return ProjectFields(**(found | reading.exact))

    def _point(self, reading: Reading) -> Location | None:
        point = reading.point
        if not point:
            return None
        if LAT not in point or LON not in point:
            if not any(m.key == "not_coordinates" for m in reading.messages):
                self._about(reading, "location", messages.ERROR, "half_a_point")
            return None
        read = coordinates.ordered(point[LAT], point[LON])
        if read is None or not coordinates.inside(*read.value):
            self._about(reading, "location", messages.ERROR, "not_in_izmir", f"{point[LAT]}, {point[LON]}")
            return None
        if read.note:
            shown = f"{read.value[0]}, {read.value[1]}"
            self._about(
                reading, "location", messages.WARNING, f"point_{read.note}", f"{point[LAT]}, {point[LON]}", shown
            )
        return Location(round(read.value[0], 7), round(read.value[1], 7))

    def _checked(self, reading: Reading, fields: ProjectFields) -> ProjectFields | None:
        """As it will be stored; None, and a message, where that is not allowed."""
        try:
            stored = checked(self._workplace, fields)
        except NotYourDistrict as e:
            self._about(reading, "district", messages.CRITICAL, "not_your_district", e.name)
            return None
        except UnknownDistrict as e:
            self._about(reading, "district", messages.CRITICAL, "unknown_district", e.name)
            return None
        except BadField as e:
            taken = str(e.limit) if e.limit else ""
            self._about(reading, e.field, messages.CRITICAL, f"bad_{e.problem}", e.value, taken)
            return None
        except KnownError as e:
            self._about(reading, "title", messages.CRITICAL, "not_storable", str(e))
            return None
        for field, problem in warnings(stored).items():
            if problem != "ended_without_end":
                self._about(reading, field, messages.WARNING, f"look_{problem}")
        return stored

    @staticmethod
    def _about(reading: Reading, field: str, grade: str, key: str, *said: str) -> None:
        """``said``: what stood there, and what was made of it."""
        column = reading.columns.get(field)
        name = field if field in targets() else next((one.name for one in targets().values() if one.field == field), "")
        reading.messages.append(Message(reading.row, column, name, grade, key, *said))


def content_key(fields: ProjectFields, record: str = "") -> str:
    """32 hex digits for what the fields say, and of which project where that is known."""
    said = {spec.name: value for spec in FIELDS if says_something(value := getattr(fields, spec.name))}
    return hashlib.sha256(_encoder.encode(said) + record.encode()).hexdigest()[:32]


def title_key(fields: ProjectFields) -> tuple[str, str]:
    """Equal for projects that a person would take for the same by name and place."""
    return " ".join(plain(fields.title).split()), fields.district


def _in_order(found: Sequence[Message]) -> list[Message]:
    return sorted(found, key=lambda message: -1 if message.column is None else message.column)


def _corrected(row: Row, corrections: Corrections) -> list[Cell]:
    cells = list(row.cells)
    for (number, column), text in corrections.items():
        if number == row.number:
            cells += [Cell()] * (column + 1 - len(cells))
            cells[column] = text_cell(text)
    return cells


def _columns(mapping: Mapping) -> list[_Column]:
    """The columns in the order in which they are read: a district before the neighbourhood that lies in it."""
    places: dict[str, int] = {}
    columns = []
    for column, names in mapping.columns.items():
        for name in names:
            target = targets()[name]
            columns.append(_Column(target, column, places.get(name, 0), _unit(mapping.header(column))))
            places[name] = places.get(name, 0) + 1
    return sorted(columns, key=lambda column: column.target.name not in _FIRST)


def _unit(header: str) -> Unit:
    """By a unit in brackets, or as the last words of the header."""
    texts = [*_BRACKETS.findall(header), " ".join(header.split()[-2:]), " ".join(header.split()[-1:])]
    for text in texts:
        meaning = units().get(fold(text).replace("₂", "2").strip())
        if meaning is not None:
            return Unit(Decimal(meaning.get("factor", "1")), meaning.get("currency", ""))
    return Unit()


def _goals(reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Main goal first; where no column names goals, those of the targets."""
    lists = reading.goals
    goals = [*lists.get("main_goal", ()), *lists.get("goals", ()), *lists.get("further_goals", ())]
    return tuple(dict.fromkeys(goals or lists.get("of_targets", []))), tuple(dict.fromkeys(lists.get("targets", ())))


def _rows(field: str, rows: Map[int, Map[str, Any]]) -> tuple[Any, ...]:
    spec = BY_NAME[field].row
    assert spec is not None
    made = []
    for _, parts in sorted(rows.items()):
        actual = parts.get("actual")
        kept = {name: value for name, value in parts.items() if name != "actual"}
        if set(kept) == {"currency"} or not any(v not in ("", None) for v in parts.values()):
            continue
        one = spec.type(**kept)
        if field == "plans" and not one.plan:
            one = replace(one, plan="stratejik plan")
        if field == "partners" and not one.role:
            one = replace(one, role="ortak")
        made.append(replace(one, actuals=(Actual(value=actual),)) if actual is not None else one)
    return tuple(made)
