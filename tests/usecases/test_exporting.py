"""What is exported is what was found, as text and nothing else, and without what is about persons."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from izsa_desktop.domain.errors import Cancelled, InsideWorkplace
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.rows import Evidence, Funding, Partner
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.table import without_guard
from izsa_desktop.tables.writing import csv_bytes
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.cells import COLUMNS, cell
from izsa_desktop.usecases.exporting import export_found
from izsa_desktop.usecases.workplace import Workplace, create_workplace
from tests.support import FIELDS, REFERENCE

FORMULA = '=HYPERLINK("http://example.org";"x")'


@pytest.fixture
def bornova(tmp_path: Path) -> Workplace:
    workplace = create_workplace(tmp_path / "w", "TUR035007", "Ayşe")
    projects.add_projects(
        workplace,
        [
            ProjectFields(title=FORMULA, unit="+90 232", contact="a@b.bel.tr", goals=("6",)),
            ProjectFields(title="Çınar", goals=("6", "13"), audience_number=1200, co2e=Decimal("1.5")),
            ProjectFields(title="Ada"),
        ],
    )
    return workplace


def rows_of_csv(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_a_csv_holds_what_was_found_in_its_order(bornova: Workplace, tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    with bornova:
        assert export_found(bornova, ProjectFilter(goal=("6",)), ("title", "goals", "unit"), target) == 2
    assert rows_of_csv(target) == [
        ["Proje adı", "Küresel Amaçlar", "Birim (müdürlük)"],
        [f"'{FORMULA}", "6", "'+90 232"],
        ["Çınar", "6, 13", ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_text_in_csv_begins_as_a_formula_and_is_the_same_when_it_is_imported(start: str) -> None:
    text = f"{start}1+1|' /C calc'!A0"
    data = csv_bytes([["Ad", "Amaç"], [text, "'tırnak"]])
    [_, row] = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert row == [f"'{text}", "'tırnak"]
    assert [without_guard(field) for field in row] == [text, "'tırnak"]


def test_a_workbook_holds_texts_and_numbers_and_no_formula(bornova: Workplace, tmp_path: Path) -> None:
    target = tmp_path / "x.xlsx"
    with bornova:
        export_found(bornova, ProjectFilter(goal=("6",)), ("title", "audience_number", "co2e"), target)
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert rows[1:] == [[FORMULA, "", ""], ["Çınar", 1200.0, 1.5]]


def test_what_is_about_persons_stays_unless_asked_for(bornova: Workplace, tmp_path: Path) -> None:
    with bornova:
        export_found(bornova, ProjectFilter(), COLUMNS, tmp_path / "a.csv")
        export_found(bornova, ProjectFilter(), COLUMNS, tmp_path / "b.csv", personal=True)
    assert "a@b.bel.tr" not in (tmp_path / "a.csv").read_text(encoding="utf-8")
    assert "a@b.bel.tr" in (tmp_path / "b.csv").read_text(encoding="utf-8")


def test_nothing_is_written_over_the_workplace_and_nothing_after_cancel(bornova: Workplace, tmp_path: Path) -> None:
    def cancel(_done: int, _total: int) -> None:
        raise Cancelled

    with bornova:
        with pytest.raises(InsideWorkplace):
            export_found(bornova, ProjectFilter(), ("title",), bornova.folder / "izsa.sqlite3")
        with pytest.raises(Cancelled):
            export_found(bornova, ProjectFilter(), ("title",), tmp_path / "c.csv", cancel)
    assert not (tmp_path / "c.csv").exists()


def test_every_field_can_stand_in_a_column(bornova: Workplace) -> None:
    with bornova:
        project = projects.save_project(bornova, None, FIELDS)
    t = Translator("tr")
    shown = {column: cell(project, column, REFERENCE, t) for column in COLUMNS}
    assert shown["number"] == project.number
    assert shown["audience"] == "Kadınlar, Çocuklar"
    assert shown["district"] == "Bornova"
    assert shown["start"] == "Mayıs 2024"
    assert shown["lat"] == pytest.approx(38.4622071)
    assert all(value is None or value != "" for value in shown.values())


def test_rows_are_told_in_a_line_without_consents() -> None:
    from izsa_desktop.usecases.cells import value_text

    t = Translator("tr")
    partners = (Partner(key="a", name="EGEÇEP"), Partner(key="b", name="Ege Üniversitesi"))
    assert value_text("partners", partners, REFERENCE, t) == "EGEÇEP; Ege Üniversitesi"
    funding = (Funding(key="a", amount=Decimal("1000.50"), currency="TRY", year=2024),)
    assert "1000.5" in value_text("funding", funding, REFERENCE, t)
    evidence = (Evidence(key="a", name="foto.jpg", consent="Ali Veli izin verdi"),)
    assert value_text("evidence", evidence, REFERENCE, t) == "foto.jpg"
