"""How a document is printed: in parts of some dozen sheets, so that memory stays the same however many there are.

Parts are made when they are wanted, printed side by side, and written one after the other. What knows the pages of
others comes last: contents, and the page numbers.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from izsa_desktop.reports.numbering import head, numbers_html, without_numbers
from izsa_desktop.reports.ports import Job, Work
from izsa_desktop.tagging.book import Book
from izsa_desktop.tagging.links import TO
from izsa_desktop.tagging.marks import mark
from izsa_desktop.tagging.pages import link_places
from izsa_desktop.usecases.progress import Progress, no_progress

SHEETS_A_PART: Final = 50
"""More in a part take more memory and longer to stop, fewer more time: each part loads the fonts."""
_NUMBERS_A_PART: Final = 250
"""Pages with nothing but a number."""

_LINK: Final = re.compile(r'(<a\b[^>]*\bhref=")#')

Front = Callable[[Mapping[str, int]], str]
"""Cover, contents and summary, with the pages of named places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that is about to be printed. Each part is made when it is wanted."""

    title: str
    language: str
    projects: int
    parts: Sequence[Callable[[], str]]
    front: Front | None = None


def whole(html: str) -> Document:
    """A document that is printed at once."""
    marked = mark(html)
    return Document(title=marked.title, language=marked.language, projects=0, parts=(lambda: html,))


def printing(document: Document, out: BinaryIO, *, tagged: bool = True, progress: Progress = no_progress) -> Work:
    """Writes the PDF to ``out`` part by part, accessible unless ``tagged`` is False. ``progress`` counts projects.

    Whoever runs it gives it to a ``Printer``. Raises what making a part raises, and Cancelled.
    """
    in_parts = document.front is not None or len(document.parts) > 1
    if not in_parts and not tagged:
        yield Job(document.parts[0](), lambda pdf: _write(out, pdf))
        return
    press = _Press(document, Book(out, numbered=in_parts), tagged, progress)
    if in_parts:
        yield from press.in_parts()
    else:
        yield press.part(document.parts[0]())
    yield None
    press.book.end(document.title, document.language)


class _Press:
    def __init__(self, document: Document, book: Book, tagged: bool, progress: Progress) -> None:
        self._document, self.book, self._tagged, self._progress = document, book, tagged, progress
        self._head = ""
        """A document without its body: page numbers look as it says."""
        self._taken = 0
        self._front: tuple[int, dict[str, int]] = (0, {})
        """Of the front's first printing: how many pages it has, and what begins on them."""

    def in_parts(self) -> Work:
        document = self._document
        if document.front is not None:
            yield Job(without_numbers(document.front({})), self._look_at_front)
        for made in document.parts:
            self._tell()
            html = made()
            self._head = self._head or head(html)
            yield self.part(without_numbers(html))
        yield None
        if document.front is not None:
            pages, places = self._front
            places |= {name: page + pages for name, page in self.book.places().items()}
            yield self.part(without_numbers(document.front(places)), front=True)
            yield None
        for first in range(1, self.book.pages + 1, _NUMBERS_A_PART):
            count = min(_NUMBERS_A_PART, self.book.pages + 1 - first)
            html = numbers_html(self._head, first, count, self.book.pages)
            yield Job(html, lambda pdf, first=first, count=count: self.book.number(pdf, first, count))  # type: ignore[misc]

    def part(self, html: str, *, front: bool = False) -> Job:
        if self._tagged:
            marked = mark(html)
            return Job(marked.html, lambda pdf: self._take(lambda: self.book.add(pdf, marked, front=front)))
        return Job(_LINK.sub(rf"\1{TO}", html), lambda pdf: self._take(lambda: self.book.add(pdf, None, front=front)))

    def _take(self, add: Callable[[], None]) -> None:
        add()
        self._taken += 1
        self._tell()

    def _tell(self) -> None:
        projects = self._document.projects
        self._progress(min(self._taken * projects // len(self._document.parts), projects), projects)

    def _look_at_front(self, pdf: bytes) -> None:
        self._front = link_places(pdf)


def _write(out: BinaryIO, pdf: bytes) -> None:
    out.write(pdf)
