"""Projects as a workbook that comes back without loss, and as one flat text table."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from izsa_desktop.domain.project import Location, Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.validation import REQUIRED_TO_SEND
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.books import BookColumn, BookSheet, book_bytes
from izsa_desktop.tables.table import MAX_COLUMNS, Value
from izsa_desktop.tables.writing import csv_bytes
from izsa_desktop.usecases.outputs import layout
from izsa_desktop.usecases.outputs.exact import Speller
from izsa_desktop.usecases.outputs.formats import day_of, newest
from izsa_desktop.usecases.outputs.layout import Column, SheetLayout

_PIECE = 30_000
"""Characters of a cell, below what a spreadsheet holds: of a line or area with many vertices."""
_FLAT = ("partners", "funding", "plans", "indicators", "sites")
"""Rows that a flat table has beside each other: the nth columns of a part are the nth row's."""
_MOST_FLAT = 5
_STEP = 500


def workbook(
    projects: Sequence[Project], known: Reference, t: Translator, step: Callable[[], None], *, personal: bool
) -> bytes:
    """All that the projects say, one sheet for each kind of row. ``personal``: also what is about persons.

    ``step`` is called now and then, and may raise.
    """
    writer = _Writer(known, t)
    layouts = layout.sheets(personal=personal)
    made = []
    for one in layouts:
        step()
        made.append(writer.sheet(one, projects))
    return book_bytes([*made, _mark(layouts, made, t)], t("outputs.lists"), step, day_of(newest(projects)))


def flat(
    projects: Sequence[Project], known: Reference, t: Translator, step: Callable[[], None], *, personal: bool
) -> tuple[bytes, int]:
    """One row for each project; of its own rows the first few, as many as the columns allow. Also how many of these
    rows found no room.
    """
    writer = _Writer(known, t)
    main, *others = layout.sheets(personal=personal)
    by_name = {one.name: one for one in others}
    most = {name: max((len(getattr(p.fields, name)) for p in projects), default=0) for name in _FLAT}
    wide: list[tuple[SheetLayout | None, Column, int]] = [(None, column, 0) for column in main.columns]
    for place in range(_MOST_FLAT):
        for name in _FLAT:
            parts = [column for column in by_name[name].columns if not column.path.startswith("@")]
            if place < most[name] and len(wide) + len(parts) <= MAX_COLUMNS:
                wide += [(by_name[name], column, place) for column in parts]
    rows: list[list[Value]] = [[_flat_label(t, main, sheet, column, place) for sheet, column, place in wide]]
    for count, project in enumerate(projects):
        if count % _STEP == 0:
            step()
        rows.append([writer.flat_cell(project, sheet, column, place) for sheet, column, place in wide])
    room = Counter(sheet.name for sheet, place in {(sheet, place) for sheet, _, place in wide} if sheet is not None)
    cut = sum(max(len(getattr(project.fields, name)) - room[name], 0) for project in projects for name in _FLAT)
    return csv_bytes(rows), cut


def _flat_label(t: Translator, main: SheetLayout, sheet: SheetLayout | None, column: Column, place: int) -> str:
    if sheet is None:
        return layout.label(t, main, column.path)
    part = layout.label(t, sheet, column.path)
    return f"{t('import.part', field=t.field(sheet.name), part=part)} {place + 1}"


def _mark(layouts: Sequence[SheetLayout], made: Sequence[BookSheet], t: Translator) -> BookSheet:
    """The sheet by which the table is known when it comes back."""
    rows: list[list[Value]] = [
        [sheet.name, one.name, header.header, column.path]
        for one, sheet in zip(layouts, made, strict=True)
        for column, header in zip(one.columns, sheet.columns, strict=True)
    ]
    return BookSheet(layout.MARK_SHEET, (), [[layout.MARK, layout.VERSION, t.language], *rows], hidden=True)


class _Writer:
    def __init__(self, known: Reference, t: Translator) -> None:
        self._known, self._t, self._speller = known, t, Speller(known, t)

    def sheet(self, one: SheetLayout, projects: Sequence[Project]) -> BookSheet:
        t = self._t
        columns = tuple(
            BookColumn(
                layout.label(t, one, column.path),
                column.width,
                self._speller.choices(column.spec) if column.spec is not None else (),
                one.name == layout.PROJECTS and column.path in REQUIRED_TO_SEND,
            )
            for column in one.columns
        )
        rows = [row for project in projects for row in self._rows(one, project)]
        name = t(f"outputs_sheet.{one.name.replace('.', '_')}")
        return BookSheet(name, columns, rows, fixed=3 if one.name == layout.PROJECTS else 2)

    def flat_cell(self, project: Project, sheet: SheetLayout | None, column: Column, place: int) -> Value:
        if sheet is None:
            return self._of_project(project, column, several=True)
        rows = getattr(project.fields, sheet.name)
        if place >= len(rows) or column.spec is None:
            return None
        return self._speller.cell(column.spec, getattr(rows[place], column.path))

    def _rows(self, one: SheetLayout, project: Project) -> Iterable[list[Value]]:
        match one.name:
            case layout.PROJECTS:
                yield [self._of_project(project, column) for column in one.columns]
            case layout.NOTES | layout.SHAPE:
                for piece in self._pieces(one.name, project):
                    yield [project.id, project.fields.title or None, piece]
            case _:
                for of, row in _rows_of(one, project):
                    yield [self._of_row(project, one, column, of, row) for column in one.columns]

    def _of_project(self, project: Project, column: Column, *, several: bool = False) -> Value:
        """``several``: own words of several parts in one cell, for people alone."""
        f = project.fields
        field, _, part = column.path.partition(".")
        if column.path == layout.ID:
            return project.id
        if column.path == layout.NUMBER:
            return project.number or None
        assert column.spec is not None
        held: Any = getattr(f, field)
        if field == "location" and part:
            held = getattr(held, part) if isinstance(held, Location) else None
            return float(held) if part != "approximate" and held is not None else self._speller.cell(column.spec, held)
        if field == "dimensions" and part:
            held = next((share.percent for share in held if share.code == part), None)
        if field == layout.NOTES and not isinstance(held, str):
            held = "; ".join(held) if several else ""
        return self._speller.cell(column.spec, held)

    def _of_row(self, project: Project, one: SheetLayout, column: Column, of: str, row: Any) -> Value:
        assert one.row is not None
        match column.path:
            case layout.ID:
                return project.id
            case layout.TITLE:
                return project.fields.title or None
            case layout.KEY:
                return str(getattr(row, one.row.key)) or None
            case layout.OF_ROW:
                return of or None
        assert column.spec is not None
        return self._speller.cell(column.spec, getattr(row, column.path))

    def _pieces(self, name: str, project: Project) -> Iterator[str]:
        held = getattr(project.fields, name)
        if name == layout.NOTES:
            yield from () if isinstance(held, str) else held
        elif held is not None:
            text = self._speller.shape_text(held)
            yield from (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))


def _rows_of(one: SheetLayout, project: Project) -> Iterator[tuple[str, Any]]:
    """The rows of a project that stand on this sheet, each with the key of the row that it belongs to."""
    name, _, inner = one.name.partition(".")
    for row in getattr(project.fields, name):
        if inner:
            yield from ((row.key, below) for below in getattr(row, inner))
        else:
            yield "", row
