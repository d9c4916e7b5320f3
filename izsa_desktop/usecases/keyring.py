"""The signing keys of an open workplace: locked ones are opened once by their passphrase and kept in memory.

Neither the passphrase nor an opened key is ever written anywhere. Only what signs asks for the key; whatever needs the
public half alone (the fingerprint, the archive, the check) reads that, and works without a passphrase.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from izsa_desktop.bundle.encryption import AgeIdentity, is_encrypted
from izsa_desktop.bundle.signing import PublicKey, SecretKey, is_locked
from izsa_desktop.domain.errors import FileProblem, KeyUnusable, KnownError, PassphraseNeeded, WrongPassphrase
from izsa_desktop.usecases.files import read_file

MAX_BYTES = 4096
"""Of a key file."""
Ask = Callable[[], str | None]
"""Asks whoever works here for the passphrase; None when there is nobody to ask."""


class Keyring:
    """Keeps what was opened, and the passphrase, as long as the workplace is open: all keys of a PC have the same."""

    def __init__(self, ask: Ask | None = None) -> None:
        self._ask = ask
        self._open: dict[str, SecretKey] = {}
        self.passphrase: str | None = None
        """The one that opens this PC's keys; None: nobody has said it, or there is none."""
        self._identities: dict[str, AgeIdentity] = {}

    def key(self, folder: Path, id_: str) -> SecretKey:
        """A key of this PC. Asks at most once. Raises KeyUnusable, PassphraseNeeded, WrongPassphrase."""
        if id_ in self._open:
            return self._open[id_]
        if not locked(folder, id_):
            return read_key(folder, id_)
        return self.unlock(folder, id_, self._said())

    def identity(self, file: Path) -> AgeIdentity:
        """A key for reading. Asks at most once. Raises KeyUnusable, PassphraseNeeded, WrongPassphrase."""
        found = self._identities.get(file.name)
        if found is None:
            passphrase = self._said() if identity_locked(file) else None
            found = self._identities[file.name] = read_identity(file, passphrase)
            self.passphrase = passphrase or self.passphrase
        return found

    def _said(self) -> str:
        passphrase = self._ask() if self.passphrase is None and self._ask else self.passphrase
        if passphrase is None:
            raise PassphraseNeeded
        return passphrase

    def unlock(self, folder: Path, id_: str, passphrase: str) -> SecretKey:
        """Opens a locked key and keeps it. Raises KeyUnusable, WrongPassphrase."""
        key = self._open[id_] = read_key(folder, id_, passphrase)
        self.passphrase = passphrase
        return key


def key_file(folder: Path, replica: str) -> Path:
    """Where a workplace keeps the key with this id; the public half lies beside it as ``.pub``."""
    return folder / "keys" / f"{replica}.key"


def keys_here(folder: Path) -> frozenset[str]:
    """The ids of the keys that a workplace has, also of former ones."""
    return frozenset(file.stem for file in (folder / "keys").glob("*.key"))


def read_key(folder: Path, replica: str, passphrase: str | None = None) -> SecretKey:
    """The key of this id. Raises KeyUnusable, PassphraseNeeded, WrongPassphrase."""
    file = key_file(folder, replica)
    try:
        key = SecretKey.from_file_bytes(read_file(file, MAX_BYTES), passphrase)
    except (PassphraseNeeded, WrongPassphrase):
        raise
    except KnownError as e:
        raise KeyUnusable(str(file), _why(e)) from e
    if key.key_id != replica:
        raise KeyUnusable(str(file), f"key of {key.key_id}")
    return key


def locked(folder: Path, replica: str) -> bool:
    """True when the key file wants a passphrase. Raises KeyUnusable."""
    file = key_file(folder, replica)
    try:
        return is_locked(read_file(file, MAX_BYTES))
    except KnownError as e:
        raise KeyUnusable(str(file), _why(e)) from e


def public_half(folder: Path, replica: str) -> PublicKey:
    """The public half of the key, without a passphrase. Raises KeyUnusable, so where the secret half is not there."""
    if not locked(folder, replica):
        return read_key(folder, replica).public
    file = key_file(folder, replica).with_suffix(".pub")
    try:
        public = PublicKey.from_file_bytes(read_file(file, MAX_BYTES))
    except KnownError as e:
        raise KeyUnusable(str(file), _why(e)) from e
    if public.key_id != replica:
        raise KeyUnusable(str(file), f"key of {public.key_id}")
    return public


def identity_files(folder: Path) -> list[Path]:
    """Where a workplace keeps its keys for reading."""
    return sorted((folder / "keys").glob("*.age"))


def read_identity(file: Path, passphrase: str | None = None) -> AgeIdentity:
    """The key for reading in a file. Raises KeyUnusable, PassphraseNeeded, WrongPassphrase."""
    try:
        return AgeIdentity.from_file_bytes(read_file(file, MAX_BYTES), passphrase)
    except (PassphraseNeeded, WrongPassphrase):
        raise
    except KnownError as e:
        raise KeyUnusable(str(file), _why(e)) from e


def identity_locked(file: Path) -> bool:
    """True when the key for reading wants a passphrase. Raises KeyUnusable."""
    try:
        return is_encrypted(read_file(file, MAX_BYTES))
    except KnownError as e:
        raise KeyUnusable(str(file), _why(e)) from e


def any_locked(folder: Path) -> bool:
    """True when a signing key that is kept here, of now or a former one, wants a passphrase."""
    for file in (folder / "keys").glob("*.key"):
        with suppress(KnownError):
            if locked(folder, file.stem):
                return True
    return False


def _why(error: KnownError) -> str:
    """The system's word where the file cannot be read, which the translations know; else a technical one."""
    return error.problem if isinstance(error, FileProblem) else " ".join(map(str, error.facts().values())).strip()
