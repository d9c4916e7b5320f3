"""A printer without a web engine: every sheet and every part of a front gets a page of its own."""

import io
import re

import pikepdf

from izsa_desktop.reports.ports import Work

_PLACE = re.compile(r'href="page:(\d+)"')


class PlainPrinter:
    """Keeps the HTML that it was to print. Cover and contents take a page each, all else one for each place in it."""

    def __init__(self) -> None:
        self.printed: list[str] = []

    def pdf(self, html: str, *, tagged: bool = True) -> bytes:
        self.printed.append(html)
        document = pikepdf.new()
        places = ["", ""] if "cover-lines" in html else []
        places += _PLACE.findall(html) or [""] * max(1, html.count("<article"), html.count("break-after: page"))
        for place in places:
            page = document.add_blank_page().obj
            page.Contents = document.make_stream(b"q\nQ")
            if place:
                address = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"page:{place}")
                link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=pikepdf.Array([1, 2, 3, 4]), A=address)
                page.Annots = pikepdf.Array([link])
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    def run(self, work: Work) -> None:
        for job in work:
            if job is not None:
                job.take(self.pdf(job.html))
