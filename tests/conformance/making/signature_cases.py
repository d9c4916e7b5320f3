"""Signatures, signers, kinds and addressees that are not what they should be."""

import base64
from collections.abc import Iterator

from izsa_desktop.bundle.signing import SecretKey
from tests.bundle.forge2 import CATALOGUE as CATALOGUE_MEMBER
from tests.bundle.forge2 import (
    GOALS,
    OFFICE_KEY,
    PC,
    answer,
    bundle,
    comment,
    frame,
    golden,
    lines,
    list_members,
    manifest,
    outer,
    parts,
    seal,
)
from tests.conformance.making.honest import FIRST, FROM_OTHER, NEXT, OLD_PCS, OTHERS
from tests.conformance.world import CLERK, LATE, LIST_3, OTHER, SECOND, SHUT_OUT, STRANGER, Case
from tests.support import BORNOVA, KEMALPASA

PAYLOAD, SIGNATURE = parts(FIRST)
SAID = manifest({}, 1)
_ORDER = 2**252 + 27742317777372353535851937790883648493


def cases() -> Iterator[Case]:
    yield from _tampered()
    yield from _spelled_otherwise()
    yield from _signers()
    yield from _kinds()
    yield from _addressees()


def _with_line(number: int, line: bytes) -> bytes:
    split = SIGNATURE.split(b"\n")
    split[number] = line
    return outer(PAYLOAD, b"\n".join(split))


def _raw(number: int) -> bytearray:
    return bytearray(base64.b64decode(SIGNATURE.split(b"\n")[number]))


def _changed(number: int, at: int, xor: int = 1) -> bytes:
    raw = _raw(number)
    raw[at] ^= xor
    return _with_line(number, base64.b64encode(bytes(raw)))


def _tampered() -> Iterator[Case]:
    other_payload, other_signature = parts(NEXT)
    scalar = _raw(1)
    scalar[42:] = (int.from_bytes(scalar[42:], "little") + _ORDER).to_bytes(32, "little")
    line = SIGNATURE.split(b"\n")[2]
    for name, data in {
        "A01-payload-changed": outer(PAYLOAD.replace(b"2025", b"3025"), SIGNATURE),
        "A01-comment-with-another-number": _with_line(2, line.replace(b"seq=1 ", b"seq=2 ")),
        "A01-comment-with-another-hash": _with_line(2, line[:-1] + (b"0" if line[-1:] != b"0" else b"1")),
        "A01-bit-of-the-signature": _changed(1, 20),
        "A01-bit-of-the-signature-over-the-comment": _changed(3, 20),
        "A01-scalar-plus-the-order-of-the-group": _with_line(1, base64.b64encode(bytes(scalar))),
        "A01-zeros-for-a-signature": _with_line(1, base64.b64encode(bytes(_raw(1)[:10]) + bytes(64))),
        "A15-signature-of-another-bundle": outer(PAYLOAD, other_signature),
        "A15-payload-of-another-bundle": outer(other_payload, SIGNATURE),
        "A01-comment-says-the-hash-of-another-payload": seal(PAYLOAD, comment(other_payload, SAID)),
    }.items():
        yield Case(name, data, 10, "signature")


def _spelled_otherwise() -> Iterator[Case]:
    split = SIGNATURE.split(b"\n")
    for name, signature in {
        "A01-other-untrusted-comment": SIGNATURE.replace(b"izsa secret", b"evil secret"),
        "A01-line-behind": SIGNATURE + b"\n",
        "A01-no-last-line-end": SIGNATURE[:-1],
        "A01-unused-bits-of-base64": SIGNATURE.replace(split[3], split[3][:-3] + _next_letter(split[3][-3:])),
        "A01-cut": SIGNATURE[:100],
        "A01-no-signature": b"",
        "A01-comment-not-ascii": SIGNATURE.replace(b"submission", "submıssion".encode()),
        "A01-not-hashed-before": _of_algorithm(b"Ed"),
        "A01-another-algorithm": _of_algorithm(b"XX"),
        "A01-blanks-in-base64": SIGNATURE.replace(split[1], split[1][:40] + b" " + split[1][40:]),
        "A18-comment-of-a-megabyte": SIGNATURE.replace(b"seq=1 ", b"seq=" + b"1" * 4096 + b" "),
        "A01-two-signatures": SIGNATURE * 2,
    }.items():
        reason = "signature_comment" if name == "A18-comment-of-a-megabyte" else "signature_file"
        yield Case(name, outer(PAYLOAD, signature), 15, reason)
    for name, text in {
        "A08-signature-of-a-trust-list": "izsa1 trust version=3",
        "A08-signature-of-an-enrolment": "izsa1 enrolment",
        "A01-comment-of-somebody-elses-program": "timestamp:1700000000\tfile:payload.zip\thashed",
        "A18-number-zero": comment(PAYLOAD, SAID, seq=0),
        "A18-number-with-a-zero-before": comment(PAYLOAD, SAID, seq="01"),
        "A18-number-of-ten-digits": comment(PAYLOAD, SAID, seq=10**9),
        "A07-district-with-four-digits": comment(PAYLOAD, SAID, district="TUR0350071"),
        "A01-comment-with-more-behind": comment(PAYLOAD, SAID) + " to=TUR035",
    }.items():
        yield Case(name, seal(PAYLOAD, text), 15, "signature_comment")
    trust_signature = golden("trust.json.minisig")
    yield Case("A08-the-lists-own-signature", outer(golden("trust.json"), trust_signature), 15, "signature_comment")


def _next_letter(end: bytes) -> bytes:
    """The last letter before the padding with one of its unused bits set: it stands for the same bytes."""
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return bytes([letters[letters.index(end[0]) ^ 1]]) + end[1:]


def _of_algorithm(name: bytes) -> bytes:
    raw = _raw(1)
    raw[:2] = name
    return SIGNATURE.replace(SIGNATURE.split(b"\n")[1], base64.b64encode(bytes(raw)))


def _as(key: SecretKey) -> dict[str, str]:
    return {"district": BORNOVA, "replica": key.key_id}


def _signers() -> Iterator[Case]:
    text = comment(PAYLOAD, SAID)
    forged_id = parts(seal(PAYLOAD, text, OTHER))[1].split(b"\n")
    raw = bytearray(base64.b64decode(forged_id[1]))
    raw[2:10] = _raw(1)[2:10]
    forged_id[1] = base64.b64encode(bytes(raw))
    yield Case("A03-signed-by-another-district", seal(PAYLOAD, text, OTHER), 11, "wrong_signer")
    yield Case("A03-signed-by-another-pc-of-the-district", seal(PAYLOAD, text, SECOND), 11, "wrong_signer")
    yield Case("A03-signed-by-the-office", seal(PAYLOAD, text, OFFICE_KEY), 11, "wrong_signer")
    yield Case("A03-under-the-id-of-another", outer(PAYLOAD, b"\n".join(forged_id)), 10, "signature")
    yield Case("A03-known-pc-claims-another-district", bundle(signer=OTHER, sender=_as(OTHER)), 11, "wrong_signer")
    posed = bundle(sender={"district": KEMALPASA, "replica": PC.key_id})
    yield Case("A03-own-pc-of-another-district", posed, 11, "wrong_signer")
    yield Case(
        "A07-claims-the-whole-province",
        bundle(sender={"district": "TUR035", "replica": PC.key_id}),
        11,
        "wrong_signer",
    )
    yield Case("A04-never-enrolled", bundle(signer=STRANGER, sender=_as(STRANGER)), 11, "unknown_signer")
    yield Case("A04-never-enrolled-says-he-is-known", seal(PAYLOAD, text, STRANGER), 10, "signature")
    yield Case("A05-shut-out", bundle(lines(OLD_PCS[2]), signer=SHUT_OUT, seq=3), 11, "revoked")
    backdated = bundle(lines(OLD_PCS[2]), signer=SHUT_OUT, seq=3, created="2020-01-01T00:00:00Z")
    yield Case("A05-shut-out-and-backdated", backdated, 11, "revoked")
    yield Case("A05-before-its-first-number", bundle(b"", signer=LATE, seq=4), 11, "revoked")


def _kinds() -> Iterator[Case]:
    yield Case(
        "A08-a-district-answers",
        bundle(b"", kind="office", to=BORNOVA, sender=_as(PC)),
        12,
        "not_the_office",
        at="bornova",
    )
    yield Case(
        "A08-a-district-answers-the-office",
        bundle(b"", kind="office", to="TUR035", sender=_as(PC)),
        12,
        "not_the_office",
    )
    yield Case("A08-a-clerk-answers", answer(signer=CLERK), 12, "not_the_office", at="bornova")
    yield Case("A08-another-kind", bundle(kind="backup", sender=_as(PC), to="TUR035"), 17, "kind")
    yield Case(
        "A08-kind-in-the-comment-alone",
        bundle(b"", signer=OFFICE_KEY, kind="office", claim={"kind": "submission"}),
        18,
        "addressee",
    )
    yield Case(
        "A08-an-answer-that-says-it-is-none",
        bundle(
            b"",
            signer=OFFICE_KEY,
            to=BORNOVA,
            claim={"kind": "office"},
            sender={"district": "TUR035", "replica": OFFICE_KEY.key_id},
        ),
        11,
        "wrong_signer",
        at="bornova",
    )
    office_only = {
        "catalogue": {CATALOGUE_MEMBER: frame(b"")},
        "goals": {GOALS: b"[]"},
        "trust-list": list_members(LIST_3),
    }
    for what, members in office_only.items():
        yield Case(f"A08-a-district-sends-a-{what}", bundle(extra=members), 15, "manifest")


def _addressees() -> Iterator[Case]:
    yield Case("A34-for-another-district", bundle(to=KEMALPASA), 18, "addressee")
    yield Case("A34-answer-for-another-district", answer(to=KEMALPASA), 18, "addressee", at="bornova")
    yield Case("A34-submission-at-a-district", FIRST, 18, "addressee", at="bornova")
    yield Case("A34-answer-at-the-office", answer(), 18, "addressee")
    of_other = bundle(lines(OTHERS), signer=OTHER, to="TUR035007", sender=FROM_OTHER)
    yield Case("A34-from-district-to-district", of_other, 18, "addressee")
    yield Case("A34-envelope-of-nothing", b"age-encryption.org/v1\n", 15, "age_damaged")
    yield Case("A34-envelope-without-end", b"age-encryption.org/v1\n" + b"-> X25519 a\n" * 800, 15, "age_damaged")
    yield Case(
        "A34-envelope-of-garbage", b"age-encryption.org/v1\n-> X25519 x\ny\n--- z\n" + bytes(64), 15, "age_damaged"
    )
