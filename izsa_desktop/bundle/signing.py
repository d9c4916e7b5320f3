"""Keys and signatures: minisign files with prehashed Ed25519, checked by two libraries that must agree.

A minisign signature file has bits that no signature covers (its first comment, line ends, unused base64 bits); a
signature is therefore accepted only when its own re-encoding gives the same bytes. Keys of small order, with which
anybody could forge, are refused where a key comes in.

A secret key file may be locked with a passphrase (minisign's own scrypt form; the stock tool opens the same file). A
key in memory is always open, and has shown that it signs for its public half.
"""

import base64
import copy
import hashlib
import struct
import unicodedata
from dataclasses import dataclass

import minisign
from nacl.bindings import crypto_core_ed25519_is_valid_point
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from izsa_desktop.domain.errors import BadSignature, Malformed, PassphraseNeeded, Untrusted, WrongPassphrase

_COMMENT = "signature from izsa secret key"
_PUBLIC_KEY_BYTES = 42
_KDF = struct.Struct("<2x2s34xQQ")  # of a secret key: which derivation, its limits of work and of memory
_SCRYPT = b"Sc"
_MOST_WORK, _MOST_MEMORY = 1 << 25, 1 << 30
"""What the stock tool uses by default. A rotten byte must not make the program compute for years."""
WORK, MEMORY = 1 << 23, 1 << 28
"""Of the locks that are made here: N = 2^18 with 256 MiB, about a second on an office PC."""


class SecretKey:
    """A PC's signing key. ``key_id`` (16 hex digits) is the PC's replica id."""

    def __init__(self, key: minisign.SecretKey) -> None:
        self._key = key
        self.public = PublicKey(key.get_public_key().to_base64().decode())

    @classmethod
    def generate(cls) -> "SecretKey":
        """A new key with a random id."""
        return cls(minisign.KeyPair.generate().secret_key)

    @classmethod
    def from_file_bytes(cls, data: bytes, passphrase: str | None = None) -> "SecretKey":
        """The key of a minisign secret key file. Raises Malformed, PassphraseNeeded, WrongPassphrase.

        A passphrase that an unlocked file does not need is not looked at.
        """
        key, locked = _parsed(data)
        if locked:
            if passphrase is None:
                raise PassphraseNeeded
            try:
                key.remove_password(_normal(passphrase))
            except (minisign.Error, ValueError):
                raise WrongPassphrase from None
        made = cls(key)
        try:
            read_signature(made.sign(b"", "")).verify(b"", made.public)
        except BadSignature:
            raise Malformed("secret_key", "halves") from None
        return made

    @property
    def key_id(self) -> str:
        return self.public.key_id

    def file_bytes(self, passphrase: str | None = None) -> bytes:
        """The key as a minisign secret key file, locked where a passphrase is given (that takes its time)."""
        key = copy.deepcopy(self._key)
        key.untrusted_comment = None  # minisign's own words, which say whether it is locked
        if passphrase is not None:
            key.encrypt(_normal(passphrase), opslimit=WORK, memlimit=MEMORY)
        return bytes(key)

    def sign(self, message: bytes, comment: str) -> bytes:
        """A minisign signature file, byte for byte minisign's own; the (ASCII) comment is signed too."""
        signature = self._key.sign(message, prehash=True, untrusted_comment=_COMMENT, trusted_comment=comment)
        return bytes(signature) + b"\n"


def is_locked(data: bytes) -> bool:
    """True for a secret key file that wants a passphrase. Raises Malformed for what is no secret key file."""
    return _parsed(data)[1]


def _parsed(data: bytes) -> tuple[minisign.SecretKey, bool]:
    """The key of a file, and whether it is locked."""
    try:
        key = minisign.SecretKey.from_bytes(data)
    except (minisign.Error, ValueError) as e:
        raise Malformed("secret_key", str(e)) from None
    derivation, work, memory = _KDF.unpack_from(base64.b64decode(data.splitlines()[1]))
    locked = derivation == _SCRYPT
    if locked and (work > _MOST_WORK or memory > _MOST_MEMORY):
        raise Malformed("secret_key", "scrypt")
    return key, locked


def _normal(passphrase: str) -> str:
    """The same bytes whichever keyboard or system the letters come from."""
    return unicodedata.normalize("NFC", passphrase)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key as minisign writes it in base64: algorithm, key id, point. Raises Malformed when it isn't one."""

    text: str

    def __post_init__(self) -> None:
        raw = _decode(self.text)
        if len(raw) != _PUBLIC_KEY_BYTES or raw[:2] != b"Ed":
            raise Malformed("public_key")

    @classmethod
    def from_file_bytes(cls, data: bytes) -> "PublicKey":
        """The key of a public key file as ``file_bytes`` writes it. Raises Malformed."""
        lines = data.split(b"\n")
        if len(lines) != 3 or not lines[1].isascii():
            raise Malformed("public_key")
        key = cls(lines[1].decode())
        if key.file_bytes() != data:
            raise Malformed("public_key")
        return key

    @property
    def key_id(self) -> str:
        """As minisign shows it: the bytes in reverse, here in lower case."""
        return _decode(self.text)[2:10][::-1].hex()

    @property
    def point(self) -> bytes:
        return _decode(self.text)[10:]

    @property
    def fingerprint(self) -> str:
        """To be read out on the telephone."""
        return fingerprint_of(_decode(self.text))

    def file_bytes(self) -> bytes:
        """The key as a minisign public key file."""
        return f"untrusted comment: minisign public key {self.key_id.upper()}\n{self.text}\n".encode()

    def require_strong(self) -> None:
        """Raises Untrusted for a point of small order or off the curve."""
        if not crypto_core_ed25519_is_valid_point(self.point):
            raise Untrusted("weak_key")


@dataclass(frozen=True, slots=True)
class Signature:
    """A parsed signature file. ``comment`` is not to be believed before ``verify``."""

    key_id: str
    comment: str
    parsed: minisign.Signature

    def verify(self, message: bytes | memoryview, key: PublicKey) -> None:
        """Raises BadSignature unless both libraries find message and comment signed by this key."""
        try:
            minisign.PublicKey.from_base64(key.text).verify(_Chunks(message), self.parsed)
            _verify_with_sodium(message, bytes(self.parsed), key)
        except (minisign.Error, BadSignatureError, ValueError):
            raise BadSignature("signature") from None


def fingerprint_of(data: bytes) -> str:
    """Twenty digits in groups of four, to be read out on the telephone."""
    digits = f"{int.from_bytes(hashlib.sha256(data).digest()[:16]) % 10**20:020}"
    return " ".join(digits[i : i + 4] for i in range(0, 20, 4))


def read_signature(data: bytes) -> Signature:
    """Raises Malformed for anything but the one byte form that a signature has."""
    try:
        parsed = minisign.Signature.from_bytes(data)
        canonical = bytes(parsed) + b"\n" == data and parsed.untrusted_comment == _COMMENT and parsed.is_prehashed()
        comment = parsed.trusted_comment
    except (minisign.Error, ValueError, IndexError) as e:
        raise Malformed("signature_file", str(e)) from None
    if not canonical or not comment.isascii():
        raise Malformed("signature_file")
    raw = _decode(data.split(b"\n")[1].decode("ascii"))
    return Signature(raw[2:10][::-1].hex(), comment, parsed)


class _Chunks:
    """Reads a message piece by piece: minisign takes no views, and a copy of a bundle is large."""

    def __init__(self, message: bytes | memoryview) -> None:
        self._rest = memoryview(message)

    def read(self, size: int = -1, /) -> bytes:
        piece, self._rest = (self._rest, self._rest[:0]) if size < 0 else (self._rest[:size], self._rest[size:])
        return bytes(piece)


def _verify_with_sodium(message: bytes | memoryview, signature_file: bytes, key: PublicKey) -> None:
    """The same check with libsodium: signature over BLAKE2b-512, global signature over signature and comment."""
    lines = signature_file.split(b"\n")
    raw, comment, overall = _decode(lines[1].decode()), lines[2].removeprefix(b"trusted comment: "), lines[3]
    verifier = VerifyKey(key.point)
    verifier.verify(hashlib.blake2b(message).digest(), raw[10:])
    verifier.verify(raw[10:] + comment, _decode(overall.decode()))


def _decode(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raise Malformed("public_key") from None
    if base64.b64encode(raw).decode() != text:
        raise Malformed("public_key")
    return raw
