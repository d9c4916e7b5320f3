"""Partial dates: a year, a month, a day, or the honest "unknown" (of 150 real projects 47 have no findable start)."""

import re
from datetime import date
from functools import lru_cache

UNKNOWN = "unknown"
_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@lru_cache(maxsize=4096)  # the same few days stand in all records
def is_partial_date(text: str) -> bool:
    """True for ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` of a day that exists (years 1900-2199) and for ``unknown``."""
    if text == UNKNOWN:
        return True
    match = _SHAPE.fullmatch(text)
    if match is None or not text.isascii() or not 1900 <= int(match[1]) <= 2199:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def is_day(text: str) -> bool:
    """True for a day that exists, ``YYYY-MM-DD``."""
    return len(text) == len("2026-01-31") and is_partial_date(text)


def parts(text: str) -> tuple[int, int | None, int | None] | None:
    """``(year, month, day)`` of a partial date; None for unknown, empty and what other programs wrote wrongly."""
    match = _SHAPE.fullmatch(text)
    if match is None or not is_partial_date(text):
        return None
    return int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None
