"""The bundle file: writing one, and verifying one as a pure function of bytes and trusted keys.

The order of the checks is the point (docs/bundle-format.md): size, outer container, signature by two libraries, trust
list, kind and addressee, inner container, hashes, versions, limits and types per record, authority. Nothing is parsed
as JSON before the signature over its bytes has been found good.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec

from izsa_desktop.bundle import container
from izsa_desktop.bundle.signing import SecretKey, Signature, read_signature
from izsa_desktop.bundle.trust import Member, TrustList
from izsa_desktop.domain.authority import overstepped
from izsa_desktop.domain.errors import (
    BadSignature,
    Malformed,
    NotAuthorised,
    OverLimit,
    Refused,
    TooNew,
    Untrusted,
    WrongAddressee,
)
from izsa_desktop.domain.revision import PROJECT, Revision, canonical, parse_revision, require_plain

FORMAT = 1
MAX_FILE = 256 * 1024 * 1024
MAX_REVISIONS = 50_000
SUBMISSION = "submission"
FULL = "full"
_PAYLOAD, _SIGNATURE = "payload.zip", "payload.zip.minisig"
_MANIFEST, _REVISIONS = "manifest.json", "revisions.jsonl"
_COMMENT = re.compile(
    r"izsa1 (?P<kind>[a-z]{1,20}) from=(?P<district>TUR035(?:\d{3})?)/(?P<replica>[0-9a-f]{16}) "
    r"to=(?P<to>TUR035(?:\d{3})?) seq=(?P<seq>[1-9]\d{0,8}) sha256=(?P<sha256>[0-9a-f]{64})"
)


class Sender(msgspec.Struct, frozen=True):
    """The PC that made the bundle."""

    district: str
    replica: str


class MemberSum(msgspec.Struct, frozen=True):
    """Size in bytes and SHA-256 of a member of the payload."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the bundle says of itself. ``prev`` is the SHA-256 of the sender's previous payload, or empty."""

    format: int
    schema: int
    min_reader: int
    kind: str
    sender: Sender = msgspec.field(name="from")
    to: str
    seq: int
    prev: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")]
    mode: str
    created: Annotated[str, msgspec.Meta(max_length=40)]
    members: dict[str, MemberSum]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is known of a verified bundle beside its content."""

    manifest: Manifest
    sha256: str
    """Of the payload."""
    signer: Member

    @property
    def count(self) -> int:
        """How many revisions the bundle holds."""
        return self.manifest.counts["revisions"]


@dataclass(frozen=True, slots=True)
class VerifiedBundle(Envelope):
    """A bundle in which everything that can be checked without a store has been checked."""

    revisions: tuple[Revision, ...]

    @property
    def envelope(self) -> Envelope:
        """The bundle without its content, to be kept while many are handled."""
        return Envelope(self.manifest, self.sha256, self.signer)


def write(
    revisions: Sequence[Revision], *, sender: Sender, to: str, seq: int, prev: str, created: str, key: SecretKey
) -> tuple[bytes, str]:
    """A bundle's bytes and its payload's SHA-256 (the next bundle's ``prev``)."""
    lines = b"".join(revision.body + b"\n" for revision in revisions)
    manifest = {
        "format": FORMAT,
        "schema": 1,
        "min_reader": 1,
        "kind": SUBMISSION,
        "from": {"district": sender.district, "replica": sender.replica},
        "to": to,
        "seq": seq,
        "prev": prev,
        "mode": FULL,
        "created": created,
        "members": {_REVISIONS: {"size": len(lines), "sha256": hashlib.sha256(lines).hexdigest()}},
        "counts": {"revisions": len(revisions)},
    }
    payload = container.pack({_MANIFEST: canonical(manifest), _REVISIONS: lines})
    sha256 = hashlib.sha256(payload).hexdigest()
    comment = f"izsa1 {SUBMISSION} from={sender.district}/{sender.replica} to={to} seq={seq} sha256={sha256}"
    return container.pack({_PAYLOAD: payload, _SIGNATURE: key.sign(payload, comment)}), sha256


def verify(data: bytes, trust: TrustList, reader: str) -> VerifiedBundle:
    """The bundle in these bytes. ``reader`` is the district code of the workplace that reads it.

    Raises a Refused: OverLimit, Malformed, BadSignature, Untrusted, WrongAddressee, TooNew or NotAuthorised.
    """
    if len(data) > MAX_FILE:
        raise OverLimit("file_too_large", str(len(data)))
    outer = container.unpack(data)
    if list(outer) != [_PAYLOAD, _SIGNATURE]:
        raise Malformed("container")
    payload = outer[_PAYLOAD]
    sha256 = hashlib.sha256(payload).hexdigest()
    claim, signer = _verified_claim(payload, sha256, read_signature(bytes(outer[_SIGNATURE])), trust)
    if claim["kind"] != SUBMISSION:
        raise TooNew("kind", claim["kind"])
    if claim["to"] != reader:
        raise WrongAddressee("addressee", claim["to"])
    inner = container.unpack(payload)
    manifest = _manifest(inner, claim)
    return VerifiedBundle(manifest, sha256, signer, _revisions(inner, manifest))


def _verified_claim(
    payload: memoryview, sha256: str, signature: Signature, trust: TrustList
) -> tuple[Mapping[str, str], Member]:
    """What the signed comment says, once it is known to be signed by a PC that may."""
    claim = _COMMENT.fullmatch(signature.comment)
    if claim is None:
        raise Malformed("signature_comment")
    signer = trust.member(signature.key_id)
    if signer is None:
        # A signature whose key is not that of the known PC it names was tampered with, rather than made by a stranger.
        tampered = signature.key_id != claim["replica"] and trust.member(claim["replica"])
        raise BadSignature("signature") if tampered else Untrusted("unknown_signer", signature.key_id)
    signature.verify(payload, signer.public)
    if claim["sha256"] != sha256:
        raise BadSignature("signature")
    if claim["replica"] != signature.key_id or claim["district"] != signer.district:
        raise Untrusted("wrong_signer", claim["district"])
    if not signer.may_send(int(claim["seq"])):
        raise Untrusted("revoked", signer.person)
    return claim.groupdict(), signer


def _manifest(inner: Mapping[str, memoryview], claim: Mapping[str, str]) -> Manifest:
    body = bytes(inner.get(_MANIFEST, b""))
    try:
        plain = msgspec.json.decode(body)
        canonical_form = canonical(plain)
        require_plain(plain)
        if isinstance(plain, dict) and type(plain.get("min_reader")) is int and plain["min_reader"] > FORMAT:
            raise TooNew("newer_format", str(plain["min_reader"]))
        manifest = msgspec.convert(plain, Manifest)
    except (msgspec.DecodeError, UnicodeError, RecursionError, ValueError) as e:
        raise Malformed("manifest", str(e)) from None
    said = (manifest.kind, manifest.sender.district, manifest.sender.replica, manifest.to, str(manifest.seq))
    if said != tuple(claim[name] for name in ("kind", "district", "replica", "to", "seq")):
        raise Untrusted("wrong_signer", manifest.sender.district)
    if manifest.mode != FULL:
        raise TooNew("mode", manifest.mode)
    if canonical_form != body or list(inner) != [_MANIFEST, _REVISIONS] or list(manifest.members) != [_REVISIONS]:
        raise Malformed("manifest", "members")
    return manifest


def _revisions(inner: Mapping[str, memoryview], manifest: Manifest) -> tuple[Revision, ...]:
    lines = bytes(inner[_REVISIONS])
    stated = manifest.members[_REVISIONS]
    if stated.size != len(lines) or stated.sha256 != hashlib.sha256(lines).hexdigest():
        raise Malformed("member_hash", _REVISIONS)
    count = lines.count(b"\n")
    if count > MAX_REVISIONS:
        raise OverLimit("too_many_revisions", str(count))
    if (lines and not lines.endswith(b"\n")) or manifest.counts.get("revisions") != count:
        raise Malformed("revision_count")
    revisions = tuple(parse_revision(line) for line in lines.split(b"\n")[:-1])
    _check_authority(revisions, manifest.sender)
    return revisions


def _check_authority(revisions: Sequence[Revision], sender: Sender) -> None:
    """A PC speaks for its own district (equality, never a prefix), in its own name, and never in the office's place."""
    problem: Refused | None = None
    own: dict[str, str] = {}
    for revision in revisions:
        if revision.district != sender.district or revision.type != PROJECT:
            problem = NotAuthorised("foreign_district", revision.district)
        elif revision.replica != sender.replica:
            problem = NotAuthorised("foreign_replica", revision.replica)
        elif field := overstepped(sender.district, revision.registers):
            problem = NotAuthorised("not_yours_to_decide", f"{field}: {revision.registers[field]}")
        elif revision.id in own:
            problem = Malformed("revision_twice", revision.id)
        if problem:
            raise problem
        own[revision.id] = revision.record
    for revision in revisions:
        if any(own.get(parent, revision.record) != revision.record for parent in revision.parents):
            raise NotAuthorised("foreign_parent", revision.id)
