"""Three honest bundles of more than 64 KiB each, and every kind of change that is made to them."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from izsa_desktop.bundle import container, file, packing
from izsa_desktop.bundle.file import Contents, Place, Reading
from izsa_desktop.bundle.manifest import Ack, Sender
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.domain.ledger import ANSWER, DELTA, FULL, SUBMISSION
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Revision, canonical
from tests.bundle.forge2 import OFFICE_KEY, PC, REVISIONS, comment, frame, outer, parts, revision, seal
from tests.conformance.world import LIST_3, SECOND, TRUST
from tests.support import BORNOVA, make_revision

LEAST = 64 * 1024
_INTERESTING = (
    b"\0",
    b"\xff",
    b"\n",
    b'"',
    b"{",
    b"[",
    b"9" * 20,
    b"\xed\xa0\x80",
    b"-0",
    b"PK\1\2",
    b"\x28\xb5\x2f\xfd",
)


@dataclass(frozen=True)
class Target:
    """An honest bundle, who reads it, and its layers."""

    name: str
    data: bytes
    body: str
    key: SecretKey
    layers: tuple[bytes, bytes, dict[str, bytes]] = field(repr=False)
    """Payload, signature, members of the payload."""

    @property
    def reading(self) -> Reading:
        return Reading(body=self.body, trust=TRUST, kept=LIST_3.body)


def targets() -> list[Target]:
    """The three bundles, the same in every run."""
    text = random.Random("text")
    evidence = {hashlib.sha256(photo).hexdigest(): photo for photo in (text.randbytes(40_000), text.randbytes(30_000))}
    delta = Place(seq=3, prev="ab" * 32, follows=2, mode=DELTA, base=1)
    named = revision({f"evidence/{name}": {"rank": 0} for name in evidence})
    answered = _saves(text, 120, SECOND.key_id)
    return [
        _target("delta", Contents([named], objects=evidence), delta, SUBMISSION, PC),
        _target("full", Contents(_saves(text, 150, PC.key_id)), Place(seq=4, mode=FULL), SUBMISSION, PC),
        _target(
            "answer",
            Contents(answered, lists=[LIST_3], catalogue=[b'{"id":"TUR035018/00"}'] * 400, goals=b"[]"),
            Place(seq=8),
            ANSWER,
            OFFICE_KEY,
        ),
    ]


def _saves(text: random.Random, count: int, replica: str) -> list[Revision]:
    """Saves that no compression makes much smaller."""
    return [
        make_revision({"title": text.randbytes(450).hex()}, record=f"{BORNOVA}/{n:032x}", replica=replica, seq=n)
        for n in range(1, count + 1)
    ]


def _target(name: str, contents: Contents, place: Place, kind: str, key: SecretKey) -> Target:
    sender, to = (Sender(OFFICE, key.key_id), BORNOVA) if kind == ANSWER else (Sender(BORNOVA, key.key_id), OFFICE)
    data, _ = file.write(
        contents,
        place,
        kind=kind,
        sender=sender,
        to=to,
        created="2025-04-15T10:00:00Z",
        key=key,
        acks={SECOND.key_id: Ack(1, "cd" * 32)},
        trust_version=TRUST.version,
    )
    assert len(data) >= LEAST
    payload, signature = parts(data)
    inside = {name: bytes(content) for name, content in container.unpack(payload).items()}
    return Target(name, data, to, key, (payload, signature, inside))


# --- changes ---------------------------------------------------------------------------------------------------------


def flips(target: Target, every: int = 1) -> Iterator[bytes]:
    """Each bit of the file turned."""
    changed = bytearray(target.data)
    for n in range(0, 8 * len(changed), every):
        changed[n >> 3] ^= 1 << (n & 7)
        yield bytes(changed)
        changed[n >> 3] ^= 1 << (n & 7)


def cuts(target: Target, every: int = 1) -> Iterator[bytes]:
    """The file cut at each byte."""
    return (target.data[:n] for n in range(0, len(target.data), every))


def payloads(target: Target, every: int = 1) -> Iterator[bytes]:
    """A bit of each byte of the payload turned, in a container that was put right."""
    payload, signature, _ = target.layers
    changed = bytearray(payload)
    for n in range(0, len(changed), every):
        changed[n] ^= 1 << (n & 7)
        yield outer(bytes(changed), signature)
        changed[n] ^= 1 << (n & 7)


def changed_bytes(rng: random.Random, data: bytes, other: bytes) -> bytes:
    """One to eight changes: bytes turned, put in, taken out, doubled, exchanged, taken from elsewhere."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at, length = rng.randrange(len(out) + 1), rng.choice((1, 2, 4, 16, 300))
        match rng.randrange(6):
            case 0 if at < len(out):
                out[at] ^= rng.randrange(1, 256)
            case 1:
                out[at:at] = rng.choice(_INTERESTING) if rng.random() < 0.5 else rng.randbytes(length)
            case 2:
                del out[at : at + length]
            case 3:
                out[at:at] = out[at : at + length]
            case 4:
                there = rng.randrange(len(out) + 1)
                out[at : at + length], out[there : there + length] = out[there : there + length], out[at : at + length]
            case _:
                there = rng.randrange(len(other) + 1)
                out[at : at + length] = other[there : there + length]
    return bytes(out)


def outer_change(rng: random.Random, target: Target, other: Target) -> bytes:
    """A change that nobody signed again, as deep as containers can be put right."""
    payload, signature, inside = target.layers
    other_payload, other_signature, other_inside = other.layers
    match rng.randrange(6):
        case 0:
            return changed_bytes(rng, target.data, other.data)
        case 1:
            return outer(changed_bytes(rng, payload, other_payload), signature)
        case 2:
            return outer(payload, changed_bytes(rng, signature, other_signature))
        case 3:
            return outer(*rng.choice([(payload, other_signature), (other_payload, signature)]))
        case 4:
            name = rng.choice(list(inside))
            content = changed_bytes(rng, inside[name], rng.choice(list(other_inside.values())))
            return outer(container.pack({**inside, name: content}), signature)
        case _:
            mixed = {**inside, **dict(rng.sample(list(other_inside.items()), rng.randint(1, len(other_inside))))}
            return outer(container.pack(mixed), signature)


def inner_change(rng: random.Random, target: Target, other: Target) -> bytes:
    """A change of what is inside, with all sums put right and signed by the PC's own key."""
    _, _, inside = target.layers
    inside = dict(inside)
    said = msgspec.json.decode(inside.pop("manifest.json"))
    name = rng.choice(list(inside))
    if name.endswith(".zst") and rng.random() < 0.7:
        content = changed_bytes(rng, packing.expand(inside[name], file.MAX_TEXT), target.data)
        inside[name] = frame(content)
        said["counts"]["revisions" if name == REVISIONS else "catalogue"] = content.count(b"\n")
    else:
        inside[name] = changed_bytes(rng, inside[name], other.data)
    for member, content in inside.items():
        said["members"][member] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    head = canonical(said)
    if rng.random() < 0.2:
        head = changed_bytes(rng, head, other.layers[2]["manifest.json"])
    payload = container.pack({"manifest.json": head, **inside})
    return seal(payload, comment(payload, said), target.key)
