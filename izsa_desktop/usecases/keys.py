"""The passphrase of the signing key: set, changed, taken off, said once per session.

It locks the key files, so that a stolen disk cannot sign. A forgotten one costs a new key (``renewing``), never data.
"""

import unicodedata
from contextlib import suppress
from pathlib import Path

from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.domain.errors import BadPassphrase, DiskProblem, KnownError
from izsa_desktop.domain.text import has_invisible
from izsa_desktop.durable import move_over, os_problem
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.keyring import MAX_BYTES, key_file, locked, read_key
from izsa_desktop.usecases.workplace import Workplace

LEAST, MOST = 8, 200
"""Characters of a passphrase."""


def has_passphrase(workplace: Workplace) -> bool:
    """True when the key is locked. Raises KeyUnusable."""
    return locked(workplace.folder, workplace.identity.replica)


def unlock(workplace: Workplace, passphrase: str) -> None:
    """Opens the key for as long as the workplace is open. Takes a second. Raises KeyUnusable, WrongPassphrase."""
    workplace.keyring.unlock(workplace.folder, workplace.identity.replica, passphrase)


def set_passphrase(workplace: Workplace, old: str | None, new: str | None) -> None:
    """Locks the key with a passphrase instead of the old one (None: it had none); ``new`` None takes the lock off.

    Former keys of this PC that open are locked the same way. The new file is written beside the old one, read again
    and opened, and only then takes its place. Raises BadPassphrase, KeyUnusable, PassphraseNeeded, WrongPassphrase,
    FileProblem, DiskProblem: then the key's file is as it was.
    """
    if new is not None:
        require_good(new)
    folder, replica = workplace.folder, workplace.identity.replica
    key = read_key(folder, replica, old)
    for former in sorted((folder / "keys").glob("*.key")):
        if former.stem != replica and (opened := _opened(folder, former.stem, old, new)) is not None:
            _put(folder, opened, new)
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


def _put(folder: Path, key: SecretKey, passphrase: str | None) -> None:
    file = key_file(folder, key.key_id)
    offered = file.with_name(f"{file.name}.new")
    write_atomic(file.with_suffix(".pub"), key.public.file_bytes())  # what a locked key is known by
    try:
        write_atomic(offered, key.file_bytes(passphrase), mode=0o600)
        _require_same(offered, key, passphrase)
        move_over(offered, file)
    except OSError as e:
        raise DiskProblem(os_problem(e)) from e
    finally:
        with suppress(OSError):
            offered.unlink(missing_ok=True)


def _require_same(offered: Path, key: SecretKey, passphrase: str | None) -> None:
    try:
        again = SecretKey.from_file_bytes(read_file(offered, MAX_BYTES), passphrase)
    except KnownError as e:
        raise DiskProblem(f"{offered}: {e}") from e
    if again.public != key.public:
        raise DiskProblem(f"{offered} reads back differently")
