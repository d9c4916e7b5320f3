"""What people mean by the texts in cells: numbers, dates, lists, letters read by the wrong code page.

Each function gives the meaning, how sure it is (``Read.note``: empty when there is nothing to say), or None when the
text is not of that kind. Turkish habits come first: a decimal comma, the day before the month. Coordinates are in
``domain.coordinates``.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from izsa_desktop.domain.dates import UNKNOWN, is_partial_date
from izsa_desktop.domain.text import fold
from izsa_desktop.tables.xlsx import from_serial

REPAIRED, SHORT_YEAR, MONTH_FIRST, SERIAL, PART_OF_YEAR, PERIOD = (
    "repaired",
    "short_year",
    "month_first",
    "serial",
    "part_of_year",
    "period",
)
WITH_WORDS = "with_words"


@dataclass(frozen=True, slots=True)
class Read:
    """A meaning. ``extra``: the end of a period, the currency or words of a number."""

    value: Any
    note: str = ""
    extra: str = ""


# --- letters ---------------------------------------------------------------------------------------------------------

_GARBLED = re.compile(
    "[ÃÄÅ][\u0080-\u00bf\u0152-\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122İıŞşĞğ]"
)


def repaired(text: str) -> str:
    """The text as it was before UTF-8 was read as windows-1254 ("Ä°zmir"); other texts as they are."""
    if not _GARBLED.search(text):
        return text
    try:
        return b"".join(_byte(letter) for letter in text).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text


def _byte(letter: str) -> bytes:
    """One byte, also for the few that the code page leaves out and readers pass on as controls."""
    return bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("windows-1254")


# --- numbers ---------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"([-+−(]?)\s*(\d[\d.,'’\s\u00a0\u202f]*)\)?")
_CURRENCIES = {
    "tl": "TRY",
    "₺": "TRY",
    "try": "TRY",
    "turk lirasi": "TRY",
    "lira": "TRY",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "avro": "EUR",
    "$": "USD",
    "usd": "USD",
    "dolar": "USD",
    "abd dolari": "USD",
}
_SCALES = {
    "bin": 3,
    "milyon": 6,
    "mn": 6,
    "milyar": 9,
    "mr": 9,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "k": 3,
    "m": 6,
}


def number(text: str) -> Read | None:
    """``1.234.567,89 TL``, ``1,234.50 €``, ``2,5 milyon``, ``500 kişi`` as an exact number.

    ``extra`` is the currency, or the words that stand beside the number and are neither currency nor scale; several
    numbers in a text are none.
    """
    plain = text.strip()
    found = _NUMBER.search(plain)
    if found is None or any(map(str.isdigit, plain[found.end() :] + plain[: found.start()])):
        return None
    value = _plain_number(found[2].rstrip(".,'’ \u00a0\u202f"))
    if value is None:
        return None
    currency, rest = "", []
    words = re.findall(r"[^\W\d_]+|[₺€$]", fold(f"{plain[: found.start()]} {plain[found.end() :]}"))
    for word in words:
        if word in _CURRENCIES:
            currency = _CURRENCIES[word]
        elif word in _SCALES:
            value *= 10 ** _SCALES[word]
        elif word not in ("turk", "abd"):
            rest.append(word)
    if found[1] in ("-", "−", "("):
        value = -value
    return Read(value, WITH_WORDS if rest else "", " ".join(rest) if rest else currency)


def _plain_number(digits: str) -> Decimal | None:
    """What is followed by groups of three, or stands more than once, groups; else it is the decimal one.

    A single point before three digits groups too ("1.234" is what a Turkish sheet calls 1234); a single comma does not.
    """
    digits = re.sub(r"[\s'’\u00a0\u202f]", "", digits)
    point, comma = digits.rfind("."), digits.rfind(",")
    if point >= 0 and comma >= 0:
        decimal = "." if point > comma else ","
    elif comma >= 0:
        decimal = "" if digits.count(",") > 1 else ","
    else:
        grouped = re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", digits) is not None
        decimal = "" if grouped else "."
    whole, _, fraction = digits.partition(decimal) if decimal else (digits, "", "")
    group = "," if decimal == "." else "." if decimal == "," else ("," if "," in digits else ".")
    if group in whole and not re.fullmatch(rf"\d{{1,3}}({re.escape(group)}\d{{3}})+", whole):
        return None
    whole = whole.replace(group, "")
    if not whole.isdigit() or (fraction and not fraction.isdigit()) or len(whole) + len(fraction) > 40:
        return None
    try:
        return Decimal(f"{whole}.{fraction}" if fraction else whole)
    except InvalidOperation:
        return None


# --- dates -----------------------------------------------------------------------------------------------------------

_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "ocak oca january jan",
            "subat sub february feb",
            "mart mar march",
            "nisan nis april apr",
            "mayis may",
            "haziran haz june jun",
            "temmuz tem july jul",
            "agustos agu august aug",
            "eylul eyl september sep sept",
            "ekim eki october oct",
            "kasim kas november nov",
            "aralik ara december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_UNKNOWN = {"bilinmiyor", "bilinmemektedir", "belirsiz", "unknown", "?", "??", "tespit edilemedi", "not known", "tbd"}
_LATER_SEASONS = ("bahar", "ilkbahar", "yaz", "spring", "summer")
_SEASONS = (*_LATER_SEASONS, "guz", "sonbahar", "kis", "autumn", "fall", "winter")
_ABOUT = re.compile(
    r"q[1-4]|[1-4]\.? ?(ceyrek|quarter|yari)|yil ?sonu|sonu|basi|ortasi|ilk yari|son yari|donemi?|end|mid|early"
)
_YEAR_WORDS = re.compile(r"\b(yili?|yilinda|senesi|year|itibariyle|itibari ile)\b|['’](?:te|ta|de|da|den|dan)\b")
_NUMERIC = re.compile(r"(\d{1,4})[./\-\s](\d{1,2})(?:[./\-\s](\d{2,4}))?")
_YEARS = re.compile(r"((?:19|20|21)\d\d) ?[-–/] ?((?:19|20|21)\d\d|\d\d)")


def day(value: date | datetime) -> str | None:
    """A date cell as a partial date."""
    text = value.strftime("%Y-%m-%d") if value.year >= 1000 else ""
    return text if text and is_partial_date(text) else None


def partial_date(value: object) -> Read | None:
    """``14.03.2025``, ``Mart 2024``, ``2024/03``, ``2023-2024 bahar``, a year, a spreadsheet's number of a day."""
    if isinstance(value, datetime | date):
        text = day(value)
        return Read(text) if text else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _date_number(value)
    if not isinstance(value, str):
        return None
    plain = " ".join(fold(value).strip(" .").split())
    if plain in _UNKNOWN:
        return Read(UNKNOWN)
    plain = " ".join(_YEAR_WORDS.sub(" ", plain).split())
    plain = re.sub(r"[ t]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?z?$", "", plain)
    if plain.isascii() and plain.isdigit():
        return _date_number(int(plain))
    return _valid(_numeric(plain) or _with_month(plain) or _part_of_year(plain) or _period(plain))


def _valid(read: Read | None) -> Read | None:
    return read if read is not None and is_partial_date(read.value) else None


def _date_number(value: float) -> Read | None:
    if float(value).is_integer() and 1900 <= value <= 2199:
        return Read(str(int(value)))
    if float(value).is_integer() and 19000101 <= value <= 21991231:
        text = str(int(value))
        return _valid(Read(f"{text[:4]}-{text[4:6]}-{text[6:]}"))
    moment = from_serial(value) if 20_000 <= value <= 90_000 else None
    return _valid(Read(day(moment), SERIAL)) if moment is not None else None


def _numeric(plain: str) -> Read | None:
    match = _NUMERIC.fullmatch(plain)
    if match is None:
        return None
    first, second, third = match[1], match[2], match[3] or ""
    if len(first) == 4:
        return Read(_iso(int(first), int(second), int(third) if third else None))
    if not third:
        return None
    if len(third) == 3 or len(first) > 2:
        return None
    year, note = (int(third), "") if len(third) == 4 else (_century(int(third)), SHORT_YEAR)
    a, b = int(first), int(second)
    return Read(_iso(year, a, b), MONTH_FIRST) if b > 12 >= a else Read(_iso(year, b, a), note)


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)


def _with_month(plain: str) -> Read | None:
    """A month's name with a year and perhaps a day, in any order; ``03.2025`` too."""
    short = re.fullmatch(r"(\d{1,2})[./\-](\d{4})", plain)
    if short:
        return Read(_iso(int(short[2]), int(short[1])))
    words = re.findall(r"[a-z]+|\d+", plain)
    months = [word for word in words if word in _MONTHS]
    numbers = [word for word in words if word.isdigit()]
    if len(months) == 2 and len(numbers) in (1, 2) and all(len(n) == 4 for n in numbers):  # Ocak - Mart 2024
        first, last = _iso(int(numbers[0]), _MONTHS[months[0]]), _iso(int(numbers[-1]), _MONTHS[months[1]])
        return Read(first, PERIOD, last)
    if len(months) != 1 or len(words) != len(months) + len(numbers):
        return None
    years = [n for n in numbers if len(n) == 4]
    days = [n for n in numbers if len(n) <= 2]
    if len(years) == 1 and len(days) == len(numbers) - 1 <= 1:
        return Read(_iso(int(years[0]), _MONTHS[months[0]], int(days[0]) if days else None))
    return None


def _part_of_year(plain: str) -> Read | None:
    """Seasons, quarters, "the end of": the year is all that can be kept."""
    seasons = [word for word in plain.split() if word in _SEASONS]
    rest = " ".join(word for word in plain.split() if word not in _SEASONS)
    without, about = _ABOUT.subn(" ", rest)
    if not seasons and not about:
        return None
    rest = " ".join(without.split()).strip(" -./")
    years = re.fullmatch(r"((?:19|20|21)\d\d)(?: ?[-–/] ?((?:19|20|21)\d\d))?", rest)
    if years is None:
        return None
    later = years[2] and any(season in _LATER_SEASONS for season in seasons)
    return Read(years[2] if later else years[1], PART_OF_YEAR)


def _period(plain: str) -> Read | None:
    """From - to, as years or as two dates."""
    years = _YEARS.fullmatch(plain)
    if years:
        last = years[2] if len(years[2]) == 4 else years[1][:2] + years[2]
        return Read(years[1], PERIOD, last) if last >= years[1] else None
    sides = re.split(r"\s+[-–—]\s+|\s*[–—]\s*|\s+ile\s+|\s+to\s+", plain)
    if len(sides) != 2:
        sides = plain.split("-")
    if len(sides) != 2:
        return None
    first = _valid(_numeric(sides[0].strip()) or _with_month(sides[0].strip()) or _year(sides[0].strip()))
    last = _valid(_numeric(sides[1].strip()) or _with_month(sides[1].strip()) or _year(sides[1].strip()))
    if first is None or (last is None and sides[1].strip() not in ("", "devam", "devam ediyor", "suruyor", "present")):
        return None
    return Read(first.value, PERIOD, last.value if last else "")


def _year(plain: str) -> Read | None:
    return Read(plain) if re.fullmatch(r"(19|20|21)\d\d", plain) else None


def _iso(year: int, month: int, day_: int | None = None) -> str:
    return f"{year:04}-{month:02}" + (f"-{day_:02}" if day_ is not None else "")


# --- lists and answers -----------------------------------------------------------------------------------------------

_BULLET = re.compile(r"^\s*(?:[-–•*▪◦]|\d{1,2}[.)])\s+")
_YES = {"evet", "e", "var", "yes", "y", "true", "dogru", "x", "✓", "✔", "1", "+"}
_NO = {"hayir", "h", "yok", "no", "n", "false", "yanlis", "0", "-"}


def pieces(text: str) -> list[str]:
    """The parts of a list in a cell that are surely parts: between semicolons and lines, without bullets."""
    parts = (_bare(_BULLET.sub("", part)) for part in re.split(r"[;\n]|(?<=\s)[•▪◦]", text))
    return [part for part in parts if part]


def fine_pieces(text: str) -> list[str]:
    """The parts between commas, slashes and "ve" as well: only for what is known to be a list of words."""
    parts = re.split(r"\s*[,/|+&]\s*|\s+(?:ve|ile|and|or|veya)\s+", text)
    return [bare for part in parts if (bare := _bare(part))]


def _bare(part: str) -> str:
    """Without the white space and full stops round it."""
    return re.sub(r"^[\s.]+|[\s.]+$", "", part)


def yes_or_no(value: object) -> bool | None:
    """An answer; None when it is none."""
    if isinstance(value, bool):
        return value
    plain = fold(str(value)).strip(" .")
    return True if plain in _YES else False if plain in _NO else None
