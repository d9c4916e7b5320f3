"""Enrolment requests: a key asks for itself, under a district's name, and for nothing else."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.bundle import container, enrolment
from izsa_desktop.bundle.encryption import AgeIdentity
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.domain.errors import BadSignature, Malformed, OverLimit, Refused, Untrusted
from izsa_desktop.domain.identity import Identity
from izsa_desktop.domain.reference import OFFICE
from tests.bundle.forge import OTHER, PC, TRUST
from tests.bundle.test_signing import SMALL_ORDER, forge_for, weak_key
from tests.support import BORNOVA

COMMENT = "izsa1 enrolment"
PLAIN = {"created": "2025-03-01T08:00:00Z", "district": BORNOVA, "key": PC.public.text, "person": "Ayşe Yılmaz"}
GOOD = enrolment.write(Identity(BORNOVA, PC.key_id, "Ayşe Yılmaz", "tr"), PC, PLAIN["created"])


def _request(body: bytes, signer: SecretKey = PC, comment: str = COMMENT) -> bytes:
    return container.pack({"enrolment.json": body, "enrolment.json.minisig": signer.sign(body, comment)})


def _with(**members: Any) -> bytes:
    return _request(rfc8785.dumps({k: v for k, v in {**PLAIN, **members}.items() if v is not None}))


def test_a_request_is_read_as_it_was_written() -> None:
    assert _request(rfc8785.dumps(PLAIN)) == GOOD
    read = enrolment.read(GOOD)
    assert read.member.key == PC.public.text
    assert (read.member.district, read.member.person) == (BORNOVA, "Ayşe Yılmaz")
    assert (read.member.valid_from_seq, read.member.revoked_after_seq) == (1, None)
    assert read.created == PLAIN["created"]
    assert read.fingerprint == PC.public.fingerprint
    assert TRUST.admit([read.member], "").members[PC.key_id] == read.member


def test_a_pc_of_the_office_brings_its_key_for_reading_and_a_districts_brings_none() -> None:
    own = AgeIdentity.generate().recipient
    for body, kept in ((OFFICE, own), (BORNOVA, "")):
        data = enrolment.write(Identity(body, PC.key_id, "Ayşe Yılmaz", "tr"), PC, PLAIN["created"], own)
        assert data == _with(district=body, reader=own)
        assert enrolment.read(data).member.reader == kept
    with pytest.raises(Malformed):
        enrolment.read(_with(district=OFFICE, reader="age1nobody"))
    assert enrolment.read(_with(district=BORNOVA, reader="age1nobody")).member.reader == ""


def test_every_changed_byte_is_refused() -> None:
    for at in range(len(GOOD)):
        with pytest.raises(Refused):
            enrolment.read(GOOD[:at] + bytes([GOOD[at] ^ 1]) + GOOD[at + 1 :])


def test_nobody_asks_for_the_key_of_another() -> None:
    with pytest.raises(BadSignature):
        enrolment.read(_request(rfc8785.dumps(PLAIN), signer=OTHER))


@pytest.mark.parametrize("comment", ["izsa1 trust version=1", "", "izsa1 enrolment ", "izsa1 submission"])
def test_a_signature_over_something_else_asks_for_nothing(comment: str) -> None:
    with pytest.raises(Malformed):
        enrolment.read(_request(rfc8785.dumps(PLAIN), comment=comment))


@pytest.mark.parametrize(
    "members",
    [
        {"district": "TUR034"},
        {"district": "Bornova"},
        {"district": "35-07"},
        {"district": "tur035007"},
        {"district": "TUR034001"},
        {"district": "TUR035007\n"},
        {"district": "TUR035٠٠٧"},
        {"person": "Ayşe\u202e"},
        {"person": "Ayşe\nKabul edildi"},
        {"person": "x" * 201},
        {"person": None},
        {"person": 5},
        {"created": "x" * 41},
        {"created": None},
        {"key": None},
        {"key": "RWQ"},
        {"key": PC.public.text + " "},
    ],
    ids=str,
)
def test_requests_that_cannot_be_are_refused(members: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        enrolment.read(_with(**members))


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_a_key_that_anybody_can_sign_for_is_refused(point: str) -> None:
    weak = weak_key(point)
    body = rfc8785.dumps({**PLAIN, "key": weak.text})
    data = container.pack({"enrolment.json": body, "enrolment.json.minisig": forge_for(weak, body, COMMENT)})
    with pytest.raises(Untrusted) as caught:
        enrolment.read(data)
    assert caught.value.reason == "weak_key"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b"\xff", b'{"district":"\xff"}', b'{"x":' + b"[" * 60_000, b'{"x":' + b"9" * 5000 + b"}"],
)
def test_bodies_that_are_no_request_are_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        enrolment.read(_request(body))


def test_a_file_that_is_too_large_or_has_other_members_is_refused() -> None:
    with pytest.raises(OverLimit):
        enrolment.read(GOOD + b"\0" * enrolment.MAX_BYTES)
    members = {name: bytes(content) for name, content in container.unpack(GOOD).items()}
    for other in (dict(reversed(members.items())), {**members, "x": b""}, {"enrolment.json": b"{}"}, {}):
        with pytest.raises(Malformed):
            enrolment.read(container.pack(other))


def test_the_bounds_are_those_of_the_format_and_a_refusal_says_which_it_was() -> None:
    room = 65_536 - len(_with(x=""))
    assert enrolment.read(_with(x="a" * room)).member.key == PC.public.text
    assert enrolment.read(_with(person="ş" * 200)).member.person == "ş" * 200
    for data, error, reason, detail in [
        (_with(x="a" * (room + 1)), OverLimit, "file_too_large", "65537"),
        (container.pack({"enrolment.json": b"{}"}), Malformed, "container", ""),
        (_request(b"{}"), Malformed, "enrolment", "`district`"),
        (_with(person="ş" * 201), Malformed, "enrolment", "person"),
        (_with(person="Ayşe\u202e"), Malformed, "enrolment", "person"),
        (_request(rfc8785.dumps(PLAIN), comment=""), Malformed, "enrolment", "kind"),
    ]:
        with pytest.raises(error) as caught:
            enrolment.read(data)
        assert caught.value.reason == reason
        assert caught.value.detail.endswith(detail)


@given(st.binary(max_size=100), st.integers(0, 200), st.integers(0, 50))
def test_whatever_a_key_signs_is_a_request_or_refused(put: bytes, at: int, cut: int) -> None:
    good = rfc8785.dumps(PLAIN)
    body = good[:at] + put + good[at + cut :]
    try:
        assert enrolment.read(_request(body)).member.public == PC.public
    except Refused as refused:
        assert refused.exit_code in (10, 11, 15)
