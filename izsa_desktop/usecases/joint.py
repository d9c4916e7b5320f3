"""Joint programmes: what is here of them, how they count, and what a body that is asked answers.

What the office writes (``joining``) goes into a record for every body that is asked, so it reaches each of them with
the next answer; what a body answers reaches the office with its next bundle.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, count, groupby, repeat

from msgspec.structs import replace

from izsa_desktop.analysis.works import DECLINED, Entry, Works, entry_of
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import (
    BadField,
    DistrictOnly,
    NoSuchProgramme,
)
from izsa_desktop.domain.joint import (
    ACCEPT,
    DECLINE,
    MAX_NOTE,
    Member,
    Programme,
    ProgrammeFields,
    programme_of,
)
from izsa_desktop.domain.joint_registers import answer_registers
from izsa_desktop.domain.merge import RecordState, record_state
from izsa_desktop.domain.project import Project, body_of
from izsa_desktop.domain.record_types import JOINT, of_type
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Json
from izsa_desktop.domain.text import has_control, normal, sort_key, visible
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.projects import revisions_in
from izsa_desktop.usecases.workplace import Workplace

_LEAST_BEGINNING = 4

# --- reading ---------------------------------------------------------------------------------------------------------


def programmes(workplace: Workplace) -> list[Programme]:
    """All joint programmes that are here, by name: at the office all, at a district those that it is asked to join.

    Their projects are called as they are called here; those that are not here, as the office knew them.
    """
    with workplace.store.reading() as reader:
        found = programmes_in(reader)
        here = reader.projects_by_id({member.project for one in found for member in one.fields.members})
    titles = {one.id: one.fields.title for one in here if not one.deleted}
    return sorted((_titled(one, titles) for one in found), key=lambda one: (sort_key(one.fields.name), one.id))


def _titled(one: Programme, titles: Mapping[str, str]) -> Programme:
    members = tuple(Member(old.project, titles.get(old.project, old.title)) for old in one.fields.members)
    return replace(one, fields=replace(one.fields, members=members))


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
    """By project the joint programmes that it is in, and its place: the lead's first; ``DECLINED`` for who declined."""
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for one in programmes_in(reader):
        for project, n in chain(zip(one.joined, count()), zip(one.declined, repeat(DECLINED))):
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


def called(fields: ProgrammeFields, t: Translator) -> str:
    """The programme's name in one line, or a word for one that has none (any more)."""
    return " ".join(visible(fields.name).split()) or t("joint.untitled")


def member_called(member: Member, t: Translator) -> str:
    """The same of one of its projects."""
    return " ".join(visible(member.title).split()) or t("joint.untitled_member")


def member_projects(workplace: Workplace, of: Programme) -> dict[str, Project]:
    """Its projects by id as far as they are known here."""
    with workplace.store.reading() as reader:
        found = reader.projects_by_id(one.project for one in of.fields.members)
    return {one.id: one for one in found if not one.deleted}


def write(workplace: Workplace, writer: Writer, wanted: dict[str, dict[str, Json]]) -> None:
    """One save for every record in which something changes, upon all that is there."""
    saves = [
        (record, tuple(head.id for head in state(writer, record).heads), changed)
        for record, changed in wanted.items()
        if changed
    ]
    if saves:
        writer.add(list(revisions_in(workplace, writer, saves, type_=JOINT)))


def state(reader: Reader, record: str) -> RecordState:
    """What a body's record says, conflicts and all."""
    return record_state(record, of_type(reader.saves(record), JOINT))


# --- a body that is asked --------------------------------------------------------------------------------------------


def unanswered(workplace: Workplace) -> list[Programme]:
    """What this district is asked to join and has not answered, or not with one voice; at the office nothing."""
    body = workplace.identity.body
    return [one for one in programmes(workplace) if (said := one.answer(body)) is not None and said.open]


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
        write(workplace, writer, {record: answer_registers(said, note, date.today().isoformat())})


def waiting(of: Programme) -> Iterator[str]:
    """Codes of the bodies that have not answered, or not with one voice."""
    return (one.body for one in of.answers if one.open)
