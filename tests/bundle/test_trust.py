"""The trust list: versions rise, only a root signs it, and its signature is good for nothing else."""

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.bundle import container, trust
from izsa_desktop.bundle.manifest import LAST_SEQ
from izsa_desktop.bundle.signing import read_signature
from izsa_desktop.bundle.trust import COORDINATE, ENTER, READ, Member, TrustList
from izsa_desktop.domain.errors import BadSignature, Malformed, OverLimit, Refused, Untrusted
from izsa_desktop.domain.reference import OFFICE
from tests.bundle.forge import OFFICE_KEY, OTHER, PC, TRUST, comment, payload, refusal
from tests.bundle.test_signing import SMALL_ORDER, weak_key
from tests.support import BORNOVA, KEMALPASA

ROOTS = (OFFICE_KEY.public.text,)
BODY, SIGNATURE = TRUST.to_bytes(), trust.sign(TRUST, OFFICE_KEY)


def test_a_list_is_read_as_it_was_signed() -> None:
    assert trust.read(BODY, SIGNATURE, ROOTS) == TRUST
    assert msgspec.json.decode(BODY, type=TrustList) == TRUST
    assert rfc8785.dumps(msgspec.json.decode(BODY)) == BODY


def test_who_has_no_key_for_reading_is_written_as_before_there_were_any() -> None:
    reads = Member(key=PC.public.text, district=OFFICE, person="Ayşe", reader="age1ayşe")
    written = rfc8785.dumps(msgspec.json.decode(TRUST.admit([reads], "").to_bytes()))
    assert written.count(b'"reader"') == 1 and b'"reader"' not in BODY
    assert msgspec.json.decode(written, type=TrustList).members[PC.key_id].reader == "age1ayşe"


def test_the_first_list_knows_the_office_alone_and_each_version_is_one_higher() -> None:
    first = trust.first_list(OFFICE_KEY.public, "Koordinatör", "2025-03-01T07:00:00Z", "TUR035")
    assert first.version == 1
    assert set(first.members) == {OFFICE_KEY.key_id}
    assert trust.read(first.to_bytes(), trust.sign(first, OFFICE_KEY), ROOTS) == first
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
    with pytest.raises(Malformed) as caught:
        trust.read(body, OFFICE_KEY.sign(body, "izsa1 trust version=2"), ROOTS)
    assert caught.value.reason == "trust_list"


@given(st.binary(max_size=60), st.integers(0, len(BODY)), st.integers(0, 20))
def test_whatever_a_root_signs_is_a_list_or_refused(put: bytes, at: int, cut: int) -> None:
    body = BODY[:at] + put + BODY[at + cut :]
    try:
        assert trust.read(body, OFFICE_KEY.sign(body, "izsa1 trust version=2"), ROOTS).version == 2
    except Refused as refused:
        assert refused.exit_code in (11, 15)


# --- what a list says ------------------------------------------------------------------------------------------------


def test_the_words_and_limits_are_those_of_the_format() -> None:
    assert (trust.KIND, READ, ENTER, COORDINATE) == ("trust", "read", "enter", "coordinate")
    limits = (trust.MAX_LIST, trust.MAX_LISTS, trust.MAX_JUMP, trust.MAX_ROOTS)
    assert limits == (4 * 1024 * 1024, 100, 1000, 10)


def test_what_is_not_said_of_a_pc_or_a_list() -> None:
    plain = Member(key=PC.public.text, district=BORNOVA, person="Ayşe")
    assert (plain.valid_from_seq, plain.revoked_after_seq, plain.roles, plain.since) == (1, None, (), "")
    assert (TRUST.threshold, TRUST.review_by, TRUST.recipients) == (1, "", ())


@pytest.mark.parametrize(
    ("district", "roles", "may"),
    [
        (OFFICE, (), True),
        (OFFICE, (COORDINATE,), True),
        (OFFICE, (READ, COORDINATE), True),
        (OFFICE, (READ,), False),
        (OFFICE, (ENTER,), False),
        (OFFICE, ("of tomorrow",), False),
        (BORNOVA, (), False),
        (BORNOVA, (COORDINATE,), False),
    ],
)
def test_who_speaks_for_the_office(district: str, roles: tuple[str, ...], may: bool) -> None:
    member = Member(key=PC.public.text, district=district, person="Ayşe", roles=roles)
    assert member.may_speak_for_office is may


def test_which_bundles_of_a_pc_count() -> None:
    member = Member(key=PC.public.text, district=BORNOVA, person="Ayşe", valid_from_seq=3, revoked_after_seq=5)
    assert [seq for seq in range(9) if member.may_send(seq)] == [3, 4, 5]
    member = Member(key=PC.public.text, district=BORNOVA, person="Ayşe")
    assert [seq for seq in range(9) if member.may_send(seq)] == [1, 2, 3, 4, 5, 6, 7, 8]
    shut_out = TRUST.next("", members={PC.key_id: msgspec.structs.replace(member, revoked_after_seq=0)})
    read = trust.read(shut_out.to_bytes(), trust.sign(shut_out, OFFICE_KEY), ROOTS)
    assert [seq for seq in range(9) if read.members[PC.key_id].may_send(seq)] == []


def test_who_is_shut_out_reads_nothing_any_more_but_with_a_new_key_goes_on_reading() -> None:
    reads = Member(key=PC.public.text, district=OFFICE, person="Ayşe", reader="age1ayşe")
    listed = msgspec.structs.replace(TRUST.admit([reads], ""), recipients=("age1ayşe", "age1kasa"))
    assert listed.shut_out(PC.key_id, 3, "").recipients == ("age1kasa",)
    assert listed.shut_out(PC.key_id, LAST_SEQ, "").recipients == ("age1ayşe", "age1kasa")


def test_the_fingerprint_hangs_on_the_roots_and_how_many_must_sign_and_on_nothing_else() -> None:
    two = {"roots": (PC.public.text, OFFICE_KEY.public.text)}
    prints = [TRUST, TRUST.next("", **two), TRUST.next("", **two, threshold=2), TRUST.next("", roots=two["roots"][:1])]
    assert len({one.fingerprint for one in prints}) == 4
    assert TRUST.next("", roots=two["roots"][::-1]).fingerprint == prints[1].fingerprint
    assert TRUST.next("2030-01-01", members={}, review_by="2031").fingerprint == TRUST.fingerprint
    assert [len(group) for group in TRUST.fingerprint.split(" ")] == [4, 4, 4, 4, 4]


def test_a_list_is_looked_through_again_after_a_year() -> None:
    assert trust.review_day("2025-03-01T23:59:59Z") == "2026-03-01"
    assert trust.review_day("2027-12-31T00:00:00Z") == "2028-12-30"


# --- signatures ------------------------------------------------------------------------------------------------------


def test_two_roots_sign_one_behind_the_other_and_either_is_looked_at() -> None:
    both = (OFFICE_KEY.public.text, OTHER.public.text)
    by_two = trust.signed(TRUST, OTHER, OFFICE_KEY)
    assert by_two == trust.signed(TRUST, OFFICE_KEY, OTHER)
    assert [read_signature(one).comment for one in by_two.split] == ["izsa1 trust version=2"] * 2
    assert trust.read(by_two.body, by_two.signatures, both, 2) == TRUST
    assert trust.read(by_two.body, by_two.signatures, ROOTS) == TRUST  # the other one changed to what it signed
    with pytest.raises(Untrusted) as caught:
        trust.read(BODY, SIGNATURE, both, 2)
    assert caught.value.reason == "too_few_roots"
    for key, text in ((OTHER, "izsa1 trust version=3"), (PC, "izsa1 trust version=3")):
        with pytest.raises(Untrusted) as caught:
            trust.read(BODY, SIGNATURE + key.sign(BODY, text), both)
        assert (caught.value.reason, caught.value.detail) == ("kind", text)
    with pytest.raises(Untrusted) as caught:
        trust.read(BODY, PC.sign(BODY, "izsa1 trust version=2"), ROOTS)
    assert (caught.value.reason, caught.value.detail) == ("unknown_signer", PC.key_id)
    with pytest.raises(Untrusted) as caught:
        trust.read(BODY, b"", ROOTS)
    assert (caught.value.reason, caught.value.detail) == ("unknown_signer", "")


def test_a_list_and_its_signatures_are_bounded() -> None:
    longest = msgspec.structs.replace(TRUST, review_by="9" * (trust.MAX_LIST - len(BODY)))
    assert len(longest.to_bytes()) == trust.MAX_LIST
    assert trust.read(longest.to_bytes(), trust.sign(longest, OFFICE_KEY), ROOTS) == longest
    longer = msgspec.structs.replace(longest, review_by=longest.review_by + "9")
    with pytest.raises(OverLimit) as caught:
        trust.read(longer.to_bytes(), trust.sign(longer, OFFICE_KEY), ROOTS)
    assert (caught.value.reason, caught.value.detail) == ("file_too_large", str(trust.MAX_LIST + 1))
    most = b"x\n" * (512 * trust.MAX_ROOTS)
    with pytest.raises(Malformed):
        trust.read(BODY, most, ROOTS)
    with pytest.raises(OverLimit):
        trust.read(BODY, most + b"\n", ROOTS)
