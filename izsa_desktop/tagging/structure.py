"""The structure tree of a PDF and its bookmarks, from the nodes of a marked document and where its marks were found."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlsplit

from izsa_desktop.tagging.marks import HEADINGS, Node
from izsa_desktop.tagging.volume import Volume, array, pdf_text, reference, written

_CELLS: Final = frozenset(("TR", "TH", "TD"))
"""Stay when they are empty: a row has all its cells."""
LEADS_OUT: Final = frozenset(("http", "https", "mailto"))
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Where:
    """Where a mark was found."""

    page: int
    box: Box
    """Left, bottom, right and top of its first part."""
    parts: list[tuple[int, Box]] = field(default_factory=list)
    """Pages and rectangles."""
    content: list[tuple[int, int]] = field(default_factory=list)
    """Streams, and numbers of content there."""


@dataclass(slots=True)
class Stream:
    """Operations of a page, or (``form``: its number) of a form on it, and how many pieces of content are numbered."""

    page: int
    form: int = 0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """Where a bookmark or a link leads: the number of a page, and a place on it."""

    page: int
    left: float
    top: float

    @property
    def written(self) -> bytes:
        return b"[%d 0 R/XYZ %s %s 0]" % (self.page, written(self.left), written(self.top))


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading."""

    level: int
    title: str
    target: Target


class Structure:
    """Writes the elements of one part of a document.

    ``first``: the number that its first stream has among all. ``elsewhere``: where links to other parts lead.
    """

    def __init__(
        self,
        volume: Volume,
        pages: list[int],
        found: Mapping[int, Where],
        anchors: Mapping[str, int],
        *,
        streams: list[Stream],
        first: int,
        elsewhere: Mapping[str, Target],
    ) -> None:
        self._volume, self._pages, self._found, self._anchors = volume, pages, found, anchors
        self._order = sorted(found)
        self._streams, self._first, self._elsewhere = streams, first, elsewhere
        self._owners: list[list[int]] = [[0] * stream.count for stream in streams]
        """What each numbered content belongs to."""
        self._of_link: list[int] = []
        self.links: dict[int, list[int]] = {}
        """By page the links on it."""

    def build(self, root: Node, document: int) -> list[int]:
        """Writes what is in the root, as parts of the element ``document``; their numbers."""
        kids = [self._element(kid, document) for kid in root.kids if isinstance(kid, Node)]
        return [kid for kid in kids if kid]

    def owners(self) -> list[bytes]:
        """What each numbered content, and each link, belongs to: in the order of their numbers among all."""
        of_streams = [array(reference(one) if one else b"null" for one in stream) for stream in self._owners]
        return [*of_streams, *map(reference, self._of_link)]

    def bookmarks(self, root: Node) -> list[Bookmark]:
        """The headings."""
        return [
            Bookmark(int(node.role[1:]), node.said, self._target(mark))
            for node in _all(root)
            if node.role in HEADINGS and node.said and (mark := self._first_mark(node)) is not None
        ]

    def targets(self) -> dict[str, Target]:
        """Where links to places in this part lead."""
        return {name: self._target(mark) for name, mark in self._anchors.items()} if self._order else {}

    def _element(self, node: Node, parent: int) -> int:
        """The number of the element, or 0 when nothing of it was found."""
        number = self._volume.reserve()
        page = self._page(node)
        kids: list[bytes] = []
        for kid in node.kids:
            if isinstance(kid, int):
                kids += self._content(kid, page, number)
                if node.role == "Link":
                    kids += self._links(kid, node, number)
            elif made := self._element(kid, number):
                kids.append(reference(made))
        if not kids and node.role not in _CELLS:
            return 0
        at = b"" if page is None else b"/Pg %d 0 R" % self._pages[page]
        head = b"<</Type/StructElem/S/%s/P %d 0 R" % (node.role.encode("ascii"), parent)
        self._volume.put(head + at + b"/K" + array(kids) + self._said(node) + b">>", number)
        return number

    def _content(self, mark: int, page: int | None, element: int) -> Iterator[bytes]:
        for at, number in self._found[mark].content if mark in self._found else ():
            stream = self._streams[at]
            self._owners[at][number] = element
            if stream.page == page and not stream.form:
                yield b"%d" % number
                continue
            form = b"/Stm %d 0 R" % stream.form if stream.form else b""
            yield b"<</Type/MCR/Pg %d 0 R/MCID %d%s>>" % (self._pages[stream.page], number, form)

    def _links(self, mark: int, node: Node, element: int) -> Iterator[bytes]:
        """The parts of a link that can be clicked: none when it leads to where no document should."""
        href = node.attributes["href"]
        if href[:1] == "#" and (target := self._reached(href[1:])) is not None:
            action = b"/Dest" + target.written
        elif urlsplit(href).scheme in LEADS_OUT:
            action = b"/A<</S/URI/URI%s>>" % pdf_text(quote(href, safe="%/:=&?~#+!$,;'@*"))
        else:
            return
        for page, box in self._found[mark].parts if mark in self._found else ():
            key = self._first + len(self._owners) + len(self._of_link)
            self._of_link.append(element)
            made = self._volume.put(
                b"<</Type/Annot/Subtype/Link/Rect%s/Border[0 0 0]/F 4/Contents%s/StructParent %d%s>>"
                % (array(map(written, box)), pdf_text(node.said or href), key, action)
            )
            self.links.setdefault(page, []).append(made)
            yield b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>" % (self._pages[page], made)

    def _reached(self, name: str) -> Target | None:
        """Where a link inside the document leads: in this part, or in one that was written before."""
        return self._target(self._anchors[name]) if name in self._anchors else self._elsewhere.get(name)

    def _said(self, node: Node) -> bytes:
        """What an element says of itself: its language, what it shows, how its list or table is built."""
        attributes = node.attributes
        said = b"/Lang" + pdf_text(attributes["lang"]) if "lang" in attributes else b""
        if node.role == "Figure":
            said += b"/Alt" + pdf_text(node.said)
            mark = self._first_mark(node)
            if mark is not None:
                said += b"/A<</O/Layout/BBox%s/Placement/Block>>" % array(map(written, self._found[mark].box))
        elif node.role == "L":
            said += b"/A<</O/List/ListNumbering/%s>>" % (b"Decimal" if "ordered" in attributes else b"Disc")
        elif node.role in ("TH", "TD"):
            said += b"/A<</O/Table"
            for name, key in (("colspan", b"/ColSpan"), ("rowspan", b"/RowSpan")):
                if attributes.get(name, "").isdecimal():
                    said += b"%s %d" % (key, int(attributes[name]))
            if node.role == "TH":
                said += b"/Scope/%s" % (b"Row" if attributes.get("scope") == "row" else b"Column")
            said += b">>"
        return said

    def _page(self, node: Node) -> int | None:
        mark = next((kid for kid in node.kids if isinstance(kid, int) and kid in self._found), None)
        return None if mark is None else self._found[mark].page

    def _first_mark(self, node: Node) -> int | None:
        """The first mark of a node and what is in it that was found."""
        for one in _all(node):
            for kid in one.kids:
                if isinstance(kid, int) and kid in self._found:
                    return kid
        return None

    def _target(self, mark: int) -> Target:
        """Where a mark, or the next that was found, stands: at the very end the last."""
        where = self._found[self._order[min(bisect_left(self._order, mark), len(self._order) - 1)]]
        return Target(self._pages[where.page], where.box[0], where.box[3])


def write_tree(volume: Volume, document: int, kids: list[int], owners: list[list[bytes]]) -> int:
    """Writes the root of the structure: the element ``document`` with these parts. ``owners``: of each part."""
    tree, first, leaves = volume.reserve(), 0, []
    for part in owners:
        numbers = array(b"%d %s" % pair for pair in enumerate(part, start=first))
        limits = b"%d %d" % (first, first + len(part) - 1)
        leaves.append(volume.put(b"<</Limits[%s]/Nums%s>>" % (limits, numbers)))
        first += len(part)
    volume.put(b"<</Type/StructElem/S/Document/P %d 0 R/K%s>>" % (tree, array(map(reference, kids))), document)
    parents = volume.put(b"<</Kids%s>>" % array(map(reference, leaves)))
    entries = (document, parents, first)
    return volume.put(b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>" % entries, tree)


def _all(node: Node) -> Iterator[Node]:
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _all(kid)
