"""The project sheet: one HTML document for any number of projects, ready for a ``PageRenderer``.

What a sheet says is decided in ``sheet_view``, how it looks in ``resources/templates`` (the README there lists every
variable). All text of people passes ``visible`` and the template's autoescape; nothing in the document points outside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.reports import sheet_view
from izsa_desktop.reports.inset import province_inset
from izsa_desktop.reports.sheet_maps import district_drawings
from izsa_desktop.reports.sheet_material import NO_LETTERHEAD, NO_MATERIAL, PUBLIC, Letterhead, Material
from izsa_desktop.reports.sheet_view import SheetView
from izsa_desktop.reports.templates import Templates

PAGE_LINK = "page:"
BOTH = "both"
"""Each sheet in Turkish, then in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """How sheets are printed: for whom, with what beside the records, by which templates."""

    variant: str = PUBLIC
    printed: date | None = None
    """The day in the foot; None for today."""
    letterhead: Letterhead = NO_LETTERHEAD
    material: Mapping[str, Material] = field(default_factory=dict)
    """By the project's id."""
    templates: Templates = field(default_factory=Templates)

    @property
    def day(self) -> date:
        return self.printed or date.today()


USUAL = Printing()


def sheet_html(
    projects: Sequence[Project],
    reference: Reference,
    language: str,
    printing: Printing = USUAL,
    *,
    title: str = "",
    first_sheet: int = 0,
) -> str:
    """The sheets of these projects as one HTML document in ``tr``, ``en``, or ``both``. Raises BadTemplate.

    ``title``: of the document of which this is a part. ``first_sheet``: the number that the contents give the first.
    """
    views = sheet_views(projects, reference, language, printing)
    t = Translator(language)  # of both the Turkish one is the document's
    variables = frame(t, title or document_title(projects, t), printing) | drawings(views, reference)
    css = printing.templates.css("base.css", "sheet.css")
    variables |= {"css": css, "sheets": views, "first_sheet": first_sheet, "here": here}
    return printing.templates.render("sheet.html", variables)


def sheet_views(
    projects: Sequence[Project], reference: Reference, language: str, printing: Printing = USUAL
) -> list[SheetView]:
    """The sheets, in the order of the projects."""
    languages = LANGUAGES if language == BOTH else (language,)
    return [
        sheet_view.sheet_view(
            project,
            reference,
            one,
            printed=printing.day,
            variant=printing.variant,
            material=printing.material.get(project.id, NO_MATERIAL),
        )
        for project in projects
        for one in languages
    ]


def frame(t: Translator, title: str, printing: Printing) -> dict[str, Any]:
    """What every document has: language, title, the office's head and foot, sentences and names."""
    head = printing.letterhead
    return {
        "language": t.language,
        "document_title": title,
        "organisation": visible(head.organisation) or t("sheet.organisation"),
        "logo": head.logo,
        "footer": visible(head.footer),
        "printed": t("sheet.printed", date=t.date(printing.day.isoformat())),
        "text": sheet_view.texts(t),
        "field": sheet_view.fields(t),
    }


def drawings(views: Sequence[SheetView], reference: Reference) -> dict[str, Any]:
    """The maps that a document defines once, for all its sheets."""
    return maps([sheet.maps.own for sheet in views], reference)


def maps(districts: Sequence[str], reference: Reference) -> dict[str, Any]:
    """The maps of the province and of these districts."""
    return {"province": province_inset(), "districts": district_drawings(districts, reference)}


def here(number: int, text: str) -> Markup:
    """A text with which a part begins that the contents name: from it the printed page tells where that is."""
    return Markup('<a href="{}{}" style="all:unset">{}</a>').format(PAGE_LINK, number, text)


def document_title(projects: Sequence[Project], t: Translator) -> str:
    """What a document of these sheets is called."""
    if len(projects) == 1:
        return t("sheet.document_title", title=visible(projects[0].fields.title) or t("sheet.untitled"))
    return t("sheet.document_title_many", count=len(projects))
