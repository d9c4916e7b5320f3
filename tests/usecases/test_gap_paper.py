"""The gap table as a screen and a page show it: texts, classes, legend; the document; the PDF's source."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from izsa_desktop.analysis.gaps import KINDS
from izsa_desktop.domain.errors import NoRenderer
from izsa_desktop.domain.filter import EVERYTHING, ProjectFilter
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE, Term, Vocabulary
from izsa_desktop.domain.rows import Funding
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.usecases import gaps, projects
from izsa_desktop.usecases.gap_cell import SHOWN, Looked, behind
from izsa_desktop.usecases.gap_paper import gap_html, write_gap_paper
from izsa_desktop.usecases.gap_sheet import ACTIVE, BUDGET, DENSITY, PLAIN, TOTAL, Sheet, Wanted
from izsa_desktop.usecases.workplace import Workplace, create_workplace, open_workplace
from tests.support import BORNOVA, REFERENCE
from tests.usecases.line import Line

KONAK = "TUR035021"
HOSTILE = "<script>alert(1)</script> & {{ 7 * 7 }}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    def money(amount: int, currency: str) -> tuple[Funding, ...]:
        return (Funding(key="a", amount=Decimal(amount), currency=currency),)

    with create_workplace(tmp_path_factory.mktemp("paper") / "office", OFFICE, "Deniz", "tr") as workplace:
        projects.add_projects(
            workplace,
            [
                ProjectFields(title=f"P{n}", goals=("7",), district=KONAK, status="sürüyor", start="2025")
                for n in range(4)
            ]
            + [
                ProjectFields(
                    title=HOSTILE, goals=("6",), district=BORNOVA, status="iptal", funding=money(5_000, "TRY")
                ),
                ProjectFields(title="Para", goals=("6",), district=BORNOVA, funding=money(70, "")),
            ],
        )
        yield workplace


def looked(workplace: Workplace, by: str = "goal", *districts: str) -> Looked:
    counted = gaps.count(workplace)
    return Looked(counted, gaps.table_of(counted, by, REFERENCE, districts), EVERYTHING)


def sheet(workplace: Workplace, wanted: Wanted, language: str = "tr", by: str = "goal", *districts: str) -> Sheet:
    return Sheet(looked(workplace, by, *districts).table, wanted, REFERENCE, Translator(language))


def cell(shown: Sheet, row: str, column: str) -> tuple[str, int, str]:
    rows, columns = [one.code for one in shown.rows], [one.code for one in shown.columns]
    found = shown.cells[rows.index(row)][columns.index(column)]
    return found.text, found.tone, found.gap


def test_numbers_have_classes_and_totals_have_none(office: Workplace) -> None:
    shown = sheet(office, Wanted())
    assert cell(shown, KONAK, "7") == ("4", 1, "")
    assert cell(shown, BORNOVA, "6") == ("2", 0, "unknown")
    assert cell(shown, BORNOVA, "7") == ("0", PLAIN, "none")
    assert cell(shown, TOTAL, "7") == ("4", PLAIN, "")
    assert cell(shown, KONAK, TOTAL) == ("4", PLAIN, "")
    assert shown.legend == ((1, "3 – 4"),)


@pytest.mark.parametrize(
    ("wanted", "konak", "bornova", "unit"),
    [
        (Wanted(ACTIVE), "%100", "%0", "Süren projelerin payı"),
        (Wanted(DENSITY), "0,12", "0,04", "10.000 kişiye düşen proje"),
        (Wanted(BUDGET, "TRY"), "", "5,0", "Bütçe (TRY), bin"),
        (Wanted(BUDGET, ""), "", "70", "Bütçe, para birimi yok"),
    ],
)
def test_measures(office: Workplace, wanted: Wanted, konak: str, bornova: str, unit: str) -> None:
    shown = sheet(office, wanted)
    assert (cell(shown, KONAK, "7")[0], cell(shown, BORNOVA, "6")[0], shown.unit) == (konak, bornova, unit)
    at = [one.code for one in shown.rows].index(BORNOVA)
    assert f"{unit}: {bornova}" in shown.said(at, 5)
    assert all("  " not in text for _, text in shown.legend)


def test_one_row_needs_no_total_below_it(office: Workplace) -> None:
    assert [row.code for row in sheet(office, Wanted(), "tr", "goal", KONAK).rows] == [KONAK]


def test_many_records_are_listed_in_part(tmp_path: Path) -> None:
    with create_workplace(tmp_path / "many", OFFICE, "Deniz") as workplace:
        made = [ProjectFields(title=f"P{n:03}", goals=("7",), district=KONAK) for n in range(SHOWN + 5)]
        projects.add_projects(workplace, made)
        found = behind(workplace, looked(workplace), (KONAK, "7"), Translator("tr"))
    assert (found.number, found.works, len(found.projects)) == (SHOWN + 5, SHOWN + 5, SHOWN)
    assert found.filter == ProjectFilter(goal=("7",))


def test_nothing_stands_behind_an_empty_cell(office: Workplace) -> None:
    found = behind(office, looked(office), (KONAK, "13"), Translator("tr"))
    assert (found.number, found.projects, found.filter) == (0, (), None)
    assert found.sentences == ("Konak, 13 · İklim Eylemi: kayıtlı proje yok.",)
    of_years = behind(office, looked(office, "year"), (KONAK, "2025"), Translator("tr"))
    assert (of_years.sentences, of_years.number) == ((), 4)
    assert behind(office, looked(office, "dimension"), (KONAK, ""), Translator("tr")).filter is None


def test_a_district_learns_from_the_network_who_could_help(line: Line) -> None:
    with open_workplace(line.bornova) as bornova:
        projects.add_projects(bornova, [ProjectFields(title="A", goals=("7",), district=BORNOVA)])
        counted = gaps.count(bornova)
        assert counted.helping is not None
        assert len(counted.helping) == 0
        assert counted.rows == (BORNOVA,)
        assert gaps.count(bornova, ProjectFilter(network=True)).helping is None


# --- paper -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", KINDS)
def test_the_document_has_every_cell_once_and_nothing_from_outside(office: Workplace, by: str, language: str) -> None:
    at = looked(office, by)
    t = Translator(language)
    shown = Sheet(at.table, Wanted(), REFERENCE, t)
    html = gap_html(shown, at, REFERENCE, t)
    body = html.split("<body", 1)[1]
    cells = re.findall(r'<td class="(heat-\d|gap|)">([^<]*)</td>', body)
    assert len(cells) == len(shown.rows) * len(shown.columns)
    assert sorted(text for _, text in cells) == sorted(one.text for row in shown.cells for one in row)
    assert HOSTILE not in html
    assert "<script" not in html
    assert re.findall(r'(?:src|href)="', html) == []
    assert set(re.findall(r"url\((\w+):", html)) == {"data"}
    assert ("A3 landscape" if len(shown.columns) > 21 else "A4 landscape") in html


def test_words_of_the_office_are_text_on_paper(office: Workplace) -> None:
    words = Vocabulary((Term("x", {"tr": HOSTILE, "en": HOSTILE}),))
    known = replace(REFERENCE, vocabularies={**REFERENCE.vocabularies, "theme": words})
    counted, t = gaps.count(office), Translator("tr")
    at = Looked(counted, gaps.table_of(counted, "theme", known), EVERYTHING)
    html = gap_html(Sheet(at.table, Wanted(), known, t), at, known, t)
    assert HOSTILE not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in html


def test_a_district_reads_whole_sentences_and_its_neighbourhoods(office: Workplace) -> None:
    at, t = looked(office, "goal", KONAK), Translator("tr")
    html = gap_html(Sheet(at.table, Wanted(), REFERENCE, t), at, REFERENCE, t)
    assert "Konak, 6 · Temiz Su ve Sanitasyon: kayıtlı proje yok." in html
    assert '<body class="alone">' in html
    assert "Alsancak" in html
    assert "Sütunlara göre" not in html
    assert "4 projenin mahallesi yazılmamış" in html


class Printer:
    """Gives back what it was handed."""

    def pdf(self, html: str, *, tagged: bool = True) -> bytes:
        assert tagged
        return html.encode()


def test_it_is_written_as_it_was_printed(office: Workplace, tmp_path: Path) -> None:
    target = tmp_path / "g.pdf"
    write_gap_paper(office, looked(office), target, Translator("tr"), Printer())
    assert "Nerede ne var, ne eksik" in target.read_text(encoding="utf-8")


class Broken:
    def pdf(self, _html: str, *, tagged: bool = True) -> bytes:
        raise NoRenderer(str(tagged))


def test_without_a_renderer_nothing_is_written(office: Workplace, tmp_path: Path) -> None:
    with pytest.raises(NoRenderer):
        write_gap_paper(office, looked(office), tmp_path / "g.pdf", Translator("tr"), Broken())
    assert list(tmp_path.iterdir()) == []
