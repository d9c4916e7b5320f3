"""The passphrase of the signing key: set, changed, taken off, said once per session.

It locks the key files, so that a stolen disk cannot sign. A forgotten one costs a new key (``renewing``), never data.
"""

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from izsa_desktop.bundle.encryption import AgeIdentity
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.domain.errors import BadPassphrase, DiskProblem, KnownError
from izsa_desktop.domain.text import has_invisible
from izsa_desktop.durable import move_over, os_problem
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.keyring import (
    MAX_BYTES,
    any_locked,
    identity_files,
    key_file,
    locked,
    read_identity,
    read_key,
)
from izsa_desktop.usecases.sent import is_set_back
from izsa_desktop.usecases.workplace import Workplace

LEAST, MOST = 8, 200
"""Characters of a passphrase."""


@dataclass(frozen=True, slots=True)
class KeyState:
    """``set_back``: this PC went back to an older state and must sign nothing more under its key."""

    locked: bool
    set_back: bool


def key_state(workplace: Workplace) -> KeyState:
    """How it stands with this PC's key. Raises KeyUnusable."""
    with workplace.store.reading() as reader:
        return KeyState(has_passphrase(workplace), is_set_back(reader, workplace.identity.replica))


def has_passphrase(workplace: Workplace) -> bool:
    """True when the key is locked. Raises KeyUnusable."""
    return locked(workplace.folder, workplace.identity.replica)


def lost_its_lock(workplace: Workplace) -> bool:
    """True when the key has no passphrase while a former one has: whoever got a new key is to choose one."""
    return not has_passphrase(workplace) and any_locked(workplace.folder)


def unlock(workplace: Workplace, passphrase: str) -> None:
    """Opens the key for as long as the workplace is open. Takes a second. Raises KeyUnusable, WrongPassphrase."""
    workplace.keyring.unlock(workplace.folder, workplace.identity.replica, passphrase)


def set_passphrase(workplace: Workplace, old: str | None, new: str | None) -> None:
    """Locks the key with a passphrase instead of the old one (None: it had none); ``new`` None takes the lock off.

    Former keys of this PC that open, and its keys for reading, are locked the same way. The new file is written beside
    the old one, read again and opened, and only then takes its place. Raises BadPassphrase, KeyUnusable,
    PassphraseNeeded, WrongPassphrase, FileProblem, DiskProblem: then the key's file is as it was.
    """
    if new is not None:
        require_good(new)
    folder, replica = workplace.folder, workplace.identity.replica
    key = read_key(folder, replica, old)
    for former in sorted((folder / "keys").glob("*.key")):
        if former.stem != replica and (opened := _opened(folder, former.stem, old, new)) is not None:
            _put(folder, opened, new)
    for file in identity_files(folder):
        if (identity := _identity(file, old, new)) is not None:
            _replace(file, identity.file_bytes(new), partial(_reads_same, identity, new))
    _put(folder, key, new)
    workplace.keyring.passphrase = new


def require_good(passphrase: str) -> None:
    """Raises BadPassphrase for a new passphrase that is too short, too long, or that cannot be typed again."""
    if not LEAST <= len(unicodedata.normalize("NFC", passphrase)) <= MOST or has_invisible(passphrase):
        raise BadPassphrase(LEAST, MOST)


def _opened(folder: Path, replica: str, *passphrases: str | None) -> SecretKey | None:
    """A former key, where one of these opens it."""
    for passphrase in dict.fromkeys((None, *passphrases)):
        try:
            return read_key(folder, replica, passphrase)
        except KnownError:
            continue
    return None


def _identity(file: Path, *passphrases: str | None) -> AgeIdentity | None:
    """A key for reading, where one of these opens it."""
    for passphrase in dict.fromkeys((None, *passphrases)):
        with suppress(KnownError):
            return read_identity(file, passphrase)
    return None


def _put(folder: Path, key: SecretKey, passphrase: str | None) -> None:
    file = key_file(folder, key.key_id)
    write_atomic(file.with_suffix(".pub"), key.public.file_bytes())  # what a locked key is known by
    _replace(file, key.file_bytes(passphrase), partial(_is_same, key, passphrase))


def _replace(file: Path, data: bytes, good: Callable[[Path], bool]) -> None:
    """The new file is written beside the old one and read again before it takes its place. Raises DiskProblem."""
    offered = file.with_name(f"{file.name}.new")
    try:
        write_atomic(offered, data, mode=0o600)
        if not good(offered):
            raise DiskProblem(f"{offered} reads back differently")
        move_over(offered, file)
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e
    finally:
        with suppress(OSError):
            offered.unlink(missing_ok=True)


def _is_same(key: SecretKey, passphrase: str | None, offered: Path) -> bool:
    try:
        return SecretKey.from_file_bytes(read_file(offered, MAX_BYTES), passphrase).public == key.public
    except KnownError as e:
        raise DiskProblem(f"{offered}: {e}") from e


def _reads_same(identity: AgeIdentity, passphrase: str | None, offered: Path) -> bool:
    try:
        return read_identity(offered, passphrase) == identity
    except KnownError as e:
        raise DiskProblem(f"{offered}: {e}") from e
