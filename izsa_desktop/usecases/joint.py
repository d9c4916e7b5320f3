"""Joint programmes: the office makes them and asks the bodies whose work they are; each body answers for itself.

What the office writes goes into a record for every body that is asked, so it reaches each of them with the next answer;
what a body answers reaches the office with its next bundle. With every answer of the office the others learn who has
agreed and who has not. Of what two PCs of the office wrote without knowing of each other, the newer is shown, and
saving the programme again decides.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec.structs import replace

from izsa_desktop.analysis.works import Entry, Works, entry_of
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import BadField, DistrictOnly, NoSuchProgramme, NoSuchProject, OfficeOnly
from izsa_desktop.domain.joint import (
    ACCEPT,
    DECLINE,
    MAX_MEMBERS,
    MAX_NOTE,
    Member,
    Programme,
    ProgrammeFields,
    Share,
    answer_registers,
    as_project,
    programme_of,
    says_what_it_is,
    to_registers,
    told_registers,
)
from izsa_desktop.domain.merge import RecordState, record_state
from izsa_desktop.domain.project import Project, body_of
from izsa_desktop.domain.record_types import JOINT, of_type
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import DELETED, Json
from izsa_desktop.domain.text import has_control, normal, sort_key
from izsa_desktop.domain.validation import clean
from izsa_desktop.usecases.projects import revisions_in
from izsa_desktop.usecases.workplace import Workplace

_LEAST_BEGINNING = 4
_LEAST = 2
"""Projects or bodies, below which nothing is joint."""
_NOTHING = ProgrammeFields()

# --- reading ---------------------------------------------------------------------------------------------------------


def programmes(workplace: Workplace) -> list[Programme]:
    """All joint programmes that are here, by name: at the office all, at a district those that it is asked to join."""
    with workplace.store.reading() as reader:
        found = programmes_in(reader)
    return sorted(found, key=lambda one: (sort_key(one.fields.name), one.id))


def programme(workplace: Workplace, id_: str) -> Programme:
    """One of them by its id, or by enough of the beginning. Raises NoSuchProgramme."""
    found = [
        one
        for one in programmes(workplace)
        if one.id == id_ or (len(id_) >= _LEAST_BEGINNING and one.id.startswith(id_.lower()))
    ]
    if len(found) != 1:
        raise NoSuchProgramme(id_)
    return found[0]


def programmes_in(reader: Reader) -> list[Programme]:
    """All of them, in the order of their ids."""
    shares = sorted(reader.joint(), key=lambda share: (share.key, share.id))
    return [programme_of(list(some)) for _key, some in groupby(shares, key=lambda share: share.key)]


def places(reader: Reader) -> dict[str, tuple[tuple[str, int], ...]]:
    """By project the joint programmes in which it counts together with others, and its place: the lead's first."""
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for one in programmes_in(reader):
        for n, project in enumerate(one.joined):
            found[project] = (*found.get(project, ()), (one.id, n))
    return found


def entries_of(reader: Reader, projects: Iterable[Project], today: date) -> Iterator[Entry]:
    """What is counted of projects, with the joint programmes that they are in."""
    known = places(reader)
    return (entry_of(project, today, known.get(project.id, ())) for project in projects)


def work_numbers(reader: Reader, projects: Iterable[Project]) -> dict[str, int]:
    """By project the number of its piece of work: the same for those that count once together."""
    return {entry.id: work for work, entry in Works(entries_of(reader, projects, date.today())).numbered()}


def standing_offers(reader: Reader, district: str) -> tuple[list[bool], frozenset[str]]:
    """For the coaching ladder: of each programme that a district is asked to join whether it has answered; and its
    projects that are joint work with another district's, to which it has said yes."""
    asked = [(one, said) for one in programmes_in(reader) if (said := one.answer(district)) is not None]
    accepted = [one for one, said in asked if said.said == ACCEPT]
    shared = frozenset(
        id_
        for one in accepted
        if {body_of(other) for other in one.joined} - {district, OFFICE}
        for id_ in one.joined
        if body_of(id_) == district
    )
    return [bool(said.said) for _, said in asked], shared


def member_projects(workplace: Workplace, of: Programme) -> dict[str, Project]:
    """Its projects by id as far as they are known here."""
    with workplace.store.reading() as reader:
        found = reader.projects_by_id(one.project for one in of.fields.members)
    return {one.id: one for one in found if not one.deleted}


# --- the office ------------------------------------------------------------------------------------------------------


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
        _write(workplace, writer, {share.id: {DELETED: True} for share in writer.joint(key)})


def _save(workplace: Workplace, key: str, fields: ProgrammeFields, before: ProgrammeFields = _NOTHING) -> None:
    _require_office(workplace)
    fields = _checked(workplace, fields, before)
    with workplace.store.writing() as writer:
        records = [f"{body}/{key}" for body in dict.fromkeys((OFFICE, *fields.asked))]
        wanted = {record: _changed(_state(writer, record), fields) for record in records}
        gone = [share.id for share in writer.joint(key) if share.id not in wanted]
        _write(workplace, writer, wanted | {id_: {DELETED: True} for id_ in gone})


def _changed(state: RecordState, fields: ProgrammeFields) -> dict[str, Json]:
    """What a record lacks to show these fields, and to show them without a doubt."""
    undecided = set(filter(says_what_it_is, state.conflicts))
    before = {name: value for name, value in state.values.items() if name not in undecided}
    changed: dict[str, Json] = dict.fromkeys(undecided)
    if state.values.get(DELETED) is True:
        changed[DELETED] = None
    return changed | to_registers(fields, before)


def _write(workplace: Workplace, writer: Writer, wanted: dict[str, dict[str, Json]]) -> None:
    """One save for every record in which something changes, upon all that is there."""
    saves = [
        (record, tuple(head.id for head in _state(writer, record).heads), changed)
        for record, changed in wanted.items()
        if changed
    ]
    if saves:
        writer.add(list(revisions_in(workplace, writer, saves, type_=JOINT)))


def _state(reader: Reader, record: str) -> RecordState:
    return record_state(record, of_type(reader.saves(record), JOINT))


def tell(workplace: Workplace, district: str) -> None:
    """Before the office answers a district: writes into its programmes what the others have answered since."""
    with workplace.store.reading() as reader:
        if not any(_untold(reader, district).values()):
            return
    with workplace.store.writing() as writer:
        _write(workplace, writer, _untold(writer, district))


def _untold(reader: Reader, district: str) -> dict[str, dict[str, Json]]:
    """By record what this district is to be told."""
    found = {}
    for share in reader.joint():
        if share.body == district != OFFICE:
            answers = programme_of(reader.joint(share.key)).answers
            others = [one for one in answers if one.body not in (district, OFFICE)]
            found[share.id] = told_registers(others, _state(reader, share.id).values)
    return found


def _require_office(workplace: Workplace) -> None:
    if not workplace.identity.office:
        raise OfficeOnly


def _checked(workplace: Workplace, fields: ProgrammeFields, before: ProgrammeFields) -> ProgrammeFields:
    """As it is stored. What is in it already stays, also where the project is not here any more."""
    if not normal(fields.name):
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
    if max(len(fields.members), len(fields.asked)) < _LEAST:
        raise BadField("joint_members", "too_few", "", _LEAST)
    said = clean(as_project(fields), known)
    return replace(
        fields,
        name=said.title,
        purpose=said.purpose,
        status=said.status,
        start=said.start,
        end=said.end,
        indicators=said.indicators,
    )


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


# --- a body that is asked --------------------------------------------------------------------------------------------


def own_share(workplace: Workplace, of: Programme) -> Share | None:
    """What this district has of a programme; None at the office."""
    body = workplace.identity.body
    with workplace.store.reading() as reader:
        return next((share for share in reader.joint(of.id) if share.body == body != OFFICE), None)


def unanswered(workplace: Workplace) -> list[Programme]:
    """What this district is asked to join and has not answered; at the office what nobody has to answer: nothing."""
    body = workplace.identity.body
    return [one for one in programmes(workplace) if (said := one.answer(body)) is not None and not said.said]


def answer(workplace: Workplace, id_: str, said: str, note: str = "") -> None:
    """Answers for this district: ``ACCEPT`` or ``DECLINE``; goes with its next bundle. A later answer replaces it.

    Raises DistrictOnly, NoSuchProgramme, BadField.
    """
    if workplace.identity.office:
        raise DistrictOnly
    if said not in (ACCEPT, DECLINE):
        raise BadField("joint_answer", "unknown_code", said[:20])
    note = normal(note)
    if has_control(note):
        raise BadField("joint_note", "hidden_characters")
    if len(note) > MAX_NOTE:
        raise BadField("joint_note", "too_long", f"{note[:40]}…", MAX_NOTE)
    found = programme(workplace, id_)
    now = found.answer(workplace.identity.body)
    if now is not None and (now.said, now.note, now.disputed) == (said, note, False):
        return
    record = f"{workplace.identity.body}/{found.id}"
    with workplace.store.writing() as writer:
        _write(workplace, writer, {record: answer_registers(said, note, date.today().isoformat())})


def waiting(of: Programme) -> Iterator[str]:
    """Codes of the bodies that have not answered."""
    return (one.body for one in of.answers if not one.said)
