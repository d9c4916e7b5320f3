"""A parcel is what lies in a file that somebody brings, or in an attachment of a mail: something to judge by its bytes.

Looking and taking in are two readings, and a file may be another one by the second. So what was looked at is known by
its hash, and other bytes are not taken for it.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from izsa_desktop.bundle.file import MAX_FILE
from izsa_desktop.domain.errors import FileChanged
from izsa_desktop.usecases import mails
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.mails import MAX_MAIL, Piece


@dataclass(frozen=True, slots=True)
class Parcel:
    """Where it lies. ``piece``: its number among what of ours is in the mail at ``path``; 0: the file itself."""

    path: Path
    piece: int = 0
    called: str = ""
    """What it is known by where the file's name does not say it; shown only."""
    sha256: str = ""
    """Of the bytes that were looked at; empty: whatever lies there is meant."""

    @property
    def name(self) -> str:
        """What people know it by."""
        return self.called or self.path.name

    @property
    def place(self) -> tuple[Path, int]:
        """Where it lies, whatever lies there."""
        return self.path, self.piece


def parcel_of(file: Path | Parcel) -> Parcel:
    """A file that is named by its path means whatever lies there."""
    return file if isinstance(file, Parcel) else Parcel(file)


class Unpacking:
    """Reads parcels one after the other; a mail is opened once for those that follow each other."""

    def __init__(self) -> None:
        self._mail: tuple[Path, list[Piece]] | None = None

    def read(self, parcel: Parcel) -> tuple[Parcel, bytes]:
        """The bytes, and the parcel with their hash.

        Raises FileProblem, OverLimit, Malformed (a mail), FileChanged when they are not those that were looked at.
        """
        data = self._piece(parcel) if parcel.piece else read_file(parcel.path, MAX_FILE)
        sha256 = hashlib.sha256(data).hexdigest()
        if parcel.sha256 not in ("", sha256):
            raise FileChanged(parcel.name)
        return replace(parcel, sha256=sha256), data

    def _piece(self, parcel: Parcel) -> bytes:
        if self._mail is None or self._mail[0] != parcel.path:
            self._mail = None
            self._mail = parcel.path, mails.pieces(read_file(parcel.path, MAX_MAIL))
        found = self._mail[1]
        if parcel.piece > len(found):
            raise FileChanged(parcel.name)
        return found[parcel.piece - 1].data
