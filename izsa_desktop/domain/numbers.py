"""Exact decimal numbers: as records write them (``1250.5``), never by a locale."""

from decimal import Decimal

MAX_DIGITS = 15
"""As many as every JSON reader keeps exactly."""
MAX_DECIMALS = 6


def decimal_text(number: Decimal) -> str:
    """The one spelling of a number: no exponent, no zeros to no purpose, no ``-0``.

    Raises ValueError for what is not finite, has over six decimals, or over 15 digits.
    """
    if not number.is_finite():
        raise ValueError(str(number))
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if abs(exponent) > MAX_DIGITS or len(digits) > 2 * MAX_DIGITS:
        raise ValueError(str(number)[:40])
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.lstrip("-").lstrip("0")
    text = f"0{text}" if not text or text.startswith(".") else text
    whole, _, decimals = text.partition(".")
    if len(decimals) > MAX_DECIMALS or len(whole.lstrip("0")) + len(decimals) > MAX_DIGITS:
        raise ValueError(text[:40])
    return f"-{text}" if sign and text != "0" else text
