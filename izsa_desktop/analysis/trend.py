"""How many works run in each year, as far as their dates say. A work counts once in a year, whoever records it.

A year that is over counts what ran in it. Of the present year that is not known yet: it counts what runs today, with
or without a known start, so that it is the number that stands everywhere else for what runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from izsa_desktop.analysis.works import Entry
from izsa_desktop.domain.running import ACTIVE, UNCLEAR


@dataclass(frozen=True, slots=True)
class Trend:
    """By year, in order."""

    years: dict[int, int]
    undated: int
    """Works of which nothing says when they began."""
    unsure: int = 0
    """Works of which nothing says whether they still run; they count in the years that are known."""


def trend(numbered: Iterable[tuple[int, Entry]], first: int, last: int, present: int = 0) -> Trend:
    """The works of these records (see ``Works.numbered``) from the first to the last year, both of them included.

    ``present``: the year of now, if it is among them and is to count what runs today.
    """
    seen: dict[int, set[int]] = {year: set() for year in range(first, last + 1)}
    dated: set[int] = set()
    works: set[int] = set()
    sure: set[int] = set()
    running: set[int] = set()
    for work, entry in numbered:
        works.add(work)
        if entry.state != UNCLEAR:
            sure.add(work)
        if entry.state == ACTIVE:
            running.add(work)
        if entry.first:
            dated.add(work)
            for year in range(max(first, entry.first), min(last, entry.last or last) + 1):
                seen[year].add(work)
    if present in seen:
        seen[present] = running
    return Trend({year: len(found) for year, found in seen.items()}, len(works - dated), len(dated - sure))
