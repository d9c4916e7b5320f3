"""Enrolling PCs at the office, and shutting them out."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from izsa_desktop.bundle import encryption, enrolment
from izsa_desktop.bundle.enrolment import EnrolmentRequest
from izsa_desktop.bundle.trust import COORDINATE, READ, Member, TrustList
from izsa_desktop.domain.errors import (
    Malformed,
    NoSuchPc,
    OfficeOnly,
    OwnPc,
    RoleNeeded,
    SignsTheList,
    Untrusted,
)
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.usecases import exchange, quarantine, trusting
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.readers import own_recipients
from izsa_desktop.usecases.upkeep import backup_before
from izsa_desktop.usecases.withdrawing import put_in_force
from izsa_desktop.usecases.workplace import Workplace, require_outside, utc_now


def own_fingerprint(workplace: Workplace) -> str:
    """Twenty digits of this PC's key, to be read out on the telephone."""
    return workplace.public_key().fingerprint


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """How this PC stands in the office's list. ``speaks``: it may write in its body's name."""

    fingerprint: str
    enrolled: bool
    speaks: bool


def own_place(workplace: Workplace) -> OwnPlace:
    """What the list says of this PC."""
    with workplace.store.reading() as reader:
        member = workplace.trust(reader).member(workplace.identity.replica)
    enrolled = member is not None and member.revoked_after_seq is None
    speaks = member is not None and enrolled and (not workplace.identity.office or member.may_speak_for_office)
    return OwnPlace(own_fingerprint(workplace), enrolled, speaks)


def request_enrolment(workplace: Workplace, target: Path) -> str:
    """Writes this PC's request for the office; gives the fingerprint. Raises SignsTheList, FileProblem."""
    with workplace.store.reading() as reader:
        if workplace.identity.office and workplace.trust(reader).member(workplace.identity.replica):
            raise SignsTheList
    require_outside(workplace, target)
    key = workplace.key()
    recipient = own_recipients(workplace)[-1] if workplace.identity.office else ""
    write_atomic(target, enrolment.write(workplace.identity, key, utc_now(), recipient))
    return key.public.fingerprint


def read_request(workplace: Workplace, source: Path | bytes) -> EnrolmentRequest:
    """What a request (a file, or its bytes) asks for, before anybody decides.

    Raises OfficeOnly, what ``read`` raises, and Malformed for anything but the code of one of the 30 districts or of
    the office.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    request = enrolment.read(source if isinstance(source, bytes) else read_file(source, enrolment.MAX_BYTES))
    if request.member.district not in {OFFICE, *(district.code for district in workplace.reference.districts)}:
        raise Malformed("enrolment", request.member.district)
    return request


def accept_enrolment(workplace: Workplace, request: EnrolmentRequest, role: str = "") -> TrustList:
    """Admits the PC: signs the next trust list, and judges what it sent before once more.

    A PC of the office itself is admitted only with a role (``COORDINATE``, ``READ``) that a person has chosen for it.
    Admitting a PC that is in already changes nothing. Raises OfficeOnly, RoleNeeded, NoRootHere, and Untrusted when the
    request names a known PC's id with another key (ids are chosen by whoever asks), or a PC that was shut out or is
    known for another body or with more rights: that needs a new key, since what it sent counts by what is known of it.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    of_office = request.member.district == OFFICE
    if of_office and role not in (COORDINATE, READ):
        raise RoleNeeded(request.member.person, request.fingerprint)
    trusting.require_root(workplace)
    workplace.key()
    roles = (role,) if of_office else ()
    readers = (*own_recipients(workplace), request.member.reader) if request.member.reader else ()
    with workplace.store.writing() as writer:
        trust = workplace.trust(writer)
        known = trust.member(request.member.public.key_id)
        if known is not None and known.key != request.member.key:
            raise Untrusted("weak_key")
        if known is not None and known.revoked_after_seq is not None:
            raise Untrusted("revoked", known.person)
        if known is not None and _counts_otherwise(known, request.member.district, roles):
            raise Untrusted("known_otherwise", known.person)
        wanted = (request.member.district, request.member.person, roles, request.member.reader)
        if known is not None and (known.district, known.person, known.roles, known.reader) == wanted:
            return trust
        now = utc_now()
        member = msgspec.structs.replace(request.member, since=known.since if known else now, roles=roles)
        following = trust.admit([member], now)
        if readers:
            recipients = encryption.read_recipients([*trust.recipients, *readers])
            following = msgspec.structs.replace(following, recipients=recipients)
        longer = trusting.issue(workplace, writer, following)
    exchange.judge_again(workplace)
    return longer


def _counts_otherwise(known: Member, district: str, roles: tuple[str, ...]) -> bool:
    speaks = known.may_speak_for_office and COORDINATE not in roles
    return known.district != district or speaks


def revoke(workplace: Workplace, replica: str, after: int | None = None) -> TrustList:
    """Shuts a PC out: of its bundles those up to number ``after`` count, without it those that are here.

    ``replica``: its id, or four and more characters from its beginning. What later bundles brought is taken out again
    in the same transaction, after a backup; the files stay. Raises OfficeOnly, NoRootHere, NoSuchPc, OwnPc,
    ArchiveIncomplete.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    trusting.require_root(workplace)
    workplace.key()
    with workplace.store.reading() as reader:
        replica, _ = find_member(workplace.trust(reader), replica)
        if replica == workplace.identity.replica:
            raise OwnPc
    backup_before(workplace, "rebuild")
    with workplace.store.writing() as writer:
        trust = workplace.trust(writer)
        here = writer.bundles_of(replica, "in", workplace.identity.body)
        last = here[-1].seq if here else 0
        cut = last if after is None else after
        longer = trusting.issue(workplace, writer, trust.shut_out(replica, cut, utc_now()))
        outcome = put_in_force(workplace, writer, trust, exchange.take_in_again)
    quarantine.note_all(workplace, outcome.judged)
    exchange.judge_again(workplace)
    return longer


def pin_office(workplace: Workplace, fingerprint: str) -> str:
    """Keeps the fingerprint of the office that a person compared by telephone, as it is shown; then judges once more
    what is kept aside. Raises BadField.
    """
    shown = trusting.pin(workplace, fingerprint)
    exchange.judge_again(workplace)
    return shown


def enrolled(workplace: Workplace) -> list[tuple[str, Member]]:
    """The PCs that may sign, by replica id, in Turkish order of their districts."""
    return [(one.replica, one.member) for one in trusting.trust_view(workplace).enrolled]


def find_member(trust: TrustList, replica: str) -> tuple[str, Member]:
    """The PC whose id begins so. Raises NoSuchPc."""
    found = [(id_, member) for id_, member in trust.members.items() if id_.startswith(replica.lower())]
    if len(found) != 1 or len(replica) < 4:
        raise NoSuchPc(replica)
    return found[0]
