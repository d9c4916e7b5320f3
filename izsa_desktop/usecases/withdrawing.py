"""Where a list takes away what was taken in: everything that was received is taken out and put in again.

There is no second way of taking something out. What counts follows from the bundles in the archive and the list, so
that the order in which lists and bundles came makes no difference. What was written here stays.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.file import MAX_FILE, VerifiedBundle
from izsa_desktop.bundle.trust import TrustList
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import ArchiveIncomplete, KnownError, Refused
from izsa_desktop.domain.ledger import SUBMISSION, BundleEntry
from izsa_desktop.domain.revision import Revision, fitting, new_revision, parse_revision
from izsa_desktop.domain.withdrawal import note_of, noted
from izsa_desktop.usecases.arrivals import ARRIVALS
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.keyring import key_file
from izsa_desktop.usecases.parcels import Parcel, Unpacking
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.sent import forget_reached
from izsa_desktop.usecases.trusting import reading_of
from izsa_desktop.usecases.workplace import Workplace, utc_now

Judged: TypeAlias = Sequence[tuple[Parcel, Refused | None]]
"""What was put in again (None), and what does not count any more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it all. ``erased``: forms of what was taken out, from which something had been erased here."""

    judged: Judged = ()
    erased: Sequence[Revision] = ()


TakeIn: TypeAlias = Callable[[Workplace, Writer, Parcel, VerifiedBundle, str], object]
"""Takes a bundle in that first came at that time (empty: now). Raises Refused."""


def put_in_force(
    workplace: Workplace, writer: Writer, before: TrustList, take_in: TakeIn, *, whole: bool = True
) -> Outcome:
    """What the list that is kept since within this transaction takes away of what is here goes.

    ``whole``: as in ``put_in_again``. Raises ArchiveIncomplete, and what the store raises.
    """
    if not _takes_away(writer, before, workplace.trust(writer)):
        return Outcome()
    return put_in_again(workplace, writer, take_in, whole=whole)


def _takes_away(reader: Reader, before: TrustList, after: TrustList) -> bool:
    for replica, member in after.members.items():
        known = before.member(replica)
        last = member.revoked_after_seq
        same = known is not None and (known.revoked_after_seq, known.revoked_in) == (last, member.revoked_in)
        if last is not None and not same and reader.has_beyond(replica, last):
            return True
    return False


def put_in_again(
    workplace: Workplace, writer: Writer, take_in: TakeIn, progress: Progress = no_progress, *, whole: bool = True
) -> Outcome:
    """Makes everything that was received anew within this transaction, from the verbatim bundles.

    ``whole``: raises ArchiveIncomplete when a bundle that was taken in is not in the archive. Else what it brought is
    gone, for a reader whom the office tells everything again with the list that takes away. Raises what the store
    raises.
    """
    if whole:
        require_archive(workplace, writer)
    files = list(_archived(workplace, writer.bundles("in")[::-1]))
    judged: list[tuple[Parcel, Refused | None]] = []
    erased = writer.withdraw(_others(workplace, writer))
    forget_reached(writer)
    for n, (parcel, came) in enumerate(files):
        progress(n, len(files))
        try:
            judged.append(_put_in(workplace, writer, parcel, came, take_in))
        except ArchiveIncomplete:
            if whole:
                raise
    here = writer.known(form.id for form in erased)
    writer.add([form for form in erased if form.id in here])
    note_withdrawn(workplace, writer)
    writer.rebuild()
    writer.forget(ARRIVALS)
    progress(len(files), len(files))
    return Outcome(judged, erased)


def _archive(workplace: Workplace) -> Path:
    return workplace.folder / "bundles" / "in"


def require_archive(workplace: Workplace, reader: Reader) -> None:
    """Raises ArchiveIncomplete when a bundle that was taken in is not in the archive."""
    for entry in reader.bundles("in"):
        if not (_archive(workplace) / entry.file).exists():
            raise ArchiveIncomplete(entry.file)


def _archived(workplace: Workplace, entries: Sequence[BundleEntry]) -> Iterator[tuple[Parcel, str]]:
    """The bundles of the archive as they came, then those that are not taken in; and when each came."""
    there = {path.name: path for path in sorted(_archive(workplace).glob("*.izsa"))}
    for entry in [one for one in entries if one.file in there]:
        yield Parcel(there.pop(entry.file)), entry.moved
    yield from ((Parcel(path), "") for path in there.values())


def _others(workplace: Workplace, writer: Writer) -> Iterator[str]:
    """At the office: the PCs whose saves can only have been received, also where a backup was put in place."""
    if workplace.identity.office:
        yield from (id_ for id_ in workplace.trust(writer).members if not key_file(workplace.folder, id_).exists())


def _put_in(
    workplace: Workplace, writer: Writer, parcel: Parcel, came: str, take_in: TakeIn
) -> tuple[Parcel, Refused | None]:
    """The parcel with its hash, and why it does not count (any more)."""
    try:
        parcel, data = Unpacking().read(parcel)
    except KnownError as e:
        raise ArchiveIncomplete(f"{parcel.path.name}: {e}") from e
    try:
        take_in(workplace, writer, parcel, bundle_file.verify(data, reading_of(workplace, writer)), came)
    except Refused as why:
        return parcel, why
    return parcel, None


# --- what others made upon it ----------------------------------------------------------------------------------------


def note_withdrawn(workplace: Workplace, writer: Writer) -> None:
    """At the office: notes upon what those saves were made that were here once and count no more.

    Whoever got them may have built upon them (``domain.withdrawal``). They all lie in the archive.
    """
    if not workplace.identity.office or not workplace.may_write(writer):
        return
    found: dict[str, Revision] = {}
    for save in _once_here(workplace, writer):
        if save.id not in found or save.erased is None:  # whose bytes have that hash: anybody can claim to have erased
            found[save.id] = save
    known = writer.known(found)
    lost = sorted((save for id_, save in found.items() if id_ not in known), key=attrgetter("record", "id"))
    for record, saves in groupby(lost, key=attrgetter("record")):
        named = noted(writer.history(record))
        gone = {save.id: save.parents for save in saves if save.id not in named}
        for registers in fitting(note_of(gone)) if gone else ():
            own = workplace.identity.replica
            note = new_revision(
                record=record,
                replica=own,
                seq=writer.last_seq(own) + 1,
                parents=(),
                registers=registers,
                author=workplace.identity.person,
                wall=utc_now(),
            )
            writer.add([note])


def _once_here(workplace: Workplace, writer: Writer) -> Iterator[Revision]:
    """The saves of PCs that were shut out in bundles of which not everything counts: refused ones, and answers."""
    members = workplace.trust(writer).members
    out = {id_ for id_, member in members.items() if member.revoked_after_seq is not None}
    whole = {entry.file for entry in writer.bundles("in") if entry.kind == SUBMISSION}
    for path in sorted(_archive(workplace).glob("*.izsa")) if out else ():
        if path.name in whole:
            continue
        try:
            saves = [parse_revision(line) for line in bundle_file.revision_lines(read_file(path, MAX_FILE))]
        except KnownError:  # rotten: nothing to learn from it
            continue
        yield from (save for save in saves if save.replica in out)
