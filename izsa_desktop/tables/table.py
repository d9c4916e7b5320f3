"""A table as it stands in its file: sheets of rows of cells, with what a person should know about each cell."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time

import msgspec

MAX_FILE = 64 << 20
"""Bytes of a file."""
MAX_UNPACKED = 512 << 20
"""Bytes of all unpacked parts of a file that are read."""
MAX_SHEETS = 200
MAX_ROWS = 50_000
"""Filled rows of a sheet."""
MAX_COLUMNS = 200
MAX_CELLS = 2_000_000
"""Filled cells of a file."""
MAX_TEXT = 32_767
"""Characters of a cell: what a spreadsheet holds. More is cut, and said."""
MAX_MERGED = 20_000
"""Merged areas of a sheet."""
MAX_COPIES = 500_000
"""Cells of a sheet that show another's value because they are merged with it."""
STEP_ROWS = 500

TEXT, NUMBER, DATE, BOOL, ERROR, EMPTY = "text", "number", "date", "bool", "error", "empty"

FORMULA_STARTS = frozenset("=+-@|\t\r\n＝＋－＠")
"""What a text in CSV begins with that some spreadsheet would compute: an apostrophe goes before it."""


def guarded(text: str) -> str:
    """The text as it stands in CSV, so that no spreadsheet computes it; ``without_guard`` gives the text again."""
    return f"'{text}" if _asks_for_guard(text) else text


def without_guard(text: str) -> str:
    """Without the apostrophe that keeps a text in CSV from being computed."""
    return text[1:] if text.startswith("'") and _asks_for_guard(text[1:]) else text


def _asks_for_guard(text: str) -> bool:
    """Also where apostrophes of its own stand before it: one of them would else pass for the guard."""
    bare = text.lstrip("'")
    return len(bare) > 1 and bare[0] in FORMULA_STARTS


FORMULA, MERGED, CUT = "formula", "merged", "cut"
"""Notes of a cell: its value was computed; it is another cell's, with which it is merged; its text was too long."""

ROWS, COLUMNS, CELLS = "rows", "columns", "cells"
"""Of what a sheet has too much."""

Value = str | int | float | bool | date | datetime | time | None
Step = Callable[[], None]
"""Called again and again while reading; may raise ``Cancelled``."""


class Cell(msgspec.Struct, frozen=True):
    """One cell. ``kind`` says what the file holds, not what it means: a date typed as text is a text."""

    value: Value = None
    kind: str = EMPTY
    notes: tuple[str, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """The cells up to the last filled one; ``number`` is what the spreadsheet shows at its left."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


class Sheet(msgspec.Struct, frozen=True):
    """The rows that hold anything. ``over`` names of what there is too much; then there are no rows."""

    name: str
    rows: tuple[Row, ...] = ()
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    over: str = ""


class Table(msgspec.Struct, frozen=True):
    """A file. ``encoding`` and ``delimiter`` are those of a text table, empty for a workbook."""

    sheets: tuple[Sheet, ...]
    format: str
    encoding: str = ""
    delimiter: str = ""
    broken_quotes: bool = False
    """A quotation mark was opened and never closed: quotation marks were taken as plain characters."""


NOTHING = Cell()


def text_cell(text: str, notes: tuple[str, ...] = ()) -> Cell:
    """A cell with a text, empty when there is nothing to read in it."""
    if len(text) > MAX_TEXT:
        text, notes = text[:MAX_TEXT], (*notes, CUT)
    if not text or text.isspace():
        return Cell(None, EMPTY, notes) if notes else NOTHING
    return Cell(text, TEXT, notes)


def column_letters(column: int) -> str:
    """``A`` for column 0, ``AA`` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """What a spreadsheet calls a cell: ``C17`` for row 17, column 2."""
    return f"{column_letters(column)}{row}"


def column_of(reference: str) -> int:
    """The column of ``C17`` or ``C``: 2. -1 when there are no letters; large ones stay large."""
    column = 0
    for letter in reference[:4]:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column - 1


class Budget:
    """How many cells may still be taken of a file, and a step now and then."""

    def __init__(self, step: Step) -> None:
        self._step, self._rows, self.cells = step, 0, MAX_CELLS

    def row(self) -> None:
        """Another row was read, filled or not."""
        self._rows += 1
        if self._rows % STEP_ROWS == 0:
            self._step()


class SheetBuilder:
    """Collects the filled cells of one sheet; knows when it is enough."""

    def __init__(self, name: str, budget: Budget, *, hidden: bool = False) -> None:
        self._name, self._budget, self._hidden = name, budget, hidden
        self._rows: dict[int, dict[int, Cell]] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        """First row, first column, last row, last column."""
        self.over = ""
        self._copies = 0

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Keeps a filled cell; from the first one that is too much on nothing is kept."""
        if self.over:
            return
        cells = self._rows.get(row)
        if column >= MAX_COLUMNS:
            self.over = COLUMNS
        elif cells is None and len(self._rows) >= MAX_ROWS:
            self.over = ROWS
        elif self._budget.cells <= 0:
            self.over = CELLS
        else:
            if cells is None:
                cells = self._rows[row] = {}
            cells[column] = cell
            self._budget.cells -= 1
            return
        self._budget.cells += sum(map(len, self._rows.values()))
        self._rows = {}

    def build(self) -> Sheet:
        """The sheet, merged cells filled with the value that they show."""
        numbers = sorted(self._rows)
        for top, left, bottom, right in self.merged:
            self._fill(numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)], top, left, right)
        return Sheet(
            self._name,
            tuple(
                Row(number, _dense(cells), number in self.hidden_rows) for number, cells in sorted(self._rows.items())
            ),
            self._hidden,
            frozenset(column for column in self.hidden_columns if column < MAX_COLUMNS),
            self.over,
        )

    def _fill(self, rows: Sequence[int], top: int, left: int, right: int) -> None:
        """Only rows that are there: a merged area below the last one makes none."""
        shown = self._rows.get(top, {}).get(left)
        if shown is None or shown.kind == EMPTY:
            return
        copy = Cell(shown.value, shown.kind, (*shown.notes, MERGED))
        for row in rows:
            for column in range(left, min(right, MAX_COLUMNS - 1) + 1):
                if self._copies >= MAX_COPIES:
                    return
                if (row, column) != (top, left):
                    self._copies += 1
                    self._rows[row][column] = copy


def _dense(cells: Mapping[int, Cell]) -> tuple[Cell, ...]:
    return tuple(cells.get(column, NOTHING) for column in range(max(cells) + 1))


def dense_rows(rows: Iterable[Sequence[str]], name: str, budget: Budget) -> Sheet:
    """A sheet of plain texts, numbered from 1."""
    builder = SheetBuilder(name, budget)
    for number, texts in enumerate(rows, start=1):
        budget.row()
        if any(texts[MAX_COLUMNS:]):
            builder.put(number, MAX_COLUMNS, Cell("", TEXT))
        for column, text in enumerate(texts[:MAX_COLUMNS]):
            cell = text_cell(text)
            if cell.kind != EMPTY:
                builder.put(number, column, cell)
        if builder.over:
            break
    return builder.build()
