"""Catalogues and rich sheets as they come out of the printer: numbers that are right, photos that flow, nothing cut."""

import base64
import io
from datetime import date

import pypdf
import pypdfium2
import pytest
import zxingcpp
from msgspec import structs
from PIL import Image
from pytestqt.qtbot import QtBot

from izsa_desktop.i18n import Translator
from izsa_desktop.reports import papers, qr
from izsa_desktop.reports.sheet import Printing, sheet_html
from izsa_desktop.reports.sheet_material import Letterhead, Material, Photo
from izsa_desktop.ui.printing.renderer import WebEngineRenderer
from tests.reports.samples import FULL, REFERENCE, RICH, squeezed, texts_of
from tests.ui.printing.structure import broken_rules

DAY = date(2026, 11, 23)


def photo(number: int) -> Photo:
    picture = io.BytesIO()
    size = (900, 600) if number % 3 else (600, 1000)
    Image.new("RGB", size, (20 * number, 90, 160)).save(picture, "JPEG")
    source = f"data:image/jpeg;base64,{base64.b64encode(picture.getvalue()).decode('ascii')}"
    return Photo(source=source, caption=f"Fotoğraf {number}: kutuların yerleştirilmesi", licence="CC BY 4.0")


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [squeezed(page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    return texts


def pictures(pdf: bytes, scale: float = 1) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    drawn = [page.render(scale=scale).to_pil() for page in document]
    document.close()
    return drawn


@pytest.fixture(scope="module")
def rich(qapp: object) -> bytes:
    """A full record with twelve photos."""
    material = {RICH.id: Material(photos=tuple(map(photo, range(12))))}
    return WebEngineRenderer().pdf(sheet_html([RICH], REFERENCE, "tr", Printing(printed=DAY, material=material)))


def test_all_of_a_rich_record_is_on_paper_in_order(rich: bytes) -> None:
    text = "".join(pages(rich))
    for expected in texts_of(RICH):
        assert squeezed(expected) in text
    order = ("Amaç", "Hedefkitle", "Göstergeler", "Finansman", "Ortaklar", "Fotoğraflar", "Denetimdeğeri")
    places = [text.index(word) for word in order]
    assert places == sorted(places)


def test_twelve_photos_are_all_there_each_with_its_words(rich: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(rich))
    assert sum(len(page.images) for page in reader.pages) == 12
    by_page = pages(rich)
    for number in range(12):
        [page] = [n for n, text in enumerate(by_page) if squeezed(f"Fotoğraf {number}: ") in text]
        assert len(reader.pages[page].images)


def test_no_page_is_blank_and_nothing_is_cut(rich: bytes) -> None:
    for text, picture in zip(pages(rich), pictures(rich), strict=True):
        assert len(text) > 60
        ink = picture.convert("L").point(lambda v: 255 if v < 200 else 0).getbbox()
        assert ink is not None
        assert (ink[0] >= 38, ink[1] >= 32, ink[2] <= 557, ink[3] <= 835) == (True, True, True, True)


def test_photos_and_charts_satisfy_the_checkers(rich: bytes) -> None:
    assert broken_rules(rich) == []


def test_the_code_can_be_read_from_the_last_page_also_in_grey(rich: bytes) -> None:
    copy = pictures(rich, 150 / 72)[-1].convert("L").point(lambda v: 60 + v * 140 // 255)
    found = zxingcpp.read_barcode(copy)
    assert found is not None
    assert found.text == qr.payload(RICH)


def test_freshness_and_status_are_told_apart_without_colour(qtbot: QtBot) -> None:
    drawn = []
    for day in ("2026-06-01", "2025-06-01", "2020-06-01"):
        project = structs.replace(FULL, fields=structs.replace(FULL.fields, confirmed=day))
        html = sheet_html([project], REFERENCE, "tr", Printing(printed=DAY))
        words = pages(WebEngineRenderer().pdf(html))[0]
        drawn.append(next(word for word in ("Güncel(", "Yenilenmeli(", "Eski(") if word in words))
    assert drawn == ["Güncel(", "Yenilenmeli(", "Eski("]


def test_a_report_and_an_offer_are_one_page_each(qtbot: QtBot) -> None:
    t = Translator("tr")
    head = Letterhead(footer="Kapı no 7 · ŞĞİ")
    block = papers.Block(heading="Bölüm", text="Satır\nSatır", items=("bir", "iki"))
    report = papers.report_html(
        papers.Report(kind="Rapor", title="Bornova", internal=True, blocks=(block,)), t, Printing(letterhead=head)
    )
    printer = WebEngineRenderer()
    printed = printer.pdf(report), printer.pdf(papers.offer_html([FULL], REFERENCE, "tr", {FULL.id: ["Finansman"]}))
    assert [broken_rules(pdf) for pdf in printed] == [[], []]
    [text] = pages(printed[0])
    assert "Kapıno7·ŞĞİ" in text
    [offer] = pages(printed[1])
    for expected in ("Aradığımız", "Finansman", *texts_of(FULL)[:1]):
        assert squeezed(expected) in offer
