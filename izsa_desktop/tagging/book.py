"""A document that is printed in parts and written as one PDF, accessible or not, while its parts come.

A part is on the disk when the next one comes, so memory stays the same however many there are. Accessible parts are
meant to satisfy PDF/UA-1 (ISO 14289-1): everything drawn belongs to the structure or is said to be decoration, links
say where they lead, pictures what they show. Page numbers come last, when all pages are known: each page has a place
for its own.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from pikepdf import Array, Dictionary, Object, Pdf

from izsa_desktop.tagging.links import Links
from izsa_desktop.tagging.marks import Marked
from izsa_desktop.tagging.metadata import information, packet
from izsa_desktop.tagging.outline import write_outline
from izsa_desktop.tagging.structure import Bookmark, Stream, Structure, Target, write_tree
from izsa_desktop.tagging.tagger import Tagger
from izsa_desktop.tagging.volume import Copier, Volume, array, pdf_text, reference

_NUMBER: Final = "/IzsaPageNumber"
_BEFORE: Final = b"q\n"
_AFTER: Final = b"Q\n/Artifact <</Type /Pagination>> BDC\nq\n/IzsaPageNumber Do\nQ\nEMC\n"

OnPage = Callable[[int, int], None]
"""Told of each page that is done, and of all; what it raises ends the work."""


def _nobody(_done: int, _all: int) -> None:
    """For whoever does not watch."""


def tag(pdf: bytes, marked: Marked, on_page: OnPage = _nobody) -> bytes:
    """The accessible PDF of a document that was printed whole."""
    out = io.BytesIO()
    book = Book(out)
    book.add(pdf, marked, on_page)
    book.end(marked.title, marked.language)
    return out.getvalue()


class Book:
    """Writes to ``out``. ``numbered``: the parts have no page numbers of their own, and get them by ``number``."""

    def __init__(self, out: BinaryIO, *, numbered: bool = False) -> None:
        self._volume = volume = Volume(out)
        self._root, self._document = volume.reserve(), volume.reserve()
        self._around = (volume.stream(b"", _BEFORE), volume.stream(b"", _AFTER)) if numbered else None
        self._parts: list[_Part] = []
        self._owners: list[list[bytes]] = []
        self._numbered: set[int] = set()
        self._information: dict[str, Object] = {}
        self.targets: dict[str, Target] = {}
        """Where links lead, by the names of places."""

    @property
    def pages(self) -> int:
        """How many there are."""
        return sum(len(part.pages) for part in self._parts)

    def places(self) -> dict[str, int]:
        """By the name of a place the page, from 1, that it is on."""
        order = {page: n for n, page in enumerate(self._all_pages(), start=1)}
        return {name: order[target.page] for name, target in self.targets.items()}

    def add(self, pdf: bytes, marked: Marked | None, on_page: OnPage = _nobody, *, front: bool = False) -> None:
        """Writes a part, accessible when it was ``marked``; ``front``: before all others."""
        with Pdf.open(io.BytesIO(pdf)) as source:
            self._information = self._information or dict(source.docinfo)
            part = _Part(self._volume.reserve(), [self._volume.reserve() for _ in source.pages])
            copier = Copier(self._volume, source)
            copier.known |= {page.obj.objgen[0]: number for page, number in zip(source.pages, part.pages, strict=True)}
            if marked is None:
                self._write_plain(source, copier, part)
            else:
                self._write_tagged(source, copier, part, marked, on_page)
            copier.copy()
        kids = array(map(reference, part.pages))
        entries = (len(part.pages), kids, self._root)
        self._volume.put(b"<</Type/Pages/Count %d/Kids%s/Parent %d 0 R>>" % entries, part.number)
        self._parts.insert(0 if front else len(self._parts), part)

    def number(self, pdf: bytes, first: int, count: int) -> None:
        """Writes what stands on these pages beside their text: page numbers, printed on pages of their own."""
        forms = [form for part in self._parts for form in part.forms][first - 1 : first - 1 + count]
        with Pdf.open(io.BytesIO(pdf)) as source:
            copier = Copier(self._volume, source)
            for page, form in zip(source.pages, forms, strict=False):  # a style sheet may make more pages or fewer
                box, resources = copier.text(page.obj.MediaBox), copier.text(page.obj.Resources)
                entries = b"/Type/XObject/Subtype/Form/BBox%s/Resources%s" % (box, resources)
                self._volume.pressed(entries, page.obj.Contents.read_bytes(), form)
                self._numbered.add(form)
            copier.copy()

    def end(self, title: str, language: str) -> None:
        """Writes what belongs to the whole; then the PDF is done."""
        volume = self._volume
        for form in (form for part in self._parts for form in part.forms if form not in self._numbered):
            volume.stream(b"/Type/XObject/Subtype/Form/BBox[0 0 0 0]", b"", form)
        parts = array(reference(part.number) for part in self._parts)
        volume.put(b"<</Type/Pages/Count %d/Kids%s>>" % (self.pages, parts), self._root)
        entries = b"/Type/Catalog/Pages %d 0 R/ViewerPreferences<</DisplayDocTitle true>>" % self._root
        entries += b"/Lang" + pdf_text(language)
        if self._owners:
            kids = [kid for part in self._parts for kid in part.kids]
            tree = write_tree(volume, self._document, kids, self._owners)
            data = volume.stream(b"/Type/Metadata/Subtype/XML", packet(title, language))
            entries += b"/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/Metadata %d 0 R" % (tree, data)
            outline = write_outline(volume, (one for part in self._parts for one in part.bookmarks))
            entries += b"/Outlines %d 0 R" % outline if outline else b""
        volume.end(volume.put(b"<<%s>>" % entries), volume.put(information(self._information, title)))

    def _write_plain(self, source: Pdf, copier: Copier, part: "_Part") -> None:
        links = Links(part.pages)
        for number, page in enumerate(source.pages):
            links.find_places(number, page.obj)
        self.targets |= links.places
        for number, page in enumerate(source.pages):
            annotations = [self._volume.put(one) for one in links.written(page.obj, self.targets)]
            contents = page.obj.Contents
            streams = contents if isinstance(contents, Array) else [contents]
            written = [copier.number(one) for one in streams]
            self._write_page(copier, part, number, contents=written, links=annotations)

    def _write_tagged(self, source: Pdf, copier: Copier, part: "_Part", marked: Marked, on_page: OnPage) -> None:
        first = sum(map(len, self._owners))
        tagger = Tagger(source, marked, first)
        contents = []
        for number, page in enumerate(source.pages):
            contents.append(self._volume.pressed(b"", tagger.tell_apart(number, page.obj)))
            on_page(number + 1, len(source.pages))
        streams = [
            Stream(page, 0 if owner.get("/Type") == "/Page" else copier.number(owner), count)
            for page, owner, count in tagger.streams
        ]
        structure = Structure(
            self._volume, part.pages, tagger.found, marked.anchors, streams=streams, first=first, elsewhere=self.targets
        )
        part.kids = structure.build(marked.root, self._document)
        part.bookmarks = structure.bookmarks(marked.root)
        self._owners.append(structure.owners())
        for name, target in structure.targets().items():
            self.targets.setdefault(name, target)
        for number in range(len(source.pages)):
            links = structure.links.get(number, [])
            self._write_page(copier, part, number, contents=[contents[number]], links=links)

    def _write_page(self, copier: Copier, part: "_Part", number: int, *, contents: list[int], links: list[int]) -> None:
        page = copier.source.pages[number].obj
        resources = _copied(page, "/Resources")
        if self._around is not None:
            form = self._volume.reserve()
            part.forms.append(form)
            stands_for = copier.source.make_indirect(Dictionary())
            copier.known[stands_for.objgen[0]] = form
            resources.XObject = _copied(resources, "/XObject")
            resources.XObject[_NUMBER] = stands_for
            contents = [self._around[0], *contents, self._around[1]]
        entries = b"/Type/Page/Parent %d 0 R/MediaBox%s/Resources%s/Contents%s" % (
            *(part.number, copier.text(page.MediaBox), copier.text(resources)),
            array(map(reference, contents)),
        )
        if "/StructParents" in page:
            entries += b"/StructParents %d/Tabs/S" % int(page.StructParents)
        if links:
            entries += b"/Annots" + array(map(reference, links))
        self._volume.put(b"<<%s>>" % entries, part.pages[number])

    def _all_pages(self) -> Iterator[int]:
        for part in self._parts:
            yield from part.pages


@dataclass(slots=True)
class _Part:
    """What of a part is still needed when it has been written."""

    number: int
    """Of its node in the tree of pages."""
    pages: list[int]
    """Their numbers."""
    forms: list[int] = field(default_factory=list)
    """Numbers kept for the page numbers."""
    kids: list[int] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)


def _copied(holder: Object, name: str) -> Dictionary:
    """A dictionary to which something can be added though others may hold it too."""
    return Dictionary(dict(holder[name].items())) if name in holder else Dictionary()
