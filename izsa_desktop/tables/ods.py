"""LibreOffice's tables (``.ods``): what is repeated a million times is repeated only where it holds something."""

from datetime import datetime

from izsa_desktop.domain.errors import TableDamaged, TableEncrypted
from izsa_desktop.tables.package import Handler, Package, attribute
from izsa_desktop.tables.table import (
    BOOL,
    DATE,
    EMPTY,
    FORMULA,
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_ROWS,
    MAX_SHEETS,
    MAX_TEXT,
    NUMBER,
    Budget,
    Cell,
    Sheet,
    SheetBuilder,
    Table,
    text_cell,
)

CONTENT, MIME = "content.xml", b"application/vnd.oasis.opendocument.spreadsheet"
_NUMBERS = ("float", "percentage", "currency")


def read(package: Package, budget: Budget) -> Table:
    """All tables in their order. Raises TableDamaged, TableEncrypted, TableTooBig."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise TableEncrypted(package.file)
    reader = _Reader(budget)
    package.parse(CONTENT, reader)
    if not reader.sheets:
        raise TableDamaged(package.file, CONTENT)
    return Table(tuple(reader.sheets), "ods")


class _Reader(Handler):
    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.sheets: list[Sheet] = []
        self._builder: SheetBuilder | None = None
        self._invisible: set[str] = set()
        self._family_style = ""
        self._row = self._column = 0
        self._row_repeated = 1
        self._hidden = False
        self._letters = 0
        self._filled: list[tuple[int, Cell]] = []
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._in_paragraph = 0
        self._in_note = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("p", "h"):
            self._begin_paragraph()
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._paragraphs, self._letters = attributes, [], 0
        elif name == "table-row":
            self._begin_row(attributes)
        elif name == "table" and len(self.sheets) < MAX_SHEETS:
            hidden = attribute(attributes, "style-name") in self._invisible
            self._builder = SheetBuilder(attribute(attributes, "name"), self._budget, hidden=hidden)
            self._row = 0
            self._column = 0
        elif name == "table-column" and self._builder is not None:
            self._note_column(attributes)
        elif name == "annotation":
            self._in_note += 1
        elif name in ("s", "tab", "line-break"):
            self.text({"tab": "\t", "line-break": "\n"}.get(name) or " " * min(_count(attributes, "c"), 1000))
        elif name == "style":
            self._family_style = attribute(attributes, "name")
        elif name == "table-properties" and attribute(attributes, "display") == "false":
            self._invisible.add(self._family_style)

    def end(self, name: str) -> None:
        if name in ("p", "h"):
            self._in_paragraph = max(0, self._in_paragraph - 1)
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif name == "table-row":
            self._end_row()
        elif name == "table" and self._builder is not None:
            self.sheets.append(self._builder.build())
            self._builder = None
        elif name == "annotation":
            self._in_note = max(0, self._in_note - 1)

    def text(self, text: str) -> None:
        inside = self._in_paragraph and self._cell is not None and not self._in_note
        if inside and self._paragraphs and self._letters <= MAX_TEXT:
            self._letters += len(text)
            self._paragraphs[-1] += text

    def _begin_paragraph(self) -> None:
        self._in_paragraph += 1
        if self._cell is not None and not self._in_note and len(self._paragraphs) < MAX_TEXT:
            self._paragraphs.append("")

    def _note_column(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "number-columns-repeated")
        if self._builder is not None and attribute(attributes, "visibility") in ("collapse", "filter"):
            self._builder.hidden_columns.update(range(self._column, min(self._column + count, MAX_COLUMNS)))
        self._column += count

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._budget.row()
        self._row_repeated = _count(attributes, "number-rows-repeated")
        self._column, self._filled, self._hidden = 0, [], False
        if self._builder is not None and attribute(attributes, "visibility") in ("collapse", "filter"):
            self._hidden = True

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell, None
        if attributes is None or self._builder is None:
            return
        count = _count(attributes, "number-columns-repeated")
        cell = _cell(attributes, "\n".join(self._paragraphs))
        if cell.kind != EMPTY or cell.notes:
            room = MAX_COLUMNS + 1 - self._column  # one too many shows that there are too many
            self._filled += [(self._column + n, cell) for n in range(max(0, min(count, room)))]
            self._note_span(attributes)
        self._column += count

    def _note_span(self, attributes: dict[str, str]) -> None:
        down, across = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        if self._builder is not None and (down > 1 or across > 1) and len(self._builder.merged) < MAX_MERGED:
            top = self._row + 1
            self._builder.merged.append((top, self._column, top + down - 1, self._column + across - 1))

    def _end_row(self) -> None:
        builder = self._builder
        if builder is not None and self._filled:
            for n in range(min(self._row_repeated, MAX_ROWS + 1)):
                if self._hidden and not builder.over:
                    builder.hidden_rows.add(self._row + 1 + n)
                for column, cell in self._filled:
                    builder.put(self._row + 1 + n, column, cell)
                if builder.over:
                    break
        self._row += self._row_repeated


def _cell(attributes: dict[str, str], text: str) -> Cell:
    kind = attribute(attributes, "value-type")
    notes = (FORMULA,) if attribute(attributes, "formula") else ()
    try:
        if kind in _NUMBERS:
            number = float(attribute(attributes, "value"))
            return Cell(int(number) if number.is_integer() and abs(number) < 1e15 else number, NUMBER, notes)
        if kind == "date":
            moment = datetime.fromisoformat(attribute(attributes, "date-value"))
            return Cell(moment if moment.time() != datetime.min.time() else moment.date(), DATE, notes)
    except ValueError:
        return text_cell(text, notes)
    if kind == "boolean":
        return Cell(attribute(attributes, "boolean-value") == "true", BOOL, notes)
    return text_cell(text, notes)


def _count(attributes: dict[str, str], name: str) -> int:
    text = attribute(attributes, name)
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
