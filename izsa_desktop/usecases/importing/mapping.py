"""What the columns of a sheet are about: guessed, remembered by its headers, or written in a file."""

import hashlib
import json
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from izsa_desktop.domain.errors import BadMapping, NoColumnsKnown, NoSuchSheet, SheetTooLarge
from izsa_desktop.tables.table import MAX_COLUMNS, MAX_ROWS, Sheet, Table, column_letters, column_of
from izsa_desktop.usecases.importing.headers import Headers, find_headers, guess, headers_at
from izsa_desktop.usecases.importing.own import own_table, own_targets
from izsa_desktop.usecases.importing.targets import targets
from izsa_desktop.usecases.importing.words import plain
from izsa_desktop.usecases.workplace import Workplace

_KEPT = "_import_mapping/"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Mapping:
    """``columns``: what each column, counted from 0, is about. Others are passed over."""

    sheet: int
    headers: Headers
    columns: Map[int, tuple[str, ...]] = field(default_factory=dict)
    remembered: bool = False
    exact: bool = False
    """The table is our own, and read as it was written; until somebody says otherwise."""

    def header(self, column: int) -> str:
        """What stands over a column."""
        return self.headers.texts[column] if column < len(self.headers.texts) else ""

    def with_column(self, column: int, names: Sequence[str]) -> "Mapping":
        """The mapping with one column about something else (or nothing)."""
        others = {c: kept for c, kept in self.columns.items() if c != column}
        columns = dict(sorted((others | ({column: tuple(names)} if names else {})).items()))
        return replace(self, columns=columns, exact=False)


def choose_sheet(table: Table, name: str = "") -> int:
    """The sheet with this name or number; without one the first visible whose headers say most.

    Of a table of our own that of the projects. Raises NoSuchSheet, SheetTooLarge, TableNewer.
    """
    own = own_table(table, rows=False) if not name else None
    if name:
        wanted = next((n for n, sheet in enumerate(table.sheets) if plain(sheet.name) == plain(name)), None)
        if wanted is None and name.isascii() and name.isdigit() and 1 <= int(name) <= len(table.sheets):
            wanted = int(name) - 1
        if wanted is None:
            raise NoSuchSheet(name, ", ".join(sheet.name for sheet in table.sheets)[:200])
    elif own is not None:
        wanted = own.main
    else:
        scores = [(len(guess(find_headers(sheet).texts)), not sheet.hidden, bool(sheet.rows)) for sheet in table.sheets]
        filled = [n for n, sheet in enumerate(table.sheets) if not sheet.hidden] or list(range(len(table.sheets)))
        wanted = max(filled, key=lambda n: (*scores[n], -n))
    require_readable(table.sheets[wanted])
    return wanted


def require_readable(sheet: Sheet) -> None:
    """Raises SheetTooLarge for a sheet that was not read."""
    if sheet.over:
        raise SheetTooLarge(sheet.name, MAX_ROWS, MAX_COLUMNS)


def propose(workplace: Workplace, table: Table, sheet: int, header_row: int = 0) -> Mapping:
    """The mapping that a person chose for these headers before, else a guess.

    ``header_row``: its number when it is known, -1 when there is none. Raises TableNewer.
    """
    found = table.sheets[sheet]
    own = own_table(table, rows=False)
    if own is not None and own.main == sheet and header_row in (0, own.headers.row):
        return Mapping(sheet, own.headers, own_targets(own), exact=True)
    headers = headers_at(found, header_row) if header_row else find_headers(found)
    with workplace.store.reading() as reader:
        kept = reader.kept(_KEPT + fingerprint(headers)).get(_KEPT + fingerprint(headers))
    if kept is not None:
        columns = {int(c): tuple(n for n in names if n in targets()) for c, names in json.loads(kept).items()}
        return Mapping(sheet, headers, {c: names for c, names in columns.items() if names}, remembered=True)
    return Mapping(sheet, headers, guess(headers.texts))


def remember_value(mapping: Mapping) -> dict[str, str]:
    """What is to be kept so that the next table with these headers is understood in the same way."""
    value = json.dumps({str(c): list(names) for c, names in mapping.columns.items()}, ensure_ascii=False)
    return {_KEPT + fingerprint(mapping.headers): value} if mapping.headers.row else {}


def fingerprint(headers: Headers) -> str:
    """The same for the same headers in the same order, whatever their case."""
    return hashlib.sha256("\x1f".join(map(plain, headers.texts)).encode()).hexdigest()[:16]


def require_columns(mapping: Mapping, file: str) -> None:
    """Raises NoColumnsKnown when no column is about anything."""
    if not mapping.columns:
        raise NoColumnsKnown(file)


# --- as a file -------------------------------------------------------------------------------------------------------


def to_json(mapping: Mapping, table: Table) -> dict[str, Any]:
    """The mapping as ``izsa import-table --json`` gives it and ``--mapping`` takes it."""
    columns = [
        {"column": column_letters(c), "header": mapping.header(c), "fields": list(names)}
        for c, names in mapping.columns.items()
    ]
    said: dict[str, Any] = {
        "version": VERSION,
        "sheet": table.sheets[mapping.sheet].name,
        "header_row": mapping.headers.row,
        "columns": columns,
    }
    return said | {"exact": True} if mapping.exact else said


def from_json(data: Any, table: Table, file: str, sheet: str = "") -> Mapping:
    """A mapping from a file. A column is found by its header, else by its letters.

    Raises BadMapping, NoSuchSheet, SheetTooLarge.
    """
    if not isinstance(data, dict) or data.get("version") != VERSION or not isinstance(data.get("columns"), list):
        raise BadMapping(file, "version, columns")
    named = sheet or (str(data["sheet"]) if len(table.sheets) > 1 and data.get("sheet") else "")
    number = choose_sheet(table, named)
    row = data.get("header_row")
    found = table.sheets[number]
    own = own_table(table, file, rows=False) if data.get("exact") is True else None
    if own is not None and own.main == number:
        return Mapping(number, own.headers, own_targets(own), exact=True)
    headers = headers_at(found, row) if isinstance(row, int) and row > 0 else find_headers(found)
    columns: dict[int, tuple[str, ...]] = {}
    for entry in data["columns"]:
        column, names = _entry(entry, headers, file)
        columns[column] = names
    return Mapping(number, headers, dict(sorted(columns.items())))


def _entry(entry: Any, headers: Headers, file: str) -> tuple[int, tuple[str, ...]]:
    if not isinstance(entry, dict):
        raise BadMapping(file, str(entry)[:60])
    names = entry.get("fields")
    if not isinstance(names, list) or not names or not all(isinstance(n, str) and n in targets() for n in names):
        raise BadMapping(file, str(names)[:60])
    header, letters = plain(str(entry.get("header") or "")), str(entry.get("column") or "").upper()
    texts = [plain(text) for text in headers.texts]
    if header and header in texts:
        place = column_of(letters)
        return (place if 0 <= place < len(texts) and texts[place] == header else texts.index(header)), tuple(names)
    column = column_of(letters)
    if not (letters.isascii() and letters.isalpha() and 0 <= column < MAX_COLUMNS):
        raise BadMapping(file, str(entry.get("header") or letters)[:60])
    return column, tuple(names)
