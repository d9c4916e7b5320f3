"""Documents that are printed in parts: as if printed whole, with one count of pages, right across the borders."""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import ImageChops
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.errors import BadTemplate
from izsa_desktop.domain.project import Project
from izsa_desktop.reports import qr
from izsa_desktop.reports.catalogue import Catalogue, Cover, Summary, catalogue, dots
from izsa_desktop.reports.sheet import BOTH, Printing, sheet_html
from izsa_desktop.reports.sheet_material import INTERNAL, Letterhead
from izsa_desktop.tagging.marks import mark
from izsa_desktop.ui.printing.renderer import WebEngineRenderer
from izsa_desktop.usecases.press import Document, printing
from tests.reports.samples import EMPTY, FULL, HOSTILE, LONG, REFERENCE, RICH, demo_projects, squeezed, texts_of
from tests.ui.printing.structure import broken_rules, elements, undeclared

DAY = date(2026, 11, 24)
PROJECTS = (FULL, LONG, *demo_projects(4), HOSTILE, EMPTY, RICH)
PRINTING = Printing(printed=DAY, variant=INTERNAL, letterhead=Letterhead(footer="İzmir; “alt; bilgi” {1}"))
TITLE = "Dokuz proje"
_ROUNDING = 3
"""Of 255."""


def printed(document: Document, *, tagged: bool = True) -> bytes:
    out = io.BytesIO()
    WebEngineRenderer().run(printing(document, out, tagged=tagged))
    return out.getvalue()


def sheet_parts(
    projects: Sequence[Project], size: int, first: int = 0, language: str = "tr"
) -> list[Callable[[], str]]:
    def made(at: int) -> str:
        number = first + at * (1 + (language == BOTH)) if first else 0
        some = projects[at : at + size]
        return sheet_html(some, REFERENCE, language, PRINTING, title=TITLE, first_sheet=number)

    return [partial(made, at) for at in range(0, len(projects), size)]


def sheets(size: int) -> Document:
    return Document(title=TITLE, language="tr", projects=len(PROJECTS), parts=sheet_parts(PROJECTS, size))


def front(language: str) -> Catalogue:
    summary = Summary(
        matrix_heads=tuple((goal.code, goal.name["tr"], goal.color) for goal in REFERENCE.goals),
        matrix=(),
        dots=dots(PROJECTS, REFERENCE),
        balance=(),
        states=(),
    )
    cover = Cover(kind="Katalog", title=TITLE, lines=("9 proje",))
    return catalogue(PROJECTS, REFERENCE, language, cover=cover, summary=summary, printing=PRINTING)


def book(language: str) -> tuple[Catalogue, Document]:
    made = front(language)
    parts = sheet_parts(PROJECTS, 4, made.first_sheet, language)
    return made, Document(title=TITLE, language="tr", projects=9, parts=parts, front=made.html)


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [squeezed(page.get_textpage().get_text_bounded().replace("\x02", "-")) for page in document]
    document.close()
    return found


@pytest.fixture(scope="module")
def in_parts(qapp: QApplication) -> bytes:
    return printed(sheets(2))


@pytest.fixture(scope="module")
def at_once(qapp: QApplication) -> bytes:
    return printed(sheets(len(PROJECTS)))


@pytest.fixture(scope="module")
def turkish(qapp: QApplication) -> bytes:
    return printed(book("tr")[1])


def test_pages_look_as_if_printed_at_once(in_parts: bytes, at_once: bytes, qtbot: QtBot) -> None:
    """Page numbers and the office's line at the foot among them. Places are rounded otherwise, by less than is seen."""
    whole = pypdfium2.PdfDocument(at_once)
    for pdf in (in_parts, printed(sheets(2), tagged=False)):
        parts = pypdfium2.PdfDocument(pdf)
        assert len(parts) == len(whole) >= 10
        for n in range(len(whole)):
            one, other = (document[n].render(scale=1.5).to_pil() for document in (parts, whole))
            seen = ImageChops.difference(one, other).point(lambda value: 255 * (value > _ROUNDING))
            assert seen.getbbox() is None, n


def test_each_page_has_its_number_once(in_parts: bytes) -> None:
    found = texts(in_parts)
    for n, text in enumerate(found, start=1):
        assert text.count(f"{n}/{len(found)}") == 1
        assert len(text) > 100


def test_all_texts_are_there_in_order_across_the_parts(in_parts: bytes) -> None:
    read = squeezed("".join(one.text for one in elements(in_parts)))
    at = 0
    for made in sheets(2).parts:
        for text in mark(made()).texts.values():
            at = read.index(squeezed(text), at)
    together = "".join(texts(in_parts))
    for project in (FULL, RICH, HOSTILE):
        for text in texts_of(project):
            assert squeezed(text) in together


def test_every_code_is_read_from_its_page(in_parts: bytes) -> None:
    document = pypdfium2.PdfDocument(in_parts)
    codes = [zxingcpp.read_barcode(page.render(scale=3).to_pil().convert("L")) for page in document]
    assert [code.text for code in codes if code] == [qr.payload(project) for project in PROJECTS]


@pytest.mark.parametrize("tagged", [True, False])
def test_fonts_are_in_the_file_and_the_file_is_whole(tagged: bool, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "d.pdf"
    file.write_bytes(printed(sheets(3), tagged=tagged))
    with pikepdf.open(file) as document:
        assert document.check_pdf_syntax() == []
        for page in document.pages:
            for font in page.Resources.Font.values():
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        assert str(document.docinfo.Title) == TITLE


def test_the_structure_satisfies_independent_checkers(turkish: bytes, in_parts: bytes) -> None:
    for pdf in (turkish, in_parts):
        assert broken_rules(pdf) == []
        assert undeclared(pdf) == []


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return [
        (str(item.title), (reader.get_destination_page_number(item) or 0) + 1)
        for item in reader.outline
        if isinstance(item, pypdf.generic.Destination)
    ]


def apart(pages: Iterable[int]) -> list[int]:
    """Each page once: a link of two lines is two, and several parts may begin on one page."""
    return [page for page, _ in groupby(pages)]


@pytest.mark.parametrize("language", ["tr", "en", BOTH])
def test_contents_bookmarks_and_links_name_the_same_pages(language: str, qtbot: QtBot) -> None:
    made, document = book(language)
    pdf = printed(document)
    found = bookmarks(pdf)
    assert len(found) == made.parts + 2
    by_page = texts(pdf)
    for title, page in found[made.first_sheet + 1 :]:
        assert squeezed(title) in by_page[page - 1]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        order = {page.obj.objgen: n for n, page in enumerate(opened.pages, start=1)}
        links = [order[link.Dest[0].objgen] for link in opened.pages[1].obj.Annots]
    assert apart(links) == apart(page for _title, page in found[2:])
    numbers = re.findall(r"(\d+)\r?$", pypdfium2.PdfDocument(pdf)[1].get_textpage().get_text_bounded(), re.MULTILINE)
    assert [int(number) for number in numbers[: made.parts]] == [page for _title, page in found[2:]]


def test_links_of_the_plain_catalogue_lead_there_too(turkish: bytes, qtbot: QtBot) -> None:
    plain = printed(book("tr")[1], tagged=False)
    with pikepdf.open(io.BytesIO(plain)) as opened:
        order = {page.obj.objgen: n for n, page in enumerate(opened.pages, start=1)}
        links = [order[link.Dest[0].objgen] for link in opened.pages[1].obj.Annots]
        for page in opened.pages:
            assert all("URI" not in str(link.keys()) for link in page.obj.get("/Annots", pikepdf.Array()))
    assert apart(links) == apart(page for _title, page in bookmarks(turkish)[2:])
    assert texts(plain) == texts(turkish)


def test_what_fails_in_a_later_part_is_told(qtbot: QtBot) -> None:
    def broken() -> str:
        raise BadTemplate("sheet.html", 3, "none")

    parts = [*sheet_parts(PROJECTS[:2], 1), broken]
    with pytest.raises(BadTemplate):
        printed(Document(title=TITLE, language="tr", projects=3, parts=parts))
