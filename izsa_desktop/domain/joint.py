"""Joint programmes: work that several bodies do together, in records of their own beside the projects.

The office writes a programme once for every body that it asks, and once for itself, under ids that end alike:
``<body>/<key>``. So a programme reaches its members and nobody else, as everything else does. In a body's record stands
what the programme is (the same in all of them), what that body answers, which only that body may write, and what the
office has heard from the others. The office's own record says what holds.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from izsa_desktop.domain import registers
from izsa_desktop.domain.authority import OF_DISTRICT
from izsa_desktop.domain.merge import RecordState
from izsa_desktop.domain.project import ProjectFields, body_of
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import DELETED, Json, Revision
from izsa_desktop.domain.rows import Indicator

ANSWER = f"{OF_DISTRICT}answer"
"""The register in which a body answers."""
LEAD, _MEMBERS, _BODIES, _TOLD = "lead", "members", "bodies", "told"
ACCEPT, DECLINE = "accept", "decline"
CANCELLED = "iptal"
"""The code of the vocabulary ``status`` of a programme that joins nothing any more."""
MAX_MEMBERS = 100
MAX_NOTE = 2000


class Member(msgspec.Struct, frozen=True, omit_defaults=True):
    """A project of the programme. ``title``: as the office knew it; not every body knows the others' projects."""

    project: str
    title: str = ""

    @property
    def body(self) -> str:
        """Whose project it is."""
        return body_of(self.project)


class ProgrammeFields(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the office enters. Dates, status and indicators are as in a project."""

    name: str = ""
    purpose: str = ""
    lead: str = ""
    """The code of the body that leads: a district, or the office."""
    members: tuple[Member, ...] = ()
    bodies: tuple[str, ...] = ()
    """Codes of bodies that are asked though no project of theirs is in it so far."""
    status: str = ""
    start: str | None = None
    end: str | None = None
    indicators: tuple[Indicator, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """Codes of all bodies that take part, the lead first."""
        found = dict.fromkeys((self.lead, *(one.body for one in self.members), *self.bodies))
        return tuple(code for code in found if code)


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a body says to the programme."""

    body: str
    said: str = ""
    """``ACCEPT``, ``DECLINE``, or empty while it has not answered."""
    note: str = ""
    day: str = ""
    author: str = ""
    disputed: bool = False
    """Two PCs of the body answered differently; the newer answer is shown."""


class Share(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The programme in one body's record, as shown."""

    id: str
    """``<body>/<key>``."""
    fields: ProgrammeFields
    answer: Answer
    told: tuple[Answer, ...] = ()
    """What the office has told of the others."""
    conflicts: tuple[str, ...] = ()
    """Registers of the programme itself for which several values stand."""
    updated: str = ""
    updated_by: str = ""

    @property
    def body(self) -> str:
        """Whose record it is."""
        return body_of(self.id)

    @property
    def key(self) -> str:
        """What the programme's records have in common."""
        return self.id.partition("/")[2]


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """A programme with all answers that are known here."""

    id: str
    """32 hex digits."""
    fields: ProgrammeFields
    answers: tuple[Answer, ...]
    """One for each of ``fields.asked``, in that order; the office, which asks, has said yes."""
    conflicts: tuple[str, ...] = ()
    updated: str = ""
    updated_by: str = ""

    def answer(self, body: str) -> Answer | None:
        """What a body said; None where it is not asked."""
        return next((one for one in self.answers if one.body == body), None)

    @property
    def joined(self) -> tuple[str, ...]:
        """Ids of the projects that count once together, the lead's first: not those of bodies that declined."""
        if self.fields.status == CANCELLED:
            return ()
        out = {one.body for one in self.answers if one.said == DECLINE}
        members = sorted(self.fields.members, key=lambda one: one.body != self.fields.lead)
        return tuple(one.project for one in members if one.body not in out)


def programme_of(shares: Sequence[Share]) -> Programme:
    """What the records of one programme show: the office's own where it is here, else the only one that is."""
    by_body = {share.body: share for share in shares}
    first = by_body.get(OFFICE) or shares[0]
    told = {one.body: one for one in first.told}
    return Programme(
        id=first.key,
        fields=first.fields,
        answers=tuple(_answer(body, by_body, told) for body in first.fields.asked),
        conflicts=first.conflicts,
        updated=first.updated,
        updated_by=first.updated_by,
    )


def _answer(body: str, by_body: Mapping[str, Share], told: Mapping[str, Answer]) -> Answer:
    if body == OFFICE:
        return Answer(body=OFFICE, said=ACCEPT)
    return by_body[body].answer if body in by_body else told.get(body, Answer(body=body))


# --- registers -------------------------------------------------------------------------------------------------------


def as_project(fields: ProgrammeFields) -> ProjectFields:
    """The part of it that is said and checked as in a project."""
    return ProjectFields(
        title=fields.name,
        purpose=fields.purpose,
        status=fields.status,
        start=fields.start,
        end=fields.end,
        indicators=fields.indicators,
    )


def to_registers(fields: ProgrammeFields, before: Mapping[str, Json]) -> dict[str, Json]:
    """What must be written so that a record whose registers are ``before`` shows ``fields``."""
    members: dict[str, Json] = {
        f"{_MEMBERS}/{one.project}": {"rank": n, "title": one.title} for n, one in enumerate(fields.members, start=1)
    }
    bodies: dict[str, Json] = {f"{_BODIES}/{code}": {"rank": n} for n, code in enumerate(fields.bodies, start=1)}
    wanted: dict[str, Json] = {LEAD: fields.lead or None}
    wanted |= {name: None for name in before if name.partition("/")[0] in (_MEMBERS, _BODIES)} | members | bodies
    changed = {name: value for name, value in wanted.items() if before.get(name) != value}
    return changed | registers.to_registers(as_project(fields), before)


def told_registers(answers: Iterable[Answer], before: Mapping[str, Json]) -> dict[str, Json]:
    """What must be written to tell what others answered; their notes are for the office alone."""
    wanted = {f"{_TOLD}/{one.body}": {"day": one.day, "said": one.said} for one in answers if one.said}
    gone = {name: None for name in before if name.startswith(f"{_TOLD}/") and name not in wanted}
    return {name: value for name, value in (gone | wanted).items() if before.get(name) != value}


def answer_registers(said: str, note: str, day: str) -> dict[str, Json]:
    """What an answer writes."""
    return {ANSWER: {"day": day, "note": note, "said": said}}


def share_of_state(state: RecordState, revisions: Iterable[Revision]) -> Share | None:
    """What a body's record shows; None for one that was put away. ``revisions``: all that the state is of."""
    values = state.values
    newest = max(state.heads, key=_age, default=None)
    if newest is None or (values.get(DELETED) is True and DELETED not in state.conflicts):
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
        told=tuple(_read_answer(code, value) for code, value in sorted(_stem(values, _TOLD).items())),
        conflicts=tuple(sorted(filter(says_what_it_is, state.conflicts))),
        updated=wrote.wall,
        updated_by=wrote.author,
    )


def _age(revision: Revision) -> tuple[str, str]:
    return revision.wall, revision.id


def _of_programme(revision: Revision) -> bool:
    return any(map(says_what_it_is, revision.registers))


def says_what_it_is(register: str) -> bool:
    """True for a register of the programme itself, not of what is said to it."""
    return register != ANSWER and not register.startswith(f"{_TOLD}/")


def _fields(values: Mapping[str, Json]) -> ProgrammeFields:
    """Whatever registers hold can be shown: what fits nothing is passed over."""
    shown = registers.fields_of(values)
    members, bodies = _stem(values, _MEMBERS), _stem(values, _BODIES)
    return ProgrammeFields(
        name=shown.title,
        purpose=shown.purpose,
        lead=_text(values.get(LEAD)),
        members=tuple(Member(id_, _text(members[id_].get("title"))) for id_ in _ranked(members)),
        bodies=tuple(_ranked(bodies)),
        status=shown.status,
        start=shown.start,
        end=shown.end,
        indicators=shown.indicators,
    )


def _stem(values: Mapping[str, Json], stem: str) -> dict[str, Mapping[str, Json]]:
    found = {name.partition("/")[2]: value for name, value in values.items() if name.startswith(f"{stem}/")}
    return {name: value for name, value in found.items() if isinstance(value, dict)}


def _ranked(elements: Mapping[str, Mapping[str, Json]]) -> list[str]:
    ranks = {name: value.get("rank") for name, value in elements.items()}
    return sorted((name for name, rank in ranks.items() if isinstance(rank, int)), key=lambda name: (ranks[name], name))


def _read_answer(body: str, value: Json, *, author: str = "", disputed: bool = False) -> Answer:
    held = value if isinstance(value, dict) else {}
    said = held.get("said")
    return Answer(
        body=body,
        said=said if said in (ACCEPT, DECLINE) else "",
        note=_text(held.get("note")),
        day=_text(held.get("day")),
        author=author,
        disputed=disputed,
    )


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
