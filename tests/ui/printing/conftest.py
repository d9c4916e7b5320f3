"""Documents that were really rendered, once for all tests that read them."""

from dataclasses import dataclass

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from izsa_desktop.domain.project import Project
from izsa_desktop.reports.sheet import sheet_html
from izsa_desktop.ui.printing.renderer import WebEngineRenderer
from tests.reports.samples import EMPTY, FULL, HOSTILE, LONG, REFERENCE, demo_projects, squeezed


@dataclass(frozen=True)
class Printed:
    """A PDF and the text of its pages, without blanks."""

    pdf: bytes
    texts: tuple[str, ...]

    def pages_of(self, project: Project) -> list[int]:
        """The pages at whose foot the record stands."""
        return [n for n, text in enumerate(self.texts) if squeezed(f"{project.id} · ") in text]

    def text_of(self, project: Project) -> str:
        """All text of one project's pages."""
        return "".join(self.texts[n] for n in self.pages_of(project))


def printed(projects: list[Project]) -> Printed:
    pdf = WebEngineRenderer().pdf(sheet_html(projects, REFERENCE, "tr"))
    document = pypdfium2.PdfDocument(pdf)
    # PDFium gives U+0002 for a hyphen at the end of a line
    texts = tuple(squeezed(page.get_textpage().get_text_bounded().replace("\x02", "-")) for page in document)
    document.close()
    return Printed(pdf, texts)


@pytest.fixture(scope="session")
def special(qapp: QApplication) -> Printed:
    """One ordinary, one hostile, one empty and one very long sheet, in this order."""
    return printed([FULL, HOSTILE, EMPTY, LONG])


@pytest.fixture(scope="session")
def fifty(qapp: QApplication) -> Printed:
    """Fifty real projects."""
    return printed(demo_projects(50))
