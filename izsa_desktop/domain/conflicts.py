"""What of a record waits for a person's decision, as questions: what stands, and which saves say so.

A question is one register, or several of one list that the very same saves wrote: an order, or a set of goals, is one
decision. Equal values are one option, whoever wrote them. Where a conflict was settled, the values that stood before
can be looked up, so that a decision can be thought over: it stays in the history, and another one is written upon it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from izsa_desktop.domain.fields import BY_NAME, FIELDS, Kind
from izsa_desktop.domain.history import ordered
from izsa_desktop.domain.merge import RecordState, Write, as_of, record_state
from izsa_desktop.domain.registers import MAIN_GOAL, field_of
from izsa_desktop.domain.revision import DELETED, Json, Revision, canonical

_LISTS = frozenset({Kind.CODES, Kind.TARGETS, Kind.DISTRICTS, Kind.GOALS})
_PLACES = {DELETED: -1} | {spec.name: n for n, spec in enumerate(FIELDS)}


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values that stand. ``values`` by register; ``writes``: the saves that say so, the newest last."""

    values: Mapping[str, Json]
    writes: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What one decision answers. ``options`` are two at least."""

    registers: tuple[str, ...]
    options: tuple[Option, ...]
    listed: bool = False
    """It is about a list as a whole: which elements stand in it, or in which order."""

    @property
    def field(self) -> str:
        """The field that it is about."""
        return field_of(self.registers[0])

    @property
    def place(self) -> tuple[int, tuple[str, ...]]:
        """Whether the record is to be kept is asked first, then follows the order of the form."""
        return place_of(self.field), self.registers


def questions(conflicts: Mapping[str, Sequence[Write]], own: str = "") -> tuple[Question, ...]:
    """The questions that these registers ask, in order.

    The options of all questions stand in the same order of their PCs, ``own`` first, so that "the second one" is the
    same PC's all along.
    """
    order = _order_of_pcs(conflicts, own)
    groups: dict[object, list[tuple[str, tuple[Option, ...]]]] = {}
    for register, writes in sorted(conflicts.items()):
        options = _options(register, writes, order)
        sort = _list_of(register, options)
        parted = tuple(frozenset(write.id for write in option.writes) for option in options)
        groups.setdefault((sort, parted) if sort else register, []).append((register, options))
    found = [_question(group, isinstance(key, tuple)) for key, group in groups.items()]
    return tuple(sorted(found, key=lambda question: question.place))


def place_of(field: str) -> int:
    """Where a field stands among all."""
    return _PLACES.get(field, len(_PLACES))


def candidates(state: RecordState, revisions: Sequence[Revision], register: str) -> tuple[Write, ...]:
    """The writes among which a person can choose: those that stand, or where these were settled, stood before.

    Empty where there is nothing to choose: the register was written in the usual way since. What was erased is no
    choice. ``revisions`` are all of the record, ``state`` is what follows from them.
    """
    while register not in state.conflicts:
        written = (r for r in reversed(ordered(revisions)) if register in r.registers and r.id not in state.parked)
        settlement = next(written, None)
        if settlement is None or register not in settlement.settles:
            return ()
        revisions = as_of(revisions, settlement.parents)
        state = record_state(state.record, revisions)
    return state.conflicts[register]


def settled(state: RecordState, revisions: Iterable[Revision]) -> list[str]:
    """The registers whose values a person has chosen among several, and nobody has written since."""
    chosen: dict[str, bool] = {}
    for revision in ordered(revisions):
        if revision.id not in state.parked:
            chosen |= {register: register in revision.settles for register in revision.registers}
    return sorted(register for register, yes in chosen.items() if yes and register not in state.conflicts)


def _order_of_pcs(conflicts: Mapping[str, Sequence[Write]], own: str) -> list[str]:
    """The PCs that wrote any of it: this one, then by their newest saves."""
    newest: dict[str, str] = {}
    for write in (write for writes in conflicts.values() for write in writes):
        newest[write.revision.replica] = max(newest.get(write.revision.replica, ""), write.revision.wall)
    return sorted(newest, key=lambda replica: (replica != own, newest[replica], replica))


def _options(register: str, writes: Sequence[Write], order: Sequence[str]) -> tuple[Option, ...]:
    """One option per distinct value."""
    by_value: dict[bytes, list[Write]] = {}
    for write in sorted(writes, key=lambda write: (write.revision.wall, write.revision.id)):
        by_value.setdefault(canonical(write.value), []).append(write)
    options = [Option({register: same[0].value}, tuple(w.revision for w in same)) for same in by_value.values()]
    options.sort(key=lambda o: (min(order.index(r.replica) for r in o.writes), o.writes[-1].wall, o.writes[-1].id))
    return tuple(options)


def _list_of(register: str, options: Sequence[Option]) -> str:
    """The list of which these options only say whether and where the element stands in it; empty for what says more."""
    stem, slash, _ = register.partition("/")
    spec = BY_NAME.get(field_of(register))
    if spec is None or register == MAIN_GOAL:
        return "goals" if spec else ""
    if spec.kind in _LISTS:
        return stem
    values = [option.values[register] for option in options]
    if spec.row is None or not slash or not all(isinstance(value, dict) for value in values):
        return ""
    return stem if len({canonical({**value, "rank": 0}) for value in values}) == 1 else ""


def _question(group: Sequence[tuple[str, tuple[Option, ...]]], listed: bool) -> Question:
    registers = tuple(register for register, _ in group)
    options = tuple(
        Option({name: value for option in same for name, value in option.values.items()}, same[0].writes)
        for same in zip(*(options for _, options in group), strict=True)
    )
    return Question(registers, options, listed)
