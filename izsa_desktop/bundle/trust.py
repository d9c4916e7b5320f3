"""The trust list: which PCs may sign, for which district, as decided and signed by the metropolitan office.

Its version only rises. Entries are per PC, not per district, so that one PC can be shut out alone - from a sequence
number on, never from a date: nobody can trust a date offline.
"""

from collections.abc import Iterable

import msgspec

from izsa_desktop.bundle.signing import PublicKey, SecretKey, read_signature
from izsa_desktop.domain.errors import Malformed, Untrusted
from izsa_desktop.domain.revision import canonical

KIND = "trust"


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One PC. ``key`` is its minisign public key; ``revoked_after_seq`` is the last bundle that still counts (or 0)."""

    key: str
    district: str
    person: str
    valid_from_seq: int = 1
    revoked_after_seq: int | None = None

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.key)

    def may_send(self, seq: int) -> bool:
        """True when the bundle with this number counts."""
        return self.valid_from_seq <= seq and (self.revoked_after_seq is None or seq <= self.revoked_after_seq)


class TrustList(msgspec.Struct, frozen=True, kw_only=True):
    """``roots`` are the office's public keys, which sign the next list; ``members`` are by replica id."""

    version: int
    issued: str
    roots: tuple[str, ...]
    members: dict[str, Member]

    def member(self, replica: str) -> Member | None:
        """The PC with this replica id."""
        return self.members.get(replica)

    def admit(self, keys: Iterable[Member], issued: str) -> "TrustList":
        """The next version with these PCs added. Raises Untrusted for weak keys."""
        members = dict(self.members)
        for member in keys:
            member.public.require_strong()
            members[member.public.key_id] = member
        return TrustList(version=self.version + 1, issued=issued, roots=self.roots, members=members)

    def to_bytes(self) -> bytes:
        """The bytes that are signed."""
        return canonical(msgspec.to_builtins(self))


def first_list(office: PublicKey, person: str, issued: str, district: str) -> TrustList:
    """Version 1: the office's own PC, alone."""
    return TrustList(
        version=1,
        issued=issued,
        roots=(office.text,),
        members={office.key_id: Member(key=office.text, district=district, person=person)},
    )


def sign(trust: TrustList, key: SecretKey) -> bytes:
    """The signature file of a list."""
    return key.sign(trust.to_bytes(), f"izsa1 {KIND} version={trust.version}")


def read(body: bytes, signature: bytes, roots: Iterable[str]) -> TrustList:
    """A list that one of these root keys signed. Raises Malformed, Untrusted, BadSignature."""
    signed = read_signature(signature)
    root = next((key for key in map(PublicKey, roots) if key.key_id == signed.key_id), None)
    if root is None:
        raise Untrusted("unknown_signer", signed.key_id)
    signed.verify(body, root)
    trust = decode(body)
    if signed.comment != f"izsa1 {KIND} version={trust.version}":
        raise Untrusted("kind", signed.comment)
    return trust


def decode(body: bytes) -> TrustList:
    """A list from bytes whose signature has been checked."""
    try:
        return msgspec.json.decode(body, type=TrustList)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as e:
        raise Malformed("trust_list", str(e)) from None
