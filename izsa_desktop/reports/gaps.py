"""The gap table on paper: one HTML document that lies on A4, or on A3 where the columns are many.

What it says comes from outside (``usecases.gap_paper``), how it looks is in ``resources/templates/gaps.*``. A wide
table comes in parts, each with the districts before it. Text passes the template's autoescape; nothing points outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import jinja2
from markupsafe import Markup

from izsa_desktop import resource_files
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.fonts import font_face_css

_A4_COLUMNS, _A3_COLUMNS = 20, 32
"""As many as stay readable beside each other."""


@dataclass(frozen=True, slots=True)
class PaperHead:
    """A column. ``color``: that of a goal, with ``ink`` that can be read on it; ``stands``: it is too long to lie."""

    short: str
    color: str = ""
    ink: str = ""
    stands: bool = False


@dataclass(frozen=True, slots=True)
class PaperCell:
    """``look``: ``heat-0`` to ``heat-4``, ``gap``, or nothing."""

    text: str
    look: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """``total``: a row that adds up the others."""

    name: str
    cells: tuple[PaperCell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is missing in a district, or what districts lack something."""

    name: str
    number: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """Percentages in the order of ``GapPaper.dimensions``; none where nothing is known."""

    name: str
    percents: tuple[int, ...]
    works: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPaper:
    """What the document says, ready to be read."""

    title: str
    subtitle: str
    unit: str
    day: str
    columns: tuple[PaperHead, ...]
    rows: tuple[PaperRow, ...]
    """The last cell of each is its total."""
    legend: tuple[tuple[str, str], ...]
    """Looks and what they mean."""
    by_district: tuple[Lacking, ...]
    by_column: tuple[Lacking, ...]
    unserved: tuple[Lacking, ...]
    trend: tuple[tuple[str, int], ...]
    trend_note: str
    dimensions: tuple[str, ...]
    balance: tuple[BalanceRow, ...]


def gaps_html(paper: GapPaper, t: Translator) -> str:
    """The document."""
    most = max((count for _year, count in paper.trend), default=0) or 1
    large = len(paper.columns) - 1 > _A4_COLUMNS
    return _template().render(
        language=t.language,
        css=Markup(font_face_css() + "\n" + _css()),
        size="A3" if large else "A4",
        named=any(head.stands for head in paper.columns),
        paper=paper,
        parts=list(_parts(paper, _A3_COLUMNS if large else _A4_COLUMNS)),
        trend=[(year, t.number(count), round(100 * count / most)) for year, count in paper.trend],
        text={
            name: t(f"gappaper.{name}")
            for name in ("district", "by_district", "by_column", "unserved", "trend", "balance", "works")
        },
    )


def _parts(paper: GapPaper, most: int) -> Sequence[tuple[list[PaperHead], list[tuple[PaperRow, list[PaperCell]]]]]:
    """The table in parts of so many columns, as even as possible; the total is in each last one."""
    count = len(paper.columns)
    number = -(-count // (most + 1))
    each = -(-count // number)
    return [
        ([paper.columns[n] for n in some], [(row, [row.cells[n] for n in some]) for row in paper.rows])
        for start in range(0, count, each)
        for some in [range(start, min(start + each, count))]
    ]


@cache
def _css() -> str:
    return resource_files.path("templates/gaps.css").read_text(encoding="utf-8")


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(str(resource_files.path("templates")))
    made = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return made.get_template("gaps.html")
