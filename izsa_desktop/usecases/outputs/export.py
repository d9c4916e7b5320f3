"""Writing what a search found as a file for other programs: which projects may go, what of them, in which format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from izsa_desktop.domain.authority import APPROVED
from izsa_desktop.domain.errors import BadOrgId, NothingToExport
from izsa_desktop.domain.fields import public
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.i18n import Translator
from izsa_desktop.reports import iati
from izsa_desktop.usecases.files import require_ending, write_atomic
from izsa_desktop.usecases.finding import find_numbers
from izsa_desktop.usecases.joint import work_numbers
from izsa_desktop.usecases.outputs.formats import CDP, COVENANT, CSV, GEOJSON, GPKG, IATI, OWN, VLR, endings, newest
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.workplace import Workplace, require_outside

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TableOrder:
    """What somebody wants to have as a file.

    ``internal``: for use inside the organisation: personal fields too where the format is one's own, projects that are
    not approved too where it is not. ``org_id``: the publisher's registered id, for IATI.
    """

    format: str
    wanted: ProjectFilter
    language: str = "tr"
    internal: bool = False
    org_id: str = ""


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """What is in the file and what is not. ``org_id``: the one that stands in it."""

    projects: int
    not_approved: int = 0
    unfit: int = 0
    """Projects that do not say what the format needs."""
    unplaced: int = 0
    """Projects in it that have no place on the map."""
    cut: int = 0
    """Partners, sites and other rows of projects that are not in it, because a flat table has no room for them."""
    org_id: str = ""
    mended: int = 0
    """Projects in it whose area crossed itself: what it encloses is in the file."""


def export_table(
    workplace: Workplace, order: TableOrder, target: Path, progress: Progress = no_progress
) -> WrittenTable:
    """Writes the file. Cancelled: nothing is there.

    Raises NothingToExport where a format for outsiders would be empty, WrongEnding, BadOrgId, FileProblem, DiskProblem,
    Cancelled.
    """
    require_outside(workplace, target)
    require_ending(target, *endings(order.format))
    if order.org_id and not iati.usable_org_id(order.org_id):
        raise BadOrgId(order.org_id)
    steps = _Steps(progress)
    found = list(_found(workplace, order, steps))
    may_go = [p for p in found if order.format in OWN or order.internal or p.fields.review == APPROVED]
    fitting = [project for project in may_go if _fits(order.format, project.fields)]
    not_approved, unfit = len(found) - len(may_go), len(may_go) - len(fitting)
    if not fitting and (found or order.format == IATI) and order.format not in OWN:  # IATI knows no empty file
        raise NothingToExport(len(found), not_approved, unfit)
    made = _made(workplace, order, target, fitting, steps.step)
    write_atomic(target, made.data)
    steps.end()
    org_id = (order.org_id or iati.placeholder(workplace.identity.body)) if order.format == IATI else ""
    return WrittenTable(len(fitting), not_approved, unfit, made.unplaced, made.cut, org_id, made.mended)


def _found(workplace: Workplace, order: TableOrder, steps: "_Steps") -> Iterator[Project]:
    """The projects that match, in their order, with what may go of them."""
    keep_all = order.format in OWN and order.internal
    with workplace.store.reading() as reader:
        numbers = find_numbers(reader, order.wanted).tolist()
        steps.begin(len(numbers))
        for start in range(0, len(numbers), _AT_ONCE):
            steps.step()
            for project in reader.at(numbers[start : start + _AT_ONCE]).values():
                if not project.deleted:
                    yield project if keep_all else _for_outsiders(project)


def _for_outsiders(project: Project) -> Project:
    return replace(project, fields=replace(public(project.fields), review_note=""), updated_by="")


def _fits(format_: str, fields: ProjectFields) -> bool:
    if format_ == IATI:
        return iati.fits(fields)
    if format_ in (CDP, COVENANT):
        from izsa_desktop.usecases.outputs import paste

        return paste.fits(format_, fields)
    return True


@dataclass(frozen=True, slots=True)
class _Made:
    """A file, and what of ``WrittenTable`` only its maker knows."""

    data: bytes
    unplaced: int = 0
    cut: int = 0
    mended: int = 0


def _made(
    workplace: Workplace, order: TableOrder, target: Path, projects: list[Project], step: Callable[[], None]
) -> _Made:
    """The file. Heavy parts are loaded when needed."""
    known, t = workplace.reference, Translator(order.language)
    if order.format in OWN:
        from izsa_desktop.usecases.outputs import whole

        if order.format == CSV:
            data, cut = whole.flat(projects, known, t, step, personal=order.internal)
            return _Made(data, cut=cut)
        return _Made(whole.workbook(projects, known, t, step, personal=order.internal))
    if order.format in (GEOJSON, GPKG):
        from izsa_desktop.usecases.outputs import geo

        if order.format == GEOJSON:
            data = geo.geojson(projects, known, t, step)
        else:
            with workplace.store.reading() as reader:
                works = work_numbers(reader, projects)
            data = geo.geopackage(projects, works, known, t, step)
        return _Made(data, unplaced=geo.unplaced(projects), mended=geo.mended(projects))
    if order.format == IATI:
        body = workplace.identity.body
        publisher = iati.Publisher(body, order.org_id or iati.placeholder(body))
        return _Made(iati.iati_bytes(projects, known, publisher, newest(projects), step))
    if order.format == VLR:
        from izsa_desktop.usecases.outputs import vlr

        return _Made(vlr.annex(projects, workplace, t, step, as_document=target.suffix.lower() != ".xlsx"))
    from izsa_desktop.usecases.outputs import paste

    return _Made(paste.paste_sheet(order.format, projects, known, t, step))


class _Steps:
    """Reading is one half of the way, making the other: how many steps making takes, nobody knows beforehand."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._total, self._done = progress, 0, 0

    def begin(self, projects: int) -> None:
        """So many projects there are."""
        self._total = 2 * projects

    def step(self) -> None:
        """A little more is done. Raises Cancelled."""
        self._progress(min(self._done, self._total), self._total)
        self._done += _AT_ONCE

    def end(self) -> None:
        """All is done."""
        self._progress(self._total, self._total)
