"""Manifests, rightly signed, that say what cannot be: place, counts, members, modes, versions."""

from collections.abc import Iterator
from typing import Any

from izsa_desktop.bundle import container
from izsa_desktop.domain.revision import canonical
from tests.bundle.forge2 import PC, REVISIONS, bundle, comment, frame, lines, manifest, payload_hash, revision, seal
from tests.conformance.making.honest import BASE, NEXT, RENAMED
from tests.conformance.world import Case
from tests.support import BORNOVA

_MEMBERS = {REVISIONS: frame(lines(revision()))}
_HASH = "ab" * 32


def cases() -> Iterator[Case]:
    yield from _places()
    yield from _versions()
    yield from _disagreeing()
    yield from _sums()
    yield from _spelled()
    yield from _replayed()


def _places() -> Iterator[Case]:
    later: dict[str, Any] = {"seq": 5, "follows": 4, "prev": _HASH, "mode": "delta", "base": 3}
    wrong: dict[str, dict[str, Any]] = {
        "A14-follows-itself": {"follows": 5},
        "A14-follows-a-later-one": {"follows": 6},
        "A14-builds-on-itself": {"base": 5},
        "A14-builds-on-a-later-one": {"base": 9},
        "A14-full-and-builds-on-another": {"mode": "full", "base": 3},
        "A14-hash-of-nothing-before": {"follows": 0},
        "A14-follows-without-a-hash": {"prev": ""},
        "A14-hash-that-is-none": {"prev": "AB" * 32},
        "A14-follows-less-than-nothing": {"follows": -1},
        "A14-builds-on-less-than-nothing": {"base": -1},
    }
    for name, changes in wrong.items():
        yield Case(name, bundle(**{**later, **changes}), 15, "manifest")


def _versions() -> Iterator[Case]:
    yield Case("A27-needs-a-newer-reader", bundle(min_reader=3), 17, "newer_format")
    yield Case(
        "A27-format-of-tomorrow", bundle(format=3, min_reader=3, schema=2, kind="submission"), 17, "newer_format"
    )
    yield Case("A27-needs-a-reader-of-the-far-future", bundle(min_reader=2**53 - 1), 17, "newer_format")
    yield Case("A27-mode-of-tomorrow", bundle(mode="snapshot"), 17, "mode")
    yield Case("A27-no-mode", bundle(mode=""), 17, "mode")
    yield Case("A27-format-is-a-text", bundle(format="2"), 15, "manifest")
    yield Case("A27-format-is-true", bundle(format=True), 15, "manifest")
    yield Case("A27-no-format", bundle(format=None), 15, "manifest")
    yield Case("A27-version-1-with-members-of-2", bundle(format=1, min_reader=1), 15, "manifest")
    yield Case("A27-version-1-as-a-delta", bundle(format=1, min_reader=1, mode="delta"), 17, "mode")


def _disagreeing() -> Iterator[Case]:
    """The comment says one thing, the manifest another."""
    stranger = {"district": BORNOVA, "replica": "00000000000000aa"}
    disagreeing: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("A15-another-number-than-signed", {"seq": 2}, {"seq": 1}),
        ("A15-another-addressee-than-signed", {"to": "TUR035018"}, {"to": "TUR035"}),
        (
            "A15-another-kind-than-signed",
            {"kind": "backup"},
            {"kind": "submission"},
        ),
        ("A15-another-pc-than-signed", {"sender": stranger}, {"replica": PC.key_id}),
    ]
    for name, changes, claim in disagreeing:
        yield Case(name, bundle(claim=claim, **changes), 11, "wrong_signer")


def _sums() -> Iterator[Case]:
    size = {"size": len(_MEMBERS[REVISIONS]), "sha256": manifest(_MEMBERS, 1)["members"][REVISIONS]["sha256"]}
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("A15-member-of-another-hash", {"members": {REVISIONS: {**size, "sha256": _HASH}}}, "member_hash"),
        ("A15-member-of-another-size", {"members": {REVISIONS: {**size, "size": 1}}}, "member_hash"),
        ("A15-no-members", {"members": {}}, "manifest"),
        ("A15-member-with-a-negative-size", {"members": {REVISIONS: {**size, "size": -1}}}, "manifest"),
        ("A15-member-without-a-hash", {"members": {REVISIONS: {"size": 1}}}, "manifest"),
        ("A18-counts-one-more", {"counts": {"revisions": 2, "objects": 0, "catalogue": 0}}, "revision_count"),
        ("A18-counts-one-less", {"counts": {"revisions": 0, "objects": 0, "catalogue": 0}}, "revision_count"),
        ("A18-counts-nothing", {"counts": {}}, "revision_count"),
        ("A18-counts-a-file-too-many", {"counts": {"revisions": 1, "objects": 1, "catalogue": 0}}, "revision_count"),
        ("A18-counts-a-catalogue", {"counts": {"revisions": 1, "objects": 0, "catalogue": 7}}, "revision_count"),
        ("A18-counts-less-than-none", {"counts": {"revisions": -1}}, "manifest"),
        ("A18-counts-a-million", {"counts": {"revisions": 10**6, "objects": 0, "catalogue": 0}}, "revision_count"),
        ("A14-acknowledges-less-than-nothing", {"acks": {"a": {"seq": -1, "sha256": _HASH}}}, "manifest"),
        ("A14-acknowledges-no-hash", {"acks": {"a": {"seq": 1, "sha256": ""}}}, "manifest"),
        ("A18-acknowledges-the-far-future", {"acks": {"a": {"seq": 10**9, "sha256": _HASH}}}, "manifest"),
        ("A20-created-is-a-novel", {"created": "x" * 41}, "manifest"),
        ("A20-created-holds-a-control", {"created": "2025\x00"}, "value_not_allowed"),
        ("A19-list-version-beyond-numbers", {"trust_version": 2**53}, "value_not_allowed"),
    ]
    for name, changes, reason in wrong:
        yield Case(name, bundle(**changes), 15, reason)


def _spelled() -> Iterator[Case]:
    said = manifest(_MEMBERS, 1)
    good = canonical(said)
    deep = b"[" * 20_000 + b"]" * 20_000
    for name, body in {
        "A19-manifest-with-blanks": good.replace(b'":', b'": ', 1),
        "A19-manifest-with-a-key-twice": good[:-1] + b',"trust_version":3}',
        "A19-manifest-not-in-order": b'{"seq":1,' + good[1:].replace(b',"seq":1', b""),
        "A19-manifest-with-a-mark": b"\xef\xbb\xbf" + good,
        "A19-manifest-with-a-line-end": good + b"\n",
        "A19-manifest-with-a-fraction": good.replace(b'"schema":1', b'"schema":1.0'),
        "A19-manifest-with-nan": good.replace(b'"schema":1', b'"schema":NaN'),
        "A19-manifest-with-bad-utf-8": good.replace(b"2025-04", b"\xff025-04"),
        "A19-manifest-20000-deep": deep,
        "A19-manifest-is-an-array": b"[]",
        "A19-manifest-is-a-number": b"2",
        "A19-manifest-is-empty": b"",
        "A19-manifest-is-null": b"null",
    }.items():
        payload = container.pack({"manifest.json": body, **_MEMBERS})
        reason = "value_not_allowed" if name == "A19-manifest-with-a-fraction" else "manifest"
        yield Case(name, seal(payload, comment(payload, said)), 15, reason)


def _replayed() -> Iterator[Case]:
    """The same numbers with other content, after honest ones."""
    other = bundle(lines(revision({"title": "Başka"})))
    yield Case("A14-another-with-the-first-number", other, 13, "two_with_one_number", after=("honest-1",))
    created = bundle(lines(BASE), created="2025-04-15T10:00:01Z")
    yield Case("A14-same-content-another-clock", created, 13, "two_with_one_number", after=("honest-1",))
    broken = bundle(lines(RENAMED), seq=2, follows=1, prev=_HASH, mode="delta", base=1)
    yield Case("A14-does-not-fit-the-one-before", broken, 13, "broken_chain", after=("honest-1",))
    before = bundle(lines(revision({"title": "Başka"})))
    yield Case("A14-does-not-fit-the-one-behind", before, 13, "broken_chain", after=("A13-delta-without-its-base",))
    third = bundle(b"", seq=3, follows=1, prev=payload_hash(NEXT), mode="delta", base=1)
    yield Case("A14-skips-with-a-wrong-hash", third, 13, "broken_chain", after=("honest-1", "honest-2"))
