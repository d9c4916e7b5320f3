"""Worlds of PCs that know little of each other: what they saved, erased and got, from a seed or from Hypothesis.

A world is played from a script of small numbers, so that the same script always gives the same world. What a PC knows
is followed here with bit masks, apart from the program's merge: a save names as parents the newest saves that the PC
knows with their whole ancestry.

``python -m tests.merge.worlds --worlds 1000000 --seed 1`` examines many; ``--worlds 1 --seed N`` that
one.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from izsa_desktop.domain.erasure import erasable, erase
from izsa_desktop.domain.record_types import JOINT
from izsa_desktop.domain.revision import DELETED, PROJECT, Json, Revision, new_revision

DISTRICTS = ("TUR035007", "TUR035018")
ALL = (1 << 64) - 1

REGISTERS: tuple[tuple[str, tuple[Json, ...]], ...] = (
    ("title", ("Kompost", "Bostan", "Kompost", None)),
    ("audience_number", (0, 1, True, None)),
    ("goals/11", ({"rank": 1}, {"rank": 2}, None)),
    ("goals/6", ({"rank": 1}, {"rank": 2}, None)),
    ("main_goal", ("11", "13", None)),
    ("status", ("sürüyor", "bitti", None)),
    (
        "locations/main",
        tuple({"type": "Point", "coordinates": [271700000, 384200000 + n], "exactness": "exact"} for n in (0, 1)),
    ),
    ("dimensions", ({"sosyal": 40, "çevresel": 60}, {"sosyal": 60, "çevresel": 40}, None)),
    ("partners/p1", ({"rank": 1, "name": "Ege"}, {"rank": 1, "name": "Ege", "role": "ortak"}, None)),
    ("number", ("İZSA-BOR-2026-0001", "İZSA-BOR-2026-0002")),
    ("x_new", ([0], {"a": None}, None)),
    ("district/answer", ({"said": "accept"}, {"said": "decline"})),
    ("told/TUR035021", ({"said": "accept"}, None)),
    (DELETED, (True, True, True, None, False, 1)),
)
"""Scalars, elements of lists, grouped ones, a row, one that this version does not know, a district's answer to a joint
programme and what it is told of another's; few values, so that the same is
often written twice and a value comes back (0, 1, 0)."""
_LAST = len(REGISTERS) - 1

WALLS = (
    *(f"2025-03-14T12:00:0{n}Z" for n in range(4)),
    *("1970-01-01T00:00:00Z", "2009-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "2025-03-14T12:00:00Z"),
)
_FORGOTTEN = (("2026-01-01T00:00:00Z", "Ayşe Yılmaz", "a"), ("2026-01-01T00:00:00Z", "Ali Ak", "b"))


class Save(NamedTuple):
    """``writer`` counts the record's own PCs; ``writes``: numbers of registers and values; ``seen``: a mask over what
    the PC knows, ``ALL`` but for a form that was opened long ago or a disk that was set back; ``settles``: the save
    says that it chooses."""

    writer: int
    record: int
    writes: tuple[tuple[int, int], ...]
    wall: int
    seen: int = ALL
    settles: bool = False


class Get(NamedTuple):
    """A PC gets some (a mask) of what another knows."""

    pc: int
    sender: int
    mask: int = ALL


class Erase(NamedTuple):
    """A PC erases one register of one of the saves it knows."""

    pc: int
    which: int
    register: int
    reason: int


class Plot(NamedTuple):
    """All that makes a world. ``pcs`` is not less than ``districts``; ``number`` names it and its records."""

    script: Sequence[Save | Get | Erase]
    pcs: int
    districts: int
    records: int
    number: int = 0


class Arrival(NamedTuple):
    """What came to a PC at once; ``own``: written there."""

    pc: int
    revisions: tuple[Revision, ...]
    own: bool


@dataclass
class World:
    """``ancestors``: of each save, a mask over ``made``. ``forms``: all of ``made`` and what was erased from them."""

    plot: Plot
    records: list[str]
    made: list[Revision] = field(default_factory=list)
    ancestors: list[int] = field(default_factory=list)
    forms: list[tuple[int, Revision]] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)

    def known(self) -> dict[str, list[list[Revision]]]:
        """Of each record and PC the forms that came, each once, in the order in which they came."""
        found: dict[str, list[dict[int, Revision]]] = {
            record: [{} for _ in range(self.plot.pcs)] for record in self.records
        }
        for arrival in self.arrivals:
            for form in arrival.revisions:
                found[form.record][arrival.pc][id(form)] = form
        return {record: [list(forms.values()) for forms in known] for record, known in found.items()}


def play(plot: Plot) -> World:
    """The world that a plot makes."""
    script, pcs, districts, records, number = plot
    ids = [f"{DISTRICTS[n % districts]}/{number:030x}{n:02x}" for n in range(records)]
    world = World(plot, ids)
    held: list[dict[int, None]] = [{} for _ in range(pcs)]  # what each PC knows: numbers of forms
    own: list[list[int]] = [[pc for pc in range(pcs) if pc % districts == n % districts] for n in range(records)]
    for step in script:
        if isinstance(step, Save):
            pcs_of = own[step.record % records]
            pc = pcs_of[step.writer % len(pcs_of)]
            came = _save(world, step, pc, ids[step.record % records], held[pc])
        elif isinstance(step, Erase):
            pc = step.pc % pcs
            came = _erase(world, step, list(held[pc]))
        else:
            pc = step.pc % pcs
            came = [form for n, form in enumerate(held[step.sender % pcs]) if step.mask >> (n & 63) & 1]
        if came:
            held[pc].update(dict.fromkeys(came))
            revisions = tuple(world.forms[form][1] for form in came)
            world.arrivals.append(Arrival(pc, revisions, own=not isinstance(step, Get)))
    return world


def _save(world: World, step: Save, pc: int, record: str, held: Mapping[int, None]) -> list[int]:
    known = 0
    for n in {world.forms[form][0] for form in held}:
        if world.made[n].record == record and step.seen >> (n & 63) & 1:
            known |= 1 << n
    counted = [n for n in range(len(world.made)) if known >> n & 1 and not world.ancestors[n] & ~known]
    replaced = 0
    for n in counted:
        replaced |= world.ancestors[n]
    heads = [n for n in counted if not replaced >> n & 1]
    replica = f"{pc + 1:016x}"
    registers: dict[str, Json] = {}
    for n, value in step.writes:
        name, values = REGISTERS[n % len(REGISTERS)]
        registers[name] = values[value % len(values)]
    revision = new_revision(
        record=record,
        replica=replica,
        seq=1 + sum(other.replica == replica for other in world.made),
        parents=tuple(world.made[n].id for n in heads),
        registers=registers,
        author="Ayşe Yılmaz",
        wall=WALLS[step.wall % len(WALLS)],
        settles=registers if step.settles else (),
        type_=JOINT if sum(record.encode()) % 3 == 0 else PROJECT,
    )
    ancestors = 0
    for n in heads:
        ancestors |= world.ancestors[n] | 1 << n
    world.made.append(revision)
    world.ancestors.append(ancestors)
    world.forms.append((len(world.made) - 1, revision))
    return [len(world.forms) - 1]


def _erase(world: World, step: Erase, held: Sequence[int]) -> list[int]:
    if not held:
        return []
    n, form = world.forms[held[step.which % len(held)]]
    names = erasable(form, form.registers)
    if not names:
        return []
    when, who, why = _FORGOTTEN[step.reason % len(_FORGOTTEN)]
    erased = erase(form, [names[step.register % len(names)]], when=when, who=who, why=why)
    world.forms.append((n, erased))
    return [len(world.forms) - 1]


# --- from a seed -----------------------------------------------------------------------------------------------------


def random_world(seed: int) -> World:
    """2-6 PCs of one or two districts, 1-3 records, 3-20 saves."""
    draw = random.Random(seed)
    below = draw.randrange
    pcs, districts, records = 2 + below(5), 1 + below(2), 1 + below(3)
    talk, forget = (0.2, 0.5, 0.9)[below(3)], (0.0, 0.0, 0.15)[below(3)]
    script: list[Save | Get | Erase] = []
    touched: list[set[int]] = [set() for _ in range(records)]
    for _ in range(3 + below(18)):
        writer, record = below(pcs), below(records)
        while draw.random() < talk:
            script.append(Get(below(pcs), below(pcs), (ALL, draw.getrandbits(64))[below(2)]))
        first = not touched[record]
        writes = _writes(draw, touched[record])
        seen = ALL if draw.random() < 0.9 else draw.getrandbits(64)
        script.append(Save(writer, record, writes, below(8), seen, settles=len(writes) > 3))
        if first and draw.random() < 0.7:  # usually a record is known everywhere before it is edited
            script.extend(Get(pc, sender) for sender in range(pcs) for pc in range(pcs) if pc != sender)
        if draw.random() < forget:
            script.append(Erase(below(pcs), below(64), below(4), below(2)))
    return play(Plot(script, pcs, districts, records, seed))


def _writes(draw: random.Random, touched: set[int]) -> tuple[tuple[int, int], ...]:
    """Mostly one to three registers; sometimes all that were ever written, which settles what was open."""
    kind = draw.random()
    if kind < 0.1:
        names = {_LAST}
    elif kind < 0.2:
        names = touched
    else:
        names = {draw.randrange(len(REGISTERS)) for _ in range(1 + draw.randrange(3))}
    touched |= names
    return tuple((name, draw.randrange(12)) for name in sorted(names))


# --- many ------------------------------------------------------------------------------------------------------------


def main(argv: Sequence[str]) -> int:
    from tests.merge.properties import PropertyError, examine_worlds  # which imports this module

    parser = argparse.ArgumentParser(prog="python -m tests.merge.worlds", description=__doc__)
    parser.add_argument("--worlds", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1, help="number of the first world; the others follow")
    wanted = parser.parse_args(argv)
    began = time.monotonic()
    try:
        totals = examine_worlds(_announced(range(wanted.seed, wanted.seed + wanted.worlds)))
    except PropertyError as e:
        print(e)
        return 1
    seconds = time.monotonic() - began
    print(f"{totals}; {seconds:.1f} s, {wanted.worlds / seconds:.0f} worlds a second")
    return 0


def _announced(seeds: Sequence[int]) -> Iterable[int]:
    for n, seed in enumerate(seeds):
        if n and n % 50_000 == 0:
            print(f"{n} of {len(seeds)}", flush=True)
        yield seed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
