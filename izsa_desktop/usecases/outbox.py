"""The outbox of a district's PC: what the office has not confirmed, what was sent, and whether the office knows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.usecases.sending import kept_here
from izsa_desktop.usecases.sent import SET_BACK, confirmed
from izsa_desktop.usecases.workplace import Workplace, bundle_name


@dataclass(frozen=True, slots=True)
class Waiting:
    """Saves that the office has not confirmed, and of how many projects they are."""

    saves: int
    projects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """Everything about sending, as it stands."""

    fingerprint: str
    name: str
    """Of the next bundle's file."""
    waiting: Waiting
    complete: Waiting
    """The same without what is kept here while a required fact is missing."""
    kept: int
    """How many projects that are."""
    readers: bool
    """True where it is known for whom to encrypt."""
    listed: bool
    """True where the office's list names this PC."""
    shut_out: int | None
    """The last of this PC's bundles that counts, where it was shut out."""
    set_back: bool
    """True where the office has of this PC what it knows nothing of."""
    confirmed: Mapping[str, int]
    """By the keys that this PC has had: the bundle up to which the office has everything."""
    sent: tuple[BundleEntry, ...]
    """Newest first."""


def outbox(workplace: Workplace) -> Outbox:
    """Reads it. Signs nothing."""
    own = workplace.identity.replica
    with workplace.store.reading() as reader:
        trust, last, sent = workplace.trust(reader), reader.last_bundle(own), tuple(reader.bundles("out"))
        waiting, complete, kept = _waiting(reader, own)
        replicas = {own, *(entry.replica for entry in sent)}
        up_to = {replica: confirmed(reader, replica)[1] for replica in replicas}
        set_back = reader.kept(SET_BACK).get(SET_BACK) == own
    member = trust.member(own)
    return Outbox(
        fingerprint=workplace.public_key().fingerprint,
        name=bundle_name(workplace, last.seq + 1 if last else 1),
        waiting=waiting,
        complete=complete,
        kept=kept,
        readers=bool(trust.recipients),
        listed=member is not None,
        shut_out=member.revoked_after_seq if member else None,
        set_back=set_back,
        confirmed=up_to,
        sent=sent,
    )


def _waiting(reader: Reader, replica: str) -> tuple[Waiting, Waiting, int]:
    known, _ = confirmed(reader, replica)
    wanted = list(reader.revisions_of(replica, known))
    kept = kept_here(reader, replica, wanted)
    going = [revision for revision in wanted if revision.id not in kept]
    staying = {revision.record for revision in wanted if revision.id in kept}
    return (
        Waiting(len(wanted), len({revision.record for revision in wanted})),
        Waiting(len(going), len({revision.record for revision in going})),
        len(staying),
    )
