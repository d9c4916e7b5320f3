"""The catalogue: a selection of projects as one document with cover, contents, summary pages and the sheets.

The numbers in the contents are those of the pages on which the parts really begin. Nobody knows these before the
document has been printed: so it is printed twice, at first with marks (``page:<n>`` links that are not seen) from which
the pages are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.inset import position, province_inset
from izsa_desktop.reports.sheet import USUAL, Printing, drawings, frame, sheet_views
from izsa_desktop.reports.sheet_view import SheetView

PAGE_LINK = "page:"
_NO_PAGE = "000"
"""As wide as most numbers, so that the second printing breaks its lines where the first did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """Projects at one place of the map: where, how many, in which colour."""

    x: int
    y: int
    count: int
    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table of districts and goals; ``cells`` are counts, 0 for none."""

    name: str
    total: int
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A name, how much of it, and how much that is of all, in percent."""

    name: str
    count: str
    percent: int
    color: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the pages before the sheets tell."""

    matrix_heads: tuple[tuple[str, str, str], ...]
    """Of each goal: code, name, colour."""
    matrix: tuple[Row, ...]
    dots: tuple[Dot, ...]
    balance: tuple[Bar, ...]
    states: tuple[Bar, ...]
    gaps: tuple[str, ...] = ()
    """Sentences: what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What stands on the first page."""

    kind: str
    title: str
    lines: tuple[str, ...]
    district: str = ""
    """The code of the district whose map stands on it; empty: the province's."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue ready to be rendered; ``html`` may be asked again when the pages are known."""

    variables: Mapping[str, Any]
    printing: Printing

    @property
    def parts(self) -> int:
        """How many lines the contents have."""
        return len(self.variables["contents"])

    def html(self, pages: Mapping[int, int] | None = None) -> str:
        """The document. Without ``pages`` (by the number of the part) with marks to find them by."""
        contents = [
            line | {"page": _NO_PAGE if pages is None else str(pages.get(n, ""))}
            for n, line in enumerate(self.variables["contents"], start=1)
        ]
        variables = dict(self.variables) | {"contents": contents, "here": _mark if pages is None else _no_mark}
        return self.printing.templates.render("catalogue.html", variables)


def catalogue(
    projects: Sequence[Project],
    reference: Reference,
    language: str,
    *,
    cover: Cover,
    summary: Summary,
    printing: Printing = USUAL,
) -> Catalogue:
    """The catalogue of these projects."""
    t = Translator(language)
    views = sheet_views(projects, reference, language, printing)
    variables = frame(t, cover.title, printing) | drawings([*views], reference)
    codes = {map_.code for map_, _labels in variables["districts"]}
    variables |= {
        "css": printing.templates.css("base.css", "sheet.css", "document.css"),
        "cover": cover,
        "cover_map": cover.district if cover.district in codes else "",
        "summary": summary,
        "sheets": views,
        "words": {name: t(f"catalogue.{name}") for name in _WORDS},
        "contents": [*_summary_lines(summary, t), *map(_line, views)],
        "first_sheet": len(_summary_lines(summary, t)) + 1,
    }
    return Catalogue(variables, printing)


_WORDS = ("contents", "map", "map_note", "matrix", "balance", "states", "gaps", "total", "district", "projects")


def dots(projects: Sequence[Project], reference: Reference) -> tuple[Dot, ...]:
    """Where the projects are: at their own place, else in the middle of their district."""
    at: dict[tuple[int, int], list[str]] = {}
    middles = {d.code: position(d.lat, d.lon) for d in reference.districts}
    frame_ = province_inset().frame
    for project in projects:
        f = project.fields
        point = position(f.location.lat, f.location.lon) if f.location is not None else middles.get(f.district)
        if point is not None and frame_.holds(point):
            goal = reference.goals_by_code.get(f.goals[0]) if f.goals else None
            at.setdefault(point, []).append(goal.color if goal else "#5f6b73")
    return tuple(
        Dot(x=x, y=y, count=len(colors), color=max(set(colors), key=colors.count)) for (x, y), colors in at.items()
    )


def _summary_lines(summary: Summary, t: Translator) -> list[dict[str, str]]:
    names = ["map", "matrix", "balance", *(["gaps"] if summary.gaps else [])]
    return [{"title": t(f"catalogue.{name}"), "about": "", "color": "", "language": t.language} for name in names]


def _line(view: SheetView) -> dict[str, str]:
    return {
        "title": view.title or view.text["untitled"],
        "about": view.district,
        "color": view.goals[0].color if view.goals else "",
        "language": view.title_language,
    }


def _mark(number: int, text: str) -> Markup:
    return Markup('<a href="{}{}" style="all:unset">{}</a>').format(PAGE_LINK, number, text)


def _no_mark(_number: int, text: str) -> str:
    return text
