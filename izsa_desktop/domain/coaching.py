"""Coaching: what the office and one district say to each other about its way, in records beside the projects.

The id of a record begins with the district that it is about, so it reaches that district and nobody else. The registers
whose names begin with ``district/`` are the district's to write, all others the office's (``domain.authority``): so
both sign what is theirs in one record, and neither writes for the other.

A stage is offered by one save of the office and signed by one of the district, which names the offer by its id and by
its stage. Both are read from these two saves alone: nothing that is written later takes back, dates anew or enlarges
what was signed, and the office cannot put it away once it knew of the signature.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

import msgspec

from izsa_desktop.domain.authority import OF_DISTRICT
from izsa_desktop.domain.dates import is_day
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
OFFER = "proposal"
"""The id of the save that a district confirms."""
MAX_TEXT = 10_000
MAX_LINE = 300
_CODE = re.compile(r"[0-9]\.[1-9][0-9]?")


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
    withdrawn: str = ""
    """The day on which the district took it back; empty while it has not. Then it shows nothing any more."""

    @property
    def waiting(self) -> bool:
        """True until the office returns it or the district takes it back; that it was accepted says a tick."""
        return not self.returned and not self.withdrawn


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
    offer: str = ""
    """The id of the office's save, which a confirmation names."""
    offered: str = ""
    """When the office signed it, by its clock: ISO 8601, UTC. What was offered later follows it."""
    offer_seq: int = 0
    """Which of the saves of the office's PC it was: of two in one second, the later one."""

    @property
    def held(self) -> bool:
        """True when the stage's criteria held for the office when it signed."""
        return holds(self.stage, self.met)

    @property
    def signed(self) -> bool:
        """True when both signed, and the stage's criteria held for both when they did."""
        return bool(self.confirmed) and self.held and holds(self.stage, self.confirmed_met)


E = TypeVar("E", bound=Entry)
Known = Note | Tick | Session | Action | Evidence | StageChange


def entry_from(record: str, revisions: Sequence[Revision]) -> Known | None:
    """What a record's saves show; None for one that was put away, and for a kind that this version does not know."""
    state = record_state(record, revisions)
    newest = max(state.heads, key=_by_clock, default=None)
    if newest is None:
        return None
    known = [one for one in revisions if one.id not in state.parked and not is_note(one.registers)]
    gone = _put_away(state.values, DELETED, state.conflicts)
    first = _first(known, KIND)
    if first is not None and first.registers[KIND] == STAGE:
        return _stage(record, first, known, gone=gone)
    if gone:
        return None
    said = _Said(state.values, newest.wall[:10])
    make = _MAKERS.get(said.text(KIND))
    if make is not None:
        return make({"id": record, "author": (first or newest).author, "wall": newest.wall}, said)
    if said.text(OF_DISTRICT + KIND) != EVIDENCE:
        return None
    head = {"id": record, "author": (_first(known, OF_DISTRICT + KIND) or newest).author, "wall": newest.wall}
    took_back = _put_away(state.values, OF_DISTRICT + WITHDRAWN, state.conflicts)
    return _evidence(head, said, _last_said(known, OF_DISTRICT + WITHDRAWN)[:10] if took_back else "")


def _by_clock(save: Revision) -> tuple[str, str]:
    return save.wall, save.id


def _first(saves: Iterable[Revision], register: str) -> Revision | None:
    """The save with which the record began for the side that writes this register."""
    return min((one for one in saves if not one.parents and register in one.registers), key=_by_clock, default=None)


def _last_said(saves: Iterable[Revision], register: str) -> str:
    """When a register was written last."""
    return max((one.wall for one in saves if register in one.registers), default="")


def _put_away(values: Mapping[str, Json], register: str, conflicts: Mapping[str, object]) -> bool:
    return values.get(register) is True and register not in conflicts


class _Said:
    """Values of registers as what they ought to be; what another program wrote wrongly is empty."""

    def __init__(self, values: Mapping[str, Json], today: str) -> None:
        self._values = values
        self._today = today if is_day(today) else "1970-01-01"  # a clock may say anything

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


def _note(head: Mapping[str, str], said: _Said) -> Note:
    return Note(**head, text=said.text(TEXT), day=said.of())


def _tick(head: Mapping[str, str], said: _Said) -> Tick | None:
    criterion = said.text(CRITERION)
    if not criterion:
        return None
    return Tick(**head, text=said.text(TEXT), day=said.of(), criterion=criterion, evidence=said.text(EVIDENCE))


def _session(head: Mapping[str, str], said: _Said) -> Session:
    return Session(
        **head, text=said.text(TEXT), day=said.of(), participants=said.text(PARTICIPANTS), following=said.day(NEXT)
    )


def _action(head: Mapping[str, str], said: _Said) -> Action:
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


def _stage(record: str, offer: Revision, saves: Sequence[Revision], *, gone: bool) -> StageChange | None:
    """``gone``: somebody of the office put it away."""
    said = _Said(offer.registers, offer.wall[:10])
    if said.number(STAGE) < 0:
        return None
    signature = _signature(offer, said.number(STAGE), saves)
    if gone:
        knew = _made_upon([signature], saves) if signature else set()
        if any(one.registers.get(DELETED) is True and one.id not in knew for one in saves):
            return None
    theirs = _Said(signature.registers, signature.wall[:10]) if signature else None
    return StageChange(
        id=record,
        author=offer.author,
        wall=(signature or offer).wall,
        text=said.text(TEXT),
        day=_no_later(said.of(), offer.wall),
        stage=said.number(STAGE),
        met=said.codes(MET),
        confirmed=_no_later(theirs.day(OF_DISTRICT + CONFIRMED), signature.wall) if signature and theirs else "",
        confirmed_by=signature.author if signature else "",
        confirmed_met=theirs.codes(OF_DISTRICT + MET) if theirs else (),
        offer=offer.id,
        offered=offer.wall,
        offer_seq=offer.seq,
    )


def _signature(offer: Revision, stage: int, saves: Sequence[Revision]) -> Revision | None:
    """The first save that confirms this offer: of a PC's the one it wrote first, of several PCs' the earliest that
    holds, so that no other PC takes back what one has signed.

    Before they named the offer and its stage, programs confirmed what stood in the record, which was this alone.
    """
    mine = [one for one in saves if _confirms(one, offer, stage)]
    first: dict[str, Revision] = {}
    for one in mine:
        if one.replica not in first or one.seq < first[one.replica].seq:
            first[one.replica] = one
    again = _made_upon(mine, saves)
    fine = [one for one in first.values() if one.id not in again]
    return min(fine, key=lambda one: (not _holding(one, stage), _by_clock(one)), default=None)


def _holding(confirmation: Revision, stage: int) -> bool:
    return holds(stage, _Said(confirmation.registers, "").codes(OF_DISTRICT + MET))


def _confirms(save: Revision, offer: Revision, stage: int) -> bool:
    said = save.registers
    return (
        bool(_Said(said, "").day(OF_DISTRICT + CONFIRMED))
        and said.get(OF_DISTRICT + OFFER, offer.id) == offer.id
        and said.get(OF_DISTRICT + STAGE, stage) == stage
    )


def _made_upon(these: Sequence[Revision], saves: Sequence[Revision]) -> set[str]:
    """Ids of the saves that were made by somebody who knew of one of these."""
    after: dict[str, list[str]] = {}
    for one in saves:
        for parent in one.parents:
            after.setdefault(parent, []).append(one.id)
    waiting, found = [one.id for one in these], set[str]()
    while waiting:
        for id_ in after.get(waiting.pop(), ()):
            if id_ not in found:
                found.add(id_)
                waiting.append(id_)
    return found


def _no_later(day: str, wall: str) -> str:
    """A day that had come where it was written, whose calendar may be a day ahead; else the day of the writing."""
    written = wall[:10]
    if not is_day(written) or day <= (date.fromisoformat(written) + timedelta(days=1)).isoformat():
        return day
    return written


def _evidence(head: Mapping[str, str], said: _Said, withdrawn: str) -> Evidence | None:
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
        withdrawn=withdrawn,
    )


_MAKERS = {"note": _note, "tick": _tick, "session": _session, "action": _action}
