"""The bundle file: writing one, and verifying one as a pure function of bytes and trusted keys.

The order of the checks is the point (docs/bundle-format.md): size, outer container, signature by two libraries, trust
list, kind and addressee, inner container, hashes, versions, limits and types per record, authority. Nothing is parsed
as JSON before the signature over its bytes has been found good; the trust lists of an answer carry their own.
"""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from izsa_desktop.bundle import container, packing
from izsa_desktop.bundle import trust as trust_lists
from izsa_desktop.bundle.manifest import FORMAT, MANIFEST, Ack, Manifest, Sender, comment, read_comment, read_manifest
from izsa_desktop.bundle.signing import SecretKey, Signature, read_signature
from izsa_desktop.bundle.trust import Member, SignedList, TrustList
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
from izsa_desktop.domain.ledger import ANSWER, FULL, SUBMISSION
from izsa_desktop.domain.outlines import MAX_OUTLINES
from izsa_desktop.domain.record_types import TYPES
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import MAX_LINE, Revision, canonical, parse_revisions
from izsa_desktop.domain.text import written

MAX_FILE = 256 * 1024 * 1024
MAX_REVISIONS = 50_000
MAX_OBJECTS = 5_000
MAX_OBJECT = 5 * 1024 * 1024
MAX_TEXT = 32 * 1024 * 1024
"""Bytes that the revisions, or the catalogue, may expand to."""
MAX_VALUES = 1_800_000
"""Members, lists and objects in all revisions together: small ones take many times their bytes in memory."""
MAX_CATALOGUE = 200_000
MAX_WORDS = 1024 * 1024
"""Bytes of the local goals, of the words that are added to vocabularies, and of the coaching ladder."""
_PAYLOAD, _SIGNATURE = "payload.zip", "payload.zip.minisig"
_REVISIONS, _CATALOGUE, _GOALS = "revisions.jsonl.zst", "catalogue.jsonl.zst", "goals.json"
_VOCABULARIES, _OUTLINES, _LADDER = "vocabularies.json", "outlines.geojson.zst", "ladder.json"
_OF_OFFICE = (_CATALOGUE, _GOALS, _VOCABULARIES, _OUTLINES, _LADDER)
_OBJECTS, _TRUST = "objects/", "trust/"
_REVISIONS_1 = "revisions.jsonl"
_OBJECT = re.compile(r"objects/[0-9a-f]{64}")
_LIST = re.compile(r"trust/([0-9]{4,9})\.json")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a bundle brings. All but revisions and objects are the office's to send.

    ``objects``: files by the SHA-256 of their bytes. ``catalogue``: a JSON object a line, None where it brings none.
    ``goals``: the network's local goals as ``local_goals`` keeps them, or empty; so ``vocabularies``,
    ``outlines`` and ``ladder``.
    """

    revisions: Sequence[Revision] = ()
    objects: Mapping[str, bytes | memoryview] = field(default_factory=dict)
    lists: Sequence[SignedList] = ()
    catalogue: Sequence[bytes] | None = None
    goals: bytes = b""
    vocabularies: bytes = b""
    outlines: bytes = b""
    ladder: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a bundle stands among those of its sender to the same addressee (see ``domain.ledger``)."""

    seq: int
    prev: str = ""
    follows: int = 0
    mode: str = FULL
    base: int = 0


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
    """A bundle in which everything that can be checked without a store has been checked.

    Saves that were handed on before a list took them away are left out of its contents.
    """

    contents: Contents
    news: Sequence[SignedList] = ()
    """The trust lists in it that the reader did not have; the signer stands in the last of them."""

    @property
    def revisions(self) -> Sequence[Revision]:
        return self.contents.revisions

    @property
    def envelope(self) -> Envelope:
        """The bundle without its content, to be kept while many are handled."""
        return Envelope(self.manifest, self.sha256, self.signer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Who reads: the district code of the workplace, and what it trusts."""

    body: str
    trust: TrustList
    kept: bytes = b""
    """The trust list's bytes as they are kept."""
    anchor: str = ""
    """The fingerprint of the office's roots that a person compared, where there is no list yet."""
    own: Collection[str] = ()
    """Ids of keys whose answers are read whoever they were for: this PC made them, and may have forgotten it."""


# --- writing ---------------------------------------------------------------------------------------------------------


def write(
    contents: Contents,
    place: Place,
    *,
    kind: str = SUBMISSION,
    sender: Sender,
    to: str,
    created: str,
    key: SecretKey,
    acks: Mapping[str, Ack] | None = None,
    trust_version: int = 0,
) -> tuple[bytes, str]:
    """A bundle's bytes and its payload's SHA-256 (the next bundle's ``prev``)."""
    members = _members(contents)
    manifest = {
        "format": FORMAT,
        "schema": 1,
        "min_reader": FORMAT,
        "kind": kind,
        "from": {"district": sender.district, "replica": sender.replica},
        "to": to,
        "seq": place.seq,
        "prev": place.prev,
        "follows": place.follows,
        "mode": place.mode,
        "base": place.base,
        "created": created,
        "members": {
            name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in members.items()
        },
        "counts": {
            "revisions": len(contents.revisions),
            "objects": len(contents.objects),
            "catalogue": len(contents.catalogue or ()),
        },
        "acks": {replica: {"seq": ack.seq, "sha256": ack.sha256} for replica, ack in (acks or {}).items()},
        "trust_version": trust_version,
    }
    payload = container.pack({MANIFEST: canonical(manifest), **members})
    sha256 = hashlib.sha256(payload).hexdigest()
    signature = key.sign(payload, comment(kind, sender, to, place.seq, sha256))
    return container.pack({_PAYLOAD: payload, _SIGNATURE: signature}), sha256


def _members(contents: Contents) -> dict[str, bytes | memoryview]:
    """All but the manifest, in the order of their names."""
    found: dict[str, bytes | memoryview] = {
        _REVISIONS: packing.shrink(b"".join(revision.body + b"\n" for revision in contents.revisions))
    }
    if contents.catalogue is not None:
        found[_CATALOGUE] = packing.shrink(b"".join(line + b"\n" for line in contents.catalogue))
    if contents.goals:
        found[_GOALS] = contents.goals
    if contents.vocabularies:
        found[_VOCABULARIES] = contents.vocabularies
    if contents.ladder:
        found[_LADDER] = contents.ladder
    if contents.outlines:
        found[_OUTLINES] = packing.shrink(contents.outlines)
    for one in contents.lists:
        found[f"{_TRUST}{one.version:04}.json"] = one.body
        found[f"{_TRUST}{one.version:04}.json.minisig"] = one.signatures
    found |= {f"{_OBJECTS}{sha256}": content for sha256, content in contents.objects.items()}
    return dict(sorted(found.items()))


# --- reading ---------------------------------------------------------------------------------------------------------


def verify(data: bytes, reading: Reading) -> VerifiedBundle:
    """The bundle in these bytes.

    Raises a Refused: OverLimit, Malformed, BadSignature, Untrusted, Replayed (a trust list), WrongAddressee, TooNew or
    NotAuthorised.
    """
    if len(data) > MAX_FILE:
        raise OverLimit("file_too_large", str(len(data)))
    outer = container.unpack(data)
    if list(outer) != [_PAYLOAD, _SIGNATURE]:
        raise Malformed("container")
    payload = outer[_PAYLOAD]
    sha256 = hashlib.sha256(payload).hexdigest()
    signature = read_signature(bytes(outer[_SIGNATURE]))
    claim = read_comment(signature.comment)
    trust, news = reading.trust, list[SignedList]()
    if claim["kind"] == ANSWER:
        lists = _lists(container.unpack(payload))
        trust, news = trust_lists.advance(trust, reading.kept, lists, reading.anchor)
    signer = _signer(payload, sha256, signature, claim, trust)
    _require_kind(claim, signer)
    if claim["to"] != reading.body and claim["replica"] not in reading.own:
        raise WrongAddressee("addressee", claim["to"])
    inner = container.unpack(payload)
    manifest = read_manifest(inner, claim)
    return VerifiedBundle(manifest, sha256, signer, _contents(inner, manifest, trust), news)


def claimed(data: bytes) -> Mapping[str, str]:
    """What a bundle's signed comment says, before anything of it is proven. Raises OverLimit, Malformed."""
    outer = container.unpack(data)
    if list(outer) != [_PAYLOAD, _SIGNATURE]:
        raise Malformed("container")
    return read_comment(read_signature(bytes(outer[_SIGNATURE])).comment)


def _signer(
    payload: memoryview, sha256: str, signature: Signature, claim: Mapping[str, str], trust: TrustList
) -> Member:
    """The PC that signed, once it is known to be one that may."""
    signer = trust.member(signature.key_id)
    if signer is None:
        # A signature by no known key that names a known PC was tampered with, rather than made by a stranger.
        known = trust.member(claim["replica"])
        raise BadSignature("signature") if known else Untrusted("unknown_signer", signature.key_id)
    signature.verify(payload, signer.public)
    if claim["sha256"] != sha256:
        raise BadSignature("signature")
    if claim["replica"] != signature.key_id or claim["district"] != signer.district:
        raise Untrusted("wrong_signer", claim["district"])
    if not signer.may_send(int(claim["seq"])):
        raise Untrusted("revoked", signer.person)
    return signer


def _require_kind(claim: Mapping[str, str], signer: Member) -> None:
    if claim["kind"] not in (SUBMISSION, ANSWER):
        raise TooNew("kind", claim["kind"])
    if claim["kind"] == ANSWER and not signer.may_speak_for_office:
        raise NotAuthorised("not_the_office", signer.person)


def _lists(inner: Mapping[str, memoryview]) -> list[SignedList]:
    """The trust lists of a payload, as they lie there: nothing of them is believed yet. Raises OverLimit."""
    names = [name for name in inner if name.startswith(_TRUST)]
    size = sum(len(inner[name]) for name in names)
    if len(names) > 2 * trust_lists.MAX_LISTS or size > trust_lists.MAX_LIST:
        raise OverLimit("file_too_large", str(size))
    return [
        SignedList(int(found[1]), bytes(inner[name]), bytes(inner.get(f"{name}.minisig", b"")))
        for name in names
        if (found := _LIST.fullmatch(name))
    ]


def _contents(inner: Mapping[str, memoryview], manifest: Manifest, trust: TrustList) -> Contents:
    for name, stated in manifest.members.items():
        if stated.size != len(inner[name]) or stated.sha256 != hashlib.sha256(inner[name]).hexdigest():
            raise Malformed("member_hash", name)
    if manifest.format == 1:
        if manifest.kind != SUBMISSION or list(manifest.members) != [_REVISIONS_1]:
            raise Malformed("manifest", "members")
        return Contents(_revisions(bytes(inner[_REVISIONS_1]), manifest, trust))
    _require_members(inner, manifest)
    revisions = _revisions(packing.expand(inner[_REVISIONS], MAX_TEXT), manifest, trust)
    catalogue = _lines(packing.expand(inner[_CATALOGUE], MAX_TEXT)) if _CATALOGUE in inner else None
    if manifest.counts.get("catalogue", 0) != len(catalogue or ()):
        raise Malformed("revision_count")
    return Contents(
        revisions,
        _objects(inner, manifest),
        _lists(inner),
        catalogue,
        _words(inner, _GOALS),
        _words(inner, _VOCABULARIES),
        packing.expand(inner[_OUTLINES], MAX_OUTLINES) if _OUTLINES in inner else b"",
        _words(inner, _LADDER),
    )


def _words(inner: Mapping[str, memoryview], name: str) -> bytes:
    """A list of words in JSON, or nothing. Raises OverLimit."""
    found = bytes(inner.get(name, b""))
    if len(found) > MAX_WORDS:
        raise OverLimit("file_too_large", str(len(found)))
    return found


def _require_members(inner: Mapping[str, memoryview], manifest: Manifest) -> None:
    """Every member must be one that this format knows and that a bundle of this kind may bring."""
    office = manifest.kind == ANSWER
    for name in manifest.members:
        of_office = name in _OF_OFFICE or _LIST.fullmatch(name.removesuffix(".minisig"))
        if not (name == _REVISIONS or _OBJECT.fullmatch(name) or (office and of_office)):
            raise Malformed("manifest", "members")
    signed = {f"{name}.minisig" for name in inner if _LIST.fullmatch(name)}
    if _REVISIONS not in inner or signed != {name for name in inner if name.endswith(".minisig")}:
        raise Malformed("manifest", "members")


def _objects(inner: Mapping[str, memoryview], manifest: Manifest) -> dict[str, memoryview]:
    found = {name.removeprefix(_OBJECTS): content for name, content in inner.items() if name.startswith(_OBJECTS)}
    if len(found) > MAX_OBJECTS:
        raise OverLimit("too_many_files", str(len(found)))
    for sha256, content in found.items():
        if len(content) > MAX_OBJECT:
            raise OverLimit("file_too_large", str(len(content)))
        if manifest.members[f"{_OBJECTS}{sha256}"].sha256 != sha256:
            raise Malformed("member_hash", sha256)
    if manifest.counts.get("objects", 0) != len(found):
        raise Malformed("revision_count")
    return found


def _lines(text: bytes) -> list[bytes]:
    if text and not text.endswith(b"\n"):
        raise Malformed("revision_count")
    if text.count(b"\n") > MAX_CATALOGUE:
        raise OverLimit("too_many_revisions", str(text.count(b"\n")))
    lines = text.split(b"\n")[:-1]
    if max(map(len, lines), default=0) > MAX_LINE:
        raise OverLimit("line_too_long", str(MAX_LINE))
    return lines


def _revisions(text: bytes, manifest: Manifest, trust: TrustList) -> tuple[Revision, ...]:
    count = text.count(b"\n")
    if count > MAX_REVISIONS:
        raise OverLimit("too_many_revisions", str(count))
    if (values := values_of(text)) > MAX_VALUES:
        raise OverLimit("too_many_values", str(values))
    if (text and not text.endswith(b"\n")) or manifest.counts.get("revisions") != count:
        raise Malformed("revision_count")
    revisions = tuple(parse_revisions(text.split(b"\n")[:-1]))
    own: dict[str, str] = {}
    for revision in revisions:
        if problem := _not_its_own(revision, manifest, trust):
            raise problem
        if revision.id in own:
            raise Malformed("revision_twice", revision.id)
        own[revision.id] = revision.record
    for revision in revisions:
        if any(own.get(parent, revision.record) != revision.record for parent in revision.parents):
            raise NotAuthorised("foreign_parent", revision.id)
    if manifest.kind == SUBMISSION:
        return revisions
    return tuple(revision for revision in revisions if _counts(revision, manifest, trust))


def _counts(revision: Revision, manifest: Manifest, trust: TrustList) -> bool:
    """A PC's own bundle counts or not as a whole; the office may have handed on what a list took away since."""
    if revision.replica == manifest.sender.replica:
        return True
    return trust.members[revision.replica].handed_on_counts(manifest.trust_version)


def values_of(text: bytes) -> int:
    """How many members, lists and objects there can be in these lines."""
    return sum(map(text.count, (b'":', b"[", b"{")))


def _not_its_own(revision: Revision, manifest: Manifest, trust: TrustList) -> Refused | None:
    """A PC speaks for its own body (equality, never a prefix) and in its own name; the office hands on others'."""
    sender, handed_on = manifest.sender, manifest.kind == ANSWER
    everything = handed_on and manifest.to == OFFICE
    about = manifest.to if handed_on else sender.district
    if revision.type not in TYPES:
        return TooNew("record_type", revision.type)
    if not (everything or revision.district == about):
        return NotAuthorised("foreign_district", revision.district)
    wrote = trust.member(revision.replica)
    if wrote is None or not (handed_on or revision.replica == sender.replica):
        return NotAuthorised("foreign_replica", revision.replica)
    if wrote.district == OFFICE and not wrote.may_speak_for_office:
        return NotAuthorised("not_the_office", wrote.person)
    writer = wrote.district
    if name := overstepped(writer, revision.district, revision.registers, revision.settles, revision.type):
        return NotAuthorised("not_yours_to_decide", f"{name}: {written(revision.registers.get(name))}")
    return None


def revision_lines(data: bytes) -> list[bytes]:
    """The lines of a bundle of ours that lies in the archive, unverified. Raises Malformed, OverLimit."""
    inner = container.unpack(container.unpack(data).get(_PAYLOAD, b""))
    text = packing.expand(inner[_REVISIONS], MAX_TEXT) if _REVISIONS in inner else bytes(inner.get(_REVISIONS_1, b""))
    return text.split(b"\n")[:-1]
