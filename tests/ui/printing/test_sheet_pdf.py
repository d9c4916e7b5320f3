"""The sheets as they come out of the web engine, read back by programs that know nothing of ours."""

import io
import re

import pypdf
import pypdfium2
import zxingcpp
from PIL import Image

from izsa_desktop.domain.project import Project
from izsa_desktop.reports import qr
from tests.reports.samples import EMPTY, FULL, HOSTILE, LONG, demo_projects, squeezed, texts_of
from tests.ui.printing.conftest import Printed

TURKISH = "ğüşıöçİĞÜŞÖÇ"


def picture(document: Printed, page: int, scale: float = 3) -> Image.Image:
    pdf = pypdfium2.PdfDocument(document.pdf)
    image: Image.Image = pdf[page].render(scale=scale).to_pil()
    pdf.close()
    return image


def code_on(document: Printed, project: Project) -> str:
    found = [zxingcpp.read_barcode(picture(document, page).convert("L")) for page in document.pages_of(project)]
    return next(code.text for code in found if code)


def test_all_fields_are_there_with_turkish_letters_right(special: Printed) -> None:
    text = special.text_of(FULL)
    for expected in (
        *texts_of(FULL),
        "Kadınlar",
        "Çiftçiler, üreticiler",
        "14 Mart 2025",
        "Sürüyor",
        "Erişilebilir ve Temiz Enerji",
        "İklim Eylemi",
        "38.46221, 27.21763",
        FULL.id,
        FULL.revision[:12],
    ):
        assert squeezed(expected) in text
    assert set(TURKISH) <= set(text)


def test_another_reader_reads_the_same(special: Printed) -> None:
    text = squeezed(pypdf.PdfReader(io.BytesIO(special.pdf)).pages[0].extract_text())
    text = text.replace("ʼ", "’")  # in Inter both apostrophes are one drawing, and the file names the other
    for expected in texts_of(FULL):
        assert squeezed(expected) in text


def test_full_and_empty_records_take_one_page(special: Printed) -> None:
    for project in (FULL, EMPTY):
        assert len(special.pages_of(project)) == 1, project.id


def test_fifty_projects_are_fifty_pages(fifty: Printed) -> None:
    assert len(fifty.texts) == 50
    for n, project in enumerate(demo_projects(50)):
        assert fifty.pages_of(project) == [n]
        assert f"{n + 1}/50" in fifty.texts[n]
        for text in texts_of(project):
            assert squeezed(text) in fifty.texts[n]


def test_a_very_long_text_flows_on_and_nothing_is_lost(special: Printed) -> None:
    assert len(special.pages_of(LONG)) == 2
    text = special.text_of(LONG)
    # a sentence that runs over the page's end has the page's foot in its middle
    purpose = re.sub(rf"TUR\w+/[0-9a-f]{{32}}·.*?basıldı|\d+/{len(special.texts)}", "", text)
    sentences = re.findall(r"\d+\..*?anlatır\.", LONG.fields.purpose)
    assert len(sentences) > 70
    assert [sentence for sentence in sentences if squeezed(sentence) not in purpose] == []
    for expected in texts_of(LONG)[2:]:
        assert squeezed(expected) in text


def test_hostile_text_stands_there_as_it_was_written(special: Printed) -> None:
    text = special.text_of(HOSTILE)
    for expected in texts_of(HOSTILE):
        assert squeezed(expected) in text
    assert "<i>alan</i>" in text


def test_no_page_is_blank_and_every_page_is_a4(special: Printed, fifty: Printed) -> None:
    for document in (special, fifty):
        assert all(len(text) > 100 for text in document.texts)
        pdf = pypdfium2.PdfDocument(document.pdf)
        assert {(round(page.get_width()), round(page.get_height())) for page in pdf} == {(595, 842)}
        pdf.close()


def test_the_code_on_the_page_says_record_and_revision(special: Printed) -> None:
    for project in (FULL, EMPTY, LONG):
        assert code_on(special, project) == qr.payload(project)


def test_the_code_is_read_from_a_grey_and_coarse_copy(special: Printed) -> None:
    copy = picture(special, 0, scale=150 / 72).convert("L").point(lambda v: 60 + v * 140 // 255)
    found = zxingcpp.read_barcode(copy)
    assert found is not None
    assert found.text == qr.payload(FULL)


def test_every_font_is_ours_and_inside_the_file(special: Printed) -> None:
    seen = set()
    for page in pypdf.PdfReader(io.BytesIO(special.pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font.get_object()
            seen.add(inner["/BaseFont"].split("+")[-1])
            assert {"/FontFile2", "/FontFile3"} & inner["/FontDescriptor"].keys()
    assert seen == {"Inter-Regular", "Inter-SemiBold", "Inter-Bold"}


def test_nothing_is_printed_beyond_the_margins(special: Printed, fifty: Printed) -> None:
    for document, pages in ((special, range(len(special.texts))), (fifty, range(0, 50, 10))):
        for page in pages:
            ink = picture(document, page, scale=1).convert("L").point(lambda v: 255 if v < 200 else 0).getbbox()
            assert ink is not None
            left, top, right, bottom = ink
            assert left >= 38
            assert right <= 557
            assert top >= 32
            assert bottom <= 835


def test_nothing_is_cut_at_the_right_margin(special: Printed) -> None:
    """What is drawn to the very edge of the page's area has lost some of its line."""
    margin = round((595.28 - 14 / 25.4 * 72) * 6)
    grey = picture(special, 0, scale=6).convert("L")
    darkest, _ = grey.crop((margin - 4, 0, margin + 6, 790 * 6)).getextrema()
    assert darkest == 255
