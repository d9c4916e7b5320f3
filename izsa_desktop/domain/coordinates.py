"""Coordinates as people write them: decimal degrees, or degrees with minutes and seconds.

Each function gives the meaning, how sure it is (``Read.note``: empty when there is nothing to say), or None when the
text is not of that kind. Turkish habits count too: a decimal comma, K and D for north and east.
"""

import re
from dataclasses import dataclass
from typing import Any

from izsa_desktop.domain.text import fold

SWAPPED, NO_POINT = "swapped", "no_point"


@dataclass(frozen=True, slots=True)
class Read:
    """A meaning: degrees, or latitude and longitude."""

    value: Any
    note: str = ""


_IZMIR = (37.7, 39.6, 26.0, 28.7)
_DMS = re.compile(
    r"([nsewkgdb]?)\s*(-?\d{1,3})\s*[°ºo*]"
    r"\s*(\d{1,2}(?:[.,]\d+)?)\s*['’′]?"
    r"\s*(?:(\d{1,2}(?:[.,]\d+)?)(?![\d.,]*\s*[°ºo*])\s*[\"”″']{0,2})?"  # what has a degree sign is no second
    r"\s*([nsewkgdb]?)"
)
_SOUTH_OR_WEST = {"s", "w", "g", "b"}
_EAST_OR_WEST = {"e", "w", "d", "b"}
_DECIMAL = r"[-+]?\d{1,3}(?:[.,]\d+)?"
_PAIRS = (
    re.compile(r"([-+]?\d{1,3}\.\d+)\s*[,;/\s]\s*([-+]?\d{1,3}\.\d+)"),
    re.compile(r"([-+]?\d{1,3},\d+)\s*(?:[;/\s]|,\s)\s*([-+]?\d{1,3},\d+)"),
    re.compile(rf"({_DECIMAL})\s*[;/]\s*({_DECIMAL})"),
    re.compile(r"([-+]?\d{1,3}(?:\.\d+)?)\s*,\s+([-+]?\d{1,3}(?:\.\d+)?)"),
)


def degrees(value: object, *, north: bool) -> Read | None:
    """A latitude (``north``) or longitude: a decimal, degrees with minutes, or digits whose point was lost."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, int | float):
        return _in_range(float(value), north)
    text = fold(value).strip()
    dms = _DMS.fullmatch(text)
    if dms:
        read = _from_dms(dms)
        return None if read is None else _in_range(read, north)
    text = re.sub(r"^(enlem|boylam|lat|lon|latitude|longitude)\s*[:=]?\s*|[\s°]*[nekd]?$|^[nekd]\s*", "", text)
    if re.fullmatch(_DECIMAL, text):
        return _in_range(float(text.replace(",", ".")), north)
    digits = re.sub(r"[.,\s]", "", text)
    return _in_range(float(digits), north) if re.fullmatch(r"\d{5,12}", digits) else None


def pair(text: str) -> Read | None:
    """``38.46, 27.21`` in any of the forms that are met; ``value`` is latitude and longitude.

    When only the other order lies in İzmir it is taken, with a note.
    """
    plain = re.sub(r"(enlem|boylam|latitude|longitude|lat|lon)\s*[:=]?\s*", "", fold(text)).strip(" ()[]")
    parts = list(_DMS.finditer(plain))
    if len(parts) == 2 and re.fullmatch(r"[\s,;/]*", _DMS.sub("", plain)):
        if {parts[0][1], parts[0][5]} & _EAST_OR_WEST:
            parts.reverse()
        lat, lon = _from_dms(parts[0]), _from_dms(parts[1])
        return None if lat is None or lon is None else ordered(lat, lon)
    plain = re.sub(r"[°nekd]", "", plain)
    found = next((match for form in _PAIRS if (match := form.fullmatch(plain))), None)
    return found and ordered(*(float(found[n].replace(",", ".")) for n in (1, 2)))


def pair_text(lat: float, lon: float) -> str:
    """Latitude and longitude as people copy them from a map; 1e-7 degrees are kept."""
    return ", ".join(f"{value:.7f}".rstrip("0").rstrip(".") for value in (lat, lon))


def ordered(lat: float, lon: float) -> Read | None:
    """The pair, turned round when that alone puts it into İzmir."""
    if abs(lat) <= 180 and abs(lon) <= 90 and not inside(lat, lon) and inside(lon, lat):
        return Read((lon, lat), SWAPPED)
    return Read((lat, lon)) if abs(lat) <= 90 and abs(lon) <= 180 else None


def inside(lat: float, lon: float) -> bool:
    """True in a box around the province."""
    south, north, west, east = _IZMIR
    return south <= lat <= north and west <= lon <= east


def _from_dms(match: re.Match[str]) -> float | None:
    whole, minutes, seconds = (float((match[n] or "0").replace(",", ".")) for n in (2, 3, 4))
    if minutes >= 60 or seconds >= 60:
        return None
    size = abs(whole) + minutes / 60 + seconds / 3600
    return -size if match[2].startswith("-") or {match[1], match[5]} & _SOUTH_OR_WEST else size


def _in_range(number_: float, north: bool) -> Read | None:
    if abs(number_) <= (90 if north else 180):
        return Read(number_)
    digits = f"{number_:.0f}"
    fixed = float(f"{digits[:2]}.{digits[2:]}") if digits.isdigit() and len(digits) >= 5 else 0.0
    return Read(fixed, NO_POINT) if 26.0 <= fixed <= 39.6 else None
