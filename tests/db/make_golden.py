"""Makes ``golden/vN.sqlite3`` once, when schema N is released: run ``python -m tests.db.make_golden FOLDER``.

The files are never made anew: every later version opens them as they are. All that a workplace's database may hold is
in it once.
"""

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from izsa_desktop.db.migrations import STEPS
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.store import Store
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.registers import to_registers
from izsa_desktop.domain.revision import DELETED
from tests.support import BORNOVA, FIELDS, KEMALPASA, PC, RECORD, make_revision

GOLDEN = Path(__file__).parent / "golden"


def told(reader: Reader) -> dict[str, Any]:
    """All that a store says of itself, as plain JSON."""
    trust = reader.trust()
    return {
        "meta": dict(reader.meta()),
        "projects": [_told(project) for project in reader.projects(ProjectFilter())],
        "revisions": [revision.body.decode() for revision in reader.revisions()],
        "ids": [id_.hex() for id_ in reader.revision_ids()],
        "drafts": [value.decode() for value in reader.drafts()],
        "bundles": [{name: getattr(entry, name) for name in entry.__slots__} for entry in reader.bundles()],
        "catalogue": [value.decode() for value in reader.catalogue()],
        "trust": [part.decode() for part in trust] if trust else None,
        "joint": [msgspec.to_builtins(share) for share in reader.joint()],
    }


def _told(project: Project) -> dict[str, Any]:
    """With the fields that are empty."""
    told: dict[str, Any] = msgspec.to_builtins(structs.asdict(project) | {"fields": structs.asdict(project.fields)})
    return told


def main(folder: Path) -> None:
    """Writes the database and what it says."""
    version = f"v{len(STEPS)}"
    store = Store(folder / f"{version}.sqlite3", folder, "now")
    first = make_revision(to_registers(FIELDS, {}))
    edits = [
        first,
        make_revision({"title": "Yağmur"}, first, seq=2, wall="2025-03-15T08:00:00Z"),
        make_revision({"title": "Su", "yeni/1": {"a": "ş"}}, first, replica="f" * 16, wall="2025-03-15T09:00:00Z"),
    ]
    gone = make_revision({"title": "Silinen"}, record=f"{BORNOVA}/{'b2' * 16}", seq=3)
    elsewhere = make_revision({"title": "Başlangıç"}, record=f"{KEMALPASA}/{'c3' * 16}", replica="c" * 16)
    parked = make_revision({"unit": "Bekleyen"}, elsewhere, record=f"{KEMALPASA}/{'c3' * 16}", replica="c" * 16, seq=2)
    programme = f"{KEMALPASA}/{'e5' * 16}"
    members = {f"members/{RECORD}": {"rank": 1, "title": "Su"}, "bodies/TUR035018": {"rank": 1}}
    asked = make_revision({"title": "Ortak", "lead": BORNOVA, **members}, record=programme, seq=5, type_="joint")
    answered = make_revision(
        {"district/answer": {"day": "2025-03-16", "note": "Olur", "said": "accept"}},
        asked,
        record=programme,
        replica="c" * 16,
        seq=3,
        type_="joint",
    )
    entry = BundleEntry(
        sha256="0" * 64,
        direction="in",
        kind="submission",
        district=KEMALPASA,
        replica="c" * 16,
        seq=2,
        prev="1" * 64,
        revisions=1,
        moved="2025-03-15T10:00:00Z",
        file="35-18_cccc_0002.izsa",
        addressee="TUR035",
        follows=1,
        mode="delta",
        base=1,
        carried="1-3 5",
    )
    with store.writing() as writer:
        writer.set_meta({"body": "TUR035", "replica": PC, "person": "Ayşe Yılmaz", "language": "tr"})
        writer.add([*edits, gone, make_revision({DELETED: True}, gone, record=gone.record, seq=4)])
        writer.add([parked], writer.add_bundle(entry))
        writer.add([asked, answered])
        writer.keep_draft("", b'{"record":"","seen":[],"values":{"title":"Yaz\xc4\xb1lan"}}')
        writer.set_catalogue({f"{KEMALPASA}/{'d4' * 16}": b'{"id":"x","title":"Kompost"}'})
        writer.add_trust(1, b'{"version":1}', b"signature")
        assert writer.project(RECORD) is not None
    with store.reading() as reader:
        text = json.dumps(told(reader), ensure_ascii=False, indent=1)
    (folder / f"{version}.json").write_text(text + "\n", encoding="utf-8")
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
