"""The map as a file, for paper and for any browser: which projects it shows, what is written over it and beside it.

It is for outsiders: what is personal is taken out of every record before anything is made of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from izsa_desktop.analysis.works import Works
from izsa_desktop.domain.fields import public
from izsa_desktop.domain.filter import FACETS, ProjectFilter
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.maps import alone, layers
from izsa_desktop.maps.layers import MapData
from izsa_desktop.maps.look import DPI, Caption, Look, Paper
from izsa_desktop.maps.png import png
from izsa_desktop.usecases.files import write_atomic
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.finding import find_numbers
from izsa_desktop.usecases.joint import entries_of
from izsa_desktop.usecases.ports import Pictures
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.thematic import Subject, districts_of, thematic_json
from izsa_desktop.usecases.workplace import Workplace, require_outside

_AT_ONCE = 500
_MOST_NAMED = 4
"""Values of one facet that are written over a map; of more, only how many they are."""


@dataclass(frozen=True, slots=True)
class MapOrder:
    """What somebody wants to have as a file."""

    wanted: ProjectFilter
    language: str = "tr"
    title: str = ""
    """Empty: ``default_title``."""
    look: Look = field(default_factory=Look)


def default_title(workplace: Workplace, wanted: ProjectFilter, language: str) -> str:
    """Whose projects these are."""
    t = Translator(language)
    return t("mapfile.title_network") if wanted.network else t("mapfile.title_body", body=_body(workplace, t))


@dataclass(frozen=True, slots=True)
class MadeMap:
    """A map as HTML."""

    html: str
    unplaced: int
    """How many of the projects have no place on it."""


def paper_map(workplace: Workplace, order: MapOrder, paper: Paper, progress: Progress = no_progress) -> MadeMap:
    """The map on a sheet of paper, for who prints it."""
    projects = list(_found(workplace, order.wanted, progress))
    data, caption = _drawn(workplace, order, projects)
    drawn = _districts(workplace, order, projects)
    html = alone.paper_html(
        workplace.reference, order.language, data, caption=caption, paper=paper, look=order.look, districts=drawn
    )
    return MadeMap(html, len(data.unplaced))


def browser_map(workplace: Workplace, order: MapOrder, progress: Progress = no_progress) -> MadeMap:
    """The map with all records, for any browser."""
    projects = list(_found(workplace, order.wanted, progress))
    data, caption = _drawn(workplace, order, projects)
    unplaced = frozenset(data.unplaced)
    t = Translator(order.language)
    records = [_record(project, project.id not in unplaced, workplace.reference, t) for project in projects]
    drawn = _districts(workplace, order, projects)
    html = alone.browser_html(
        workplace.reference,
        order.language,
        data,
        caption=caption,
        records=records,
        look=order.look,
        districts=drawn,
    )
    return MadeMap(html, len(unplaced))


def write_browser_map(workplace: Workplace, order: MapOrder, target: Path, progress: Progress = no_progress) -> int:
    """Writes ``browser_map``; how many projects have no place on it. Raises FileProblem, DiskProblem."""
    require_outside(workplace, target)
    made = browser_map(workplace, order, progress)
    write_atomic(target, made.html.encode("utf-8"))
    return made.unplaced


def write_paper_map(workplace: Workplace, order: MapOrder, paper: Paper, target: Path, pictures: Pictures) -> int:
    """Writes ``paper_map`` as a picture (``.png``) or else as PDF; otherwise as ``write_browser_map``.

    Raises also NoRenderer.
    """
    require_outside(workplace, target)
    made = paper_map(workplace, order, paper)
    pdf = pictures.map_pdf(made.html, paper)
    is_picture = target.suffix.lower() == ".png"
    write_atomic(target, png(pictures.map_pixels(pdf, paper, DPI), DPI, no_progress) if is_picture else pdf)
    return made.unplaced


def write_map(workplace: Workplace, data: bytes, target: Path) -> None:
    """Writes a map that was drawn. Raises FileProblem, DiskProblem."""
    require_outside(workplace, target)
    write_atomic(target, data)


def _found(workplace: Workplace, wanted: ProjectFilter, progress: Progress) -> Iterator[Project]:
    with workplace.store.reading() as reader:
        numbers = find_numbers(reader, wanted).tolist()
        for start in range(0, len(numbers), _AT_ONCE):
            progress(start, len(numbers))
            for project in reader.at(numbers[start : start + _AT_ONCE]).values():
                if not project.deleted:  # the bin has no map
                    yield replace(project, fields=public(project.fields))
        progress(len(numbers), len(numbers))


def _districts(workplace: Workplace, order: MapOrder, projects: list[Project]) -> bytes:
    """What is known of the districts, as ``thematic_json``; empty where only projects are shown."""
    choice, today = order.look.choice, date.today()
    if choice.plain:
        return b""
    with workplace.store.reading() as reader:
        works = Works(entries_of(reader, projects, today))
    subject = Subject(works, districts_of(workplace.identity, order.wanted))
    return thematic_json(subject, choice, workplace.reference, Translator(order.language), today)


def _drawn(workplace: Workplace, order: MapOrder, projects: list[Project]) -> tuple[MapData, Caption]:
    """What is on the map, and what is written over it."""
    t = Translator(order.language)
    data = layers.project_features(projects, workplace.reference, date.today())
    counts = [t("mapfile.projects", count=len(projects), number=t.number(len(projects)))]
    if missing := len(data.unplaced):
        counts.append(t("mapfile.not_placed", count=missing, number=t.number(missing)))
    title = visible(order.title).strip() or default_title(workplace, order.wanted, order.language)
    if year := order.look.choice.year:
        counts.append(t("mapfile.year", year=year))
    lines = (*counts, *_filtered_by(order.wanted, FilterNames(workplace.reference, t), t))
    made = t("mapfile.made", date=t.date(date.today().isoformat()), body=_body(workplace, t))
    return data, Caption(title, lines, made)


def _filtered_by(wanted: ProjectFilter, names: FilterNames, t: Translator) -> Iterator[str]:
    """What the projects were found by, as people read it."""
    if query := " ".join(visible(wanted.query).split()):
        yield t("mapfile.words", query=query)
    for facet in FACETS:
        codes = names.in_order(facet, wanted.chosen(facet))
        if 0 < len(codes) <= _MOST_NAMED:
            yield t("mapfile.facet", facet=names.facet(facet), values=", ".join(names.value(facet, c) for c in codes))
        elif codes:
            yield t("mapfile.facet", facet=names.facet(facet), values=t("mapfile.several", number=len(codes)))


def _record(project: Project, placed: bool, reference: Reference, t: Translator) -> dict[str, Any]:
    """What is shown of a project that was clicked. All texts are ready to be read."""
    f = project.fields
    district = visible(reference.district_name(f.district, t.language)) if f.district else ""
    status = visible(reference.vocabularies["status"].label(f.status, t.language)) if f.status else ""
    audience = ", ".join(visible(reference.vocabularies["audience"].label(code, t.language)) for code in f.audience)
    facts = (
        ("district", ", ".join(filter(None, (visible(f.neighbourhood), district)))),
        ("owner", visible(f.owner) or _body_name(project.body, reference, t)),
        ("status", status),
        ("start", t.date(f.start) or visible(f.start or "")),
        ("end_planned", t.date(f.end_planned) if not f.end else ""),
        ("end", t.date(f.end)),
        ("audience", audience),
    )
    return {
        "id": project.id,
        "title": visible(f.title),
        "district": district,
        "purpose": visible(f.purpose),
        "goals": [visible(code) for code in f.goals],
        "placed": placed,
        "facts": [(t.field(name), text) for name, text in facts if text],
    }


def _body(workplace: Workplace, t: Translator) -> str:
    return _body_name(workplace.identity.body, workplace.reference, t)


def _body_name(code: str, reference: Reference, t: Translator) -> str:
    if code == reference.province.code:
        return t("sheet.body_office")
    return visible(t("sheet.body_district", name=reference.district_name(code)))
