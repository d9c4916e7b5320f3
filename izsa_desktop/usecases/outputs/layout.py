"""Which columns a table of projects has: one sheet for the projects, one for each kind of repeated part.

Every column has a *path* that no language changes. A hidden sheet (``MARK``) names the columns by their paths, so that
the table is known when it comes back, whatever order its columns are in by then.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from izsa_desktop.domain.fields import FIELDS, FieldSpec, Kind, RowSpec
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.importing.headers import target_label

MARK, MARK_SHEET, VERSION = "izsa-table", "_izsa", 1
ID, NUMBER, TITLE, KEY, OF_ROW, PIECE = "@id", "@number", "@title", "@key", "@of", "@piece"
"""Columns that are no field: the record, its number and title, a row's key, the row that a row belongs to, a text."""
LAT, LON, APPROXIMATE = "location.lat", "location.lon", "location.approximate"
PROJECTS, NOTES, SHAPE = "projects", "audience_note", "shape"
"""Sheets that are no list of rows: the projects, several own words of one project, lines and areas."""
TO_THE_DISTRICT = "review_note"
"""What the office wrote to a district; it is not declared as personal, and no more for outsiders than that."""
DIMENSIONS = ("çevresel", "ekonomik", "sosyal", "yönetişim")
_DEGREES = FieldSpec("location", Kind.NUMBER, least=-180, most=180)
_YES = FieldSpec("location", Kind.FLAG)
_WIDE = {"title": 34, "purpose": 44, "summary": 44, "purpose_en": 44, "title_en": 34, "audience": 24, "source": 30}


@dataclass(frozen=True, slots=True)
class Column:
    """``spec`` is None for a column that is no field."""

    path: str
    spec: FieldSpec | None = None
    width: int = 18


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """``name``: of the field whose rows it holds; a row within a row has both names: ``indicators.actuals``."""

    name: str
    columns: tuple[Column, ...]
    row: RowSpec | None = None


def sheets(*, personal: bool) -> tuple[SheetLayout, ...]:
    """All sheets, that of the projects first. ``personal``: with what is about persons."""
    found = [SheetLayout(PROJECTS, tuple(_of_projects(personal)))]
    head = (Column(ID, width=14), Column(TITLE, width=30))
    for spec in FIELDS:
        if spec.kind is Kind.NOTES:
            found.append(SheetLayout(NOTES, (*head, Column(PIECE, width=44))))
        elif spec.kind is Kind.SHAPE:
            found.append(SheetLayout(SHAPE, (*head, Column(PIECE, width=44))))
        elif spec.row is not None:
            found += _of_rows(spec.name, spec.row, head, personal)
    return tuple(found)


def label(t: Translator, sheet: SheetLayout, path: str) -> str:
    """What stands over a column."""
    if path.startswith("@"):
        return _label_beside(t, sheet, path)
    if path in (LAT, LON):
        return t.field(path.partition(".")[2])
    if path == APPROXIMATE:
        return t("outputs.approximate")
    if sheet.name != PROJECTS:
        return t(f"part.{sheet.name.rpartition('.')[2]}_{path}")
    return target_label(t, path.replace(".", "_")) if "." in path else t.field(path)


def _label_beside(t: Translator, sheet: SheetLayout, path: str) -> str:
    named = {ID: "id", NUMBER: "number", TITLE: "title"}
    if path in named:
        return t.field(named[path])
    if path == KEY and sheet.row is not None and sheet.row.natural:
        return t("outputs.goal") if sheet.row.key == "code" else t("outputs.other_project")
    return t({KEY: "outputs.row_key", OF_ROW: "outputs.of_indicator", PIECE: "outputs.text"}[path])


def field_of(path: str) -> str:
    """The field of a project that a column of the projects' sheet belongs to."""
    return path.partition(".")[0]


def _of_projects(personal: bool) -> Iterator[Column]:
    yield from (Column(ID, width=14), Column(NUMBER, width=20))
    for spec in FIELDS:
        if (spec.personal or spec.name == TO_THE_DISTRICT) and not personal:
            continue
        if spec.kind is Kind.POINT:
            yield from (Column(LAT, _DEGREES, 12), Column(LON, _DEGREES, 12), Column(APPROXIMATE, _YES, 12))
        elif spec.kind is Kind.SHARES:
            for code in DIMENSIONS:
                yield Column(f"{spec.name}.{code}", FieldSpec(spec.name, Kind.COUNT, least=0, most=100), 12)
        elif spec.row is None and spec.kind is not Kind.SHAPE:
            yield Column(spec.name, spec, _WIDE.get(spec.name, 18))


def _of_rows(name: str, row: RowSpec, head: tuple[Column, ...], personal: bool) -> Iterator[SheetLayout]:
    parts = tuple(
        Column(spec.name, spec, 34 if spec.name in ("name", "text", "why", "note") else 18)
        for spec in row.attributes
        if spec.kind is not Kind.ROWS and (personal or not spec.personal)
    )
    key = Column(KEY, width=14)
    yield SheetLayout(name, (*head, key, *parts) if row.natural else (*head, *parts, key), row)
    for spec in row.attributes:
        if spec.row is not None:
            of = Column(OF_ROW, width=18)
            inner = tuple(Column(one.name, one) for one in spec.row.attributes)
            yield SheetLayout(f"{name}.{spec.name}", (*head, of, *inner, key), spec.row)
