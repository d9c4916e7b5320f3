"""Power cuts: what was acknowledged is there, whatever the disk had not yet been told to keep.

``python -m tests.faults.power --cuts 200 --seed 1``: every verb of ``verbs``, and a person at the window, are recorded
system call by system call; then the disk is rebuilt as it may be after a cut at a random call (``disk``), the workplace
is opened, and what it holds must be what was last acknowledged or what was being done. Files with their final name must
be complete or absent.
"""

import argparse
import math
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.upkeep import check
from izsa_desktop.usecases.workplace import Workplace, create_workplace, exists, open_workplace
from tests.faults import diary, recording, verbs
from tests.faults.disk import Disk, materialise
from tests.faults.judge import Content, Judge
from tests.faults.recording import Call, Replay
from tests.faults.verbs import CREATE, MIGRATE, WORKPLACE, Note

WINDOW = "window"
STEPS = {
    "save": 40,
    "draft": 60,
    "add": 8,
    "import": 12,
    "export": 24,
    "backup": 24,
    "merge": 8,
    "receive": 8,
    "key": 16,
    CREATE: 6,
    MIGRATE: 3,
    WINDOW: 20,
}
"""How much is done in a recording (of the window: for how many seconds): some hundred to thousand system calls."""

Wrongs = Callable[[Path, bytes], Iterator[str]]
"""What is wrong with a rebuilt folder, by what had been told until the cut."""


@dataclass
class Run:
    """A recorded run: the folder as it was before, what was done to it, and how to judge what a cut leaves."""

    before: Path
    folder: Path
    notes: Path
    wrongs: Wrongs
    mark: bytes
    """What stands in every note that acknowledges something."""
    calls: list[Call] = field(default_factory=list)
    changing: list[int] = field(default_factory=list)
    """How many calls had been made after each that changed something: the moments at which a cut may come."""

    def replay(self, *, heed_sync: bool = True) -> Replay:
        return Replay(Disk(self.before), self.folder, self.notes, heed_sync=heed_sync)


@dataclass
class Outcome:
    """``told`` counts acknowledgements that were looked for after the cuts."""

    cuts: int = 0
    told: int = 0
    wrongs: list[str] = field(default_factory=list)


def recorded(verb: str, folder: Path, seed: str, steps: int, synchronous: str = "") -> Run:
    """Does it, under strace."""
    made, before, notes, trace = folder / "run", folder / "before", folder / "notes", folder / "trace"
    verbs.prepare(made, verb)
    shutil.copytree(made, before)
    if verb == WINDOW:
        with open_workplace(made / WORKPLACE) as workplace:
            content = Content.of(workplace)
        recording.record("tests.faults.sitting", [made / WORKPLACE, notes, seed, steps], trace)
        run = Run(before, made, notes, lambda rebuilt, told: _window_wrongs(content, rebuilt, told), b'"saved"')
    else:
        weaker = ["--synchronous", synchronous] if synchronous else []
        recording.record("tests.faults.verbs", [verb, made, notes, seed, steps, *weaker], trace)
        judge = Judgement(made, _read(notes.read_bytes()))
        run = Run(before, made, notes, judge.wrongs, b"\n")
    replay = run.replay()
    for call in recording.calls(trace):
        changed = replay.do(call)
        run.calls.append(call)
        if changed:
            run.changing.append(len(run.calls))
    return run


def cut(run: Run, folder: Path, cuts: int, seed: str, *, heed_sync: bool = True) -> Outcome:
    """Cuts the power at random calls; at every call ``-cuts`` times when that is below zero."""
    random_ = random.Random(f"cut {seed}")
    moments = sorted(random_.choices(run.changing, k=cuts)) if cuts > 0 else sorted(run.changing * -cuts)
    outcome, replay, done = Outcome(), run.replay(heed_sync=heed_sync), 0
    for n, moment in enumerate(moments):
        for call in run.calls[done:moment]:
            replay.do(call)
        done = moment
        rebuilt = folder / f"cut-{n}"
        materialise(replay.disk.after_cut(random_), rebuilt)
        outcome.cuts += 1
        outcome.told += replay.told.count(run.mark)
        outcome.wrongs += [f"cut {n} at call {moment}: {wrong}" for wrong in run.wrongs(rebuilt, replay.told)]
        shutil.rmtree(rebuilt)
    return outcome


class Judgement:
    """By the notes of the whole run, of which the first so many had been written at the cut."""

    def __init__(self, folder: Path, notes: Sequence[Note]) -> None:
        """``folder``: as the run left it. What ``izsa check`` complains of there, no cut has done."""
        self._notes = notes
        with open_workplace(folder / WORKPLACE) as workplace:
            self._usual = {_subject(problem) for problem in check(workplace)}

    def wrongs(self, folder: Path, told: bytes) -> Iterator[str]:
        """What was last acknowledged, or what was being done: nothing else may be there."""
        count = len(_read(told))
        last, next_ = self._notes[max(0, count - 1)], self._notes[min(count, len(self._notes) - 1)]
        yield from _wrong_files(folder, last, next_)
        try:
            there = exists(folder / WORKPLACE)
            if not there and last.content:
                yield "the workplace is gone"
                return
            with (open_workplace if there else _create)(folder / WORKPLACE) as workplace:
                if there and verbs.content_hash(workplace) not in (last.content, next_.content):
                    yield "the workplace holds neither what was acknowledged nor what was being done"
                yield from (problem for problem in check(workplace) if _subject(problem) not in self._usual)
                projects.add_projects(workplace, [ProjectFields(title="Sonra")])
        except Exception as e:  # a workplace that cannot be used is lost, whatever the reason
            yield f"{type(e).__name__}: {e}"


def _subject(problem: str) -> str:
    return problem.partition(":")[0]


def _create(folder: Path) -> Workplace:
    return create_workplace(folder, verbs.BODY, "Ayşe Yılmaz")


def _wrong_files(folder: Path, last: Note, next_: Note) -> Iterator[str]:
    found = verbs.files(folder)
    for path in last.files.keys() | next_.files.keys() | found.keys():
        if found.get(path) not in (last.files.get(path), next_.files.get(path)):
            yield f"{path} is neither what was acknowledged nor what was being written"


def _window_wrongs(before: Content, folder: Path, told: bytes) -> Iterator[str]:
    """By the diary of the person. How old a draft may be is another question: strace makes everything slow."""
    happenings = diary.decode(told)
    try:
        with closing(open_workplace(folder / WORKPLACE)) as workplace:
            last = happenings[-1].at if happenings else 0.0
            yield from Judge(workplace, before, happenings, last, math.inf).judge().wrongs
            projects.add_projects(workplace, [ProjectFields(title="Sonra")])
    except Exception as e:  # a workplace that cannot be used is lost, whatever the reason
        yield f"{type(e).__name__}: {e}"


_note = msgspec.json.Decoder(Note)


def _read(notes: bytes) -> list[Note]:
    return [_note.decode(line) for line in notes.split(b"\n")[:-1]]


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.power", description=__doc__)
    parser.add_argument("--cuts", type=int, default=200, help="of each verb; -2: at every system call, twice")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--verb", choices=STEPS, action="append")
    parser.add_argument("--steps", type=int, help="how much is recorded (of the window: seconds)")
    parser.add_argument("--synchronous", default="", help="weaken SQLite: OFF, NORMAL, FULL")
    wanted = parser.parse_args(argv)
    if reason := recording.why_not():
        print(reason)
        return 2
    found = 0
    for verb in wanted.verb or STEPS:
        with tempfile.TemporaryDirectory(prefix="izsa-power-") as temporary:
            folder = Path(temporary)
            run = recorded(verb, folder, wanted.seed, wanted.steps or STEPS[verb], wanted.synchronous)
            outcome = cut(run, folder, wanted.cuts, wanted.seed)
            print(*outcome.wrongs[:20], sep="\n", end="\n" if outcome.wrongs else "")
            print(
                f"{verb}: {len(run.changing)} system calls recorded; {outcome.cuts} cuts, {outcome.told} "
                f"acknowledgements looked for, {len(outcome.wrongs)} wrong",
                flush=True,
            )
            found += len(outcome.wrongs)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
