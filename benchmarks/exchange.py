"""The exchange at 1,000, 10,000 and 100,000 projects: sending, verify and merge, one record more; beside raw SQLite,
geodiff and git on the same records in the same run (``rivals`` says what those do).

The projects are of ``corpus``, all of one district. *Verify + merge* happens in a process of its own, begun for it, on
a fresh copy of the office's workplace, so that its memory is its own. Median of three, as for all that it is compared
with (git's checkout: one). A bundle has at most 24 MB of saves before they are compressed: 100,000 projects come as
five.

*One record more*: the district adds a project and sends what the office has not confirmed, the office merges it and
answers, 30 times; median / 99th percentile, or the largest. *Transaction* is what is neither verifying nor the backup:
reading the file, the transaction, the verbatim copy, looking for gaps. Within an hour the database is not backed up
again; what the hour's first merge takes more is told by itself.

    python benchmarks/exchange.py [--quick] [1000 10000 100000]

``--quick``: a thousand projects, within half a minute. Needs Linux, git and ``pip install pygeodiff``.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from benchmarks import rivals
from benchmarks.corpus import corpus, enter
from benchmarks.measuring import Times, clocked, memory, peak_memory, row, table, timed
from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.packing import shrink
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases import backups, enrolment, exchange, sending, trusting
from izsa_desktop.usecases.projects import add_projects
from izsa_desktop.usecases.upkeep import backup_before
from izsa_desktop.usecases.workplace import Workplace, create_workplace, open_workplace

DISTRICT = "TUR035007"
RUNS = 3
DELTAS = 30
RAW, PLAIN, MERGE, AGAIN = "raw SQLite", "without indexes", "verify + merge", "merge again"
FETCH = "git verify + fetch"
FRESH = "the hour's first backup"
VERIFY, BACKUP, REST = "of which verify", "of which backup", "of which transaction"
BUNDLE, GIT, CHANGES, SHRUNK = "bundle", "git bundle", "geodiff changeset", "the same compressed"


@dataclass(frozen=True, slots=True)
class Merged:
    """What a process of its own says of its merge: seconds, and MB."""

    seconds: float
    verify: float
    again: float
    before: int
    peak: int


@dataclass(slots=True)
class Figures:
    """Of one number of projects: seconds, bytes, and of a record more milliseconds and bytes."""

    count: int
    seconds: dict[str, float] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    memory: tuple[int, int] = (0, 0)
    deltas: dict[str, Times] = field(default_factory=dict)
    delta_sizes: dict[str, list[int]] = field(default_factory=dict)


def measure(count: int, folder: Path) -> Figures:
    """Everything, in an empty folder."""
    figures = Figures(count)
    fields = list(corpus(count + DELTAS, DISTRICT))
    with couple(folder) as (district, office):
        figures.seconds["add"], _ = timed(lambda: enter(district, fields[:count]))
        figures.seconds["export"], bundles = timed(lambda: sending.export_bundle(district, folder / "b.izsa"))
        figures.sizes[BUNDLE] = sum(one.size for one in bundles)
        office.close()
        copies = [Path(shutil.copytree(office.folder, folder / f"office{n}")) for n in range(RUNS)]
        merged = [alone(copy, [one.path for one in bundles]) for copy in copies]
        with open_workplace(copies[0]) as receiver:
            beside(receiver.store.path, folder, figures)
            figures.seconds[MERGE] = median(one.seconds for one in merged)
            figures.seconds[VERIFY] = median(one.verify for one in merged)
            figures.seconds[AGAIN] = median(one.again for one in merged)
            figures.memory = max(one.before for one in merged), max(one.peak for one in merged)
            one_by_one(district, receiver, fields[count:], folder, figures)
    return figures


@contextmanager
def couple(folder: Path) -> Iterator[tuple[Workplace, Workplace]]:
    """A district's workplace, and the office's in which it is enrolled."""
    with (
        create_workplace(folder / "district", DISTRICT, "Ayşe") as district,
        create_workplace(folder / "office", OFFICE, "Koordinatör") as office,
    ):
        enrolment.request_enrolment(district, folder / "r.enrol")
        trust = enrolment.accept_enrolment(office, enrolment.read_request(office, folder / "r.enrol"))
        trusting.pin(district, trust.fingerprint)
        yield district, office


def alone(office: Path, bundles: Sequence[Path]) -> Merged:
    """Verifies and merges in a process of its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        return process.submit(merge, office, bundles).result()


def merge(folder: Path, bundles: Sequence[Path]) -> Merged:
    """Verifies and merges here."""
    with open_workplace(folder) as office:
        before, verify = memory(), Times()
        with clocked(bundle_file, "verify", verify):
            seconds, outcomes = timed(lambda: exchange.merge_bundles(office, bundles))
        assert not any(one.code for one in outcomes)
        peak = peak_memory()
        again, _ = timed(lambda: exchange.merge_bundles(office, bundles))
    return Merged(seconds, verify.last / 1000, again, before, peak)


def beside(store: Path, folder: Path, figures: Figures) -> None:
    """The rivals, on what the office's store holds. Leaves in the folder what each of them made of it."""
    seconds, sizes = figures.seconds, figures.sizes

    def stores(name: str) -> list[Path]:
        return [rivals.empty_store(folder / f"{name}{n}.sqlite3") for n in range(RUNS)]

    seconds[RAW] = median(rivals.raw_insert(store, target) for target in stores("raw"))
    seconds[PLAIN] = median(rivals.bare_insert(store, folder / f"bare{n}.sqlite3") for n in range(RUNS))

    changes = rivals.changeset(store, rivals.SAVES, folder / "saves.diff")
    sizes[CHANGES], sizes[SHRUNK] = changes.stat().st_size, len(shrink(changes.read_bytes()))
    seconds["geodiff: saves"] = median(rivals.apply(changes, target) for target in stores("saves"))
    changes = rivals.changeset(store, rivals.TABLES, folder / "all.diff")
    seconds["geodiff: and projects"] = median(rivals.apply(changes, target) for target in stores("all"))

    repository = rivals.new_repository(folder / "git")
    rivals.commit(repository, rivals.saves(store), first=True)
    bundle = rivals.bundled(repository, folder / "git.bundle", whole=True)
    sizes[GIT] = bundle.stat().st_size
    clones = [rivals.new_repository(folder / f"git{n}") for n in range(RUNS)]
    seconds[FETCH] = median(rivals.fetch(clone, bundle) for clone in clones)
    seconds["git checkout"] = rivals.checkout(clones[0], folder / "files")


def one_by_one(
    district: Workplace, office: Workplace, coming: Sequence[ProjectFields], folder: Path, figures: Figures
) -> None:
    """Records that come after all the others, each by itself; the rivals take it into what they have."""
    times = figures.deltas = {
        name: Times() for name in (MERGE, VERIFY, BACKUP, REST, FRESH, RAW, "geodiff apply", FETCH)
    }
    for _ in range(RUNS):
        with times[FRESH].one():
            backup_before(office, backups.MERGE)
    for n, fields in enumerate(coming, start=figures.count):
        confirm(office, district, folder / f"answer{n}.izsa")
        add_projects(district, [fields])
        [bundle] = sending.export_bundle(district, folder / f"delta{n}.izsa")
        verify = clocked(bundle_file, "verify", times[VERIFY])
        with verify, clocked(exchange, "backup_before_merging", times[BACKUP]), times[MERGE].one():
            [outcome] = exchange.merge_bundles(office, [bundle.path])
        assert outcome.new == 1 and not outcome.code
        times[REST].add(times[MERGE].last - times[VERIFY].last - times[BACKUP].last)

        times[RAW].add(1000 * rivals.raw_insert(office.store.path, folder / "raw0.sqlite3"))
        changes = rivals.changeset(district.store.path, ("revision",), folder / f"delta{n}.diff", after=n)
        times["geodiff apply"].add(1000 * rivals.apply(changes, folder / "all0.sqlite3"))
        rivals.commit(folder / "git", rivals.saves(district.store.path, after=n), first=False)
        pack = rivals.bundled(folder / "git", folder / f"delta{n}.bundle", whole=False)
        times[FETCH].add(1000 * rivals.fetch(folder / "git0", pack))
        for name, file in ((BUNDLE, bundle.path), (GIT, pack), (CHANGES, changes)):
            figures.delta_sizes.setdefault(name, []).append(file.stat().st_size)


def confirm(office: Workplace, district: Workplace, answer: Path) -> None:
    """The district learns what the office has, so that its next bundle holds no more than what is new."""
    for part in sending.answer(office, DISTRICT, answer):
        [outcome] = exchange.merge_bundles(district, [part.path])
        assert not outcome.code, outcome


# --- telling ---------------------------------------------------------------------------------------------------------


ROWS = (
    *(RAW, PLAIN, MERGE, VERIFY, AGAIN, "add", "export"),
    *("geodiff: saves", "geodiff: and projects", FETCH, "git checkout"),
)


def tables(found: Sequence[Figures]) -> Iterator[str]:
    """Markdown: a column for each number of projects, and for how much more the greater one takes."""
    counts = [f"{one.count:,}" for one in found]
    steps = list(pairwise(found))
    yield from table("seconds", [*counts, *(f"{after} / {before}" for before, after in pairwise(counts))])
    for name in ROWS:
        cells = [f"{one.seconds[name]:.3f} ({one.seconds[name] / one.seconds[RAW]:.1f}×)" for one in found]
        growth = [f"{after.seconds[name] / before.seconds[name]:.1f}×" for before, after in steps]
        yield row(name, [*cells, *growth])
    yield ""
    yield from table("MB", counts)
    for name in (BUNDLE, GIT, CHANGES, SHRUNK):
        yield row(name, [f"{one.sizes[name] / 1e6:.2f} ({one.sizes[name] / one.sizes[BUNDLE]:.1f}×)" for one in found])
    for n, name in enumerate(("memory before the merge", "memory at its peak")):
        yield row(name, [one.memory[n] for one in found])
    yield ""
    yield from table("one record more", counts)
    for name in found[0].deltas:
        yield row(f"{name}, ms", [one.deltas[name].told for one in found])
    for name in (BUNDLE, GIT, CHANGES):
        sizes = [one.delta_sizes[name] for one in found]
        yield row(f"{name}, bytes", [f"{median(some):,.0f} / {max(some):,}" for some in sizes])


def main() -> None:
    """Prints Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("counts", nargs="*", type=int)
    wanted = parser.parse_args()
    found = []
    for count in wanted.counts or ([1_000] if wanted.quick else [1_000, 10_000, 100_000]):
        with tempfile.TemporaryDirectory() as folder:
            found.append(measure(count, Path(folder)))
    print("\n".join(tables(found)))


if __name__ == "__main__":
    main()
