"""Excel workbooks (``.xlsx``, ``.xlsm``): values, with formulas, merged cells and hidden rows noted in one pass."""

import posixpath
import re
from datetime import date, datetime, timedelta

from izsa_desktop.domain.errors import TableDamaged
from izsa_desktop.tables.package import Handler, Package, attribute
from izsa_desktop.tables.table import (
    BOOL,
    DATE,
    EMPTY,
    ERROR,
    FORMULA,
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_SHEETS,
    NUMBER,
    Budget,
    Cell,
    Sheet,
    SheetBuilder,
    Table,
    column_of,
    text_cell,
)

WORKBOOK = "xl/workbook.xml"
_MAX_STRINGS = 4_000_000
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_DATE_PARTS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|general', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}


def read(package: Package, budget: Budget) -> Table:
    """All worksheets in their order. Raises TableDamaged, TableEncrypted, TableTooBig."""
    book = _Book()
    package.parse(WORKBOOK, book)
    targets = _Targets()
    package.parse("xl/_rels/workbook.xml.rels", targets)
    styles = _Styles()
    if "xl/styles.xml" in package:
        package.parse("xl/styles.xml", styles)
    strings = _Strings()
    if targets.strings and targets.strings in package:
        package.parse(targets.strings, strings)
    sheets = []
    for name, relation, hidden in book.sheets[:MAX_SHEETS]:
        part = targets.sheets.get(relation)
        if part is not None and part in package:
            reader = _SheetReader(SheetBuilder(name, budget, hidden=hidden), budget, strings.found, styles, book.mac)
            package.parse(part, reader)
            sheets.append(reader.finish())
    if not sheets:
        raise TableDamaged(package.file, WORKBOOK)
    return Table(tuple(sheets), "xlsx")


class _Book(Handler):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.mac = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attribute(attributes, "id"), hidden))
        elif name == "workbookPr":
            self.mac = attributes.get("date1904") in ("1", "true")


class _Targets(Handler):
    """Which part a relation stands for. What lies outside the file is passed over."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.strings = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind == "worksheet":
            self.sheets[attributes.get("Id", "")] = part
        elif kind == "sharedStrings":
            self.strings = part


class _Styles(Handler):
    """Which cell styles show a number as a date, and which as a percentage."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._inside = False
        self.dates: set[str] = set()
        self.percents: set[str] = set()
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._note(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False

    def _note(self, format_: str) -> None:
        code = self._codes.get(format_, "")
        plain = _NOT_DATE_PARTS.sub("", code).lower()
        if (
            (any(letter in plain for letter in "dmyhsga"))
            if code
            else (format_.isdigit() and int(format_) in _DATE_FORMATS)
        ):
            self.dates.add(str(self._count))
        elif "%" in plain or format_ in ("9", "10"):
            self.percents.add(str(self._count))
        self._count += 1


class _Strings(Handler):
    """The texts that cells refer to by number. Readings of Asian characters are left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._taking = False
        self._reading = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "t":
            self._taking = not self._reading
        elif name == "rPh":
            self._reading = True

    def end(self, name: str) -> None:
        if name == "t":
            self._taking = False
        elif name == "rPh":
            self._reading = False
        elif name == "si":
            if len(self.found) < _MAX_STRINGS:
                self.found.append(_unescaped("".join(self._pieces)))
            self._pieces.clear()

    def text(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)


class _SheetReader(Handler):
    def __init__(self, builder: SheetBuilder, budget: Budget, strings: list[str], styles: _Styles, mac: bool) -> None:
        self._builder, self._budget, self._strings, self._styles = builder, budget, strings, styles
        self._epoch = _EPOCHS[mac]
        self._row = self._column_groups = 0
        self._hidden = False
        self._column = -1
        self._kind = self._style = ""
        self._formula = self._taking = False
        self._pieces: list[str] = []

    def finish(self) -> Sheet:
        return self._builder.build()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            reference = attributes.get("r")
            self._column = column_of(reference) if reference else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._formula = False
            self._pieces.clear()
        elif name in ("v", "t"):
            self._taking = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            self._hide_columns(_whole(attributes.get("min")), _whole(attributes.get("max")))

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._taking = False
        elif name == "c" and (self._pieces or self._formula):
            cell = self._cell("".join(self._pieces))
            if cell.kind != EMPTY or cell.notes:
                if self._hidden:
                    self._builder.hidden_rows.add(self._row)
                self._builder.put(self._row, max(self._column, 0), cell)

    def text(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._budget.row()
        self._row = _whole(attributes.get("r")) or self._row + 1
        self._column = -1
        self._hidden = attributes.get("hidden") in ("1", "true")

    def _hide_columns(self, first: int, last: int) -> None:
        self._column_groups += 1
        if self._column_groups <= MAX_COLUMNS:
            self._builder.hidden_columns.update(range(max(first - 1, 0), min(last, MAX_COLUMNS)))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, bottom = (
            _whole(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
            _whole(last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
        )
        if len(self._builder.merged) < MAX_MERGED and bottom >= top > 0:
            self._builder.merged.append((top, max(column_of(first), 0), bottom, column_of(last)))

    def _cell(self, raw: str) -> Cell:  # noqa: PLR0911  # one line a kind
        notes = (FORMULA,) if self._formula else ()
        kind = self._kind
        if kind == "s":
            position = _whole(raw, -1)
            return text_cell(self._strings[position] if 0 <= position < len(self._strings) else "", notes)
        if kind in ("str", "inlineStr"):
            return text_cell(_unescaped(raw), notes)
        if not raw.strip():
            return Cell(None, EMPTY, notes)
        if kind == "b":
            return Cell(raw.strip() in ("1", "true"), BOOL, notes)
        if kind == "e":
            return Cell(raw.strip()[:20], ERROR, notes)
        if kind == "d":
            return _iso_date(raw, notes)
        return self._number(raw, notes)

    def _number(self, raw: str, notes: tuple[str, ...]) -> Cell:
        try:
            number = float(raw)
        except ValueError:
            return text_cell(raw, notes)
        if self._style in self._styles.dates:
            moment = from_serial(number, self._epoch)
            if moment is not None:
                return Cell(moment, DATE, notes)
        return Cell(int(number) if number.is_integer() and abs(number) < 1e15 else number, NUMBER, notes)


def from_serial(number: float, epoch: datetime = _EPOCHS[False]) -> date | datetime | None:
    """The day (and time) that a spreadsheet means by a number; None before 1900 and after 9999."""
    if not 1 <= number < 2_958_466:
        return None
    if epoch == _EPOCHS[False] and number < 60:
        number += 1  # the spreadsheet believes in a 29 February 1900
    moment = epoch + timedelta(days=round(number * 86400) / 86400)
    return moment.date() if float(number).is_integer() else moment


def _iso_date(raw: str, notes: tuple[str, ...]) -> Cell:
    try:
        moment = datetime.fromisoformat(raw.strip())
    except ValueError:
        return text_cell(raw, notes)
    return Cell(moment if moment.time().replace(tzinfo=None) != datetime.min.time() else moment.date(), DATE, notes)


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise
