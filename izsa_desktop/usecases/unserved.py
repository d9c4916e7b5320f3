"""Whom and where no running project reaches, per district and for all of them together.

Audience groups are those that can be chosen, but for "everybody". A project that names no neighbourhood, or serves a
whole district, reaches none of them by name: ``Row.placeless`` says how many there are, so that nobody takes the list
for more than it says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from izsa_desktop.analysis.gaps import EMPTY, Tally
from izsa_desktop.analysis.unserved import by_place, lacking, placeless
from izsa_desktop.analysis.works import Works
from izsa_desktop.domain.reference import OFFICE, Neighbourhood, Reference
from izsa_desktop.domain.text import sort_key
from izsa_desktop.usecases.filter_names import FilterNames

_EVERYBODY = "herkes"


@dataclass(frozen=True, slots=True)
class Group:
    """An audience for which nothing runs."""

    code: str
    reason: str
    """See ``analysis.gaps``."""
    count: int
    """Projects there are all the same."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """A neighbourhood in which nothing runs."""

    place: Neighbourhood
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """A district's."""

    district: str
    audiences: tuple[Group, ...]
    neighbourhoods: tuple[Quarter, ...]
    """The most people first."""
    known: int
    """How many neighbourhoods the district has."""
    placeless: int
    """Projects of the district of which nobody says in which neighbourhood they stand."""


@dataclass(frozen=True, slots=True)
class Unserved:
    """Of all rows together, and of each district among them."""

    audiences: tuple[Group, ...]
    rows: tuple[Row, ...]

    def row(self, district: str) -> Row | None:
        """The row of a district; None where it has none (the province)."""
        return next((row for row in self.rows if row.district == district), None)


def unserved_of(
    works: Works, standing: Sequence[frozenset[int]], districts: Sequence[str], known: Reference
) -> Unserved:
    """``standing``: for each entry the neighbourhoods in which it stands."""
    wanted = frozenset(districts)
    groups: dict[str, dict[str, Tally]] = {}
    for work, entry in works.numbered():
        places = [code for code in entry.districts if code in wanted]
        for place in (*places, "") if places else ():
            tallies = groups.setdefault(place, {})
            for code in entry.audience:
                tallies.setdefault(code, Tally()).add(work, entry)
    codes = [term.code for term in known.vocabularies["audience"] if term.code != _EVERYBODY]
    places_, without = by_place(works, standing), placeless(works, standing)
    rows = []
    for district in districts:
        if district == OFFICE:
            continue
        quarters = {one.id: one for one in known.neighbourhoods_of(district)}
        found = [Quarter(quarters[id_], reason, count) for id_, reason, count in lacking(places_, quarters)]
        found.sort(key=lambda one: (-one.place.population, sort_key(one.place.name)))
        audiences = _groups(groups.get(district, {}), codes)
        rows.append(Row(district, audiences, tuple(found), len(quarters), without.get(district, 0)))
    return Unserved(_groups(groups.get("", {}), codes), tuple(rows))


def _groups(tallies: Mapping[str, Tally], codes: Sequence[str]) -> tuple[Group, ...]:
    found = ((code, tallies.get(code, EMPTY)) for code in codes)
    return tuple(Group(code, tally.gap, tally.count) for code, tally in found if tally.gap)


def to_plain(unserved: Unserved, names: FilterNames) -> dict[str, Any]:
    """As JSON: see docs/cli.md."""

    def audiences(groups: Sequence[Group]) -> list[dict[str, Any]]:
        return [
            {"code": one.code, "name": names.value("audience", one.code), "reason": one.reason, "count": one.count}
            for one in groups
        ]

    return {
        "audiences": audiences(unserved.audiences),
        "rows": [
            {
                "district": row.district,
                "name": names.value("district", row.district),
                "audiences": audiences(row.audiences),
                "neighbourhoods": [
                    {
                        "id": one.place.id,
                        "name": one.place.name,
                        "population": one.place.population,
                        "reason": one.reason,
                        "count": one.count,
                    }
                    for one in row.neighbourhoods
                ],
                "neighbourhoods_known": row.known,
                "placeless": row.placeless,
            }
            for row in unserved.rows
        ],
    }
