"""Project sheets: one HTML document for any number of projects, printed by whoever is handed in."""

from collections.abc import Sequence
from pathlib import Path

from izsa_desktop.domain.errors import NothingSelected
from izsa_desktop.domain.project import Project
from izsa_desktop.reports.ports import PageRenderer
from izsa_desktop.reports.sheet import sheet_html
from izsa_desktop.usecases.files import write_atomic
from izsa_desktop.usecases.projects import get_project
from izsa_desktop.usecases.workplace import Workplace, require_outside


def sheets_html(workplace: Workplace, ids: Sequence[str]) -> str:
    """The document with one sheet per project, in the order given. Raises NothingSelected, NoSuchProject."""
    if not ids:
        raise NothingSelected
    projects: list[Project] = [get_project(workplace, id_) for id_ in ids]
    return sheet_html(projects, workplace.reference, workplace.identity.language)


def write_sheets(workplace: Workplace, ids: Sequence[str], target: Path, renderer: PageRenderer) -> None:
    """Writes the sheets as one PDF. Raises also NoRenderer, FileProblem, DiskProblem."""
    require_outside(workplace, target)
    write_atomic(target, renderer.pdf(sheets_html(workplace, ids)))
