"""Where what runs and what is missing: the gap table of ``analysis.gaps`` with the names that people read.

At a district its own projects are counted, in its own row; of everybody's approved projects (``network``) all districts
have their rows. The office has all rows in both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from izsa_desktop.analysis import gaps
from izsa_desktop.analysis.gaps import Finding, Matrix, Tally
from izsa_desktop.analysis.works import Entry, Works, entry_of
from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.balance import proposed
from izsa_desktop.domain.filter import EVERYTHING, ProjectFilter
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.text import sort_key
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.table import Value
from izsa_desktop.tables.writing import sheets_bytes
from izsa_desktop.usecases.files import write_atomic
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.finding import find_numbers
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.workplace import Workplace, require_outside

_AT_ONCE = 500
_OFFERED = ("goal", "target", "audience", "dimension", "theme")
"""Kinds whose columns are all there is to choose from, also what nobody has; years are only those that occur."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """A gap table and what is missing in it."""

    found: Matrix
    findings: tuple[Finding, ...]


def gap_table(
    workplace: Workplace,
    by: str,
    districts: Sequence[str] = (),
    wanted: ProjectFilter = EVERYTHING,
    progress: Progress = no_progress,
) -> Gaps:
    """The table of the projects that match, by one of ``analysis.gaps.KINDS``; ``districts``: only these rows."""
    known = workplace.reference
    with workplace.store.reading() as reader:
        works = Works(_entries(reader, wanted, progress))
    everybody = workplace.identity.office or wanted.network
    all_rows = row_codes(known) if everybody else (workplace.identity.body,)
    found = gaps.matrix(works, by, all_rows, column_codes(known, by), balancing(known))
    shown = tuple(code for code in all_rows if code in districts) if districts else all_rows
    missing = gaps.findings(found, (code for code in shown if code != OFFICE), _lacking(found, known))
    if districts:
        found = gaps.matrix(works, by, shown, column_codes(known, by), balancing(known))
    return Gaps(found, tuple(missing))


def _entries(reader: Reader, wanted: ProjectFilter, progress: Progress) -> Iterator[Entry]:
    numbers, today = find_numbers(reader, wanted).tolist(), date.today()
    for start in range(0, len(numbers), _AT_ONCE):
        progress(start, len(numbers))
        for project in reader.at(numbers[start : start + _AT_ONCE]).values():
            yield entry_of(project, today)
    progress(len(numbers), len(numbers))


def row_codes(known: Reference) -> tuple[str, ...]:
    """All districts in Turkish order, and the province behind them."""
    return (*(d.code for d in sorted(known.districts, key=lambda d: sort_key(d.name))), OFFICE)


def column_codes(known: Reference, by: str) -> tuple[str, ...]:
    """What can be chosen, in the order in which it is offered."""
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


def _lacking(found: Matrix, known: Reference) -> Sequence[str]:
    """The columns of which something can be missing."""
    return column_codes(known, found.by) if found.by in _OFFERED else [c for c in found.columns if c.isdigit()]


def sentence(finding: Finding, by: str, names: FilterNames, t: Translator) -> str:
    """What is missing, why, and who could help."""
    facts = {
        "district": names.value("district", finding.district),
        "what": names.value(by, finding.code),
        "why": reason(finding, t),
    }
    if not finding.sharers:
        return t("gaps.finding", **facts)
    helpers = ", ".join(names.value("district", code) for code in finding.sharers)
    return t("gaps.finding_shared", **facts, count=len(finding.sharers), names=helpers)


def reason(finding: Finding, t: Translator) -> str:
    """Why it is a gap."""
    return t(f"gaps.reason_{finding.reason}", count=finding.count)


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
        "total": _cell(found.total, _people(found, people)),
        "totals": {column: _cell(found.column(column), _people(found, people)) for column in found.columns},
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
    }


def _people(found: Matrix, people: Mapping[str, int]) -> int:
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


def write_gaps(workplace: Workplace, table: Gaps, target: Path, t: Translator) -> None:
    """Writes a workbook: a sheet for each measure, what is missing, the balance. Raises FileProblem, DiskProblem."""
    require_outside(workplace, target)
    write_atomic(target, sheets_bytes(list(_sheets(table, workplace.reference, t))))


def _sheets(table: Gaps, known: Reference, t: Translator) -> Iterator[tuple[str, list[Sequence[Value]]]]:
    found, names = table.found, FilterNames(known, t)
    people = {d.code: d.population for d in known.districts}

    def page(measure: Any) -> list[Sequence[Value]]:
        heads = [t("gaps.district"), t("gaps.population"), *(names.value(found.by, c) for c in found.columns)]
        rows: list[Sequence[Value]] = [[*heads, t("gaps.total")]]
        for code in found.rows:
            here = people.get(code, 0)
            cells = [measure(found.at(code, column), here) for column in found.columns]
            rows.append([names.value("district", code), here or None, *cells, measure(found.row(code), here)])
        everyone = _people(found, people)
        totals = [measure(found.column(column), everyone) for column in found.columns]
        rows.append([t("gaps.city"), everyone or None, *totals, measure(found.total, everyone)])
        return rows

    yield t("gaps.count"), page(lambda tally, _people: tally.count)
    yield t("gaps.active"), page(lambda tally, _people: tally.active)
    yield t("gaps.active_share"), page(_percent)
    yield t("gaps.per_10000"), page(_density)
    for currency in found.total.budget:
        yield f"{t('gaps.budget')} {currency}".strip(), page(_sum(currency))
    yield t("gaps.sheet_missing"), list(_missing(table, names, t))
    yield t("gaps.sheet_balance"), list(_balance_rows(found, known, names, t))


def _percent(tally: Tally, _people: int) -> Value:
    return None if tally.active_share is None else round(tally.active_share * 100, 1)


def _density(tally: Tally, people: int) -> Value:
    density = tally.density(people)
    return None if density is None else round(density, 4)


def _sum(currency: str) -> Any:
    def of(tally: Tally, _people: int) -> Value:
        amount = tally.budget.get(currency)
        return None if amount is None else number(amount)

    return of


def _missing(table: Gaps, names: FilterNames, t: Translator) -> Iterator[Sequence[Value]]:
    yield [t("gaps.district"), t("gaps.missing_what"), t("gaps.missing_why"), t("gaps.missing_who")]
    for one in table.findings:
        helpers = ", ".join(names.value("district", code) for code in one.sharers)
        yield [names.value("district", one.district), names.value(table.found.by, one.code), reason(one, t), helpers]


def _balance_rows(found: Matrix, known: Reference, names: FilterNames, t: Translator) -> Iterator[Sequence[Value]]:
    codes = [term.code for term in known.vocabularies["dimension"]]
    yield [t("gaps.district"), *(f"{names.value('dimension', code)} (%)" for code in codes), t("gaps.works")]
    for place in (*found.rows, ""):
        balance = found.balance.get(place)
        shares = [round(balance.percent.get(code, 0), 1) if balance else None for code in codes]
        name = names.value("district", place) if place else t("gaps.city")
        yield [name, *shares, balance.works if balance else 0]
