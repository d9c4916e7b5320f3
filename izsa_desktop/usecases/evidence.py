"""Photos and documents of projects: files under ``attachments/``, named by the SHA-256 of their bytes.

A file is complete and durable before any record names it; records only ever name it by its hash. So a file that has
not arrived blocks nothing, the same file is kept once, and a changed one is noticed whenever it is read. Nothing here
opens a file with another program: ``export_copy`` makes a harmless copy for that. What a received record says of a
file (name, type) is not believed: the bytes are looked at again.
"""

import contextlib
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from msgspec import structs

from izsa_desktop.attachments import kinds, pictures
from izsa_desktop.attachments.kinds import MAX_FILE, MAX_PICTURE
from izsa_desktop.domain.errors import (
    AttachmentDamaged,
    AttachmentMissing,
    AttachmentRefused,
    BadLink,
    FileProblem,
    KnownError,
    OverLimit,
)
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.revision import Revision
from izsa_desktop.domain.rows import Evidence
from izsa_desktop.domain.text import has_invisible, normal, visible
from izsa_desktop.durable import make_folder, os_problem
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.workplace import Workplace

FOLDER = "attachments"
THUMBNAILS = "cache/thumbnails"
_KEY = re.compile(r"[0-9a-f]{64}")
_HEAD = 12
_MAX_NAME = 120
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever their extension."""
_FROM_OUTSIDE = b"[ZoneTransfer]\r\nZoneId=3\r\n"
"""Windows' mark for files of others: Office opens them in its protected view."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that is stored now, and what was done to it."""

    evidence: Evidence
    original_size: int
    cleaned: bool = False
    """Place and device were taken out of a picture."""
    shrunk: bool = False


def attach(workplace: Workplace, path: Path) -> Attached:
    """Stores a file; the same one again changes nothing. The project is saved by whoever asked.

    Pictures lose place, device and names, and are made smaller where they are too large. Raises FileProblem,
    AttachmentRefused, DiskProblem.
    """
    name = _shown_name(path.name)
    data = _read(path, name)
    kind = kinds.recognise(name, data)
    kinds.require_extension(name, kind)
    size, cleaned, shrunk = len(data), False, False
    preview = b""
    if kind.picture:
        kept = pictures.keep(name, kind, data)
        preview = pictures.thumbnail(name, kept.kind, kept.data)
        cleaned, shrunk = kept.data != data, kept.shrunk
        kind, data = kept.kind, kept.data
    key = hashlib.sha256(data).hexdigest()
    _store(workplace, key, data)
    if preview:
        _store_thumbnail(workplace, key, preview)
    evidence = Evidence(key=key, name=_named(name, kind), media_type=kind.media_type, size=len(data))
    return Attached(evidence, size, cleaned, shrunk)


def attach_to(workplace: Workplace, project: Project, paths: Sequence[Path], words: Evidence) -> list[Attached]:
    """Stores files and names them in the project, with caption, licence and consent of ``words``, as one save.

    A file that the project has already is left as it is there. One that is refused, and nothing is saved. Raises what
    ``attach`` and ``projects.save_project`` raise.
    """
    added = [attach(workplace, path) for path in paths]
    named = {evidence.key: evidence for evidence in project.fields.evidence}
    for attached in added:
        file = attached.evidence
        named.setdefault(
            file.key, replace(words, key=file.key, name=file.name, media_type=file.media_type, size=file.size)
        )
    projects.save_project(
        workplace, project.id, structs.replace(project.fields, evidence=tuple(named.values())), project.heads
    )
    return added


def link(address: str) -> Evidence:
    """A link as evidence; its key is its address. Raises BadLink."""
    address = normal(address)
    try:
        parts = urlsplit(address)
    except ValueError:
        raise BadLink(address[:200]) from None
    good = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", address)
    if not good or len(address) > 500 or has_invisible(address):
        raise BadLink(visible(address[:200]))
    return Evidence(key=hashlib.sha256(f"link {address}".encode()).hexdigest(), link=address)


def attachment_path(workplace: Workplace, key: str) -> Path | None:
    """Where the file is; None when it is not on this PC."""
    if not _KEY.fullmatch(key):
        return None
    path = workplace.folder / FOLDER / key[:2] / key
    return path if path.is_file() else None


def read_attachment(workplace: Workplace, evidence: Evidence) -> bytes:
    """The file's bytes, which are those that were attached. Raises AttachmentMissing, AttachmentDamaged."""
    path = attachment_path(workplace, evidence.key)
    name = _shown_name(evidence.name)
    if path is None:
        raise AttachmentMissing(name)
    try:
        data = read_file(path, MAX_FILE)
    except OverLimit as e:
        raise AttachmentDamaged(name) from e
    if hashlib.sha256(data).hexdigest() != evidence.key:
        raise AttachmentDamaged(name)
    return data


def thumbnail(workplace: Workplace, evidence: Evidence) -> bytes | None:
    """A small JPEG for lists, made once; None for what is no picture.

    Raises AttachmentMissing, AttachmentDamaged, AttachmentRefused.
    """
    cached = workplace.folder / THUMBNAILS / f"{evidence.key}.jpg"
    if attachment_path(workplace, evidence.key) and cached.is_file():
        return read_file(cached, MAX_FILE)
    data = read_attachment(workplace, evidence)
    if not kinds.looks_like_picture(data[:_HEAD]):
        return None
    name = _shown_name(evidence.name)
    made = pictures.thumbnail(name, kinds.recognise(name, data), data)
    _store_thumbnail(workplace, evidence.key, made)
    return made


def export_copy(workplace: Workplace, evidence: Evidence, folder: Path) -> Path:
    """A copy to look at, read-only, under a safe name with the extension of what it really is.

    Raises AttachmentMissing, AttachmentDamaged, AttachmentRefused, FileProblem, DiskProblem.
    """
    data = read_attachment(workplace, evidence)
    kind = kinds.recognise(_shown_name(evidence.name), data)
    target = folder / f"{_safe_stem(evidence.name)}-{evidence.key[:6]}.{kind.extensions[0]}"
    if not target.exists():
        write_atomic(target, data, mode=0o444)
        _mark_as_from_outside(target)
    return target


def missing_attachments(workplace: Workplace) -> list[tuple[str, Evidence]]:
    """Files that projects name and that are not here, each with the project's id: a note, never an error."""
    return [
        (project.id, evidence)
        for project in projects.list_projects(workplace)
        for evidence in project.fields.evidence
        if not evidence.link and attachment_path(workplace, evidence.key) is None
    ]


def attachment_problems(workplace: Workplace) -> list[str]:
    """Stored files whose bytes are not those that were attached, in technical words."""
    problems = []
    for path in _stored(workplace):
        try:
            read_attachment(workplace, Evidence(key=path.name, name=path.name))
        except KnownError as e:
            problems.append(f"attachment: {e}")
    return problems


def _stored(workplace: Workplace) -> Iterator[Path]:
    for path in sorted((workplace.folder / FOLDER).glob("??/*")):
        if _KEY.fullmatch(path.name) and path.is_file():
            yield path


def files_of(revision: Revision) -> Iterator[str]:
    """The hashes of the files that a save names."""
    for name, value in revision.registers.items():
        part, _, key = name.partition("/")
        if part == "evidence" and value is not None and _KEY.fullmatch(key):
            yield key


def keep_received(workplace: Workplace, key: str, data: bytes) -> bool:
    """Keeps a file that came with a bundle; False when it is of a kind that nobody may attach. Raises FileProblem."""
    try:
        kinds.recognise(key, data)
    except AttachmentRefused:
        return False
    _store(workplace, key, data)
    return True


def _read(path: Path, name: str) -> bytes:
    """The file's bytes; pictures may be larger than what is kept. Raises FileProblem, AttachmentRefused."""
    try:
        if stat.S_ISFIFO(path.stat().st_mode):  # would wait for somebody to write into it
            raise FileProblem(str(path), "EINVAL")
        with path.open("rb") as file:
            picture = kinds.looks_like_picture(file.read(_HEAD))
    except OSError as e:
        raise FileProblem(str(path), os_problem(e)) from e
    try:
        return read_file(path, MAX_PICTURE if picture else MAX_FILE)
    except OverLimit as e:
        raise AttachmentRefused(name, "too_large_picture" if picture else "too_large") from e


def _store(workplace: Workplace, key: str, data: bytes) -> None:
    """Puts a file where its hash says. One that is there is written again if its bytes have changed since."""
    folder = workplace.folder / FOLDER / key[:2]
    try:
        if (folder / key).is_file() and hashlib.sha256((folder / key).read_bytes()).hexdigest() == key:
            return
        make_folder(folder)
    except OSError as e:
        raise FileProblem(str(folder), os_problem(e)) from e
    write_atomic(folder / key, data)


def _store_thumbnail(workplace: Workplace, key: str, data: bytes) -> None:
    folder = workplace.folder / THUMBNAILS
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise FileProblem(str(folder), os_problem(e)) from e
    write_atomic(folder / f"{key}.jpg", data)


def _shown_name(name: str) -> str:
    """A file's name as records hold it: one line in normal form, nothing hidden, not too long."""
    name = normal(visible(name)).replace("\n", " ").replace("\t", " ")
    stem, suffix = PurePath(name).stem, PurePath(name).suffix[:12]
    return stem[: _MAX_NAME - len(suffix)] + suffix


def _named(name: str, kind: kinds.FileKind) -> str:
    """The name with an extension that fits: a large PNG was stored as JPEG."""
    try:
        kinds.require_extension(name, kind)
    except AttachmentRefused:
        return f"{PurePath(name).stem}.{kind.extensions[0]}"
    return name


def _safe_stem(name: str) -> str:
    """What is left of a name for the file systems of this world, Turkish letters included."""
    stem = re.sub(r"[^\w .-]+", "_", PurePath(_shown_name(name)).stem).strip(" ._-")[:60].rstrip(" .")
    return f"_{stem}" if not stem or _RESERVED.fullmatch(stem.partition(".")[0]) else stem


def _mark_as_from_outside(path: Path) -> None:
    if os.name == "nt":
        with contextlib.suppress(OSError):  # file systems of memory sticks have no place for it
            path.chmod(0o644)
            Path(f"{path}:Zone.Identifier").write_bytes(_FROM_OUTSIDE)
            path.chmod(0o444)
