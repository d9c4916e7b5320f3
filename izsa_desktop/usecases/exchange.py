"""Receiving bundles: verify, judge by what is here, back up, one transaction per bundle, a verbatim copy.

A preview is the same work with the transaction rolled back, so it cannot say anything else than what then happens; by
the hash of what it read merging knows a file that has become another. What is refused is kept aside and judged again
whenever the list of enrolled PCs changes, so that the order in which lists and bundles come makes no difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.file import Envelope, VerifiedBundle
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import KnownError, PassphraseNeeded, Refused, Replayed, TooMuchAtOnce, WrongPassphrase
from izsa_desktop.domain.ledger import ANSWER, BundleEntry
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases import quarantine
from izsa_desktop.usecases.acknowledged import note_answered, note_handed_on, take_answer
from izsa_desktop.usecases.brought import NOTHING, Brought, brought
from izsa_desktop.usecases.copied import erase_copies
from izsa_desktop.usecases.erasure import finish, note_forgotten
from izsa_desktop.usecases.evidence import files_of, keep_received
from izsa_desktop.usecases.files import write_atomic
from izsa_desktop.usecases.parcels import Parcel, Unpacking, parcel_of
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.readers import opened
from izsa_desktop.usecases.sent import standing_of
from izsa_desktop.usecases.trusting import add_lists, reading_of
from izsa_desktop.usecases.upkeep import backup_before_merging
from izsa_desktop.usecases.withdrawing import Judged, Outcome, put_in_force
from izsa_desktop.usecases.workplace import Workplace, utc_now

GAP = 14
"""Exit code of a bundle that was taken in, though one before it is missing."""
MANY_DELETED, MANY_CONFLICTS = 10, 50
"""From here on a person is to look first: this many projects put away that are a fifth of the sender's, or this many
newly in conflict."""
_NEW = (False, False)
"""The marks of a record that was not here: neither deleted nor in conflict."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file. Counts are of projects; ``refusal`` says why a bundle was not taken in."""

    parcel: Parcel
    """With the hash of what was read, where it could be read."""
    refusal: KnownError | None = None
    bundle: Envelope | None = None
    known: bool = False
    """True when this very bundle is here already."""
    new: int = 0
    changed: int = 0
    conflicts: int = 0
    erased: int = 0
    """How many saves that are here lose what was erased from them."""
    deleted: int = 0
    """How many projects that were listed are put away."""
    missing: tuple[int, ...] = ()
    """Numbers of the sender's bundles without which something of this one is missing."""
    skipped: tuple[int, ...] = ()
    """Numbers of the sender's bundles that never came, though everything that they held did."""
    parked: int = 0
    """How many saves wait for one that is not here."""
    brought: Brought = NOTHING
    """What came beside projects."""
    judged: Judged = ()
    """All that came before, where a list came with it that took something away."""

    @property
    def path(self) -> Path:
        """The file that it came in."""
        return self.parcel.path

    @property
    def code(self) -> int:
        """0, the exit code of the refusal, or ``GAP``."""
        return self.refusal.exit_code if self.refusal else GAP if self.missing else 0


def inspect_bundle(workplace: Workplace, path: Path) -> Received:
    """What merging this file would do. Changes nothing."""
    return preview_bundles(workplace, [path])[0]


def preview_bundles(
    workplace: Workplace, files: Sequence[Path | Parcel], progress: Progress = no_progress, *, confirmed: bool = False
) -> list[Received]:
    """What merging these files in this order would do. Changes nothing."""
    unpacking = Unpacking()
    with workplace.store.trying() as writer:

        def look(parcel: Parcel) -> Received:
            found = _open(workplace, writer, unpacking, parcel)
            if isinstance(found, Received):
                return found
            return _taken_in(workplace, writer, found.parcel, found.bundle, confirmed=confirmed)

        received = []
        for n, file in enumerate(files):
            progress(n, len(files))
            received.append(look(parcel_of(file)))
        received = [look(one.parcel) if _for_want_of_trust(one) else one for one in received]
        return [_with_gap(workplace, writer, one) for one in received]


def merge_bundles(
    workplace: Workplace, files: Sequence[Path | Parcel], progress: Progress = no_progress, *, confirmed: bool = False
) -> list[Received]:
    """Takes in what is good, one transaction per file; refuses the rest with the reason, and keeps it aside.

    The database is backed up before the first file that changes it. A parcel with a hash is taken in as it was looked
    at or not at all (FileChanged). Cancelling keeps the files that are in already. ``confirmed``: a person wants a
    bundle even if it puts away or contradicts much at once. Raises what the store raises.
    """
    finish(workplace)  # what a merge before this one was stopped at
    merging = _Merging(workplace, confirmed)
    received = merging.merge_all([parcel_of(file) for file in files], progress)
    for one in received:
        quarantine.note(workplace, one.parcel, one.refusal)
    progress(len(files), len(files))
    if merging.trust_changed:
        judge_again(workplace)
    with workplace.store.reading() as reader:
        return [_with_gap(workplace, reader, one) for one in received]


def judge_again(workplace: Workplace) -> list[Received]:
    """Judges what is kept aside by what is known now; what is good goes in."""
    outcomes = _Merging(workplace, confirmed=False).merge_all([one.parcel for one in quarantine.quarantined(workplace)])
    for one in outcomes:
        quarantine.note(workplace, one.parcel, one.refusal)
    return outcomes


def _for_want_of_trust(one: Received) -> bool:
    return isinstance(one.refusal, Refused) and one.refusal.exit_code == 11


class _Merging:
    """One batch: the database is backed up before the first file that changes it."""

    def __init__(self, workplace: Workplace, confirmed: bool) -> None:
        self._workplace = workplace
        self._confirmed = confirmed
        self._unpacking = Unpacking()
        self._backed_up = False
        self.trust_changed = False

    def merge_all(self, parcels: Sequence[Parcel], progress: Progress = no_progress) -> list[Received]:
        """One after the other; then those once more for which a list came too late."""
        received = []
        for n, parcel in enumerate(parcels):
            progress(n, len(parcels))
            received.append(self._merge(parcel))
        return [self._merge(one.parcel) if _for_want_of_trust(one) else one for one in received]

    def _merge(self, parcel: Parcel) -> Received:
        workplace = self._workplace
        with workplace.store.reading() as reader:
            found = _open(workplace, reader, self._unpacking, parcel)
        if isinstance(found, Received):
            return found
        if not self._backed_up:
            backup_before_merging(workplace)
            self._backed_up = True
        parcel, bundle = found.parcel, found.bundle
        try:
            with workplace.store.writing() as writer:
                outcome = take_in(workplace, writer, parcel, bundle, confirmed=self._confirmed)
                if outcome.erased:
                    note_forgotten(workplace, writer, bundle.revisions)
                _keep_files(workplace, bundle)
                write_atomic(workplace.folder / "bundles" / "in" / archive_name(bundle), found.data)
        except (Refused, TooMuchAtOnce) as refusal:
            return Received(parcel, refusal=refusal, bundle=bundle.envelope)
        if outcome.erased:
            finish(workplace)
        quarantine.note_all(workplace, outcome.judged)
        self.trust_changed |= bool(bundle.news)
        return outcome


def _keep_files(workplace: Workplace, bundle: VerifiedBundle) -> None:
    """The evidence that the bundle's saves name; what nobody names is left in the archive."""
    objects = bundle.contents.objects
    named = {key for revision in bundle.revisions for key in files_of(revision)} if objects else set()
    for key in named & objects.keys():
        keep_received(workplace, key, bytes(objects[key]))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that may be taken in. ``data``: the bundle as it is archived, never encrypted."""

    parcel: Parcel
    bundle: VerifiedBundle
    data: bytes


def _open(workplace: Workplace, reader: Reader, unpacking: Unpacking, parcel: Parcel) -> _Opened | Received:
    """Verifies one file; the outcome at once when it is refused or known."""
    try:
        parcel, data = unpacking.read(parcel)
        data = opened(workplace, data)
        bundle = bundle_file.verify(data, reading_of(workplace, reader))
        if _known(reader, bundle):
            return Received(parcel, bundle=bundle.envelope, known=True)
        if any(revision.erased for revision in bundle.revisions):
            reader.news(bundle.revisions)  # raises when one contradicts what is here
    except (PassphraseNeeded, WrongPassphrase):  # says nothing of the file: whoever works here is asked
        raise
    except KnownError as refusal:
        return Received(parcel, refusal=refusal)
    return _Opened(parcel, bundle, data)


def _taken_in(
    workplace: Workplace, writer: Writer, parcel: Parcel, bundle: VerifiedBundle, *, confirmed: bool
) -> Received:
    try:
        return take_in(workplace, writer, parcel, bundle, confirmed=confirmed)
    except (Refused, TooMuchAtOnce) as refusal:
        return Received(parcel, refusal=refusal, bundle=bundle.envelope)


def take_in(
    workplace: Workplace, writer: Writer, parcel: Parcel, bundle: VerifiedBundle, *, confirmed: bool, came: str = ""
) -> Received:
    """Adds a bundle's content within the writer's transaction. ``came``: when, if it is not now.

    Raises Refused, TooMuchAtOnce.
    """
    if _known(writer, bundle):  # taken in by another process since it was opened
        return Received(parcel, bundle=bundle.envelope, known=True)
    before_it = _take_lists(workplace, writer, bundle)
    ids = {revision.id for revision in bundle.revisions} if before_it.erased else set()
    news = writer.news([*bundle.revisions, *(form for form in before_it.erased if form.id in ids)])
    touched = news.records
    before = writer.marks(touched)
    if bundle.manifest.kind == ANSWER:
        take_answer(workplace, writer, bundle, news)
    else:
        note_answered(workplace, writer, bundle)
    erase_copies(workplace, writer, news.instead)
    number = writer.add_bundle(ledger_entry(bundle, "in", came or utc_now(), archive_name(bundle)))
    after = before | writer.keep(news, number)
    if workplace.identity.office and bundle.manifest.kind == ANSWER:
        note_handed_on(workplace, writer, bundle)
    outcome = Received(
        parcel,
        bundle=bundle.envelope,
        new=sum(id_ not in before and not deleted for id_, (deleted, _) in after.items()),
        changed=len(before),
        conflicts=sum(conflicting for _, conflicting in after.values()),
        erased=len(news.instead),
        deleted=sum(deleted and not before[id_][0] for id_, (deleted, _) in after.items() if id_ in before),
        brought=brought(news.new),
        judged=before_it.judged,
    )
    if not confirmed:
        fresh = sum(conflicting and not before.get(id_, _NEW)[1] for id_, (_, conflicting) in after.items())
        _require_little(writer, bundle, outcome.deleted, fresh)
    return outcome


def take_in_again(workplace: Workplace, writer: Writer, parcel: Parcel, bundle: VerifiedBundle, came: str) -> None:
    """``take_in`` for what was taken in once, at that time, or is kept aside. Raises Refused."""
    take_in(workplace, writer, parcel, bundle, confirmed=True, came=came)


def _take_lists(workplace: Workplace, writer: Writer, bundle: VerifiedBundle) -> Outcome:
    before = workplace.trust(writer)
    add_lists(writer, bundle.news)
    return put_in_force(workplace, writer, before, take_in_again, whole=False) if bundle.news else Outcome()


def _require_little(writer: Writer, bundle: VerifiedBundle, deleted: int, conflicts: int) -> None:
    """Raises TooMuchAtOnce where a person is to look first."""
    many = deleted >= MANY_DELETED and 5 * deleted > writer.count_listed(bundle.manifest.sender.district) + deleted
    if many or conflicts >= MANY_CONFLICTS:
        raise TooMuchAtOnce(deleted, conflicts)


def _known(reader: Reader, bundle: Envelope) -> bool:
    """True when this bundle is here. Raises Replayed when its number or its predecessor stands for other content."""
    m = bundle.manifest
    follows, _, _ = m.place
    same_number = reader.bundle(m.sender.replica, m.seq)
    if same_number is not None:
        if same_number.sha256 != bundle.sha256:
            numbers = f"{m.seq}: {same_number.sha256[:16]}, {bundle.sha256[:16]}"
            raise Replayed("two_with_one_number", numbers) if m.to == OFFICE else Replayed("two_answers", numbers)
        return True
    for other in reader.bundles_of(m.sender.replica, "in", m.to):
        before = other.seq == follows and other.sha256 != m.prev
        if before or (other.follows == m.seq and other.prev != bundle.sha256):
            number = str(m.seq)
            raise Replayed("broken_chain", number) if m.to == OFFICE else Replayed("broken_answers", number)
    return False


def _with_gap(workplace: Workplace, reader: Reader, one: Received) -> Received:
    """With what is missing after the whole batch."""
    if one.refusal is not None or one.bundle is None:
        return one
    m = one.bundle.manifest
    stands = standing_of(reader, m.sender.replica, workplace.identity.body)
    missing = tuple(number for number in stands.missing if number < m.seq)
    skipped = tuple(number for number in stands.skipped if number < m.seq)
    return replace(one, missing=missing, skipped=skipped, parked=reader.parked(m.sender.replica) if missing else 0)


def ledger_entry(bundle: Envelope, direction: str, moved: str, file: str, carried: str = "") -> BundleEntry:
    """What the store notes of a bundle that came (``in``) or went (``out``) at that time and is kept as this file."""
    m = bundle.manifest
    follows, mode, base = m.place
    return BundleEntry(
        sha256=bundle.sha256,
        direction=direction,
        kind=m.kind,
        district=m.sender.district,
        replica=m.sender.replica,
        seq=m.seq,
        prev=m.prev,
        revisions=bundle.count,
        moved=moved,
        file=file,
        addressee=m.to,
        follows=follows,
        mode=mode,
        base=base,
        carried=carried,
    )


def archive_name(bundle: Envelope) -> str:
    """The name of the verbatim copy of a bundle that was taken in."""
    return f"{bundle.sha256}.izsa"
