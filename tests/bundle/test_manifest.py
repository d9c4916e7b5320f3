"""What a bundle says of itself: its limits, its place among the others, and that its signed comment says the same."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from izsa_desktop.bundle.manifest import MAX_MANIFEST, Manifest, Sender, comment, read_comment, read_manifest
from izsa_desktop.domain.errors import Malformed, Refused
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import canonical
from tests.bundle.forge2 import PC, REVISIONS, frame, lines, revision
from tests.bundle.forge2 import manifest as plain
from tests.support import BORNOVA

HASH = "ab" * 32
INSIDE = {REVISIONS: frame(lines(revision()))}
PLACE: dict[str, Any] = {"seq": 5, "prev": HASH, "follows": 4, "mode": "delta", "base": 3}


def _read(
    said: Mapping[str, Any], *, inside: Mapping[str, bytes] = INSIDE, form: bytes | None = None, **otherwise: str
) -> Manifest:
    """The manifest that says this, beside these members, under a comment that agrees but for what it says otherwise."""
    body = canonical(said) if form is None else form
    members = {"manifest.json": body, **inside}
    sender = Sender(said["from"]["district"], said["from"]["replica"])
    claim = read_comment(comment(said["kind"], sender, said["to"], said["seq"], HASH))
    return read_manifest({name: memoryview(content) for name, content in members.items()}, {**claim, **otherwise})


def _refusal(said: Mapping[str, Any], **how: Any) -> tuple[int, str, str]:
    with pytest.raises(Refused) as caught:
        _read(said, **how)
    return caught.value.exit_code, caught.value.reason, caught.value.detail


def test_a_comment_is_read_as_it_was_made() -> None:
    text = comment("submission", Sender(BORNOVA, PC.key_id), OFFICE, 999_999_999, HASH)
    assert text == f"izsa1 submission from=TUR035007/{PC.key_id} to=TUR035 seq=999999999 sha256={HASH}"
    assert read_comment(text) == {
        "kind": "submission",
        "district": BORNOVA,
        "replica": PC.key_id,
        "to": OFFICE,
        "seq": "999999999",
        "sha256": HASH,
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("izsa1", "izsa2"),
        ("submission", ""),
        ("submission", "s" * 21),
        ("submission", "Submission"),
        ("TUR035007/", "TUR0350/"),
        ("to=TUR035", "to=TUR036"),
        ("seq=5", "seq=0"),
        ("seq=5", "seq=05"),
        ("seq=5", "seq=1000000000"),
        ("seq=5", "seq=-5"),
        (HASH, HASH[:-1]),
        (HASH, HASH.upper()),
        (HASH, HASH + "\n"),
        ("izsa1", " izsa1"),
    ],
)
def test_another_comment_is_refused(old: str, new: str) -> None:
    text = comment("submission", Sender(BORNOVA, "0" * 16), OFFICE, 5, HASH)
    assert text.count(old) == 1
    with pytest.raises(Malformed) as caught:
        read_comment(text.replace(old, new))
    assert caught.value.reason == "signature_comment"


def test_the_place_of_a_bundle_is_what_it_says_or_in_format_1_what_its_number_says() -> None:
    assert _read(plain(INSIDE, 1, **PLACE)).place == (4, "delta", 3)
    oldest = plain(INSIDE, 1, format=1, min_reader=1, seq=3, follows=None, base=None, acks=None, trust_version=None)
    read = _read(oldest)
    assert (read.place, read.acks, read.trust_version) == ((2, "full", 0), {}, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"base": 4},
        {"base": 0},
        {"follows": 1},
        {"mode": "full", "base": 0},
        {"prev": "", "follows": 0},
        {"seq": 1, "prev": "", "follows": 0, "base": 0},
    ],
    ids=str,
)
def test_places_that_can_be(changes: dict[str, Any]) -> None:
    said = {**PLACE, **changes}
    assert _read(plain(INSIDE, 1, **said)).place == (said["follows"], said["mode"], said["base"])


@pytest.mark.parametrize(
    "changes",
    [
        {"follows": 5},
        {"follows": 6},
        {"base": 5},
        {"base": 6},
        {"mode": "full"},
        {"prev": ""},
        {"follows": 0},
        {"seq": 1, "follows": 1, "base": 0},
    ],
    ids=str,
)
def test_places_that_cannot_be(changes: dict[str, Any]) -> None:
    assert _refusal(plain(INSIDE, 1, **{**PLACE, **changes})) == (15, "manifest", "place")


@pytest.mark.parametrize(
    ("name", "other"),
    [("kind", "office"), ("district", "TUR035018"), ("replica", "0" * 16), ("to", BORNOVA), ("seq", "2")],
)
def test_a_manifest_says_what_its_signed_comment_says(name: str, other: str) -> None:
    assert _refusal(plain(INSIDE, 1), **{name: other}) == (11, "wrong_signer", BORNOVA)


def test_a_manifest_is_bounded() -> None:
    room = MAX_MANIFEST - len(canonical(plain(INSIDE, 1, note="")))
    assert MAX_MANIFEST == 4 * 1024 * 1024
    assert _read(plain(INSIDE, 1, note="a" * room)).seq == 1
    assert _refusal(plain(INSIDE, 1, note="a" * (room + 9))) == (16, "file_too_large", str(MAX_MANIFEST + 9))


def test_numbers_are_bounded() -> None:
    most: dict[str, Any] = {"acks": {PC.key_id: {"seq": 999_999_999, "sha256": HASH}}, "trust_version": 2**53 - 1}
    assert _read(plain(INSIDE, 1, **most)).acks[PC.key_id].seq == 999_999_999
    none = {"acks": {PC.key_id: {"seq": 0, "sha256": HASH}}}
    nothing: dict[str, Any] = {**none, "trust_version": 0, "counts": {"revisions": 0}}
    assert _read(plain(INSIDE, 1, **nothing)).acks[PC.key_id].seq == 0
    wrong: list[dict[str, Any]] = [
        {"acks": {PC.key_id: {"seq": 1_000_000_000, "sha256": HASH}}},
        {"acks": {PC.key_id: {"seq": -1, "sha256": HASH}}},
        {"acks": {PC.key_id: {"seq": 1, "sha256": HASH + "\n"}}},
        {"trust_version": -1},
        {"counts": {"revisions": -1}},
        {"format": 0},
        {"created": "x" * 41},
    ]
    for changes in wrong:
        assert _refusal(plain(INSIDE, 1, **changes))[:2] == (15, "manifest"), changes
    assert _read(plain(INSIDE, 1, created="x" * 40)).created == "x" * 40


def test_members_are_those_that_it_names_in_their_order_and_it_has_one_form() -> None:
    said = plain({**INSIDE, "objects/b": b""}, 1)
    both = {"objects/b": b"", **INSIDE}
    assert _read(said, inside=both).members.keys() == both.keys()
    for inside in (INSIDE, {**INSIDE, "objects/b": b""}, {**both, "x": b""}):
        assert _refusal(said, inside=inside) == (15, "manifest", "members")
    turned = json.dumps(dict(reversed(said.items())), separators=(",", ":")).encode()
    for form in (canonical(said) + b"\n", turned):
        assert _refusal(said, inside=both, form=form) == (15, "manifest", "members")


def test_what_a_newer_version_says() -> None:
    assert _refusal(plain(INSIDE, 1, min_reader=3)) == (17, "newer_format", "3")
    assert _refusal(plain(INSIDE, 1, mode="snapshot")) == (17, "mode", "snapshot")
    oldest = plain(INSIDE, 1, format=1, min_reader=1, mode="delta", follows=None, base=None)
    assert _refusal(oldest) == (17, "mode", "delta")
