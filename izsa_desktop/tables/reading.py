"""What is this, and what stands in it? By content: a wrong extension makes no difference."""

from izsa_desktop.domain.errors import TableEmpty, TableNotRecognised, TableTooBig
from izsa_desktop.tables import delimited, ods, xls, xlsx
from izsa_desktop.tables.package import Package
from izsa_desktop.tables.table import MAX_FILE, Budget, Step, Table

_ZIP = b"PK\x03\x04"
_NO_TABLES = (b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"{\\rtf", b"<html", b"<!doc", b"<?xml", b"<table")


def _no_step() -> None:
    """For callers who do not watch."""


def read_table(data: bytes, file: str, step: Step = _no_step) -> Table:
    """The sheets of a workbook or text table; ``file`` names it in errors.

    Raises TableTooBig, TableNotRecognised, TableEncrypted, TableDamaged, TableEmpty, and what ``step`` raises.
    """
    if len(data) > MAX_FILE:
        raise TableTooBig(file, MAX_FILE >> 20)
    if not data.strip():
        raise TableEmpty(file)
    table = _read(data, file, Budget(step))
    if not any(sheet.rows or sheet.over for sheet in table.sheets):
        raise TableEmpty(file)
    return table


def read_pasted(text: str, file: str, step: Step = _no_step) -> Table:
    """The rows of a text that was copied in a spreadsheet. Raises TableTooBig, TableEmpty."""
    if len(text) > MAX_FILE:
        raise TableTooBig(file, MAX_FILE >> 20)
    table = delimited.from_text(text, Budget(step))
    if not any(sheet.rows or sheet.over for sheet in table.sheets):
        raise TableEmpty(file)
    return table


def _read(data: bytes, file: str, budget: Budget) -> Table:
    if data.startswith(_ZIP):
        package = Package(data, file)
        if xlsx.WORKBOOK in package:
            return xlsx.read(package, budget)
        if ods.CONTENT in package and "mimetype" in package and package.read("mimetype").startswith(ods.MIME):
            return ods.read(package, budget)
        raise TableNotRecognised(file)
    if data.startswith(xls.MAGIC):
        return xls.read(data, file, budget)
    if data.lstrip()[:8].lower().startswith(_NO_TABLES):
        raise TableNotRecognised(file)
    return delimited.read(data, file, budget)
