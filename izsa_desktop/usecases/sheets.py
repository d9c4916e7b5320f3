"""Project sheets: one document for any number of projects, printed in parts by whoever is handed in.

A sheet is for outsiders unless somebody asks for the internal one. Photos go along, made as small as the paper needs:
the more there are in a document, the smaller, so that the file stays of a size that can be sent.
"""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from izsa_desktop.attachments import kinds, pictures
from izsa_desktop.domain.errors import AttachmentRefused, KnownError, NothingSelected
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.reports.catalogue import Catalogue
from izsa_desktop.reports.ports import Printer
from izsa_desktop.reports.sheet import BOTH, Printing, document_title, sheet_html
from izsa_desktop.reports.sheet_material import INTERNAL, PUBLIC, Comment, Material, Photo
from izsa_desktop.reports.templates import Templates
from izsa_desktop.usecases.evidence import read_attachment
from izsa_desktop.usecases.files import require_ending, writing_atomic
from izsa_desktop.usecases.finding import find_numbers
from izsa_desktop.usecases.letterhead import letterhead
from izsa_desktop.usecases.press import SHEETS_A_PART, Document, Front, printing
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.projects import get_project
from izsa_desktop.usecases.reviewing import comments_of
from izsa_desktop.usecases.workplace import Workplace, require_outside

TEMPLATES = "templates"
"""The folder of the workplace whose files stand in for the program's templates."""
_SIDES = ((60, 1000), (400, 560), (2_000, 300))
"""Up to how many photos in a document how many dots; of more only the first of each project."""
_OTHERS = "başkasının"
"""Licence of a photo that is somebody else's: it is in the file only."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOrder:
    """For whom and in which language sheets are printed."""

    language: str = ""
    """``tr``, ``en`` or ``both``; empty: the workplace's own."""
    variant: str = PUBLIC


USUAL = SheetOrder()


def sheets_html(workplace: Workplace, ids: Sequence[str], order: SheetOrder = USUAL) -> str:
    """One HTML document with one sheet per project, in the order given.

    Raises NothingSelected, NoSuchProject, BadTemplate.
    """
    projects = chosen(workplace, ids)
    printing_ = printing_for(workplace, projects, order, photo_side(projects, order.variant))
    return sheet_html(projects, workplace.reference, order.language or workplace.identity.language, printing_)


def sheets_document(
    workplace: Workplace,
    projects: Sequence[Project],
    order: SheetOrder,
    side: int,
    *,
    front: Catalogue | None = None,
) -> Document:
    """A document of these projects' sheets, ready to be printed; ``front``: what comes before them."""
    language = order.language or workplace.identity.language
    title = front.title if front else document_title(projects, Translator(language))

    def part(chosen_: Sequence[Project], at: int) -> str:
        printing_ = printing_for(workplace, chosen_, order, side)
        first = front.first_sheet + at * sheets_of(language) if front else 0
        return sheet_html(chosen_, workplace.reference, language, printing_, title=title, first_sheet=first)

    return in_parts(projects, part, title, language, front=front.html if front else None)


def write_sheets(
    workplace: Workplace, ids: Sequence[str], target: Path, renderer: Printer, order: SheetOrder = USUAL
) -> None:
    """Writes the sheets as one PDF. Raises NothingSelected, NoSuchProject, BadTemplate, NoRenderer, WrongEnding,
    FileProblem, DiskProblem.
    """
    require_outside(workplace, target)
    require_ending(target, ".pdf")
    projects = chosen(workplace, ids)
    document = sheets_document(workplace, projects, order, photo_side(projects, order.variant))
    with writing_atomic(target) as file:
        renderer.run(printing(document, file))


def in_parts(
    projects: Sequence[Project],
    part: Callable[[Sequence[Project], int], str],
    title: str,
    language: str,
    *,
    front: Front | None = None,
) -> Document:
    """A document of which ``part`` makes the sheets of some projects, of which the first is the n-th of all, from 0."""
    size = SHEETS_A_PART // sheets_of(language)
    parts = [partial(part, projects[at : at + size], at) for at in range(0, len(projects), size)]
    spoken = Translator(language).language
    return Document(title=title, language=spoken, projects=len(projects), parts=parts, front=front)


def sheets_of(language: str) -> int:
    """How many sheets each project gets."""
    return len(LANGUAGES) if language == BOTH else 1


def photo_side(projects: Sequence[Project], variant: str) -> int:
    """How many dots wide and high photos may be in a document of these; 0: only the first of each project is in it."""
    total = sum(len(list(_shown(project, variant))) for project in projects)
    return next((dots for most, dots in _SIDES if total <= most), 0)


def chosen(workplace: Workplace, ids: Sequence[str]) -> list[Project]:
    """These projects. Raises NothingSelected, NoSuchProject."""
    if not ids:
        raise NothingSelected
    return [get_project(workplace, id_) for id_ in ids]


def found(workplace: Workplace, wanted: ProjectFilter, progress: Progress = no_progress) -> list[Project]:
    """The projects that match, whole and in order, without what was deleted. Raises Cancelled."""
    with workplace.store.reading() as reader:
        numbers = find_numbers(reader, wanted).tolist()
        projects: list[Project] = []
        for start in range(0, len(numbers), _AT_ONCE):
            progress(start, len(numbers))
            projects += reader.at(numbers[start : start + _AT_ONCE]).values()
    return [project for project in projects if not project.deleted]


def printing_for(workplace: Workplace, projects: Sequence[Project], order: SheetOrder, side: int = 0) -> Printing:
    """How these projects are printed here: the office's paper and templates, photos, names of related projects."""
    return Printing(
        variant=order.variant,
        letterhead=letterhead(workplace),
        material=_material(workplace, projects, order, side),
        templates=templates(workplace),
    )


def templates(workplace: Workplace) -> Templates:
    """The office's own where there are any, else the program's."""
    own = workplace.folder / TEMPLATES
    return Templates(own if own.is_dir() else None)


def _material(workplace: Workplace, projects: Sequence[Project], order: SheetOrder, side: int) -> dict[str, Material]:
    may_show = {project.id: list(_shown(project, order.variant)) for project in projects}
    titles = _titles(workplace, projects)
    t = Translator(order.language or workplace.identity.language)
    said = comments_of(workplace, list(may_show)) if order.variant == INTERNAL else {}
    material = {}
    for project in projects:
        rows = may_show[project.id] if side else may_show[project.id][:1]
        photos = tuple(_photos(workplace, rows, side or _SIDES[-1][1], t))
        comments = tuple(
            Comment(text=visible(text), field=t.field(name)) for name, text in said.get(project.id, {}).items()
        )
        if photos or comments or project.fields.relations:
            material[project.id] = Material(photos=photos, titles=titles, comments=comments)
    return material


def _shown(project: Project, variant: str) -> Iterable[Evidence]:
    """Photos that may be on this sheet. Who can be recognised must have agreed, wherever outsiders look."""
    for row in project.fields.evidence:
        if row.link or not row.media_type.startswith("image/"):
            continue
        if variant == INTERNAL or (row.licence != _OTHERS and (not row.people or row.consent)):
            yield row


def _photos(workplace: Workplace, rows: Iterable[Evidence], side: int, t: Translator) -> Iterable[Photo]:
    """What of them is here and whole; what is not is no reason not to print."""
    for row in rows:
        try:
            data = read_attachment(workplace, row)
            kind = kinds.recognise(row.name, data)
            if not kind.picture:
                continue
            data = pictures.smaller(row.name, kind, data, side)
        except (AttachmentRefused, KnownError):
            continue
        yield Photo(
            source=f"data:image/jpeg;base64,{base64.b64encode(data).decode('ascii')}",
            caption=visible(row.caption),
            licence=_licence(workplace.reference, row.licence, t),
        )


def _licence(reference: Reference, code: str, t: Translator) -> str:
    return visible(reference.vocabularies["licence"].label(code, t.language)) if code else ""


def _titles(workplace: Workplace, projects: Sequence[Project]) -> Mapping[str, str]:
    ids = {row.other for project in projects for row in project.fields.relations}
    if not ids:
        return {}
    with workplace.store.reading() as reader:
        return {one.id: one.fields.title for one in reader.projects_by_id(sorted(ids)) if not one.deleted}
