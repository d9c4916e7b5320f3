"""``gaps``: sentences, JSON with the documented keys, a workbook."""

import re
from pathlib import Path

import pytest

from tests.cli.driver import Izsa
from tests.usecases.line import Line

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.fixture
def filled(izsa: Izsa, line: Line) -> Path:
    money = [{"key": "k", "amount": 2500, "currency": "TRY"}]
    izsa.add(
        line.office,
        {"title": "Zeytin", "district": "Konak", "goals": [12, 11], "status": "sürüyor", "funding": money},
        {"title": "Çınar", "district": "Bornova", "goals": [12], "status": "iptal"},
    )
    return line.office


def test_sentences_say_what_is_missing(izsa: Izsa, filled: Path) -> None:
    ended = izsa("--data", filled, "gaps", "--district", "Bornova")
    assert ended.code == 0
    assert len(ended.lines) == 17 + 1
    assert ended.lines[11] == (
        "Bornova, 12 · Responsible Consumption and Production: there is 1 project, and it is not running. "
        "A district that could share experience: Konak."
    )
    assert ended.lines[-1] == "1 project; 17 things missing."


def test_json_has_the_documented_keys(izsa: Izsa, filled: Path) -> None:
    made = izsa("--data", filled, "gaps", "--json").json
    section = PAGE.split("### The object of `gaps`")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.M)) == set(made)
    row = next(row for row in made["rows"] if row["name"] == "Konak")
    lacking = next(one for one in made["unserved"]["rows"] if one["name"] == "Konak")
    things = (*made["unserved"], *lacking, *lacking["audiences"][0], *lacking["neighbourhoods"][0])
    for thing in (*row, *row["total"], *made["findings"][0], *things):
        assert f"`{thing}`" in section
    assert (row["total"]["count"], row["total"]["active_share"], row["total"]["budget"]) == (1, 1, {"TRY": 2500})
    assert row["cells"]["11"]["count"] == row["cells"]["12"]["count"] == 1
    assert made["totals"]["12"]["count"] == made["total"]["count"] == 2


@pytest.mark.parametrize("by", ["goal", "target", "audience", "dimension", "theme", "year"])
def test_every_kind(izsa: Izsa, filled: Path, by: str) -> None:
    made = izsa("--data", filled, "gaps", "--by", by, "--json").json
    assert made["by"] == by
    assert all(set(row["cells"]) == {column["code"] for column in made["columns"]} for row in made["rows"])


def test_a_workbook(izsa: Izsa, filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "gaps.xlsx"
    assert izsa("--data", filled, "gaps", "-o", target).lines == [f"Written: {target}"]
    assert target.read_bytes()[:2] == b"PK"


def test_years_are_counted(izsa: Izsa, filled: Path) -> None:
    dated = {"title": "A", "start": "2024-05", "status": "sürüyor", "district": "Konak"}
    izsa.add(filled, dated, {"title": "B", "start": "unknown", "district": "Konak"})
    assert izsa("--data", filled, "gaps", "--by", "year").lines == [
        "2024: 1 project began, 1 of them running.",
        "Start said to be unknown: 1 project, 0 of them running.",
        "No start entered: 2 projects, 1 of them running.",
        "4 projects.",
    ]
    assert izsa("--data", filled, "gaps", "--by", "year", "--json").json["findings"] == []


def test_a_district_has_its_own_row_alone(izsa: Izsa, line: Line) -> None:
    izsa.add(line.bornova, {"title": "Çınar", "goals": [12], "status": "sürüyor"})
    own = izsa("--data", line.bornova, "gaps", "--district", "Bornova", "--json").json
    assert [(row["name"], row["total"]["count"]) for row in own["rows"]] == [("Bornova", 1)]
    ended = izsa("--data", line.bornova, "gaps", "--district", "Konak")
    assert ended.code == 1
    assert ended.err.strip().endswith(
        "There is no row for Konak here: this workplace has the projects of Bornova alone. "
        "Add --network to count everybody's approved projects."
    )
    assert izsa("--data", line.bornova, "gaps", "--district", "Konak", "--network").code == 0


def test_paper_needs_the_window_part(izsa: Izsa, filled: Path, tmp_path: Path) -> None:
    ended = izsa("--data", filled, "gaps", "-o", tmp_path / "g.pdf")
    assert ended.code != 0
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_file_that_promises_something_else_is_not_written(izsa: Izsa, filled: Path, tmp_path: Path) -> None:
    ended = izsa("--data", filled, "gaps", "-o", tmp_path / "q.txt", lang="tr")
    assert (ended.code, ended.err) == (1, "“q.txt” yazılmadı: dosyanın adı şununla bitmeli: .xlsx, .pdf.\n")
    assert list(tmp_path.glob("*.txt")) == []


def test_what_cannot_be_done(izsa: Izsa, filled: Path, tmp_path: Path) -> None:
    assert izsa("--data", filled, "gaps", "--district", "Ankara").code == 1
    assert izsa("--data", filled, "gaps", "-o", tmp_path / "no" / "g.xlsx").code == 1
    assert izsa("--data", filled, "gaps", "--by", "colour").code == 2
