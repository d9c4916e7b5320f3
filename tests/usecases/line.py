"""An office and three enrolled districts on disk, made once and copied for every test; bundles made by hand."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.file import Contents, Place
from izsa_desktop.bundle.manifest import Ack, Sender
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Revision
from izsa_desktop.usecases import enrolment, exchange, projects, sending, upkeep
from izsa_desktop.usecases.parcels import Parcel
from izsa_desktop.usecases.workplace import Workplace, create_workplace, open_workplace

PEOPLE = {"TUR035007": "Ayşe Yılmaz", "TUR035021": "İlker Işık", "TUR035004": "Çağla Öğüt"}


@dataclass(frozen=True)
class Line:
    """Folders of workplaces that know each other."""

    folder: Path

    @property
    def office(self) -> Path:
        return self.folder / "office"

    @property
    def bornova(self) -> Path:
        return self.folder / "TUR035007"

    @property
    def konak(self) -> Path:
        return self.folder / "TUR035021"

    @property
    def bayrakli(self) -> Path:
        return self.folder / "TUR035004"


def make_line(folder: Path) -> Line:
    with create_workplace(folder / "office", OFFICE, "Koordinatör", "en") as office:
        for code, person in PEOPLE.items():
            with create_workplace(folder / code, code, person, "en") as district:
                enrolment.request_enrolment(district, folder / "request")
            enrolment.accept_enrolment(office, enrolment.read_request(office, folder / "request"))
    (folder / "request").unlink()
    return Line(folder)


def enter(folder: Path, *titles: str) -> list[str]:
    """Stores a project per title; their ids."""
    with open_workplace(folder) as workplace:
        return projects.add_projects(workplace, [ProjectFields(title=title, purpose="Amaç") for title in titles])


def export(folder: Path, target: Path) -> Path:
    with open_workplace(folder) as workplace:
        sending.export_bundle(workplace, target)
    return target


def merge(folder: Path, *files: Path | Parcel) -> list[exchange.Received]:
    with open_workplace(folder) as workplace:
        return exchange.merge_bundles(workplace, files)


def state_hash(folder: Path) -> str:
    """The state hash of a store that is in good order."""
    with open_workplace(folder) as workplace:
        assert upkeep.check(workplace) == []
        return upkeep.state_hash(workplace)


def revisions_of(workplace: Workplace) -> list[Revision]:
    with workplace.store.reading() as reader:
        return list(reader.revisions())


def crafted(
    folder: Path,
    target: Path,
    revisions: Iterable[Revision] | None = None,
    *,
    to: str = OFFICE,
    seq: int = 1,
    acks: Mapping[str, Ack] | None = None,
    trust_version: int = 0,
) -> Path:
    """A bundle that the district's own key has signed, though its program would never make it."""
    with open_workplace(folder) as workplace:
        data, _ = bundle_file.write(
            Contents(revisions_of(workplace) if revisions is None else list(revisions)),
            Place(seq=seq),
            sender=Sender(workplace.identity.body, workplace.identity.replica),
            to=to,
            created="2025-03-14T12:00:00Z",
            key=workplace.key(),
            acks=acks,
            trust_version=trust_version,
        )
    target.write_bytes(data)
    return target


def listing(folder: Path) -> dict[str, str]:
    """Every file below the folder with the hash of its content."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
