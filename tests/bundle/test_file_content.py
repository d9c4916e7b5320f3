"""What a bundle holds, signed by the right key: foreign records, odd manifests, limits (A07, A16, A18, A25, A26)."""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.bundle import container, file
from izsa_desktop.domain.errors import Refused
from izsa_desktop.domain.reference import OFFICE
from tests.bundle.forge import (
    OFFICE_KEY,
    OTHER,
    PC,
    comment,
    forged,
    good,
    lines,
    manifest,
    opened,
    payload,
    refusal,
    revision,
    seal,
    verify,
)
from tests.support import BORNOVA, KEMALPASA, RECORD, make_revision


@pytest.mark.parametrize("record", [f"{KEMALPASA}/{'0' * 32}", f"{OFFICE}/{'0' * 32}", f"TUR035008/{'a1' * 16}"])
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
    assert refusal(good(revision(type_="note"))) == (17, "record_type")


def test_what_the_office_decides_is_not_the_senders_to_say() -> None:
    assert refusal(good(revision({"title": "a", "review": "onaylandı"}))) == (12, "not_yours_to_decide")
    assert verify(good(revision({"title": "a", "review": "gönderildi"}))).count == 1


@pytest.mark.parametrize(
    ("registers", "said"),
    [({"_deleted": True}, "_deleted: true"), ({"told/TUR035021": {"said": "İ"}}, 'told/TUR035021: {"said": "İ"}')],
)
def test_what_is_refused_is_said_as_it_is_written_in_the_file(registers: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused) as refused:
        verify(good(revision(registers, type_="joint")))
    assert refused.value.detail == said


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
    outer = opened(good())
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


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    assert refusal(data) == (15, "container")


@given(st.binary(max_size=300), st.binary(max_size=300), st.booleans())
def test_any_members_are_refused(one: bytes, other: bytes, signed: bool) -> None:
    members = {"payload.zip": one, "payload.zip.minisig": PC.sign(one, comment(one)) if signed else other}
    assert refusal(container.pack(members))[0] == 15


_WHATEVER = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
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
        assert refused.exit_code in (11, 15, 17)
    else:
        assert read.revisions == (revision(),)
