"""What is counted, what counts once, and what is missing."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from izsa_desktop.analysis.gaps import KINDS, NONE, STOPPED, TOTAL, UNKNOWN, Matrix, by_district, findings, matrix
from izsa_desktop.analysis.works import Entry, Works, entry_of
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Funding, Relation, Share

TODAY = date(2026, 11, 23)
BORNOVA, KONAK, KIRAZ = "TUR035007", "TUR035021", "TUR035019"
ROWS = (BORNOVA, KONAK, KIRAZ, OFFICE)
GOALS = ("6", "7", "13")


def entry(number: int, district: str = BORNOVA, **fields: Any) -> Entry:
    made = ProjectFields(**{"goals": ("7",), "status": "sürüyor", "district": district, **fields})
    return entry_of(Project(id=name(number), fields=made), TODAY)


def name(number: int) -> str:
    return f"{BORNOVA}/{number:032x}"


def to(number: int, kind: str) -> tuple[Relation, ...]:
    return (Relation(other=name(number), kind=kind),)


def table(entries: Iterable[Entry], by: str = "goal", columns: tuple[str, ...] = GOALS) -> Matrix:
    return matrix(Works(entries), by, ROWS, columns, lambda one: dict(one.shares))


def test_a_project_counts_in_each_of_its_goals_and_once_in_its_row() -> None:
    found = table([entry(1, goals=("7", "13")), entry(2, goals=("7",)), entry(3, KONAK, goals=("13",))])
    assert [found.at(BORNOVA, goal).count for goal in GOALS] == [0, 2, 1]
    assert [found.column(goal).count for goal in GOALS] == [0, 2, 2]
    assert (found.row(BORNOVA).count, found.row(KONAK).count, found.row(KIRAZ).count, found.total.count) == (2, 1, 0, 3)


@pytest.mark.parametrize("kind", ["aynı", "ortak iş", "parçası"])
def test_what_is_one_work_counts_once_in_every_total(kind: str) -> None:
    found = table([entry(1), entry(2, relations=to(1, kind)), entry(3, KONAK, relations=to(2, kind))])
    assert found.row(BORNOVA).count == found.row(KONAK).count == found.at(BORNOVA, "7").count == 1
    assert found.column("7").count == found.total.count == 1


@pytest.mark.parametrize("kind", ["devamı", "benzer değil", ""])
def test_what_follows_or_differs_is_work_of_its_own(kind: str) -> None:
    assert table([entry(1), entry(2, relations=to(1, kind))]).total.count == 2


def test_a_relation_to_a_project_that_is_not_listed_joins_nothing() -> None:
    assert table([entry(1, relations=to(9, "aynı")), entry(2, relations=to(9, "aynı"))]).total.count == 2


def test_a_project_counts_in_every_district_that_it_serves_and_the_province_has_its_own_row() -> None:
    found = table([entry(1, served=(BORNOVA, KIRAZ)), entry(2, OFFICE)])
    assert [found.row(code).count for code in ROWS] == [1, 0, 1, 1]
    assert found.total.count == 2


def test_the_share_is_taken_of_those_that_are_known() -> None:
    found = table([entry(1), entry(2, status="iptal"), entry(3, status="")])
    assert found.total.active_share == 0.5
    assert table([entry(1, status="")]).total.active_share is None


def test_one_record_that_runs_makes_its_work_run() -> None:
    found = table([entry(1, status="tamamlandı"), entry(2, relations=to(1, "aynı")), entry(3, status="")])
    assert (found.total.active, found.total.count) == (1, 2)


def test_money_of_one_work_counts_once() -> None:
    def money(*amounts: int, currency: str = "TRY") -> tuple[Funding, ...]:
        return tuple(Funding(amount=Decimal(amount), currency=currency) for amount in amounts)

    same = [entry(1, funding=money(300, 200)), entry(2, KONAK, funding=money(400), relations=to(1, "aynı"))]
    found = table([*same, entry(3, funding=money(50)), entry(4, funding=money(7, currency="EUR"))])
    assert found.total.budget == {"EUR": 7, "TRY": 550}
    assert found.row(KONAK).budget == {"TRY": 400}


def test_the_totals_of_districts_are_those_of_the_table() -> None:
    entries = [entry(1), entry(2, KONAK, relations=to(1, "aynı")), entry(3, KONAK, status="iptal"), entry(4, OFFICE)]
    found, totals = table(entries), by_district(Works(entries))
    assert {code: found.row(code) for code in (BORNOVA, KONAK, OFFICE)} | {TOTAL: found.total} == totals


def test_density() -> None:
    found = table([entry(1), entry(2)])
    assert found.row(BORNOVA).density(40_000) == 0.5
    assert found.row(OFFICE).density(0) is None


def test_codes_of_a_newer_version_have_columns_behind_the_known_ones() -> None:
    found = table([entry(1, goals=("L3",)), entry(2, goals=())])
    assert found.columns == (*GOALS, "L3", "")
    assert found.column("").count == 1


@pytest.mark.parametrize("by", KINDS)
def test_every_kind_of_column(by: str) -> None:
    one = entry(
        1,
        targets=("6.1",),
        audience=("kadınlar",),
        theme="kompost",
        start="2024-05",
        dimensions=(Share(code="sosyal", percent=100), Share(code="ekonomik", percent=0)),
    )
    found = table([one], by, ())
    wanted = {
        "goal": "7",
        "target": "6.1",
        "audience": "kadınlar",
        "dimension": "sosyal",
        "theme": "kompost",
        "year": "2024",
    }
    assert found.columns == (wanted[by],)
    assert found.at(BORNOVA, wanted[by]).count == 1


def test_the_balance_is_the_mean_of_the_works() -> None:
    def shares(**percents: int) -> tuple[Share, ...]:
        return tuple(Share(code=code, percent=percent) for code, percent in percents.items())

    found = table(
        [
            entry(1, dimensions=shares(sosyal=100)),
            entry(2, dimensions=shares(sosyal=50, ekonomik=50)),
            entry(3, KONAK, dimensions=shares(ekonomik=30)),
            entry(4, KONAK),
        ]
    )
    assert found.balance[BORNOVA].percent == {"sosyal": 75, "ekonomik": 25}
    assert found.balance[KONAK].percent == {"ekonomik": 100}
    assert found.balance[""].works == 3
    assert found.balance[""].percent == {"sosyal": 50, "ekonomik": 50}


def test_findings_name_the_reason_and_who_could_help() -> None:
    found = table(
        [
            entry(1),
            *(entry(n, KONAK) for n in (2, 3)),
            entry(4, KIRAZ, status="iptal"),
            entry(5, KIRAZ, goals=("13",), status=""),
        ]
    )
    missing = {(one.district, one.code): one for one in findings(found, (BORNOVA, KONAK, KIRAZ), GOALS)}
    assert (BORNOVA, "7") not in missing
    assert missing[KIRAZ, "7"].reason == STOPPED
    assert missing[KIRAZ, "7"].sharers == (KONAK, BORNOVA)
    assert (missing[KIRAZ, "13"].reason, missing[KIRAZ, "13"].count) == (UNKNOWN, 1)
    assert (missing[BORNOVA, "6"].reason, missing[BORNOVA, "6"].sharers) == (NONE, ())
    assert len(missing) == 7


def test_what_runs_in_a_year() -> None:
    running = entry(1, start="2024", end="2025", status="")
    assert [running.runs_in(year) for year in (2023, 2024, 2025, 2026)] == [False, True, True, False]
    assert not entry(2).runs_in(2024)


def test_who_works_together() -> None:
    works = Works(
        [
            entry(1, relations=(*to(2, "ortak iş"), *to(3, "aynı"))),
            entry(2, KONAK, relations=to(1, "parçası")),
            entry(3, relations=(*to(2, "devamı"), *to(9, "ortak iş"))),
            entry(4, relations=to(5, "ortak iş")),
            entry(5, relations=to(4, "benzer değil")),
        ]
    )
    assert [(a.id, b.id) for a, b in works.together()] == [(name(1), name(2))]
