"""Tables that this program wrote itself: known by their hidden sheet, read back as exactly what was written.

Columns are found by their headers, so they may stand in any order, and any of them may be gone. What a person has
written into a cell in other words is read as in every other table.
"""

from collections import defaultdict
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from izsa_desktop.domain.authority import REVIEW, REVIEW_NOTE, overstepped
from izsa_desktop.domain.errors import TableNewer
from izsa_desktop.domain.fields import BY_NAME, Kind, RowSpec
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.rows import Share
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.table import EMPTY, Cell, Sheet, Table, address
from izsa_desktop.usecases.importing import messages
from izsa_desktop.usecases.importing.headers import Headers, headers_at
from izsa_desktop.usecases.importing.messages import Message
from izsa_desktop.usecases.importing.spot import Reading, Spot, Unit, as_text
from izsa_desktop.usecases.importing.targets import LAT, LON, targets
from izsa_desktop.usecases.outputs import layout
from izsa_desktop.usecases.outputs.exact import NotExactError, Speller, degrees_of, shape_of
from izsa_desktop.usecases.outputs.layout import Column, SheetLayout
from izsa_desktop.usecases.workplace import Workplace

_SEARCHED_ROWS = 30
_DIRECT = {layout.LAT: LAT, layout.LON: LON}
"""Columns that every table may have, by the name that they have there."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a sheet of rows: its cells by path, and where it stands."""

    sheet: str
    number: int
    cells: Map[str, tuple[int, Cell]]

    def text(self, path: str) -> str:
        return as_text(self.cells[path][1]).strip() if path in self.cells else ""


@dataclass(frozen=True, slots=True)
class OwnTable:
    """``main``: the sheet of the projects; ``columns`` its columns by their number; ``lines`` of each other sheet."""

    main: int
    headers: Headers
    columns: Map[int, Column]
    records: frozenset[str] = frozenset()
    """What stands in the column of the records' ids."""
    lines: Map[str, Map[str, list[_Line]]] = field(default_factory=dict)
    """By the sheet's name in the layout and the record's id."""


def own_table(table: Table, file: str = "", *, rows: bool = True) -> OwnTable | None:
    """What is known of a table that this program wrote; None for every other. Raises TableNewer.

    ``rows``: also what stands on the other sheets, which takes longer.
    """
    mark = next((sheet for sheet in table.sheets if sheet.name == layout.MARK_SHEET), None)
    marks = [[as_text(cell) for cell in row.cells] for row in mark.rows] if mark is not None else []
    if not marks or marks[0][:1] != [layout.MARK]:
        return None
    if marks[0][1:2] != [str(layout.VERSION)]:
        raise TableNewer(file)
    headers: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for name, of, header, path in (row[:4] for row in marks[1:] if len(row) >= 4):
        headers[name, of][header] = path
    by_name = {sheet.name: n for n, sheet in enumerate(table.sheets)}
    found: OwnTable | None = None
    lines: dict[str, Map[str, list[_Line]]] = {}
    layouts = {one.name: one for one in layout.sheets(personal=True)}
    for (name, of), paths in headers.items():
        if name not in by_name or of not in layouts:
            continue
        sheet = table.sheets[by_name[name]]
        row, columns = _columns(sheet, layouts[of], paths)
        if of == layout.PROJECTS and columns:
            found = OwnTable(
                by_name[name], headers_at(sheet, row), columns, _records(sheet, columns) if rows else frozenset(), lines
            )
        elif rows and of != layout.PROJECTS:
            lines[of] = _lines(sheet, row, columns)
    return found


def _columns(sheet: Sheet, one: SheetLayout, paths: Map[str, str]) -> tuple[int, dict[int, Column]]:
    """The number of the row with the headers, and what stands below each."""
    known = {column.path: column for column in one.columns}
    best: tuple[int, dict[int, Column]] = (0, {})
    for row in sheet.rows[:_SEARCHED_ROWS]:
        texts = [" ".join(as_text(cell).split()) for cell in row.cells]
        columns = {n: known[paths[text]] for n, text in enumerate(texts) if paths.get(text) in known}
        if len(columns) > len(best[1]):
            best = row.number, columns
    return best


def _records(sheet: Sheet, columns: Map[int, Column]) -> frozenset[str]:
    place = next((n for n, column in columns.items() if column.path == layout.ID), None)
    if place is None:
        return frozenset()
    return frozenset(as_text(row.cells[place]).strip() for row in sheet.rows if place < len(row.cells))


def _lines(sheet: Sheet, headers: int, columns: Map[int, Column]) -> dict[str, list[_Line]]:
    found: dict[str, list[_Line]] = defaultdict(list)
    for row in sheet.rows:
        cells = {c.path: (n, row.cells[n]) for n, c in columns.items() if n < len(row.cells)}
        line = _Line(sheet.name, row.number, cells)
        if row.number > headers and (record := line.text(layout.ID)):
            found[record].append(line)
    return dict(found)


def own_targets(own: OwnTable) -> dict[int, tuple[str, ...]]:
    """Which columns speak of something that other tables may speak of too."""
    names = {n: _DIRECT.get(column.path, column.path.replace(".", "_")) for n, column in own.columns.items()}
    return {n: (name,) for n, name in sorted(names.items()) if name in targets()}


class OwnCells:
    """Reads the cells of rows of such a table; ``other`` reads what is not written as this program writes."""

    def __init__(self, workplace: Workplace, own: OwnTable, other: Any) -> None:
        self._own, self._other, self._body = own, other, workplace.identity.body
        self._speller = Speller(workplace.reference, Translator(workplace.identity.language))
        with workplace.store.reading() as reader:
            here = reader.projects_by_id(own.records)
        self._here: dict[str, ProjectFields] = {project.id: project.fields for project in here}

    def read(self, reading: Reading, cells: Sequence[Cell]) -> None:
        """Takes a row into ``reading.exact``, or ``reading.fields`` where it says something in other words."""
        texts = {column.path: as_text(cells[n]) for n, column in self._own.columns.items() if n < len(cells)}
        reading.record = texts.get(layout.ID, "").strip()
        for number, column in self._own.columns.items():
            if column.spec is not None and number < len(cells) and cells[number].kind != EMPTY:
                self._cell(reading, number, column, cells[number])
        self._put_together(reading)
        self._rows(reading)
        self._leave_what_the_office_decides(reading)

    def _cell(self, reading: Reading, number: int, column: Column, cell: Cell) -> None:
        assert column.spec is not None
        name = layout.field_of(column.path)
        reading.columns.setdefault(name, number)
        try:
            degrees = column.path in _DIRECT
            reading.exact[column.path] = degrees_of(cell) if degrees else self._speller.value(column.spec, cell)
        except NotExactError:
            self._in_other_words(reading, number, column, cell)

    def _in_other_words(self, reading: Reading, number: int, column: Column, cell: Cell) -> None:
        target = targets().get(_DIRECT.get(column.path, column.path.replace(".", "_")))
        if target is not None:
            self._other.read(Spot(reading, target, number), cell, 0, Unit())
        else:
            said = Message(reading.row, number, "", messages.WARNING, "own_part", as_text(cell))
            reading.messages.append(said)

    def _put_together(self, reading: Reading) -> None:
        """Columns that are parts of one field, and fields of which only some cells were exact."""
        exact = reading.exact
        lat, lon, about = (exact.pop(path, None) for path in (layout.LAT, layout.LON, layout.APPROXIMATE))
        if lat is not None and lon is not None:
            exact["location"] = Location(lat, lon, about is True)
        elif lat is not None or lon is not None:
            reading.point |= {name: v for name, v in ((LAT, lat), (LON, lon)) if v is not None}
        shares = {code: exact.pop(f"dimensions.{code}", None) for code in layout.DIMENSIONS}
        shares |= reading.fields.pop("dimensions", {})
        if any(shares.values()):
            exact["dimensions"] = tuple(Share(code=code, percent=p) for code, p in sorted(shares.items()) if p)
        if reading.notes and isinstance(exact.get(layout.NOTES), str):
            reading.notes.insert(0, exact.pop(layout.NOTES))

    # --- other sheets ------------------------------------------------------------------------------------------------

    def _rows(self, reading: Reading) -> None:
        if not reading.record:
            return
        for name, by_record in self._own.lines.items():
            lines = by_record.get(reading.record, [])
            if not lines or "." in name:
                continue
            if name == layout.NOTES:
                reading.exact[name] = tuple(line.text(layout.PIECE) for line in lines)
            elif name == layout.SHAPE:
                self._shape(reading, lines)
            else:
                spec = BY_NAME[name].row
                assert spec is not None
                reading.exact[name] = tuple(self._made(reading, name, spec, line) for line in _each_once(lines, spec))

    def _shape(self, reading: Reading, lines: Sequence[_Line]) -> None:
        try:
            reading.exact[layout.SHAPE] = shape_of(line.text(layout.PIECE) for line in lines)
        except NotExactError:
            self._not_understood(reading, lines[0], 0, "…")

    def _made(self, reading: Reading, name: str, spec: RowSpec, line: _Line) -> Any:
        found: dict[str, Any] = {spec.key: line.text(layout.KEY)}
        for part in spec.attributes:
            number, cell = line.cells.get(part.name, (0, Cell()))
            if part.row is not None:
                found[part.name] = tuple(self._below(reading, f"{name}.{part.name}", part.row, found[spec.key]))
            elif cell.kind != EMPTY:
                try:
                    found[part.name] = self._speller.value(part, cell)
                except NotExactError:
                    if part.kind is Kind.TEXT:  # any cell may be a text; everything else must be what it is
                        found[part.name] = as_text(cell)
                    else:
                        self._not_understood(reading, line, number, as_text(cell))
        return spec.type(**found)

    def _below(self, reading: Reading, name: str, spec: RowSpec, key: str) -> list[Any]:
        lines = [
            line for line in self._own.lines.get(name, {}).get(reading.record, []) if line.text(layout.OF_ROW) == key
        ]
        return [self._made(reading, name, spec, line) for line in _each_once(lines, spec)] if key else []

    @staticmethod
    def _not_understood(reading: Reading, line: _Line, number: int, text: str) -> None:
        where = f"{line.sheet}, {address(line.number, number)}: {text}"
        reading.messages.append(Message(reading.row, None, "", messages.WARNING, "own_part", where))

    # --- what others decide ------------------------------------------------------------------------------------------

    def _leave_what_the_office_decides(self, reading: Reading) -> None:
        stands = self._here.get(reading.record, ProjectFields())
        for name in (REVIEW, REVIEW_NOTE):
            said = reading.exact.get(name)
            if said and overstepped(self._body, self._body, {name: said}):
                del reading.exact[name]
                if said != getattr(stands, name):
                    column = reading.columns.get(name)
                    message = Message(reading.row, column, "", messages.WARNING, "own_office_decides", str(said))
                    reading.messages.append(message)


def _each_once(lines: Sequence[_Line], spec: RowSpec) -> list[_Line]:
    """Copied rows keep their key: the second of them is a new row, unless the key is what the row is about."""
    seen: set[str] = set()
    found = []
    for line in lines:
        key = line.text(layout.KEY)
        if key in seen and not spec.natural:
            cells = {path: held for path, held in line.cells.items() if path != layout.KEY}
            found.append(_Line(line.sheet, line.number, cells))
        else:
            found.append(line)
        seen.add(key)
    return found
