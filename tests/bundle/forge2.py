"""Bundles of format 2 as anybody could make them: every layer by hand, and the same bytes every time.

Compressed members are written without a compressor: frames of stored and of repeated bytes. So nothing here depends on
the version of a library, and a frame can say of itself whatever a forger likes.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from nacl.signing import SigningKey

from izsa_desktop.bundle import container
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.bundle.trust import SignedList
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Revision, canonical
from tests.bundle.make_golden import GOLDEN, key
from tests.support import BORNOVA, make_revision

OFFICE_KEY, PC = key("office", GOLDEN / "v2"), key("bornova", GOLDEN / "v2")
REVISIONS, CATALOGUE, GOALS = "revisions.jsonl.zst", "catalogue.jsonl.zst", "goals.json"
CREATED = "2025-04-15T10:00:00Z"
_BLOCK = 128 * 1024
_MAGIC = b"\x28\xb5\x2f\xfd"
Piece = bytes | tuple[bytes, int]
"""Bytes, or one byte and how often it is repeated."""


def derived_key(name: str, key_id: bytes | None = None) -> SecretKey:
    """A key that is the same in every run, for tests alone; ``key_id`` lets it pose as another."""
    seed = hashlib.sha256(f"test key {name}".encode()).digest()
    number = key_id or hashlib.sha256(seed).digest()[:8]
    secret = seed + bytes(SigningKey(seed).verify_key)
    checked = hashlib.blake2b(b"Ed" + number + secret, digest_size=32).digest()
    raw = b"Ed" + b"\0\0" + b"B2" + bytes(48) + number + secret + checked
    return SecretKey.from_file_bytes(b"untrusted comment: minisign secret key\n" + base64.b64encode(raw) + b"\n")


# --- Zstandard by hand -----------------------------------------------------------------------------------------------


def frame(*pieces: Piece, stated: int | None = None, head: bytes | None = None) -> bytes:
    """A frame of these pieces that states its size, or another one; ``head`` stands for all before the blocks."""
    size = sum(len(piece) if isinstance(piece, bytes) else piece[1] for piece in pieces)
    blocks = [block for piece in pieces for block in _blocks(piece)] or [(0, 0, b"")]
    if head is None:
        head = b"\xe0" + (size if stated is None else stated).to_bytes(8, "little")
    out = bytearray(_MAGIC + head)
    for n, (kind, length, content) in enumerate(blocks):
        out += ((n == len(blocks) - 1) | kind << 1 | length << 3).to_bytes(3, "little") + content
    return bytes(out)


def _blocks(piece: Piece) -> list[tuple[int, int, bytes]]:
    if isinstance(piece, bytes):
        return [(0, len(part), part) for n in range(0, len(piece), _BLOCK) for part in [piece[n : n + _BLOCK]]]
    letter, times = piece
    return [(1, min(_BLOCK, times - n), letter) for n in range(0, times, _BLOCK)]


# --- layers ----------------------------------------------------------------------------------------------------------


def revision(registers: Mapping[str, Any] | None = None, *parents: Revision, **facts: Any) -> Revision:
    """A revision by Bornova's PC."""
    return make_revision(registers, *parents, **{"replica": PC.key_id, **facts})


def lines(*revisions: Revision) -> bytes:
    """What ``revisions.jsonl.zst`` expands to."""
    return b"".join(one.body + b"\n" for one in revisions)


def rewritten(one: Revision, **changes: Any) -> bytes:
    """A revision's line with these members changed (None takes one out), in its written form."""
    line = {**json.loads(one.body), **changes}
    return canonical({name: value for name, value in line.items() if value is not None})


def list_members(*lists: SignedList) -> dict[str, bytes]:
    """Trust lists as members of a payload."""
    found = {}
    for one in lists:
        found[f"trust/{one.version:04}.json"] = one.body
        found[f"trust/{one.version:04}.json.minisig"] = one.signatures
    return found


def manifest(
    inside: Mapping[str, bytes],
    counted: int,
    /,
    *,
    signer: SecretKey = PC,
    kind: str = "submission",
    sender: Mapping[str, str] | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """A manifest that fits but for the changes (None takes a member out).

    ``counted``: lines of revisions. ``sender``: its ``from``.
    """
    plain = {
        "format": 2,
        "schema": 1,
        "min_reader": 2,
        "kind": kind,
        "from": sender or {"district": OFFICE if kind == "office" else BORNOVA, "replica": signer.key_id},
        "to": BORNOVA if kind == "office" else OFFICE,
        "seq": 1,
        "prev": "",
        "follows": 0,
        "mode": "full",
        "base": 0,
        "created": CREATED,
        "members": {
            name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in inside.items()
        },
        "counts": {
            "revisions": counted,
            "objects": sum(name.startswith("objects/") for name in inside),
            "catalogue": 0,
        },
        "acks": {},
        "trust_version": 3,
    }
    return {name: value for name, value in {**plain, **changes}.items() if value is not None}


def comment(payload: bytes, said: Mapping[str, Any], **changes: Any) -> str:
    """The trusted comment that fits payload and manifest but for the changes."""
    facts = {
        "kind": said["kind"],
        "district": said["from"]["district"],
        "replica": said["from"]["replica"],
        "to": said["to"],
        "seq": said["seq"],
        "sha256": hashlib.sha256(payload).hexdigest(),
    }
    return "izsa1 {kind} from={district}/{replica} to={to} seq={seq} sha256={sha256}".format_map({**facts, **changes})


def seal(payload: bytes, text: str, signer: SecretKey = PC) -> bytes:
    """A bundle file of any payload, signed by any key over any comment."""
    return outer(payload, signer.sign(payload, text))


def outer(payload: bytes, signature: bytes) -> bytes:
    return container.pack({"payload.zip": payload, "payload.zip.minisig": signature})


def bundle(
    content: bytes | None = None,
    *,
    signer: SecretKey = PC,
    extra: Mapping[str, bytes] | None = None,
    stream: bytes | None = None,
    counted: int | None = None,
    claim: Mapping[str, Any] | None = None,
    **changes: Any,
) -> bytes:
    """A bundle by this key, good but for what is given.

    ``content``: lines of revisions; ``stream``: instead of their frame. ``extra``: further
    members. ``claim``: what the
    comment says otherwise. The rest changes the manifest.
    """
    content = lines(revision()) if content is None else content
    inside = dict(sorted({REVISIONS: frame(content) if stream is None else stream, **(extra or {})}.items()))
    said = manifest(inside, content.count(b"\n") if counted is None else counted, signer=signer, **changes)
    payload = container.pack({"manifest.json": canonical(said), **inside})
    return seal(payload, comment(payload, said, **(claim or {})), signer)


def answer(
    content: bytes = b"",
    *,
    lists: Sequence[SignedList] = (),
    catalogue: bytes | None = None,
    signer: SecretKey = OFFICE_KEY,
    extra: Mapping[str, bytes] | None = None,
    **changes: Any,
) -> bytes:
    """An answer by the office to Bornova, good but for what is given."""
    inside = {**list_members(*lists), **(extra or {})}
    if catalogue is not None:
        inside[CATALOGUE] = frame(catalogue)
        counts = {"revisions": content.count(b"\n"), "objects": 0, "catalogue": catalogue.count(b"\n")}
        changes = {"counts": counts, **changes}
    return bundle(content, signer=signer, extra=inside, **{"kind": "office", **changes})


def parts(data: bytes) -> tuple[bytes, bytes]:
    """Payload and signature of a bundle."""
    payload, signature = (bytes(content) for content in container.unpack(data).values())
    return payload, signature


def payload_hash(data: bytes) -> str:
    return hashlib.sha256(parts(data)[0]).hexdigest()


def golden(name: str) -> bytes:
    return (GOLDEN / "v2" / name).read_bytes()
