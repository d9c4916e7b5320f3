"""The trust list: which PCs may sign, for whom and up to where, as decided and signed by the metropolitan office.

Its version only rises. Entries are per PC, not per district, so that one PC can be shut out alone - from a sequence
number on, never from a date: nobody can trust a date offline. The keys that sign the list, its roots, are named in it;
where they change, as many of the old and of the new ones as either list wants must sign, each once. Whoever has no list
yet compares the fingerprint of the roots with what the office reads out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

import msgspec

from izsa_desktop.bundle.manifest import LAST_SEQ
from izsa_desktop.bundle.signing import PublicKey, SecretKey, fingerprint_of, read_signature
from izsa_desktop.domain.errors import Malformed, OverLimit, Replayed, Untrusted
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import MAX_SAFE_INTEGER, canonical

KIND = "trust"
READ, ENTER, COORDINATE = "read", "enter", "coordinate"
"""Roles: to read along at the office; to send what a municipality enters; to speak for the office."""
MAX_LIST = 4 * 1024 * 1024
"""Bytes of a list, and of all lists in a bundle together with their signatures."""
MAX_LISTS = 100
"""Of a bundle."""
MAX_JUMP = 1000
"""Versions that a list may be ahead of the one before it: else one stolen key could use them all up at once."""
MAX_ROOTS = 10
REVIEW_DAYS = 365
"""Until the office is asked to look through its list again."""
_SIGNATURE_LINES = 4
_Seq = Annotated[int, msgspec.Meta(ge=0, le=MAX_SAFE_INTEGER)]
_BODY = re.compile(r"TUR035([0-9]{3})?")


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One PC. ``key`` is its minisign public key; ``revoked_after_seq`` is the last bundle that still counts (or 0).

    ``revoked_in``: version of the list that first said so, or last lowered it; what the office handed on of this PC
    under an older one may hold what does not count.
    """

    key: str
    district: str
    person: str
    valid_from_seq: _Seq = 1
    revoked_after_seq: _Seq | None = None
    revoked_in: _Seq = 0
    roles: tuple[str, ...] = ()
    """Empty: what every PC of that body may."""
    since: str = ""
    """When it was admitted, UTC; shown only."""
    reader: str = ""
    """Of a PC of the office that asked to be enrolled: its public age key, one of the list's ``recipients``."""

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.key)

    @property
    def may_speak_for_office(self) -> bool:
        return self.district == OFFICE and (not self.roles or COORDINATE in self.roles)

    @property
    def replaced(self) -> bool:
        """True when it has another key now, and all that it made under this one counts."""
        return self.revoked_after_seq == LAST_SEQ

    def may_send(self, seq: int) -> bool:
        """True when the bundle with this number counts."""
        return self.valid_from_seq <= seq and (self.revoked_after_seq is None or seq <= self.revoked_after_seq)

    def handed_on_counts(self, version: int) -> bool:
        """True when what others hand on of this PC counts, who had the list of this version when they did."""
        return version >= self.revoked_in


class TrustList(msgspec.Struct, frozen=True, kw_only=True):
    """``roots`` are the public keys of which ``threshold`` sign the next list; ``members`` are by replica id."""

    version: Annotated[int, msgspec.Meta(ge=1, le=MAX_SAFE_INTEGER)]
    """0 where there is no list yet: none that is read."""
    issued: str
    roots: tuple[str, ...]
    members: dict[str, Member]
    threshold: int = 1
    review_by: str = ""
    """The day by which the office looks through the list again; later only a notice is shown."""
    recipients: tuple[str, ...] = ()
    """Public age keys for which bundles to the office are encrypted: the office's and one that lies in a safe."""

    def member(self, replica: str) -> Member | None:
        """The PC with this replica id."""
        return self.members.get(replica)

    def admit(self, keys: Iterable[Member], issued: str) -> "TrustList":
        """The next version with these PCs added. Raises Untrusted for weak keys."""
        members = dict(self.members)
        for member in keys:
            member.public.require_strong()
            members[member.public.key_id] = member
        return self.next(issued, members=members)

    def next(self, issued: str, **changes: object) -> "TrustList":
        """The next version with these changes."""
        return msgspec.structs.replace(self, version=self.version + 1, issued=issued, **changes)

    def shut_out(self, replica: str, after: int, issued: str) -> "TrustList":
        """The next version, in which this PC's bundles count up to that number (``LAST_SEQ``: all that it made)."""
        member = self.members[replica]
        before = LAST_SEQ if member.revoked_after_seq is None else member.revoked_after_seq
        since = self.version + 1 if after < before else member.revoked_in
        changed = msgspec.structs.replace(member, revoked_after_seq=after, revoked_in=since)
        lost = () if changed.replaced else (member.reader,)
        recipients = tuple(one for one in self.recipients if one not in lost)
        return self.next(issued, members={**self.members, replica: changed}, recipients=recipients)

    def cut(self, district: str) -> int:
        """The newest version that took away saves which may be in this body's records; 0: none."""
        wrote = (m for m in self.members.values() if district == OFFICE or m.district in (district, OFFICE))
        return max((member.revoked_in for member in wrote), default=0)

    @property
    def fingerprint(self) -> str:
        """Twenty digits of the roots and how many of them must sign, to be read out on the telephone."""
        return fingerprint_of(canonical([sorted(self.roots), self.threshold]))

    def to_bytes(self) -> bytes:
        """The bytes that are signed; as before there were readers where a member has none."""
        plain = msgspec.to_builtins(self)
        for member in plain["members"].values():
            if not member["reader"]:
                del member["reader"]
        return canonical(plain)


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list as it is kept and travels: its bytes, and minisign signature files one after another."""

    version: int
    body: bytes
    signatures: bytes

    @property
    def split(self) -> list[bytes]:
        """The signature files."""
        lines = self.signatures.split(b"\n")[:-1]
        return [b"\n".join(lines[n : n + _SIGNATURE_LINES]) + b"\n" for n in range(0, len(lines), _SIGNATURE_LINES)]


def first_list(office: PublicKey, person: str, issued: str, district: str) -> TrustList:
    """Version 1: the office's own PC, alone."""
    own = Member(key=office.text, district=district, person=person, since=issued)
    return TrustList(version=1, issued=issued, roots=(office.text,), members={office.key_id: own})


def review_day(issued: str) -> str:
    """The day by which a list that was issued then (UTC) is to be looked through again."""
    return (date.fromisoformat(issued[:10]) + timedelta(days=REVIEW_DAYS)).isoformat()


def sign(trust: TrustList, *keys: SecretKey) -> bytes:
    """The signatures of a list, in the order of the keys' ids."""
    body, comment = trust.to_bytes(), f"izsa1 {KIND} version={trust.version}"
    return b"".join(key.sign(body, comment) for key in sorted(keys, key=lambda key: key.key_id))


def signed(trust: TrustList, *keys: SecretKey) -> SignedList:
    """The list with its signatures."""
    return SignedList(trust.version, trust.to_bytes(), sign(trust, *keys))


def read(body: bytes, signatures: bytes, roots: Sequence[str], threshold: int = 1) -> TrustList:
    """A list that as many of these root keys signed. Raises Malformed, OverLimit, Untrusted, BadSignature."""
    if len(body) > MAX_LIST or len(signatures) > 1024 * MAX_ROOTS:
        raise OverLimit("file_too_large", str(len(body)))
    one = SignedList(0, body, signatures)
    _require_signed(one, roots, threshold)
    trust = decode(body)
    for file in one.split:
        if (comment := read_signature(file).comment) != f"izsa1 {KIND} version={trust.version}":
            raise Untrusted("kind", comment)
    _require_sound(trust)
    return trust


def advance(
    current: TrustList, body: bytes, came: Sequence[SignedList], anchor: str = ""
) -> tuple[TrustList, list[SignedList]]:
    """The newest of the lists that came, and which of them are new, oldest first.

    ``body``: the current list's bytes as they are kept. ``anchor``: the fingerprint that was compared by telephone,
    where there is no list yet. Raises what ``read`` raises; Untrusted where nobody compared or the roots are others;
    Replayed for a version that stands for two lists or is too far ahead.
    """
    news = []
    seen = ""
    for one in sorted(came, key=lambda one: one.version):
        if one.version == current.version and one.body != body:
            read(one.body, one.signatures, current.roots, current.threshold)  # else it is a stranger's
            raise Replayed("two_trust_lists", str(one.version))
        if one.version <= current.version:
            continue
        if current.version == 0:
            following = decode(one.body)
            seen = following.fingerprint
            if seen != anchor:  # from before a change of roots, or not our office's
                continue
            read(one.body, one.signatures, following.roots, following.threshold)
        else:
            following = read(one.body, one.signatures, current.roots, current.threshold)
            if one.version - current.version > MAX_JUMP:
                raise Replayed("trust_jump", str(one.version))
            if (following.roots, following.threshold) != (current.roots, current.threshold):
                read(one.body, one.signatures, following.roots, following.threshold)
        if following.version != one.version:
            raise Malformed("trust_list", "version")
        current, body = following, one.body
        news.append(one)
    if seen and current.version == 0:
        raise Untrusted("unknown_office")
    return current, news


def decode(body: bytes) -> TrustList:
    """A list from bytes whose signature has been checked, or will be."""
    try:
        return msgspec.json.decode(body, type=TrustList)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as e:
        raise Malformed("trust_list", str(e)) from None


def _require_signed(one: SignedList, roots: Sequence[str], threshold: int) -> None:
    """Each signature must be good and by another of these roots, or by a root of the other list where they change."""
    by_id = {key.key_id: key for key in map(PublicKey, roots)}
    signers = set()
    unknown = ""
    for file in one.split:
        signature = read_signature(file)
        root = by_id.get(signature.key_id)
        if root is None:
            unknown = signature.key_id
            continue
        signature.verify(one.body, root)
        signers.add(signature.key_id)
    if not signers:
        raise Untrusted("unknown_signer", unknown)
    if len(signers) < threshold:
        raise Untrusted("too_few_roots")


def _require_sound(trust: TrustList) -> None:
    """A list that no careful office would have signed is refused even so."""
    roots = [PublicKey(root) for root in trust.roots]
    members = [(replica, member.public) for replica, member in trust.members.items()]
    fine = (
        0 < trust.threshold <= len(roots) <= MAX_ROOTS
        and len({root.key_id for root in roots}) == len({root.point for root in roots}) == len(roots)
        and all(replica == public.key_id for replica, public in members)
        and all(_BODY.fullmatch(m.district) and m.revoked_in <= trust.version for m in trust.members.values())
    )
    if not fine:
        raise Malformed("trust_list", "roots, members")
    for key in [*roots, *(public for _, public in members)]:
        key.require_strong()
