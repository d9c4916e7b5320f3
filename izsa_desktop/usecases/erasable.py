"""Whose words can be erased: the records that an id names, and what a person calls their registers."""

from izsa_desktop.domain import coaching, registers
from izsa_desktop.domain.authority import OF_DISTRICT
from izsa_desktop.domain.errors import NoSuchProject, NotYourDistrict
from izsa_desktop.domain.joint_registers import ANSWER
from izsa_desktop.domain.project import body_of
from izsa_desktop.domain.record_types import COACHING, JOINT
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import PROJECT, Revision
from izsa_desktop.usecases.projects import get_project
from izsa_desktop.usecases.workplace import Workplace

FIELDS = {
    COACHING: frozenset({coaching.TEXT, coaching.PARTICIPANTS, coaching.PERSON, coaching.LINK, coaching.RETURNED}),
    JOINT: frozenset({"name", "purpose", "indicators", "answer"}),
}
"""What can be erased of records that are no projects: what people wrote."""


def records_of(workplace: Workplace, id_: str) -> list[str]:
    """Of a project or of coaching the one record, of a joint programme all that are here, also when it was put away.

    A body for its own records; the office, which holds copies of all, for every one. Raises NoSuchProject,
    NotYourDistrict.
    """
    try:
        found = [get_project(workplace, id_).id]
    except NoSuchProject:
        with workplace.store.reading() as reader:
            bodies = (OFFICE, *(one.code for one in workplace.reference.districts))
            asked = [id_] if "/" in id_ else [f"{body}/{id_.lower()}" for body in bodies]
            found = [record for record in asked if reader.saves(record)]
        if not found:
            raise
    body = workplace.identity.body
    if not workplace.identity.office and any(body_of(record) != body for record in found):
        raise NotYourDistrict(workplace.reference.district_name(body_of(found[0])), workplace.body_name) from None
    return found


def field_of(revision: Revision, register: str) -> str:
    """The field that a person names who wants a register erased; empty for one that nobody can."""
    if revision.type == PROJECT:
        return registers.field_of(register)
    if revision.type == JOINT:
        name = {"title": "name", ANSWER: "answer"}.get(register) or registers.field_of(register)
    else:
        name = register.removeprefix(OF_DISTRICT)
    return name if name in FIELDS.get(revision.type, ()) else ""
