"""What the template knows of one project, in one language, for one kind of reader.

A public sheet says nothing that is personal: neither declared personal fields nor who saved, nor what the office wrote
to the district. Which photos it shows is decided by who hands them in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from markupsafe import Markup
from msgspec.structs import replace

from izsa_desktop.domain.authority import APPROVED
from izsa_desktop.domain.facets import confirmed_on, freshness
from izsa_desktop.domain.fields import public
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.reports import qr, sheet_rows
from izsa_desktop.reports.sheet_goals import GoalTile, Segment, goal_strip, goal_tiles
from izsa_desktop.reports.sheet_maps import SheetMaps, sheet_maps
from izsa_desktop.reports.sheet_material import INTERNAL, NO_MATERIAL, PUBLIC, Comment, Material, Photo
from izsa_desktop.reports.sheet_rows import BarView, IndicatorView, Table

FIELDS = ("purpose", "summary", "audience", "start", "goals", "targets", "dimensions", "indicators", "source", "id")
FIELDS_OF_THE_RECORD = ("revision", "updated", "review", "confirmed", "review_note", "contact")
TEXTS = (
    *("kind", "untitled", "not_entered", "no_goals", "main_goal", "further_goals", "facts", "deleted", "map_credit"),
    *("qr_alt", "no_revision", "check", "climate", "photos", "documents", "internal", "comments", "freshness"),
    *("baseline", "latest", "target"),
)
_TITLE_STEPS = (45, 80, 140)
_PURPOSE_STEPS = (180, 420, 700, 1000)
_DENSE_FROM = 900
_LONG_WORD = 18
_STATUS_MARKS = {
    "fikir": "idea",
    "planlandı": "planned",
    "sürüyor": "running",
    "tamamlandı": "done",
    "durduruldu": "paused",
    "iptal": "stopped",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """What the template knows of one project. Texts are ready to be read; "" means that nothing was entered."""

    language: str
    text: Mapping[str, str]
    field: Mapping[str, str]
    internal: bool
    """True for the sheet with what is personal."""
    id: str
    number: str
    """The number for people, like İZSA-BOR-2026-0012."""
    title: str
    title_language: str
    """The language that the title is in; so are purpose and summary."""
    title_size: int
    """0 (short, large letters) to 3."""
    purpose: str
    purpose_language: str
    purpose_size: int
    """0 to 4; from 4 on the purpose takes the whole width in two columns."""
    summary: str
    district: str
    body: str
    status: str
    status_mark: str
    start: str
    audience: tuple[str, ...]
    audience_notes: tuple[str, ...]
    goals: tuple[GoalTile, ...]
    """The main goal first."""
    targets: tuple[tuple[str, str], ...]
    """Codes and what they say."""
    strip: tuple[Segment, ...]
    dense: bool
    """True when there is much to read: smaller maps and less white keep the sheet on one page."""
    long_words: bool
    """True when a word may have to be broken, which makes the layout slower."""
    facts: tuple[tuple[str, str], ...]
    """Label and value of what was entered beside the required fields."""
    dimensions: tuple[BarView, ...]
    climate: tuple[tuple[str, str], ...]
    indicators: tuple[IndicatorView, ...]
    tables: tuple[Table, ...]
    photos: tuple[Photo, ...]
    documents: tuple[tuple[str, str], ...]
    """Caption or name, and address of what is linked."""
    source: str
    maps: SheetMaps
    conflict: str
    """A sentence when several values stand for a field."""
    deleted: bool
    review: str
    freshness: str
    """``fresh``, ``due``, ``stale`` or empty."""
    freshness_text: str
    confirmed: str
    """The day since which nobody has said that all this is still true."""
    contact: str
    """On internal sheets alone; so are the two below."""
    review_note: str
    comments: tuple[Comment, ...]
    qr: Markup
    check: str
    revision: str
    updated: str
    """When and, on internal sheets, by whom."""
    foot: str
    """What stands at the foot of every page of this sheet: the record, and the day of printing."""


def sheet_view(
    project: Project,
    reference: Reference,
    language: str,
    *,
    printed: date,
    variant: str = PUBLIC,
    material: Material = NO_MATERIAL,
) -> SheetView:
    """The project as the template shows it."""
    t, internal = translator(language), variant == INTERNAL
    if not internal:
        project = _for_everybody(project)
    f = project.fields
    notes = (f.audience_note,) if isinstance(f.audience_note, str) else f.audience_note
    title, title_language = in_language(language, f.title, f.title_en)
    purpose, purpose_language = in_language(language, f.purpose, f.purpose_en)
    light = freshness(confirmed_on(project), printed)
    words = " ".join(
        (title, purpose, f.summary, *notes, f.neighbourhood, f.place, f.unit, f.owner, *f.audience, *f.goals)
    )
    return SheetView(
        language=t.language,
        text=_texts(language),
        field=_fields(language),
        internal=internal,
        id=visible(project.id),
        number=visible(project.number),
        title=visible(title),
        title_language=title_language,
        title_size=_step(title, _TITLE_STEPS),
        purpose=visible(purpose),
        purpose_language=purpose_language,
        purpose_size=_step(purpose, _PURPOSE_STEPS),
        summary=visible(f.summary),
        district=visible(reference.district_name(f.district, t.language)) if f.district else "",
        body=body_name(project.body, reference, t),
        status=_term("status", f.status, reference, t),
        status_mark=_STATUS_MARKS.get(f.status, "other"),
        start=t.date(f.start) or visible(f.start or ""),
        audience=tuple(_term("audience", code, reference, t) for code in f.audience),
        audience_notes=tuple(visible(note) for note in notes if note),
        goals=goal_tiles(f.goals, reference, t.language, f.goal_details),
        targets=_targets(f, reference, t),
        strip=goal_strip(f.goals, reference),
        dense=sum(map(len, (title, purpose, *notes, f.place, f.source))) > _DENSE_FROM,
        long_words=any(len(word) > _LONG_WORD for word in visible(words).split()),
        facts=_facts(project, reference, t),
        dimensions=sheet_rows.dimensions(f, reference, t),
        climate=sheet_rows.climate(f, reference, t),
        indicators=sheet_rows.indicators(f, reference, t),
        tables=sheet_rows.tables(f, material.titles, reference, t),
        photos=material.photos,
        documents=tuple((visible(one.caption or one.link), visible(one.link)) for one in f.evidence if one.link),
        source=visible(f.source),
        maps=sheet_maps(f, reference, t),
        conflict=_conflict(project, t),
        deleted=project.deleted,
        review=_term("review", f.review, reference, t),
        freshness=light,
        freshness_text=t(f"sheet.{light}") if light else "",
        confirmed=t.date(confirmed_on(project)),
        contact=visible(f.contact),
        review_note=visible(f.review_note),
        comments=material.comments if internal else (),
        qr=qr.svg(project),
        check=qr.check_value(project),
        revision=visible(qr.short_revision(project)),
        updated=_updated(project, t),
        foot=t("sheet.foot", id=visible(project.id), date=t.date(printed.isoformat())),
    )


def body_name(code: str, reference: Reference, t: Translator) -> str:
    """What a reporting body is called."""
    if code == OFFICE:
        return t("sheet.body_office")
    name = reference.district_name(code)
    return visible(name) if name == code else t("sheet.body_district", name=name)


def texts(t: Translator) -> dict[str, str]:
    """The sentences of a sheet."""
    return {name: t(f"sheet.{name}") for name in TEXTS}


def fields(t: Translator) -> dict[str, str]:
    """The names of fields."""
    return {name: t(f"field.{name}") for name in (*FIELDS, *FIELDS_OF_THE_RECORD)}


@cache
def translator(language: str) -> Translator:
    return Translator(language)


@cache
def _texts(language: str) -> Mapping[str, str]:
    return texts(translator(language))


@cache
def _fields(language: str) -> Mapping[str, str]:
    return fields(translator(language))


def in_language(language: str, turkish: str, english: str) -> tuple[str, str]:
    """A text in this language where there is one, and the language that it is in."""
    return (english, "en") if english and (language == "en" or not turkish) else (turkish, "tr")


def _targets(f: ProjectFields, reference: Reference, t: Translator) -> tuple[tuple[str, str], ...]:
    known = reference.targets_by_code
    return tuple((visible(code), visible(known[code].title[t.language]) if code in known else "") for code in f.targets)


def _facts(project: Project, reference: Reference, t: Translator) -> tuple[tuple[str, str], ...]:
    f = project.fields
    rows = (
        (t("field.start_planned"), t.date(f.start_planned)),
        (t("field.end_planned"), t.date(f.end_planned)),
        (t("field.end"), t.date(f.end)),
        (t("field.kind"), _term("kind", f.kind, reference, t)),
        (t("field.theme"), _term("theme", f.theme, reference, t)),
        (t("field.periodic"), _term("periodic", f.periodic, reference, t)),
        (t("field.audience_number"), t.number(f.audience_number) if f.audience_number is not None else ""),
        (t("field.unit"), visible(f.unit)),
        (t("field.owner"), visible(f.owner)),
        (t("field.scope"), _term("scope", f.scope, reference, t)),
        (t("field.served"), visible(", ".join(reference.district_name(code, t.language) for code in f.served))),
        (t("field.neighbourhood"), visible(f.neighbourhood)),
        (t("field.place"), visible(f.place)),
    )
    return tuple(row for row in rows if row[1])


def _for_everybody(project: Project) -> Project:
    """Without what is between the office and a body. Of the review only that it is approved concerns others."""
    fields = public(project.fields)
    review = fields.review if fields.review == APPROVED else ""
    return replace(project, fields=replace(fields, review=review, review_note=""), updated_by="")


def _term(vocabulary: str, code: str, reference: Reference, t: Translator) -> str:
    return visible(reference.vocabularies[vocabulary].label(code, t.language)) if code else ""


def _conflict(project: Project, t: Translator) -> str:
    if not project.conflicts:
        return ""
    names = ", ".join(t.field(name) for name in project.conflicts)
    return t("sheet.conflict", count=len(project.conflicts), fields=names)


def _updated(project: Project, t: Translator) -> str:
    return ", ".join(part for part in (t.date(project.updated[:10]), visible(project.updated_by)) if part)


def _step(text: str, steps: Sequence[int]) -> int:
    """Which size a text gets. A line of its own takes a line's room, so line ends count as much as a short line."""
    length = len(text) + 40 * text.count("\n")
    return sum(length > limit for limit in steps)
