"""The gap table as a workbook."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from izsa_desktop.analysis.gaps import Matrix, Tally
from izsa_desktop.domain.reference import Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.table import Value
from izsa_desktop.tables.writing import sheets_bytes
from izsa_desktop.usecases.files import require_ending, write_atomic
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.gaps import Gaps, number, people_of, reason
from izsa_desktop.usecases.unserved import Unserved
from izsa_desktop.usecases.workplace import Workplace, require_outside


def write_gaps(workplace: Workplace, table: Gaps, target: Path, t: Translator) -> None:
    """Writes a workbook: a sheet for each measure, what is missing, the balance.

    Raises WrongEnding, InsideWorkplace, FileProblem, DiskProblem.
    """
    require_ending(target, ".xlsx")
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
        everyone = people_of(found, people)
        totals = [measure(found.column(column), everyone) for column in found.columns]
        rows.append([t("gaps.city"), everyone or None, *totals, measure(found.total, everyone)])
        return rows

    yield t("gaps.count"), page(lambda tally, _people: tally.count)
    yield t("gaps.active"), page(lambda tally, _people: tally.active)
    yield t("gaps.active_share"), page(_percent)
    yield t("gaps.per_10000"), page(_density)
    for currency in found.total.budget:
        yield budget_name(currency, t), page(_sum(currency))
    yield t("gaps.sheet_missing"), list(_missing(table, names, t))
    yield t("gaps.sheet_unserved"), list(_unserved(table.unserved, names, t))
    yield t("gaps.sheet_balance"), list(_balance_rows(found, known, names, t))


def budget_name(currency: str, t: Translator) -> str:
    """What the sums in a currency are called; ``""`` is money of which nobody says in which currency."""
    return f"{t('gaps.budget')} {currency}" if currency else t("gaps.budget_unnamed")


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
        yield [
            names.value("district", one.district),
            names.value(table.found.by, one.code),
            reason(one.reason, one.count, t),
            helpers,
        ]


def _unserved(unserved: Unserved, names: FilterNames, t: Translator) -> Iterator[Sequence[Value]]:
    heads = ("district", "unserved_kind", "unserved_name", "population", "missing_why")
    yield [t(f"gaps.{head}") for head in heads]
    for group in unserved.audiences:
        what = names.value("audience", group.code)
        yield [t("gaps.city"), t("gaps.audience"), what, None, reason(group.reason, group.count, t)]
    for row in unserved.rows:
        district = names.value("district", row.district)
        for group in row.audiences:
            what = names.value("audience", group.code)
            yield [district, t("gaps.audience"), what, None, reason(group.reason, group.count, t)]
        for one in row.neighbourhoods:
            why = reason(one.reason, one.count, t)
            yield [district, t("gaps.neighbourhood"), one.place.name, one.place.population or None, why]


def _balance_rows(found: Matrix, known: Reference, names: FilterNames, t: Translator) -> Iterator[Sequence[Value]]:
    codes = [term.code for term in known.vocabularies["dimension"]]
    yield [t("gaps.district"), *(f"{names.value('dimension', code)} (%)" for code in codes), t("gaps.works")]
    for place in (*found.rows, ""):
        balance = found.balance.get(place)
        shares = [round(balance.percent.get(code, 0), 1) if balance else None for code in codes]
        name = names.value("district", place) if place else t("gaps.city")
        yield [name, *shares, balance.works if balance else 0]
