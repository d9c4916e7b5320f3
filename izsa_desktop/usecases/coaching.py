"""Coaching: what the office writes to one district: notes, talks, agreed actions, ticks of the ladder's criteria.

Each is a record of its own, signed by who wrote it; it goes with the next answer to that district and to nobody else.
The district marks its own actions as done; evidence that it hands in is in ``handing_in``, the stages are in
``stages``. The newest tick of a criterion counts.
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain import coaching as records
from izsa_desktop.domain.authority import OF_DISTRICT
from izsa_desktop.domain.coaching import (
    MAX_LINE,
    MAX_TEXT,
    Action,
    E,
    Entry,
    Evidence,
    Known,
    Note,
    Session,
    StageChange,
    Tick,
)
from izsa_desktop.domain.dates import is_day
from izsa_desktop.domain.errors import BadField, NoSuchEntry, OfficeOnly, StageIsSigned, UnknownDistrict
from izsa_desktop.domain.ladder import Criterion
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.record_types import COACHING, of_type
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import DELETED, Json
from izsa_desktop.domain.text import has_control, has_invisible, is_blank, normal
from izsa_desktop.usecases.ladders import ladder_of
from izsa_desktop.usecases.projects import revisions_in
from izsa_desktop.usecases.workplace import Workplace

_SHORTEST = 4
"""Digits that are enough to name a record, if only one begins so."""
EARLIEST_YEAR = 2000
"""An earlier one is a slip: what coaching is about, deeds and talks, is younger."""
MOST_YEARS = 5
"""How far ahead something may be agreed on: the term of a municipality's plan."""


def write_note(workplace: Workplace, district: str, text: str, day: str = "") -> str:
    """Keeps a note for a district (code or name); it goes with the next answer to it. The note's id.

    ``day``: ``YYYY-MM-DD``, today where it is empty. Raises OfficeOnly, UnknownDistrict, BadField.
    """
    code = coached(workplace, district)
    said = {records.KIND: "note", records.TEXT: long_text("coaching", text), records.DATE: day_or_today(day)}
    return keep_new(workplace, code, said)


def write_session(
    workplace: Workplace,
    district: str,
    text: str,
    day: str = "",
    *,
    participants: str = "",
    following: str | None = None,
) -> str:
    """Keeps what was said in a talk with a district. The record's id.

    ``following``: the day agreed on for the next one; None: what was agreed on before and is after this talk stays,
    empty: it was called off. Raises OfficeOnly, UnknownDistrict, BadField.
    """
    code, day = coached(workplace, district), past_day(day)
    said: dict[str, Json] = {
        records.KIND: "session",
        records.TEXT: long_text("session_text", text),
        records.DATE: day,
        records.PARTICIPANTS: short_text("participants", participants),
    }
    if following:
        said[records.NEXT] = later_day("next_session", following, day)
    with workplace.store.writing() as writer:
        if following is None and (agreed := _agreed_on(writer, code, day)):
            said[records.NEXT] = agreed
        return add_new(workplace, writer, code, said)


def _agreed_on(reader: Reader, district: str, day: str) -> str:
    """The day of the next talk as it stands, where it is after this one; nothing where a later talk decides."""
    talks = newest_first(one for one in reader.coaching(district) if isinstance(one, Session))
    agreed = talks[0].following if talks and talks[0].day <= day else ""
    return agreed if agreed > day else ""


def write_action(
    workplace: Workplace, district: str, text: str, *, owner: str = "", due: str = "", day: str = "", person: str = ""
) -> str:
    """Keeps what was agreed to be done. The record's id.

    ``owner``: the body that does it, the district itself or the office (code or name; empty: the district).
    ``day``: when it was agreed on. Raises OfficeOnly, UnknownDistrict, BadField.
    """
    code, day = coached(workplace, district), past_day(day)
    doing = workplace.reference.district(owner).code if owner else code
    if doing not in (code, OFFICE):
        raise BadField("action_owner", "not_in_this_talk", owner[:60])
    said: dict[str, Json] = {
        records.KIND: "action",
        records.TEXT: long_text("action_text", text),
        records.DATE: day,
        records.OWNER: doing,
        records.PERSON: short_text("action_person", person),
    }
    if due:
        said[records.DUE] = later_day("action_due", due, day)
    return keep_new(workplace, code, said)


def mark_done(workplace: Workplace, id_: str, *, done: bool = True, day: str = "") -> Action:
    """Says that an action was done, or that it was not after all; at a district one of its own alone.

    Raises NoSuchEntry, OfficeOnly (the office does it), BadField.
    """
    office, value = workplace.identity.office, past_day(day) if done else None
    with workplace.store.writing() as writer:
        action = found(writer, id_, Action)
        if not office and action.owner != workplace.identity.body:
            raise OfficeOnly
        shown = write_on(workplace, writer, action.id, {records.DONE if office else OF_DISTRICT + records.DONE: value})
        assert isinstance(shown, Action)
        if bool(shown.done) is not done:
            raise BadField("action_done", "said_by_the_other", shown.done)
    return shown


def write_tick(workplace: Workplace, district: str, criterion: str, evidence: str, day: str = "") -> str:
    """Keeps evidence, which somebody of the office has seen, that a criterion of the ladder is met. The tick's id.

    ``day``: the day that the evidence is of, ``YYYY-MM-DD``, no later one than today; today where it is empty.
    Raises OfficeOnly, UnknownDistrict, BadField.
    """
    code = coached(workplace, district)
    with workplace.store.reading() as reader:
        wanted = shown_by_evidence(reader, criterion)
    day = past_day(day)
    return keep_new(workplace, code, tick_registers(wanted.code, long_text("ladder_evidence", evidence), day))


def tick_registers(criterion: str, text: str, day: str, evidence: str = "") -> dict[str, Json]:
    """What a new tick writes. ``evidence``: the id of what was handed in."""
    said: dict[str, Json] = {
        records.KIND: "tick",
        records.CRITERION: criterion,
        records.TEXT: text,
        records.DATE: day,
    }
    return said | ({records.EVIDENCE: evidence} if evidence else {})


def take_back(workplace: Workplace, district: str, criterion: str) -> list[str]:
    """Puts away all ticks of a criterion for a district, which were set by mistake; their ids.

    Raises OfficeOnly, UnknownDistrict, BadField.
    """
    code = coached(workplace, district)
    with workplace.store.writing() as writer:
        if ladder_of(writer.meta()).criterion(criterion.strip()) is None:
            raise BadField("criterion", "unknown_code", criterion[:20])
        ticks = (one for one in writer.coaching(code) if isinstance(one, Tick))
        ids = sorted(one.id for one in ticks if one.criterion == criterion.strip())
        for id_ in ids:
            write_on(workplace, writer, id_, {DELETED: True})
    return ids


def withdraw(workplace: Workplace, id_: str) -> Entry:
    """Puts a record away: the office what it wrote, a district evidence that it handed in; the record as it was.

    What both signed stays, and evidence that was accepted. Raises NoSuchEntry, StageIsSigned, OfficeOnly, BadField.
    """
    with workplace.store.writing() as writer:
        entry = found(writer, id_, Entry)
        theirs = isinstance(entry, Evidence)
        if isinstance(entry, StageChange) and entry.confirmed:
            raise StageIsSigned
        if workplace.identity.office and theirs:
            raise BadField("ladder_evidence", "districts_own")
        if not workplace.identity.office and not theirs:
            raise OfficeOnly
        if theirs and accepting(writer, entry) is not None:
            raise BadField("ladder_evidence", "accepted_already")
        write_on(workplace, writer, entry.id, {OF_DISTRICT + records.WITHDRAWN if theirs else DELETED: True})
    return entry


def accepting(reader: Reader, evidence: Entry) -> Tick | None:
    """The tick by which the office accepted what a district handed in."""
    ticks = (one for one in reader.coaching(evidence.district) if isinstance(one, Tick))
    return next((one for one in ticks if one.evidence == evidence.id), None)


def notes(workplace: Workplace, district: str = "") -> list[Note]:
    """The notes for a district (code), or all that are here; the newest first."""
    with workplace.store.reading() as reader:
        found = [note for note in reader.coaching(district) if isinstance(note, Note)]
    return newest_first(found)


# --- shared with ``handing_in`` and ``stages`` -----------------------------------------------------------------------


def newest_first(entries: Iterable[E]) -> list[E]:
    """By their day."""
    return sorted(entries, key=lambda one: (one.day, one.wall, one.id), reverse=True)


def coached(workplace: Workplace, district: str) -> str:
    """The code of the district that the office writes to. Raises OfficeOnly, UnknownDistrict."""
    if not workplace.identity.office:
        raise OfficeOnly
    code = workplace.reference.district(district).code
    if code == OFFICE:
        raise UnknownDistrict(district)
    return code


def found(reader: Reader, named: str, kind: type[E]) -> E:
    """The record of this kind with this id, or by enough of the beginning of its random part. Raises NoSuchEntry."""
    wanted = named.strip()
    here = [one for one in reader.coaching() if isinstance(one, kind) and not (kind is Entry and taken_back(one))]
    near = [one for one in here if one.id == wanted]
    if not near and len(wanted) >= _SHORTEST:
        near = [one for one in here if one.id.partition("/")[2].startswith(wanted)]
    if len(near) != 1:
        raise NoSuchEntry(wanted[:60])
    return near[0]


def taken_back(entry: Entry) -> bool:
    """True for evidence that the district withdrew: it stays only to tell so."""
    return isinstance(entry, Evidence) and bool(entry.withdrawn)


def keep_new(workplace: Workplace, district: str, registers: Mapping[str, Json]) -> str:
    """A new record; its id."""
    with workplace.store.writing() as writer:
        return add_new(workplace, writer, district, registers)


def add_new(workplace: Workplace, writer: Writer, district: str, registers: Mapping[str, Json]) -> str:
    """``keep_new`` within a transaction that does more."""
    id_ = f"{district}/{secrets.token_hex(16)}"
    writer.add(list(revisions_in(workplace, writer, [(id_, (), registers)], type_=COACHING)))
    return id_


def write_on(workplace: Workplace, writer: Writer, id_: str, registers: Mapping[str, Json]) -> Known | None:
    """One more save of a record; what it shows then."""
    heads = tuple(head.id for head in record_state(id_, of_type(writer.saves(id_), COACHING)).heads)
    writer.add(list(revisions_in(workplace, writer, [(id_, heads, registers)], type_=COACHING)))
    return next((one for one in writer.coaching(id_.partition("/")[0]) if one.id == id_), None)


def shown_by_evidence(reader: Reader, criterion: str) -> Criterion:
    """The criterion with this code, for which evidence can be given. Raises BadField."""
    wanted = ladder_of(reader.meta()).criterion(criterion.strip())
    if wanted is None:
        raise BadField("criterion", "unknown_code", criterion[:20])
    if not wanted.months:
        raise BadField("criterion", "counted", wanted.code)
    return wanted


def long_text(field: str, typed: str) -> str:
    """Text of several lines, which cannot be empty. Raises BadField."""
    text = normal(typed)
    if is_blank(text):
        raise BadField(field, "empty")
    if has_control(text):
        raise BadField(field, "hidden_characters")
    if len(text) > MAX_TEXT:
        raise BadField(field, "too_long", f"{text[:40]}…", MAX_TEXT)
    return text


def short_text(field: str, typed: str) -> str:
    """A line, or nothing. Raises BadField."""
    text = normal(typed)
    if has_invisible(text):
        raise BadField(field, "hidden_characters")
    if len(text) > MAX_LINE:
        raise BadField(field, "too_long", f"{text[:40]}…", MAX_LINE)
    return text


def day_or_today(typed: str, field: str = "coaching_date") -> str:
    """A day, today where nothing was typed. Raises BadField."""
    day = _day(typed, field)
    if date.fromisoformat(day) > date.today() + timedelta(days=MOST_YEARS * 366):
        raise BadField(field, "too_far_ahead", day, MOST_YEARS)
    return day


def _day(typed: str, field: str) -> str:
    day = typed or date.today().isoformat()
    if not is_day(day):
        raise BadField(field, "not_a_day", day[:20])
    if int(day[:4]) < EARLIEST_YEAR:
        raise BadField(field, "too_long_ago", day, EARLIEST_YEAR)
    return day


def past_day(typed: str) -> str:
    """A day that is not still to come. Raises BadField."""
    day = _day(typed, "coaching_date")
    if date.fromisoformat(day) > date.today():
        raise BadField("coaching_date", "in_future", day)
    return day


def later_day(field: str, typed: str, after: str) -> str:
    """A day that is not before another one. Raises BadField."""
    day = day_or_today(typed, field)
    if day < after:
        raise BadField(field, "before_the_talk", day)
    return day
