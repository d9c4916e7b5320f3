"""Who signed a bundle, for whom, and as what: everybody but the right PC is refused (A03, A04, A05, A08, A15)."""

import json
from typing import Any

import pytest
import rfc8785

from izsa_desktop.bundle import container
from izsa_desktop.bundle.trust import Member, TrustList
from tests.bundle.forge import (
    OFFICE_KEY,
    OTHER,
    PC,
    SECOND,
    STRANGER,
    TRUST,
    comment,
    forged,
    good,
    lines,
    payload,
    refusal,
    revision,
    seal,
    verify,
)
from tests.bundle.test_signing import SMALL_ORDER, forge_for, weak_key
from tests.support import BORNOVA, KEMALPASA, make_revision


def test_a_pc_that_nobody_enrolled() -> None:
    sender = {"district": BORNOVA, "replica": STRANGER.key_id}
    content = lines(make_revision(replica=STRANGER.key_id))
    made = seal(payload(content, **{"from": sender}), STRANGER, replica=STRANGER.key_id)
    assert refusal(made) == (11, "unknown_signer")


def test_a_stranger_who_says_he_is_a_known_pc() -> None:
    assert refusal(seal(payload(), STRANGER)) == (10, "signature")


@pytest.mark.parametrize("signer", [OTHER, OFFICE_KEY, SECOND], ids=["Konak", "office", "Bornova's second"])
def test_a_known_pc_that_speaks_for_another(signer: Any) -> None:
    assert refusal(seal(payload(), signer)) == (11, "wrong_signer")
    assert refusal(seal(payload(), signer, replica=signer.key_id)) == (11, "wrong_signer")


def test_a_pc_that_claims_another_district_as_a_whole() -> None:
    sender = {"district": KEMALPASA, "replica": PC.key_id}
    content = lines(make_revision(record=f"{KEMALPASA}/{'0' * 32}", replica=PC.key_id))
    assert refusal(forged(content, **{"from": sender})) == (11, "wrong_signer")


@pytest.mark.parametrize(
    "changes",
    [
        {"from": {"district": KEMALPASA, "replica": PC.key_id}},
        {"from": {"district": BORNOVA, "replica": OTHER.key_id}},
        {"to": KEMALPASA},
        {"seq": 2},
        {"kind": "trust"},
    ],
    ids=range(5),
)
def test_a_manifest_that_says_other_than_the_signed_comment(changes: dict[str, Any]) -> None:
    assert refusal(seal(payload(**changes))) == (11, "wrong_signer")


@pytest.mark.parametrize(("after", "accepted"), [(None, {1, 2, 3}), (2, {1, 2}), (1, {1}), (0, set())])
def test_a_revoked_pc_counts_up_to_its_last_number(after: int | None, accepted: set[int]) -> None:
    member = Member(key=PC.public.text, district=BORNOVA, person="Ayşe", revoked_after_seq=after)
    trust = TrustList(version=3, issued="", roots=TRUST.roots, members={PC.key_id: member})
    for seq in (1, 2, 3):
        if seq in accepted:
            assert verify(good(seq=seq), trust).manifest.seq == seq
        else:
            assert refusal(good(seq=seq), trust) == (11, "revoked")


def test_a_pc_does_not_count_before_its_first_number() -> None:
    member = Member(key=PC.public.text, district=BORNOVA, person="Ayşe", valid_from_seq=2)
    trust = TrustList(version=3, issued="", roots=TRUST.roots, members={PC.key_id: member})
    assert refusal(good(seq=1), trust) == (11, "revoked")
    assert verify(good(seq=2), trust).manifest.seq == 2


def test_a_weak_key_that_came_into_the_list_signs_nothing() -> None:
    weak = weak_key(SMALL_ORDER[0])
    member = Member(key=weak.text, district=BORNOVA, person="?")
    trust = TrustList(version=3, issued="", roots=(), members={weak.key_id: member})
    content = payload(b"", **{"from": {"district": BORNOVA, "replica": weak.key_id}})
    signature = forge_for(weak, content, comment(content, replica=weak.key_id))
    made = container.pack({"payload.zip": content, "payload.zip.minisig": signature})
    assert refusal(made, trust) == (10, "signature")


def test_the_list_has_another_key_under_this_name() -> None:
    member = Member(key=OTHER.public.text, district=BORNOVA, person="?")
    trust = TrustList(version=3, issued="", roots=(), members={PC.key_id: member})
    assert refusal(good(), trust) == (10, "signature")


def test_parts_of_two_good_bundles_make_none() -> None:
    one, two = (container.unpack(good(revision({"title": t}), seq=n)) for n, t in ((1, "a"), (2, "b")))
    mixed = container.pack({"payload.zip": one["payload.zip"], "payload.zip.minisig": two["payload.zip.minisig"]})
    assert refusal(mixed) == (10, "signature")
    first, second = container.unpack(one["payload.zip"]), container.unpack(two["payload.zip"])
    inner = container.pack({"manifest.json": first["manifest.json"], "revisions.jsonl": second["revisions.jsonl"]})
    for part in (one, two):
        assert refusal(container.pack({**part, "payload.zip": inner})) == (10, "signature")
    assert refusal(seal(inner)) == (15, "member_hash")


@pytest.mark.parametrize(
    "text",
    [
        "izsa1 trust version=2",
        "izsa1 enrolment",
        "",
        "izsa2 " + comment(payload())[6:],
        comment(payload()) + " ",
        " " + comment(payload()),
        comment(payload(), seq=0),
        comment(payload(), seq="01"),
        comment(payload(), seq=1_000_000_000),
        comment(payload(), district="TUR034001"),
        comment(payload(), district="TUR03500"),
        comment(payload(), replica=PC.key_id.upper()),
        comment(payload(), kind="Submission"),
    ],
)
def test_a_signature_over_another_comment_is_no_bundles_signature(text: str) -> None:
    assert refusal(seal(payload(), text=text)) == (15, "signature_comment")


def test_a_comment_with_the_hash_of_another_payload() -> None:
    assert refusal(seal(payload(), sha256="0" * 64)) == (10, "signature")


def test_what_only_a_later_version_knows_is_told_from_damage() -> None:
    assert refusal(forged(kind="catalogue")) == (17, "kind")
    assert refusal(forged(mode="delta")) == (17, "mode")
    assert refusal(forged(min_reader=3)) == (17, "newer_format")
    assert refusal(forged(min_reader=3, members="a form of the future")) == (17, "newer_format")
    future = rfc8785.dumps({**json.loads(revision().body), "v": 2})
    assert refusal(forged(future + b"\n")) == (17, "newer_records")
    assert verify(forged(schema=3, gelecek={"a": 1})).revisions == (revision(),)


@pytest.mark.parametrize("to", [KEMALPASA, BORNOVA])
def test_a_bundle_for_another_addressee(to: str) -> None:
    assert refusal(forged(to=to)) == (18, "addressee")
    assert verify(forged(to=to), reader=to).manifest.to == to
