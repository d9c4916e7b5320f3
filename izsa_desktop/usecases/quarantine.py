"""Refused files, kept verbatim: what is refused today may be good when the office's list has changed.

Each lies in a folder of its own beside a note of why; the database is not touched by them. At most ``MOST`` files and
``MOST_BYTES`` bytes; the oldest go first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from izsa_desktop.domain.errors import DiskProblem, KnownError, Refused, TooMuchAtOnce
from izsa_desktop.durable import make_folder, os_problem
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.parcels import Parcel, Unpacking
from izsa_desktop.usecases.workplace import Workplace, utc_now

FOLDER = "bundles/refused"
MOST, MOST_BYTES = 200, 1024 * 1024 * 1024
_KEPT = frozenset({10, 11, 12, 13, 17})
"""Exit codes of refusals by which a file may still be a bundle; what is none at all is not kept."""
_NOTE_BYTES = 8192


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Why a file was refused. ``name`` is what it was called; shown only."""

    name: str
    n: int = 0
    """Which one it was to come, of those that were kept then: a clock may stand still or go back."""
    arrived: str
    code: int
    reason: str
    detail: str
    deleted: int = 0
    conflicts: int = 0
    """Of a file that would be good now and waits for a person, because it changes so much (``TooMuchAtOnce``)."""

    @property
    def refusal(self) -> Refused | TooMuchAtOnce:
        """As an error to be told."""
        if self.reason == TooMuchAtOnce.key:
            return TooMuchAtOnce(self.deleted, self.conflicts)
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

    @property
    def parcel(self) -> Parcel:
        """To be judged once more."""
        return Parcel(self.path, called=self.note.name)


def quarantined(workplace: Workplace) -> list[Quarantined]:
    """The files that are kept, oldest first."""
    found = []
    for path in (workplace.folder / FOLDER).glob("*.izsa"):
        try:
            size = path.stat().st_size
        except OSError:
            continue
        if (said := _note_of(path)) is not None:
            found.append(Quarantined(path, size, said))
    return sorted(found, key=lambda one: (one.note.n, one.note.arrived, one.sha256))


def worth_keeping(refusal: KnownError | None) -> bool:
    """True for a refusal by which a file may still be a bundle."""
    return isinstance(refusal, Refused) and refusal.exit_code in _KEPT


def note(workplace: Workplace, parcel: Parcel, refusal: KnownError | None) -> None:
    """Notes what became of a file that was judged: keeps a copy, or the new reason for one that is kept.

    What is in the store now is kept here no longer; what is no bundle, or is another file meanwhile, never was.
    """
    if refusal is None:
        release(_file(workplace, parcel))
    elif isinstance(refusal, TooMuchAtOnce):
        _note_again(_file(workplace, parcel), refusal)
    elif isinstance(refusal, Refused) and worth_keeping(refusal):
        _keep(workplace, parcel, refusal)


def note_all(workplace: Workplace, judged: Iterable[tuple[Parcel, KnownError | None]]) -> None:
    """``note`` for each."""
    for parcel, refusal in judged:
        note(workplace, parcel, refusal)


def _keep(workplace: Workplace, parcel: Parcel, refusal: Refused) -> None:
    kept = _file(workplace, parcel)
    if _note_again(kept, refusal):
        return
    try:
        _, data = Unpacking().read(parcel)
    except KnownError:
        return
    there = quarantined(workplace)
    first = Note(
        name=parcel.name.encode("utf-8", "backslashreplace").decode()[:200],
        n=max((one.note.n for one in there), default=0) + 1,
        arrived=utc_now(),
        code=0,
        reason="",
        detail="",
    )
    _make_room(there, len(data))
    _make(kept.parent)
    write_atomic(kept, data)
    _write(kept, _because(first, refusal))


def _note_again(kept: Path, refusal: Refused | TooMuchAtOnce) -> bool:
    """Writes the new reason for a file that is kept; False where none is."""
    before = _note_of(kept) if kept.exists() else None
    if before is not None:
        _write(kept, _because(before, refusal))
    return before is not None


def _because(note: Note, refusal: Refused | TooMuchAtOnce) -> Note:
    if isinstance(refusal, TooMuchAtOnce):
        said = {"reason": refusal.key, "detail": "", "deleted": refusal.deleted, "conflicts": refusal.conflicts}
    else:
        said = {"reason": refusal.reason, "detail": refusal.detail[:200]}
    return msgspec.structs.replace(note, code=refusal.exit_code, **said)


def _file(workplace: Workplace, parcel: Parcel) -> Path:
    """Where these bytes are kept, or would be."""
    return workplace.folder / FOLDER / f"{parcel.sha256}.izsa"


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


def _note_of(path: Path) -> Note | None:
    """None: nobody knows why the file is here, and it is not judged again."""
    try:
        return msgspec.json.decode(read_file(_note_file(path), _NOTE_BYTES), type=Note)
    except (KnownError, msgspec.DecodeError):
        return None


def _write(path: Path, note: Note) -> None:
    write_atomic(_note_file(path), msgspec.json.encode(note))


def _note_file(path: Path) -> Path:
    return path.with_suffix(".json")
