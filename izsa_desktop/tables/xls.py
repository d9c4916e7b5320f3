"""Workbooks of Excel 97-2003 (``.xls``), and what hides in the same container: encrypted xlsx files."""

import io
from typing import Any

from izsa_desktop.domain.errors import Cancelled, TableDamaged, TableEncrypted
from izsa_desktop.tables.table import (
    BOOL,
    DATE,
    EMPTY,
    ERROR,
    MAX_SHEETS,
    NUMBER,
    Budget,
    Cell,
    Sheet,
    SheetBuilder,
    Table,
    text_cell,
)
from izsa_desktop.tables.xlsx import from_serial

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DAMAGED = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, TypeError, ValueError)
"""What the library says about bytes that are not as it expects; it is not made for hostile files."""


def read(data: bytes, file: str, budget: Budget) -> Table:
    """All worksheets. Raises TableDamaged, TableEncrypted."""
    if _ENCRYPTED_PACKAGE in data:
        raise TableEncrypted(file)
    import struct

    import xlrd

    try:
        with xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        ) as book:
            sheets = tuple(_sheet(sheet, book.datemode, budget) for sheet in book.sheets()[:MAX_SHEETS])
    except Cancelled:
        raise
    except xlrd.XLRDError as e:
        if "encrypted" in str(e).lower():
            raise TableEncrypted(file) from e
        raise TableDamaged(file, str(e)[:80]) from e
    except (*_DAMAGED, struct.error, xlrd.compdoc.CompDocError) as e:
        raise TableDamaged(file, type(e).__name__) from e
    return Table(sheets, "xls")


def _sheet(sheet: Any, datemode: int, budget: Budget) -> Sheet:
    builder = SheetBuilder(sheet.name, budget, hidden=sheet.visibility != 0)
    for row in range(sheet.nrows):
        budget.row()
        for column in range(sheet.row_len(row)):
            cell = _cell(sheet.cell_type(row, column), sheet.cell_value(row, column), datemode)
            if cell.kind != EMPTY:
                builder.put(row + 1, column, cell)
    builder.hidden_rows.update(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
    builder.hidden_columns.update(column for column, info in sheet.colinfo_map.items() if info.hidden)
    builder.merged.extend((top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells)
    return builder.build()


def _cell(kind: int, value: Any, datemode: int) -> Cell:
    from xlrd import biffh

    if kind == biffh.XL_CELL_TEXT:
        return text_cell(value.replace("\r\n", "\n"))
    if kind == biffh.XL_CELL_BOOLEAN:
        return Cell(bool(value), BOOL)
    if kind == biffh.XL_CELL_ERROR:
        return Cell(biffh.error_text_from_code.get(value, "#?"), ERROR)
    if kind == biffh.XL_CELL_DATE:
        moment = from_serial(value + (1462 if datemode else 0))
        if moment is not None:
            return Cell(moment, DATE)
    if kind in (biffh.XL_CELL_NUMBER, biffh.XL_CELL_DATE):
        return Cell(int(value) if float(value).is_integer() and abs(value) < 1e15 else value, NUMBER)
    return Cell()
