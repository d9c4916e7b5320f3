"""Documents to print: sheets, catalogue, district booklet, offers to partners, joint programme, coaching, agenda.

A document is made on a worker and printed part by part by whoever is handed in (``press``). Everything here can be
cancelled between two projects.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from izsa_desktop.analysis import gaps as gap_analysis
from izsa_desktop.analysis.works import Works
from izsa_desktop.domain.authority import APPROVED
from izsa_desktop.domain.errors import NothingToPrint
from izsa_desktop.domain.filter import EVERYTHING, FACETS, ProjectFilter
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.running import ACTIVE, INACTIVE, UNCLEAR, state
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.catalogue import Bar, Catalogue, Cover, Row, Summary, catalogue, dots
from izsa_desktop.reports.papers import offer_html, report_html
from izsa_desktop.reports.ports import Printer
from izsa_desktop.reports.sheet import BOTH
from izsa_desktop.reports.sheet_material import PUBLIC
from izsa_desktop.reports.sheet_view import body_name
from izsa_desktop.usecases import paper_reports
from izsa_desktop.usecases.files import require_ending, writing_atomic
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.gaps import balancing, gap_table, row_codes, sentence
from izsa_desktop.usecases.joint import entries_of
from izsa_desktop.usecases.press import Document, printing, whole
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.sheets import (
    SheetOrder,
    chosen,
    found,
    in_parts,
    photo_side,
    printing_for,
    sheets_document,
)
from izsa_desktop.usecases.workplace import Workplace, require_outside

SHEETS, CATALOGUE, BOOKLET, OFFER, JOINT, COACHING, AGENDA = KINDS = (
    *("sheets", "catalogue", "booklet", "offer", "joint", "coaching", "agenda"),
)
OF_PROJECTS = frozenset({SHEETS, CATALOGUE, OFFER})
"""Documents of a selection; the others are of a district, a programme or the network."""
_MOST_NAMED = 4
"""Values of one facet that stand on a cover; of more, only how many they are."""
_MOST_GAPS = 80
"""Sentences of what is missing; more than two pages of them nobody reads."""
_BEGINNING = frozenset({"fikir", "planlandı"})
_COLORS = {"çevresel": "#2f7d4f", "ekonomik": "#e0a02c", "sosyal": "#2b6cb0", "yönetişim": "#7a4fa3"}
"""Of the dimensions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentOrder:
    """What somebody wants to print."""

    kind: str = SHEETS
    ids: tuple[str, ...] = ()
    """Of projects; without any, those that match ``wanted``."""
    wanted: ProjectFilter = EVERYTHING
    district: str = ""
    """For the booklet and the coaching report: code or name."""
    programme: str = ""
    """For the joint programme: its id or the beginning of it."""
    language: str = ""
    variant: str = PUBLIC


def make(workplace: Workplace, order: DocumentOrder, progress: Progress = no_progress) -> Document:
    """The document, ready to be printed.

    Raises NothingToPrint, NoSuchProject, NoSuchProgramme, UnknownDistrict, NotYourDistrict, BadTemplate, Cancelled.
    """
    language = order.language or workplace.identity.language
    sheets = SheetOrder(language=language, variant=order.variant)
    if order.kind in (JOINT, COACHING, AGENDA):
        t = Translator(language)
        report, shown = paper_reports.report(workplace, order.kind, order.district, order.programme, t)
        return replace(whole(report_html(report, t, printing_for(workplace, (), sheets))), projects=shown)
    projects = _projects(workplace, order, progress)
    side = photo_side(projects, order.variant)
    if order.kind in (CATALOGUE, BOOKLET):
        front = _catalogue(workplace, order, projects, sheets)
        return sheets_document(workplace, projects, sheets, side, front=front)
    if order.kind == OFFER:
        return _offers(workplace, projects, sheets, side)
    return sheets_document(workplace, projects, sheets, side)


def write(workplace: Workplace, order: DocumentOrder, target: Path, renderer: Printer, *, tagged: bool = True) -> int:
    """Writes the document as PDF, accessible unless ``tagged`` is False; of how many projects it is.

    Raises also NoRenderer, WrongEnding, FileProblem, DiskProblem.
    """
    require_outside(workplace, target)
    require_ending(target, ".pdf")
    made = make(workplace, order)
    with writing_atomic(target) as file:
        renderer.run(printing(made, file, tagged=tagged))
    return made.projects


def _projects(workplace: Workplace, order: DocumentOrder, progress: Progress) -> list[Project]:
    if order.kind == BOOKLET:
        code = workplace.reference.district(order.district or workplace.identity.body).code
        projects = found(workplace, ProjectFilter(district=(code,), network=order.wanted.network), progress)
    elif order.ids:
        projects = chosen(workplace, order.ids)
    else:
        projects = found(workplace, order.wanted, progress)
    if order.kind == OFFER:
        projects = [one for one in projects if _offered(one, named=bool(order.ids))]
    if not projects and order.kind != BOOKLET:
        raise NothingToPrint
    return projects


# --- offers ----------------------------------------------------------------------------------------------------------


def _offered(project: Project, *, named: bool) -> bool:
    """Partners see what is approved, or what somebody named, and only where something is looked for."""
    return (named or project.fields.review == APPROVED) and any(_wants(project))


def _wants(project: Project) -> Iterator[str]:
    """What a project looks for: what its record does not have. Names in the section ``offer``."""
    f = project.fields
    if f.status in ("tamamlandı", "iptal"):
        return
    if not any(row.role in ("ortak", "destek") for row in f.partners):
        yield "partner"
    elif f.status in _BEGINNING:
        yield "partner_more"
    if not any(row.amount for row in f.funding):
        yield "money"
    elif f.status in _BEGINNING:
        yield "money_more"
    if f.status == "fikir":
        yield "know_how"


def _offers(workplace: Workplace, projects: Sequence[Project], order: SheetOrder, side: int) -> Document:
    known, title = workplace.reference, Translator(order.language)("offer.document_title", count=len(projects))

    def part(some: Sequence[Project], _at: int) -> str:
        sought = {project.id: list(_sought(project, order.language)) for project in some}
        printing_ = printing_for(workplace, some, order, side)
        return offer_html(some, known, order.language, sought, printing=printing_, title=title)

    return in_parts(projects, part, title, order.language)


def _sought(project: Project, language: str) -> Iterator[str]:
    t = Translator("tr" if language == BOTH else language)
    for name in _wants(project):
        yield t(f"offer.{name}")


# --- the catalogue ---------------------------------------------------------------------------------------------------


def _catalogue(
    workplace: Workplace, order: DocumentOrder, projects: Sequence[Project], sheets: SheetOrder
) -> Catalogue:
    known = workplace.reference
    t = Translator(sheets.language)
    district = known.district(order.district or workplace.identity.body).code if order.kind == BOOKLET else ""
    return catalogue(
        projects,
        known,
        sheets.language,
        cover=_cover(workplace, order, projects, district, t),
        summary=_summary(workplace, order, projects, district, t),
        printing=printing_for(workplace, (), sheets),
    )


def _cover(
    workplace: Workplace,
    order: DocumentOrder,
    projects: Sequence[Project],
    district: str,
    t: Translator,
) -> Cover:
    known = workplace.reference
    lines = [t("catalogue.count", count=len(projects), number=t.number(len(projects)))]
    if district:
        name = visible(known.district_name(district, t.language))
        lines.append(body_name(district, known, t))
        return Cover(
            kind=t("catalogue.booklet"),
            title=t("catalogue.title_district", district=name),
            lines=tuple(lines),
            district=district,
        )
    title = t("catalogue.title", body=body_name(workplace.identity.body, known, t))
    if order.wanted.network:
        title = t("catalogue.title_network")
    if not order.ids:
        lines += _filtered_by(order.wanted, FilterNames(known, t), t)
    return Cover(kind=t("catalogue.kind"), title=title, lines=tuple(lines))


def _filtered_by(wanted: ProjectFilter, names: FilterNames, t: Translator) -> Iterator[str]:
    """What the projects were found by, as people read it."""
    if query := " ".join(visible(wanted.query).split()):
        yield t("catalogue.words", query=query)
    for facet in FACETS:
        codes = names.in_order(facet, wanted.chosen(facet))
        if 0 < len(codes) <= _MOST_NAMED:
            values = ", ".join(names.value(facet, code) for code in codes)
            yield t("catalogue.facet", facet=names.facet(facet), values=values)
        elif codes:
            yield t("catalogue.facet", facet=names.facet(facet), values=t("catalogue.several", number=len(codes)))


def _summary(
    workplace: Workplace,
    order: DocumentOrder,
    projects: Sequence[Project],
    district: str,
    t: Translator,
) -> Summary:
    known, names = workplace.reference, FilterNames(workplace.reference, t)
    with workplace.store.reading() as reader:
        works = Works(entries_of(reader, projects, date.today()))
    goals = tuple(goal.code for goal in known.goals)
    table = gap_analysis.matrix(works, "goal", row_codes(known), goals, balancing(known))
    rows = [code for code in table.rows if table.row(code).count]
    return Summary(
        matrix_heads=tuple((goal.code, visible(goal.name[t.language]), goal.color) for goal in known.goals),
        matrix=tuple(
            Row(
                name=names.value("district", code),
                total=table.row(code).count,
                cells=tuple(table.at(code, goal).count for goal in goals),
            )
            for code in rows
        ),
        dots=dots(projects, known),
        balance=tuple(_balance(table, known, t)),
        states=tuple(_states(projects, names, t)),
        gaps=tuple(_gaps(workplace, district, order, names, t)) if district not in ("", OFFICE) else (),
    )


def _balance(table: gap_analysis.Matrix, known: Reference, t: Translator) -> Iterator[Bar]:
    held = table.balance.get("")
    for term in known.vocabularies["dimension"]:
        percent = round(held.percent.get(term.code, 0)) if held else 0
        shown = f"%{percent}" if t.language == "tr" else f"{percent}%"
        yield Bar(name=visible(term.label[t.language]), count=shown, percent=percent, color=_COLORS.get(term.code, ""))


def _states(projects: Sequence[Project], names: FilterNames, t: Translator) -> Iterator[Bar]:
    """By status; what states none by what its dates say."""
    today = date.today()
    counts = Counter(project.fields.status for project in projects if project.fields.status)
    unstated = Counter(state(project.fields, today) for project in projects if not project.fields.status)
    bars = [(names.value("status", code), counts[code]) for code in names.in_order("status", counts)]
    bars += [(t(f"catalogue.unstated_{code}"), unstated[code]) for code in (ACTIVE, INACTIVE, UNCLEAR)]
    for name, count in bars:
        if count:
            yield Bar(name=name, count=t.number(count), percent=round(count * 100 / len(projects)))


def _gaps(
    workplace: Workplace, district: str, order: DocumentOrder, names: FilterNames, t: Translator
) -> Iterator[str]:
    wanted = ProjectFilter(network=order.wanted.network or not workplace.identity.office)
    if not workplace.identity.office and district == workplace.identity.body:
        wanted = ProjectFilter(network=order.wanted.network)
    table = gap_table(workplace, "goal", (district,), wanted)
    for finding in table.findings[:_MOST_GAPS]:
        yield sentence(finding, "goal", names, t)
