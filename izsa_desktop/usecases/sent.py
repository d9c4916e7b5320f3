"""Which of its own saves a PC has sent. A bundle need not hold all: incomplete projects may be kept back.

Kept as ranges of the saves' numbers (``1-40 42``). Whoever takes a dead PC's backup over must know it exactly: what is
wrongly held for sent never reaches the office, what is sent twice stands beside itself there.
"""

import re
from collections.abc import Iterable, Iterator

from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer

_SENT = "sent/"


def sent_by(reader: Reader, replica: str) -> set[int]:
    """The numbers of the PC's saves that are in a bundle."""
    kept = reader.meta().get(_SENT + replica)
    if kept is None:  # version 0.1 sent everything up to the time of the bundle
        last = max((entry.revisions for entry in reader.bundles("out") if entry.replica == replica), default=0)
        return set(range(1, last + 1))
    ranges = re.findall(r"([0-9]+)(?:-([0-9]+))?", kept)
    return {number for first, last in ranges for number in range(int(first), int(last or first) + 1)}


def note_sent(writer: Writer, replica: str, numbers: Iterable[int]) -> None:
    """These saves are in a bundle as well; to be noted before the bundle itself is."""
    writer.set_meta({_SENT + replica: " ".join(_ranges(sent_by(writer, replica) | set(numbers)))})


def _ranges(numbers: Iterable[int]) -> Iterator[str]:
    ordered = sorted(numbers)
    first = 0
    for place, number in enumerate(ordered):
        if place + 1 < len(ordered) and ordered[place + 1] == number + 1:
            continue
        yield f"{ordered[first]}-{number}" if ordered[first] < number else str(number)
        first = place + 1
