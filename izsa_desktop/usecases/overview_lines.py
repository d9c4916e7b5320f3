"""The lines of an overview: what is to be known, and where the work about it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.facets import DUE, STALE
from izsa_desktop.domain.filter import EVERYTHING, ProjectFilter
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.coaching_view import Item, agenda
from izsa_desktop.usecases.figures import Counting
from izsa_desktop.usecases.finding import lexicon
from izsa_desktop.usecases.workplace import Workplace

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
MOST = 6
"""Lines of one kind; how many more there are is said."""
PROJECT, LIST, REVIEW, EXCHANGE, DISTRICTS, CONFLICTS, COACHING, GAPS, JOINT, REMIND, CONFIRM = PLACES = (
    "project",
    "list",
    "review",
    "exchange",
    "districts",
    "conflicts",
    "coaching",
    "gaps",
    "joint",
    "remind",
    "confirm",
)
"""Where a line leads."""
GOOD, PLAIN, WARN, BAD = "good", "soft", "warn", "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing to know. ``detail`` and parts of ``text`` are people's words: data."""

    kind: str
    text: str
    place: str
    detail: str = ""
    tone: str = PLAIN
    id: str = ""
    """Of the project, the record of coaching or the criterion that it leads to."""
    wanted: ProjectFilter | None = None
    """What the list is to show, where it leads there."""


@dataclass(frozen=True, slots=True)
class Section:
    """``name``: in the section ``overview`` of the sentences."""

    name: str
    lines: tuple[Line, ...]


class Look:
    """What the sections of both sides are made with."""

    def __init__(self, workplace: Workplace, t: Translator, today: date) -> None:
        self.workplace, self.t, self.today = workplace, t, today

    @cached_property
    def counting(self) -> Counting:
        """All works, read when they are first asked for."""
        return Counting(self.workplace, self.today)

    @cached_property
    def agenda(self) -> list[Item]:
        """What coaching asks for."""
        return agenda(self.workplace, self.today)

    def since(self, ago: timedelta) -> str:
        """The beginning of that day, as bundles are dated (UTC)."""
        return f"{self.today - ago:%Y-%m-%d}T00:00:00Z"

    def name(self, district: str) -> str:
        """Of a district or the province."""
        return self.workplace.reference.district_name(district, self.t.language)

    def day(self, utc: str) -> str:
        """A day as people write it."""
        return self.t.date(utc[:10])

    def project_line(self, kind: str, project: Project, detail: str = "", tone: str = PLAIN) -> Line:
        """A line that leads to a project and is called after it."""
        text = one_line(project.fields.title) or self.t("list.untitled")
        return Line(kind=kind, text=text, place=PROJECT, detail=one_line(detail), tone=tone, id=project.id)

    def freshness(self, reader: Reader) -> Iterator[Line]:
        """How many records nobody has confirmed for long."""
        counts = reader.find(EVERYTHING, lexicon(), self.today).counts["freshness"]
        for code, tone in ((STALE, BAD), (DUE, WARN)):
            if count := counts.get(code, 0):
                text = self.t(f"overview_line.{code}", count=count)
                yield Line(kind=code, text=text, place=LIST, tone=tone, wanted=ProjectFilter(freshness=(code,)))

    def more(self, kind: str, lines: list[Line], place: str, wanted: ProjectFilter | None = None) -> Iterator[Line]:
        """The first lines, and how many more there are."""
        yield from lines[:MOST]
        if left := len(lines[MOST:]):
            yield Line(kind=kind, text=self.t("overview_line.more", count=left), place=place, wanted=wanted)


def one_line(text: str, most: int = 160) -> str:
    """People's words on one line."""
    flat = " ".join(visible(text).split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"
