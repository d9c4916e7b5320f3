"""Sending: what the office has not confirmed goes into the next bundle; the office answers each district.

The number of a bundle is used up before the first file with it appears, so a kill at any moment may waste a number but
never lets it stand for other content. A copy stays in the workplace's outbox. The file itself is written, synced, read
again and compared before it gets its name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.file import MAX_REVISIONS, MAX_VALUES, Contents, Place, values_of
from izsa_desktop.bundle.manifest import Ack, Sender
from izsa_desktop.bundle.trust import SignedList, TrustList
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import DistrictOnly, OfficeOnly, SetBack
from izsa_desktop.domain.ledger import ANSWER, DELTA, FULL, SUBMISSION, BundleEntry
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.ranges import Ranges
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Revision
from izsa_desktop.domain.validation import missing
from izsa_desktop.usecases import arrivals, joining
from izsa_desktop.usecases.catalogue import catalogue_lines
from izsa_desktop.usecases.evidence import attachment_path, files_of
from izsa_desktop.usecases.files import write_atomic
from izsa_desktop.usecases.ladders import kept_ladder
from izsa_desktop.usecases.local_goals import kept_goals
from izsa_desktop.usecases.outlines import outlines_to_carry
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.projects import list_projects, may_edit
from izsa_desktop.usecases.readers import encrypted, require_readers
from izsa_desktop.usecases.sent import (
    confirmed,
    is_set_back,
    note_sent,
    require_not_set_back,
    sent_by,
    standing_of,
)
from izsa_desktop.usecases.trusting import lists_to_carry
from izsa_desktop.usecases.vocabularies import kept_vocabularies
from izsa_desktop.usecases.workplace import Workplace, bundle_name, require_outside, utc_now

MAX_PART = 24 * 1024 * 1024
"""Bytes of revisions in one bundle, before they are compressed; what is more goes into further bundles."""
MAX_FILES = 12 * 1024 * 1024
"""Bytes of evidence in one bundle: mail servers take little more."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One bundle file that was written."""

    path: Path
    seq: int
    revisions: int
    objects: int
    size: int
    """Bytes."""
    mode: str


@dataclass(slots=True)
class _Part:
    """What goes into one bundle."""

    revisions: list[Revision] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    """Evidence by its hash."""
    size: int = 0
    file_size: int = 0
    values: int = 0

    def contents(self) -> Contents:
        return Contents(self.revisions, {key: path.read_bytes() for key, path in self.files.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """A bundle that is about to get its number. ``carried`` as in ``domain.ledger.BundleEntry``."""

    kind: str
    to: str
    contents: Contents
    mode: str
    base: int
    carried: str
    acks: Mapping[str, Ack]
    trust_version: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What the office knew at one moment: an answer says nothing that it learned later."""

    trust: TrustList
    lists: Sequence[SignedList]
    arrived: str
    """How far the store had come."""
    outlines: bytes
    """Where the district may not have them yet."""
    acks: Mapping[str, Ack]


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


# --- a district's PC to the office -----------------------------------------------------------------------------------


def export_bundle(
    workplace: Workplace,
    target: Path,
    progress: Progress = no_progress,
    *,
    complete_only: bool = False,
    full: bool = False,
    encrypt: bool = False,
) -> list[Exported]:
    """Writes what this PC has entered and the office has not confirmed; much of it as several bundles.

    ``complete_only`` keeps projects here that lack a required fact and were in no bundle yet; they go with the first
    bundle after that is mended. ``full``: everything, whatever was confirmed. ``encrypt``: only the office can
    read the file; the copy that stays here can be read. Raises DistrictOnly, SetBack,
    FileProblem, DiskProblem, and what opening the key raises.
    """
    if workplace.identity.office:
        raise DistrictOnly
    require_outside(workplace, target)
    if encrypt:
        require_readers(workplace)
    workplace.key()
    replica = workplace.identity.replica
    with workplace.store.reading() as reader:
        if is_set_back(reader, replica):
            raise SetBack
        known, base = (Ranges(), 0) if full else confirmed(reader, replica)
        wanted = _without_incomplete(reader, replica, known) if complete_only else reader.revisions_of(replica, known)
        parts = list(_parts(workplace, wanted))
    exported = []
    mode = FULL if full else DELTA
    for n, part in enumerate(parts):
        progress(n, len(parts))
        path = target if n == 0 else target.with_name(f"{target.stem}-{n + 1}{target.suffix}")
        data, entry = _submit(workplace, part, mode, base)
        data = encrypted(workplace, data) if encrypt else data
        exported.append(_placed(path, data, part, entry))
        mode, base = DELTA, entry.seq
    progress(len(parts), len(parts))
    return exported


def kept_here(reader: Reader, replica: str, wanted: Sequence[Revision]) -> set[str]:
    """Ids of those of these saves that wait: their project lacks a required fact, and they were in no bundle yet."""
    before = sent_by(reader, replica)
    shown = reader.projects_by_id({revision.record for revision in wanted})
    lacking = {project.id for project in shown if missing(project.fields) and not project.deleted}
    return {revision.id for revision in wanted if revision.record in lacking and revision.seq not in before}


def _without_incomplete(reader: Reader, replica: str, known: Ranges) -> Iterator[Revision]:
    wanted = list(reader.revisions_of(replica, known))
    kept = kept_here(reader, replica, wanted)
    return (revision for revision in wanted if revision.id not in kept)


def _parts(workplace: Workplace, revisions: Iterable[Revision]) -> Iterator[_Part]:
    """At least one, even with nothing in it: it still says what was received."""
    part = _Part()
    for revision in revisions:
        files = {key: path for key in files_of(revision) if (path := attachment_path(workplace, key)) is not None}
        file_size = sum(path.stat().st_size for key, path in files.items() if key not in part.files)
        values = values_of(revision.body)
        too_much = (
            part.size + len(revision.body) > MAX_PART
            or part.file_size + file_size > MAX_FILES
            or part.values + values > MAX_VALUES
        )
        if part.revisions and (too_much or len(part.revisions) == MAX_REVISIONS):
            yield part
            part = _Part()
        part.revisions.append(revision)
        part.files |= files
        part.size += len(revision.body) + 1
        part.values += values
        part.file_size += file_size
    yield part


def _submit(workplace: Workplace, part: _Part, mode: str, base: int) -> tuple[bytes, BundleEntry]:
    replica = workplace.identity.replica
    with workplace.store.writing() as writer:
        note_sent(writer, replica, (revision.seq for revision in part.revisions))
        carried = str(Ranges.of(revision.seq for revision in part.revisions))
        acks = acks_for(writer, workplace, {entry.replica for entry in writer.bundles("in")})
        letter = _Letter(
            kind=SUBMISSION,
            to=OFFICE,
            contents=part.contents(),
            mode=mode,
            base=base,
            carried=carried,
            acks=acks,
            trust_version=workplace.trust(writer).version,
        )
        made = _numbered(writer, workplace, letter)
    return _keep(workplace, *made)


# --- the office to a district ----------------------------------------------------------------------------------------


def answer(
    workplace: Workplace, district: str, target: Path, progress: Progress = no_progress, *, full: bool = False
) -> list[Exported]:
    """Writes what the office has for a district (code), or for another PC of its own (``OFFICE``).

    What was received from it, who is enrolled, the saves of its projects that its PCs may not have, the catalogue of
    approved projects, local goals, added words, the ladder, outlines. ``full``: all saves of its projects, also its
    own. Raises OfficeOnly, MayNotSpeak, OfficeSetBack, FileProblem, DiskProblem, and what opening the key raises.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    require_outside(workplace, target)
    with workplace.store.reading() as reader:
        workplace.require_voice(reader, listed=True)
    workplace.key()
    arrivals.give_name(workplace)
    joining.tell(workplace, district)
    with workplace.store.reading() as reader:
        require_not_set_back(reader, workplace.identity.replica)
        trust = workplace.trust(reader)
        order = arrivals.order(reader, trust, district)
        base = 0 if full else arrivals.base(reader, workplace, district)
        arrived = f"{order}:{reader.last_arrival()}" if order else ""
        acks = acks_for(reader, workplace, trust.members.keys() - {workplace.identity.replica})
        knows = _Known(trust, lists_to_carry(reader), arrived, outlines_to_carry(reader, base), acks)
        since = arrivals.arrival(reader, workplace, base, order)
        base = base if since else 0
        only = "" if full else arrivals.only_pc(reader, workplace, district)
        about = reader.revisions_about("" if district == OFFICE else district, since)
        parts = list(_parts(workplace, (revision for revision in about if revision.replica != only)))
        lines = catalogue_lines(reader, district)
    exported = []
    mode = FULL if full or not base else DELTA
    for n, part in enumerate(parts):
        progress(n, len(parts))
        path = target if n == 0 else target.with_name(f"{target.stem}-{n + 1}{target.suffix}")
        last = n == len(parts) - 1
        data, entry = _answer(workplace, district, knows, part, (mode, base), lines=lines if last else None)
        exported.append(_placed(path, data, part, entry))
        mode, base = DELTA, entry.seq
    progress(len(parts), len(parts))
    return exported


def _answer(
    workplace: Workplace,
    district: str,
    knows: _Known,
    part: _Part,
    place: tuple[str, int],
    *,
    lines: Sequence[bytes] | None,
) -> tuple[bytes, BundleEntry]:
    """``place``: mode and base. ``lines``: the catalogue, with the last part.

    Another PC of the office is told with the last part what everybody's bundles brought: it then has that, too.
    """
    with workplace.store.writing() as writer:
        members, all_told = knows.trust.members, district == OFFICE and lines is not None
        letter = _Letter(
            kind=ANSWER,
            to=district,
            contents=replace(
                part.contents(),
                lists=knows.lists,
                catalogue=lines,
                goals=kept_goals(writer.meta()),
                vocabularies=kept_vocabularies(writer.meta()),
                ladder=kept_ladder(writer.meta()),
                outlines=knows.outlines if lines is not None else b"",
            ),
            mode=place[0],
            base=place[1],
            carried=knows.arrived if lines is not None else "",
            acks={id_: ack for id_, ack in knows.acks.items() if all_told or members[id_].district == district},
            trust_version=knows.trust.version,
        )
        made = _numbered(writer, workplace, letter)
    return _keep(workplace, *made)


# --- both ------------------------------------------------------------------------------------------------------------


def acks_for(reader: Reader, workplace: Workplace, replicas: Iterable[str]) -> Mapping[str, Ack]:
    """Up to which of their bundles everything of these PCs is here."""
    found = {}
    for replica in replicas:
        covered = standing_of(reader, replica, workplace.identity.body).covered
        if covered is not None:
            found[replica] = Ack(covered.seq, covered.sha256)
    return found


def _numbered(writer: Writer, workplace: Workplace, letter: _Letter) -> tuple[bytes, BundleEntry]:
    """Makes the bundle and uses its number up."""
    workplace.require_own_key(writer)
    identity, now = workplace.identity, utc_now()
    last, before = writer.last_bundle(identity.replica), writer.last_bundle(identity.replica, letter.to)
    place = Place(
        seq=last.seq + 1 if last else 1,
        prev=before.sha256 if before else "",
        follows=before.seq if before else 0,
        mode=letter.mode,
        base=letter.base,
    )
    data, sha256 = bundle_file.write(
        letter.contents,
        place,
        kind=letter.kind,
        sender=Sender(identity.body, identity.replica),
        to=letter.to,
        created=now,
        key=workplace.key(),
        acks=letter.acks,
        trust_version=letter.trust_version,
    )
    entry = BundleEntry(
        sha256=sha256,
        direction="out",
        kind=letter.kind,
        district=identity.body,
        replica=identity.replica,
        seq=place.seq,
        prev=place.prev,
        revisions=len(letter.contents.revisions),
        moved=now,
        file=bundle_name(workplace, place.seq),
        addressee=letter.to,
        follows=place.follows,
        mode=letter.mode,
        base=letter.base,
        carried=letter.carried,
    )
    writer.add_bundle(entry)
    return data, entry


def _placed(path: Path, data: bytes, part: _Part, entry: BundleEntry) -> Exported:
    write_atomic(path, data, verify=True)
    return Exported(path, entry.seq, len(part.revisions), len(part.files), len(data), entry.mode)


def _keep(workplace: Workplace, data: bytes, entry: BundleEntry) -> tuple[bytes, BundleEntry]:
    write_atomic(workplace.folder / "bundles" / "out" / entry.file, data)
    return data, entry
