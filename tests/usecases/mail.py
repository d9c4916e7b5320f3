"""What goes to and fro between the office and a district in tests."""

from pathlib import Path

from izsa_desktop.usecases import enrolment, exchange, sending, trusting
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.usecases.line import Line


def pin(line: Line, *folders: Path) -> None:
    """The districts have compared the office's fingerprint by telephone."""
    with open_workplace(line.office) as office:
        fingerprint = trusting.trust_view(office).trust.fingerprint
    for folder in folders:
        with open_workplace(folder) as workplace:
            trusting.pin(workplace, fingerprint)


def answer(line: Line, district: Path, target: Path, *, full: bool = False) -> Path:
    """The office's bundle for a district (named by its workplace's folder)."""
    with open_workplace(district) as workplace:
        body = workplace.identity.body
    with open_workplace(line.office) as office:
        sending.answer(office, body, target, full=full)
    return target


def send(folder: Path, target: Path, *, full: bool = False) -> sending.Exported:
    """A district's next bundle, which is one."""
    with open_workplace(folder) as workplace:
        [part] = sending.export_bundle(workplace, target, full=full)
    return part


def take(folder: Path, *files: Path, confirmed: bool = False) -> list[Received]:
    with open_workplace(folder) as workplace:
        return exchange.merge_bundles(workplace, files, confirmed=confirmed)


def second_pc(line: Line, body: str = "TUR035007", person: str = "Veli Demir") -> Path:
    """Another PC of a district, enrolled."""
    folder = line.folder / f"{body}-second"
    with create_workplace(folder, body, person, "en") as workplace:
        enrolment.request_enrolment(workplace, line.folder / "second.enrol")
    with open_workplace(line.office) as office:
        enrolment.accept_enrolment(office, enrolment.read_request(office, line.folder / "second.enrol"))
    (line.folder / "second.enrol").unlink()
    return folder


def hash_of(folder: Path, body: str = "") -> str:
    from izsa_desktop.usecases.upkeep import state_hash

    with open_workplace(folder) as workplace:
        return state_hash(workplace, body)


def replica(folder: Path) -> str:
    with open_workplace(folder) as workplace:
        return workplace.identity.replica
