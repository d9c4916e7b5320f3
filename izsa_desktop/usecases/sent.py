"""Which of its own saves a PC has sent, and which of them the office has confirmed.

A bundle need not hold all: incomplete projects may be kept back, and a delta holds what the office has not confirmed.
Whoever takes a dead PC's backup over must know exactly what was sent: what is wrongly held for sent never reaches the
office, what is sent twice stands beside itself there. What was put into a bundle once is in every later one until it
is confirmed, so that a lost bundle costs nothing.
"""

from collections.abc import Iterable

import msgspec

from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.ranges import Ranges

_SENT, _CONFIRMED, _ERASED = "sent/", "confirmed/", "erased/"
ANSWERED = "_answered/"
"""Kept at the office by replica: the newest of its answers that this PC has said to have."""
SET_BACK = "_set_back"
"""Kept when the office has of this PC what it knows nothing of: its database is older than that."""


def sent_by(reader: Reader, replica: str) -> Ranges:
    """The numbers of the PC's saves that are in a bundle."""
    kept = reader.meta().get(_SENT + replica)
    if kept is None:  # version 0.1 sent everything up to the time of the bundle
        last = max((entry.revisions for entry in reader.bundles("out") if entry.replica == replica), default=0)
        return Ranges(((1, last),) if last else ())
    return Ranges.read(kept)


def note_sent(writer: Writer, replica: str, numbers: Iterable[int]) -> None:
    """These saves are in a bundle as well; to be noted before the bundle itself is."""
    writer.set_meta({_SENT + replica: str(sent_by(writer, replica) | Ranges.of(numbers))})


def confirmed(reader: Reader, replica: str) -> tuple[Ranges, int]:
    """The numbers of the PC's saves that the office has said to have, and the bundle by which it said so (0: none)."""
    last, _, numbers = reader.meta().get(_CONFIRMED + replica, "0:").partition(":")
    return Ranges.read(numbers), int(last)


def note_confirmed(writer: Writer, replica: str, up_to: BundleEntry) -> None:
    """The office has everything that bundles up to this one say."""
    numbers, before = confirmed(writer, replica)
    if up_to.seq <= before:
        return
    entry: BundleEntry | None = up_to
    while entry is not None:
        numbers |= Ranges.read(entry.carried)  # nothing for one of version 0.1: then all is sent once more
        entry = writer.bundle(replica, entry.base) if entry.base > before else None
    changed = [seq for seq, last in _erased_after(writer, replica).items() if last >= up_to.seq]
    writer.set_meta({_CONFIRMED + replica: f"{up_to.seq}:{numbers - Ranges.of(changed)}"})


def note_seen(writer: Writer, replica: str, numbers: Iterable[int]) -> None:
    """The office has handed these saves back: it has them, whatever became of the bundles."""
    there, up_to = confirmed(writer, replica)
    writer.set_meta({_CONFIRMED + replica: f"{up_to}:{there | Ranges.of(numbers)}"})


def note_erased(writer: Writer, replica: str, numbers: Iterable[int]) -> None:
    """Something was taken out of these saves: however long they were confirmed, they are to be sent again."""
    last = writer.last_bundle(replica)
    erased = dict.fromkeys(numbers, last.seq if last else 0)
    there, up_to = confirmed(writer, replica)
    writer.set_meta(
        {
            _ERASED + replica: msgspec.json.encode(_erased_after(writer, replica) | erased).decode(),
            _CONFIRMED + replica: f"{up_to}:{there - Ranges.of(erased)}",
        }
    )


def _erased_after(reader: Reader, replica: str) -> dict[int, int]:
    """Of erased saves the number of the newest bundle that was made before that."""
    return msgspec.json.decode(reader.meta().get(_ERASED + replica, "{}"), type=dict[int, int])
