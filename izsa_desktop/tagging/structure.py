"""The structure tree of a PDF and its bookmarks, from the nodes of a marked document and where its marks were found."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

from izsa_desktop.tagging.marks import HEADINGS, Node

_CELLS: Final = frozenset(("TR", "TH", "TD"))
"""Stay when they are empty: a row has all its cells."""
_LEADS_OUT: Final = frozenset(("http", "https", "mailto"))
_FOLDED_FROM: Final = 3
"""From so many headings of the first level on, bookmarks show these alone until they are unfolded."""


@dataclass(slots=True)
class Where:
    """Where a mark was found."""

    page: int
    box: tuple[float, float, float, float]
    """Left, bottom, right and top of its first part."""
    parts: list[tuple[int, Object]] = field(default_factory=list)
    """Pages and rectangles."""
    content: list[tuple[int, int]] = field(default_factory=list)
    """Streams, and numbers of content there."""


@dataclass(slots=True)
class Stream:
    """Operations of a page, or of a form on it, and how many pieces of content are numbered there."""

    page: int
    form: Object | None
    count: int = 0


class Structure:
    """Builds tree and bookmarks into one document, whose streams have their places in the list as numbers."""

    def __init__(self, document: Pdf, found: dict[int, Where], anchors: dict[str, int], streams: list[Stream]) -> None:
        self._document, self._found, self._anchors = document, found, anchors
        self._order = sorted(found)
        self._pages = [page.obj for page in document.pages]
        self._streams = streams
        self._owners: list[list[Object | None]] = [[None] * stream.count for stream in streams]
        """What each numbered content belongs to."""
        self._of_link: list[Object] = []

    def build(self, root: Node) -> None:
        """Puts the tree into the document."""
        tree = self._document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._element(root, tree) or Array()
        owners = [self._document.make_indirect(Array(of_stream)) for of_stream in self._owners] + self._of_link
        numbers = Array([one for pair in enumerate(owners) for one in pair])
        tree.ParentTree = self._document.make_indirect(Dictionary(Nums=numbers))
        tree.ParentTreeNextKey = len(owners)
        self._document.Root.StructTreeRoot = tree

    def bookmark(self, root: Node) -> None:
        """Makes a bookmark of each heading, below the last one of a higher level."""
        headings = [
            (node, mark)
            for node in _all(root)
            if node.role in HEADINGS and node.said and (mark := self._first(node)) is not None
        ]
        fold = sum(node.role == "H1" for node, _mark in headings) >= _FOLDED_FROM
        with self._document.open_outline() as outline:
            below = {0: outline.root}
            for node, mark in headings:
                item = OutlineItem(node.said, self._destination(mark))
                item.is_closed = fold
                level = int(node.role[1:])
                below[max(one for one in below if one < level)].append(item)
                below = {one: items for one, items in below.items() if one < level} | {level: item.children}

    def _element(self, node: Node, parent: Object) -> Object | None:
        element = self._document.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.role}"), P=parent))
        page = self._page(node)
        if page is not None:
            element.Pg = self._pages[page]
        kids: list[Object | int] = []
        for kid in node.kids:
            if isinstance(kid, int):
                kids += self._content(kid, page, element)
                if node.role == "Link":
                    kids += self._links(kid, node, element)
            else:
                made = self._element(kid, element)
                kids += [] if made is None else [made]
        if not kids and node.role not in _CELLS:
            return None
        element.K = Array(kids)
        self._say(node, element)
        return element

    def _content(self, mark: int, page: int | None, element: Object) -> list[Object | int]:
        kids: list[Object | int] = []
        for at, number in self._found[mark].content if mark in self._found else ():
            stream = self._streams[at]
            self._owners[at][number] = element
            if stream.page == page and stream.form is None:
                kids.append(number)
                continue
            part = Dictionary(Type=Name.MCR, Pg=self._pages[stream.page], MCID=number)
            if stream.form is not None:
                part.Stm = stream.form
            kids.append(part)
        return kids

    def _links(self, mark: int, node: Node, element: Object) -> list[Object | int]:
        """The parts of a link that can be clicked: none when it leads to where no document should."""
        href = node.attributes["href"]
        kids: list[Object | int] = []
        for page, box in self._found[mark].parts if mark in self._found else ():
            link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, Border=Array([0, 0, 0]), F=4)
            if href[:1] == "#" and href[1:] in self._anchors:
                link.Dest = self._destination(self._anchors[href[1:]])
            elif urlsplit(href).scheme in _LEADS_OUT:
                link.A = Dictionary(S=Name.URI, URI=String(href))
            else:
                continue
            link.Contents = String(node.said or href)
            link.StructParent = len(self._owners) + len(self._of_link)
            self._of_link.append(element)
            made = self._document.make_indirect(link)
            if "/Annots" not in self._pages[page]:
                self._pages[page].Annots = Array()
            self._pages[page].Annots.append(made)
            kids.append(Dictionary(Type=Name.OBJR, Pg=self._pages[page], Obj=made))
        return kids

    def _say(self, node: Node, element: Object) -> None:
        """What an element says of itself: its language, what it shows, how its list or table is built."""
        attributes = node.attributes
        if "lang" in attributes:
            element.Lang = String(attributes["lang"])
        if node.role == "Figure":
            element.Alt = String(node.said)
            mark = self._first(node)
            if mark is not None:
                element.A = Dictionary(O=Name.Layout, BBox=Array(self._found[mark].box), Placement=Name.Block)
        elif node.role == "L":
            element.A = Dictionary(O=Name.List, ListNumbering=Name.Decimal if "ordered" in attributes else Name.Disc)
        elif node.role in ("TH", "TD"):
            table = Dictionary(O=Name.Table)
            for name, key in (("colspan", "/ColSpan"), ("rowspan", "/RowSpan")):
                if attributes.get(name, "").isdecimal():
                    table[key] = int(attributes[name])
            if node.role == "TH":
                table.Scope = Name.Row if attributes.get("scope") == "row" else Name.Column
            element.A = table

    def _page(self, node: Node) -> int | None:
        mark = next((kid for kid in node.kids if isinstance(kid, int) and kid in self._found), None)
        return None if mark is None else self._found[mark].page

    def _first(self, node: Node) -> int | None:
        """The first mark of a node and what is in it that was found."""
        for one in _all(node):
            for kid in one.kids:
                if isinstance(kid, int) and kid in self._found:
                    return kid
        return None

    def _destination(self, mark: int) -> Array:
        """Where a mark, or the next that was found, stands: at the very end the last."""
        where = self._found[self._order[min(bisect_left(self._order, mark), len(self._order) - 1)]]
        return Array([self._pages[where.page], Name.XYZ, where.box[0], where.box[3], 0])


def _all(node: Node) -> Iterator[Node]:
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _all(kid)
