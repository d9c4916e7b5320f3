"""Which of its own saves a PC has sent, and which of them the office has confirmed.

A bundle need not hold all: incomplete projects may be kept back, and a delta holds what the office has not confirmed.
Whoever takes a dead PC's backup over must know exactly what was sent: what is wrongly held for sent never reaches the
office, what is sent twice stands beside itself there. What was put into a bundle once is in every later one until it
is confirmed, so that a lost bundle costs nothing.
"""

from collections.abc import Iterable

import msgspec

from izsa_desktop.bundle.trust import MAX_JUMP
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import OfficeSetBack
from izsa_desktop.domain.ledger import BundleEntry, Reached, Standing, standing
from izsa_desktop.domain.ranges import Ranges

_SENT, _CONFIRMED, _ERASED = "sent/", "confirmed/", "erased/"
ANSWERED = "_answered/"
"""Kept at the office by replica: the newest of its answers that this PC has said to have."""
SET_BACK = "_set_back"
"""Kept when others have of this PC what it knows nothing of: its database is older than that."""
_REACHED = "_reached/"
_TOLD = "_told_"
_TOLD_BY, _TOLD_LIST = f"{_TOLD}by", f"{_TOLD}list"
MAX_AHEAD = MAX_JUMP // 10
"""Lists that an office may have forgotten: three for every district. A sender's word proves none of them, and the list
after the last one has to be within ``MAX_JUMP`` of what every reader has, also where somebody lied before."""


def believable(version: int, newest: int) -> int:
    """The version of a list of which somebody tells; 0 where it is too far ahead of the newest one here to be true."""
    return version if version <= newest + MAX_AHEAD else 0


def note_set_back(writer: Writer, replica: str, shown_by: str, version: int = 0) -> None:
    """Somebody's bundle tells of what this PC has sent and does not know; an office perhaps of a later list."""
    before = writer.kept(_TOLD)
    last = max(version, int(before.get(_TOLD_LIST, "0")))
    writer.set_meta({SET_BACK: replica, _TOLD_BY: before.get(_TOLD_BY, shown_by), _TOLD_LIST: str(last)})


def is_set_back(reader: Reader, replica: str) -> bool:
    """True when this PC must sign nothing more under its key."""
    return reader.kept(SET_BACK).get(SET_BACK) == replica


def require_not_set_back(reader: Reader, replica: str) -> None:
    """Raises OfficeSetBack when this PC of the office must sign nothing more under its key."""
    if is_set_back(reader, replica):
        raise OfficeSetBack(reader.kept(_TOLD_BY).get(_TOLD_BY, ""))


def last_list_told(reader: Reader) -> int:
    """The newest version of the list of which an office that was set back has been told; 0: of none."""
    return int(reader.kept(_TOLD_LIST).get(_TOLD_LIST, "0"))


def begin_anew(writer: Writer) -> None:
    """The office goes on under a new key, whose answers nobody has yet."""
    for name in (SET_BACK, *writer.kept(_TOLD), *writer.kept(ANSWERED)):
        writer.forget(name)


def standing_of(reader: Reader, replica: str, body: str) -> Standing:
    """How far the bundles of another PC to this body have come, with what came by the body's other PCs."""
    seq, _, sha256 = reader.kept(_REACHED + replica).get(_REACHED + replica, "0:").partition(":")
    return standing(reader.bundles_of(replica, "in", body), Reached(int(seq), sha256) if int(seq) else None)


def note_reached(writer: Writer, replica: str, seq: int, sha256: str) -> None:
    """Another PC of this body has handed on everything of that one up to this bundle of its."""
    before = int(writer.kept(_REACHED + replica).get(_REACHED + replica, "0:").partition(":")[0])
    if seq > before:
        writer.set_meta({_REACHED + replica: f"{seq}:{sha256}"})


def forget_reached(writer: Writer) -> None:
    """What was handed on is taken out."""
    for name in writer.kept(_REACHED):
        writer.forget(name)


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
    """The office has handed these saves back: it has them, whatever became of the bundles.

    But it may have had them from before something was erased from them.
    """
    there, up_to = confirmed(writer, replica)
    seen = Ranges.of(numbers) - Ranges.of(_erased_after(writer, replica))
    writer.set_meta({_CONFIRMED + replica: f"{up_to}:{there | seen}"})


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
