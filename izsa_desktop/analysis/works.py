"""Projects as things to be counted.

One piece of work may stand in several records (``joined`` says which). Every total counts a work once: in a district,
in a column, in the city. A work of several districts counts once in each of them, so that districts may add up to more
than the city. Only records that are at hand join: a relation to one that is not among them says nothing. What a body
declines it does not do: between its project and the others of that programme *ortak iş* says nothing either, whoever
said it, as long as it declines. *Aynı* and *parçası* are no matter of taking part and go on to hold.

A record counts in its district and in all that it serves. Money of a work is the largest sum that one of its records
states in a currency: adding them would count the same money twice.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

import msgspec

from izsa_desktop.analysis.joined import COUNT_ONCE, JOINT, PART, Said, groups, pair
from izsa_desktop.domain.facets import confirmed_on, facets_of
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.running import ACTIVE, INACTIVE, UNCLEAR, state, years
from izsa_desktop.domain.text import visible

TOGETHER = frozenset({JOINT, PART})
"""Relations that mean working together, not telling of the same twice."""

DECLINED = -1
"""In a joint programme the place of a project whose body takes no part."""
_ONE = ("",)


class Entry(msgspec.Struct, frozen=True, gc=False):
    """What is counted of a record. Codes as in ``facets``; ``("",)`` where nothing is said."""

    id: str
    districts: tuple[str, ...]
    goals: tuple[str, ...]
    targets: tuple[str, ...]
    audience: tuple[str, ...]
    dimensions: tuple[str, ...]
    theme: str
    year: str
    state: str
    """See ``domain.running.state``."""
    shares: tuple[tuple[str, int], ...] = ()
    """How the work divides between the dimensions, in percent, as it is stated."""
    money: tuple[tuple[str, Decimal], ...] = ()
    """Sums by currency."""
    relations: tuple[tuple[str, str], ...] = ()
    """Their kinds and the ids they point to."""
    programmes: tuple[tuple[str, int], ...] = ()
    """The joint programmes that it is in, each with its place there, or ``DECLINED``."""
    first: int = 0
    """The first year; 0 when it is unknown."""
    last: int = 0
    """The last year in which it is known to run; 0 while it goes on. See ``domain.running.years``."""
    confirmed: str = ""
    """See ``facets.confirmed_on``."""

    def codes(self, by: str) -> tuple[str, ...]:
        """Its codes in one of ``gaps.KINDS``."""
        match by:
            case "goal":
                return self.goals
            case "target":
                return self.targets
            case "audience":
                return self.audience
            case "dimension":
                return self.dimensions
            case "theme":
                return (self.theme,)
            case "year":
                return (self.year,)
            case _:
                raise ValueError(by)

    def runs_in(self, year: int) -> bool:
        """Whether it ran in a year, or will, as far as its dates say."""
        return 0 < self.first <= year and (not self.last or year <= self.last)

    def state_in(self, year: int) -> str:
        """The state of that year, as far as the dates say it."""
        if self.runs_in(year):
            return ACTIVE
        if not self.first or (self.state == UNCLEAR and year > self.last):
            return UNCLEAR
        return INACTIVE


def entry_of(project: Project, today: date, programmes: tuple[tuple[str, int], ...] = ()) -> Entry:
    """What is counted of a project. ``programmes``: as in ``Entry``."""
    f = project.fields
    found = facets_of(project)
    first, last = years(f, today)
    return Entry(
        project.id,
        tuple(dict.fromkeys((f.district, *f.served))),
        found["goal"],
        found["target"],
        found["audience"],
        tuple(share.code for share in f.dimensions if share.percent > 0) or _ONE,
        f.theme,
        found["year"][0],
        state(f, today),
        tuple((share.code, share.percent) for share in f.dimensions if share.percent > 0),
        _money(f),
        tuple((r.kind, r.other) for r in f.relations if r.kind and r.other != project.id),
        programmes,
        first,
        last,
        confirmed_on(project),
    )


def _money(fields: ProjectFields) -> tuple[tuple[str, Decimal], ...]:
    sums: dict[str, Decimal] = {}
    for row in fields.funding:
        if row.amount is not None and row.amount > 0:
            currency = visible(row.currency)
            sums[currency] = sums.get(currency, Decimal(0)) + row.amount
    return tuple(sorted(sums.items()))


class Works:
    """Entries, and which of them are one work. The same for all: nobody changes it."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)
        related = any(e.relations or e.programmes for e in self.entries)
        at = {entry.id: n for n, entry in enumerate(self.entries)} if related else {}
        said = [Said(e.id, other, kind) for e in self.entries for kind, other in e.relations if other in at]
        declined = _declined(self.entries)
        said = [one for one in said if one.kind != JOINT or pair(one.project, one.other) not in declined]
        self._at = at
        self._said = said
        self._programmes = _members(self.entries)
        self._work = list(range(len(self.entries)))
        for group in groups(said, self._programmes):
            places = sorted(at[id_] for id_ in group)
            for n in places:
                self._work[n] = places[0]

    def __len__(self) -> int:
        return len(self.entries)

    def numbered(self) -> Iterator[tuple[int, Entry]]:
        """Each entry with the number of its work."""
        return zip(self._work, self.entries, strict=True)

    def together(self) -> Iterator[tuple[Entry, Entry]]:
        """Pairs of records that are worked at together, each once; not those of which somebody says they differ.

        Of a joint programme its first record with each of the others.
        """
        apart = {pair(one.project, one.other) for one in self._said if one.kind not in COUNT_ONCE}
        pairs = [pair(one.project, one.other) for one in self._said if one.kind in TOGETHER]
        pairs = [found for found in pairs if found not in apart]
        pairs += (pair(some[0], id_) for some in self._programmes for id_ in some[1:])
        for a, b in dict.fromkeys(pairs):
            yield self.entries[self._at[a]], self.entries[self._at[b]]


def _members(entries: Iterable[Entry]) -> list[tuple[str, ...]]:
    """Of each joint programme the ids of its records, in their order there."""
    found: dict[str, list[tuple[int, str]]] = {}
    for entry in entries:
        for key, place in entry.programmes:
            if place != DECLINED:
                found.setdefault(key, []).append((place, entry.id))
    return [tuple(id_ for _, id_ in sorted(places)) for _, places in sorted(found.items())]


def _declined(entries: Iterable[Entry]) -> set[tuple[str, str]]:
    """Pairs of records of one joint programme of which a body takes no part."""
    inside: dict[str, list[tuple[str, bool]]] = {}
    for entry in entries:
        for key, place in entry.programmes:
            inside.setdefault(key, []).append((entry.id, place == DECLINED))
    return {
        pair(id_, other) for some in inside.values() for id_, out in some if out for other, _ in some if other != id_
    }
