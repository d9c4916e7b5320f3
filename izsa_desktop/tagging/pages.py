"""On which pages of a PDF links of one kind stand: for numbers in a contents page."""

import io

from pikepdf import Pdf


def link_pages(pdf: bytes, beginning: str) -> dict[int, int]:
    """By the number behind ``beginning`` in a link's address the page, from 1, on which it first stands."""
    found: dict[int, int] = {}
    with Pdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, start=1):
            for link in page.obj.get("/Annots", ()):
                address = str(link["/A"].get("/URI", "")) if "/A" in link else ""
                if address.startswith(beginning) and address[len(beginning) :].isdecimal():
                    found.setdefault(int(address[len(beginning) :]), number)
    return found
