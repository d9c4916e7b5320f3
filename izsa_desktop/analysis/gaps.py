"""Where something runs and where nothing does: districts against goals, targets, audiences and the like.

Works are counted, not records: see ``works``. A work counts in every column of which it has the code, and once in the
total of its row. The share of active ones is taken of the works of which it is known whether they run; a work is active
when one of its records is. Province-wide work has a row of its own and closes no district's gap.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from izsa_desktop.analysis.works import Entry, Works
from izsa_desktop.domain.running import ACTIVE, INACTIVE

KINDS = ("goal", "target", "audience", "dimension", "theme", "year")
"""What the columns can be."""
NONE, STOPPED, UNKNOWN = "none", "stopped", "unknown"
"""Reasons of a gap: no project at all; projects, and none of them runs; projects of which nobody says that they run."""
PER = 10_000
"""People that the density is counted on."""
TOTAL = "*"
"""Stands for all districts together."""
_SHARERS = 3

Balancing = Callable[[Entry], Mapping[str, int]]
"""How an entry divides between the dimensions, in percent; empty where nothing says it."""


@dataclass(slots=True)
class Tally:
    """What is known of some works. Filled by ``add``; read when all is in."""

    _states: dict[int, str] = field(default_factory=dict)
    _money: dict[int, dict[str, Decimal]] = field(default_factory=dict)

    def add(self, work: int, entry: Entry) -> None:
        """One more record of a work."""
        before = self._states.get(work)
        if before is None or entry.state == ACTIVE or (entry.state == INACTIVE and before != ACTIVE):
            self._states[work] = entry.state
        for currency, amount in entry.money:
            kept = self._money.setdefault(work, {})
            kept[currency] = max(amount, kept.get(currency, amount))

    @property
    def count(self) -> int:
        """How many works."""
        return len(self._states)

    def of_state(self, state: str) -> int:
        """How many works in this state."""
        return sum(one == state for one in self._states.values())

    @property
    def active(self) -> int:
        """How many works run."""
        return self.of_state(ACTIVE)

    @property
    def active_share(self) -> float | None:
        """Of the works of which it is known, how many run; None where it is known of none."""
        known = self.active + self.of_state(INACTIVE)
        return self.active / known if known else None

    @property
    def budget(self) -> dict[str, Decimal]:
        """Sums by currency."""
        sums: dict[str, Decimal] = {}
        for money in self._money.values():
            for currency, amount in money.items():
                sums[currency] = sums.get(currency, Decimal(0)) + amount
        return dict(sorted(sums.items()))

    def density(self, population: int) -> float | None:
        """Works per 10,000 people; None where nobody lives."""
        return self.count * PER / population if population else None

    @property
    def gap(self) -> str:
        """Why this is a gap: ``NONE``, ``STOPPED`` or ``UNKNOWN``; empty when something runs."""
        if self.active:
            return ""
        if not self.count:
            return NONE
        return STOPPED if self.of_state(INACTIVE) == self.count else UNKNOWN


EMPTY = Tally()


@dataclass(frozen=True, slots=True)
class Balance:
    """How works divide between the dimensions."""

    percent: Mapping[str, float]
    """The mean over the works by dimension; empty where nothing says it of any."""
    works: int
    """Of how many works it is the mean."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows are districts, columns codes. A cell without works is not there: ``at`` gives an empty one."""

    by: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: Mapping[tuple[str, str], Tally]
    by_row: Mapping[str, Tally]
    by_column: Mapping[str, Tally]
    total: Tally
    balance: Mapping[str, Balance]
    """By district; under ``""`` of all."""

    def at(self, row: str, column: str) -> Tally:
        return self.cells.get((row, column), EMPTY)

    def row(self, row: str) -> Tally:
        return self.by_row.get(row, EMPTY)

    def column(self, column: str) -> Tally:
        return self.by_column.get(column, EMPTY)


def matrix(works: Works, by: str, rows: Sequence[str], columns: Sequence[str], balancing: Balancing) -> Matrix:
    """Counts the works of these districts. Codes that no column has come behind them, nothing said (``""``) last."""
    cells: dict[tuple[str, str], Tally] = {}
    by_row: dict[str, Tally] = {}
    by_column: dict[str, Tally] = {}
    total = Tally()
    wanted = frozenset(rows)
    for work, entry in works.numbered():
        districts = [code for code in entry.districts if code in wanted]
        if not districts:
            continue
        total.add(work, entry)
        codes = entry.codes(by)
        for code in codes:
            by_column.setdefault(code, Tally()).add(work, entry)
        for district in districts:
            by_row.setdefault(district, Tally()).add(work, entry)
            for code in codes:
                cells.setdefault((district, code), Tally()).add(work, entry)
    unnamed = sorted(set(by_column) - set(columns), key=lambda code: (not code, code))
    balance = _balance(works, wanted, balancing)
    return Matrix(by, (*columns, *unnamed), tuple(rows), cells, by_row, by_column, total, balance)


def by_district(works: Works) -> dict[str, Tally]:
    """The totals of the districts alone, by code; under ``TOTAL`` that of all."""
    found: dict[str, Tally] = {TOTAL: Tally()}
    for work, entry in works.numbered():
        found[TOTAL].add(work, entry)
        for district in entry.districts:
            found.setdefault(district, Tally()).add(work, entry)
    return found


def _balance(works: Works, rows: frozenset[str], balancing: Balancing) -> dict[str, Balance]:
    """The mean of the works of each district and of all; a work speaks through its first record that says something."""
    seen: dict[str, set[int]] = {}
    sums: dict[str, dict[str, Decimal]] = {}
    for work, entry in works.numbered():
        districts = [code for code in entry.districts if code in rows]
        shares = balancing(entry) if districts else {}
        whole = sum(shares.values())
        if not whole:
            continue
        for place in (*districts, ""):
            if work in seen.setdefault(place, set()):
                continue
            seen[place].add(work)
            kept = sums.setdefault(place, {})
            for code, percent in shares.items():
                kept[code] = kept.get(code, Decimal(0)) + Decimal(percent) * 100 / whole
    return {
        place: Balance({code: float(value / len(seen[place])) for code, value in kept.items()}, len(seen[place]))
        for place, kept in sums.items()
    }


@dataclass(frozen=True, slots=True)
class Finding:
    """What is missing somewhere."""

    district: str
    code: str
    """A code of the matrix' columns."""
    reason: str
    """``NONE``, ``STOPPED`` or ``UNKNOWN``."""
    count: int
    """How many projects there are all the same."""
    sharers: tuple[str, ...]
    """Districts that could tell how they do it: those in which most of it runs, at most three."""


def findings(
    found: Matrix, districts: Iterable[str], codes: Iterable[str], sharing: Matrix | None = None
) -> list[Finding]:
    """What is missing in these districts of these columns, district by district.

    ``sharing``: the table that says who could tell how they do it, where it is another one.
    """
    codes = tuple(codes)
    sharers = {code: _sharers(sharing or found, code) for code in codes}
    missing = []
    for district in districts:
        for code in codes:
            cell = found.at(district, code)
            if reason := cell.gap:
                others = tuple(row for row in sharers[code] if row != district)
                missing.append(Finding(district, code, reason, cell.count, others[:_SHARERS]))
    return missing


def _sharers(found: Matrix, code: str) -> tuple[str, ...]:
    """Where it runs, most of it first; equals in the order of the rows."""
    active = [(row, found.at(row, code).active) for row in found.rows]
    best = sorted((one for one in active if one[1]), key=lambda one: -one[1])
    return tuple(row for row, _count in best[: _SHARERS + 1])
