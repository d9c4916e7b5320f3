"""The PDF of a marked document: its marks taken out, and in their stead structure, title, language and bookmarks.

What comes out is meant to satisfy PDF/UA-1 (ISO 14289-1): everything drawn is part of the structure or said to be
decoration, links say where they lead, pictures what they show.
"""

import io
from collections.abc import Callable
from typing import Final

from pikepdf import Dictionary, Name, Object, ObjectStreamMode, Pdf

from izsa_desktop.tagging.content import ONE, Matrix, Place, times, told_apart
from izsa_desktop.tagging.fonts import Font, font_of
from izsa_desktop.tagging.marks import SCHEME, Marked
from izsa_desktop.tagging.metadata import describe
from izsa_desktop.tagging.structure import Stream, Structure, Where
from izsa_desktop.tagging.words import Texts

_SOMEWHERE: Final = (0.0, 0.0, 595.0, 842.0)
"""Where a text is whose mark was lost: on the page."""


def tag(pdf: bytes, marked: Marked, on_page: Callable[[int, int], None] = lambda _done, _all: None) -> bytes:
    """The accessible PDF. ``on_page`` is told of each page that is done, and of all; what it raises ends the work."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as document:
        pages = _Pages(document, marked)
        for number, page in enumerate(document.pages):
            pages.tell_apart(number, page.obj)
            on_page(number + 1, len(document.pages))
        structure = Structure(document, pages.found, marked.anchors, pages.streams)
        structure.build(marked.root)
        structure.bookmark(marked.root)
        describe(document, marked.title, marked.language)
        document.save(out, min_version="1.7", object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


class _Pages:
    """Takes the marks out of pages, one after the other. ``found``: where they were."""

    def __init__(self, document: Pdf, marked: Marked) -> None:
        self._document, self._marked = document, marked
        self._fonts: dict[tuple[int, int], Font] = {}
        self._texts = Texts(marked.texts)
        self.found: dict[int, Where] = {}
        self.streams: list[Stream] = []

    def tell_apart(self, number: int, page: Object) -> None:
        places = self._places(number, page)
        page.Contents = self._document.make_stream(self._told(number, page, places, ONE, page.Contents.read_bytes()))
        if "/Annots" in page:
            del page.Annots
        page.Tabs = Name.S

    def _told(self, number: int, owner: Object, places: list[Place], matrix: Matrix, operations: bytes) -> bytes:
        """The operations of a page, or of a form on it (Skia makes one of what is half transparent)."""
        resources = owner.get("/Resources", Dictionary())
        forms = resources.get("/XObject", Dictionary())
        stream = Stream(number, None if owner.get("/Type") == "/Page" else owner)
        owner.StructParents = at = len(self.streams)
        self.streams.append(stream)

        def within(name: bytes, place: Matrix) -> bool:
            form = forms.get(name.decode(), None)
            if form is None or form.get("/Subtype") != "/Form":
                return False
            if "/StructParents" not in form:
                inner = times(_matrix(form), place)
                form.write(self._told(number, form, places, inner, form.read_bytes()))
            return True

        fonts = {name.encode(): self._font(font) for name, font in resources.get("/Font", Dictionary()).items()}
        told, marks = told_apart(operations, places, fonts, self._texts, within=within, matrix=matrix)
        stream.count = len(marks)
        for content, mark in enumerate(marks):
            self.found.setdefault(mark, Where(number, _SOMEWHERE)).content.append((at, content))
        return told

    def _places(self, number: int, page: Object) -> list[Place]:
        places: list[Place] = []
        first: dict[int, Place] = {}
        last: dict[int, Place] = {}
        for link in page.get("/Annots", ()):
            mark = _mark_of(link)
            if mark is None:
                continue
            left, bottom, right, top = (float(side) for side in link.Rect)
            place = Place(mark, left, bottom, right, top, mark in self._marked.pictures)
            where = self.found.setdefault(mark, Where(number, (left, bottom, right, top)))
            where.parts.append((number, link.Rect))
            places.append(place)
            first.setdefault(mark, place)
            last[mark] = place
        for mark, place in last.items():
            words = self._texts.get(mark)
            if words is not None and mark in self._marked.neighbours:
                words.apart = mark + 1 not in first or not place.touches(first[mark + 1])
        return places

    def _font(self, font: Object) -> Font:
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = font_of(font)
        return self._fonts[font.objgen]


def _matrix(form: Object) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in form.get("/Matrix", ONE))
    return a, b, c, d, e, f


def _mark_of(link: Object) -> int | None:
    address = str(link.A.get("/URI", "")) if "/A" in link else ""
    return int(address.removeprefix(SCHEME)) if address.startswith(SCHEME) else None
