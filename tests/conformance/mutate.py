"""Changed bundles by the million: ``python -m tests.conformance.mutate --mutations 1000000 --seed 1``.

Three honest bundles of more than 64 KiB each: a delta with evidence, a full one, an answer of the office. Each bit is
flipped and the file cut at each byte; then random changes of the file, and of what lies inside, in containers that were
put right again. None may be accepted. Every tenth random change is signed again by the PC's own key, so that it gets to
the innermost readers: then it may be accepted, since a PC may say what it likes, but nothing may break. Anything but a
``Refused`` is a crash and ends the run with the number of the change, which a later run can repeat with ``--first``.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil

from izsa_desktop.bundle import file
from izsa_desktop.bundle.file import Reading, VerifiedBundle
from izsa_desktop.domain.errors import Refused
from tests.conformance.changes import Target, cuts, flips, inner_change, outer_change, payloads, targets

SLOWEST, MOST_MEMORY = 10.0, 300 * 1024 * 1024
INNER_EVERY = 10
"""Every so many-th random change is signed again."""


class BrokenError(AssertionError):
    """A change that was accepted, crashed the reader, or took too long."""


@dataclass
class Run:
    """What has been found so far."""

    codes: Counter[int] = field(default_factory=Counter)
    """Changes by exit code; 0 stands for what was signed again and taken in."""
    slowest: float = 0.0
    verify: Callable[[bytes, Reading], VerifiedBundle] = file.verify

    def judge(self, target: Target, data: bytes, what: str, signed_again: bool = False) -> None:
        """Raises BrokenError."""
        if data == target.data:
            return
        began = time.perf_counter()
        try:
            self.verify(data, target.reading)
        except Refused as refusal:
            code = refusal.exit_code
        except Exception as e:  # whatever is no refusal is what is looked for
            raise BrokenError(f"{what}: {type(e).__name__}: {e}") from e
        else:
            code = 0
        took = time.perf_counter() - began
        self.slowest = max(self.slowest, took)
        self.codes[code] += 1
        if code == 0 and not signed_again:
            raise BrokenError(f"{what}: accepted")
        if took > SLOWEST:
            raise BrokenError(f"{what}: took {took:.1f} s")

    @property
    def count(self) -> int:
        return sum(self.codes.values())


def systematic(run: Run, every: int = 1) -> None:
    """Of the three bundles every so many-th bit, cut, and byte of the payload."""
    for target in targets():
        for n, data in enumerate(flips(target, every)):
            run.judge(target, data, f"{target.name}: bit {n * every}")
        for n, data in enumerate(cuts(target, every)):
            run.judge(target, data, f"{target.name}: cut at {n * every}")
        for n, data in enumerate(payloads(target, every)):
            run.judge(target, data, f"{target.name}: byte {n * every} of the payload")


def random_changes(run: Run, seed: int, first: int, count: int) -> None:
    """Changes number ``first`` and so on; each depends on its number and the seed alone."""
    bundles = targets()
    for n in range(first, first + count):
        rng = random.Random(f"{seed}/{n}")
        target, other = rng.sample(bundles, 2)
        signed_again = n % INNER_EVERY == 0
        change = inner_change if signed_again else outer_change
        run.judge(target, change(rng, target, other), f"seed {seed}, change {n}", signed_again)


def peak_memory() -> int:
    """Bytes that this process has held at most."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mutations", type=int, default=1_000_000, help="random changes")
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-systematic", action="store_true", help="not every bit and every cut")
    given = parser.parse_args()
    run, began = Run(), time.perf_counter()
    if not given.no_systematic:
        systematic(run)
        _tell("every bit, cut and byte of the payload", run, began)
    before, began = run.count, time.perf_counter()
    random_changes(run, given.seed, given.first, given.mutations)
    _tell("random changes", run, began, before)
    if peak_memory() > MOST_MEMORY:
        raise BrokenError(f"{peak_memory():,} bytes of memory")


def _tell(what: str, run: Run, began: float, before: int = 0) -> None:
    took, count = time.perf_counter() - began, run.count - before
    print(
        f"{what}: {count:,} in {took:.0f} s ({count / took:,.0f} a second), all exit codes {dict(run.codes)}, "
        f"slowest {run.slowest * 1000:.0f} ms, memory {peak_memory() / 2**20:.0f} MiB",
        flush=True,
    )


if __name__ == "__main__":
    main()
