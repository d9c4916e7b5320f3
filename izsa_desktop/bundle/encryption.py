"""Encrypted bundles: a whole file in an age envelope (age-encryption.org/v1, X25519); the stock ``age`` opens it too.

For two recipients always, the office and its escrow key in a safe: what only a lost key could open would be lost. An
envelope proves nothing about who sent it; the signature of the bundle inside does. It is bounded before it is opened:
the header because parsing a long one takes for ever, the rest because what comes out is never larger than what went in.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyrage
from nacl.bindings import crypto_scalarmult
from nacl.exceptions import RuntimeError as NoKeyAgreed

from izsa_desktop.domain.errors import Malformed, OverLimit, PassphraseNeeded, WrongAddressee, WrongPassphrase

MAX_BYTES = 256 * 1024 * 1024
"""Of an encrypted file, as of any bundle."""
MAX_HEADER = 8 * 1024
MAX_RECIPIENTS = 20
_VERSION = b"age-encryption.org/v1\n"
_HEADER_ENDS = b"\n--- "
_NOT_FOR_US = "No matching keys found"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_CHECKSUM = 6


@dataclass(frozen=True, slots=True)
class AgeIdentity:
    """A secret that opens envelopes. ``recipient`` is what others need to make one for it."""

    secret: str = field(repr=False)
    """As age writes it: ``AGE-SECRET-KEY-1…``. Raises Malformed for anything else."""

    def __post_init__(self) -> None:
        if str(_identity(self.secret)) != self.secret:
            raise Malformed("age_key", "form")

    @classmethod
    def generate(cls) -> "AgeIdentity":
        """A new one."""
        return cls(str(pyrage.x25519.Identity.generate()))

    @classmethod
    def from_file_text(cls, text: str) -> "AgeIdentity":
        """The one identity of a file as ``age-keygen`` writes it: comments and a line. Raises Malformed."""
        lines = [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]
        if len(lines) != 1:
            raise Malformed("age_key", f"{len(lines)} lines")
        return cls(lines[0])

    @classmethod
    def from_file_bytes(cls, data: bytes, passphrase: str | None = None) -> "AgeIdentity":
        """The same, from a file that may be locked: an age file for a passphrase, as the stock tool takes it.

        Raises Malformed, PassphraseNeeded, WrongPassphrase. What an unlocked file does not need is not looked at.
        """
        if is_encrypted(data):
            if passphrase is None:
                raise PassphraseNeeded
            try:
                data = pyrage.passphrase.decrypt(data, unicodedata.normalize("NFC", passphrase))
            except pyrage.DecryptError:
                raise WrongPassphrase from None
        return cls.from_file_text(data.decode("ascii", "replace"))

    @property
    def recipient(self) -> str:
        """``age1…``"""
        return str(_identity(self.secret).to_public())

    def file_text(self) -> str:
        """A file that the stock ``age -d -i`` takes."""
        return f"# public key: {self.recipient}\n{self.secret}\n"

    def file_bytes(self, passphrase: str | None = None) -> bytes:
        """The same as bytes, locked where a passphrase is given (that takes its time)."""
        data = self.file_text().encode()
        if passphrase is not None:
            data = pyrage.passphrase.encrypt(data, unicodedata.normalize("NFC", passphrase))
        return data


def read_recipients(texts: Iterable[str]) -> tuple[str, ...]:
    """Recipients as they are written (``age1…``), each once.

    Raises OverLimit, and Malformed for what is no X25519 key, or one with which anybody could open the file.
    """
    found = tuple(dict.fromkeys(_read_recipient(text.strip()) for text in texts))
    if len(found) > MAX_RECIPIENTS:
        raise OverLimit("age_recipients", str(len(found)))
    return found


def encrypt(data: bytes, recipients: Sequence[str]) -> bytes:
    """The data in an envelope that each of the recipients can open. Raises what reading them does."""
    if not recipients:
        raise ValueError("encrypted for nobody")
    to = [pyrage.x25519.Recipient.from_str(text) for text in read_recipients(recipients)]
    envelope: bytes = pyrage.encrypt(data, to)
    return envelope


def is_encrypted(head: bytes) -> bool:
    """True for the beginning of a file that is an envelope (not armoured: those are for pasting into mails)."""
    return head.startswith(_VERSION)


def decrypt(data: bytes, identities: Iterable[AgeIdentity]) -> bytes:
    """What is in the envelope. Raises OverLimit, Malformed (damaged), WrongAddressee (none of the identities opens it).

    Which of the last two it is cannot always be known: a damaged line of ours looks like somebody else's.
    """
    if len(data) > MAX_BYTES:
        raise OverLimit("file_too_large", str(len(data)))
    if not is_encrypted(data) or _HEADER_ENDS not in data[:MAX_HEADER]:
        raise Malformed("age_damaged")
    try:
        content: bytes = pyrage.decrypt(data, [_identity(identity.secret) for identity in identities])
    except pyrage.DecryptError as e:
        if str(e) == _NOT_FOR_US:
            raise WrongAddressee("age_not_for_us") from None
        raise Malformed("age_damaged") from None
    return content


def _identity(secret: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError as e:
        raise Malformed("age_key", str(e)) from None


def _read_recipient(text: str) -> str:
    try:
        written = str(pyrage.x25519.Recipient.from_str(text))
    except pyrage.RecipientError:
        raise Malformed("age_recipient", re.sub(r"[^!-~]", "?", text[:70])) from None
    try:
        crypto_scalarmult(b"\1" * 32, _point(written))
    except NoKeyAgreed:
        raise Malformed("age_recipient", written) from None
    return written


def _point(recipient: str) -> bytes:
    """The 32 bytes of a recipient whose checksum has been verified (Bech32 without its own six letters)."""
    letters = recipient.removeprefix("age1")[:-_CHECKSUM]
    bits = "".join(f"{_BECH32.index(letter):05b}" for letter in letters)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, 256, 8))
