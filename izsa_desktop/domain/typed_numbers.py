"""Numbers as people type and read them: ``1.250.000,5`` in Turkish, ``1,250,000.5`` in English.

The other language's form is taken too where it can mean one thing only: ``1.5`` is one and a half in Turkish, but
``1.250`` is twelve hundred and fifty. Nothing is guessed beyond that.
"""

import re
from decimal import Decimal

from izsa_desktop.domain.numbers import decimal_text

_MARKS = {"tr": (",", "."), "en": (".", ",")}
"""The decimal mark and the mark between groups of three."""
_SIGN = re.compile(r"\s*([+\-−]?)\s*")


def typed_number(text: str, language: str) -> Decimal:
    """The number that a person means in this language. Raises ValueError where there is none, or more than one."""
    sign = _SIGN.match(text)
    assert sign is not None  # it may be empty
    digits = text[sign.end() :].rstrip()
    decimal, group = _MARKS[language]
    for point, comma in ((decimal, group), (decimal, r"[\s'’]"), (group, decimal), (group, r"[\s'’]")):
        plain = _plain(digits, re.escape(point), comma if comma.startswith("[") else re.escape(comma))
        if plain is not None:
            number = Decimal(plain)
            return -number if sign[1] in ("-", "−") else number
    raise ValueError(text[:40])


def _plain(digits: str, point: str, group: str) -> str | None:
    """Digits with a point, if the text is written with these marks."""
    match = re.fullmatch(
        rf"([1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+|[0-9]+|(?={point}[0-9]))(?:{point}([0-9]*))?", digits
    )
    if match is None:
        return None
    whole, decimals = re.sub(r"[^0-9]", "", match[1]), match[2]
    return f"{whole or '0'}.{decimals}" if decimals else whole or "0"


def number_text(number: Decimal, language: str, grouped: bool = True) -> str:
    """The number as this language writes it; every digit is kept. ``grouped``: not for years."""
    try:
        plain = decimal_text(number)
    except ValueError:
        plain = f"{number:f}"
    whole, point, decimals = plain.lstrip("-").partition(".")
    decimal, group = _MARKS[language]
    if grouped:
        whole = f"{int(whole):,}".replace(",", group)
    return f"{'-' if plain.startswith('-') else ''}{whole}{decimal if point else ''}{decimals}"
