"""The gap table of the real projects against a count of its own, what a district sees, and the workbook."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop.domain.errors import FileProblem
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.reading import read_table
from izsa_desktop.usecases import gap_workbook, gaps, projects
from izsa_desktop.usecases.demo import Demo, demo_lines, make_demo
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.support import REFERENCE
from tests.usecases.line import Line, enter


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return make_demo(tmp_path_factory.mktemp("demo") / "new", story=False)


def lines() -> list[dict[str, Any]]:
    """İzmir's collected projects, each told once."""
    names = {d.name for d in REFERENCE.districts} | {"İzmir (il geneli)"}
    return [line for line in demo_lines() if line["district"] in names and "alt_of" not in line]


def plain(office: Workplace, by: str, language: str = "tr", *districts: str) -> dict[str, Any]:
    made = gaps.to_plain(gaps.gap_table(office, by, districts), office.reference, Translator(language))
    read: dict[str, Any] = json.loads(json.dumps(made))
    return read


def test_the_matrix_of_the_real_projects_is_what_a_count_of_the_collected_lines_gives(demo: Demo) -> None:
    counted = Counter((line["district"], str(goal)) for line in lines() for goal in line["sdgs"])
    by_district = Counter(line["district"] for line in lines())
    by_goal = Counter(str(goal) for line in lines() for goal in line["sdgs"])
    with open_workplace(demo.office) as office:
        found = plain(office, "goal")
    assert len(found["rows"]) == 31
    cells = {(row["name"], goal): cell["count"] for row in found["rows"] for goal, cell in row["cells"].items()}
    assert {key: count for key, count in cells.items() if count} == counted
    assert {row["name"]: row["total"]["count"] for row in found["rows"] if row["total"]["count"]} == by_district
    assert {goal: cell["count"] for goal, cell in found["totals"].items() if cell["count"]} == by_goal
    assert found["total"]["count"] == len(lines()) == demo.projects
    people = {d.name: d.population for d in REFERENCE.districts}
    for row in found["rows"]:
        if row["district"] != OFFICE:
            assert row["total"]["per_10000"] == round(by_district[row["name"]] / people[row["name"]] * 10_000, 4)


def test_the_years_of_the_real_projects(demo: Demo) -> None:
    counted = Counter((line.get("start") or "unknown")[:7].partition("-")[0] for line in lines())
    with open_workplace(demo.office) as office:
        found = plain(office, "year")
    assert {code: cell["count"] for code, cell in found["totals"].items()} == counted


def test_what_is_missing_is_what_nobody_has(demo: Demo) -> None:
    served = {(line["district"], str(goal)) for line in lines() for goal in line["sdgs"]}
    with open_workplace(demo.office) as office:
        found = plain(office, "goal", "tr", "TUR035007")
    goals = {one["code"] for one in found["findings"] if one["reason"] == "none"}
    assert goals == {str(n) for n in range(1, 18)} - {goal for district, goal in served if district == "Bornova"}
    assert [row["name"] for row in found["rows"]] == ["Bornova"]
    assert {one["district"] for one in found["findings"]} == {"TUR035007"}
    assert found["total"] == found["rows"][0]["total"]


def test_sentences(line: Line) -> None:
    with open_workplace(line.office) as office:
        projects.add_projects(
            office,
            [
                ProjectFields(title="A", goals=("7",), district="TUR035021", status="sürüyor"),
                ProjectFields(title="B", goals=("7",), district="TUR035007", status="iptal"),
            ],
        )
        sentences = {
            language: [
                one["sentence"]
                for one in plain(office, "goal", language, "TUR035007")["findings"]
                if one["code"] in ("6", "7")
            ]
            for language in ("tr", "en")
        }
    assert sentences["tr"] == [
        "Bornova, 6 · Temiz Su ve Sanitasyon: kayıtlı proje yok.",
        "Bornova, 7 · Erişilebilir ve Temiz Enerji: 1 proje var, sürmüyor. Deneyim paylaşabilecek: Konak.",
    ]
    assert sentences["en"][1] == (
        "Bornova, 7 · Affordable and Clean Energy: there is 1 project, and it is not running. "
        "A district that could share experience: Konak."
    )


def test_a_district_sees_its_own_row(line: Line) -> None:
    enter(line.bornova, "Çınar")
    with open_workplace(line.bornova) as bornova:
        own = gaps.gap_table(bornova, "goal")
        network = gaps.gap_table(bornova, "goal", wanted=ProjectFilter(network=True))
    assert own.found.rows == ("TUR035007",)
    assert own.found.total.count == 1
    assert len(network.found.rows) == 31


def test_the_balance_is_as_stated_else_as_the_goals_suggest(demo: Demo) -> None:
    with open_workplace(demo.office) as office:
        found = plain(office, "dimension")
    assert sum(found["balance"].values()) == pytest.approx(100, abs=0.3)
    assert set(found["balance"]) <= {term.code for term in REFERENCE.vocabularies["dimension"]}
    assert all(sum(row["balance"].values()) == pytest.approx(100, abs=0.3) for row in found["rows"] if row["balance"])


def test_the_workbook_has_the_table(demo: Demo, tmp_path: Path) -> None:
    target, t = tmp_path / "gaps.xlsx", Translator("en")
    with open_workplace(demo.office) as office:
        table = gaps.gap_table(office, "goal")
        gap_workbook.write_gaps(office, table, target, t)
        with pytest.raises(FileProblem):
            gap_workbook.write_gaps(office, table, tmp_path / "no" / "gaps.xlsx", t)
        counts = plain(office, "goal", "en")
    read = read_table(target.read_bytes(), "gaps.xlsx")
    assert [sheet.name for sheet in read.sheets] == [
        *("Projects", "Running", "Running (%)", "Projects per 10,000 people", "Missing", "Not reached", "Balance")
    ]
    first = [[cell.value for cell in row.cells] for row in read.sheets[0].rows]
    for row, wanted in zip(first[1:], counts["rows"], strict=False):
        assert row[0] == wanted["name"]
        assert row[-1] == wanted["total"]["count"]
    assert first[-1][-1] == len(lines())


def test_nothing_is_missing_where_nothing_began_in_a_year(demo: Demo) -> None:
    with open_workplace(demo.office) as office:
        table = gaps.gap_table(office, "year")
    assert len(table.found.columns) > 5
    assert table.findings == ()
