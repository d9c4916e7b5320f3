"""The store from the archive: every bundle that ever came lies there as it came, and its verdict follows from the list.

What was received is taken out and put in again, in one transaction after a backup. What was written here stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.file import MAX_FILE, VerifiedBundle
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import ArchiveIncomplete, KnownError, Refused
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases import exchange, quarantine
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.readers import opened
from izsa_desktop.usecases.sending import ARRIVALS
from izsa_desktop.usecases.trusting import reading_of
from izsa_desktop.usecases.upkeep import backup_before
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the archive gave: bundles taken in, bundles that do not count (any more), and saves that are here now."""

    bundles: int
    refused: int
    revisions: int


def rebuild(workplace: Workplace, progress: Progress = no_progress) -> Rebuilt:
    """Makes everything that was received anew from the verbatim bundles.

    Raises ArchiveIncomplete when a bundle that was taken in is not in the archive, and what the store raises; then
    nothing has changed.
    """
    with workplace.store.reading() as reader:
        entries = reader.bundles("in")
    _require_all(workplace, entries)
    backup_before(workplace, "rebuild")
    aside = [one.path for one in quarantine.quarantined(workplace)]
    files = [*sorted((workplace.folder / "bundles" / "in").glob("*.izsa")), *aside]
    refused: list[tuple[Path, Refused]] = []
    taken: list[Path] = []
    with workplace.store.writing() as writer:
        erased = writer.withdraw(_others(workplace, writer))
        for n, path in enumerate(files):
            progress(n, len(files))
            data, outcome = _put_in(workplace, writer, path)
            if isinstance(outcome, Refused):
                refused.append((path, outcome))
                continue
            taken.append(path)
            if path.parent.name == "refused":
                write_atomic(workplace.folder / "bundles" / "in" / exchange.archive_name(outcome), data)
        here = writer.known(revision.id for revision in erased)
        writer.add([revision for revision in erased if revision.id in here])
        writer.rebuild()
        writer.forget(ARRIVALS)
        count = len(writer.revision_ids())
    for path, why in refused:
        quarantine.keep(workplace, path, why)
    for path in taken:
        if path.parent.name == "refused":
            quarantine.release(path)
    progress(len(files), len(files))
    return Rebuilt(len(taken), len(refused), count)


def _require_all(workplace: Workplace, entries: list[BundleEntry]) -> None:
    folder = workplace.folder / "bundles" / "in"
    gone = [entry.file for entry in entries if not (folder / entry.file).exists()]
    if gone:
        raise ArchiveIncomplete(gone[0])


def _others(workplace: Workplace, writer: Writer) -> Iterator[str]:
    """At the office: the PCs whose saves can only have been received, also where a backup was put in place."""
    if workplace.identity.office:
        yield from (id_ for id_, member in workplace.trust(writer).members.items() if member.district != OFFICE)


def _put_in(workplace: Workplace, writer: Writer, path: Path) -> tuple[bytes, VerifiedBundle | Refused]:
    try:
        data = read_file(path, MAX_FILE)
    except KnownError as e:
        raise ArchiveIncomplete(f"{path.name}: {e}") from e
    try:
        data = opened(workplace, data)
        bundle = bundle_file.verify(data, reading_of(workplace, writer))
        exchange.take_in(workplace, writer, path, bundle, confirmed=True)
    except Refused as why:
        return data, why
    return data, bundle
