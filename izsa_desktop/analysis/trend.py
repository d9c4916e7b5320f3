"""How many works run in each year, as far as their dates say. A work counts once in a year, whoever records it."""

from collections.abc import Iterable
from dataclasses import dataclass

from izsa_desktop.analysis.works import Entry


@dataclass(frozen=True, slots=True)
class Trend:
    """By year, in order; ``undated``: works of which nothing says when they began."""

    years: dict[int, int]
    undated: int


def trend(numbered: Iterable[tuple[int, Entry]], first: int, last: int) -> Trend:
    """The works of these records (see ``Works.numbered``) from the first to the last year, both of them included."""
    seen: dict[int, set[int]] = {year: set() for year in range(first, last + 1)}
    dated: set[int] = set()
    works: set[int] = set()
    for work, entry in numbered:
        works.add(work)
        if entry.first:
            dated.add(work)
            for year in range(max(first, entry.first), min(last, entry.last or last) + 1):
                seen[year].add(work)
    return Trend({year: len(found) for year, found in seen.items()}, len(works - dated))
