"""The inbox: what of the files and folders that somebody brings is a bundle or a request, and what taking it in does.

The content decides, never the name: mail programs and people rename attachments. What looks like nothing of ours counts
only where it was named by itself or has our ending, so that a whole folder of mail can be brought.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.encryption import is_encrypted
from izsa_desktop.bundle.enrolment import EnrolmentRequest
from izsa_desktop.bundle.file import MAX_FILE
from izsa_desktop.bundle.trust import TrustList
from izsa_desktop.domain.errors import KnownError
from izsa_desktop.domain.project import Project
from izsa_desktop.usecases import exchange
from izsa_desktop.usecases.enrolment import read_request
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.progress import Progress, no_progress
from izsa_desktop.usecases.readers import opened
from izsa_desktop.usecases.trusting import pin, reading_of
from izsa_desktop.usecases.workplace import Workplace

MOST_FILES = 5_000
"""Of a folder at most so many are looked at."""
_HEAD = 64
_BUNDLE, _REQUEST = "bundle", "request"
_BY_NAME = {b"payload.zip": _BUNDLE, b"enrolment.json": _REQUEST}
_BY_ENDING = {".izsa": _BUNDLE, ".age": _BUNDLE, ".enrol": _REQUEST}


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
    """Looks at files, and at all that is in folders."""
    bundles, requests, others = _sorted_out(paths, office=workplace.identity.office)
    asked, broken, enrolled = _read_requests(workplace, requests)
    seen = exchange.preview_bundles(workplace, bundles, progress)
    return Brought(tuple(paths), (*seen, *broken), tuple(asked), enrolled, others)


def pin_and_look(
    workplace: Workplace, fingerprint: str, paths: Sequence[Path], progress: Progress = no_progress
) -> Brought:
    """Keeps the office's fingerprint that a person heard on the telephone, then looks. Raises BadField."""
    pin(workplace, fingerprint)
    return look(workplace, paths, progress)


# --- what is what ----------------------------------------------------------------------------------------------------


def _sorted_out(paths: Sequence[Path], *, office: bool) -> tuple[list[Path], list[Path], int]:
    """Bundles, requests, and how many files of folders are neither. A district decides about no request."""
    found: dict[Path, str] = {}
    others = 0
    for path in paths:
        if not path.is_dir():
            found[path] = _kind(path) or _BUNDLE  # named by itself: whoever named it is told what is wrong with it
            continue
        for inside in _files(path):
            if kind := _kind(inside):
                found[inside] = kind
            else:
                others += 1
    requests = [path for path, kind in found.items() if kind == _REQUEST and office]
    return [path for path in found if path not in set(requests)], requests, others


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
            head = file.read(_HEAD)
    except OSError:
        head = b""
    if is_encrypted(head):
        return _BUNDLE
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")] if head.startswith(b"PK\3\4") else b""
    return _BY_NAME.get(name) or _BY_ENDING.get(path.suffix.lower(), "")


def _read_requests(workplace: Workplace, paths: Sequence[Path]) -> tuple[list[EnrolmentRequest], list[Received], int]:
    """Each PC's once; what is none, with the reason; and how many are of PCs that are in."""
    with workplace.store.reading() as reader:
        trust = workplace.trust(reader)
    asked: dict[str, EnrolmentRequest] = {}
    broken = []
    enrolled = 0
    for path in paths:
        try:
            request = read_request(workplace, path)
        except KnownError as why:
            broken.append(Received(path, refusal=why))
            continue
        if _is_in(trust, request):
            enrolled += 1
        else:
            asked[request.member.key] = request
    return list(asked.values()), broken, enrolled


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


def look_closer(workplace: Workplace, path: Path) -> CloserLook:
    """Which projects a bundle puts away and brings into conflict. Changes nothing. Raises what reading it raises."""
    data = opened(workplace, read_file(path, MAX_FILE))
    with workplace.store.trying() as writer:
        bundle = bundle_file.verify(data, reading_of(workplace, writer))
        records = {revision.record for revision in bundle.revisions}
        before = {project.id: project for project in writer.projects_by_id(records)}
        received = exchange.take_in(workplace, writer, path, bundle, confirmed=True)
        after = writer.projects_by_id(records)
    gone = [before[p.id] for p in after if p.deleted and p.id in before and not before[p.id].deleted]
    disputed = [p for p in after if p.conflicts and not (p.id in before and before[p.id].conflicts)]
    return CloserLook(received, tuple(gone), tuple(disputed))
