"""What is asked for when projects are looked for: words, values to filter by, and the order of the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

FACETS = (
    "district",
    "goal",
    "target",
    "status",
    "audience",
    "theme",
    "year",
    "freshness",
    "review",
    "place",
)
"""What can be filtered by, in the order in which it is offered. Each is a field of ``ProjectFilter``."""

SORTS = ("name", "district", "start", "updated", "lacking")
"""By title, by district, by start (newest first), by last change (newest first), by what is missing (most first)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    """What the list and the map show. Of each facet any of the codes; all facets and all words together. Empty: all.

    The code ``""`` stands for projects in which nothing is said.
    """

    query: str = ""
    """Words, or their beginnings, that must all occur, by Turkish folding."""
    district: tuple[str, ...] = ()
    goal: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    """Years of the start, four digits, or ``unknown``."""
    freshness: tuple[str, ...] = ()
    """See ``facets.freshness``."""
    review: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    """``mapped`` or ``unmapped``."""
    deleted: bool = False
    """Only what was deleted, instead of only what was not."""
    network: bool = False
    """The approved projects of all bodies, as far as they are known here, instead of the workplace's own ones."""
    sort: str = "name"

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The codes of a facet of which one must be there."""
        codes: tuple[str, ...] = getattr(self, facet)
        return codes

    @property
    def narrows(self) -> bool:
        """True when something is left out."""
        return bool(self.query.strip()) or self.deleted or any(self.chosen(facet) for facet in FACETS)


def to_plain(wanted: ProjectFilter) -> dict[str, Any]:
    """As JSON can keep it; what is as always is left out."""
    plain = {field.name: getattr(wanted, field.name) for field in fields(wanted)}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in plain.items()
        if value != getattr(EVERYTHING, name)
    }


def from_plain(plain: Mapping[str, Any]) -> ProjectFilter:
    """What ``to_plain`` gave; what a newer version added, or somebody spoiled, is passed over."""
    known: dict[str, Any] = {}
    for field in fields(ProjectFilter):
        usual, value = getattr(EVERYTHING, field.name), plain.get(field.name)
        if isinstance(usual, tuple) and isinstance(value, list):
            known[field.name] = tuple(code for code in value if isinstance(code, str))
        elif value is not None and type(value) is type(usual):
            known[field.name] = value
    if known.get("sort") not in SORTS:
        known.pop("sort", None)
    return ProjectFilter(**known)


EVERYTHING = ProjectFilter()
