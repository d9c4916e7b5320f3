"""Sending and receiving bundles.

Receiving: verify, number, back up, one transaction per bundle, a verbatim copy in the archive. A preview is the same
work with the transaction rolled back, so it cannot say anything else than what then happens.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.file import MAX_FILE, MAX_REVISIONS, Envelope, Sender, VerifiedBundle
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import DiskProblem, DistrictOnly, KnownError, Replayed
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Revision
from izsa_desktop.domain.validation import missing
from izsa_desktop.usecases.erasure import finish, forgotten_files
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.projects import list_projects, may_edit
from izsa_desktop.usecases.sent import note_sent
from izsa_desktop.usecases.upkeep import backup_before
from izsa_desktop.usecases.workplace import Workplace, bundle_name, require_outside, utc_now

MAX_PART = 64 * 1024 * 1024
"""Bytes of revisions in one bundle; what is more goes into further bundles."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One bundle file that was written."""

    path: Path
    seq: int
    revisions: int


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file. Counts are of projects; ``refusal`` says why a bundle was not taken in."""

    path: Path
    refusal: KnownError | None = None
    bundle: Envelope | None = None
    known: bool = False
    """True when this very bundle is here already."""
    new: int = 0
    changed: int = 0
    conflicts: int = 0
    erased: int = 0
    """How many saves that are here lose what was erased from them."""

    @property
    def code(self) -> int:
        """0, or the exit code of the refusal."""
        return self.refusal.exit_code if self.refusal else 0


def bundle_log(workplace: Workplace, direction: str) -> list[BundleEntry]:
    """The bundles received (``in``) or sent (``out``), newest first."""
    with workplace.store.reading() as reader:
        return reader.bundles(direction)


def suggested_name(workplace: Workplace) -> str:
    """The file name for the next bundle."""
    with workplace.store.reading() as reader:
        last = reader.last_bundle(workplace.identity.replica)
    return bundle_name(workplace, last.seq + 1 if last else 1)


def incomplete_projects(workplace: Workplace) -> list[Project]:
    """The workplace's own projects that lack one of the facts which are required to send."""
    return [p for p in list_projects(workplace) if may_edit(workplace, p) and missing(p.fields)]


def export_bundle(
    workplace: Workplace, target: Path, progress: Progress = no_progress, *, complete_only: bool = False
) -> list[Exported]:
    """Writes everything this PC has entered as a bundle for the office; more than 50,000 saves as several.

    ``complete_only`` keeps projects here that lack a required fact; they go with the first bundle after that is mended.
    A copy stays in the workplace. The number of a bundle is used up before the first file with it appears, so a kill
    at any moment may waste a number but never lets it stand for other content. Raises DistrictOnly, FileProblem,
    DiskProblem.
    """
    if workplace.identity.office:
        raise DistrictOnly
    require_outside(workplace, target)
    kept = {project.id for project in incomplete_projects(workplace)} if complete_only else set()
    with workplace.store.reading() as reader:
        own = reader.revisions(workplace.identity.replica)
        parts = list(_parts(revision for revision in own if revision.record not in kept))
    exported = []
    for n, part in enumerate(parts):
        progress(n, len(parts))
        data, entry = _send(workplace, part)
        path = target if n == 0 else target.with_name(f"{target.stem}-{n + 1}{target.suffix}")
        write_atomic(path, data)
        if hashlib.sha256(read_file(path, MAX_FILE)).digest() != hashlib.sha256(data).digest():
            raise DiskProblem(f"{path} reads back differently")
        exported.append(Exported(path, entry.seq, len(part)))
    progress(len(parts), len(parts))
    return exported


def _parts(revisions: Iterator[Revision]) -> Iterator[list[Revision]]:
    part: list[Revision] = []
    size = 0
    for revision in revisions:
        if len(part) == MAX_REVISIONS or size + len(revision.body) > MAX_PART:
            yield part
            part, size = [], 0
        part.append(revision)
        size += len(revision.body) + 1
    yield part


def _send(workplace: Workplace, revisions: Sequence[Revision]) -> tuple[bytes, BundleEntry]:
    """Makes the next bundle, uses its number up and keeps a copy."""
    identity = workplace.identity
    with workplace.store.writing() as writer:
        last = writer.last_bundle(identity.replica)
        seq, now = (last.seq + 1 if last else 1), utc_now()
        data, sha256 = bundle_file.write(
            revisions,
            sender=Sender(identity.body, identity.replica),
            to=OFFICE,
            seq=seq,
            prev=last.sha256 if last else "",
            created=now,
            key=workplace.key(),
        )
        entry = BundleEntry(
            sha256=sha256,
            direction="out",
            kind=bundle_file.SUBMISSION,
            district=identity.body,
            replica=identity.replica,
            seq=seq,
            prev=last.sha256 if last else "",
            revisions=len(revisions),
            moved=now,
            file=bundle_name(workplace, seq),
        )
        note_sent(writer, identity.replica, (revision.seq for revision in revisions))
        writer.add_bundle(entry)
    write_atomic(workplace.folder / "bundles" / "out" / entry.file, data)
    return data, entry


def inspect_bundle(workplace: Workplace, path: Path) -> Received:
    """What merging this file would do. Changes nothing."""
    return preview_bundles(workplace, [path])[0]


def preview_bundles(workplace: Workplace, paths: Sequence[Path], progress: Progress = no_progress) -> list[Received]:
    """What merging these files in this order would do. Changes nothing."""
    received = []
    with workplace.store.trying() as writer:
        for n, path in enumerate(paths):
            progress(n, len(paths))
            opened = _open(workplace, writer, path)
            received.append(opened if isinstance(opened, Received) else _take_in(writer, path, opened.bundle))
    return received


def merge_bundles(workplace: Workplace, paths: Sequence[Path], progress: Progress = no_progress) -> list[Received]:
    """Takes in what is good, one transaction per file; refuses the rest with the reason.

    The database is backed up before the first file that changes it. Cancelling keeps the files that are in already.
    Raises what the store raises.
    """
    received = []
    backed_up = False
    for n, path in enumerate(paths):
        progress(n, len(paths))
        with workplace.store.reading() as reader:
            opened = _open(workplace, reader, path)
        if isinstance(opened, Received):
            received.append(opened)
            continue
        if not backed_up:
            backup_before(workplace, "merge")
            backed_up = True
        with workplace.store.writing() as writer:
            outcome = _take_in(writer, path, opened.bundle)
            files = forgotten_files(workplace, writer, opened.bundle.revisions) if outcome.erased else []
            write_atomic(workplace.folder / "bundles" / "in" / _archive_name(opened.bundle), opened.data)
        if outcome.erased:
            finish(workplace, files)
        received.append(outcome)
    progress(len(paths), len(paths))
    return received


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that may be taken in."""

    bundle: VerifiedBundle
    data: bytes


def _open(workplace: Workplace, reader: Reader, path: Path) -> _Opened | Received:
    """Verifies one file; the outcome at once when it is refused or known."""
    try:
        data = read_file(path, MAX_FILE)
        bundle = bundle_file.verify(data, workplace.trust(reader), workplace.identity.body)
        if _known(reader, bundle):
            return Received(path, bundle=bundle.envelope, known=True)
        if any(revision.erased for revision in bundle.revisions):
            reader.news(bundle.revisions)  # raises when one contradicts what is here
    except KnownError as refusal:
        return Received(path, refusal=refusal)
    return _Opened(bundle, data)


def _take_in(writer: Writer, path: Path, bundle: VerifiedBundle) -> Received:
    """Adds a bundle's content within the writer's transaction."""
    if _known(writer, bundle):  # taken in by another process since it was opened
        return Received(path, bundle=bundle.envelope, known=True)
    news = writer.news(bundle.revisions)
    touched = news.records
    before = {project.id for project in writer.projects_by_id(touched)}
    writer.keep(news, writer.add_bundle(ledger_entry(bundle, "in", utc_now(), _archive_name(bundle))))
    shown = writer.projects_by_id(touched)
    return Received(
        path,
        bundle=bundle.envelope,
        new=sum(project.id not in before and not project.deleted for project in shown),
        changed=len(before),
        conflicts=sum(bool(project.conflicts) for project in shown),
        erased=len(news.instead),
    )


def _known(reader: Reader, bundle: Envelope) -> bool:
    """True when this bundle is here. Raises Replayed when its number or its predecessor stands for other content."""
    m = bundle.manifest
    same_number = reader.bundle(m.sender.replica, m.seq)
    if same_number is not None:
        if same_number.sha256 != bundle.sha256:
            raise Replayed("two_with_one_number", str(m.seq))
        return True
    before, after = reader.bundle(m.sender.replica, m.seq - 1), reader.bundle(m.sender.replica, m.seq + 1)
    if before is not None and before.sha256 != m.prev:
        raise Replayed("broken_chain", str(m.seq))
    if after is not None and after.prev != bundle.sha256:
        raise Replayed("broken_chain", str(m.seq))
    return False


def ledger_entry(bundle: Envelope, direction: str, moved: str, file: str) -> BundleEntry:
    """What the store notes of a bundle that came (``in``) or went (``out``) at that time and is kept as this file."""
    m = bundle.manifest
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
    )


def _archive_name(bundle: Envelope) -> str:
    return f"{bundle.sha256}.izsa"
