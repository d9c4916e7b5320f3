"""A year from the first enrolment to the last letter."""

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from izsa_desktop.usecases import upkeep
from tests.year.judge import saves, wrongs
from tests.year.office import Office, receive
from tests.year.people import People
from tests.year.troubles import DELTAS, ERASING, Crash, Disaster, Image, Rotation, Theft
from tests.year.world import Pc, World

CALM = 5
"""Rounds in the end in which nothing is lost."""


@dataclass(frozen=True)
class Played:
    counts: Counter[str]
    wrongs: list[str]
    state_hash: str
    seconds: float


def play(folder: Path, seed: str, districts: int, weeks: int, dangers: frozenset[str]) -> Played:
    """Plays a year; at least four districts and twelve weeks."""
    started = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        year = _Year(World(folder, seed, patch), districts, weeks, dangers)
        for _ in range(weeks):
            year.play_week()
        year.calm_down()
        found = [*year.world.wrongs, *wrongs(year.world)]
        with year.world.at(year.world.office) as office:
            hash_ = upkeep.state_hash(office)
    return Played(year.world.counts, found, hash_, time.monotonic() - started)


class _Year:
    def __init__(self, world: World, districts: int, weeks: int, dangers: frozenset[str]) -> None:
        self.world = world
        self._dangers = dangers
        bodies = [f"TUR0350{n:02}" for n in range(1, districts + 1)]
        paired = set(bodies[: max(1, districts // 15)])
        troubled = {*bodies[-3:]}
        self.people = People(world, set(bodies) if ERASING in dangers else {*bodies} - paired - troubled)
        self.office = Office(world, self.people)
        for body in bodies:
            for n in range(1, 3 if body in paired else 2):
                pins_in = world.random.choice((0, 0, 0, weeks // 4))
                self.office.new_pc(Pc(world.folder / f"{body}-{n}", body, f"Kişi {body[-2:]}-{n}", pins_in=pins_in))
        first, last = world.pcs[0], world.pcs[-1]
        other = next(pc for pc in world.pcs if pc.body == bodies[0] and pc is not first)
        self._image = Image(self.office, world.pcs[-2], weeks // 4, weeks // 2, dangers)
        self._troubles = (
            Theft(self.office, last, weeks // 3, dangers, late=True),
            Theft(self.office, other, weeks * 2 // 5, dangers, late=False),
            self._image,
            Crash(self.office, world.pcs[-3], weeks * 2 // 3, dangers),
            Rotation(world, weeks * 3 // 5),
            Disaster(self.office, weeks * 3 // 4, dangers),
        )
        self._known: set[str] = set()

    def play_week(self) -> None:
        world, random_ = self.world, self.world.random
        world.next_week()
        for trouble in self._troubles:
            trouble.happen()
        for pc in [one for one in world.pcs if not one.stolen]:
            if pc.pins_in == world.week:
                self.office.pin(pc)
            if random_.random() < 0.7:
                receive(world, pc)
            self.people.work(pc, 6 if len(world.of(pc.body)) > 1 else 3)
            if random_.random() < 0.5 and not self._image.must_wait(pc):
                self.people.send(pc)
        self.office.take_in()
        self._require_all_still_there()
        self.office.erase()
        self.office.review_and_decide()
        for body in sorted({pc.body for pc in world.pcs}):
            if random_.random() < 0.35:
                self.office.answer(body, full=self._full())

    def _full(self) -> bool:
        """Answers are full now and then, and after a rebuild where deltas are not to be trusted."""
        rebuilt = DELTAS not in self._dangers and self.world.counts["shut out"] > 0
        return rebuilt or (self.world.random.random() < 0.05 and not self.world.post.calm)

    def _require_all_still_there(self) -> None:
        """P6: nothing that the office had is gone, but for the thief's."""
        world = self.world
        with world.at(world.office) as office:
            here = {one.id for one in saves(office)} - world.thiefs
        if gone := self._known - here - world.lost:
            world.wrongs.append(f"week {world.week}: {len(gone)} saves are gone from the office")
        self._known = here

    def calm_down(self) -> None:
        """All that was not lost arrives; everybody sends, is answered, and sends and is answered again."""
        world = self.world
        world.post.calm = True
        for _ in range(CALM):
            world.next_week()
            for pc in [one for one in world.pcs if not one.stolen]:
                receive(world, pc)
            self._image.renew_when_told()
            for pc in [one for one in world.pcs if not one.stolen]:
                if not self._image.must_wait(pc):
                    self.people.send(pc)
            self.office.take_in()
            for body in sorted({pc.body for pc in world.pcs}):
                self.office.answer(body, full=self._full())
        for pc in [one for one in world.pcs if not one.stolen]:
            receive(world, pc)
