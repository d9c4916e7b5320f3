"""Enrolling district PCs at the office."""

from pathlib import Path

from izsa_desktop.bundle import enrolment
from izsa_desktop.bundle import trust as trust_lists
from izsa_desktop.bundle.enrolment import EnrolmentRequest
from izsa_desktop.bundle.trust import Member, TrustList
from izsa_desktop.domain.errors import DistrictOnly, Malformed, OfficeOnly, Untrusted
from izsa_desktop.usecases.files import read_file, write_atomic
from izsa_desktop.usecases.workplace import Workplace, require_outside, utc_now


def own_fingerprint(workplace: Workplace) -> str:
    """Twenty digits of this PC's key, to be read out on the telephone."""
    return workplace.key().public.fingerprint


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
    """Admits the PC: signs the next trust list. Admitting a PC that is in already changes nothing.

    Raises Untrusted when the request names a known PC's id with another key: ids are chosen by whoever asks.
    """
    if not workplace.identity.office:
        raise OfficeOnly
    key = workplace.key()
    with workplace.store.writing() as writer:
        trust = workplace.trust(writer)
        known = trust.member(request.member.public.key_id)
        if known == request.member:
            return trust
        if known is not None and known.key != request.member.key:
            raise Untrusted("weak_key")
        longer = trust.admit([request.member], utc_now())
        writer.add_trust(longer.version, longer.to_bytes(), trust_lists.sign(longer, key))
    return longer


def enrolled(workplace: Workplace) -> list[tuple[str, Member]]:
    """The PCs that may sign, by replica id, in Turkish order of their districts."""
    with workplace.store.reading() as reader:
        members = workplace.trust(reader).members
    names = workplace.reference.district_name
    return sorted(members.items(), key=lambda item: (names(item[1].district), item[1].person))
