"""Coaching: what the office and one district say to each other about its way, in records beside the projects.

The id of a record begins with the district that it is about, so it reaches that district and nobody else. The registers
whose names begin with ``district/`` are the district's to write, all others the office's (``domain.authority``): so
both sign what is theirs in one record, and neither writes for the other.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec

from izsa_desktop.domain.authority import OF_DISTRICT
from izsa_desktop.domain.dates import is_partial_date
from izsa_desktop.domain.ladder import holds
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.project import body_of
from izsa_desktop.domain.revision import DELETED, Json, Revision
from izsa_desktop.domain.withdrawal import is_note

KIND, TEXT, DATE, CRITERION = "kind", "text", "date", "criterion"
PARTICIPANTS, NEXT = "participants", "next"
OWNER, PERSON, DUE, DONE = "owner", "person", "due", "done"
STAGE, MET, EVIDENCE, RETURNED, RETURNED_ON = "stage", "met", "evidence", "returned", "returned_on"
LINK, PROJECT, WITHDRAWN, CONFIRMED = "link", "project", "withdrawn", "confirmed"
MAX_TEXT = 10_000
MAX_LINE = 300
_CODE = re.compile(r"[0-9]\.[0-9]{1,2}")


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """A record as shown; its kinds are below. Others, which a later version writes, are kept and not shown."""

    id: str
    """``<district code>/<32 hex digits>``."""
    text: str
    day: str
    """The day that it is of, ``YYYY-MM-DD``."""
    author: str
    """Who wrote it first."""
    wall: str
    """When it was last written, by its writer's clock: ISO 8601, UTC."""

    @property
    def district(self) -> str:
        """The code of the district that it is about."""
        return body_of(self.id)


class Note(Entry, frozen=True, kw_only=True, tag="note"):
    """What the office writes to the district."""


class Tick(Entry, frozen=True, kw_only=True, tag="tick"):
    """The office says that a criterion of the ladder is met; ``text`` is the evidence, which it has seen."""

    criterion: str
    evidence: str = ""
    """The id of what the district handed in and was accepted by this, or empty."""


class Session(Entry, frozen=True, kw_only=True, tag="session"):
    """A talk of coach and district; ``text`` is what was said."""

    participants: str = ""
    following: str = ""
    """The day agreed on for the next one, or empty."""


class Action(Entry, frozen=True, kw_only=True, tag="action"):
    """What was agreed to be done; ``day`` is when."""

    owner: str
    """The code of the body that does it: the district, or the office."""
    person: str = ""
    due: str = ""
    done: str = ""
    """The day on which it was said to be done; empty while it is open."""


class Evidence(Entry, frozen=True, kw_only=True, tag="evidence"):
    """What the district hands in for a criterion of the ladder."""

    criterion: str
    link: str = ""
    project: str = ""
    """The id of a project of its own that shows it, or empty."""
    returned: str = ""
    """Why the office returned it; empty while it has not."""
    returned_on: str = ""


class StageChange(Entry, frozen=True, kw_only=True, tag="stage"):
    """The office proposes a stage, the district confirms it; each says by its signature what it counted as met then."""

    stage: int
    met: tuple[str, ...] = ()
    """Codes of the criteria that held at the office on ``day``."""
    confirmed: str = ""
    """The day on which the district confirmed it; empty while it has not."""
    confirmed_by: str = ""
    confirmed_met: tuple[str, ...] = ()
    """Codes of the criteria that held at the district on that day."""

    @property
    def signed(self) -> bool:
        """True when both signed, and the stage's criteria held for both when they did."""
        return bool(self.confirmed) and holds(self.stage, self.met) and holds(self.stage, self.confirmed_met)


E = TypeVar("E", bound=Entry)
Known = Note | Tick | Session | Action | Evidence | StageChange


def entry_from(record: str, revisions: Sequence[Revision]) -> Known | None:
    """What a record's saves show; None for one that was put away, and for a kind that this version does not know."""
    state = record_state(record, revisions)
    newest = max(state.heads, key=lambda r: (r.wall, r.id), default=None)
    if newest is None or _put_away(state.values, DELETED, state.conflicts):
        return None
    said = _Said(state.values, newest.wall[:10])
    known = [one for one in revisions if one.id not in state.parked and not is_note(one.registers)]
    first = min((one for one in known if not one.parents), key=lambda r: (r.wall, r.id), default=newest)
    head = {"id": record, "author": first.author, "wall": newest.wall}
    make = _MAKERS.get(said.text(KIND))
    if make is not None:
        return make(head, said, known)
    if said.text(OF_DISTRICT + KIND) != EVIDENCE or _put_away(state.values, OF_DISTRICT + WITHDRAWN, state.conflicts):
        return None
    return _evidence(head, said)


def _put_away(values: Mapping[str, Json], register: str, conflicts: Mapping[str, object]) -> bool:
    return values.get(register) is True and register not in conflicts


class _Said:
    """Values of registers as what they ought to be; what another program wrote wrongly is empty."""

    def __init__(self, values: Mapping[str, Json], today: str) -> None:
        self._values, self._today = values, today

    def text(self, register: str) -> str:
        found = self._values.get(register)
        return found if isinstance(found, str) else ""

    def day(self, register: str) -> str:
        """``YYYY-MM-DD`` or empty."""
        found = self.text(register)
        return found if is_day(found) else ""

    def of(self, register: str = DATE) -> str:
        """The day of the record."""
        return self.day(register) or self._today

    def codes(self, register: str) -> tuple[str, ...]:
        found = self._values.get(register)
        if not isinstance(found, list | tuple):
            return ()
        return tuple(one for one in found if isinstance(one, str) and _CODE.fullmatch(one))

    def number(self, register: str) -> int:
        found = self._values.get(register)
        return found if type(found) is int and 0 <= found <= 9 else -1


def is_day(text: str) -> bool:
    """True for a day that exists, ``YYYY-MM-DD``."""
    return len(text) == len("2026-01-31") and is_partial_date(text)


def _note(head: Mapping[str, str], said: _Said, _known: Sequence[Revision]) -> Note:
    return Note(**head, text=said.text(TEXT), day=said.of())


def _tick(head: Mapping[str, str], said: _Said, _known: Sequence[Revision]) -> Tick | None:
    criterion = said.text(CRITERION)
    if not criterion:
        return None
    return Tick(**head, text=said.text(TEXT), day=said.of(), criterion=criterion, evidence=said.text(EVIDENCE))


def _session(head: Mapping[str, str], said: _Said, _known: Sequence[Revision]) -> Session:
    return Session(
        **head, text=said.text(TEXT), day=said.of(), participants=said.text(PARTICIPANTS), following=said.day(NEXT)
    )


def _action(head: Mapping[str, str], said: _Said, _known: Sequence[Revision]) -> Action:
    """The district's mark counts for what it has to do itself."""
    district, owner = body_of(head["id"]), said.text(OWNER)
    done = said.day(DONE) or (said.day(OF_DISTRICT + DONE) if owner == district else "")
    return Action(
        **head,
        text=said.text(TEXT),
        day=said.of(),
        owner=owner,
        person=said.text(PERSON),
        due=said.day(DUE),
        done=done,
    )


def _stage(head: Mapping[str, str], said: _Said, known: Sequence[Revision]) -> StageChange | None:
    if said.number(STAGE) < 0:
        return None
    confirmed = OF_DISTRICT + CONFIRMED
    by = max((one for one in known if confirmed in one.registers), key=lambda r: (r.wall, r.id), default=None)
    return StageChange(
        **head,
        text=said.text(TEXT),
        day=said.of(),
        stage=said.number(STAGE),
        met=said.codes(MET),
        confirmed=said.day(confirmed),
        confirmed_by=by.author if by else "",
        confirmed_met=said.codes(OF_DISTRICT + MET),
    )


def _evidence(head: Mapping[str, str], said: _Said) -> Evidence | None:
    criterion = said.text(OF_DISTRICT + CRITERION)
    if not criterion:
        return None
    return Evidence(
        **head,
        text=said.text(OF_DISTRICT + TEXT),
        day=said.of(OF_DISTRICT + DATE),
        criterion=criterion,
        link=said.text(OF_DISTRICT + LINK),
        project=said.text(OF_DISTRICT + PROJECT),
        returned=said.text(RETURNED),
        returned_on=said.day(RETURNED_ON),
    )


_MAKERS = {"note": _note, "tick": _tick, "session": _session, "action": _action, "stage": _stage}
