"""Joint programmes as registers: those of a project where they mean the same, and those of their own."""

from collections.abc import Iterable, Mapping, Sequence

from izsa_desktop.domain import registers
from izsa_desktop.domain.authority import OF_DISTRICT, TOLD
from izsa_desktop.domain.dates import is_day
from izsa_desktop.domain.joint import ACCEPT, DECLINE, Answer, Member, ProgrammeFields, Share, as_project
from izsa_desktop.domain.merge import RecordState
from izsa_desktop.domain.project import body_of
from izsa_desktop.domain.revision import DELETED, Json, Revision

ANSWER = f"{OF_DISTRICT}answer"
"""The register in which a body answers."""
_LEAD, _MEMBERS, _TITLES, _BODIES = "lead", "members/", "titles/", "bodies/"


def to_registers(fields: ProgrammeFields, before: Mapping[str, Json]) -> dict[str, Json]:
    """What must be written so that a record whose registers are ``before`` shows ``fields``."""
    members: dict[str, Json] = {_MEMBERS + one.project: {"rank": n} for n, one in enumerate(fields.members, start=1)}
    titles: dict[str, Json] = {_TITLES + one.project: one.title for one in fields.members if one.title}
    bodies: dict[str, Json] = {_BODIES + code: {"rank": n} for n, code in enumerate(fields.bodies, start=1)}
    wanted: dict[str, Json] = {_LEAD: fields.lead or None}
    had = (name for name in before if name.startswith((_MEMBERS, _TITLES, _BODIES)))
    wanted |= dict.fromkeys(had) | members | titles | bodies
    changed = {name: value for name, value in wanted.items() if before.get(name) != value}
    return changed | registers.to_registers(as_project(fields), before)


def member_of(register: str) -> str:
    """The id of the project that a register puts into the programme; empty for another register."""
    return register.removeprefix(_MEMBERS) if register.startswith(_MEMBERS) else ""


def titles_of(project: str, titles: Sequence[Json], held: Mapping[str, Json]) -> list[str]:
    """Those of the registers ``held`` in which a programme keeps one of these titles of a member."""
    member = held.get(_MEMBERS + project)  # in the first versions the title stood in it
    found = [_TITLES + project] if held.get(_TITLES + project) in titles else []
    if isinstance(member, dict) and member.get("title") in titles:
        found.append(_MEMBERS + project)
    return found


def taken_over(said: Mapping[str, Sequence[Json]], held: Mapping[str, Json]) -> list[str]:
    """Those of the registers ``held`` in which a programme's own name and purpose are what a member ``said``."""
    return [name for name in ("title", "purpose") if held.get(name) in said.get(name, ())]


def told_registers(answers: Iterable[Answer], before: Mapping[str, Json]) -> dict[str, Json]:
    """What must be written to tell what others answered; their notes are for the office alone."""
    wanted = {TOLD + one.body: {"day": one.day, "said": one.said} for one in answers if one.said}
    gone = {name: None for name in before if name.startswith(TOLD) and name not in wanted}
    return {name: value for name, value in (gone | wanted).items() if before.get(name) != value}


def answer_registers(said: str, note: str, day: str) -> dict[str, Json]:
    """What an answer writes."""
    return {ANSWER: {"day": day, "note": note, "said": said}}


def share_of_state(state: RecordState, revisions: Iterable[Revision]) -> Share | None:
    """What a body's record shows. ``revisions``: all that the state is of.

    None for one that was put away, and while nothing is here of what the office says it is.
    """
    values = state.values
    newest = max(state.heads, key=_age, default=None)
    if newest is None or (values.get(DELETED) is True and DELETED not in state.conflicts):
        return None
    if not any(value is not None and name != DELETED and says_what_it_is(name) for name, value in values.items()):
        return None
    said = [one for one in revisions if one.registers.get(ANSWER) == values.get(ANSWER) is not None]
    author = max(said, key=_age).author if said else ""
    wrote = max((one for one in revisions if _of_programme(one)), key=_age, default=newest)
    return Share(
        id=state.record,
        fields=_fields(values),
        answer=_read_answer(
            body_of(state.record), values.get(ANSWER), author=author, disputed=ANSWER in state.conflicts
        ),
        told=tuple(_read_answer(code, value) for code, value in sorted(_rows(values, TOLD).items())),
        conflicts=tuple(sorted(filter(says_what_it_is, state.conflicts))),
        updated=wrote.wall,
        updated_by=wrote.author,
    )


def _age(revision: Revision) -> tuple[str, str]:
    return revision.wall, revision.id


def _of_programme(revision: Revision) -> bool:
    return any(map(says_what_it_is, revision.registers))


def says_what_it_is(register: str) -> bool:
    """True for a register of the programme itself, not of what a body says to it, whatever a later version lets it."""
    return not register.startswith((OF_DISTRICT, TOLD))


def _fields(values: Mapping[str, Json]) -> ProgrammeFields:
    """Whatever registers hold can be shown: what fits nothing is passed over."""
    shown = registers.fields_of(values)
    members, bodies = _rows(values, _MEMBERS), _rows(values, _BODIES)
    return ProgrammeFields(
        name=shown.title,
        purpose=shown.purpose,
        lead=_text(values.get(_LEAD)),
        members=tuple(Member(id_, _title(values, id_, members[id_])) for id_ in _ranked(members)),
        bodies=tuple(_ranked(bodies)),
        status=shown.status,
        start=shown.start,
        end=shown.end,
        indicators=shown.indicators,
    )


def _title(values: Mapping[str, Json], project: str, member: Mapping[str, Json]) -> str:
    """In the first versions the title stood in the member's register."""
    return _text(values.get(_TITLES + project)) or _text(member.get("title"))


def _rows(values: Mapping[str, Json], stem: str) -> dict[str, Mapping[str, Json]]:
    found = {name.partition("/")[2]: value for name, value in values.items() if name.startswith(stem)}
    return {name: value for name, value in found.items() if isinstance(value, dict)}


def _ranked(elements: Mapping[str, Mapping[str, Json]]) -> list[str]:
    ranks = {name: value.get("rank") for name, value in elements.items()}
    return sorted((name for name, rank in ranks.items() if isinstance(rank, int)), key=lambda name: (ranks[name], name))


def _read_answer(body: str, value: Json, *, author: str = "", disputed: bool = False) -> Answer:
    held = value if isinstance(value, dict) else {}
    said, day = held.get("said"), _text(held.get("day"))
    return Answer(
        body=body,
        said=said if said in (ACCEPT, DECLINE) else "",
        note=_text(held.get("note")),
        day=day if is_day(day) else "",  # the office tells it to the others: nothing else goes to them that way
        author=author,
        disputed=disputed,
    )


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
