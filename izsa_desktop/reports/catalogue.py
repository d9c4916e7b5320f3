"""The catalogue: a selection of projects as one document with cover, contents, summary pages and the sheets.

The numbers in the contents are those of the pages on which the parts really begin. Nobody knows these before they have
been printed: so the contents are printed last. Parts begin with ``here`` (``page:<n>`` links that are not seen), from
which the pages are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.reports.inset import position, province_inset
from izsa_desktop.reports.sheet import BOTH, USUAL, Printing, frame, here, maps
from izsa_desktop.reports.sheet_view import in_language, translator

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
    """What comes before the sheets, ready to be rendered as soon as the pages are known."""

    variables: Mapping[str, Any]
    printing: Printing

    @property
    def title(self) -> str:
        """What the document is called."""
        return str(self.variables["document_title"])

    @property
    def parts(self) -> int:
        """How many lines the contents have."""
        return len(self.variables["contents"])

    @property
    def first_sheet(self) -> int:
        """The line of the first sheet."""
        return int(self.variables["first_sheet"])

    def html(self, pages: Mapping[str, int]) -> str:
        """Cover, contents and summary. ``pages``: where ``part-1`` and so on begin, as far as that is known."""
        contents = [
            line | {"page": str(pages.get(f"part-{n}", _NO_PAGE))}
            for n, line in enumerate(self.variables["contents"], start=1)
        ]
        return self.printing.templates.render("catalogue.html", dict(self.variables) | {"contents": contents})


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
    variables = frame(t, cover.title, printing) | maps([cover.district], reference)
    codes = {map_.code for map_, _labels in variables["districts"]}
    languages = LANGUAGES if language == BOTH else (language,)
    variables |= {
        "css": printing.templates.css("base.css", "sheet.css", "document.css"),
        "cover": cover,
        "cover_map": cover.district if cover.district in codes else "",
        "summary": summary,
        "sheets": (),
        "here": here,
        "words": {name: t(f"catalogue.{name}") for name in _WORDS},
        "contents": [
            *_summary_lines(summary, t),
            *(_line(project, reference, one) for project in projects for one in languages),
        ],
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


def _line(project: Project, reference: Reference, language: str) -> dict[str, str]:
    f, t = project.fields, translator(language)
    title, title_language = in_language(language, f.title, f.title_en)
    goal = reference.goals_by_code.get(f.goals[0]) if f.goals else None
    return {
        "title": visible(title) or t("sheet.untitled"),
        "about": visible(reference.district_name(f.district, language)) if f.district else "",
        "color": goal.color if goal else "",
        "language": title_language,
    }
