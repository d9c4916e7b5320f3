"""Reviewing: the office says how a district's project stands, and why. The district reads it in the next answer.

Beside state and note it may say something of a single field, and tick what it has looked at. These are registers of the
record like any other, which the office alone writes; they are read from its saves and are no part of the shown project,
so that no table, sheet or catalogue holds them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.authority import APPROVED, CHECKS, COMMENTS, REVIEW, REVIEW_NOTE, says_office
from izsa_desktop.domain.errors import BadField, OfficeOnly
from izsa_desktop.domain.fields import BY_NAME
from izsa_desktop.domain.merge import as_of
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Json, Revision
from izsa_desktop.domain.text import fold, has_control, normal
from izsa_desktop.reference.checklist import load_checklist
from izsa_desktop.usecases.projects import append, listed_project
from izsa_desktop.usecases.workplace import Workplace

MOST = BY_NAME[REVIEW_NOTE].max_length
MOST_OF_COMMENT = 1_000
CORRECTION = "düzeltme istendi"
STATES = "incelemede", CORRECTION, APPROVED, "arşiv"
"""What the office may say; the other states of the vocabulary are the districts'."""
CONFIRMED = "confirmed"
_DRAFT = "taslak"
"""In it a project waits for nobody; in a state that this version does not know it waits for the office's word."""
_SETTLED = frozenset({APPROVED, CORRECTION, "arşiv"})
"""States in which it waits again once the district has changed it."""
NEW, OPEN, CHANGED = "new", "open", "changed"
"""Why a project waits: nobody has looked at it; it is being reviewed; the district changed it after the review."""


def may_review(workplace: Workplace, project: Project) -> bool:
    """True at the office for a listed project of somebody else."""
    return workplace.identity.office and project.body != OFFICE and not project.deleted


# --- what is said ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the office says of a project beside state and note: comments by field, and codes of what it ticked."""

    comments: Mapping[str, str]
    checks: frozenset[str]


NO_REMARKS = Remarks({}, frozenset())


def remarks(workplace: Workplace, id_: str) -> Remarks:
    """What stands now; nothing for a project of which no history is here."""
    with workplace.store.reading() as reader:
        return _remarks(reader.state(id_).values)


def comments_of(workplace: Workplace, ids: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """The comments of several projects."""
    with workplace.store.reading() as reader:
        return {id_: _remarks(reader.state(id_).values).comments for id_ in ids}


def _remarks(values: Mapping[str, Json]) -> Remarks:
    said = {
        name.removeprefix(COMMENTS): text
        for name, text in values.items()
        if name.startswith(COMMENTS) and isinstance(text, str) and text
    }
    ordered = {name: said[name] for name in BY_NAME if name in said}
    ticked = frozenset(
        name.removeprefix(CHECKS) for name, on in values.items() if name.startswith(CHECKS) and on is True
    )
    return Remarks(ordered, ticked)


# --- saying it -------------------------------------------------------------------------------------------------------


def review(
    workplace: Workplace,
    id_: str,
    state: str | None = None,
    note: str | None = None,
    *,
    comments: Mapping[str, str] | None = None,
    checks: Mapping[str, bool] | None = None,
) -> Project:
    """Writes the state (code or name of one of ``STATES``) and what the district is to read with it.

    What is not given stays as it is; an empty text takes back what was said. ``comments`` by the names of fields,
    ``checks`` by the codes of the checklist. What was typed for it (``drafts``) is dropped in the same transaction.
    Raises OfficeOnly, NoSuchProject, BadField.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    changed: dict[str, Json] = {}
    if state is not None:
        changed[REVIEW] = _state(workplace, state)
    if note is not None:
        changed[REVIEW_NOTE] = _text(REVIEW_NOTE, note, MOST)
    for field, text in (comments or {}).items():
        if field not in BY_NAME:
            raise BadField("comments", "unknown_name", field[:60])
        changed[COMMENTS + field] = _text("comments", text, MOST_OF_COMMENT)
    known = {check.code for check in load_checklist()}
    for code, on in (checks or {}).items():
        if code not in known:
            raise BadField("checks", "unknown_code", code[:60])
        changed[CHECKS + code] = True if on else None
    project = listed_project(workplace, id_)
    with workplace.store.writing() as writer:
        history = writer.history(project.id)
        if may_review(workplace, project):  # else a draft is of the record itself
            writer.drop_draft(project.id)
        stands = writer.state(project.id)
        told = {name: value for name, value in changed.items() if _is_news(name, value, stands.values)}
        return append(workplace, writer, history, stands, told) if told else project


def _is_news(register: str, value: Json, before: Mapping[str, Json]) -> bool:
    """State and note are said again where a person says them; the rest only where it is otherwise."""
    return register in (REVIEW, REVIEW_NOTE) or before.get(register) != value


def _state(workplace: Workplace, named: str) -> str:
    words = workplace.reference.vocabularies[REVIEW]
    term = words.find(named)
    if term is None:
        raise BadField(REVIEW, "unknown_code", named[:60])
    if term.code not in STATES:
        raise BadField(REVIEW, "districts_state", named[:60])
    return term.code


def _text(field: str, typed: str, most: int) -> str | None:
    text = normal(typed)
    if has_control(text):
        raise BadField(field, "hidden_characters", text[:60])
    if len(text) > most:
        raise BadField(field, "too_long", text[:60], most)
    return text or None


# --- what waits ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """A project that waits for the office's word, and why."""

    project: Project
    why: str


def waiting(workplace: Workplace) -> list[Waiting]:
    """New and changed projects of the districts, what has waited longest first. Raises OfficeOnly."""
    if not workplace.identity.office:
        raise OfficeOnly
    with workplace.store.reading() as reader:
        theirs = [project for project in reader.everything() if project.body != OFFICE and project.heads]
        found = [Waiting(project, why) for project in theirs if (why := _why(reader, project))]
    return sorted(found, key=lambda one: (one.project.updated, one.project.id))


def _why(reader: Reader, project: Project) -> str:
    state = project.fields.review
    if state in _SETTLED:
        return _since(reader.history(project.id))
    if state == _DRAFT:
        return ""
    return OPEN if state == "incelemede" else NEW


def _since(saves: Sequence[Revision]) -> str:
    """Why it waits though its state is settled: somebody has said something to review of which no review knew,
    whichever came here first. A save that says so itself is none: a district archives its own work and goes on.
    """
    reviews = [one.id for one in saves if one.registers.get(REVIEW) in _SETTLED and not _to_review(one)]
    known = {save.id for save in as_of(saves, reviews)}
    if any(save.id not in known and not save.settles and _to_review(save) for save in saves):
        return CHANGED if reviews else NEW
    return ""


def _to_review(save: Revision) -> bool:
    return any(name != CONFIRMED and not says_office(name) for name in save.registers)


def corrected(reader: Reader, project: Project) -> bool:
    """True where something was changed since the office said how it stands."""
    return bool(_why(reader, project))


def matching(found: Iterable[Waiting], words: str = "", district: str = "", why: str = "") -> list[Waiting]:
    """Those of a district and a reason whose title or number holds all words."""
    wanted = fold(words).split()
    return [
        one
        for one in found
        if (not district or one.project.body == district)
        and (not why or one.why == why)
        and all(word in fold(f"{one.project.fields.title} {one.project.number}") for word in wanted)
    ]
