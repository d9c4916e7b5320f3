"""``izsa export-table`` as scripts meet it."""

import json
from pathlib import Path

import pytest

from izsa_desktop.usecases.outputs import geo
from izsa_desktop.usecases.outputs.formats import FORMATS, endings
from tests.cli.driver import Izsa
from tests.cli.test_docs import documented_keys, sections
from tests.usecases.line import Line, enter

PROJECT = {
    "title": "Kompost",
    "purpose": "Atığı azaltmak",
    "audience": ["haneler"],
    "start": "2024-05",
    "goals": [12],
    "climate_effect": "azaltım",
    "contact": "iklim@example.org",
}


def fill(izsa: Izsa, line: Line) -> None:
    """At the office, an approved project and one that is not."""
    lines = [PROJECT | {"review": "onaylandı"}, PROJECT | {"title": "Taslak işi"}]
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in lines)
    assert izsa("--data", line.office, "add", "-", stdin=text.encode()).code == 0


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_written_and_said(izsa: Izsa, line: Line, tmp_path: Path, format_: str) -> None:
    fill(izsa, line)
    target = tmp_path / f"o{endings(format_)[0]}"
    ended = izsa("--data", line.office, "export-table", "--format", format_, "-o", target, "--json")
    assert (ended.code, ended.err) == (0, "")
    assert set(ended.json) == documented_keys(sections()["`izsa export-table --format F -o FILE`"])
    own = format_ in ("xlsx", "csv")
    assert ended.json == {
        "file": str(target),
        "format": format_,
        "internal": False,
        "projects": 2 if own else 1,
        "not_approved": 0 if own else 1,
        "unfit": 0,
        "unplaced": 1 if format_ in ("geojson", "gpkg") else 0,
        "cut": 0,
        "mended": 0,
        "org_id": "XX-IZSA-TUR035" if format_ == "iati" else "",
    }
    assert target.stat().st_size > 0


def test_people_are_told_what_stayed_out(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    fill(izsa, line)
    ended = izsa("--data", line.office, "export-table", "--format", "iati", "-o", tmp_path / "x.xml")
    assert ended.lines[1:3] == [
        "One project is in it.",
        "Left out because it is not approved: one project. --internal writes it, for use inside.",
    ]
    assert "XX-IZSA-TUR035" in ended.lines[3]
    order = ("--internal", "--org-id", "XM-DAC-1", "--json")
    ended = izsa("--data", line.office, "export-table", "--format", "iati", "-o", tmp_path / "y.xml", *order)
    assert (ended.json["projects"], ended.json["org_id"]) == (2, "XM-DAC-1")
    assert "<iati-identifier>XM-DAC-1-TUR035-" in (tmp_path / "y.xml").read_text(encoding="utf-8")


def test_the_selection_is_that_of_list(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    fill(izsa, line)
    ended = izsa(
        "--data", line.office, "export-table", "--format", "csv", "-o", tmp_path / "x.csv", "--query", "kompost"
    )
    assert ended.code == 0
    text = (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    assert "Kompost" in text
    assert "Taslak işi" not in text
    assert text.startswith("Record")  # in the language of --lang
    turkish = ("--format", "csv", "-o", tmp_path / "t.csv")
    izsa("--data", line.office, "export-table", *turkish, lang="tr")
    assert (tmp_path / "t.csv").read_text(encoding="utf-8-sig").startswith("Kayıt no;")


def test_what_cannot_be_is_refused(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    enter(line.bornova, "Çınar")
    ended = izsa("--data", line.bornova, "export-table", "--format", "gpkg", "-o", tmp_path / "x.gpkg")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("No project fits this file. Chosen: 1; not approved: 1; ")
    assert not (tmp_path / "x.gpkg").exists()
    ended = izsa(
        "--data", line.bornova, "export-table", "--format", "iati", "-o", tmp_path / "x.xml", "--org-id", "a b"
    )
    assert (ended.code, ended.err[:7]) == (1, "“a b” c")
    ended = izsa("--data", line.bornova, "export-table", "--format", "csv", "-o", tmp_path / "no" / "x.csv")
    assert (ended.code, ended.err[:8]) == (1, "The file")


def test_a_workbook_is_taken_in_by_import_table(izsa: Izsa, line: Line, tmp_path: Path) -> None:
    fill(izsa, line)
    izsa("--data", line.office, "export-table", "--format", "xlsx", "--internal", "-o", tmp_path / "x.xlsx")
    again = izsa("--data", line.office, "import-table", tmp_path / "x.xlsx", "--json").json
    assert (again["known"], again["taken"], again["mapping"]["exact"]) == (2, 0, True)
    district = {name: value for name, value in PROJECT.items() if name != "district"}
    izsa("--data", line.bornova, "add", "-", stdin=json.dumps(district, ensure_ascii=False).encode())
    izsa("--data", line.bornova, "export-table", "--format", "xlsx", "--internal", "-o", tmp_path / "b.xlsx")
    izsa("--data", line.office, "import-table", tmp_path / "b.xlsx")
    titles = [(record["title"], record["contact"]) for record in izsa("--data", line.office, "list", "--json").json]
    assert ("Kompost", "iklim@example.org") in titles


def test_the_page_names_every_property() -> None:
    page = sections()["Properties of a feature"]
    assert all(f"`{name}`" in page for name, _ in geo.COLUMNS)
