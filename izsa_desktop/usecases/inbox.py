"""The inbox: what of the files and folders that somebody brings is a bundle or a request, and what taking it in does.

The content decides, never the name: mail programs and people rename attachments. A saved mail is opened for what it
carries. What looks like nothing of ours counts only where it was named by itself or has our ending, so that a whole
folder of mail can be brought.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.enrolment import EnrolmentRequest
from izsa_desktop.bundle.trust import TrustList
from izsa_desktop.domain.errors import KnownError, Malformed
from izsa_desktop.domain.project import Project
from izsa_desktop.usecases import exchange, mails
from izsa_desktop.usecases.enrolment import pin_office, read_request
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.mails import BUNDLE, MAX_MAIL, REQUEST
from izsa_desktop.usecases.parcels import Parcel, Unpacking, parcel_of
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.readers import opened
from izsa_desktop.usecases.trusting import reading_of
from izsa_desktop.usecases.workplace import Workplace

MOST_FILES = 5_000
"""Of a folder at most so many are looked at."""
_MAIL, _OUTLOOK = "mail", "outlook"
_BY_ENDING = {".izsa": BUNDLE, ".age": BUNDLE, ".enrol": REQUEST}
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
"""How Outlook's own mail files begin, and older documents of Office."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody has brought, and what taking it in would do. Nothing has been changed."""

    paths: tuple[Path, ...]
    """As they were named, to look again."""
    bundles: tuple[Received, ...] = ()
    requests: tuple[EnrolmentRequest, ...] = ()
    """Those about which there is something to decide."""
    enrolled: int = 0
    """Requests of PCs that are in already."""
    others: int = 0
    """Files of a folder that are neither."""


def look(workplace: Workplace, paths: Sequence[Path], progress: Progress = no_progress) -> Brought:
    """Looks at files, at what mails among them carry, and at all that is in folders."""
    found = _Found()
    for path in paths:
        found.add(path)
    asked, enrolled = _read_requests(workplace, found)
    seen = exchange.preview_bundles(workplace, found.bundles, progress)
    return Brought(tuple(paths), (*seen, *found.broken), tuple(asked), enrolled, found.others)


def pin_and_look(
    workplace: Workplace, fingerprint: str, paths: Sequence[Path], progress: Progress = no_progress
) -> Brought:
    """Keeps the office's fingerprint that a person heard on the telephone, then looks. Raises BadField.

    What was kept aside for want of it goes in now.
    """
    pin_office(workplace, fingerprint)
    return look(workplace, paths, progress)


def bundles_of(paths: Sequence[Path]) -> list[Parcel]:
    """The files, but of a mail the bundles that it carries. One that cannot be opened is left to be refused."""
    found = []
    for path in paths:
        try:
            carried = _carried(path) if _kind(path) == _MAIL else []
        except KnownError:
            carried = []
        found += [parcel for kind, parcel in carried if kind == BUNDLE] or [Parcel(path)]
    return found


# --- what is what ----------------------------------------------------------------------------------------------------


class _Found:
    """Bundles and requests, and of what else there is what a person is to be told."""

    def __init__(self) -> None:
        self.bundles: list[Parcel] = []
        self.requests: list[Parcel] = []
        self.broken: list[Received] = []
        self.others = 0
        self._seen: set[Path] = set()

    def add(self, path: Path) -> None:
        """A file that somebody named, or a folder with all that is in it."""
        if not path.is_dir():
            self._add(path, _kind(path) or BUNDLE)  # whoever named it is told what is wrong with it
            return
        for inside in _files(path):
            kind = _kind(inside)
            if not (kind and self._add(inside, kind, named=False)):
                self.others += 1

    def _add(self, path: Path, kind: str, *, named: bool = True) -> bool:
        """False for what is not ours and that nobody named."""
        if path in self._seen:
            return True
        self._seen.add(path)
        if kind in (BUNDLE, REQUEST):
            (self.bundles if kind == BUNDLE else self.requests).append(Parcel(path))
            return True
        return self._add_mail(path, kind, named=named)

    def _add_mail(self, path: Path, kind: str, *, named: bool) -> bool:
        try:
            if kind == _OUTLOOK:
                raise Malformed("outlook_mail")
            carried = _carried(path)
            if named and not carried:
                raise Malformed("mail_empty")
        except KnownError as why:
            self.broken.append(Received(Parcel(path), refusal=why))
            return True
        for kind_of_piece, parcel in carried:
            (self.bundles if kind_of_piece == BUNDLE else self.requests).append(parcel)
        return bool(carried)


def _files(folder: Path) -> Iterator[Path]:
    left = MOST_FILES
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if left and not name.startswith("."):
                left -= 1
                yield Path(where, name)


def _kind(path: Path) -> str:
    """By its first bytes, else by its ending; empty for neither."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            head = file.read(mails.HEAD)
            if not (kind := mails.kind_of(head)) and mails.may_be_mail(head):
                kind = _MAIL if mails.is_mail(head + file.read(mails.LOOKED_THROUGH)) else ""
    except OSError:
        head, kind = b"", ""
    ending = path.suffix.lower()
    if head.startswith(_COMPOUND) and ending == ".msg":
        return _OUTLOOK
    return kind or _BY_ENDING.get(ending, "")


def _carried(path: Path) -> list[tuple[str, Parcel]]:
    """What of ours is in a mail, with its kind. Raises FileProblem, OverLimit, Malformed."""
    found = enumerate(mails.pieces(read_file(path, MAX_MAIL)), start=1)
    return [(one.kind, Parcel(path, n, " · ".join(filter(None, (path.name, one.name))))) for n, one in found]


def _read_requests(workplace: Workplace, found: _Found) -> tuple[list[EnrolmentRequest], int]:
    """Each PC's once, and how many are of PCs that are in; what is none goes to what is broken.

    A district decides about no request: there it is a bundle that is none.
    """
    if not workplace.identity.office:
        found.bundles += found.requests
        return [], 0
    with workplace.store.reading() as reader:
        trust = workplace.trust(reader)
    asked: dict[str, EnrolmentRequest] = {}
    enrolled, unpacking = 0, Unpacking()
    for parcel in found.requests:
        try:
            request = read_request(workplace, unpacking.read(parcel)[1])
        except KnownError as why:
            found.broken.append(Received(parcel, refusal=why))
            continue
        if _is_in(trust, request):
            enrolled += 1
        else:
            asked[request.member.key] = request
    return list(asked.values()), enrolled


def _is_in(trust: TrustList, request: EnrolmentRequest) -> bool:
    wanted, known = request.member, trust.member(request.member.public.key_id)
    same = known is not None and (known.key, known.district, known.person) == (
        wanted.key,
        wanted.district,
        wanted.person,
    )
    return same and known is not None and known.revoked_after_seq is None


# --- before much changes at once -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CloserLook:
    """What a bundle would do that puts away or contradicts very much."""

    received: Received
    put_away: tuple[Project, ...]
    disputed: tuple[Project, ...]
    """Those about which there was nothing to decide before."""


def look_closer(workplace: Workplace, file: Path | Parcel) -> CloserLook:
    """Which projects a bundle puts away and brings into conflict. Changes nothing. Raises what reading it raises."""
    parcel, data = Unpacking().read(parcel_of(file))
    data = opened(workplace, data)
    with workplace.store.trying() as writer:
        bundle = bundle_file.verify(data, reading_of(workplace, writer))
        records = {revision.record for revision in bundle.revisions}
        before = {project.id: project for project in writer.projects_by_id(records)}
        received = exchange.take_in(workplace, writer, parcel, bundle, confirmed=True)
        after = writer.projects_by_id(records)
    gone = [before[p.id] for p in after if p.deleted and p.id in before and not before[p.id].deleted]
    disputed = [p for p in after if p.conflicts and not (p.id in before and before[p.id].conflicts)]
    return CloserLook(received, tuple(gone), tuple(disputed))
