"""Enrolment: a PC asks the office to admit its key, in a small file that the key itself has signed.

Anybody could write such a file. What admits a PC is a person at the office who compares the fingerprint by telephone.
"""

from dataclasses import dataclass
from typing import Annotated

import msgspec

from izsa_desktop.bundle import container, encryption
from izsa_desktop.bundle.signing import PublicKey, SecretKey, read_signature
from izsa_desktop.bundle.trust import Member
from izsa_desktop.domain.errors import Malformed, OverLimit
from izsa_desktop.domain.identity import Identity
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import canonical
from izsa_desktop.domain.text import has_invisible

MAX_BYTES = 64 * 1024
_REQUEST, _SIGNATURE = "enrolment.json", "enrolment.json.minisig"
_COMMENT = "izsa1 enrolment"


class _Request(msgspec.Struct, frozen=True, kw_only=True):
    district: Annotated[str, msgspec.Meta(pattern=r"^TUR035([0-9]{3})?\Z")]
    """A body's code; the office's own (``OFFICE``) where a further PC of it asks."""
    key: str
    person: str
    created: Annotated[str, msgspec.Meta(max_length=40)]
    reader: str = ""
    """Of a PC of the office: its public age key, so that it can open what is encrypted."""


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """What a PC asks for. ``fingerprint`` is what the telephone call compares."""

    member: Member
    created: str

    @property
    def fingerprint(self) -> str:
        return self.member.public.fingerprint


def write(identity: Identity, key: SecretKey, created: str, reader: str = "") -> bytes:
    """The request file of this PC. ``reader``: its public age key."""
    request = {"district": identity.body, "key": key.public.text, "person": identity.person, "created": created}
    if reader:
        request["reader"] = reader
    body = canonical(request)
    return container.pack({_REQUEST: body, _SIGNATURE: key.sign(body, _COMMENT)})


def read(data: bytes) -> EnrolmentRequest:
    """A request that its own key has signed. Raises OverLimit, Malformed, BadSignature, Untrusted (weak key)."""
    if len(data) > MAX_BYTES:
        raise OverLimit("file_too_large", str(len(data)))
    members = {name: bytes(content) for name, content in container.unpack(data).items()}
    if list(members) != [_REQUEST, _SIGNATURE]:
        raise Malformed("container")
    try:
        request = msgspec.json.decode(members[_REQUEST], type=_Request)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as e:
        raise Malformed("enrolment", str(e)) from None
    if has_invisible(request.person) or len(request.person) > 200:
        raise Malformed("enrolment", "person")
    key = PublicKey(request.key)
    key.require_strong()
    signature = read_signature(members[_SIGNATURE])
    signature.verify(members[_REQUEST], key)
    if signature.comment != _COMMENT:
        raise Malformed("enrolment", "kind")
    reader = request.reader if request.district == OFFICE else ""
    if reader:
        encryption.read_recipients([reader])
    member = Member(key=request.key, district=request.district, person=request.person, reader=reader)
    return EnrolmentRequest(member, request.created)
