"""Joint programmes at the office: made, changed, put away, and told to those that take part.

With every answer of the office the members learn who has agreed and who has not. Of what two PCs of the office wrote
without knowing of each other, the newer is shown, and saving the programme again decides.
"""

import dataclasses
import secrets
from collections.abc import Sequence

from msgspec.structs import replace

from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.errors import BadField, NoSuchProject, OfficeOnly, OneBodyAlone
from izsa_desktop.domain.joint import MAX_MEMBERS, Member, ProgrammeFields, as_project, programme_of
from izsa_desktop.domain.joint_registers import says_what_it_is, to_registers, told_registers
from izsa_desktop.domain.merge import RecordState
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.revision import DELETED, Json
from izsa_desktop.domain.text import is_blank
from izsa_desktop.domain.validation import clean
from izsa_desktop.usecases.joint import programme, state, write
from izsa_desktop.usecases.workplace import Workplace

_LEAST = 2
"""Bodies, below which nothing is joint."""
_NOTHING = ProgrammeFields()


def proposed(workplace: Workplace, projects: Sequence[str], lead: str = "") -> ProgrammeFields:
    """What a programme of these projects may be called and be about, for a person to change. Raises NoSuchProject."""
    found = _known(workplace, projects)
    first = found[0].fields
    starts = sorted(one.fields.start for one in found if one.fields.start and one.fields.start != "unknown")
    return ProgrammeFields(
        name=first.title,
        purpose=first.purpose,
        lead=lead or found[0].body,
        members=tuple(Member(one.id, one.fields.title) for one in found),
        status=next((one.fields.status for one in found if one.fields.status), ""),
        start=starts[0] if starts else None,
    )


def create(workplace: Workplace, fields: ProgrammeFields) -> str:
    """Makes a programme and asks its bodies with their next answers; its id.

    Raises OfficeOnly, BadField, UnknownDistrict, NoSuchProject.
    """
    key = secrets.token_hex(16)
    _save(workplace, key, fields)
    return key


def edit(workplace: Workplace, id_: str, fields: ProgrammeFields) -> None:
    """Stores it as it is to be now; bodies that are not asked any more have it no longer.

    Raises as ``create``, and NoSuchProgramme.
    """
    found = programme(workplace, id_)
    _save(workplace, found.id, fields, found.fields)


def put_away(workplace: Workplace, id_: str) -> None:
    """Ends a programme that was made by mistake, for all its bodies. Raises OfficeOnly, NoSuchProgramme."""
    _require_office(workplace)
    key = programme(workplace, id_).id
    with workplace.store.writing() as writer:
        write(workplace, writer, {share.id: {DELETED: True} for share in writer.joint(key)})


def _save(workplace: Workplace, key: str, fields: ProgrammeFields, before: ProgrammeFields = _NOTHING) -> None:
    _require_office(workplace)
    fields = _checked(workplace, fields, before)
    with workplace.store.writing() as writer:
        records = [f"{body}/{key}" for body in dict.fromkeys((OFFICE, *fields.asked))]
        wanted = {record: _changed(state(writer, record), fields) for record in records}
        gone = [share.id for share in writer.joint(key) if share.id not in wanted]
        write(workplace, writer, wanted | {id_: {DELETED: True} for id_ in gone})


def _changed(state: RecordState, fields: ProgrammeFields) -> dict[str, Json]:
    """What a record lacks to show these fields, and to show them without a doubt."""
    undecided = set(filter(says_what_it_is, state.conflicts))
    before = {name: value for name, value in state.values.items() if name not in undecided}
    changed: dict[str, Json] = dict.fromkeys(undecided)
    if state.values.get(DELETED) is True:
        changed[DELETED] = None
    return changed | to_registers(fields, before)


def tell(workplace: Workplace, district: str) -> None:
    """Before the office answers a district: writes into its programmes what the others have answered since."""
    with workplace.store.reading() as reader:
        if not any(_untold(reader, district).values()):
            return
    with workplace.store.writing() as writer:
        write(workplace, writer, _untold(writer, district))


def _untold(reader: Reader, district: str) -> dict[str, dict[str, Json]]:
    """By record what this district is to be told."""
    found = {}
    for share in reader.joint():
        if share.body == district != OFFICE:
            answers = programme_of(reader.joint(share.key)).answers
            others = [one for one in answers if one.body not in (district, OFFICE)]
            found[share.id] = told_registers(others, state(reader, share.id).values)
    return found


def _require_office(workplace: Workplace) -> None:
    if not workplace.identity.office:
        raise OfficeOnly


def _checked(workplace: Workplace, fields: ProgrammeFields, before: ProgrammeFields) -> ProgrammeFields:
    """As it is stored. What is in it already stays, also where the project is not here any more."""
    if is_blank(fields.name):
        raise BadField("joint_name", "empty")
    if not fields.lead:
        raise BadField("joint_lead", "empty")
    known = workplace.reference
    fields = replace(
        fields,
        lead=known.district(fields.lead).code,
        bodies=tuple(dict.fromkeys(known.district(code).code for code in fields.bodies)),
        members=_members(workplace, fields.members, before.members),
    )
    if len(fields.members) > MAX_MEMBERS:
        raise BadField("joint_members", "too_many", str(len(fields.members)), MAX_MEMBERS)
    if len(fields.asked) < _LEAST:
        raise OneBodyAlone
    said = _cleaned(fields, known)
    return replace(
        fields,
        name=said.title,
        purpose=said.purpose,
        status=said.status,
        start=said.start,
        end=said.end,
        indicators=said.indicators,
    )


def _cleaned(fields: ProgrammeFields, known: Reference) -> ProjectFields:
    """What is checked as in a project. What is wrong is called as it is in a programme."""
    try:
        return clean(as_project(fields), known)
    except BadField as e:
        raise dataclasses.replace(e, field=_OWN_NAMES.get(e.field, e.field)) from e


_OWN_NAMES = {"title": "joint_name", "purpose": "joint_purpose"}


def _members(workplace: Workplace, wanted: Sequence[Member], before: Sequence[Member]) -> tuple[Member, ...]:
    """These projects, each once, as they are called now."""
    ids = list(dict.fromkeys(one.project for one in wanted))
    titles = {one.project: one.title for one in before}
    with workplace.store.reading() as reader:
        titles |= {one.id: one.fields.title for one in reader.projects_by_id(ids) if not one.deleted}
    if missing := next((id_ for id_ in ids if id_ not in titles), ""):
        raise NoSuchProject(missing)
    return tuple(Member(id_, titles[id_]) for id_ in ids)


def _known(workplace: Workplace, ids: Sequence[str]) -> list[Project]:
    """These projects in this order. Raises NoSuchProject."""
    with workplace.store.reading() as reader:
        found = {one.id: one for one in reader.projects_by_id(ids) if not one.deleted}
    if missing := next((id_ for id_ in ids if id_ not in found), ""):
        raise NoSuchProject(missing)
    return [found[id_] for id_ in ids]
