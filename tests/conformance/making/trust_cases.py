"""Lists of PCs that nobody may believe, in answers that the office has signed."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from izsa_desktop.bundle import trust
from izsa_desktop.bundle.signing import SecretKey
from izsa_desktop.bundle.trust import SignedList, TrustList, signed
from izsa_desktop.domain.revision import canonical
from tests.bundle.forge2 import OFFICE_KEY, PC, answer, derived_key
from tests.bundle.test_signing import SMALL_ORDER, weak_key
from tests.conformance.world import COORDINATOR, LIST_3, OTHER, STRANGER, TRUST, Case

NEW, SAFE = derived_key("new root"), derived_key("root in the safe")
_ISSUED = "2025-05-01T09:00:00Z"


def cases() -> Iterator[Case]:
    for name, (lists, code, reason) in {**_rotations(), **_versions(), **_unsound()}.items():
        yield Case(name, answer(lists=lists), code, reason, at="bornova")
    yield Case(
        "A04-first-answer-of-an-office-that-nobody-compared",
        answer(lists=[LIST_3]),
        11,
        "unknown_office",
        at="bornova-new",
    )
    strangers = trust.first_list(STRANGER.public, "Sahte", _ISSUED, "TUR035")
    posed = answer(lists=[signed(strangers, STRANGER)], signer=STRANGER)
    yield Case("A04-first-answer-of-another-office", posed, 11, "unknown_office", at="bornova-pinned")
    yield Case("A04-first-answer-without-a-list", answer(), 11, "unknown_signer", at="bornova-pinned")
    pinned = answer(lists=[SignedList(3, LIST_3.body, STRANGER.sign(LIST_3.body, "izsa1 trust version=3"))])
    yield Case("A12-first-list-signed-by-a-stranger", pinned, 11, "unknown_signer", at="bornova-pinned")


def _list(*signers: SecretKey, by: TrustList = TRUST, **changes: Any) -> SignedList:
    return signed(by.next(_ISSUED, **changes), *signers)


def _texts(*keys: SecretKey) -> tuple[str, ...]:
    return tuple(key.public.text for key in keys)


def _rotations() -> dict[str, tuple[list[SignedList], int, str]]:
    three = TRUST.next(_ISSUED, roots=_texts(OFFICE_KEY, NEW, SAFE), threshold=2)
    fourth = signed(three, OFFICE_KEY, NEW)
    fifth = three.next(_ISSUED)
    once = trust.sign(fifth, OFFICE_KEY)
    both = TRUST.next(_ISSUED, roots=_texts(OFFICE_KEY, NEW))
    changed = _texts(NEW)
    return {
        "A12-rotation-signed-by-the-new-key-alone": ([_list(NEW, roots=changed)], 11, "unknown_signer"),
        "A12-rotation-signed-by-the-old-key-alone": ([_list(OFFICE_KEY, roots=changed)], 11, "unknown_signer"),
        "A12-rotation-to-two-of-three-signed-by-one": ([signed(three, OFFICE_KEY)], 11, "too_few_roots"),
        "A12-one-key-signs-twice": ([fourth, SignedList(5, fifth.to_bytes(), once * 2)], 11, "too_few_roots"),
        "A12-one-of-two-signs": ([fourth, SignedList(5, fifth.to_bytes(), once)], 11, "too_few_roots"),
        "A12-a-root-and-a-stranger-sign": ([fourth, signed(fifth, OFFICE_KEY, STRANGER)], 11, "too_few_roots"),
        "A12-threshold-lowered-by-one": ([fourth, _list(OFFICE_KEY, by=three, threshold=1)], 11, "too_few_roots"),
        "A12-threshold-raised-by-one-key": (
            [_list(OFFICE_KEY, roots=_texts(OFFICE_KEY, NEW), threshold=2)],
            11,
            "too_few_roots",
        ),
        "A12-threshold-alone-raised-by-one-key": (
            [signed(both, OFFICE_KEY, NEW), _list(OFFICE_KEY, by=both, threshold=2)],
            11,
            "too_few_roots",
        ),
        "A12-signed-by-a-member": ([_list(PC)], 11, "unknown_signer"),
        "A12-signed-by-another-coordinator": ([_list(COORDINATOR)], 11, "unknown_signer"),
        "A12-signed-by-a-stranger": ([_list(STRANGER)], 11, "unknown_signer"),
        "A12-not-signed": ([SignedList(4, TRUST.next(_ISSUED).to_bytes(), b"")], 11, "unknown_signer"),
        "A12-the-old-root-signs-after-the-change": (
            [
                _list(OFFICE_KEY, NEW, roots=changed),
                signed(TRUST.next(_ISSUED, roots=changed).next(_ISSUED), OFFICE_KEY),
            ],
            11,
            "unknown_signer",
        ),
    }


def _versions() -> dict[str, tuple[list[SignedList], int, str]]:
    far = msgspec.structs.replace(TRUST, version=TRUST.version + 1001)
    body = TRUST.next(_ISSUED).to_bytes()
    changed = TRUST.next(_ISSUED, review_by="2030-01-01").to_bytes()
    same = msgspec.structs.replace(TRUST, issued=_ISSUED)
    return {
        "A11-a-thousand-and-one-versions-ahead": ([signed(far, OFFICE_KEY)], 13, "trust_jump"),
        "A11-the-same-version-with-other-bytes": ([signed(same, OFFICE_KEY)], 13, "two_trust_lists"),
        "A11-the-same-version-by-a-stranger": ([signed(same, STRANGER)], 11, "unknown_signer"),
        "A11-version-that-is-not-its-name": (
            [SignedList(7, body, OFFICE_KEY.sign(body, "izsa1 trust version=4"))],
            15,
            "trust_list",
        ),
        "A12-changed-after-signing": (
            [SignedList(4, changed, OFFICE_KEY.sign(body, "izsa1 trust version=4"))],
            10,
            "signature",
        ),
        "A12-signed-as-another-version": (
            [SignedList(4, body, OFFICE_KEY.sign(body, "izsa1 trust version=5"))],
            11,
            "kind",
        ),
        "A08-bundles-signature-on-a-list": (
            [SignedList(4, body, OFFICE_KEY.sign(body, "izsa1 office from=TUR035"))],
            11,
            "kind",
        ),
        "A12-signature-cut": (
            [SignedList(4, body, OFFICE_KEY.sign(body, "izsa1 trust version=4")[:-9])],
            15,
            "signature_file",
        ),
        "A12-signature-that-is-none": ([SignedList(4, body, b"evil\n")], 15, "signature_file"),
        "A18-signatures-without-end": ([SignedList(4, body, b"x\n" * 8192)], 16, "file_too_large"),
    }


def _signed(body: bytes, version: int = 4) -> SignedList:
    return SignedList(version, body, OFFICE_KEY.sign(body, f"izsa1 trust version={version}"))


def _unsound() -> dict[str, tuple[list[SignedList], int, str]]:
    """Signed by the office's own root, and refused even so."""
    weak = weak_key(SMALL_ORDER[0]).text
    twin = derived_key("twin", bytes.fromhex(OFFICE_KEY.key_id)[::-1])
    good = json.loads(TRUST.next(_ISSUED).to_bytes())
    member = good["members"][OTHER.key_id]

    def changed(**changes: Any) -> list[SignedList]:
        return [_signed(canonical({**good, **changes}))]

    def members(**changes: Any) -> list[SignedList]:
        return changed(members={**good["members"], OTHER.key_id: {**member, **changes}})

    plain = (15, "trust_list")
    return {
        "A06-weak-member": (changed(members={**good["members"], _id(weak): {**member, "key": weak}}), 11, "weak_key"),
        "A06-weak-root": ([_list(OFFICE_KEY, roots=(OFFICE_KEY.public.text, weak))], 11, "weak_key"),
        "A12-member-that-is-not-its-key": (members(key=STRANGER.public.text), *plain),
        "A12-member-whose-key-is-none": (members(key="x"), 15, "public_key"),
        "A12-member-of-no-district": (members(district="TUR036"), *plain),
        "A07-member-of-a-district-with-four-digits": (members(district="TUR0350181"), *plain),
        "A12-member-with-a-negative-number": (members(revoked_after_seq=-1), *plain),
        "A12-member-without-a-key": (changed(members={OTHER.key_id: {"district": "TUR035018"}}), *plain),
        "A12-threshold-of-nothing": (changed(threshold=0), *plain),
        "A12-threshold-of-more-than-there-are": (changed(threshold=2), *plain),
        "A12-no-roots": (changed(roots=[]), *plain),
        "A12-a-root-twice": (changed(roots=[OFFICE_KEY.public.text] * 2), *plain),
        "A12-two-roots-with-one-id": (changed(roots=list(_texts(OFFICE_KEY, twin))), *plain),
        "A18-eleven-roots": (
            changed(roots=list(_texts(OFFICE_KEY, *(derived_key(f"{n}") for n in range(10))))),
            *plain,
        ),
        "A12-version-zero": (
            [SignedList(4, b := canonical({**good, "version": 0}), OFFICE_KEY.sign(b, "izsa1 trust version=0"))],
            *plain,
        ),
        "A19-list-that-is-no-json": ([_signed(b"{")], *plain),
        "A19-list-20000-deep": ([_signed(b"[" * 20_000)], *plain),
        "A19-list-that-is-an-array": ([_signed(b"[]")], *plain),
        "A19-list-whose-version-is-a-text": (changed(version="4"), *plain),
    }


def _id(text: str) -> str:
    from izsa_desktop.bundle.signing import PublicKey

    return PublicKey(text).key_id
