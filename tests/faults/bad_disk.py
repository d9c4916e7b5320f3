"""A disk on which now and then a call fails, while a person works at the window.

``python -m tests.faults.bad_disk --seconds 10 --seed 1``: for every kind of failure strace makes every so many-th of
these calls on the database and its journal fail, as the system would. Nothing may be acknowledged that is not stored,
no letter may leave the form, the window must say that something went wrong, and nothing may break.
"""

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from izsa_desktop.usecases.workplace import DATABASE, open_workplace
from tests.faults import diary, recording
from tests.faults.judge import Content, Judge, Verdict
from tests.faults.verbs import WORKPLACE, prepare

KINDS = {
    "a write fails": ("pwrite64", "EIO", 41),
    "a write finds no room": ("pwrite64", "ENOSPC", 53),
    "flushing fails": ("fsync,fdatasync", "EIO", 11),
    "a read fails": ("pread64", "EIO", 67),
    "the journal cannot be removed": ("unlink", "EIO", 3),
    "a file cannot be opened": ("openat", "EIO", 7),
    "a file cannot be opened for too many are open": ("openat", "EMFILE", 5),
}
"""The calls, the error, and every how many-th of them fails."""


def sit(folder: Path, kind: str, seed: str, seconds: float) -> Verdict:
    """A person works on such a disk; what is there afterwards, on a good one, is judged."""
    prepare(folder, "save")
    workplace, notes = folder / WORKPLACE, folder / "diary"
    with open_workplace(workplace) as opened:
        before = Content.of(opened)
    calls, error, every = KINDS[kind]
    database = workplace / DATABASE
    paths = [word for path in (database, f"{database}-journal") for word in ("-P", str(path))]
    failing = ["-e", f"trace={calls}", "-e", f"inject={calls}:error={error}:when={every}+{every}"]
    command = [sys.executable, "-m", "tests.faults.sitting", workplace, notes, seed, seconds]
    strace = ["strace", "-f", "-o", os.devnull, *paths, *failing]
    subprocess.run([*strace, *map(str, command)], check=True, cwd=Path(__file__).parents[2])
    with open_workplace(workplace) as opened:
        return Judge(opened, before, diary.read(notes), 0.0, math.inf).judge()


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.bad_disk", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--kind", choices=KINDS, action="append")
    wanted = parser.parse_args(argv)
    if reason := recording.why_not():
        print(reason)
        return 2
    wrong = 0
    for kind in wanted.kind or KINDS:
        folder = Path(tempfile.mkdtemp(prefix="izsa-bad-disk-"))
        verdict = sit(folder, kind, wanted.seed, wanted.seconds)
        print(*verdict.wrongs, sep="\n", end="\n" if verdict.wrongs else "")
        print(
            f"{kind}: {verdict.keys} key strokes, {verdict.saves} acknowledged saves, {len(verdict.problems)} notices "
            f"of problems, {len(verdict.wrongs)} wrong",
            flush=True,
        )
        wrong += len(verdict.wrongs)
        if verdict.wrongs:
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
