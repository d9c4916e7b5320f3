"""What reports need from outside."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Job:
    """A part to be printed, and who takes its pages."""

    html: str
    take: Callable[[bytes], None]


Work = Generator[Job | None, None, None]
"""Parts in their order. They may be printed side by side; their pages are taken one after the other, in this order, and
after None nothing is asked for until all are taken.
"""


class PageRenderer(Protocol):
    """Turns HTML documents into paper, without the caller knowing by what: A4 portrait, margins 12 mm (top), 14 mm
    (sides) and 14 mm (bottom). Nothing outside the document is loaded and no script runs.
    """

    def pdf(self, html: str, *, tagged: bool = True) -> bytes:
        """A document as PDF, accessible (``tagging``) unless ``tagged`` is False. Raises NoRenderer."""
        ...


class Printer(PageRenderer, Protocol):
    """Prints documents of many parts, too."""

    def run(self, work: Work) -> None:
        """Prints all of it. Raises NoRenderer, and what ``work`` raises."""
        ...
