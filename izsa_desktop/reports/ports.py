"""What reports need from outside."""

from typing import Protocol


class PageRenderer(Protocol):
    """Turns an HTML document into paper, without the caller knowing by what."""

    def pdf(self, html: str, *, tagged: bool = True) -> bytes:
        """The document as PDF: A4 portrait, margins 12 mm (top), 14 mm (sides) and 14 mm (bottom).

        Accessible (``tagging``) unless ``tagged`` is False: that is faster and says nothing of the structure.
        Nothing outside the document is loaded and no script runs. Raises NoRenderer.
        """
        ...
