"""Conflicts: what several PCs wrote of one thing without knowing of each other, and a person's choice among it.

A choice is a save like any other, upon everything that is there; it names the registers that it settles. Nothing of the
past is changed, so a conflict stays settled when old bundles come again. Taking a choice back is choosing anew among
what stood before it. A municipality settles its own records, the office those of everybody.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from izsa_desktop.bundle.trust import Member
from izsa_desktop.db.reader import Reader
from izsa_desktop.domain import conflicts as domain
from izsa_desktop.domain.authority import overstepped
from izsa_desktop.domain.errors import NoSuchChoice, NotInConflict
from izsa_desktop.domain.history import Segment
from izsa_desktop.domain.merge import RecordState, Write, record_state
from izsa_desktop.domain.project import Project, body_of
from izsa_desktop.domain.registers import field_of, from_state
from izsa_desktop.domain.revision import Json, Revision
from izsa_desktop.domain.text import sort_key
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.choices import ChoiceTeller, marked
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.projects import append, require_own, revisions_in
from izsa_desktop.usecases.telling import Teller
from izsa_desktop.usecases.workplace import Workplace

_LEAST_BEGINNING = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A save that says so: who, when, on which PC."""

    revision: str
    who: str
    when: str
    replica: str
    own: bool
    """It was written on this PC."""
    district: str
    """Code of the body whose PC it is; empty where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value. ``text`` in a person's words, empty for none; in ``segments`` what others lack is ``added``."""

    values: Mapping[str, Json]
    text: str
    segments: tuple[Segment, ...]
    voices: tuple[Voice, ...]
    """All who say so, the newest last."""
    shown: bool
    """The one that is shown while nobody has decided, or that was decided for."""
    allowed: bool
    """False for what only the office may decide."""

    @property
    def revision(self) -> str:
        """The save that stands for this choice."""
        return self.voices[-1].revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One decision: the registers that it is about, and what they may be."""

    registers: tuple[str, ...]
    field: str
    name: str
    choices: tuple[Choice, ...]
    settled: bool = False
    """It was decided, and is thought over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A record about which there is something to decide. ``fields``: names of the fields in conflict."""

    id: str
    number: str
    title: str
    body: str
    """Code of the body whose record it is."""
    updated: str
    fields: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What a decision was about."""

    record: str
    registers: tuple[str, ...]


# --- looking ---------------------------------------------------------------------------------------------------------


def count_conflicts(workplace: Workplace) -> int:
    """How many records there are about which this workplace has something to decide."""
    with workplace.store.reading() as reader:
        return reader.count_conflicting(_whose(workplace))


def overview(workplace: Workplace) -> list[Disputed]:
    """These records without what is to be decided, by district and title."""
    with workplace.store.reading() as reader:
        found = [_head(project) for project in reader.conflicting(_whose(workplace))]
    names = {body: workplace.reference.district_name(body) for body in {one.body for one in found}}
    return sorted(found, key=lambda one: (sort_key(names[one.body]), sort_key(one.title), one.id))


def conflicts(workplace: Workplace, language: str = "") -> list[Disputed]:
    """These records with all that is to be decided, told in the workplace's or another language."""
    heads = overview(workplace)
    with workplace.store.reading() as reader:
        look = _Look(workplace, reader, language)
        return [look.at(head.id) for head in heads]


def conflicts_of(workplace: Workplace, record: str, language: str = "") -> Disputed:
    """What is to be decided about one record, which may be nothing. Raises NoSuchProject, NotYourDistrict."""
    with workplace.store.reading() as reader:
        return _Look(workplace, reader, language).at(record)


def reopen(workplace: Workplace, record: str, registers: Collection[str] | None = None, language: str = "") -> Disputed:
    """The same with what was decided already (in these registers, or in all), to be thought over.

    Changes nothing: another choice is another save. Raises NoSuchProject, NotYourDistrict.
    """
    with workplace.store.reading() as reader:
        return _Look(workplace, reader, language).at(record, registers, again=True)


class _Look:
    """Reads records and tells what is to be decided about them."""

    def __init__(self, workplace: Workplace, reader: Reader, language: str) -> None:
        self._workplace, self._reader = workplace, reader
        self._t = Translator(language or workplace.identity.language)
        self._teller = Teller(workplace.reference, self._t)
        self._members = workplace.trust(reader).members

    def at(self, record: str, reopened: Collection[str] | None = None, *, again: bool = False) -> Disputed:
        """One record; ``again``: with what was settled in these registers, or in all."""
        revisions = self._reader.history(record)
        state = record_state(record, revisions)
        _require_entitled(self._workplace, state)
        decided: dict[str, Sequence[Write]] = {}
        if again:
            wanted = domain.settled(state, revisions) if reopened is None else {*reopened} - {*state.conflicts}
            found = {name: domain.candidates(state, revisions, name) for name in wanted}
            decided = {name: writes for name, writes in found.items() if writes}
        own = self._workplace.identity.replica
        asked = [(question, False) for question in domain.questions(state.conflicts, own)]
        asked += [(question, True) for question in domain.questions(decided, own)]
        asked.sort(key=lambda one: one[0].place)
        told = (self._conflict(state, question, settled=settled) for question, settled in asked)
        return replace(_head(from_state(state)), conflicts=tuple(told))

    def _conflict(self, state: RecordState, question: domain.Question, *, settled: bool) -> Conflict:
        teller = ChoiceTeller(state, self._teller, self._t)
        texts = teller.texts(question)
        body = self._workplace.identity.body
        choices = tuple(
            Choice(
                values=option.values,
                text=text,
                segments=segments,
                voices=tuple(self._voice(write, self._members) for write in option.writes),
                shown=all(state.values.get(name) == value for name, value in option.values.items()),
                allowed=not overstepped(body, body_of(state.record), option.values, option.values),
            )
            for option, text, segments in zip(question.options, texts, marked(texts), strict=True)
        )
        return Conflict(
            registers=question.registers,
            field=question.field,
            name=teller.name(question),
            choices=choices,
            settled=settled,
        )

    def _voice(self, write: Revision, members: Mapping[str, Member]) -> Voice:
        identity = self._workplace.identity
        own, member = write.replica == identity.replica, members.get(write.replica)
        district = identity.body if own else member.district if member else ""
        return Voice(
            revision=write.id, who=write.author, when=write.wall, replica=write.replica, own=own, district=district
        )


# --- deciding --------------------------------------------------------------------------------------------------------


def settle(workplace: Workplace, record: str, chosen: Mapping[str, str]) -> Project:
    """Writes for these registers what these saves (ids, or beginnings) say: one save upon all that is there.

    Raises NoSuchProject, NotYourDistrict, NotInConflict, NoSuchChoice, BadField (what is the office's to decide).
    """
    with workplace.store.writing() as writer:
        revisions = writer.history(record)
        state = record_state(record, revisions)
        _require_entitled(workplace, state)
        values = {name: _value(workplace, state, revisions, name, wanted) for name, wanted in chosen.items()}
        changed = {
            name: value for name, value in values.items() if name in state.conflicts or state.values.get(name) != value
        }
        if not changed:
            return from_state(state)
        return append(workplace, writer, revisions, state, changed, settling=True)


def settle_all_from(
    workplace: Workplace, records: Sequence[str] | None, replica: str, progress: Progress = no_progress
) -> list[Settled]:
    """Takes what this PC wrote wherever it is among the values to choose: in these records, or in all.

    One transaction, a save for each record. What only the office may decide stays open. Raises NoSuchProject,
    NotYourDistrict.
    """
    wanted = [one.id for one in overview(workplace)] if records is None else records
    saves: list[tuple[str, tuple[str, ...], dict[str, Json]]] = []
    with workplace.store.writing() as writer:
        for done, record in enumerate(wanted):
            progress(done, len(wanted))
            state = writer.state(record)
            _require_entitled(workplace, state)
            if changed := _from_pc(workplace, state, replica):
                saves.append((record, tuple(head.id for head in state.heads), changed))
        writer.add(list(revisions_in(workplace, writer, saves, settling=True)))
        progress(len(wanted), len(wanted))
    return [Settled(record, tuple(sorted(changed))) for record, _, changed in saves]


def _from_pc(workplace: Workplace, state: RecordState, replica: str) -> dict[str, Json]:
    """By register the newest value that the PC wrote and this workplace may choose."""
    body, district = workplace.identity.body, body_of(state.record)
    found: dict[str, Json] = {}
    for register, writes in state.conflicts.items():
        theirs = [write.value for write in writes if write.revision.replica == replica]
        if theirs and not overstepped(body, district, {register: theirs[-1]}, {register}):
            found[register] = theirs[-1]
    return found


def _value(workplace: Workplace, state: RecordState, revisions: Sequence[Revision], register: str, wanted: str) -> Json:
    writes = domain.candidates(state, revisions, register)
    if not writes:
        raise NotInConflict(Translator(workplace.identity.language).field(field_of(register)))
    found = [
        write
        for write in writes
        if write.revision.id == wanted
        or (len(wanted) >= _LEAST_BEGINNING and write.revision.id.startswith(wanted.lower()))
    ]
    if len(found) != 1:
        raise NoSuchChoice(wanted)
    return found[0].value


def _require_entitled(workplace: Workplace, state: RecordState) -> None:
    """A body for its own records; the office, to which all report, for every one."""
    if not state.heads or not workplace.identity.office:
        require_own(workplace, state)


def _whose(workplace: Workplace) -> str:
    """The body about whose records there is something to decide; empty for all."""
    return "" if workplace.identity.office else workplace.identity.body


def _head(project: Project) -> Disputed:
    return Disputed(
        id=project.id,
        number=project.number,
        title=project.fields.title,
        body=body_of(project.id),
        updated=project.updated,
        fields=tuple(sorted(project.conflicts, key=domain.place_of)),
    )
