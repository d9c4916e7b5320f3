"""Text tables: CSV in the encodings and delimiters that are met here, and what a spreadsheet puts on the clipboard."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from izsa_desktop.domain.errors import TableNotRecognised
from izsa_desktop.tables.table import MAX_FILE, MAX_TEXT, Budget, Sheet, Table, dense_rows

DELIMITERS = (";", "\t", ",", "|")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TURKISH = frozenset("çğıöşüÇĞİÖŞÜ")
_SAMPLE_ROWS, _SAMPLE_CHARACTERS = 60, 200_000
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
csv.field_size_limit(MAX_FILE)  # Python's own is 131,072: a field may be cut, but is no reason to stop
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read(data: bytes, file: str, budget: Budget) -> Table:
    """The one sheet of a text table. Raises TableNotRecognised for what is no text."""
    text, encoding = decoded(data)
    if len(_BINARY.findall(text[:_SAMPLE_CHARACTERS])) > len(text[:_SAMPLE_CHARACTERS]) // 200:
        raise TableNotRecognised(file)
    return _table(text, encoding, budget)


def from_text(text: str, budget: Budget) -> Table:
    """What was copied in a spreadsheet and pasted: fields between tabs, else whatever stands between them."""
    return _table(text, "", budget)


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the encoding that was taken: by its mark, else UTF-8, else windows-1254 or the older code page 857.

    Which of the last two it is shows in the letters: read wrongly, hardly any Turkish one comes out.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    if (zeros := data[:2000].count(0)) and zeros * 3 > len(data[:2000]):
        encoding = "utf-16-le" if data[1:2000:2].count(0) > data[0:2000:2].count(0) else "utf-16-be"
        return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        readings = [(data.decode(encoding, "replace"), encoding) for encoding in ("windows-1254", "cp857")]
        return max(readings, key=lambda reading: _turkish(reading[0]))


def _turkish(text: str) -> int:
    letters = Counter(text)
    return sum(letters[letter] for letter in _TURKISH) - 2 * letters["\ufffd"]


def sniffed(text: str) -> str:
    """The delimiter: the one by which most records have the same number of fields, the more fields the better."""
    sample = text[:_SAMPLE_CHARACTERS]
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: str, delimiter: str) -> tuple[float, int]:
    try:
        widths = [len(row) for row in islice(_records(sample, delimiter), _SAMPLE_ROWS) if any(map(str.strip, row))]
    except csv.Error:
        return 0.0, 0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0, 0
    usual, times = Counter(wide).most_common(1)[0]
    return round(times / len(widths), 1), usual


def _table(text: str, encoding: str, budget: Budget) -> Table:
    text = text.lstrip("\ufeff").replace("\0", "")
    named = _SEP_LINE.match(text)
    delimiter = named[1] if named else sniffed(text)
    if named:
        text = text[named.end() :]
    sheet, broken = _sheet(text, delimiter, budget)
    return Table((sheet,), "csv", encoding, delimiter, broken)


def _sheet(text: str, delimiter: str, budget: Budget) -> tuple[Sheet, bool]:
    """Where an open quotation mark would swallow the rest of the file, quotation marks are plain characters."""
    before = budget.cells
    try:
        rows = list(_records(text, delimiter))
    except csv.Error:
        rows = []
    broken = not rows or any(len(field) > MAX_TEXT and "\n" in field for row in rows for field in row)
    if broken and text.strip():
        budget.cells = before
        return dense_rows(_records(text, delimiter, csv.QUOTE_NONE), "", budget), True
    return dense_rows(rows, "", budget), False


def _records(text: str, delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=False)  # type: ignore[arg-type]
