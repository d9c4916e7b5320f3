"""Bundles: what an honest PC writes is read, and what somebody with a key of his own may try is refused."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.bundle import container, file
from izsa_desktop.bundle.file import Sender
from izsa_desktop.bundle.trust import Member, TrustList
from izsa_desktop.domain.errors import Refused
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Revision
from tests.bundle.forge import (
    OFFICE_KEY,
    OTHER,
    PC,
    STRANGER,
    TRUST,
    comment,
    forged,
    good,
    lines,
    manifest,
    payload,
    refusal,
    revision,
    seal,
    verify,
)
from tests.bundle.test_signing import SMALL_ORDER, forge_for, weak_key
from tests.support import BORNOVA, KONAK, RECORD, make_revision, worlds


def _written(*revisions: Revision, seq: int = 1) -> bytes:
    sender = Sender(BORNOVA, PC.key_id)
    data, _ = file.write(revisions, sender=sender, to=OFFICE, seq=seq, prev="ab" * 32, created="2025-03-15", key=PC)
    return data


def test_what_is_written_is_read() -> None:
    first = revision()
    revisions = (first, revision({"title": "b"}, first, seq=2))
    data, sha256 = file.write(
        revisions, sender=Sender(BORNOVA, PC.key_id), to=OFFICE, seq=3, prev="ab" * 32, created="2025-03-15", key=PC
    )
    read = verify(data)
    assert read.revisions == revisions
    assert read.sha256 == sha256 == hashlib.sha256(container.unpack(data)["payload.zip"]).hexdigest()
    assert read.signer == TRUST.members[PC.key_id]
    assert (read.manifest.seq, read.manifest.prev, read.manifest.to) == (3, "ab" * 32, OFFICE)
    assert read.manifest.sender == Sender(BORNOVA, PC.key_id)
    assert read.manifest.created == "2025-03-15"


def test_the_same_content_gives_the_same_bytes_and_an_empty_bundle_is_one() -> None:
    assert _written(revision()) == _written(revision())
    assert verify(_written()).revisions == ()


@given(worlds())
def test_any_history_is_carried(revisions: list[Revision]) -> None:
    own = []
    by_id: dict[str, Revision] = {}
    for n, other in enumerate(revisions, start=1):
        parents = [by_id[parent] for parent in other.parents]
        by_id[other.id] = revision(dict(other.registers), *parents, seq=n, wall=other.wall)
        own.append(by_id[other.id])
    assert verify(_written(*own)).revisions == tuple(own)


def test_the_forger_of_this_test_can_make_a_good_one() -> None:
    assert verify(good()).revisions == (revision(),)
    assert container.unpack(good())["payload.zip"] == payload()
    plain = json.loads(container.unpack(payload())["manifest.json"])
    assert rfc8785.dumps(plain) == container.unpack(payload())["manifest.json"]


# --- who signed (A03, A04, A05, A08, A15) ------------------------------------------------------------------------------


def test_a_pc_that_nobody_enrolled() -> None:
    sender = {"district": BORNOVA, "replica": STRANGER.key_id}
    content = lines(make_revision(replica=STRANGER.key_id))
    made = seal(payload(content, **{"from": sender}), STRANGER, replica=STRANGER.key_id)
    assert refusal(made) == (11, "unknown_signer")


def test_a_stranger_who_says_he_is_a_known_pc() -> None:
    assert refusal(seal(payload(), STRANGER)) == (10, "signature")


@pytest.mark.parametrize("signer", [OTHER, OFFICE_KEY], ids=["Konak", "office"])
def test_a_known_pc_that_speaks_for_another(signer: Any) -> None:
    assert refusal(seal(payload(), signer)) == (11, "wrong_signer")
    assert refusal(seal(payload(), signer, replica=signer.key_id)) == (11, "wrong_signer")


def test_a_pc_that_claims_another_district_as_a_whole() -> None:
    sender = {"district": KONAK, "replica": PC.key_id}
    content = lines(make_revision(record=f"{KONAK}/{'0' * 32}", replica=PC.key_id))
    assert refusal(forged(content, **{"from": sender})) == (11, "wrong_signer")


@pytest.mark.parametrize(
    "changes",
    [
        {"from": {"district": KONAK, "replica": PC.key_id}},
        {"from": {"district": BORNOVA, "replica": OTHER.key_id}},
        {"to": KONAK},
        {"seq": 2},
        {"kind": "trust"},
    ],
    ids=str,
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
    assert refusal(forged(min_reader=2)) == (17, "newer_format")
    assert refusal(forged(min_reader=2, members="a form of the future")) == (17, "newer_format")
    future = rfc8785.dumps({**json.loads(revision().body), "v": 2})
    assert refusal(forged(future + b"\n")) == (17, "newer_records")
    assert verify(forged(format=2, schema=3, gelecek={"a": 1})).revisions == (revision(),)


@pytest.mark.parametrize("to", [KONAK, BORNOVA])
def test_a_bundle_for_another_addressee(to: str) -> None:
    assert refusal(forged(to=to)) == (18, "addressee")
    assert verify(forged(to=to), reader=to).manifest.to == to


# --- what it holds (A07, A16, A18, A25, A26) ---------------------------------------------------------------------------


@pytest.mark.parametrize("record", [f"{KONAK}/{'0' * 32}", f"{OFFICE}/{'0' * 32}", f"TUR035008/{'a1' * 16}"])
def test_one_record_of_another_body_spoils_the_bundle(record: str) -> None:
    """Codes are equal or not: the office's is a prefix of every district's."""
    foreign = revision(record=record, seq=2)
    assert refusal(good(revision(), foreign)) == (12, "foreign_district")


def test_the_office_writes_nothing_for_a_district() -> None:
    sender = {"district": OFFICE, "replica": OFFICE_KEY.key_id}
    content = lines(make_revision(replica=OFFICE_KEY.key_id))
    made = payload(content, **{"from": sender})
    data = seal(made, OFFICE_KEY, district=OFFICE, replica=OFFICE_KEY.key_id)
    assert refusal(data) == (12, "foreign_district")


def test_a_revision_in_the_name_of_another_pc() -> None:
    assert refusal(good(revision(replica=OTHER.key_id))) == (12, "foreign_replica")


def test_a_revision_of_another_type() -> None:
    assert refusal(good(revision(type_="note")))[0] == 12


def test_a_parent_that_belongs_to_another_record() -> None:
    other = revision(record=RECORD[:-1] + "0")
    assert refusal(good(other, revision({"title": "b"}, other, seq=2))) == (12, "foreign_parent")
    later_first = (revision({"title": "b"}, other, seq=2), other)
    assert refusal(good(*later_first)) == (12, "foreign_parent")


def test_a_parent_that_is_not_here_is_for_the_store_to_wait_for() -> None:
    orphan = revision({"title": "b"}, make_revision({"title": "elsewhere"}), seq=2)
    assert verify(good(orphan)).revisions == (orphan,)


def test_a_revision_twice() -> None:
    assert refusal(good(revision(), revision())) == (15, "revision_twice")


@pytest.mark.parametrize(
    "content",
    [
        lines(revision())[:-1],
        lines(revision()) + b"\n",
        b"\n" + lines(revision()),
        lines(revision()).replace(b"\n", b"\r\n"),
        lines(revision()) + b"{}\n",
        b"\n",
        b"null\n",
        b"[" * 100_000 + b"\n",
        b"\xff\n",
        b"\xef\xbb\xbf" + lines(revision()),
    ],
)
def test_lines_that_are_no_revisions(content: bytes) -> None:
    assert refusal(forged(content))[0] == 15


@pytest.mark.parametrize(
    "changes",
    [
        {"members": {}},
        {"members": {"revisions.jsonl": {"size": 0, "sha256": "0" * 64}}},
        {"members": {**manifest(lines(revision()))["members"], "x": {"size": 0, "sha256": ""}}},
        {"counts": {"revisions": 2}},
        {"counts": {}},
        {"counts": None},
        {"counts": {"revisions": True}},
        {"prev": None},
        {"prev": 5},
        {"prev": "0" * 63},
        {"created": "x" * 41},
        {"created": "2025\x07"},
        {"created": None},
        {"from": {"district": BORNOVA}},
        {"seq": "1"},
        {"schema": None},
        {"min_reader": "1"},
        {"mode": ["full"]},
    ],
    ids=str,
)
def test_manifests_that_do_not_fit(changes: dict[str, Any]) -> None:
    made = payload(**changes)
    assert refusal(seal(made))[0] == 15


def _with_manifest(body: bytes) -> bytes:
    return seal(container.pack({"manifest.json": body, "revisions.jsonl": lines(revision())}))


BODY = rfc8785.dumps(manifest(lines(revision())))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        BODY + b"\n",
        b" " + BODY,
        b"\xef\xbb\xbf" + BODY,
        BODY.replace(b'"seq":1', b'"seq":1,"seq":1'),
        BODY.replace(b'"seq":1', b'"seq":1.0'),
        BODY.replace(b'"seq":1', b'"seq":1e0'),
        BODY.replace(b'"seq":1', b'"seq":true'),
        BODY.replace(b'"full"', b'"\\u0066ull"'),
        BODY.replace(b'"full"', b'"f\xffll"'),
        BODY.replace(b'"full"', b'"\\ud800"'),
        BODY.replace(b'"schema":1', b'"schema":NaN'),
        BODY.replace(b'"schema":1', b'"schema":1e400'),
        BODY.replace(b'"schema":1', b'"schema":' + b"1" * 5000),
        BODY.replace(b'"schema":1', b'"schema":' + b"[" * 100_000 + b"]" * 100_000),
        BODY[:-1] + b',"\xef\xbf\xbd":1,"\xf0\x9f\x98\x80":1}',
        BODY[:-1] + b',"\xf0\x9f\x98\x80":1,"\xef\xbf\xbd":1}',
        BODY[:-1] + b',"x":1.0}',
        BODY[:-1] + b',"x":0.5}',
    ],
)
def test_a_manifest_of_another_form(body: bytes) -> None:
    assert body != BODY
    assert refusal(_with_manifest(body))[0] == 15


def test_other_members_another_order_or_none() -> None:
    inner = {"manifest.json": BODY, "revisions.jsonl": lines(revision())}
    turned = dict(reversed(inner.items()))
    for members in (turned, {**inner, "x": b""}, {"manifest.json": BODY}, {"revisions.jsonl": b""}, {}):
        assert refusal(seal(container.pack(members)))[0] == 15
    outer = container.unpack(good())
    for members in (dict(reversed(outer.items())), {**outer, "x": b""}, {"payload.zip": b""}, {}):
        assert refusal(container.pack(members)) == (15, "container")
    named = {"Payload.zip": outer["payload.zip"], "payload.zip.minisig": outer["payload.zip.minisig"]}
    assert refusal(container.pack(named)) == (15, "container")


def test_a_payload_that_is_no_canonical_zip_is_refused_though_it_is_signed() -> None:
    for content in (b"", b"x", payload() + b"\n", b"MZ" + payload(), payload()[:-2] + b"\1\0x"):
        assert refusal(seal(content)) == (15, "container")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    long_line = revision({"x": "a" * 300_000})
    assert refusal(good(long_line)) == (16, "line_too_long")
    many = [f"{n:064x}" for n in range(65)]
    parents = rfc8785.dumps({**json.loads(revision().body), "parents": many})
    assert refusal(forged(parents + b"\n")) == (16, "too_many_parents")
    assert refusal(forged(b"\n" * 50_001)) == (16, "too_many_revisions")
    monkeypatch.setattr(file, "MAX_FILE", len(good()))
    assert verify(good()).revisions == (revision(),)
    monkeypatch.setattr(file, "MAX_FILE", len(good()) - 1)
    assert refusal(good()) == (16, "file_too_large")


# --- anything else -----------------------------------------------------------------------------------------------------


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    assert refusal(data) == (15, "container")


@given(st.binary(max_size=300), st.binary(max_size=300), st.booleans())
def test_any_members_are_refused(one: bytes, other: bytes, signed: bool) -> None:
    members = {"payload.zip": one, "payload.zip.minisig": PC.sign(one, comment(one)) if signed else other}
    assert refusal(container.pack(members))[0] == 15


_WHATEVER = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(manifest(b""))), _WHATEVER)
def test_any_member_of_a_manifest_is_read_or_refused(name: str, value: Any) -> None:
    try:
        body = rfc8785.dumps({**manifest(lines(revision())), name: value})
    except rfc8785.CanonicalizationError:
        return
    try:
        read = verify(_with_manifest(body))
    except Refused as refused:
        assert refused.exit_code in (11, 15, 17)  # noqa: PT017
    else:
        assert read.revisions == (revision(),)


def test_a_verified_bundle_is_a_value() -> None:
    read = verify(good())
    assert replace(read) == verify(good())
