"""Marks in HTML: links that nobody sees, from which the printed page tells where each text and each picture stands.

The renderer writes no structure into a PDF. But it writes links, exactly where they are. So every text goes into a link
to ``mark:7`` that looks like nothing and changes no layout, every picture gets one, and the same walk through the
document says what text 7 is: a heading, a cell, a picture with its words. ``tagger`` joins the two and takes the marks
out again.

What is ``aria-hidden``, and a drawing or photo without words, is decoration. Words for a drawing stand at itself or at
the element around it (``role="img" aria-label="..."``). Headings leave no level out: an ``h4`` right after an ``h2``
becomes a third.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import pairwise
from typing import Final

from izsa_desktop.tagging.html import End, Other, Start, Text, parts

SCHEME: Final = "mark:"
PLACE: Final = "page:"
"""An address behind which is the number of the part that begins there; where links to ``part-`` and the number lead."""
PART: Final = "part-"
_UNSEEN: Final = 'style="all:unset"'
_AROUND_PHOTO: Final = 'style="all:unset;line-height:0"'
"""No room for letters below the photo where the link becomes a box, as in a row of boxes."""
_ROLES: Final = {
    "body": "Document", "article": "Art", "section": "Sect", "blockquote": "BlockQuote",
    "header": "Div", "footer": "Div", "main": "Div", "nav": "Div", "aside": "Div", "div": "Div", "figure": "Div",
    "p": "P", "figcaption": "P", "pre": "P", "address": "P",
    "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "Lbl", "dd": "LBody",
    "table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
}  # fmt: skip
HEADINGS: Final = frozenset(("H1", "H2", "H3", "H4", "H5", "H6"))
_GROUPS: Final = frozenset(("Document", "Art", "Sect", "Div", "BlockQuote"))
"""Hold paragraphs; a text of their own becomes one."""
_TEXTS: Final = frozenset(("P", "Span", "Link", *HEADINGS))
"""Hold nothing but texts, pictures and links."""
_NOT_READ: Final = frozenset(("head", "template", "svg"))


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure: its role as PDF calls it, and what is in it, in the order of reading."""

    role: str
    attributes: dict[str, str] = field(default_factory=dict)
    """Of the HTML element."""
    kids: list["Node | int"] = field(default_factory=list)
    """Elements, and numbers of marks."""
    words: list[str] = field(default_factory=list)
    """Of a heading and a link its texts, of a picture what it shows."""
    implied: bool = False
    """A paragraph that the HTML does not have: around texts that stand in a group."""

    @property
    def said(self) -> str:
        """What a heading or a link says, and what a picture shows."""
        return self.attributes.get("aria-label") or " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Marked:
    """A document with marks, and what they stand for."""

    html: str
    root: Node
    title: str
    language: str
    pictures: frozenset[int]
    """Marks of pictures: everything drawn there belongs to them."""
    texts: dict[int, str]
    """Marks of texts, and what they say."""
    neighbours: frozenset[int]
    """Marks that the next one follows in the same paragraph."""
    anchors: dict[str, int]
    """Where links inside the document lead: ids of elements, and the first mark in or after the element."""


def mark(html: str) -> Marked:
    """The document with its marks."""
    walk = _Walk()
    for part in parts(html):
        walk.take(part)
    return Marked(
        html="".join(walk.out),
        root=walk.root,
        title=walk.title,
        language=walk.language,
        pictures=frozenset(walk.pictures),
        texts=walk.texts,
        neighbours=frozenset(one for line in _lines(walk.root) for one, other in pairwise(line) if other == one + 1),
        anchors=walk.anchors,
    )


@dataclass(slots=True)
class _Open:
    """An HTML element that has begun: where its texts go, and whether they are read."""

    name: str
    node: Node
    read: bool
    label: str = ""
    """What a drawing in it shows."""
    left_out: bool = False
    """The element itself is not printed."""


class _Walk:
    def __init__(self) -> None:
        self.root = Node("Document")
        self.out: list[str] = []
        self.title = self.language = ""
        self.pictures: list[int] = []
        self.texts: dict[int, str] = {}
        self.anchors: dict[str, int] = {}
        self._open = [_Open("", self.root, read=False)]
        self._marks = self._level = 0

    def take(self, part: Start | End | Text | Other) -> None:
        if isinstance(part, Start):
            self._start(part)
        elif isinstance(part, End):
            self._end(part)
        elif isinstance(part, Text):
            self._text(part)
        else:
            self.out.append(part.source)

    def _start(self, start: Start) -> None:
        around, attributes = self._open[-1], start.attributes
        if start.name == "html":
            self.language = attributes.get("lang", "")
        if "id" in attributes:
            self.anchors.setdefault(attributes["id"], self._marks)
        read = (around.read or start.name == "body") and attributes.get("aria-hidden") != "true"
        if start.name == "a" and (place := attributes.get("href", "")).startswith(PLACE):
            self.anchors.setdefault(PART + place.removeprefix(PLACE), self._marks)
            self._open.append(_Open("a", around.node, around.read, around.label, left_out=True))
            return
        if read and start.name == "a" and "href" in attributes and around.node.role != "Link":
            self._link(start, around)
            return
        self.out.append(start.source)
        label = attributes.get("aria-label", around.label) if attributes.get("role") == "img" else around.label
        shown = attributes.get("alt", "") if start.name == "img" else label if start.name == "svg" else ""
        if read and shown:
            self._picture(start, shown, around.node)
        if not start.whole:
            node = self._node(start, around.node) if read else around.node
            self._open.append(_Open(start.name, node, read and start.name not in _NOT_READ, label))

    def _end(self, end: End) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].name == end.name:
                left_out = self._open[depth].left_out
                del self._open[depth:]
                if left_out:
                    return
                break
        self.out.append(end.source)

    def _text(self, text: Text) -> None:
        around = self._open[-1]
        if around.name == "title" and not around.read:
            self.title = self.title or text.read
        if not around.read or not text.read:
            self.out.append(text.source)
            return
        for node in {id(one.node): one.node for one in self._open}.values():
            if node.role == "Link" or node.role in HEADINGS:
                node.words.append(text.read)
        if around.node.role == "Link":
            mark = next(kid for kid in around.node.kids if isinstance(kid, int))
            self.texts[mark] = self.texts.get(mark, "") + unescape(text.source)
            self.out.append(text.source)
            return
        number = self._next()
        self.texts[number] = unescape(text.source)
        _line(around.node).kids.append(number)
        self.out.append(f'<a href="{SCHEME}{number}" {_UNSEEN}>{text.source}</a>')

    def _node(self, start: Start, parent: Node) -> Node:
        """The element's own, or the one around it where the element says nothing of structure."""
        role, attributes = _ROLES.get(start.name, ""), start.attributes
        if role == "Document":
            self.root.attributes = attributes
            return self.root
        if not role and "lang" in attributes:
            return _added(_line(parent), Node("Span", attributes))
        if not role or parent.role in _TEXTS:
            return parent
        if role in ("Lbl", "LBody") or (role == "Div" and parent.role == "L"):
            return _in_pair(role, attributes, parent)
        if role in HEADINGS:
            self._level = min(int(role[1:]), self._level + 1)
            role = f"H{self._level}"
        node = _added(parent, Node(role, attributes | {"ordered": ""} if start.name == "ol" else attributes))
        return _added(node, Node("LBody")) if role == "LI" else node

    def _link(self, start: Start, around: _Open) -> None:
        number = self._next()
        node = _added(_line(around.node), Node("Link", start.attributes, [number]))
        self._open.append(_Open("a", node, read=True))
        others = "".join(f' {name}="{escape(value)}"' for name, value in start.attributes.items() if name != "href")
        self.out.append(f'<a href="{SCHEME}{number}"{others}>')

    def _picture(self, start: Start, shown: str, parent: Node) -> None:
        """A drawing is marked from inside, by a rectangle that is not drawn; a photo by a link around it."""
        if parent.role == "Link" or (start.name != "img" and start.whole):
            parent.words.append(shown)
            return
        number = self._next()
        self.pictures.append(number)
        _added(parent, Node("Figure", start.attributes, [number], [shown]))
        if start.name == "img":
            self.out.append(f'<a href="{SCHEME}{number}" {_AROUND_PHOTO}>{self.out.pop()}</a>')
            return
        left, top, *_ = (*start.attributes.get("viewbox", "0 0").replace(",", " ").split(), "0", "0")
        size = f'x="{escape(left)}" y="{escape(top)}" width="100%" height="100%"'
        self.out.append(f'<a href="{SCHEME}{number}"><rect {size} style="fill:none;stroke:none"/></a>')

    def _next(self) -> int:
        self._marks += 1
        return self._marks - 1


def _lines(node: Node) -> Iterator[list[int]]:
    """The marks of each paragraph, those in links and spans among them."""
    marks: list[int] = []
    for kid in node.kids:
        if isinstance(kid, int):
            marks.append(kid)
        elif kid.role in ("Link", "Span"):
            marks += [one for line in _lines(kid) for one in line]
        else:
            yield from _lines(kid)
    yield marks


def _added(parent: Node, node: Node) -> Node:
    parent.kids.append(node)
    return node


def _line(node: Node) -> Node:
    """Where texts of this element go: in a group into a paragraph, which goes on until another element begins."""
    if node.role not in _GROUPS:
        return node
    last = node.kids[-1] if node.kids else None
    if isinstance(last, Node) and last.implied:
        return last
    return _added(node, Node("P", implied=True))


def _in_pair(role: str, attributes: dict[str, str], parent: Node) -> Node:
    """Terms and what is said of them: pairs of a list. A ``div`` around a pair is the pair."""
    if role == "Div":
        return _added(parent, Node("LI", attributes))
    if parent.role == "L":
        last = parent.kids[-1] if parent.kids else None
        parent = last if role == "LBody" and isinstance(last, Node) else _added(parent, Node("LI"))
    return _added(parent, Node(role, attributes))
