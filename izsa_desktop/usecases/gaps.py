"""Where what runs and what is missing: the gap table of ``analysis.gaps`` with the names that people read.

At a district its own projects are counted, in its own row, and everybody's approved projects say who could help; of
everybody's approved projects (``network``) all districts have their rows. The office has all rows in both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from izsa_desktop.analysis import gaps
from izsa_desktop.analysis.gaps import Finding, Matrix, Tally
from izsa_desktop.analysis.works import Entry, Works, entry_of
from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.balance import proposed
from izsa_desktop.domain.errors import OtherDistrictsRow
from izsa_desktop.domain.filter import EVERYTHING, ProjectFilter
from izsa_desktop.domain.neighbourhoods import Neighbourhoods
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.text import sort_key
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.finding import find_numbers
from izsa_desktop.usecases.joint import places
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.unserved import Unserved, unserved_of
from izsa_desktop.usecases.unserved import to_plain as unserved_to_plain
from izsa_desktop.usecases.workplace import Workplace

_AT_ONCE = 500
BY_YEAR = "year"
"""Columns of which nothing can be missing: that nothing began in a year is no gap."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a gap table is made of. The same for all: nobody changes it."""

    works: Works
    standing: tuple[frozenset[int], ...]
    """For each entry the neighbourhoods in which it stands."""
    rows: tuple[str, ...]
    shares: gaps.Balancing
    """How an entry divides between the dimensions; what the goals suggest is worked out once."""
    unserved: Unserved
    helping: Works | None = None
    """The works that say who could help, where these are others."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """A gap table and what is missing in it."""

    found: Matrix
    findings: tuple[Finding, ...]
    unserved: Unserved


def gap_table(
    workplace: Workplace,
    by: str,
    districts: Sequence[str] = (),
    wanted: ProjectFilter = EVERYTHING,
    progress: Progress = no_progress,
) -> Gaps:
    """The table of the projects that match, by one of ``analysis.gaps.KINDS``; ``districts``: only these rows.

    Raises OtherDistrictsRow where the table has no such row.
    """
    return table_of(count(workplace, wanted, progress, districts), by, workplace.reference, districts)


def count(
    workplace: Workplace,
    wanted: ProjectFilter = EVERYTHING,
    progress: Progress = no_progress,
    districts: Sequence[str] = (),
) -> Counted:
    """Reads the projects that match. Raises OtherDistrictsRow where there is no row for one of ``districts``."""
    known, body = workplace.reference, workplace.identity.body
    everybody = workplace.identity.office or wanted.network
    if not everybody and (others := [code for code in districts if code != body]):
        raise OtherDistrictsRow(known.district_name(others[0]), known.district_name(body))
    quarters = Neighbourhoods(known)
    standing: list[frozenset[int]] = []
    with workplace.store.reading() as reader:
        works = Works(_entries(reader, wanted, progress, quarters, standing))
        helping = None if everybody else Works(_entries(reader, replace(wanted, network=True), no_progress))
    rows = row_codes(known) if everybody else (body,)
    unserved = unserved_of(works, standing, rows, known)
    return Counted(works, tuple(standing), rows, balancing(known), unserved, helping)


def table_of(counted: Counted, by: str, known: Reference, districts: Sequence[str] = ()) -> Gaps:
    """The table of what was read; ``districts``: only these rows."""
    columns, shares, unserved = column_codes(known, by), counted.shares, counted.unserved
    found = whole = gaps.matrix(counted.works, by, counted.rows, columns, shares)
    sharing = whole if counted.helping is None else gaps.matrix(counted.helping, by, row_codes(known), columns, shares)
    if districts:
        shown = tuple(code for code in counted.rows if code in districts)
        found = gaps.matrix(counted.works, by, shown, columns, shares)
        unserved = unserved_of(counted.works, counted.standing, shown, known)
    lacking = () if by == BY_YEAR else columns
    missing = gaps.findings(found, (code for code in found.rows if code != OFFICE), lacking, sharing)
    return Gaps(found, tuple(missing), unserved)


def _entries(
    reader: Reader,
    wanted: ProjectFilter,
    progress: Progress,
    quarters: Neighbourhoods | None = None,
    standing: list[frozenset[int]] | None = None,
) -> Iterator[Entry]:
    numbers, today, known = find_numbers(reader, wanted).tolist(), date.today(), places(reader)
    for start in range(0, len(numbers), _AT_ONCE):
        progress(start, len(numbers))
        for project in reader.at(numbers[start : start + _AT_ONCE]).values():
            if quarters is not None and standing is not None:
                standing.append(quarters.of(project.fields))
            yield entry_of(project, today, known.get(project.id, ()))
    progress(len(numbers), len(numbers))


def row_codes(known: Reference) -> tuple[str, ...]:
    """All districts in Turkish order, and the province behind them."""
    return (*(d.code for d in sorted(known.districts, key=lambda d: sort_key(d.name))), OFFICE)


def column_codes(known: Reference, by: str) -> tuple[str, ...]:
    """What can be chosen, in the order in which it is offered; years are only those that occur."""
    match by:
        case "goal":
            return tuple(goal.code for goal in known.goals)
        case "target":
            return tuple(target.code for goal in known.goals for target in goal.targets)
        case "year":
            return ()
        case _:
            return tuple(term.code for term in known.vocabularies[by])


def balancing(known: Reference) -> gaps.Balancing:
    """How an entry divides between the dimensions: as it is stated, else as its goals suggest."""
    proposals: dict[tuple[str, ...], Mapping[str, int]] = {}

    def shares(entry: Entry) -> Mapping[str, int]:
        if entry.shares:
            return dict(entry.shares)
        if entry.goals not in proposals:
            goals = (known.goals_by_code[code] for code in entry.goals if code in known.goals_by_code)
            proposals[entry.goals] = proposed(goals)
        return proposals[entry.goals]

    return shares


def sentence(finding: Finding, by: str, names: FilterNames, t: Translator) -> str:
    """What is missing, why, and who could help."""
    facts = {
        "district": names.value("district", finding.district),
        "what": names.value(by, finding.code),
        "why": reason(finding.reason, finding.count, t),
    }
    if not finding.sharers:
        return t("gaps.finding", **facts)
    helpers = ", ".join(names.value("district", code) for code in finding.sharers)
    return t("gaps.finding_shared", **facts, count=len(finding.sharers), names=helpers)


def reason(code: str, count: int, t: Translator) -> str:
    """Why it is a gap: ``code`` as in ``analysis.gaps``, and how many projects there are all the same."""
    return t(f"gaps.reason_{code}", count=count)


def to_plain(table: Gaps, known: Reference, t: Translator) -> dict[str, Any]:
    """As JSON: see docs/cli.md."""
    found, names = table.found, FilterNames(known, t)
    people = {d.code: d.population for d in known.districts}
    return {
        "by": found.by,
        "columns": [{"code": code, "name": names.value(found.by, code)} for code in found.columns],
        "rows": [
            {
                "district": code,
                "name": names.value("district", code),
                "population": people.get(code),
                "total": _cell(found.row(code), people.get(code, 0)),
                "cells": {column: _cell(found.at(code, column), people.get(code, 0)) for column in found.columns},
                "balance": _balance(found, code),
            }
            for code in found.rows
        ],
        "total": _cell(found.total, people_of(found, people)),
        "totals": {column: _cell(found.column(column), people_of(found, people)) for column in found.columns},
        "balance": _balance(found, ""),
        "findings": [
            {
                "district": finding.district,
                "code": finding.code,
                "reason": finding.reason,
                "count": finding.count,
                "districts": list(finding.sharers),
                "sentence": sentence(finding, found.by, names, t),
            }
            for finding in table.findings
        ],
        "unserved": unserved_to_plain(table.unserved, names),
    }


def people_of(found: Matrix, people: Mapping[str, int]) -> int:
    """How many live in the districts of the table."""
    return sum(people.get(code, 0) for code in found.rows)


def _cell(tally: Tally, population: int) -> dict[str, Any]:
    share, density = tally.active_share, tally.density(population)
    return {
        "count": tally.count,
        "active": tally.active,
        "active_share": None if share is None else round(share, 4),
        "budget": {currency: number(amount) for currency, amount in tally.budget.items()},
        "per_10000": None if density is None else round(density, 4),
    }


def number(amount: Decimal) -> int | float:
    """Money as JSON and spreadsheets have numbers."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _balance(found: Matrix, place: str) -> dict[str, float]:
    balance = found.balance.get(place)
    return {code: round(value, 1) for code, value in sorted(balance.percent.items())} if balance else {}
