"""Coaching as it is looked at: a district's whole path, and the agenda of who coaches.

The office looks at every district, a district at itself alone. Nothing here puts districts in an order of merit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from izsa_desktop.analysis.ladder import Standing, Status, months_after
from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.coaching import Action, Entry, Evidence, Note, Session, StageChange, Tick
from izsa_desktop.domain.ladder import Ladder
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import sort_key
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.coaching import newest_first
from izsa_desktop.usecases.ladder import standing_in, unsent
from izsa_desktop.usecases.ladders import ladder_of
from izsa_desktop.usecases.stages import proposed, signed
from izsa_desktop.usecases.workplace import Workplace

WAITING, ACCEPTED, RETURNED, TAKEN_BACK = "waiting", "accepted", "returned", "withdrawn"
SOON_DAYS = 90
"""How far ahead the agenda looks."""
SILENT_MONTHS = 3
"""A district with which nobody talked for so long is on the agenda."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Evidence of a district, and how it stands."""

    evidence: Evidence
    tick: Tick | None
    """By which the office accepted it."""
    project: str = ""
    """Number and title of the project that shows it; empty where it names none that is here."""
    unsent: bool = False
    """It was handed in here, and has been in no bundle yet."""

    @property
    def state(self) -> str:
        if self.evidence.withdrawn:
            return TAKEN_BACK
        if self.tick is not None:
            return ACCEPTED
        return RETURNED if self.evidence.returned else WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictPath:
    """All that is known of a district's way."""

    district: str
    """Its code."""
    today: date
    ladder: Ladder
    standing: Standing
    """What holds today: ``stage``, ``criteria``, ``next_steps``."""
    signed: StageChange | None
    """The newest stage that both signed."""
    proposed: StageChange | None
    """What waits for the district's signature."""
    stages: Sequence[StageChange]
    """All proposals, the newest first; so are sessions, evidence, ticks and notes."""
    sessions: Sequence[Session]
    actions: Sequence[Action]
    """Open ones by their due day, then those that are done, the newest first."""
    evidence: Sequence[HandedIn]
    ticks: Sequence[Tick]
    notes: Sequence[Note]

    @property
    def open_actions(self) -> Sequence[Action]:
        return [one for one in self.actions if not one.done]

    @property
    def waiting(self) -> Sequence[HandedIn]:
        """Evidence that the office has not answered."""
        return [one for one in self.evidence if one.state == WAITING]

    @property
    def next_session(self) -> str:
        """The day agreed on in the newest session, or empty."""
        return self.sessions[0].following if self.sessions else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of the agenda. ``kind``: a name in the section ``agenda`` of the sentences."""

    kind: str
    district: str
    day: str
    """``YYYY-MM-DD``, or empty where there is none."""
    late: bool
    text: str = ""
    """What a person wrote, or empty."""
    code: str = ""
    """Of a criterion, or the number of a stage."""
    record: str = ""
    """The id of the record that it is about, or empty."""
    own: bool = False
    """The district itself is told, not the office about it."""
    unsent: bool = False
    """Evidence that has been in no bundle yet."""


def path(workplace: Workplace, district: str, today: date | None = None) -> DistrictPath:
    """A district's (code or name) whole path. Raises UnknownDistrict, NotYourPath."""
    today = today or date.today()
    with workplace.store.reading() as reader:
        return _path(workplace, reader, district, today)


def paths(workplace: Workplace, today: date | None = None) -> list[DistrictPath]:
    """All districts' paths in the order of the alphabet; at a district its own alone."""
    today = today or date.today()
    with workplace.store.reading() as reader:
        return [_path(workplace, reader, code, today) for code in districts(workplace)]


def districts(workplace: Workplace) -> list[str]:
    """Codes of the districts that may be looked at, in the order of the alphabet."""
    if not workplace.identity.office:
        return [workplace.identity.body]
    known = [one for one in workplace.reference.districts if one.code != OFFICE]
    return [one.code for one in sorted(known, key=lambda one: sort_key(one.name))]


def agenda(workplace: Workplace, today: date | None = None) -> list[Item]:
    """What is to be done, the earliest first; what has no day comes last."""
    found = [item for one in paths(workplace, today) for item in items(one, office=workplace.identity.office)]
    return sorted(found, key=lambda item: item.day or "9999")  # stable: districts stay in the order of the alphabet


def items(one: DistrictPath, *, office: bool) -> Iterable[Item]:
    """What is to be done about one district, as the office or the district itself sees it."""
    today, last = one.today.isoformat(), (one.today + timedelta(days=SOON_DAYS)).isoformat()

    def item(
        kind: str, day: str, text: str = "", code: str = "", about: Entry | None = None, *, unsent: bool = False
    ) -> Item:
        late = bool(day) and day < today and kind not in _NEVER_LATE
        return Item(
            kind=kind,
            district=one.district,
            day=day,
            late=late,
            text=text,
            code=code,
            record=about.id if about else "",
            own=not office,
            unsent=unsent,
        )

    for action in one.open_actions:
        if not action.due or action.due <= last:
            yield item(
                "action_theirs" if action.owner != OFFICE else "action_ours", action.due, action.text, "", action
            )
    if one.sessions and one.next_session and one.next_session <= last:
        yield item("session_due", one.next_session, "", "", one.sessions[0])
    for status in _expiring(one.standing.criteria, last):
        assert status.expires is not None
        kind = "evidence_expired" if status.expired else "evidence_expires"
        yield item(kind, status.expires.isoformat(), "", status.criterion.code, status.tick)
    for handed in one.evidence:
        if handed.state == WAITING:
            yield item(
                "evidence_waiting",
                handed.evidence.day,
                handed.evidence.text,
                handed.evidence.criterion,
                handed.evidence,
                unsent=handed.unsent,
            )
        elif handed.state == RETURNED and not office and not _met(one, handed.evidence.criterion):
            yield item(
                "evidence_returned",
                handed.evidence.returned_on,
                handed.evidence.returned,
                handed.evidence.criterion,
                handed.evidence,
            )
    if one.proposed is not None:
        yield item("stage_proposed", one.proposed.day, "", str(one.proposed.stage), one.proposed)
    if office and not one.next_session and _silent(one):
        yield item("silent", one.sessions[0].day if one.sessions else "")


_NEVER_LATE = frozenset({"evidence_waiting", "evidence_returned", "stage_proposed", "silent"})
"""Their day is in the past by nature."""


def entries(one: DistrictPath) -> list[Entry]:
    """All records of a district's coaching, the newest first."""
    handed = [found.evidence for found in one.evidence]
    return newest_first([*one.sessions, *one.actions, *handed, *one.stages, *one.ticks, *one.notes])


def kind(entry: Entry) -> str:
    """What kind of record it is: a name in the section ``coach_kind`` of the sentences."""
    return str(entry.__struct_config__.tag)


def sentence(item: Item, t: Translator) -> str:
    """A line of the agenda in words, without its day and district."""
    if item.kind == "silent" and not item.day:
        return t("agenda.never")
    if item.own and item.kind == "action_theirs":
        return t("agenda.action_own", text=item.text)
    if item.own and item.kind == "stage_proposed":
        return t("agenda.stage_own", code=item.code)
    if item.unsent:
        return t("agenda.evidence_unsent", text=item.text, code=item.code)
    return t(f"agenda.{item.kind}", text=item.text, code=item.code)


def _expiring(criteria: Iterable[Status], last: str) -> list[Status]:
    """Those whose evidence holds no longer than this day, and that are met by nothing else."""
    return [
        one
        for one in criteria
        if one.expires is not None and one.expires.isoformat() <= last and not (one.count is not None and one.count.met)
    ]


def _met(one: DistrictPath, code: str) -> bool:
    return any(status.met for status in one.standing.criteria if status.criterion.code == code)


def _silent(one: DistrictPath) -> bool:
    if not one.sessions:
        return True
    return months_after(date.fromisoformat(one.sessions[0].day), SILENT_MONTHS) < one.today


def _named(reader: Reader, project: str) -> str:
    """A project as people know it."""
    shown = reader.project(project) if project else None
    return " · ".join(filter(None, (shown.number, shown.fields.title))) if shown else ""


def _seen(evidence: Evidence, accepted: Mapping[str, Tick]) -> bool:
    """What was taken back is told of where the office had accepted it."""
    return not evidence.withdrawn or evidence.id in accepted


def _path(workplace: Workplace, reader: Reader, district: str, today: date) -> DistrictPath:
    code, standing = standing_in(workplace, reader, district, today)
    entries = reader.coaching(code)
    by_evidence = {one.evidence: one for one in entries if isinstance(one, Tick) and one.evidence}
    changes = newest_first(one for one in entries if isinstance(one, StageChange))
    evidence = newest_first(one for one in entries if isinstance(one, Evidence) and _seen(one, by_evidence))
    here = unsent(workplace, reader, evidence)
    actions = [one for one in entries if isinstance(one, Action)]
    ready = sorted((one for one in actions if not one.done), key=lambda one: (one.due or "9999", one.day, one.id))
    finished = sorted((one for one in actions if one.done), key=lambda one: (one.done, one.id), reverse=True)
    return DistrictPath(
        district=code,
        today=today,
        ladder=ladder_of(reader.meta()),
        standing=standing,
        signed=signed(changes),
        proposed=proposed(changes),
        stages=changes,
        sessions=newest_first(one for one in entries if isinstance(one, Session)),
        actions=[*ready, *finished],
        evidence=[
            HandedIn(one, by_evidence.get(one.id), _named(reader, one.project), one.id in here) for one in evidence
        ],
        ticks=newest_first(one for one in entries if isinstance(one, Tick)),
        notes=newest_first(one for one in entries if isinstance(one, Note)),
    )
