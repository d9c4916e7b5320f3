"""Every kind of the gap table and every measure against a count that shares nothing with the program.

The projects are İzmir's collected ones; what those do not tell (status, money, targets, shared work) a rule adds. The
count goes over the plain records: no entry, no tally, no union-find.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop.domain.record import fields_from_record
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import gaps, projects
from izsa_desktop.usecases.demo import demo_lines, demo_record
from izsa_desktop.usecases.workplace import Workplace, create_workplace
from tests.support import REFERENCE

KINDS = ("goal", "target", "audience", "dimension", "theme", "year")
PROVINCE = "TUR035"
CODES = {d.name: d.code for d in REFERENCE.districts} | {"İzmir (il geneli)": PROVINCE}
PEOPLE = {d.code: d.population for d in REFERENCE.districts}
STATUS = ("sürüyor", "tamamlandı", "sürüyor", "planlandı", "iptal")
AUDIENCE = [term.code for term in REFERENCE.vocabularies["audience"]]
THEMES = [term.code for term in REFERENCE.vocabularies["theme"]]
DIMENSIONS = [term.code for term in REFERENCE.vocabularies["dimension"]]
TOGETHER = ("aynı", "ortak iş", "parçası")


def told(n: int, line: dict[str, Any]) -> dict[str, Any]:
    """The n-th line, and what a rule adds."""
    record = demo_record(line)
    district = CODES[line["district"]]
    others = [code for code in PEOPLE if code != district]
    goals = [str(goal) for goal in line["sdgs"]]
    first = DIMENSIONS[n % 4]
    if n % 8 == 0:
        record.pop("start")
    return record | {
        "status": STATUS[n % 5],
        "audience": [AUDIENCE[n % 16], AUDIENCE[(n * 7 + 3) % 16]] if n % 6 else [],
        "theme": THEMES[n % 11] if n % 4 else "",
        "targets": [f"{goals[0]}.1"] if n % 3 else [],
        "served": [others[n % 29], district] if n % 5 == 2 and district != PROVINCE else [],
        "dimensions": {first: 60, DIMENSIONS[(n + 1) % 4]: 40} if n % 3 == 1 else {},
        "funding": [
            {"key": "a", "amount": 1000 * (n % 9 + 1), "currency": "TRY"},
            {"key": "b", "amount": 10 + n, "currency": ("EUR", "")[n % 2]},
        ]
        if n % 4 != 3
        else [],
    }


def records() -> list[dict[str, Any]]:
    kept = [line for line in demo_lines() if line["district"] in CODES and "alt_of" not in line]
    return [told(n, line) for n, line in enumerate(kept)]


RECORDS = records()
RELATIONS = [(n, n + 5, TOGETHER[n % 3]) for n in range(0, len(RECORDS) - 5, 9)] + [
    (1, 2, "devamı"),
    (3, 4, "benzer değil"),
    (9, 20, "ortak iş"),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    folder: Path = tmp_path_factory.mktemp("counts") / "office"
    with create_workplace(folder, PROVINCE, "Koordinatör", "en") as workplace:
        ids = projects.add_projects(workplace, [fields_from_record(record, REFERENCE) for record in RECORDS])
        related: dict[int, list[dict[str, str]]] = {}
        for one, other, kind in RELATIONS:
            related.setdefault(one, []).append({"other": ids[other], "kind": kind})
        for n, relations in related.items():
            base = projects.get_project(workplace, ids[n])
            fields = fields_from_record(RECORDS[n] | {"relations": relations}, REFERENCE)
            projects.save_project(workplace, ids[n], fields, base.heads)
        yield workplace


# --- the count -------------------------------------------------------------------------------------------------------


def works() -> list[list[int]]:
    """Records that are one piece of work: whatever hangs together is put together until nothing changes."""
    found = [{n} for n in range(len(RECORDS))]
    pairs = [(one, other) for one, other, kind in RELATIONS if kind in TOGETHER]
    changed = True
    while changed:
        changed = False
        for one, other in pairs:
            [a], [b] = [s for s in found if one in s], [s for s in found if other in s]
            if a is not b:
                found.remove(b)
                a |= b
                changed = True
    return [sorted(some) for some in found]


WORKS = works()


@cache
def districts_of(n: int) -> set[str]:
    return {CODES.get(RECORDS[n]["district"], RECORDS[n]["district"]), *RECORDS[n]["served"]}


@cache
def codes_of(n: int, by: str) -> set[str]:
    record = RECORDS[n]
    match by:
        case "goal":
            return {str(goal) for goal in record["goals"]}
        case "target":
            return set(record["targets"]) or {""}
        case "audience":
            # words in which the collected projects tell of their audience are notes: only what is added are codes
            return set(record["audience"]) or {""}
        case "dimension":
            return set(record["dimensions"]) or {""}
        case "theme":
            return {record["theme"]}
        case _:
            start = record.get("start", "")
            return {"unknown" if start in (None, "unknown") else start[:4]}


def measured(chosen: list[list[int]], people: int) -> dict[str, Any]:
    """All measures of some works, each of them given by its records."""
    states = [{RECORDS[n]["status"] for n in some} for some in chosen]
    active = sum("sürüyor" in one for one in states)
    budget: dict[str, Decimal] = {}
    for some in chosen:
        greatest: dict[str, int] = {}
        for n in some:
            for row in RECORDS[n]["funding"]:
                greatest[row["currency"]] = max(greatest.get(row["currency"], 0), row["amount"])
        for currency, amount in greatest.items():
            budget[currency] = budget.get(currency, Decimal(0)) + amount
    return {
        "count": len(chosen),
        "active": active,
        "active_share": round(active / len(chosen), 4) if chosen else None,
        "budget": {currency: int(amount) for currency, amount in sorted(budget.items())},
        "per_10000": round(len(chosen) * 10_000 / people, 4) if people else None,
    }


@cache
def those(district: str | None, by: str, code: str | None) -> list[list[int]]:
    """The works, each by its records of this district and column; None: of any."""
    found = []
    for some in WORKS:
        fit = [
            n
            for n in some
            if (district is None or district in districts_of(n)) and (code is None or code in codes_of(n, by))
        ]
        if fit:
            found.append(fit)
    return found


@pytest.mark.parametrize("by", KINDS)
def test_every_cell_and_total_is_what_a_count_of_its_own_gives(office: Workplace, by: str) -> None:
    table = gaps.to_plain(gaps.gap_table(office, by), office.reference, Translator("en"))
    columns = [column["code"] for column in table["columns"]]
    assert set(columns) >= set().union(*(codes_of(n, by) for n in range(len(RECORDS))))
    everyone = sum(PEOPLE.values())
    assert table["total"] == measured(those(None, by, None), everyone)
    assert table["total"]["count"] == len(WORKS) < len(RECORDS)
    for code in columns:
        assert table["totals"][code] == measured(those(None, by, code), everyone), code
    assert len(table["rows"]) == 31
    for row in table["rows"]:
        people = PEOPLE.get(row["district"], 0)
        assert row["total"] == measured(those(row["district"], by, None), people), row["name"]
        for code in columns:
            assert row["cells"][code] == measured(those(row["district"], by, code), people), (row["name"], code)


@pytest.mark.parametrize("by", KINDS[:-1])
def test_what_is_missing_is_where_nothing_runs(office: Workplace, by: str) -> None:
    table = gaps.to_plain(gaps.gap_table(office, by), office.reference, Translator("en"))
    offered = [column["code"] for column in table["columns"] if column["code"]]
    wanted = {
        (district, code)
        for district in PEOPLE
        for code in offered
        if not measured(those(district, by, code), 1)["active"]
    }
    assert {(one["district"], one["code"]) for one in table["findings"]} == wanted
    for one in table["findings"]:
        here = measured(those(one["district"], by, one["code"]), 1)
        assert (one["count"], one["reason"]) == (here["count"], "stopped" if here["count"] else "none")
        runs = {d: measured(those(d, by, one["code"]), 1)["active"] for d in (*PEOPLE, PROVINCE)}
        assert (
            sorted((runs[d] for d in one["districts"]), reverse=True) == sorted(filter(None, runs.values()))[::-1][:3]
        )


def test_whom_nothing_reaches_is_whom_no_running_project_names(office: Workplace) -> None:
    unserved = gaps.to_plain(gaps.gap_table(office, "goal"), office.reference, Translator("en"))["unserved"]
    groups = [code for code in AUDIENCE if code != "herkes"]
    for row in unserved["rows"]:
        wanted = {code for code in groups if not measured(those(row["district"], "audience", code), 1)["active"]}
        assert {one["code"] for one in row["audiences"]} == wanted
    wanted = {code for code in groups if not measured(those(None, "audience", code), 1)["active"]}
    assert {one["code"] for one in unserved["audiences"]} == wanted
    assert len(unserved["rows"]) == 30
