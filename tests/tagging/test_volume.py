"""PDFs that are written from front to back, read back by pikepdf."""

import io
import random

import pikepdf
import pytest

from izsa_desktop.tagging.book import Book
from izsa_desktop.tagging.marks import mark
from izsa_desktop.tagging.volume import Copier, Volume, array, pdf_text, reference

SAID = 'Park (12 0 R) \\ <</Type/Page>> "endobj" ğüşıöç İ 𝛼\n5 0 R'


def opened(out: io.BytesIO) -> pikepdf.Pdf:
    out.seek(0)
    document = pikepdf.open(out)
    assert document.check_pdf_syntax() == []
    return document


def ended(volume: Volume, kept: list[int]) -> None:
    """A document of an empty page that names these objects."""
    pages = volume.reserve()
    page = volume.put(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]/Resources<<>>>>" % pages)
    volume.put(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % page, pages)
    catalog = volume.put(b"<</Type/Catalog/Pages %d 0 R/Kept%s>>" % (pages, array(map(reference, kept))))
    volume.end(catalog, volume.put(b"<<>>"))


def one_page(picture: bytes, text: str = "q\nQ") -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page().obj
    page.Contents = document.make_stream(text.encode())
    shown = document.make_stream(picture, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X1=shown))
    page.Said = document.make_indirect(pikepdf.String(SAID))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_objects_are_found_again_however_many_there_are() -> None:
    out = io.BytesIO()
    volume = Volume(out)
    early = volume.reserve()
    numbers = [volume.put(b"(%d)" % n) for n in range(1_000)]
    volume.put(b"[%d 0 R]" % numbers[7], early)
    stream = volume.stream(b"", b"as it is")
    ended(volume, [early, *numbers, stream])
    document = opened(out)
    kept = document.Root.Kept
    assert str(kept[0][0]) == "7"
    assert [str(kept[n + 1]) for n in (0, 199, 200, 999)] == ["0", "199", "200", "999"]
    assert kept[-1].read_raw_bytes() == b"as it is"


@pytest.mark.parametrize("said", [SAID, "plain", "", "(", "üç", "\x07bell"])
def test_any_text_is_kept(said: str) -> None:
    out = io.BytesIO()
    volume = Volume(out)
    ended(volume, [volume.put(pdf_text(said))])
    document = opened(out)
    assert str(document.Root.Kept[0]) == said


def test_what_is_copied_refers_to_the_right_objects_and_texts_stay_as_they_are() -> None:
    source = pikepdf.open(io.BytesIO(one_page(b"abc")))
    out = io.BytesIO()
    volume = Volume(out)
    for _ in range(50):
        volume.put(b"null")
    copier = Copier(volume, source)
    number = copier.number(source.pages[0].obj.Resources.XObject.X1)
    said = volume.put(copier.text(source.pages[0].obj.Said))
    copier.copy()
    ended(volume, [number, said])
    document = opened(out)
    kept = document.Root.Kept
    assert kept[0].read_bytes() == b"abc"
    assert str(kept[1]) == SAID


def test_the_same_picture_in_many_parts_is_written_once() -> None:
    photo = random.Random(7).randbytes(40_000)
    sizes = []
    for parts in (1, 10):
        out = io.BytesIO()
        book = Book(out)
        for _ in range(parts):
            book.add(one_page(photo), None)
        book.end("x", "tr")
        document = opened(out)
        assert {page.obj.Resources.XObject.X1.read_bytes() for page in document.pages} == {photo}
        sizes.append(len(out.getvalue()))
    assert sizes[1] < sizes[0] + 10_000


def test_numbers_lie_over_their_pages_and_a_front_comes_first() -> None:
    out = io.BytesIO()
    book = Book(out, numbered=True)
    for name in ("b", "c"):
        book.add(one_page(b"x", f"% {name}"), None)
    book.add(one_page(b"x", "% a"), None, front=True)
    assert book.pages == 3
    numbers = pikepdf.new()
    for n in (2, 3, 4):
        page = numbers.add_blank_page().obj
        page.Contents, page.Resources = numbers.make_stream(b"%% %d" % n), pikepdf.Dictionary()
    saved = io.BytesIO()
    numbers.save(saved)
    book.number(saved.getvalue(), 2, 2)
    book.end("x", "tr")
    document = opened(out)
    assert [page.obj.Contents[1].read_bytes() for page in document.pages] == [b"% a", b"% b", b"% c"]
    over = [page.obj.Resources.XObject["/IzsaPageNumber"].read_bytes() for page in document.pages]
    assert over == [b"", b"% 2", b"% 3"]  # the first was not printed, the last of those that came was one too many


def test_places_are_named_by_links_that_do_not_stay() -> None:
    marked = mark('<body><h1><a href="page:3" style="all:unset">Park</a></h1><p><a href="#part-3">ona</a></p></body>')
    assert "page:" not in marked.html
    assert marked.anchors == {"part-3": 0}
    assert marked.html.count("<a ") == marked.html.count("</a>") == 2
