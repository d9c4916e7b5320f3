"""Where in a printed document its parts begin: for the numbers in a contents page."""

import io

from pikepdf import Pdf

from izsa_desktop.tagging.links import Links


def link_places(pdf: bytes) -> tuple[int, dict[str, int]]:
    """How many pages there are, and by the name of a place (``part-7``) the page, from 1, on which it first stands."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        links = Links(list(range(1, len(document.pages) + 1)))
        for number, page in enumerate(document.pages):
            links.find_places(number, page.obj)
        return len(document.pages), {name: target.page for name, target in links.places.items()}
