"""What a workplace remembers of a bundle that it received or sent, and what follows from all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from izsa_desktop.domain.ranges import Ranges

MOST_TOLD = 1000
"""Numbers of missing bundles."""
FULL, DELTA = "full", "delta"
SUBMISSION, ANSWER = "submission", "office"
"""Kinds of bundles: a district's PC to the office, the office to a district or to another PC of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleEntry:
    """One bundle. ``sha256`` is the payload's, ``moved`` is when (UTC), ``file`` the name of the copy that is kept."""

    sha256: str
    direction: str
    """``in`` or ``out``."""
    kind: str
    district: str
    replica: str
    seq: int
    prev: str
    """The payload hash of the bundle before this one to the same addressee, or empty."""
    revisions: int
    moved: str
    file: str
    addressee: str
    follows: int
    """Number of the bundle before this one to the same addressee, or 0."""
    mode: str
    base: int
    """The bundle up to which the receiver must have everything for this one to leave no gap; 0: it needs nothing."""
    carried: str = ""
    """Of a sent one: which of the PC's saves it holds (``domain.ranges``)."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A bundle up to which everything of a PC is here, though the bundle itself may have gone to another."""

    seq: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a PC's bundles have come. ``covered``: the newest one up to which nothing is missing, None: none."""

    covered: BundleEntry | Reached | None
    missing: tuple[int, ...]
    """Numbers of bundles that are not here and without which something is missing."""
    skipped: tuple[int, ...]
    """Numbers that are not here and of which everything is: what they held came with a later one."""


def standing(entries: Iterable[BundleEntry], reached: Reached | None = None) -> Standing:
    """Of one PC's bundles to one addressee, in any order; ``reached``: what came by another PC of the addressee.

    A full bundle needs nothing. A delta holds everything since its base, so that one which was lost in between leaves
    no hole; only where the base itself is not here, as at an office that was set back to a backup, is something
    missing.
    """
    ordered = sorted(entries, key=lambda entry: entry.seq)
    here = Ranges.of(entry.seq for entry in ordered)
    covered: BundleEntry | Reached | None = reached
    came = Ranges(((1, reached.seq),)) if reached else Ranges()
    needed = Ranges()
    for entry in ordered:
        if entry.seq in came:
            continue
        if entry.mode == FULL or entry.base <= (covered.seq if covered else 0):
            covered, needed = entry, Ranges()
        else:
            needed |= _since(covered.seq if covered else 0, entry.base, entry)
    holes = Ranges()
    for entry in ordered:
        holes |= _since(0, entry.follows, entry)
    return Standing(covered, _first(needed - here), _first(holes - here - needed - came))


def _since(before: int, last: int, entry: BundleEntry) -> Ranges:
    """The numbers up to one: a district's PC counts its bundles for the office alone, while of the office's numbers a
    district gets only some.
    """
    first = before + 1 if entry.kind == SUBMISSION else last
    return Ranges(((first, last),) if 0 < first <= last else ())


def _first(numbers: Ranges) -> tuple[int, ...]:
    """Whoever makes up a number can miss a milliard of bundles: the first are told."""
    return tuple(islice(numbers, MOST_TOLD))
