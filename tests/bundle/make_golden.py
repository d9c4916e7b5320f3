"""Made ``golden/v2`` once, when format 2 was released: run ``python -m tests.bundle.make_golden FOLDER``.

The files are never made anew: every later version reads them as they are, and those of ``golden/v1``. The keys are for
tests only.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from izsa_desktop.bundle import enrolment, file, trust
from izsa_desktop.bundle.enrolment import EnrolmentRequest
from izsa_desktop.bundle.file import Contents, Place, Reading
from izsa_desktop.bundle.manifest import Ack, Sender
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.domain.identity import Identity
from izsa_desktop.domain.ledger import ANSWER
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.registers import to_registers
from izsa_desktop.domain.revision import DELETED, Revision, canonical, parse_revision
from tests.support import BORNOVA, FIELDS_OF_V1, make_revision

GOLDEN = Path(__file__).parent / "golden"
OLDEST = GOLDEN / "v1"
PHOTO = b"\xff\xd8\xff a picture"
SECOND = f"{BORNOVA}/{'b2' * 16}"


def key(name: str, folder: Path = OLDEST) -> SecretKey:
    """A test key: ``office`` or ``bornova``."""
    return SecretKey.from_file_bytes((folder / f"{name}.key").read_bytes())


def revisions(replica: str) -> list[Revision]:
    """Two records: one written, changed and put away by two edits at once; one with what no version knows yet."""
    first = make_revision(to_registers(FIELDS_OF_V1, {}), replica=replica, author="Ayşe Yılmaz")
    renamed = make_revision({"title": "Yağmur"}, first, replica=replica, seq=2, wall="2025-03-15T08:00:00Z")
    removed = make_revision({DELETED: True}, first, replica=replica, seq=3, wall="2025-03-15T09:00:00Z")
    plain = make_revision({"title": "Kompost", "yeni/1": ["ş", None]}, record=SECOND, replica=replica, seq=4)
    strange = {**json.loads(plain.body), "gelecek": {"a": 1}}
    return [first, renamed, removed, parse_revision(canonical(strange))]


def make(folder: Path) -> dict[str, bytes]:
    """All files but the keys and the expectations, by name."""
    office, pc = key("office", folder), key("bornova", folder)
    identity = Identity(BORNOVA, pc.key_id, "Ayşe Yılmaz", "tr")
    request = enrolment.write(identity, pc, "2025-03-01T08:00:00Z")
    first = trust.first_list(office.public, "Koordinatör", "2025-03-01T07:00:00Z", OFFICE)
    admitted = first.admit([enrolment.read(request).member], "2025-03-01T09:00:00Z")
    bundle, _ = file.write(
        Contents(revisions(pc.key_id), objects={hashlib.sha256(PHOTO).hexdigest(): PHOTO}),
        Place(seq=3, prev="ab" * 32, follows=2, mode="delta", base=1),
        sender=Sender(BORNOVA, pc.key_id),
        to=OFFICE,
        created="2025-03-15T10:00:00Z",
        key=pc,
        acks={office.key_id: Ack(7, "cd" * 32)},
        trust_version=admitted.version,
    )
    answer, _ = file.write(
        Contents(
            revisions(pc.key_id),
            lists=[trust.signed(first, office), trust.signed(admitted, office)],
            catalogue=[b'{"id":"TUR035018/00","title":"Kompost"}'],
            goals=b"[]",
        ),
        Place(seq=8, prev="cd" * 32, follows=7),
        kind=ANSWER,
        sender=Sender(OFFICE, office.key_id),
        to=BORNOVA,
        created="2025-03-16T10:00:00Z",
        key=office,
        acks={pc.key_id: Ack(3, "ef" * 32)},
        trust_version=admitted.version,
    )
    return {
        "bornova.izsa": bundle,
        "office.izsa": answer,
        "bornova.enrol": request,
        "trust.json": admitted.to_bytes(),
        "trust.json.minisig": trust.sign(admitted, office),
    }


def told(bundle: file.VerifiedBundle, request: EnrolmentRequest) -> dict[str, Any]:
    """What the files say, as plain JSON."""
    return {
        "payload": bundle.sha256,
        "kind": bundle.manifest.kind,
        "from": [bundle.manifest.sender.district, bundle.manifest.sender.replica],
        "to": bundle.manifest.to,
        "seq": bundle.manifest.seq,
        "created": bundle.manifest.created,
        "person": bundle.signer.person,
        "revisions": [_told(revision) for revision in bundle.revisions],
        "request": [request.member.district, request.member.person, request.created, request.fingerprint],
    }


def _told(revision: Revision) -> Mapping[str, Any]:
    hidden = ("body", "erased", "settles")
    members = {name: getattr(revision, name) for name in revision.__struct_fields__ if name not in hidden}
    return {**members, "parents": list(revision.parents)}


def main(folder: Path) -> None:
    """Writes the files into a new folder, with new keys."""
    folder.mkdir(parents=True)
    for name in ("office", "bornova"):
        (folder / f"{name}.key").write_bytes(SecretKey.generate().file_bytes())
    files = make(folder)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    roots = (key("office", folder).public.text,)
    trusted = trust.read(files["trust.json"], files["trust.json.minisig"], roots)
    reading = Reading(body=OFFICE, trust=trusted)
    expected = told(file.verify(files["bornova.izsa"], reading), enrolment.read(files["bornova.enrol"]))
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
