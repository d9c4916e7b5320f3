"""Refused files, kept verbatim: what is refused today may be good when the office's list has changed.

Each lies in a folder of its own beside a note of why; the database is not touched by them. At most ``MOST`` files and
``MOST_BYTES`` bytes; the oldest go first.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from izsa_desktop.bundle.file import MAX_FILE
from izsa_desktop.domain.errors import DiskProblem, KnownError, Refused
from izsa_desktop.durable import make_folder, os_problem
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.workplace import Workplace, utc_now

FOLDER = "bundles/refused"
MOST, MOST_BYTES = 200, 1024 * 1024 * 1024
_KEPT = frozenset({10, 11, 12, 13, 17})
"""Exit codes of refusals by which a file may still be a bundle; what is none at all is not kept."""
_NOTE_BYTES = 8192


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Why a file was refused. ``name`` is what it was called; shown only."""

    name: str
    arrived: str
    code: int
    reason: str
    detail: str

    @property
    def refusal(self) -> Refused:
        """As an error to be told."""
        return Refused.noted(self.reason, self.detail)


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that is kept. ``size`` in bytes."""

    path: Path
    size: int
    note: Note

    @property
    def sha256(self) -> str:
        return self.path.stem


def quarantined(workplace: Workplace) -> list[Quarantined]:
    """The files that are kept, oldest first."""
    found = []
    for path in (workplace.folder / FOLDER).glob("*.izsa"):
        try:
            note = msgspec.json.decode(read_file(_note_file(path), _NOTE_BYTES), type=Note)
            found.append(Quarantined(path, path.stat().st_size, note))
        except (KnownError, OSError, msgspec.DecodeError):  # nobody knows why: it is not judged again
            continue
    return sorted(found, key=lambda one: (one.note.arrived, one.sha256))


def worth_keeping(refusal: KnownError | None) -> bool:
    """True for a refusal by which a file may still be a bundle."""
    return isinstance(refusal, Refused) and refusal.exit_code in _KEPT


def keep(workplace: Workplace, path: Path, refusal: Refused) -> None:
    """Keeps a copy, or the new reason for one that is kept; not of what is no bundle, or gone meanwhile."""
    if not worth_keeping(refusal):
        return
    try:
        data = read_file(path, MAX_FILE)
    except KnownError:
        return
    kept = workplace.folder / FOLDER / f"{hashlib.sha256(data).hexdigest()}.izsa"
    there = {one.path: one for one in quarantined(workplace)}
    before = there[kept].note if kept in there else None
    note = Note(
        name=before.name if before else path.name.encode("utf-8", "backslashreplace").decode()[:200],
        arrived=before.arrived if before else utc_now(),
        code=refusal.exit_code,
        reason=refusal.reason,
        detail=refusal.detail[:200],
    )
    if before is None:
        _make_room(list(there.values()), len(data))
        _make(kept.parent)
        write_atomic(kept, data)
    write_atomic(_note_file(kept), msgspec.json.encode(note))


def release(path: Path) -> None:
    """The file is in the store now, or nobody wants it. Raises DiskProblem."""
    try:
        path.unlink(missing_ok=True)
        _note_file(path).unlink(missing_ok=True)
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e


def _make_room(kept: list[Quarantined], size: int) -> None:
    while kept and (len(kept) >= MOST or sum(one.size for one in kept) + size > MOST_BYTES):
        release(kept.pop(0).path)


def _make(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e


def _note_file(path: Path) -> Path:
    return path.with_suffix(".json")
