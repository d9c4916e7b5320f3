"""Reviewing: the office says how a district's project stands, and why. The district reads it in the next answer."""

from izsa_desktop.domain.authority import REVIEW, REVIEW_NOTE
from izsa_desktop.domain.errors import BadField, OfficeOnly
from izsa_desktop.domain.fields import FIELDS
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Json
from izsa_desktop.domain.text import has_control, normal
from izsa_desktop.usecases.projects import append, get_project
from izsa_desktop.usecases.workplace import Workplace

MOST = next(spec.max_length for spec in FIELDS if spec.name == REVIEW_NOTE)


def may_review(workplace: Workplace, project: Project) -> bool:
    """True at the office for a listed project of somebody else."""
    return workplace.identity.office and project.body != OFFICE and not project.deleted


def review(workplace: Workplace, id_: str, state: str, note: str | None = None) -> Project:
    """Writes the state (code or name of the vocabulary ``review``) and what the district is to read with it.

    Without a note the one that stands stays. What was typed for it (``drafts``) is dropped in the same transaction.
    Raises OfficeOnly, NoSuchProject, BadField.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    term = workplace.reference.vocabularies[REVIEW].find(state)
    if term is None:
        raise BadField(REVIEW, "unknown_code", state[:60])
    changed: dict[str, Json] = {REVIEW: term.code}
    if note is not None:
        text = normal(note)
        if has_control(text):
            raise BadField(REVIEW_NOTE, "hidden_characters", text[:60])
        if len(text) > MOST:
            raise BadField(REVIEW_NOTE, "too_long", text[:60], MOST)
        changed[REVIEW_NOTE] = text or None
    project = get_project(workplace, id_)
    with workplace.store.writing() as writer:
        history = writer.history(project.id)
        if may_review(workplace, project):  # else a draft is of the record itself
            writer.drop_draft(project.id)
        return append(workplace, writer, history, writer.state(project.id), changed)
