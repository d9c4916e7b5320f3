"""One trust list after another: which are taken, in what order, and which no careful office would have signed."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from izsa_desktop.bundle import trust
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.bundle.trust import Member, SignedList, TrustList
from izsa_desktop.domain.errors import Refused, Untrusted
from izsa_desktop.domain.reference import OFFICE
from tests.bundle.forge import OFFICE_KEY, OTHER, PC, TRUST
from tests.bundle.forge2 import derived_key
from tests.bundle.test_signing import SMALL_ORDER, renamed, weak_key
from tests.support import BORNOVA

ROOTS = (OFFICE_KEY.public.text,)
BODY, SIGNATURE = TRUST.to_bytes(), trust.sign(TRUST, OFFICE_KEY)


def _sealed(plain: TrustList, *signers: SecretKey, version: int | None = None) -> SignedList:
    """A list as a member of a bundle whose name says this version."""
    made = trust.signed(plain, *(signers or (OFFICE_KEY,)))
    return SignedList(plain.version if version is None else version, made.body, made.signatures)


THIRD = TRUST.next("2025-04-01T07:00:00Z", review_by="2026-04-01")
FOURTH = THIRD.next("2025-05-01T07:00:00Z", roots=(OTHER.public.text,))
"""The office's key changes."""
FIFTH = FOURTH.next("2025-06-01T07:00:00Z")
CHAIN = [_sealed(THIRD), _sealed(FOURTH, OFFICE_KEY, OTHER), _sealed(FIFTH, OTHER)]
NOBODY = TrustList(version=0, issued="", roots=(), members={})


def _refusal(call: Callable[[], object]) -> tuple[int, str, str]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.exit_code, caught.value.reason, caught.value.detail


def _refused(*came: SignedList, current: TrustList = TRUST, anchor: str = "") -> tuple[int, str, str]:
    return _refusal(lambda: trust.advance(current, current.to_bytes(), came, anchor))


def test_newer_lists_are_taken_in_their_order_and_older_ones_take_nothing_back() -> None:
    first = _sealed(trust.first_list(OFFICE_KEY.public, "Koordinatör", "2025-03-01T07:00:00Z", OFFICE))
    own = SignedList(2, BODY, SIGNATURE)
    assert trust.advance(TRUST, BODY, []) == (TRUST, [])
    assert trust.advance(TRUST, BODY, [own, first]) == (TRUST, [])
    assert trust.advance(TRUST, BODY, [CHAIN[1], own, CHAIN[0], first, CHAIN[2]]) == (FIFTH, CHAIN)
    foreign = _sealed(trust.first_list(PC.public, "?", "2020", OFFICE), PC)  # version 1, of roots that nobody knows
    assert trust.advance(TRUST, BODY, [foreign]) == (TRUST, [])
    with pytest.raises(Untrusted):
        trust.advance(TRUST, BODY, CHAIN[2:])


def test_whoever_has_no_list_begins_where_the_fingerprint_was_compared() -> None:
    begin = [_sealed(TRUST), *CHAIN]
    assert trust.advance(NOBODY, b"", begin, TRUST.fingerprint) == (FIFTH, begin)
    assert trust.advance(NOBODY, b"", begin, FOURTH.fingerprint) == (FIFTH, CHAIN[1:])
    assert trust.advance(NOBODY, b"", []) == (NOBODY, [])
    assert _refused(*begin, current=NOBODY) == (11, "unknown_office", "")
    assert _refused(*begin, current=NOBODY, anchor=THIRD.next("", threshold=2).fingerprint)[1] == "unknown_office"
    posed = SignedList(2, BODY, trust.sign(TRUST, PC))
    assert _refused(posed, current=NOBODY, anchor=TRUST.fingerprint) == (11, "unknown_signer", PC.key_id)


def test_a_version_stands_for_one_list() -> None:
    other = msgspec.structs.replace(TRUST, issued="2025-03-09T07:00:00Z")
    assert _refused(_sealed(other)) == (13, "two_trust_lists", "2")
    assert _refused(_sealed(other, PC)) == (11, "unknown_signer", PC.key_id)
    again = msgspec.structs.replace(THIRD, issued="2025-04-02T07:00:00Z")
    assert _refused(_sealed(THIRD), _sealed(again)) == (13, "two_trust_lists", "3")
    assert _refused(_sealed(THIRD, version=4)) == (15, "trust_list", "version")


def test_no_list_is_more_than_a_thousand_versions_ahead() -> None:
    far = msgspec.structs.replace(TRUST, version=1002)
    assert trust.advance(TRUST, BODY, [_sealed(far)])[0] == far
    assert _refused(_sealed(msgspec.structs.replace(TRUST, version=1003))) == (13, "trust_jump", "1003")
    assert trust.advance(NOBODY, b"", [_sealed(far)], TRUST.fingerprint)[0] == far


def test_where_the_roots_change_as_many_as_either_list_wants_must_sign() -> None:
    both = (OFFICE_KEY.public.text, OTHER.public.text)
    cases: list[tuple[dict[str, Any], tuple[SecretKey, ...], str]] = [
        ({"roots": both[1:]}, (OFFICE_KEY,), "unknown_signer"),
        ({"roots": both[1:]}, (OTHER,), "unknown_signer"),
        ({"roots": both, "threshold": 2}, (OFFICE_KEY,), "too_few_roots"),
    ]
    for changes, signers, reason in cases:
        assert _refused(_sealed(TRUST.next("", **changes), *signers))[:2] == (11, reason)
    two = TRUST.next("", roots=both, threshold=2)
    begin = _sealed(two, OFFICE_KEY, OTHER)
    assert trust.advance(TRUST, BODY, [begin])[0] == two
    assert _refused(begin, _sealed(two.next("", threshold=1)))[1] == "too_few_roots"
    raised = TRUST.next("", roots=both)
    assert trust.advance(TRUST, BODY, [_sealed(raised)])[0] == raised
    assert _refused(_sealed(raised), _sealed(raised.next("", threshold=2)))[1] == "too_few_roots"


# --- lists that no careful office would have signed ------------------------------------------------------------------


def _roots(count: int) -> tuple[str, ...]:
    return tuple(derived_key(f"root {n}").public.text for n in range(count))


TWIN = derived_key("twin", bytes.fromhex(OFFICE_KEY.key_id)[::-1]).public.text
"""Another point under the id of the office's key."""
SAME_POINT = renamed(OFFICE_KEY.public).text
"""The office's point under another id."""


@pytest.mark.parametrize(
    "changes",
    [
        {"threshold": 0},
        {"threshold": -1},
        {"threshold": 2},
        {"roots": ()},
        {"roots": _roots(11)},
        {"roots": ROOTS * 2},
        {"roots": (*ROOTS, TWIN)},
        {"roots": (*ROOTS, SAME_POINT)},
        {"members": {OTHER.key_id: TRUST.members[PC.key_id]}},
        {"members": {PC.key_id: Member(key=PC.public.text, district="TUR036", person="?")}},
        {"members": {PC.key_id: Member(key=PC.public.text, district="TUR0350071", person="?")}},
        {"members": {PC.key_id: Member(key=PC.public.text, district=BORNOVA, person="?", revoked_in=4)}},
    ],
    ids=range(12),
)
def test_an_unsound_list_is_refused_though_it_is_signed(changes: dict[str, Any]) -> None:
    unsound = trust.signed(TRUST.next("", **changes), OFFICE_KEY)
    expected = (15, "trust_list", "roots, members")
    assert _refusal(lambda: trust.read(unsound.body, unsound.signatures, ROOTS)) == expected


def test_a_list_with_as_many_roots_as_may_be_is_sound() -> None:
    most = TRUST.next("", roots=_roots(10), threshold=10)
    signed = trust.signed(most, OFFICE_KEY)
    assert trust.read(signed.body, signed.signatures, ROOTS) == most


@pytest.mark.parametrize("of", ["roots", "members"])
def test_a_list_with_a_weak_key_is_refused(of: str) -> None:
    weak = weak_key(SMALL_ORDER[2])
    member = Member(key=weak.text, district=BORNOVA, person="?")
    changes: dict[str, Any] = {"roots": (*ROOTS, weak.text)} if of == "roots" else {"members": {weak.key_id: member}}
    signed = trust.signed(TRUST.next("", **changes), OFFICE_KEY)
    assert _refusal(lambda: trust.read(signed.body, signed.signatures, ROOTS))[:2] == (11, "weak_key")
