"""Documents of a few pages from blocks of text: joint programme, coaching report, agenda. And the offer to partners."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.catalogue import Dot
from izsa_desktop.reports.inset import province_inset
from izsa_desktop.reports.sheet import USUAL, Printing, drawings, frame, sheet_views
from izsa_desktop.reports.sheet_goals import GoalTile
from izsa_desktop.reports.sheet_rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a report, with what of this there is. Texts are ready to be read."""

    heading: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A document of blocks."""

    kind: str
    title: str
    about: str = ""
    """A line below the title."""
    internal: bool = False
    goals: tuple[GoalTile, ...] = ()
    """What is reported on serves them."""
    lit: tuple[str, ...] = ()
    """Codes of the districts that take part: with any there is a map."""
    dots: tuple[Dot, ...] = ()
    """On the map."""
    blocks: tuple[Block, ...] = ()


def report_html(report: Report, t: Translator, printing: Printing = USUAL) -> str:
    """The report as an HTML document. Raises BadTemplate."""
    variables = frame(t, f"{report.kind}: {report.title}", printing)
    css = printing.templates.css("base.css", "sheet.css", "document.css")
    variables |= {"css": css, "report": report, "province": province_inset()}
    return printing.templates.render("report.html", variables)


def offer_html(
    projects: Sequence[Project],
    reference: Reference,
    language: str,
    sought: Mapping[str, Sequence[str]],
    *,
    printing: Printing = USUAL,
    title: str = "",
) -> str:
    """One page per project for partners: what it is, what it has, and (``sought``, by id) what is looked for.

    ``title``: of the document of which this is a part.
    """
    views = sheet_views(projects, reference, language, printing)
    t = Translator(language)
    words = {one: _offer_words(Translator(one)) for one in ("tr", "en")}
    variables: dict[str, Any] = frame(t, title or t("offer.document_title", count=len(projects)), printing)
    variables |= drawings(views, reference)
    variables |= {
        "css": printing.templates.css("base.css", "sheet.css", "document.css"),
        "sheets": views,
        "offers": [(view, words[view.language], sought.get(view.id, ())) for view in views],
    }
    return printing.templates.render("offer.html", variables)


def _offer_words(t: Translator) -> dict[str, str]:
    return {name: t(f"offer.{name}") for name in ("kind", "has", "seeks", "reach", "talk", "talk_to")}
