"""The trust list: versions rise, only a root signs it, and its signature is good for nothing else."""

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.bundle import container, trust
from izsa_desktop.bundle.signing import read_signature
from izsa_desktop.bundle.trust import Member, TrustList
from izsa_desktop.domain.errors import BadSignature, Malformed, Refused, Untrusted
from tests.bundle.forge import OFFICE_KEY, OTHER, PC, TRUST, comment, payload, refusal
from tests.bundle.test_signing import SMALL_ORDER, weak_key
from tests.support import BORNOVA, KEMALPASA

ROOTS = (OFFICE_KEY.public.text,)
BODY, SIGNATURE = TRUST.to_bytes(), trust.sign(TRUST, OFFICE_KEY)


def test_a_list_is_read_as_it_was_signed() -> None:
    assert trust.read(BODY, SIGNATURE, ROOTS) == TRUST
    assert msgspec.json.decode(BODY, type=TrustList) == TRUST
    assert rfc8785.dumps(msgspec.to_builtins(TRUST)) == BODY


def test_the_first_list_knows_the_office_alone_and_each_version_is_one_higher() -> None:
    first = trust.first_list(OFFICE_KEY.public, "Koordinatör", "2025-03-01T07:00:00Z", "TUR035")
    assert first.version == 1
    assert set(first.members) == {OFFICE_KEY.key_id}
    second = first.admit([Member(key=PC.public.text, district=BORNOVA, person="Ayşe")], "2025-03-02T07:00:00Z")
    assert second.version == 2
    assert second.issued == "2025-03-02T07:00:00Z"
    assert second.roots == first.roots == ROOTS
    assert second.member(PC.key_id) == Member(key=PC.public.text, district=BORNOVA, person="Ayşe")
    assert second.member(OTHER.key_id) is None
    assert first.member(PC.key_id) is None


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_a_weak_key_is_never_admitted(point: str) -> None:
    with pytest.raises(Untrusted):
        TRUST.admit([Member(key=weak_key(point).text, district=KEMALPASA, person="?")], "")


def test_only_a_root_signs_lists() -> None:
    longer = TRUST.admit([Member(key=OTHER.public.text, district=BORNOVA, person="Ali")], "")
    with pytest.raises(Untrusted) as caught:
        trust.read(longer.to_bytes(), trust.sign(longer, PC), ROOTS)
    assert caught.value.reason == "unknown_signer"
    with pytest.raises(Untrusted):
        trust.read(BODY, SIGNATURE, ())


def test_another_list_under_the_same_signature_is_refused() -> None:
    for at in range(len(BODY)):
        with pytest.raises(BadSignature):
            trust.read(BODY[:at] + bytes([BODY[at] ^ 1]) + BODY[at + 1 :], SIGNATURE, ROOTS)
    with pytest.raises(BadSignature):
        trust.read(TRUST.admit([], "").to_bytes(), SIGNATURE, ROOTS)


@pytest.mark.parametrize("text", ["izsa1 trust version=3", "izsa1 trust version=02", "izsa1 submission", "", "trust"])
def test_the_roots_signature_over_something_else_is_refused(text: str) -> None:
    assert TRUST.version == 2
    with pytest.raises(Untrusted) as caught:
        trust.read(BODY, OFFICE_KEY.sign(BODY, text), ROOTS)
    assert caught.value.reason == "kind"


def test_a_bundles_signature_makes_no_list_and_a_lists_none_for_a_bundle() -> None:
    with pytest.raises(Untrusted):
        trust.read(BODY, OFFICE_KEY.sign(BODY, comment(BODY)), ROOTS)
    content = payload()
    signature = PC.sign(content, "izsa1 trust version=2")
    made = container.pack({"payload.zip": content, "payload.zip.minisig": signature})
    assert refusal(made) == (15, "signature_comment")
    made = container.pack({"payload.zip": BODY, "payload.zip.minisig": SIGNATURE})
    assert refusal(made) == (15, "signature_comment")
    assert read_signature(SIGNATURE).comment == "izsa1 trust version=2"


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[]", b"{}", b"\xff", b'{"version":1}', BODY[:-1], b'{"x":"\\ud800"}', b'{"\xff":1}', b"NaN"),
        b"[" * 100_000,
        BODY.replace(b'"version":2', b'"version":"2"'),
        BODY.replace(b"Ko", b"\xc3\x28"),
    ],
)
def test_bytes_that_are_no_list_are_refused_though_they_are_signed(body: bytes) -> None:
    with pytest.raises(Malformed):
        trust.read(body, OFFICE_KEY.sign(body, "izsa1 trust version=2"), ROOTS)


@given(st.binary(max_size=60), st.integers(0, len(BODY)), st.integers(0, 20))
def test_whatever_a_root_signs_is_a_list_or_refused(put: bytes, at: int, cut: int) -> None:
    body = BODY[:at] + put + BODY[at + cut :]
    try:
        assert trust.read(body, OFFICE_KEY.sign(body, "izsa1 trust version=2"), ROOTS).version == 2
    except Refused as refused:
        assert refused.exit_code in (11, 15)
