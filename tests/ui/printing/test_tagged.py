"""The accessible PDF as other programs read it: pikepdf and PDFium, and two checkers of PDF/UA-1."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import pdfua
import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from PySide6.QtWidgets import QApplication

from izsa_desktop.domain.errors import Cancelled
from izsa_desktop.reports.sheet import sheet_html
from izsa_desktop.tagging.book import tag
from izsa_desktop.tagging.marks import mark
from izsa_desktop.ui.printing.renderer import WebEngineRenderer
from tests.reports.samples import EMPTY, FULL, HOSTILE, LONG, REFERENCE, demo_projects, squeezed
from tests.ui.printing.structure import broken_rules, elements, undeclared


def photo() -> str:
    jpeg = io.BytesIO()
    Image.radial_gradient("L").resize((30, 20)).save(jpeg, "JPEG")
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg.getvalue()).decode()}"


MANY_THINGS = f"""<!DOCTYPE html><html lang="tr"><head><title>Işık &amp; gölge</title><style>
@page {{ margin: 12mm 14mm 14mm; @bottom-right {{ content: counter(page); }} }}
a {{ color: #c00; text-decoration: underline; }} .row {{ display: flex; gap: 4mm; }}
.up {{ text-transform: uppercase; }} .grid {{ display: grid; grid-template-columns: 1fr 1fr; gap: 3mm; }}
.grid img {{ width: 100%; object-fit: cover; display: block; }}
.turned {{ transform: rotate(-90deg); width: 40mm; position: absolute; left: 120mm; top: 60mm; }}
</style></head><body>
<h1>Başlık</h1><h3>Alt başlık</h3><p style="opacity: .5">Yarı <b>saydam</b> yazı</p><p class="up">küçük ışık</p>
<p>Bir <a href="https://example.org/a?b=1&amp;c=2">dış bağlantı</a>, <a href="#end">iç bağlantı</a> ve
<a href="file:///etc/passwd">dosya</a>.</p>
<p lang="en">An English passage.</p>
<ol><li>bir<ul><li>iç bir</li></ul></li></ol><dl><dt>Ad</dt><dd>Değer</dd></dl>
<table><caption>Tablo</caption><thead><tr><th>A</th><th colspan="2">B</th></tr></thead>
<tbody><tr><th scope="row">x</th><td>1</td><td></td></tr></tbody></table>
<div class="row">açık <b>kutuda</b></div><div class="turned">dönmüş yazı</div>
<div class="grid"><figure><img src="{photo()}" alt="Bahçe"><figcaption>Altyazı</figcaption></figure>
<img src="{photo()}" alt=""></div><div class="row"><div><img src="{photo()}" alt="Kıyı"></div><p>yanında</p></div>
<svg role="img" aria-label="Çubuklar" viewBox="-10 -5 120 50" width="60mm" height="25mm"><rect width="20" height="30"/>
<g transform="translate(50 10) scale(2)"><circle r="5"/><text y="4">yazı</text></g></svg>
<p id="end" style="break-before: page">Son sayfa</p></body></html>"""


def mixed(html: str) -> tuple[bytes, bytes]:
    """The document without and with structure."""
    renderer = WebEngineRenderer()
    return renderer.pdf(html, tagged=False), renderer.pdf(html)


@pytest.fixture(scope="module")
def many(qapp: QApplication) -> tuple[bytes, bytes]:
    return mixed(MANY_THINGS)


@pytest.fixture(scope="module")
def sheets(qapp: QApplication) -> tuple[bytes, bytes]:
    return mixed(sheet_html([FULL, HOSTILE, EMPTY, LONG, *demo_projects(6)], REFERENCE, "tr"))


def pictures(pdf: bytes) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield page.render(scale=1.5).to_pil()
    document.close()


def test_pages_look_as_without_structure(many: tuple[bytes, bytes], sheets: tuple[bytes, bytes]) -> None:
    for plain, tagged in (many, sheets):
        for before, after in zip(pictures(plain), pictures(tagged), strict=True):
            assert ImageChops.difference(before, after).getbbox() is None


def test_title_language_and_bookmarks(many: tuple[bytes, bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(many[1]))
    with pikepdf.Pdf.open(io.BytesIO(many[1])) as document:
        root = document.Root
        assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("tr", True)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert reader.metadata is not None
    assert reader.metadata.title == "Işık & gölge"
    assert reader.xmp_metadata is not None
    assert reader.xmp_metadata.dc_title == {"x-default": "Işık & gölge"}
    outline = reader.outline
    assert [item.title for item in outline if isinstance(item, pypdf.generic.Destination)] == ["Başlık"]
    assert [item.title for item in outline[1]] == ["Alt başlık"]  # type: ignore[union-attr]


def test_the_structure_is_read_in_order(many: tuple[bytes, bytes]) -> None:
    told = [(one.role, one.text or one.alt) for one in elements(many[1]) if one.text or one.alt]
    assert told == [
        ("H1", "Başlık"), ("H2", "Alt başlık"), ("P", "Yarı saydam yazı"), ("P", "KÜÇÜK IŞIK"),
        ("P", "Bir ,  ve ."), ("Link", "dış bağlantı"), ("Link", "iç bağlantı"), ("Link", "dosya"),
        ("P", "An English passage."),
        ("LBody", "bir"), ("LBody", "iç bir"), ("Lbl", "Ad"), ("LBody", "Değer"),
        ("Caption", "Tablo"), ("TH", "A"), ("TH", "B"), ("TH", "x"), ("TD", "1"),
        ("P", "açık kutuda"), ("P", "dönmüş yazı"), ("Figure", "Bahçe"), ("P", "Altyazı"), ("Figure", "Kıyı"),
        ("P", "yanında"), ("Figure", "yazı"), ("P", "Son sayfa"),
    ]  # fmt: skip
    assert [one.alt for one in elements(many[1]) if one.role == "Figure"] == ["Bahçe", "Kıyı", "Çubuklar"]
    assert [one.lang for one in elements(many[1]) if one.lang] == ["en"]


def test_links_lead_where_they_say_and_nowhere_else(many: tuple[bytes, bytes]) -> None:
    with pikepdf.Pdf.open(io.BytesIO(many[1])) as document:
        links = [link for page in document.pages for link in page.obj.get("/Annots", pikepdf.Array())]
        assert [str(link.Contents) for link in links] == ["dış bağlantı", "iç bağlantı"]
        assert str(links[0].A.URI) == "https://example.org/a?b=1&c=2"
        assert links[1].Dest[0].objgen == document.pages[1].objgen
    assert b"mark:" not in many[1]


def test_every_letter_of_the_sheets_is_in_the_structure() -> None:
    """Also of the long one, whose columns go on on a second page: there the renderer loses places."""
    html = sheet_html([FULL, HOSTILE, EMPTY, LONG], REFERENCE, "tr")
    read = "".join(one.text for one in elements(WebEngineRenderer().pdf(html)))
    for text in mark(html).texts.values():
        assert squeezed(text) in squeezed(read)


def test_words_stay_apart_where_a_line_was_broken(sheets: tuple[bytes, bytes]) -> None:
    texts = [one.text for one in elements(sheets[1])]
    assert "Erişilebilir ve Temiz Enerji" in texts
    assert any("77. cümle kıyıdaki çöğürlerin öğütülüp gübre olmasını anlatır. 78. cümle" in text for text in texts)


@pytest.mark.parametrize("which", ["many", "sheets"])
def test_everything_drawn_is_structure_or_decoration(which: str, request: pytest.FixtureRequest) -> None:
    assert undeclared(request.getfixturevalue(which)[1]) == []


def test_a_checker_for_pdf_ua_finds_nothing(many: tuple[bytes, bytes], sheets: tuple[bytes, bytes]) -> None:
    for plain, tagged in (many, sheets):
        assert broken_rules(tagged) == []
        assert len(broken_rules(plain)) > 5


def test_another_checker_finds_nothing(sheets: tuple[bytes, bytes], tmp_path: Path) -> None:
    file = tmp_path / "sheets.pdf"
    file.write_bytes(sheets[1])
    assert not pdfua.validate(str(file)).findings
    file.write_bytes(sheets[0])
    assert pdfua.validate(str(file)).findings


def test_tagging_can_be_stopped(many: tuple[bytes, bytes]) -> None:
    marked = mark(MANY_THINGS)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled):
        tag(WebEngineRenderer().pdf(marked.html, tagged=False), marked, stop)
    assert told == [(1, 2)]
