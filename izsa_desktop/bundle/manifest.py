"""What a bundle says of itself, and what its signed comment says: both must agree."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from izsa_desktop.domain.errors import Malformed, OverLimit, TooNew, Untrusted
from izsa_desktop.domain.ledger import DELTA, FULL
from izsa_desktop.domain.revision import MAX_SAFE_INTEGER, canonical, require_plain

FORMAT = 2
MANIFEST = "manifest.json"
MAX_MANIFEST = 4 * 1024 * 1024
LAST_SEQ = 999_999_999
"""No bundle has a greater number."""
_Seq = Annotated[int, msgspec.Meta(ge=0, le=LAST_SEQ)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_SAFE_INTEGER)]
_Hash = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
_COMMENT = re.compile(
    r"izsa1 (?P<kind>[a-z]{1,20}) from=(?P<district>TUR035(?:\d{3})?)/(?P<replica>[0-9a-f]{16}) "
    r"to=(?P<to>TUR035(?:\d{3})?) seq=(?P<seq>[1-9]\d{0,8}) sha256=(?P<sha256>[0-9a-f]{64})"
)


class Sender(msgspec.Struct, frozen=True):
    """The PC that made the bundle."""

    district: str
    replica: str


class MemberSum(msgspec.Struct, frozen=True):
    """Size in bytes and SHA-256 of a member of the payload, as it lies there."""

    size: _Count
    sha256: _Hash


class Ack(msgspec.Struct, frozen=True):
    """The bundle of another PC up to which the sender has everything."""

    seq: _Seq
    sha256: _Hash


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the bundle says of itself. ``prev`` is the SHA-256 of the payload before, to the same addressee, or empty.

    The members with defaults came with format 2. ``acks`` are by replica id.
    """

    format: Annotated[int, msgspec.Meta(ge=1)]
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
    counts: dict[str, _Count]
    follows: _Seq | None = None
    base: _Seq = 0
    acks: dict[str, Ack] = {}
    trust_version: _Count = 0

    @property
    def place(self) -> tuple[int, str, int]:
        """Number of the bundle before it, its mode, and the bundle that it builds on."""
        return (self.seq - 1 if self.follows is None else self.follows), self.mode, self.base


def comment(kind: str, sender: Sender, to: str, seq: int, sha256: str) -> str:
    """The signed comment of a bundle's signature."""
    return f"izsa1 {kind} from={sender.district}/{sender.replica} to={to} seq={seq} sha256={sha256}"


def read_comment(text: str) -> Mapping[str, str]:
    """Its parts. Raises Malformed."""
    claim = _COMMENT.fullmatch(text)
    if claim is None:
        raise Malformed("signature_comment")
    return claim.groupdict()


def read_manifest(inner: Mapping[str, memoryview], claim: Mapping[str, str]) -> Manifest:
    """The manifest of a payload whose signature has been found good.

    Raises Malformed, OverLimit, Untrusted (it contradicts the signed comment) or TooNew.
    """
    body = bytes(inner.get(MANIFEST, b"")[: MAX_MANIFEST + 1])
    if len(body) > MAX_MANIFEST:
        raise OverLimit("file_too_large", str(len(inner[MANIFEST])))
    try:
        plain = msgspec.json.decode(body)
        canonical_form = canonical(plain)
        require_plain(plain)
        _require_known_format(plain)
        manifest = msgspec.convert(plain, Manifest)
    except (msgspec.DecodeError, UnicodeError, RecursionError, ValueError) as e:
        raise Malformed("manifest", str(e)) from None
    said = (manifest.kind, manifest.sender.district, manifest.sender.replica, manifest.to, str(manifest.seq))
    if said != tuple(claim[name] for name in ("kind", "district", "replica", "to", "seq")):
        raise Untrusted("wrong_signer", manifest.sender.district)
    if manifest.mode not in ((FULL,) if manifest.format == 1 else (FULL, DELTA)):
        raise TooNew("mode", manifest.mode)
    if canonical_form != body or list(inner) != [MANIFEST, *sorted(manifest.members)]:
        raise Malformed("manifest", "members")
    if manifest.format != 1:
        _require_place(manifest)
    return manifest


def _require_place(manifest: Manifest) -> None:
    follows, mode, base = manifest.place
    ahead = max(follows, base) >= manifest.seq
    if ahead or (mode == FULL and base) or bool(manifest.prev) != bool(follows):
        raise Malformed("manifest", "place")


def _require_known_format(plain: Any) -> None:
    needed = plain.get("min_reader") if isinstance(plain, dict) else None
    if type(needed) is int and needed > FORMAT:
        raise TooNew("newer_format", str(needed))
