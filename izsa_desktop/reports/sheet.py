"""The project sheet: one HTML document for any number of projects, an A4 page each, ready for a ``PageRenderer``.

What a sheet says is decided here, how it looks in ``resources/templates`` (the README there lists every variable).
A sheet is for outsiders: what is personal is taken out first. All text of people passes ``visible`` here and the
template's autoescape; nothing in the document points outside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import jinja2
from markupsafe import Markup
from msgspec.structs import replace

from izsa_desktop import resource_files
from izsa_desktop.domain.fields import public
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.reports import qr
from izsa_desktop.reports.fonts import font_face_css
from izsa_desktop.reports.inset import province_inset
from izsa_desktop.reports.sheet_goals import GoalTile, Segment, goal_strip, goal_tiles
from izsa_desktop.reports.sheet_maps import SheetMaps, district_drawings, sheet_maps

_FIELDS = ("purpose", "audience", "start", "goals", "source", "id", "revision", "updated")
_TEXTS = (
    "kind",
    "untitled",
    "not_entered",
    "no_goals",
    "main_goal",
    "further_goals",
    "facts",
    "deleted",
    "map_credit",
    "qr_alt",
    "no_revision",
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

    id: str
    title: str
    title_size: int
    """0 (short, large letters) to 3."""
    purpose: str
    purpose_size: int
    """0 to 4; from 4 on the purpose takes the whole width in two columns."""
    district: str
    body: str
    status: str
    status_mark: str
    start: str
    audience: tuple[str, ...]
    audience_notes: tuple[str, ...]
    goals: tuple[GoalTile, ...]
    """The main goal first."""
    strip: tuple[Segment, ...]
    dense: bool
    """True when there is much to read: smaller maps and less white keep the sheet on one page."""
    long_words: bool
    """True when a word may have to be broken, which makes the layout slower."""
    facts: tuple[tuple[str, str], ...]
    """Label and value of what was entered beside the required fields."""
    source: str
    maps: SheetMaps
    conflict: str
    """A sentence when several values stand for a field."""
    deleted: bool
    qr: Markup
    revision: str
    updated: str
    """When and by whom."""
    foot: str
    """What stands at the foot of every page of this sheet: the record, and the day of printing."""


def sheet_html(
    projects: Sequence[Project],
    reference: Reference,
    language: str,
    *,
    organisation: str = "",
    printed: date | None = None,
) -> str:
    """The sheets of these projects as one HTML document in ``tr`` or ``en``.

    ``organisation`` stands in the page's head (the network's name when empty), ``printed`` in its foot (today).
    """
    t = Translator(language)
    day = t.date((printed or date.today()).isoformat())
    sheets = [_view(replace(project, fields=public(project.fields)), reference, t, day) for project in projects]
    return _template().render(
        language=t.language,
        document_title=_document_title(sheets, t),
        organisation=visible(organisation) or t("sheet.organisation"),
        css=Markup(font_face_css() + "\n" + _css()),
        field={name: t(f"field.{name}") for name in _FIELDS},
        text={name: t(f"sheet.{name}") for name in _TEXTS},
        province=province_inset(),
        districts=district_drawings([sheet.maps.own for sheet in sheets], reference),
        sheets=sheets,
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resource_files.path("templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["css_string"] = css_string
    return environment.get_template("sheet.html")


def css_string(text: str) -> Markup:
    """A text as a string of CSS inside ``<style>``: everything but letters, digits and blanks is spelled out."""
    return Markup('"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"')


@cache
def _css() -> str:
    return resource_files.path("templates/sheet.css").read_text(encoding="utf-8")


def _document_title(sheets: Sequence[SheetView], t: Translator) -> str:
    if len(sheets) == 1:
        return t("sheet.document_title", title=sheets[0].title or t("sheet.untitled"))
    return t("sheet.document_title_many", count=len(sheets))


def _view(project: Project, reference: Reference, t: Translator, day: str) -> SheetView:
    f = project.fields
    notes = (f.audience_note,) if isinstance(f.audience_note, str) else f.audience_note
    words = " ".join((f.title, f.purpose, *notes, f.neighbourhood, f.place, f.unit, f.owner, *f.audience, *f.goals))
    return SheetView(
        id=visible(project.id),
        title=visible(f.title),
        title_size=_step(f.title, _TITLE_STEPS),
        purpose=visible(f.purpose),
        purpose_size=_step(f.purpose, _PURPOSE_STEPS),
        district=visible(reference.district_name(f.district, t.language)) if f.district else "",
        body=_body(project.body, reference, t),
        status=_term("status", f.status, reference, t),
        status_mark=_STATUS_MARKS.get(f.status, "other"),
        start=t.date(f.start) or visible(f.start or ""),
        audience=tuple(_term("audience", code, reference, t) for code in f.audience),
        audience_notes=tuple(visible(note) for note in notes if note),
        goals=goal_tiles(f.goals, reference, t.language),
        strip=goal_strip(f.goals, reference),
        dense=sum(map(len, (f.title, f.purpose, *notes, f.place, f.source))) > _DENSE_FROM,
        long_words=any(len(word) > _LONG_WORD for word in visible(words).split()),
        facts=_facts(project, reference, t),
        source=visible(f.source),
        maps=sheet_maps(f, reference, t),
        conflict=_conflict(project, t),
        deleted=project.deleted,
        qr=qr.svg(project),
        revision=visible(qr.short_revision(project)),
        updated=_updated(project, t),
        foot=t("sheet.foot", id=visible(project.id), date=day),
    )


def _facts(project: Project, reference: Reference, t: Translator) -> tuple[tuple[str, str], ...]:
    f = project.fields
    rows = (
        (t("field.unit"), visible(f.unit)),
        (t("field.owner"), visible(f.owner)),
        (t("field.scope"), _term("scope", f.scope, reference, t)),
        (t("field.neighbourhood"), visible(f.neighbourhood)),
        (t("field.place"), visible(f.place)),
    )
    return tuple(row for row in rows if row[1])


def _term(vocabulary: str, code: str, reference: Reference, t: Translator) -> str:
    return visible(reference.vocabularies[vocabulary].label(code, t.language)) if code else ""


def _body(code: str, reference: Reference, t: Translator) -> str:
    if code == OFFICE:
        return t("sheet.body_office")
    name = reference.district_name(code)
    return visible(name) if name == code else t("sheet.body_district", name=name)


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
