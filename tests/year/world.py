"""Thirty district municipalities and the office on disk: real workplaces, clocks that are wrong, mail that is bad.

What happens is drawn from one seed. Keys and ids are drawn from it too, so that a year can be played again to the bit.
"""

import base64
import hashlib
import random
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases import workplace as workplaces
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.year.oracle import Oracle

_START = datetime(2026, 1, 5, 8)
_DRIFTS = (*[timedelta()] * 3, timedelta(minutes=-7), timedelta(days=-9000), timedelta(days=2), timedelta(days=1100))
"""Most clocks are right; some forgot everything, some are years ahead."""
COUNTERS = {"files", "words"}
"""Counts that only make names different."""


@dataclass(eq=False)
class Pc:
    """One PC and the person at it. ``drift``: how wrong its clock is."""

    folder: Path
    body: str
    person: str
    drift: timedelta = timedelta()
    stolen: bool = False
    set_back: bool = False
    """Its disk is an old one, and the office has not answered it since."""
    pins_in: int = 0
    """The week in which somebody compares the office's fingerprint."""
    bin: list[str] = field(default_factory=list)
    forms: list[Project] = field(default_factory=list)
    """Projects as they were seen when a form was opened, some time ago."""

    @property
    def office(self) -> bool:
        return self.body == OFFICE


@dataclass(frozen=True)
class _Letter:
    week: int
    to: str
    path: Path


class Post:
    """Loses, repeats, delays, mixes up and damages; when it is ``calm``, it only mixes up."""

    def __init__(self, random_: random.Random, counts: Counter[str]) -> None:
        self._random, self._counts = random_, counts
        self._waiting: list[_Letter] = []
        self.calm = False

    def send(self, path: Path, to: str, week: int, *, after: int | None = None) -> None:
        """``after``: this letter comes in so many weeks, and comes for certain."""
        self._counts["bundles mailed"] += 1
        if self.calm or after is not None:
            self._waiting.append(_Letter(week + (after or 0), to, path))
            return
        if self._random.random() < 0.15:
            self._counts["lost"] += 1
            return
        copies = 2 if self._random.random() < 0.15 else 1
        self._counts["repeated"] += copies - 1
        for _ in range(copies):
            delay = self._random.choice((0, 0, 0, 1, 1, 2, 3, 5, 9))
            self._counts["delayed"] += delay > 0
            self._waiting.append(_Letter(week + delay, to, self._damaged(path)))

    def _damaged(self, path: Path) -> Path:
        if self._random.random() < 0.98:
            return path
        self._counts["cut off"] += 1
        half = path.with_name(f"{path.stem}-half.izsa")
        data = path.read_bytes()
        half.write_bytes(data[: self._random.randrange(len(data))])
        return half

    def arrived(self, to: str, week: int) -> list[Path]:
        here = [one for one in self._waiting if one.to == to and (self.calm or one.week <= week)]
        self._waiting = [one for one in self._waiting if one not in here]
        self._random.shuffle(here)
        return [one.path for one in here]


class World:
    """``week`` is what time really is. ``counts``: what happened, for the figures. ``wrongs``: what must not happen.

    ``lost``: ids of saves that were nowhere but on the office's disk when that was gone. ``thiefs``: of those that were
    made on stolen PCs. ``asked``, ``forgotten``: records in which the office is to erase, and has erased.
    """

    def __init__(self, folder: Path, seed: str, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self.wrongs: list[str] = []
        self.lost: set[str] = set()
        self.thiefs: set[str] = set()
        self.asked: list[str] = []
        self.forgotten: list[str] = []
        self.post = Post(random.Random(f"post {seed}"), self.counts)
        self.oracle = Oracle()
        self.week, self._second, self._calls = 0, 0, 0
        self._drift = timedelta()
        self.pcs: list[Pc] = []
        (folder / "mail").mkdir(parents=True)
        self.office = Pc(folder / "office", OFFICE, "Koordinatör")
        _repeatable(random.Random(f"keys {seed}"), patch)
        world = self

        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> "Clock":
                world._calls += 1
                moment = world._moment() + timedelta(microseconds=world._calls)
                return cls.fromisoformat(moment.isoformat()).replace(tzinfo=tz)

        patch.setattr(workplaces, "datetime", Clock)

    def _moment(self) -> datetime:
        return _START + timedelta(weeks=self.week, seconds=self._second) + self._drift

    @property
    def wall(self) -> str:
        """What the clock of the PC at which somebody works shows now, as saves write it."""
        return self._moment().strftime("%Y-%m-%dT%H:%M:%SZ")

    @contextmanager
    def at(self, pc: Pc) -> Iterator[Workplace]:
        """Somebody sits down at a PC. Whatever they do there is one second apart from what was done before."""
        self.tick(pc)
        with open_workplace(pc.folder) as workplace:
            yield workplace

    def tick(self, pc: Pc) -> None:
        self._second += 1
        self._calls = 0
        self._drift = pc.drift

    def next_week(self) -> None:
        self.week += 1
        self._second = 0
        for pc in self.pcs:
            if self.random.random() < 0.02:
                pc.drift = self.random.choice(_DRIFTS)

    def file(self, pc: Pc) -> Path:
        """A name that no bundle has had."""
        self.counts["files"] += 1
        return self.folder / "mail" / f"{self.counts['files']:05}-{pc.folder.name}.izsa"

    def of(self, body: str) -> list[Pc]:
        return [pc for pc in self.pcs if pc.body == body and not pc.stolen]


def _repeatable(random_: random.Random, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(secrets, "token_hex", lambda n: random_.randbytes(n).hex())

    def generate(_cls: type[SecretKey]) -> SecretKey:
        seed, key_id = random_.randbytes(32), random_.randbytes(8)
        secret = key_id + seed + bytes(SigningKey(seed).verify_key)
        check = hashlib.blake2b(b"Ed" + secret, digest_size=32).digest()
        body = b"Ed" + bytes(2) + b"B2" + bytes(48) + secret + check
        return SecretKey.from_file_bytes(b"untrusted comment: a key\n" + base64.b64encode(body) + b"\n")

    patch.setattr(SecretKey, "generate", classmethod(generate))
