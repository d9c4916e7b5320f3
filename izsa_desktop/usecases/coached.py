"""The districts that the office coaches, a line each: when they were talked to last, and what is open.

In the order of the alphabet, and without their stages: this is no league table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from izsa_desktop.domain.coaching import Action, Evidence, Known, Session, Tick
from izsa_desktop.usecases.coaching import newest_first
from izsa_desktop.usecases.coaching_view import districts
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Coached:
    """How the office stands with one district."""

    district: str
    last: str
    """The day of the last session, or empty."""
    following: str
    """The day agreed on for the next one, or empty."""
    actions: int
    """Open ones."""
    waiting: int
    """Evidence that nobody has looked at."""


def coached(workplace: Workplace) -> list[Coached]:
    """All districts, from what was written about them alone."""
    with workplace.store.reading() as reader:
        entries = reader.coaching()
    by_district: dict[str, list[Known]] = {}
    for entry in entries:
        by_district.setdefault(entry.district, []).append(entry)
    return [_coached(code, by_district.get(code, [])) for code in districts(workplace)]


def _coached(district: str, entries: Sequence[Known]) -> Coached:
    sessions = newest_first(one for one in entries if isinstance(one, Session))
    accepted = {one.evidence for one in entries if isinstance(one, Tick)}
    return Coached(
        district,
        sessions[0].day if sessions else "",
        sessions[0].following if sessions else "",
        sum(isinstance(one, Action) and not one.done for one in entries),
        sum(isinstance(one, Evidence) and one.waiting and one.id not in accepted for one in entries),
    )
