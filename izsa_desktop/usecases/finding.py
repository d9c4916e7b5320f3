"""Finding projects: words, filters with counts, order; and views, which are filters with a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import msgspec

from izsa_desktop import reference
from izsa_desktop.db.catalogue import Numbers
from izsa_desktop.db.finding import Found
from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.fields import texts
from izsa_desktop.domain.filter import EVERYTHING, ProjectFilter, from_plain, to_plain
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.query import Lexicon, marks
from izsa_desktop.usecases.workplace import Workplace

FIRST_ROWS = 40
"""Rows that come with an answer: what a tall window shows at once."""
_VIEWS = "views"
_BEFORE, _AFTER = 16, 160
"""Characters around a word that was found; few before it, so that a narrow list still shows it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A project as a list shows it."""

    project: Project
    snippet: str = ""
    """The place in its texts at which a sought word stands, when title and place do not show one."""
    marks: tuple[str, ...] = ()
    """Beginnings of words that were sought."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a filter gives, with the rows that are seen first."""

    wanted: ProjectFilter
    found: Found
    rows: dict[int, Row]
    """By number."""
    selected: int = -1
    """Where the selected project stands; -1 when it does not."""


@dataclass(frozen=True, slots=True)
class View:
    """A filter under a name."""

    name: str
    wanted: ProjectFilter


def search(workplace: Workplace, wanted: ProjectFilter, selected: str | None = None, top: int = 0) -> Answer:
    """The projects that match, as numbers in order, with counts for all filters and the rows that are seen first.

    ``top``: the row that stands at the top of the list.
    """
    with workplace.store.reading() as reader:
        found = reader.find(wanted, lexicon(), date.today())
        at = -1
        if selected and (number := reader.numbers([selected]).get(selected)) is not None:
            at = _place(found.numbers, number)
        seen = found.numbers[:FIRST_ROWS].tolist() + found.numbers[top : top + FIRST_ROWS].tolist()
        first = reader.at(dict.fromkeys(seen))
    return Answer(wanted, found, {n: _row(project, found.marks) for n, project in first.items()}, at)


def read_rows(workplace: Workplace, numbers: Iterable[int], marked: tuple[str, ...] = ()) -> dict[int, Row]:
    """Rows of a list by their numbers; those that are gone are left out."""
    with workplace.store.reading() as reader:
        return {n: _row(project, marked) for n, project in reader.at(numbers).items()}


def warm_up(workplace: Workplace) -> None:
    """Reads what the first search with a typing mistake would wait for."""
    with workplace.store.reading() as reader:
        reader.warm()


def place_of(workplace: Workplace, numbers: Numbers, id_: str) -> int:
    """Where a project stands in an answer; -1 when it does not."""
    with workplace.store.reading() as reader:
        number = reader.numbers([id_]).get(id_)
    return -1 if number is None else _place(numbers, number)


def find_numbers(reader: Reader, wanted: ProjectFilter) -> Numbers:
    """The numbers of the projects that match, in order."""
    return reader.find(wanted, lexicon(), date.today()).numbers


def list_found(workplace: Workplace, wanted: ProjectFilter = EVERYTHING) -> list[Project]:
    """All projects that match, whole and in order."""
    with workplace.store.reading() as reader:
        return reader.projects(wanted, lexicon(), date.today())


@cache
def lexicon() -> Lexicon:
    """The names of what can be filtered by."""
    return Lexicon(reference.load())


# --- views -----------------------------------------------------------------------------------------------------------


def views(workplace: Workplace) -> list[View]:
    """The views that were kept here, in the order of their making."""
    with workplace.store.reading() as reader:
        kept = reader.meta().get(_VIEWS, "[]")
    try:
        plain = msgspec.json.decode(kept, type=list[dict[str, object]])
    except msgspec.DecodeError:
        return []
    return [View(str(one["name"]), from_plain(one)) for one in plain if one.get("name")]


def keep_view(workplace: Workplace, view: View) -> list[View]:
    """Keeps a view, instead of one with the same name; all views as they are then."""
    others = views(workplace)
    at = next((n for n, one in enumerate(others) if one.name == view.name), len(others))
    return _keep(workplace, [*others[:at], view, *others[at + 1 :]])


def rename_view(workplace: Workplace, name: str, new: str) -> list[View]:
    """Another name for a view; one that had that name goes."""
    kept = [one for one in views(workplace) if one.name != new or one.name == name]
    return _keep(workplace, [View(new, one.wanted) if one.name == name else one for one in kept])


def drop_view(workplace: Workplace, name: str) -> list[View]:
    """Forgets a view."""
    return _keep(workplace, [one for one in views(workplace) if one.name != name])


def _keep(workplace: Workplace, kept: list[View]) -> list[View]:
    plain = [{**to_plain(view.wanted), "name": view.name} for view in kept]
    with workplace.store.writing() as writer:
        writer.set_meta({_VIEWS: msgspec.json.encode(plain).decode()})
    return kept


# --- rows ------------------------------------------------------------------------------------------------------------


def _place(numbers: Numbers, number: int) -> int:
    [where] = (numbers == number).nonzero()
    return int(where[0]) if len(where) else -1


def _row(project: Project, marked: tuple[str, ...]) -> Row:
    f = project.fields
    if not marked or any(marks(shown, marked) for shown in (f.title, f.neighbourhood)):
        return Row(project, "", marked)
    for text in texts(f):
        if found := marks(text, marked):
            return Row(project, _around(text, *found[0]), marked)
    return Row(project, "", marked)


def _around(text: str, start: int, end: int) -> str:
    """One line of the text around this part of it, whole words where possible."""
    first = text.rfind(" ", max(0, start - _BEFORE), start) + 1 if start > _BEFORE else 0
    first = first or max(0, start - _BEFORE)
    last = min(len(text), end + _AFTER)
    line = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{line}{'…' if last < len(text) else ''}"
