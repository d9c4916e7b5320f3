"""Bundles made by hand with the PCs' own keys, as their program would make them or never would."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from izsa_desktop.bundle import file as bundle_file
from izsa_desktop.bundle.file import Contents, Place
from izsa_desktop.bundle.manifest import Ack, Sender
from izsa_desktop.domain.errors import Refused
from izsa_desktop.domain.ledger import ANSWER, SUBMISSION
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Json, Revision
from izsa_desktop.usecases import exchange
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import BORNOVA, NOON, make_revision
from tests.usecases.mail import replica

HASH = "ab" * 32


def record(n: int) -> str:
    return f"{BORNOVA}/{n:032x}"


def made(
    folder: Path,
    target: Path,
    *revisions: Revision,
    to: str = OFFICE,
    place: Place | None = None,
    acks: Mapping[str, Ack] | None = None,
    trust_version: int = 0,
    **contents: Any,
) -> tuple[Path, str]:
    """A bundle that a workplace's own key has signed, and its hash."""
    with open_workplace(folder) as workplace:
        body = workplace.identity.body
        data, sha256 = bundle_file.write(
            Contents(revisions, **contents),
            place or Place(seq=1),
            kind=ANSWER if body == OFFICE else SUBMISSION,
            sender=Sender(body, workplace.identity.replica),
            to=to,
            created=NOON,
            key=workplace.key(),
            acks=acks,
            trust_version=trust_version,
        )
    target.write_bytes(data)
    return target, sha256


def saves(folder: Path, registers: Mapping[str, Json], records: Sequence[int], *, first: int = 1) -> list[Revision]:
    """A save with these registers in each of the records, upon nothing."""
    by = replica(folder)
    return [make_revision(registers, record=record(n), replica=by, seq=first + k) for k, n in enumerate(records)]


def kept(folder: Path, prefix: str) -> dict[str, str]:
    with open_workplace(folder) as workplace, workplace.store.reading() as reader:
        return reader.kept(prefix)


def numbers(one: Received) -> tuple[int, int, int, int]:
    return one.new, one.changed, one.conflicts, one.deleted


def look(folder: Path, *files: Path) -> list[Received]:
    with open_workplace(folder) as workplace:
        return exchange.preview_bundles(workplace, files)


def why(outcome: Received) -> tuple[str, str]:
    """Reason and detail of a refusal."""
    assert isinstance(outcome.refusal, Refused)
    return outcome.refusal.reason, outcome.refusal.detail
