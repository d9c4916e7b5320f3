"""``izsa export`` and ``izsa merge`` stopped by SIGKILL, at the office and at a district.

``python -m tests.faults.letter_kills --kills 500 --seed 1``: at random moments. ``--every 1``: at each write, fsync,
rename, removal and shortening of a file, one after the other, counted with strace; ``--every 10``: at each tenth.
After each kill the workplace is judged (``letters.Judgement``) and the same is done again without a stop.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults import recording
from tests.faults.letters import STOPS, VERBS, Judgement, Scene, prepare

CALLS = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,mkdir,mkdirat"
_CALL = re.compile(r"\d+ +(\w+)\(")


@dataclass
class Outcome:
    """``killed``: how often the stop came before the end."""

    tries: int = 0
    killed: int = 0
    wrongs: list[str] = field(default_factory=list)


class Trial:
    """One verb, its scene, and what may be there afterwards."""

    def __init__(self, verb: str, folder: Path) -> None:
        self.scene = prepare(folder / "scene", verb)
        self.judgement = Judgement(self.scene, folder / "calm")
        self._folder = folder
        self.outcome = Outcome()

    def fresh(self) -> Scene:
        return self.scene.copy(self._folder / f"try-{self.outcome.tries}")

    def judge(self, tried: Scene, when: str, *, killed: bool) -> None:
        self.outcome.tries += 1
        self.outcome.killed += killed
        try:
            wrongs = list(self.judgement.wrongs(tried))
        except Exception as e:  # a workplace with which nothing can be done any more is lost
            wrongs = [f"{type(e).__name__}: {e}"]
        self.outcome.wrongs += [f"{when}: {wrong}" for wrong in wrongs]
        shutil.rmtree(tried.folder)


def at_random(trial: Trial, kills: int, seed: str) -> Outcome:
    """Kills at moments from before the first to after the last act; exports several times before each judgement."""
    from tests.cli.killing import Killable

    random_ = random.Random(seed)
    calm = trial.fresh()
    Killable(*calm.arguments()).wait()
    shutil.rmtree(calm.folder)
    longest = min(_seconds(trial) for _ in range(3))  # another may take longer: it is stopped all the same
    while trial.outcome.killed < kills:
        tried = trial.fresh()
        moments = [random_.uniform(0, 1.05 * longest) for _ in range(STOPS if trial.scene.writes else 1)]
        killed = [Killable(*tried.arguments(n)).kill_after(seconds) for n, seconds in enumerate(moments)]
        trial.outcome.killed += sum(killed) - killed[-1]
        trial.judge(tried, f"after {moments} s", killed=killed[-1])
    return trial.outcome


def _seconds(trial: Trial) -> float:
    from tests.cli.killing import Killable

    tried = trial.fresh()
    run = Killable(*tried.arguments())
    run.wait()
    shutil.rmtree(tried.folder)
    return time.monotonic() - run.started


# --- at every system call --------------------------------------------------------------------------------------------


def at_every_call(trial: Trial, every: int = 1) -> Outcome:
    """Kills at the beginning of each call that changes anything; the first, and each so many-th."""
    points = [(name, n) for name, count in sorted(_counted(trial).items()) for n in range(1, count + 1)]
    for name, n in points[::every]:
        tried = trial.fresh()
        code = _traced(tried, ["-o", os.devnull, "-e", f"inject={name}:signal=SIGKILL:when={n}"])
        trial.judge(tried, f"{name} {n}", killed=code == -9)
    return trial.outcome


def _counted(trial: Trial) -> Counter[str]:
    tried = trial.fresh()
    trace = tried.folder / "trace"
    _traced(tried, ["-o", str(trace)])
    found = Counter(match[1] for line in trace.read_text().splitlines() if (match := _CALL.match(line)))
    shutil.rmtree(tried.folder)
    return found


def _traced(tried: Scene, options: Sequence[str]) -> int:
    command = ["strace", "-f", "-qq", "-s", "0", "-e", f"trace={CALLS}", *options]
    program = [sys.executable, "-m", "tests.faults.letters", tried.verb, str(tried.folder)]
    run = subprocess.run(
        [*command, *program],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return run.returncode


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.letter_kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, help="of each verb")
    parser.add_argument("--every", type=int, default=0, help="at each so many-th system call instead")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--verb", choices=VERBS, action="append")
    wanted = parser.parse_args(argv)
    if wanted.every and (reason := recording.why_not()):
        print(reason)
        return 2
    found = 0
    for verb in wanted.verb or VERBS:
        with tempfile.TemporaryDirectory(prefix="izsa-letters-") as temporary:
            trial = Trial(verb, Path(temporary))
            outcome = at_every_call(trial, wanted.every) if wanted.every else _at_random(trial, wanted)
            print(*outcome.wrongs[:20], sep="\n", end="\n" if outcome.wrongs else "")
            print(f"{verb}: {outcome.killed} kills, {outcome.tries} judged, {len(outcome.wrongs)} wrong", flush=True)
            found += len(outcome.wrongs)
    return 1 if found else 0


def _at_random(trial: Trial, wanted: argparse.Namespace) -> Outcome:
    from tests.cli.killing import start_server

    start_server()
    return at_random(trial, wanted.kills, f"{wanted.seed} {trial.scene.verb}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
