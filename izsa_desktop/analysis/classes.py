"""Classes for colours on a map: few, with bounds that can be said, and about as many districts in each."""

from bisect import bisect_left
from collections.abc import Iterable
from math import floor, log10

MOST = 5
"""More colours of one kind nobody tells apart."""


def bounds(values: Iterable[float], *, whole: bool = False) -> tuple[float, ...]:
    """Upper bounds of up to five classes for values above zero, the last one the greatest value.

    A value belongs to the first class whose bound it does not exceed. Bounds are rounded to two digits, those of whole
    numbers to whole ones; no class is empty.
    """
    ordered = sorted(value for value in values if value > 0)
    if not ordered:
        return ()
    found: list[float] = []
    for n in range(1, MOST):
        at = _rounded(ordered[max(0, (len(ordered) * n - 1) // MOST)], whole=whole)
        if at < ordered[-1]:
            found.append(at)
    return _filled(sorted({*found, ordered[-1]}), ordered)


def class_of(value: float, upper: tuple[float, ...]) -> int:
    """The class of a value, from 0; one above all bounds is in the last."""
    return min(bisect_left(upper, value), len(upper) - 1)


def _rounded(value: float, *, whole: bool) -> float:
    if whole:
        digits = floor(log10(value)) - 1
        return float(round(value, -digits)) if digits > 0 else float(round(value))
    return float(round(value, 1 - floor(log10(value))))


def _filled(upper: list[float], ordered: list[float]) -> tuple[float, ...]:
    """The bounds without those below which nothing more lies."""
    kept: list[float] = []
    done = 0
    for bound in upper:
        here = sum(value <= bound for value in ordered)
        if here > done:
            kept.append(bound)
            done = here
    return tuple(kept)
