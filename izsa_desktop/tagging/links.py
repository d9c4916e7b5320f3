"""Links of a part that is printed without structure: to other parts, to the web, and the places that they lead to."""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from pikepdf import Object

from izsa_desktop.tagging.marks import PART, PLACE
from izsa_desktop.tagging.structure import LEADS_OUT, Target
from izsa_desktop.tagging.volume import array, pdf_text, written

TO: Final = "to:"
"""An address behind which is the name of a place in another part."""


class Links:
    """``pages``: the numbers of the part's pages. ``places``: what begins on them."""

    def __init__(self, pages: list[int]) -> None:
        self._pages = pages
        self.places: dict[str, Target] = {}

    def find_places(self, number: int, page: Object) -> None:
        """Looks for what begins on a page."""
        for link in page.get("/Annots", ()):
            address = _address(link)
            if address.startswith(PLACE):
                left, _bottom, _right, top = (float(side) for side in link.Rect)
                self.places.setdefault(PART + address.removeprefix(PLACE), Target(self._pages[number], left, top))

    def written(self, page: Object, targets: Mapping[str, Target]) -> Iterator[bytes]:
        """The links of a page that lead anywhere."""
        for link in page.get("/Annots", ()):
            address = _address(link)
            if address.startswith(TO) and address.removeprefix(TO) in targets:
                action = b"/Dest" + targets[address.removeprefix(TO)].written
            elif urlsplit(address).scheme in LEADS_OUT:
                action = b"/A<</S/URI/URI%s>>" % pdf_text(address)
            else:
                continue
            box = array(written(float(side)) for side in link.Rect)
            yield b"<</Type/Annot/Subtype/Link/Rect%s/Border[0 0 0]/F 4%s>>" % (box, action)


def _address(link: Object) -> str:
    return str(link.A.get("/URI", "")) if "/A" in link else ""
