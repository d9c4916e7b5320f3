"""Who is let in, and who is not."""

import base64
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from izsa_desktop.bundle import enrolment as files
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.bundle.trust import COORDINATE
from izsa_desktop.domain.errors import (
    BadSignature,
    Malformed,
    OfficeOnly,
    OverLimit,
    SignsTheList,
    Untrusted,
)
from izsa_desktop.domain.identity import Identity
from izsa_desktop.usecases import enrolment
from izsa_desktop.usecases.workplace import create_workplace, open_workplace
from tests.usecases.line import Line, state_hash


def test_both_sides_read_the_same_digits(line: Line, tmp_path: Path) -> None:
    with create_workplace(tmp_path / "new", "TUR035010", "Yeni") as new, open_workplace(line.office) as office:
        spoken = enrolment.request_enrolment(new, tmp_path / "request")
        request = enrolment.read_request(office, tmp_path / "request")
        assert spoken == request.fingerprint == enrolment.own_fingerprint(new)
        assert len(spoken.replace(" ", "")) == 20
        before = state_hash(line.office)
        assert enrolment.accept_enrolment(office, request).version == 5
        assert enrolment.accept_enrolment(office, request).version == 5
        admitted = [(member.district, member.person) for _, member in enrolment.enrolled(office)]
    assert ("TUR035010", "Yeni") in admitted
    assert len(admitted) == 5  # the office, three districts, the new one
    assert state_hash(line.office) != before


@pytest.mark.parametrize("district", ["TUR035099", "TUR03500", "Bornova", "TUR034001", ""])
def test_only_one_of_the_thirty_districts_can_ask(line: Line, tmp_path: Path, district: str) -> None:
    key = SecretKey.generate()
    identity = Identity(district, key.key_id, "Biri", "tr")
    (tmp_path / "request").write_bytes(files.write(identity, key, "2025-03-14T12:00:00Z"))
    with open_workplace(line.office) as office, pytest.raises(Malformed):
        enrolment.read_request(office, tmp_path / "request")


def key_with_id(key_id: str) -> SecretKey:
    """A fresh key that calls itself by this id: in a minisign key file the id is eight bytes of anybody's choice."""
    raw = base64.b64decode(SecretKey.generate().file_bytes().split(b"\n")[1])
    head, secret = raw[:54], bytes.fromhex(key_id)[::-1] + raw[62:126]
    checksum = hashlib.blake2b(raw[:2] + secret, digest_size=32).digest()
    return SecretKey.from_file_bytes(b"untrusted comment: x\n" + base64.b64encode(head + secret + checksum) + b"\n")


def test_a_known_pc_cannot_be_ousted_by_a_key_that_took_its_id(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as bornova:
        victim = bornova.identity.replica
    key = key_with_id(victim)
    assert key.key_id == victim
    (tmp_path / "request").write_bytes(files.write(Identity("TUR035010", victim, "Biri", "tr"), key, "2025-03-14"))
    before = state_hash(line.office)
    with open_workplace(line.office) as office:
        request = enrolment.read_request(office, tmp_path / "request")
        with pytest.raises(Untrusted):
            enrolment.accept_enrolment(office, request)
    assert state_hash(line.office) == before


def test_a_request_is_signed_by_the_key_that_it_names(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.bornova) as bornova, open_workplace(line.office) as office:
        enrolment.request_enrolment(bornova, tmp_path / "request")
        good = (tmp_path / "request").read_bytes()
        codes = set()
        for at in range(0, len(good), 3):
            (tmp_path / "request").write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
            with pytest.raises((Malformed, BadSignature, Untrusted)) as refusal:
                enrolment.read_request(office, tmp_path / "request")
            codes.add(refusal.value.exit_code)
        assert codes <= {10, 11, 15}
        (tmp_path / "request").write_bytes(good + bytes(64 * 1024))
        with pytest.raises(OverLimit):
            enrolment.read_request(office, tmp_path / "request")


def test_roles(line: Line, tmp_path: Path) -> None:
    with open_workplace(line.office) as office, open_workplace(line.bornova) as bornova:
        with pytest.raises(SignsTheList):
            enrolment.request_enrolment(office, tmp_path / "x")
        enrolment.request_enrolment(bornova, tmp_path / "request")
        with pytest.raises(OfficeOnly):
            enrolment.read_request(bornova, tmp_path / "request")
        with pytest.raises(OfficeOnly):
            enrolment.accept_enrolment(bornova, enrolment.read_request(office, tmp_path / "request"))


@pytest.mark.parametrize("body", ["TUR035021", "TUR035"])
def test_a_known_key_is_not_admitted_for_another_body(line: Line, tmp_path: Path, body: str) -> None:
    """What it sent counts by what is known of it: it would be gone from every PC."""
    with open_workplace(line.bornova) as bornova:
        elsewhere = replace(bornova.identity, body=body)
        (tmp_path / "request").write_bytes(files.write(elsewhere, bornova.key(), "2026-01-01T00:00:00Z"))
    before = state_hash(line.office)
    with open_workplace(line.office) as office:
        request = enrolment.read_request(office, tmp_path / "request")
        with pytest.raises(Untrusted) as refused:
            enrolment.accept_enrolment(office, request, COORDINATE if body == "TUR035" else "")
    assert refused.value.reason == "known_otherwise"
    assert state_hash(line.office) == before
