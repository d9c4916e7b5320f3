"""The annex of a voluntary local review and the sheets to paste from, read by other people's libraries."""

import io
import zipfile
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from izsa_desktop.domain.fields import FIELDS as ALL_FIELDS
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.rows import Actual, Funding, Indicator, Partner
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.word import Grid, Heading, Paragraph, docx_bytes
from izsa_desktop.usecases.outputs import paste, vlr
from izsa_desktop.usecases.workplace import Workplace
from tests.support import BORNOVA, FIELDS, REFERENCE, turkish_text


def no_step() -> None:
    """Nobody watches."""


def records(*found: ProjectFields) -> list[Project]:
    return [Project(id=f"{BORNOVA}/{n:032x}", fields=fields, number=f"İZSA-{n}") for n, fields in enumerate(found)]


def annex(office: Workplace, *found: ProjectFields, language: str = "tr", as_document: bool = False) -> bytes:
    return vlr.annex(records(*found), office, Translator(language), no_step, as_document=as_document)


def sheet(data: bytes, number: int) -> list[list[Any]]:
    """A sheet from its headers on."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(number).to_python()[2:]


TWO = (
    replace(FIELDS, goals=("6", "13"), goal_details=()),
    ProjectFields(
        title="Bisiklet",
        title_en="Cycling",
        goals=("13", "11"),
        audience=("kadınlar",),
        audience_number=300,
        partners=(Partner(name="EGE ÜNİVERSİTESİ", role="fon"), Partner(name="  Çevre Derneği ")),
        indicators=(
            Indicator(name="Yol", unit="km", actuals=(Actual(date="2023"), Actual(value=FIELDS.co2e, date=""))),
            Indicator(unit="adsız"),
        ),
    ),
    ProjectFields(title="Amaçsız"),
)


def test_projects_by_goal(office: Workplace) -> None:
    headers, *rows = sheet(annex(office, *TWO), 0)
    assert headers == ["Amaç", "Proje no", "Proje", "İlçe", "Durum", "Başlangıç", "Katkı"]
    assert [(row[0], row[2], row[6]) for row in rows] == [
        ("6 Temiz Su ve Sanitasyon", FIELDS.title, "ana amaç"),
        ("11 Sürdürülebilir Şehirler ve Topluluklar", "Bisiklet", "diğer amaç"),
        ("13 İklim Eylemi", FIELDS.title, "diğer amaç"),
        ("13 İklim Eylemi", "Bisiklet", "ana amaç"),
        ("Küresel Amacı belirtilmemiş", "Amaçsız", ""),
    ]


def test_indicators_stand_under_the_goal_that_they_speak_to(office: Workplace) -> None:
    headers, *rows = sheet(annex(office, *TWO), 1)
    first, second = (dict(zip(headers, row, strict=True)) for row in rows)
    assert (first["Amaç"], first["Alt hedef"], first["Son değer"]) == ("6 Temiz Su ve Sanitasyon", "6.4", 400)
    assert (first["Başlangıç değeri"], first["Hedef değer"], first["Kaynak"]) == (0, 1500.25, "Sayaç")
    assert (second["Amaç"], second["Yerel gösterge"], second["Son değer"]) == ("13 İklim Eylemi", "Yol", 12.5)


def test_coherence_stakeholders_and_groups(office: Workplace) -> None:
    data = annex(office, *TWO)
    headers, *rows = sheet(data, 2)
    cells = {
        (row[0].split(" ")[0], column): value
        for row in rows
        for column, value in zip(headers[1:], row[1:], strict=True)
    }
    assert (cells["13", "13"], cells["6", "13"], cells["13", "6"], cells["6", "11"]) == (2, 1, 1, "")
    _, *stakeholders = sheet(data, 3)
    fund = REFERENCE.vocabularies["partner_role"].label("fon", "tr")
    assert [(row[0], row[2], row[3], row[4]) for row in stakeholders] == [
        ("Çevre Derneği", "", 1, "11, 13"),
        ("Ege Üniversitesi", f"Ortak, {fund}", 2, "6, 11, 13"),
    ]
    _, *groups = sheet(data, 4)
    assert [row[1:3] for row in groups if row[0] == "Kadınlar"] == [[2, 1500]]


def test_the_annex_as_a_document(office: Workplace) -> None:
    made = docx.Document(io.BytesIO(annex(office, *TWO, language="en", as_document=True)))
    assert made.core_properties.title.startswith("Annex to the voluntary local review")
    headings = [p.text for p in made.paragraphs if p.style is not None and p.style.name.lower().startswith("heading")]
    assert headings[0] == "Projects by global goal"
    assert "13 Climate Action" in headings
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]
    assert tables[0][1][1] == FIELDS.title_en
    assert any("1500.25" in row for table in tables for row in table)
    assert len(made.tables) == 4 + 4


def test_an_annex_of_nothing(office: Workplace) -> None:
    made = docx.Document(io.BytesIO(annex(office, as_document=True)))
    assert len(made.tables) == 1  # the matrix, empty as it is
    assert sheet(annex(office), 0)[1:] == []


@given(text=turkish_text)
def test_any_text_stands_in_a_document(text: str) -> None:
    parts = (Heading(text, 0), Heading(text), Paragraph(text), Grid(("A", text), ((text, "x"),)))
    made = docx.Document(io.BytesIO(docx_bytes(text, "tr", parts, no_step)))
    expected = text.replace("\ufffe", "").replace("\uffff", "")
    assert made.tables[0].rows[1].cells[0].text == expected
    assert made.paragraphs[0].text == expected


# --- sheets to paste from --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["cdp", "covenant"])
def test_a_mapping_names_what_is_there_and_nothing_personal(format_: str) -> None:
    mapping = paste.mapping_of(format_)
    fields = {spec.name: spec for spec in ALL_FIELDS}
    for one in mapping.sheets:
        assert len({column.label for column in one.columns}) == len(one.columns)
        assert len(one.name) <= 31
        for name, codes in one.when.items():
            assert {*codes} <= {term.code for term in REFERENCE.vocabularies[fields[name].vocabulary]}
        for column in one.columns:
            assert column.source in paste.SOURCES
            assert not (column.source in fields and fields[column.source].personal)
            assert not column.words or column.words in mapping.words
    vocabulary = {"sector": "climate_sector", "hazard": "hazard", "status": "status", "stage": "status"}
    for words, names in mapping.words.items():
        assert {*names} == {term.code for term in REFERENCE.vocabularies[vocabulary[words]]}


def pasted(format_: str, *found: ProjectFields) -> dict[str, list[dict[str, Any]]]:
    """By sheet: the rows by their columns."""
    data = paste.paste_sheet(format_, records(*found), REFERENCE, Translator("tr"), no_step)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = {}
    for one in book.worksheets:
        headers, *rows = [[cell.value for cell in row] for row in one.iter_rows(min_row=3)] or [[]]
        sheets[one.title] = [dict(zip(headers, row, strict=True)) for row in rows]
    return sheets


def test_cdp() -> None:
    both = replace(
        FIELDS, climate_effect="ikisi", status="planlandı", climate_sector="atık", hazards=("kuraklık", "taşkın")
    )
    sheets = pasted("cdp", FIELDS, both, replace(FIELDS, climate_effect=""))
    assert {name: len(rows) for name, rows in sheets.items()} == {
        "Adaptation actions": 2,
        "Mitigation actions": 1,
        "Projects seeking finance": 1,
    }
    row = sheets["Adaptation actions"][0]
    assert row["Action title"] == "Rain harvest"
    assert row["Status of action in the reporting year"] == "Implementation underway with most activities in progress"
    assert row["Climate hazard(s) that action addresses"] == "Drought"
    assert (row["Start year of action"], row["Total cost of the project"], row["Currency"]) == (2024, 1250000.5, "TRY")
    assert str(row["Action description and link to further information"]).endswith(FIELDS.source)
    other = sheets["Adaptation actions"][1]
    assert other["Climate hazard(s) that action addresses"] == "Drought; Urban flooding"
    assert sheets["Mitigation actions"][0]["Primary emissions sector addressed"] == "Waste"


def test_covenant() -> None:
    funding = (Funding(amount=FIELDS.co2e, currency="EUR"), Funding(amount=FIELDS.co2e), Funding(source="İZKA"))
    sheets = pasted("covenant", replace(FIELDS, funding=funding, source="yazılı"))
    [row] = sheets["Adaptation actions"]
    assert row["Responsible body"] == "Bornova Municipality"
    assert row["Total implementation cost"] == "12.5 EUR; 12.5 TRY"
    assert (row["Currency"], row["Website link"]) == (None, "https://example.org/belge")
    assert row["Vulnerable population groups targeted"] == "Women; Children"
    assert sheets["Mitigation actions"] == []


def test_no_text_is_computed() -> None:
    data = paste.paste_sheet("cdp", records(replace(FIELDS, title_en="=1+1")), REFERENCE, Translator("en"), no_step)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert {cell.data_type for one in book for row in one.iter_rows() for cell in row} <= {"s", "n"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "worksheets/" in name)
