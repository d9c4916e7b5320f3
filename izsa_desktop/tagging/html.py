"""HTML as its parts, one after the other: enough to find texts and elements in documents of our templates.

Elements must be closed where HTML says so; what is left open ends with what is around it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

_PART: Final = re.compile(
    r"<!--.*?-->|<(?P<raw>style|script)\b.*?</(?P=raw)\s*>|<!(?:[^>]*)>"
    r"|</(?P<end>[a-zA-Z][\w:-]*)[^>]*>"
    r"""|<(?P<start>[a-zA-Z][\w:-]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)>""",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE: Final = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


@dataclass(frozen=True, slots=True)
class Start:
    """An element begins. ``whole``: nothing is in it. ``source``: as it is written."""

    name: str
    attributes: dict[str, str]
    whole: bool
    source: str


@dataclass(frozen=True, slots=True)
class End:
    """An element ends."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Text:
    """Text as it is written."""

    source: str

    @property
    def read(self) -> str:
        """Text as it is read."""
        return " ".join(unescape(self.source).split())


@dataclass(frozen=True, slots=True)
class Other:
    """A comment, a declaration, a style sheet."""

    source: str


def parts(html: str) -> Iterator[Start | End | Text | Other]:
    """The document's parts. Their sources, joined, are the document again."""
    at = 0
    for found in _PART.finditer(html):
        if found.start() > at:
            yield Text(html[at : found.start()])
        at = found.end()
        yield _part(found)
    if at < len(html):
        yield Text(html[at:])


def _part(found: re.Match[str]) -> Start | End | Other:
    source = found[0]
    if found["end"]:
        return End(found["end"].lower(), source)
    if not found["start"]:
        return Other(source)
    name, written = found["start"].lower(), found["attributes"]
    attributes = {one[1].lower(): unescape(one[2] or one[3] or one[4] or "") for one in _ATTRIBUTE.finditer(written)}
    return Start(name, attributes, name in VOID or written.endswith("/"), source)
