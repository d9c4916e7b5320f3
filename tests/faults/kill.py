"""``kill -9`` at random moments while a person works at the window.

``python -m tests.faults.kill --rounds 1000 --seed 1``: every round forks a window on the same workplace from this
process, which has imported everything and started nothing of Qt; lets a person work at it; kills it; judges what is on
disk; enters another project by the use cases, to see that the store goes on. Every 25 rounds the workplace is a new
one. The seed settles what is done and when the kill comes.
"""

import argparse
import faulthandler
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn

import bootstrap
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.faults import diary
from tests.faults.diary import Diary
from tests.faults.judge import Content, Judge, Verdict

BODY = "TUR035007"
LONGEST = 2.0
"""Seconds from the person's first act within which the kill comes; a draft is due after 0.7."""
EARLY, OPENING = 0.1, 0.8
"""So many of the kills come earlier: within so many seconds from the fork, while the window opens."""
PATIENCE = 60.0
"""Seconds within which a person must have begun."""
FRESH = 25
FLUSHES = 8
"""A draft is on disk after so many flushes (journal, folder, database, seal); a slow disk makes each of them slow."""


@dataclass
class Totals:
    """Over all rounds."""

    rounds: int = 0
    wrongs: list[str] = field(default_factory=list)
    saves: int = 0
    drafts: int = 0
    deletions: int = 0
    imported: int = 0
    keys: int = 0
    idle: int = 0
    late: float = 0.0
    ages: list[float] = field(default_factory=list)

    def add(self, seed: str, verdict: Verdict) -> None:
        self.rounds += 1
        self.late = max(self.late, verdict.late)
        self.wrongs += [f"round {seed}: {wrong}" for wrong in verdict.wrongs]
        self.saves += verdict.saves
        self.drafts += verdict.drafts
        self.deletions += verdict.deletions
        self.imported += verdict.imported
        self.keys += verdict.keys
        self.idle += not verdict.keys
        self.ages.append(verdict.age)

    def sentence(self) -> str:
        ages = sorted(self.ages)
        return (
            f"{self.rounds} kills, {self.idle} of them before the first key; {self.keys} key strokes, "
            f"{self.saves} acknowledged saves, {self.deletions} acknowledged deletions and restorations, "
            f"{self.imported} projects by acknowledged imports, "
            f"{self.drafts} drafts found; the oldest key stroke that did not come back was "
            f"{ages[len(ages) // 2] * 1000:.0f} ms old at the median, {ages[-1] * 1000:.0f} ms at most "
            f"(the machine's own lateness: {self.late * 1000:.0f} ms at most); "
            f"{len(self.wrongs)} wrong"
        )


def work(folder: Path, notes: Path, seed: str) -> NoReturn:
    """In the child: opens the window and works until the end. Whatever goes wrong ends it with status 1."""
    status = 1
    os.dup2(os.open(notes.with_suffix(".said"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    faulthandler.enable()
    try:
        from tests.faults.person import sit_down

        opened = sit_down(folder, Diary(notes), random.Random(seed))
        sys.excepthook = lambda *error: (traceback.print_exception(*error), os._exit(1))
        status = opened.application.exec()
    except BaseException:
        traceback.print_exc()
    os._exit(status)


def one_round(folder: Path, notes: Path, seed: str) -> Verdict:
    """One window, one kill, one judgement."""
    random_ = random.Random(f"kill {seed}")
    notes.unlink(missing_ok=True)
    with open_workplace(folder) as workplace:
        before = Content.of(workplace)
    early = random_.random() < EARLY
    wait = random_.uniform(0, OPENING if early else LONGEST)
    child = os.fork()
    if not child:
        work(folder, notes, seed)
    if not early:
        _wait_for(child, notes)
    late = _let_work(wait, folder.with_name("probe"))
    ended, status = os.waitpid(child, os.WNOHANG)
    killed = time.monotonic()
    if not ended:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with open_workplace(folder) as workplace:
        verdict = Judge(workplace, before, diary.read(notes), killed, late).judge()
        projects.add_projects(workplace, [ProjectFields(title=f"Sonra {seed}", goals=("6",))])
    if ended:
        said = notes.with_suffix(".said").read_text(errors="replace")
        verdict.wrongs.append(f"the window ended by itself with status {status}: {said}")
    return verdict


def _let_work(seconds: float, probe: Path) -> float:
    """Waits; gives back by how much this machine, busy with other things, may have delayed a draft meanwhile.

    It is measured beside the window: how late this process gets its turn, and how long the disk takes to flush a page.
    """
    until, late = time.monotonic() + seconds, 0.0
    with probe.open("wb", buffering=0) as file:
        while (begun := time.monotonic()) < until:
            os.pwrite(file.fileno(), bytes(4096), 0)
            os.fsync(file.fileno())
            flushed = time.monotonic()
            pause = min(0.05, max(0.0, until - flushed))
            time.sleep(pause)
            late = max(late, FLUSHES * (flushed - begun) + time.monotonic() - flushed - pause)
    return late


def _wait_for(child: int, notes: Path) -> None:
    """Until the person has begun, or the window has ended, or patience has."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not (notes.exists() and notes.stat().st_size):
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return
        time.sleep(0.005)


def template(folder: Path) -> Path:
    """A workplace with some projects."""
    with create_workplace(folder, BODY, "Ayşe Yılmaz") as workplace:
        titles = [f"{name} {n}" for n in range(4) for name in ("Çatı güneşi", "Kompost ağı", "Yağmur hasadı")]
        projects.add_projects(workplace, [ProjectFields(title=title, goals=("7", "13")) for title in titles])
    return folder


def rounds(folder: Path, count: int, seed: str, totals: Totals) -> None:
    """The rounds, in an empty folder of their own."""
    fresh = template(folder / "template")
    workplace = folder / "workplace"
    for n in range(count):
        if n % FRESH == 0:
            shutil.rmtree(workplace, ignore_errors=True)
            shutil.copytree(fresh, workplace)
        name = f"{seed}/{n}"
        verdict = one_round(workplace, folder / "diary", name)
        totals.add(name, verdict)
        if verdict.wrongs:
            shutil.copytree(workplace, folder / f"wrong-{n}")
            shutil.copy(folder / "diary", folder / f"wrong-{n}" / "diary")


def preload() -> None:
    """Imports what the window needs; Qt starts nothing by being imported."""
    os.environ.update(bootstrap.linux_qt_environment(offscreen=True))
    from tests.faults import person  # noqa: F401


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--folder", type=Path, help="an empty folder to work in, kept afterwards")
    wanted = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, _stop)
    folder = wanted.folder or Path(tempfile.mkdtemp(prefix="izsa-kill-"))
    folder.mkdir(exist_ok=True)
    preload()
    totals = Totals()
    try:
        rounds(folder, wanted.rounds, wanted.seed, totals)
    finally:
        print(*totals.wrongs[:20], sep="\n", end="\n" if totals.wrongs else "")
        if totals.rounds:
            print(totals.sentence())
        if not totals.wrongs and wanted.folder is None:
            shutil.rmtree(folder)
        else:
            print(f"kept: {folder}")
    return 1 if totals.wrongs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
