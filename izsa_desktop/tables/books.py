"""Workbooks of several sheets: headers that stay in sight, cells by their type, lists to choose from."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from izsa_desktop.tables.table import MAX_TEXT, Value
from izsa_desktop.tables.writing import FIXED_DAY, formats_of, new_book, put

_A4 = 9
_STEP_ROWS = 500
_FURTHER_ROWS = 1_000
"""Empty rows below the last one that offer the lists as well."""
_MOST_NAME = 31


@dataclass(frozen=True, slots=True)
class BookColumn:
    """``choices`` are offered as a list; other words stay possible."""

    header: str
    width: int = 18
    choices: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class BookSheet:
    """``above``: lines over the headers, the first of them the title; ``fixed``: columns that stay in sight."""

    name: str
    columns: tuple[BookColumn, ...]
    rows: Sequence[Sequence[Value]]
    above: tuple[str, ...] = ()
    fixed: int = 0
    hidden: bool = False


def book_bytes(sheets: Sequence[BookSheet], lists: str, step: Callable[[], None], when: datetime = FIXED_DAY) -> bytes:
    """A workbook. Lists stand on a hidden sheet named ``lists``. ``step`` is called now and then, and may raise.

    ``when``: the day of making that the file tells.
    """
    target = io.BytesIO()
    book = new_book(target, when)
    looks = formats_of(book)
    pages = [book.add_worksheet(sheet.name[:_MOST_NAME]) for sheet in sheets]
    choosing = _Lists(book, lists[:_MOST_NAME])
    for page, sheet in zip(pages, sheets, strict=True):
        _write_sheet(page, sheet, looks, choosing, step)
    step()
    book.close()
    return target.getvalue()


def _write_sheet(page: Any, sheet: BookSheet, looks: dict[str, Any], lists: "_Lists", step: Callable[[], None]) -> None:
    if sheet.hidden:
        page.hide()
    for number, line in enumerate(sheet.above):
        page.write_string(number, 0, line[:MAX_TEXT], looks["title" if number == 0 else "note"])
    top = len(sheet.above)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, looks["free"])
        page.write_string(top, number, column.header, looks["required" if column.required else "header"])
        if column.choices:
            lists.offer(page, number, top + 1, top + len(sheet.rows) + _FURTHER_ROWS, column.choices)
    for count, row in enumerate(sheet.rows):
        if count % _STEP_ROWS == 0:
            step()
        for number, value in enumerate(row):
            if value is not None:
                put(page, top + 1 + count, number, value, looks["cell"], looks["date"])
    if sheet.columns:
        page.freeze_panes(top + 1, sheet.fixed)
        page.set_paper(_A4)
        page.set_landscape()
        page.repeat_rows(top)
        if sheet.fixed:
            page.repeat_columns(0, sheet.fixed - 1)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if sheet.rows and not sheet.hidden:
        page.autofilter(top, 0, top + len(sheet.rows), len(sheet.columns) - 1)


class _Lists:
    """What can be chosen, each list once, in columns of a hidden sheet."""

    def __init__(self, book: Any, name: str) -> None:
        self._book, self._name = book, name
        self._page: Any = None
        self._columns: dict[tuple[str, ...], int] = {}

    def offer(self, page: Any, column: int, first: int, last: int, choices: tuple[str, ...]) -> None:
        """Makes the cells of a column offer the choices."""
        from xlsxwriter.utility import xl_col_to_name

        if self._page is None:
            self._page = self._book.add_worksheet(self._name)
            self._page.hide()
        if choices not in self._columns:
            self._columns[choices] = len(self._columns)
            for row, choice in enumerate(choices):
                self._page.write_string(row, self._columns[choices], choice)
        letters = xl_col_to_name(self._columns[choices])
        quoted = self._name.replace("'", "''")
        source = f"='{quoted}'!${letters}$1:${letters}${len(choices)}"
        page.data_validation(
            first, column, last, column, {"validate": "list", "source": source, "error_type": "information"}
        )
