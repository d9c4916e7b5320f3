"""Sets of a PC's save numbers, kept as ranges: ``1-40 42``. There may be hundreds of thousands, nearly all in a row."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Spans: TypeAlias = tuple[tuple[int, int], ...]
_END = 2**63


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges of numbers from 1 on, both ends included, in order and with a gap between any two."""

    spans: Spans = ()

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Ranges":
        """The ranges that hold these numbers."""
        return cls(tuple(_joined(sorted((number, number) for number in numbers))))

    @classmethod
    def read(cls, text: str) -> "Ranges":
        """What ``str`` gave."""
        found = re.findall(r"([0-9]+)(?:-([0-9]+))?", text)
        return cls(tuple(_joined(sorted((int(first), int(last or first)) for first, last in found))))

    def __str__(self) -> str:
        return " ".join(f"{first}-{last}" if first < last else str(first) for first, last in self.spans)

    def __contains__(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.spans)

    def __or__(self, other: "Ranges") -> "Ranges":
        return Ranges(tuple(_joined(sorted(self.spans + other.spans))))

    def __iter__(self) -> Iterator[int]:
        """The numbers, in order."""
        return (number for first, last in self.spans for number in range(first, last + 1))

    def __sub__(self, other: "Ranges") -> "Ranges":
        """What is in these and not in the others."""
        gaps = ((first, last if last is not None else _END) for first, last in other.gaps())
        return Ranges(tuple(_common(self.spans, tuple(gaps))))

    def gaps(self) -> Iterator[tuple[int, int | None]]:
        """What is not in them, from 1 on; the last gap has no end."""
        at = 1
        for first, last in self.spans:
            if at < first:
                yield at, first - 1
            at = last + 1
        yield at, None


def _common(one: Spans, other: Spans) -> Iterator[tuple[int, int]]:
    """What both have, which are in order; the other ones go on beyond these."""
    n = 0
    for first, last in one:
        while other[n][1] < first:
            n += 1
        at = n
        while at < len(other) and other[at][0] <= last:
            yield max(first, other[at][0]), min(last, other[at][1])
            at += 1


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for one, end in spans:
        if last and one <= last + 1:
            last = max(last, end)
            continue
        if last:
            yield first, last
        first, last = one, end
    if last:
        yield first, last
