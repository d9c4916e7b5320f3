"""What must hold in every world, checked without pytest so that a million worlds can be examined.

The numbers P1-P12 are those of docs/reliability.md. What stands is judged twice: by the oracle, and by the bit masks
that the world kept while it was played.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from izsa_desktop.domain.erasure import erasable, erase, joined
from izsa_desktop.domain.merge import RecordState, as_of, record_state
from izsa_desktop.domain.registers import from_state
from izsa_desktop.domain.revision import DELETED, Json, Revision, new_revision
from tests.merge.oracle import Meaning, meaning, only_an_answer, said
from tests.merge.worlds import WALLS, World, random_world

Merge: TypeAlias = Callable[[str, Iterable[Revision]], RecordState]
Forms: TypeAlias = dict[str, Revision]
"""What a store holds of one record: one form of each save."""


class PropertyError(AssertionError):
    """A property does not hold in the world whose number it names."""


@dataclass
class Totals:
    """What was examined, so that an empty run cannot pass for a good one."""

    worlds: int = 0
    saves: int = 0
    conflicts: int = 0
    contested: int = 0
    """Deletions that an edit elsewhere stands against."""
    put_away: int = 0
    waiting: int = 0
    erased: int = 0
    settled: int = 0
    withdrawn: int = 0
    """Saves that were taken away from others which had been made upon them."""

    def __str__(self) -> str:
        return ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in vars(self).items())


def examine_worlds(seeds: Iterable[int], merge: Merge = record_state) -> Totals:
    """Raises PropertyError with the first world in which something does not hold."""
    totals = Totals()
    for seed in seeds:
        try:
            examine(random_world(seed), totals, merge)
        except Exception as e:  # whatever it is, it is told with the number that repeats it
            again = f"python -m tests.merge.worlds --worlds 1 --seed {seed}"
            raise PropertyError(f"world {seed}: {type(e).__name__}: {e}\n{again}") from e
    return totals


def examine(world: World, totals: Totals, merge: Merge = record_state) -> None:
    """Raises AssertionError when a property does not hold."""
    totals.worlds += 1
    totals.saves += len(world.made)
    totals.erased += len(world.forms) - len(world.made)
    draw = random.Random(world.plot.number)
    for record, known in world.known().items():
        _unions(record, known, merge)
        came = list({id(form): form for forms in known for form in forms}.values())
        draw.shuffle(came)
        here = merged({}, came)
        state = merge(record, here.values())
        same("P10 with everything known", *compared(state, meaning(came)))
        again = [*here.values(), *here.values()]
        draw.shuffle(again)
        same_state("P4 order and repetition", merge(record, again), state)
        _nothing_lost(world, here, state)
        _put_away_by_all(world, here, state)
        _seen_long_ago(world, here, draw)
        totals.settled += _settled_stays(here, state, draw, merge)
        totals.withdrawn += _withdrawn(world, here, record, draw, merge)
        some = draw.choice(known) if draw.random() < 0.5 else [form for form in came if draw.random() < 0.7]
        part = merge(record, merged({}, some).values())
        same("P10 with a part known", *compared(part, meaning(some)))
        totals.waiting += len(part.parked)
        totals.conflicts += len(state.conflicts)
        totals.contested += DELETED in state.conflicts
        totals.put_away += from_state(state).deleted


def merged(here: Mapping[str, Revision], came: Iterable[Revision]) -> Forms:
    """The union of what is here and what came, each save in one form."""
    union = dict(here)
    for form in came:
        union[form.id] = joined(union[form.id], form) if form.id in union else form
    return union


def same(what: str, found: object, expected: object) -> None:
    if found == expected:
        return
    if isinstance(found, dict) and isinstance(expected, dict):
        differs = {key for key in found | expected if found.get(key) != expected.get(key)}
        found, expected = ({key: whole.get(key) for key in sorted(differs)} for whole in (found, expected))
    raise AssertionError(f"{what}:\n  {found}\nis not\n  {expected}")


def same_state(what: str, found: RecordState, expected: RecordState) -> None:
    same(what, found, expected)
    kinds = [{name: type(value) for name, value in state.values.items()} for state in (found, expected)]
    same(what, *kinds)  # since for Python true is 1


def compared(state: RecordState, meant: Meaning) -> tuple[dict[str, Any], dict[str, Any]]:
    """A state and what the oracle says in the same words.

    The value of ``_deleted`` is only half of what decides: what is compared is whether the record is listed.
    """
    open_ = meant.conflicts | ({DELETED} if meant.against else set())
    doubted = dict.fromkeys(meant.against, "null")
    found = {
        "waiting": state.parked,
        "heads": tuple(head.id for head in state.heads),
        "listed": not from_state(state).deleted,
        "shown": {name: said(value) for name, value in state.values.items() if name != DELETED},
        "registers": state.values.keys(),
        "conflicts": {
            name: [(write.revision.wall, write.revision.id, said(write.value)) for write in writes]
            for name, writes in state.conflicts.items()
        },
        "erased in conflict": [w for writes in state.conflicts.values() for w in writes if w.erased],
    }
    expected = {
        "waiting": tuple(sorted(meant.waiting)),
        "heads": tuple(sorted(meant.heads)),
        "listed": meant.listed,
        "shown": {name: value for name, value in meant.shown.items() if name != DELETED},
        "registers": meant.shown.keys(),
        "conflicts": {
            name: sorted(
                (meant.walls[id_], id_, value)
                for id_, value in (meant.standing[name] | (doubted if name == DELETED else {})).items()
            )
            for name in open_
        },
        "erased in conflict": [],
    }
    return found, expected


# --- P1, P2, P3, P6 --------------------------------------------------------------------------------------------------


def _unions(record: str, known: Sequence[Sequence[Revision]], merge: Merge) -> None:
    """Of what three PCs know."""
    a, b, c = (merged({}, known[n % len(known)]) for n in range(3))
    one, other = merged(a, b.values()), merged(b, a.values())
    same("P2 commutative", one, other)
    state = merge(record, one.values())
    same_state("P2 commutative", merge(record, other.values()), state)
    left, right = merged(one, c.values()), merged(a, merged(b, c.values()).values())
    same("P3 associative", left, right)
    same_state("P3 associative", merge(record, left.values()), merge(record, right.values()))
    same("P1 idempotent", merged(one, [*a.values(), *one.values()]), one)
    same_state("P1 idempotent", merge(record, [*one.values(), *one.values()]), state)
    same("P6 nothing goes away", one.keys(), a.keys() | b.keys())
    for form in (*a.values(), *b.values()):
        same("P6 what was erased comes back", _erased([form]) - _erased([one[form.id]]), set())


# --- P5, P12, by the world's masks -----------------------------------------------------------------------------------


def _nothing_lost(world: World, here: Forms, state: RecordState) -> None:
    """Each write is visible, or replaced by one who knew of it, or erased."""
    for n, revision in enumerate(world.made):
        if revision.record != state.record:
            continue
        erased = here[revision.id].erased
        for name, value in revision.registers.items():
            if (erased and name in erased.registers) or _replaced(world, n, name):
                continue
            writes = state.conflicts.get(name, ())
            if writes and revision.id not in {write.revision.id for write in writes}:
                raise AssertionError(f"P5 lost among the conflicts: {name} of {revision.id}")
            if not writes and said(state.values[name]) != said(value):
                raise AssertionError(f"P5 lost: {name} of {revision.id}")


def _replaced(world: World, n: int, name: str) -> bool:
    return any(
        known >> n & 1 and name in later.registers for later, known in zip(world.made, world.ancestors, strict=True)
    )


def _put_away_by_all(world: World, here: Forms, state: RecordState) -> None:
    """No edit vanishes that knew of no deletion that stands and was known to none."""
    saves = [n for n, revision in enumerate(world.made) if revision.record == state.record]
    deciding = [n for n in saves if DELETED in world.made[n].registers and not _replaced(world, n, DELETED)]
    says = [world.made[n].registers[DELETED] is True for n in deciding]
    related = 0
    for n in deciding:
        related |= world.ancestors[n] | 1 << n
        related |= sum(1 << later for later in saves if world.ancestors[later] >> n & 1)
    unseen = [n for n in saves if not related >> n & 1 and not only_an_answer(world.made[n])]
    same("P12 put away", from_state(state).deleted, bool(says) and all(says) and not unseen)
    if any(says) and (unseen or not all(says)) and DELETED not in state.conflicts:
        raise AssertionError("P12 an edit beside a deletion is not marked")


# --- what somebody saw ------------------------------------------------------------------------------------------------


def _seen_long_ago(world: World, here: Forms, draw: random.Random) -> None:
    """Who saw a record with these heads knew them and all that came before, as far as it is here."""
    saves = [n for n, revision in enumerate(world.made) if revision.id in here]
    heads = [n for n in saves if draw.random() < 0.2]
    seen = 0
    for n in heads:
        seen |= world.ancestors[n] | 1 << n
    found = as_of(here.values(), [*(world.made[n].id for n in heads), "0" * 64])
    same("seen long ago", {r.id for r in found}, {world.made[n].id for n in saves if seen >> n & 1})
    same("seen long ago, each once", len(found), seen.bit_count())


# --- what was withdrawn ----------------------------------------------------------------------------------------------


def _withdrawn(world: World, here: Forms, record: str, draw: random.Random, merge: Merge) -> int:
    """Some saves are gone, and notes say upon what they were made: all others count, as if those had never been.

    How many were gone.
    """
    saves = [n for n, revision in enumerate(world.made) if revision.id in here]
    gone = [n for n in saves if draw.random() < 0.3]
    left = [n for n in saves if n not in gone]
    notes = [_note(record, [world.made[n]], draw) for n in gone]
    come = [*(here[world.made[n].id] for n in left), *notes]
    draw.shuffle(come)
    state = merge(record, come)
    same("P10 withdrawn", *compared(state, meaning(come)))
    same("withdrawn, and nothing waits", state.parked, ())
    newest = {n for n in left if not any(world.ancestors[other] >> n & 1 for other in left)}
    same("withdrawn, heads", {head.id for head in state.heads}, {world.made[n].id for n in newest})
    for n in left:
        for name, value in here[world.made[n].id].registers.items():
            erased = here[world.made[n].id].erased
            after = [other for other in left if world.ancestors[other] >> n & 1]
            if (erased and name in erased.registers) or any(name in world.made[other].registers for other in after):
                continue
            stands = [said(write.value) for write in state.conflicts.get(name, ())] or [said(state.values[name])]
            if said(value) not in stands:
                raise AssertionError(f"P5 lost beside what was withdrawn: {name} of {world.made[n].id}")
    again = merge(record, [*come, *here.values()])
    same_state("withdrawn, and here after all", again, merge(record, here.values()))
    return len(gone)


def _note(record: str, gone: Sequence[Revision], draw: random.Random) -> Revision:
    """Of the office; now and then something stands in it that is none of its business."""
    registers: dict[str, Json] = {f"_withdrawn/{one.id}": sorted(one.parents) for one in gone}
    if draw.random() < 0.2:
        registers[f"_withdrawn/{'f' * 64}"] = draw.choice([None, "x", ["x"], ["e" * 64], {}, [1]])
    return new_revision(
        record=record,
        replica="f" * 16,
        seq=1 + draw.getrandbits(40),
        parents=(),
        registers=registers,
        author="Ofis",
        wall=WALLS[0],
    )


# --- P11 -------------------------------------------------------------------------------------------------------------


def _settled_stays(here: Forms, state: RecordState, draw: random.Random, merge: Merge) -> int:
    """A decision by one who knew all stands against everything old, in whatever order and form it comes again.

    How many conflicts were decided.
    """
    if not state.conflicts:
        return 0
    record = state.record
    chosen = {name: draw.choice(writes).value for name, writes in state.conflicts.items() if draw.random() < 0.8}
    decision = _later([head.id for head in state.heads], record, chosen, draw)
    after = _later([decision.id], record, {"summary": "x"}, draw)
    old = [*here.values(), *here.values()]
    speaking = [form for form in here.values() if erasable(form, form.registers)]
    if speaking and draw.random() < 0.1:
        form = draw.choice(speaking)
        gone = erase(form, erasable(form, form.registers), when="2026-01-01T00:00:00Z", who="Ali Ak", why="a")
        old = [gone if one.id == form.id else one for one in old]
    draw.shuffle(old)
    for newest, known in ((decision, [*here.values(), decision]), (after, [after, decision, *old])):
        found = merge(record, known)
        same("P11 settled", found.conflicts.keys() & chosen.keys(), set())
        same("P11 as decided", *({name: said(values[name]) for name in chosen} for values in (found.values, chosen)))
        same("P11 heads", [head.id for head in found.heads], [newest.id])
        others = [open_.keys() - chosen.keys() - _erased(known) for open_ in (found.conflicts, state.conflicts)]
        same("P11 what was not decided stays open", *others)
    return len(chosen)


def _erased(known: Iterable[Revision]) -> set[str]:
    return {name for form in known if form.erased for name in form.erased.registers}


def _later(parents: Sequence[str], record: str, registers: Mapping[str, Json], draw: random.Random) -> Revision:
    return new_revision(
        record=record,
        replica="f" * 16,
        seq=1,
        parents=tuple(parents),
        registers=registers,
        author="Ali Ak",
        wall=draw.choice(WALLS),
    )
