"""The outbox of a district's PC: what the office has not confirmed, what was sent, and whether the office knows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from izsa_desktop.db.reader import Reader
from izsa_desktop.domain.ledger import BundleEntry
from izsa_desktop.domain.record_types import COACHING, JOINT
from izsa_desktop.domain.revision import PROJECT, Revision
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.sending import kept_here
from izsa_desktop.usecases.sent import SET_BACK, confirmed, sent_by
from izsa_desktop.usecases.workplace import Workplace, bundle_name


@dataclass(frozen=True, slots=True)
class Waiting:
    """Saves that the office has not confirmed, and of how many things of each kind they are."""

    saves: int
    projects: int
    answers: int = 0
    """To joint programmes."""
    coaching: int = 0
    """Evidence, actions that are done, signatures."""

    def told(self, t: Translator) -> str:
        """The things in words; empty where there is nothing."""
        kinds = {"projects": self.projects, "answers": self.answers, "coaching": self.coaching}
        return ", ".join(t(f"sending.{kind}", count=count) for kind, count in kinds.items() if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """Everything about sending, as it stands."""

    fingerprint: str
    name: str
    """Of the next bundle's file."""
    waiting: Waiting
    complete: Waiting
    """The same without what is kept here while a required fact is missing."""
    new: Waiting
    """Of ``waiting`` what is in no bundle yet."""
    new_complete: Waiting
    """The same of ``complete``."""
    written: Waiting
    """What is in a bundle, and of which the office has not said that it has it."""
    unsent: frozenset[str]
    """Records of which something is in no bundle yet."""
    kept: int
    """How many projects that are."""
    readers: bool
    """True where it is known for whom to encrypt."""
    met: bool
    """True where a list of the office is here."""
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
        found = _waiting(reader, own)
        replicas = {own, *(entry.replica for entry in sent)}
        up_to = {replica: confirmed(reader, replica)[1] for replica in replicas}
        set_back = reader.kept(SET_BACK).get(SET_BACK) == own
    member, going = trust.member(own), [save for save in found.new if save.id not in found.kept]
    return Outbox(
        fingerprint=workplace.public_key().fingerprint,
        name=bundle_name(workplace, last.seq + 1 if last else 1),
        waiting=_counted([*found.written, *found.new]),
        complete=_counted([*found.written, *going]),
        new=_counted(found.new),
        new_complete=_counted(going),
        written=_counted(found.written),
        unsent=frozenset(save.record for save in found.new),
        kept=len({save.record for save in found.new if save.id in found.kept}),
        readers=bool(trust.recipients),
        met=trust.version > 0,
        listed=member is not None,
        shut_out=member.revoked_after_seq if member else None,
        set_back=set_back,
        confirmed=up_to,
        sent=sent,
    )


@dataclass(frozen=True, slots=True)
class _Saves:
    """What the office has not confirmed, parted by where it is."""

    new: list[Revision]
    """In no bundle yet."""
    written: list[Revision]
    kept: set[str]
    """Ids of new ones that stay here."""


def _waiting(reader: Reader, replica: str) -> _Saves:
    known, _ = confirmed(reader, replica)
    wanted = list(reader.revisions_of(replica, known))
    before = sent_by(reader, replica)
    new = [save for save in wanted if save.seq not in before]
    written = [save for save in wanted if save.seq in before]
    return _Saves(new, written, kept_here(reader, replica, wanted))


def _counted(saves: Sequence[Revision]) -> Waiting:
    records = {type_: {save.record for save in saves if save.type == type_} for type_ in (PROJECT, JOINT, COACHING)}
    return Waiting(len(saves), len(records[PROJECT]), len(records[JOINT]), len(records[COACHING]))
