"""Bundles: what an honest PC writes is read by the office as it was."""

import hashlib
import json

import rfc8785
from hypothesis import given

from izsa_desktop.bundle import container, file
from izsa_desktop.bundle.file import Contents, Place
from izsa_desktop.bundle.manifest import Sender
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Revision
from tests.bundle.forge import (
    PC,
    TRUST,
    good,
    opened,
    payload,
    revision,
    verify,
)
from tests.support import BORNOVA, worlds


def _written(*revisions: Revision, seq: int = 1) -> bytes:
    sender = Sender(BORNOVA, PC.key_id)
    place = Place(seq=seq, mode="delta")
    data, _ = file.write(Contents(revisions), place, sender=sender, to=OFFICE, created="2025-03-15", key=PC)
    return data


def test_what_is_written_is_read() -> None:
    first = revision()
    revisions = (first, revision({"title": "b"}, first, seq=2))
    place = Place(seq=3, prev="ab" * 32, follows=2, mode="delta", base=1)
    sender = Sender(BORNOVA, PC.key_id)
    data, sha256 = file.write(Contents(revisions), place, sender=sender, to=OFFICE, created="2025-03-15", key=PC)
    read = verify(data)
    assert read.revisions == revisions
    assert read.sha256 == sha256 == hashlib.sha256(container.unpack(data)["payload.zip"]).hexdigest()
    assert read.signer == TRUST.members[PC.key_id]
    assert (read.manifest.seq, read.manifest.prev, read.manifest.to) == (3, "ab" * 32, OFFICE)
    assert read.manifest.sender == Sender(BORNOVA, PC.key_id)
    assert read.manifest.created == "2025-03-15"


def test_the_same_content_gives_the_same_bytes_and_an_empty_bundle_is_one() -> None:
    assert _written(revision()) == _written(revision())
    assert verify(_written()).revisions == ()


@given(worlds())
def test_any_history_is_carried(revisions: list[Revision]) -> None:
    own = []
    by_id: dict[str, Revision] = {}
    for n, other in enumerate(revisions, start=1):
        parents = [by_id[parent] for parent in other.parents]
        by_id[other.id] = revision(dict(other.registers), *parents, seq=n, wall=other.wall)
        own.append(by_id[other.id])
    assert verify(_written(*own)).revisions == tuple(own)


def test_the_forger_of_this_test_can_make_a_good_one() -> None:
    assert verify(good()).revisions == (revision(),)
    assert container.unpack(good())["payload.zip"] == payload()
    plain = json.loads(opened(payload())["manifest.json"])
    assert rfc8785.dumps(plain) == opened(payload())["manifest.json"]
