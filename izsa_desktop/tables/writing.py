"""Workbooks and CSV files that spreadsheets open as they are meant. A text is never taken for a formula or a link."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from izsa_desktop.tables.table import MAX_TEXT, Value, guarded

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ACCENT, _SOFT, _NOTE = "#0b6b80", "#e0f0f3", "#55656c"
LIST_ROWS = 2000
"""Rows of a template below its headers that offer the lists."""


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column to fill in: ``choices`` are offered as a list, ``example`` shows what is meant."""

    header: str
    help: str = ""
    example: Value = None
    choices: tuple[str, ...] = ()
    required: bool = False
    width: int = 18


FIXED_DAY = datetime(2000, 1, 1)
"""Said to be a workbook's day of making when nothing else is known: the same content is the same file."""


def workbook_bytes(rows: Sequence[Sequence[Value]], sheet: str) -> bytes:
    """A workbook of one sheet whose first row holds the headers."""
    return sheets_bytes([(sheet, rows)])


def sheets_bytes(sheets: Iterable[tuple[str, Sequence[Sequence[Value]]]]) -> bytes:
    """A workbook of several such sheets, each with its name."""
    target = io.BytesIO()
    book = new_book(target)
    formats = formats_of(book)
    for name, rows in sheets:
        page = book.add_worksheet(name[:31])
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                put(page, number, column, value, formats["header"] if number == 0 else formats["text"], formats["date"])
        page.freeze_panes(1, 0)
        page.set_column(0, max((len(row) for row in rows), default=1) - 1, 22)
    book.close()
    return target.getvalue()


def csv_bytes(rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with its mark and semicolons: what Turkish spreadsheets open by a double click."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_plain(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def template_bytes(sheet: str, title: str, help_: str, columns: Sequence[TemplateColumn], lists: str) -> bytes:
    """A workbook to be filled in: title and help above the headers, an example below, lists to choose from.

    The lists stand on a hidden sheet named ``lists``.
    """
    target = io.BytesIO()
    book = new_book(target)
    page, hidden = book.add_worksheet(sheet[:31]), book.add_worksheet(lists[:31])
    hidden.hide()
    formats = formats_of(book)
    page.write_string(0, 0, title, formats["title"])
    page.write_string(1, 0, help_, formats["note"])
    page.set_row(0, 24)
    page.set_row(2, 32)
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width, formats["free"])
        page.write_string(2, number, column.header, formats["required" if column.required else "header"])
        put(page, 3, number, column.example, formats["example"], formats["date"])
        if column.help:
            page.write_comment(2, number, column.help, {"x_scale": 2, "y_scale": 1.2})
        if column.choices:
            _offer(page, hidden, number, column)
    page.freeze_panes(3, 1)
    book.close()
    return target.getvalue()


def _offer(page: Any, hidden: Any, number: int, column: TemplateColumn) -> None:
    """A list to choose from; other words stay possible, with a hint."""
    from xlsxwriter.utility import xl_col_to_name

    for row, choice in enumerate(column.choices):
        hidden.write_string(row, number, choice)
    letters = xl_col_to_name(number)
    page.data_validation(
        3,
        number,
        LIST_ROWS + 2,
        number,
        {
            "validate": "list",
            "source": f"='{hidden.get_name()}'!${letters}$1:${letters}${len(column.choices)}",
            "input_title": column.header[:32],
            "input_message": column.help[:255],
            "error_type": "information",
        },
    )


def new_book(target: io.BytesIO, when: datetime = FIXED_DAY) -> Any:
    """A workbook in which no text is anything but text; ``when`` (UTC) it says it was made."""
    import xlsxwriter

    book = xlsxwriter.Workbook(target, _OPTIONS)
    book.set_properties({"created": when.replace(tzinfo=None)})
    return book


def formats_of(book: Any) -> dict[str, Any]:
    """How cells look, by what they are."""
    header = {
        "bold": True,
        "bg_color": _SOFT,
        "border": 1,
        "border_color": "#b9c5ca",
        "text_wrap": True,
        "valign": "vcenter",
    }
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "font_color": _ACCENT}),
        "note": book.add_format({"font_color": _NOTE}),
        "header": book.add_format(header),
        "required": book.add_format({**header, "bg_color": _ACCENT, "font_color": "#ffffff"}),
        "example": book.add_format({"italic": True, "font_color": _NOTE, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"}),
        "cell": book.add_format({"valign": "top"}),
        "free": book.add_format({"valign": "top"}),
    }


def put(page: Any, row: int, column: int, value: Value, look: Any, date_look: Any) -> None:  # noqa: PLR0917  # as write
    """Writes a cell by the type of its value."""
    if isinstance(value, str):
        if value:
            page.write_string(row, column, value[:MAX_TEXT], look)
    elif isinstance(value, datetime) and value.tzinfo is not None:
        page.write_string(row, column, value.isoformat(), look)
    elif isinstance(value, date) and value.year >= 1900:
        page.write_datetime(row, column, value, date_look)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, look)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, look)
    elif value is not None:
        page.write_string(row, column, str(value), look)


def _plain(value: Value) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    text = "" if value is None else str(value)
    return guarded(text) if isinstance(value, str) else text
