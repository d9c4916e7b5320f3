"""Joint programmes: work that several bodies do together, in records of their own beside the projects.

The office writes a programme once for every body that it asks, and once for itself, under ids that end alike:
``<body>/<key>``. So a programme reaches its members and nobody else, as everything else does. In a body's record stands
what the programme is (the same in all of them), what that body answers, which only that body may write, and what the
office has heard from the others. The office's own record says what holds. The registers: ``joint_registers``.
"""

from collections.abc import Mapping, Sequence

import msgspec

from izsa_desktop.domain.project import ProjectFields, body_of
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Indicator

ACCEPT, DECLINE = "accept", "decline"
CANCELLED = "iptal"
"""The code of the vocabulary ``status`` of a programme that joins nothing any more."""
MAX_MEMBERS = 100
MAX_NOTE = 2000


class Member(msgspec.Struct, frozen=True, omit_defaults=True):
    """A project of the programme. ``title``: as it is called here, else as the office knew it."""

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
    """Two PCs of the body answered differently; the newer answer is shown and counts until it answers again."""

    @property
    def open(self) -> bool:
        """True while the body has to answer."""
        return not self.said or self.disputed


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
        members = sorted(self.fields.members, key=lambda one: one.body != self.fields.lead)
        return tuple(one.project for one in members if one.body not in self._out)

    @property
    def declined(self) -> tuple[str, ...]:
        """Ids of the projects whose bodies take no part."""
        if self.fields.status == CANCELLED:
            return ()
        return tuple(one.project for one in self.fields.members if one.body in self._out)

    @property
    def _out(self) -> set[str]:
        return {one.body for one in self.answers if one.said == DECLINE}


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
