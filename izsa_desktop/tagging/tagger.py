"""The pages of a marked document: what is drawn on them is told apart, and the marks are taken out."""

from typing import Final

from pikepdf import Dictionary, Object, Pdf

from izsa_desktop.tagging.content import ONE, Matrix, Place, times, told_apart
from izsa_desktop.tagging.fonts import Font, font_of
from izsa_desktop.tagging.marks import SCHEME, Marked
from izsa_desktop.tagging.structure import Box, Where
from izsa_desktop.tagging.words import Texts

_SOMEWHERE: Final = (0.0, 0.0, 595.0, 842.0)
"""Where a text is whose mark was lost: on the page."""


class Tagger:
    """Takes the marks out of pages, one after the other. ``first``: the number of the first page's content among all.

    ``found``: where the marks were. ``streams``: of each stream with numbered content the page, what it belongs to and
    how much there is.
    """

    def __init__(self, document: Pdf, marked: Marked, first: int) -> None:
        self._document, self._marked, self._first = document, marked, first
        self._fonts: dict[tuple[int, int], Font] = {}
        self._texts = Texts(marked.texts)
        self.found: dict[int, Where] = {}
        self.streams: list[tuple[int, Object, int]] = []

    def tell_apart(self, number: int, page: Object) -> bytes:
        """The operations of the page with marked content."""
        return self._told(number, page, self._places(number, page), ONE, page.Contents.read_bytes())

    def _told(self, number: int, owner: Object, places: list[Place], matrix: Matrix, operations: bytes) -> bytes:
        """The operations of a page, or of a form on it (Skia makes one of what is half transparent)."""
        resources = owner.get("/Resources", Dictionary())
        forms = resources.get("/XObject", Dictionary())
        at = len(self.streams)
        owner.StructParents = self._first + at
        self.streams.append((number, owner, 0))

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
        self.streams[at] = (number, owner, len(marks))
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
            box = _box(link)
            place = Place(mark, *box, mark in self._marked.pictures)
            self.found.setdefault(mark, Where(number, box)).parts.append((number, box))
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


def _box(link: Object) -> Box:
    left, bottom, right, top = (float(side) for side in link.Rect)
    return left, bottom, right, top


def _mark_of(link: Object) -> int | None:
    address = str(link.A.get("/URI", "")) if "/A" in link else ""
    return int(address.removeprefix(SCHEME)) if address.startswith(SCHEME) else None
