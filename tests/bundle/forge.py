"""An office with two districts, and bundles as an attacker with any knowledge and some keys would make them."""

import hashlib
from typing import Any

import pytest

from izsa_desktop.bundle import container, file
from izsa_desktop.bundle.file import Reading, VerifiedBundle
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.bundle.trust import Member, TrustList, first_list
from izsa_desktop.domain.errors import Refused
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Revision, canonical
from tests.bundle.make_golden import key
from tests.support import BORNOVA, KEMALPASA, make_revision

OFFICE_KEY, PC, STRANGER = key("office"), key("bornova"), SecretKey.generate()
OTHER = SecretKey.generate()
"""Konak's PC."""
SECOND = SecretKey.generate()
"""Another PC of Bornova."""

TRUST = first_list(OFFICE_KEY.public, "Koordinatör", "2025-03-01T07:00:00Z", OFFICE).admit(
    [
        Member(key=PC.public.text, district=BORNOVA, person="Ayşe"),
        Member(key=OTHER.public.text, district=KEMALPASA, person="Ali"),
        Member(key=SECOND.public.text, district=BORNOVA, person="Veli"),
    ],
    "2025-03-01T09:00:00Z",
)


def opened(data: bytes) -> dict[str, bytes]:
    """The members of a container, to be tampered with."""
    return {name: bytes(content) for name, content in container.unpack(data).items()}


def revision(registers: dict[str, Any] | None = None, *parents: Revision, **facts: Any) -> Revision:
    """A revision by Bornova's PC."""
    return make_revision(registers, *parents, **{"replica": PC.key_id, **facts})


def lines(*revisions: Revision) -> bytes:
    """The content of ``revisions.jsonl``."""
    return b"".join(revision.body + b"\n" for revision in revisions)


def manifest(content: bytes, **changes: Any) -> dict[str, Any]:
    """A manifest that fits the content but for the changes (None takes a member out)."""
    plain = {
        "format": 1,
        "schema": 1,
        "min_reader": 1,
        "kind": "submission",
        "from": {"district": BORNOVA, "replica": PC.key_id},
        "to": OFFICE,
        "seq": 1,
        "prev": "",
        "mode": "full",
        "created": "2025-03-15T10:00:00Z",
        "members": {"revisions.jsonl": {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}},
        "counts": {"revisions": content.count(b"\n")},
    }
    return {name: value for name, value in {**plain, **changes}.items() if value is not None}


def payload(content: bytes | None = None, **changes: Any) -> bytes:
    """A payload; ``changes`` are the manifest's."""
    content = lines(revision()) if content is None else content
    return container.pack({"manifest.json": canonical(manifest(content, **changes)), "revisions.jsonl": content})


def comment(content: bytes, **changes: Any) -> str:
    """The trusted comment that fits a payload but for the changes."""
    facts = {"kind": "submission", "district": BORNOVA, "replica": PC.key_id, "to": OFFICE, "seq": 1}
    facts |= {"sha256": hashlib.sha256(content).hexdigest(), **changes}
    return "izsa1 {kind} from={district}/{replica} to={to} seq={seq} sha256={sha256}".format_map(facts)


def seal(content: bytes, signer: SecretKey = PC, text: str | None = None, **changes: Any) -> bytes:
    """A bundle file of any payload, signed by any key over any comment."""
    signature = signer.sign(content, comment(content, **changes) if text is None else text)
    return container.pack({"payload.zip": content, "payload.zip.minisig": signature})


def forged(content: bytes | None = None, **changes: Any) -> bytes:
    """A bundle by Bornova's own key whose manifest has these changes; its comment agrees with the manifest."""
    made = payload(content, **changes)
    claim = {name: changes[name] for name in ("kind", "to", "seq") if name in changes}
    sender = changes.get("from", {})
    return seal(made, **claim, **{name: sender[name] for name in ("district", "replica") if name in sender})


def good(*revisions: Revision, seq: int = 1) -> bytes:
    """An honest bundle of Bornova."""
    return forged(lines(*(revisions or (revision(),))), seq=seq)


def verify(data: bytes, trust: TrustList = TRUST, reader: str = OFFICE) -> VerifiedBundle:
    return file.verify(data, Reading(body=reader, trust=trust))


def refusal(data: bytes, trust: TrustList = TRUST, reader: str = OFFICE) -> tuple[int, str]:
    """Exit code and reason of a refusal that must happen."""
    with pytest.raises(Refused) as caught:
        verify(data, trust, reader)
    return caught.value.exit_code, caught.value.reason
