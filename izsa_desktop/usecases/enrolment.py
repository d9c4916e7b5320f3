"""Enrolling PCs at the office, and shutting them out."""

from pathlib import Path

import msgspec

from izsa_desktop.bundle import enrolment
from izsa_desktop.bundle.enrolment import EnrolmentRequest
from izsa_desktop.bundle.trust import Member, TrustList
from izsa_desktop.domain.errors import DistrictOnly, Malformed, NoSuchPc, OfficeOnly, OwnPc, Untrusted
from izsa_desktop.usecases import exchange, trusting
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.rebuilding import rebuild
from izsa_desktop.usecases.workplace import Workplace, require_outside, utc_now


def own_fingerprint(workplace: Workplace) -> str:
    """Twenty digits of this PC's key, to be read out on the telephone."""
    return workplace.public_key().fingerprint


def request_enrolment(workplace: Workplace, target: Path) -> str:
    """Writes this PC's request for the office; gives the fingerprint. Raises DistrictOnly, FileProblem."""
    if workplace.identity.office:
        raise DistrictOnly
    require_outside(workplace, target)
    key = workplace.key()
    write_atomic(target, enrolment.write(workplace.identity, key, utc_now()))
    return key.public.fingerprint


def read_request(workplace: Workplace, path: Path) -> EnrolmentRequest:
    """What a request asks for, before anybody decides.

    Raises OfficeOnly, what ``read`` raises, and Malformed for anything but the code of one of the 30 districts.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    request = enrolment.read(read_file(path, enrolment.MAX_BYTES))
    if request.member.district not in {district.code for district in workplace.reference.districts}:
        raise Malformed("enrolment", request.member.district)
    return request


def accept_enrolment(workplace: Workplace, request: EnrolmentRequest) -> TrustList:
    """Admits the PC: signs the next trust list, and judges what it sent before once more.

    Admitting a PC that is in already changes nothing. Raises Untrusted when the request names a known PC's id with
    another key (ids are chosen by whoever asks) or a PC that was shut out, which needs a new key.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    workplace.key()
    with workplace.store.writing() as writer:
        trust = workplace.trust(writer)
        known = trust.member(request.member.public.key_id)
        if known is not None and known.key != request.member.key:
            raise Untrusted("weak_key")
        if known is not None and known.revoked_after_seq is not None:
            raise Untrusted("revoked", known.person)
        if known is not None and (known.district, known.person) == (request.member.district, request.member.person):
            return trust
        now = utc_now()
        member = msgspec.structs.replace(request.member, since=known.since if known else now)
        longer = trusting.issue(workplace, writer, trust.admit([member], now))
    exchange.judge_again(workplace)
    return longer


def revoke(workplace: Workplace, replica: str, after: int | None = None) -> TrustList:
    """Shuts a PC out: of its bundles those up to number ``after`` count, without it those that are here.

    ``replica``: its id, or four and more characters from its beginning. What later bundles brought is taken out again;
    the files stay. Raises OfficeOnly, NoSuchPc, OwnPc.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    workplace.key()
    with workplace.store.writing() as writer:
        trust = workplace.trust(writer)
        replica, member = find_member(trust, replica)
        if replica == workplace.identity.replica:
            raise OwnPc
        here = writer.bundles_of(replica, "in", workplace.identity.body)
        last = here[-1].seq if here else 0
        cut = last if after is None else after
        members = {**trust.members, replica: msgspec.structs.replace(member, revoked_after_seq=cut)}
        longer = trusting.issue(workplace, writer, trust.next(utc_now(), members=members))
    if cut < last:
        rebuild(workplace)
    else:
        exchange.judge_again(workplace)
    return longer


def enrolled(workplace: Workplace) -> list[tuple[str, Member]]:
    """The PCs that may sign, by replica id, in Turkish order of their districts."""
    return [(one.replica, one.member) for one in trusting.trust_view(workplace).enrolled]


def find_member(trust: TrustList, replica: str) -> tuple[str, Member]:
    """The PC whose id begins so. Raises NoSuchPc."""
    found = [(id_, member) for id_, member in trust.members.items() if id_.startswith(replica.lower())]
    if len(found) != 1 or len(replica) < 4:
        raise NoSuchPc(replica)
    return found[0]
