"""A year of thirty district municipalities and the office: ``python -m tests.year --seed 1``.

``--districts`` and ``--weeks`` make it shorter; one seed always plays the same year. Ends with the figures, and with
what is wrong.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.year.play import play
from tests.year.troubles import DANGERS
from tests.year.world import COUNTERS


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--districts", type=int, default=30)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--without", choices=sorted(DANGERS), action="append", default=[], help="a turn not to take")
    parser.add_argument("--folder", type=Path, help="where the workplaces are kept afterwards")
    wanted = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="izsa-year-") as temporary:
        done = play(
            wanted.folder or Path(temporary),
            wanted.seed,
            wanted.districts,
            wanted.weeks,
            DANGERS - set(wanted.without),
        )
    print(*done.wrongs[:40], sep="\n", end="\n" if done.wrongs else "")
    print(", ".join(f"{count:,} {what}" for what, count in sorted(done.counts.items()) if what not in COUNTERS))
    print(f"state {done.state_hash[:16]}, {done.seconds:.0f} s, {len(done.wrongs)} wrong")
    return 1 if done.wrongs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
