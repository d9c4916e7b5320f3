"""Files that must be taken in: what the hostile ones are told from, and what comes before a replay."""

import json

import msgspec

from izsa_desktop.bundle.trust import signed
from izsa_desktop.domain.outlines import NONE
from tests.bundle.forge2 import OFFICE_KEY, answer, bundle, frame, golden, lines, payload_hash, revision, rewritten
from tests.conformance.world import LIST_2, LIST_3, OTHER, SECOND, SHUT_OUT, TRUST, Case
from tests.support import BORNOVA, KEMALPASA, make_revision

BASE = revision({"title": "Yağmur hasadı", "purpose": "Su"})
RENAMED = revision({"title": "Yağmur suyu"}, BASE, seq=2, wall="2025-03-15T08:00:00Z")
THIRD = revision({"title": "Yağmur suyu hasadı"}, RENAMED, seq=3, wall="2025-03-16T08:00:00Z")
OTHERS = make_revision({"title": "Kemalpaşa'da"}, record=f"{KEMALPASA}/{'c3' * 16}", replica=OTHER.key_id)
BESIDE = make_revision({"title": "Yağmur bahçesi"}, BASE, replica=SECOND.key_id, wall="2025-03-15T09:00:00Z")
OLD_PCS = [
    make_revision({"title": f"Eski {n}"}, record=f"{BORNOVA}/{n:032x}", replica=SHUT_OUT.key_id, seq=n)
    for n in (1, 2, 3)
]
FROM_OTHER = {"district": KEMALPASA, "replica": OTHER.key_id}

FIRST = bundle(lines(BASE))
NEXT = bundle(lines(RENAMED), seq=2, follows=1, prev=payload_hash(FIRST), mode="delta", base=1)
FOURTH = bundle(lines(THIRD), seq=4, follows=3, prev="cd" * 32, mode="delta", base=3)
FULL = bundle(lines(BASE, RENAMED, THIRD), seq=5, follows=4, prev=payload_hash(FOURTH))
LIST_4 = signed(TRUST.next("2025-05-01T09:00:00Z", review_by="2026-05-01"), OFFICE_KEY)
LIST_1003 = signed(msgspec.structs.replace(TRUST, version=1003), OFFICE_KEY)


VOCABULARIES, OUTLINES = "vocabularies.json", "outlines.geojson.zst"
WORDS = '{"theme":[{"code":"kıyı","en":"Coast","tr":"Kıyı"}],"yarın":[{"code":"x","en":"x","tr":"x"}]}'
ENTRY = b'{"id":"%s/%s","set":{"title":"Kompost","yarin":{"x":[1]}},"x":[]}\n' % (KEMALPASA.encode(), b"d4" * 16)
NOTE = make_revision(
    {"kind": "note", "text": "Görüşüldü", "date": "2025-03-14"},
    record=f"{BORNOVA}/{'e5' * 16}",
    replica=OFFICE_KEY.key_id,
    type_="coaching",
)
EVIDENCE = make_revision(
    {"district/kind": "evidence", "district/criterion": "1.1", "district/text": "Olur", "district/date": "2025-03-14"},
    record=f"{BORNOVA}/{'e6' * 16}",
    replica=BASE.replica,
    type_="coaching",
)


ASKED = make_revision(
    {"title": "Ortak", "lead": BORNOVA, f"members/{BORNOVA}/{'a1' * 16}": {"rank": 1, "title": "Kompost"}},
    record=f"{BORNOVA}/{'e7' * 16}",
    replica=OFFICE_KEY.key_id,
    type_="joint",
)
ANSWERED = make_revision(
    {"district/answer": {"day": "2025-03-14", "note": "Olur", "said": "accept"}},
    record=f"{BORNOVA}/{'e7' * 16}",
    replica=BASE.replica,
    type_="joint",
)


def ladder() -> bytes:
    """One stage of four criteria."""
    words = {"tr": "Yazı", "en": "Letter"}
    criteria = [{"code": f"0.{n}", "name": words, "evidence": words, "months": 12} for n in range(1, 5)]
    plain = {"version": 2, "stages": [{"number": 0, "name": words, "criteria": criteria}], "retired": ["0.5"]}
    return json.dumps(plain, separators=(",", ":")).encode()


def strips() -> bytes:
    """Outlines: the province cut into 30 strips."""
    features = [_strip(f"TUR0350{n:02}", round(26.13 + n * 0.07, 2)) for n in range(1, 31)]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()


def _strip(code: str, west: float) -> dict[str, object]:
    east = round(west + 0.07, 2)
    ring = [[west, 37.8], [east, 37.8], [east, 39.4], [west, 39.4], [west, 37.8]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def _answers() -> list[Case]:
    return [
        Case("honest-answer", answer(lines(BESIDE), lists=[LIST_3]), 0, at="bornova"),
        Case("honest-answer-of-golden-v2", golden("office.izsa"), 0, at="bornova"),
        Case("honest-first-answer-by-telephone", answer(lists=[LIST_3]), 0, at="bornova-pinned"),
        Case("honest-catalogue", answer(catalogue=b'{"id":"TUR035018/00","title":"Kompost"}\n'), 0, at="bornova"),
        Case("honest-goals", answer(extra={"goals.json": b"[]"}), 0, at="bornova"),
        Case("honest-catalogue-with-registers", answer(catalogue=ENTRY), 0, at="bornova"),
        Case("honest-words", answer(extra={VOCABULARIES: WORDS.encode()}), 0, at="bornova"),
        Case("honest-outlines", answer(extra={OUTLINES: frame(strips())}), 0, at="bornova"),
        Case("honest-no-outlines", answer(extra={OUTLINES: frame(NONE)}), 0, at="bornova"),
        Case("honest-coaching", answer(lines(NOTE)), 0, at="bornova"),
        Case("honest-joint", answer(lines(ASKED)), 0, at="bornova"),
        Case("honest-ladder", answer(extra={"ladder.json": ladder()}), 0, at="bornova"),
        Case("A11-a-newer-list", answer(lists=[LIST_4], seq=2), 0, at="bornova"),
        Case("A11-an-older-list-takes-nothing-back", answer(lists=[LIST_2], seq=3), 0, at="bornova"),
        Case("A11-a-thousand-versions-ahead", answer(lists=[LIST_1003], seq=4), 0, at="bornova"),
    ]


def cases() -> list[Case]:
    future = revision({"title": "Gelecek"}, wall="2099-12-31T23:59:59Z")
    past = revision({"title": "Geçmiş"}, wall="1970-01-01T00:00:00Z")
    last = revision({"title": "Son"}, wall="9999-12-31T23:59:59Z")
    none = revision({"title": "Yok", "start": "2025-13-45", "confirmed": "2025-02-30"}, wall="2025-99-99T99:99:99Z")
    newer = rewritten(revision({"title": "Kompost", "yeni/1": ["ş", None]}), gelecek={"a": 1})
    bidi = revision({"title": "İyi\u202ekötü\u2069", "purpose": "a\u200bb\u2028c"})
    html = revision({"title": "<img src=x onerror=alert(1)>", "summary": "=1+1|cmd"})
    return [
        Case("honest-1", FIRST, 0),
        Case("honest-2", NEXT, 0, after=("honest-1",)),
        Case("A13-the-third-is-missing", FOURTH, 14, after=("honest-1", "honest-2")),
        Case("A13-healed-by-a-full-one", FULL, 0, after=("honest-1", "honest-2", "A13-the-third-is-missing")),
        Case("A13-delta-without-its-base", NEXT, 14),
        Case("A09-the-same-again", FIRST, 0, after=("honest-1",)),
        Case("A10-the-first-after-the-second", FIRST, 0, after=("A13-delta-without-its-base",)),
        Case("A05-up-to-the-second", bundle(lines(OLD_PCS[1]), signer=SHUT_OUT, seq=2), 0),
        Case("A24-the-last-second-there-is", bundle(lines(last)), 0),
        Case("A24-a-day-that-is-none", bundle(lines(none)), 0),
        Case("A24-dates-of-2099", bundle(lines(future)), 0),
        Case("A24-dates-of-1970", bundle(lines(past)), 0),
        Case("A26-a-parent-that-is-nowhere", bundle(lines(RENAMED)), 0),
        Case("A27-unknown-members-of-a-manifest", bundle(yarın={"ş": [1]}, heads=None), 0),
        Case("A27-unknown-members-of-a-save", bundle(newer + b"\n"), 0),
        Case("A20-direction-marks-in-texts", bundle(lines(bidi)), 0),
        Case("A29-markup-and-formulas-in-texts", bundle(lines(html)), 0),
        Case("honest-of-golden-v2", golden("bornova.izsa"), 14),
        Case("honest-of-another-district", bundle(lines(OTHERS), signer=OTHER, sender=FROM_OTHER), 0),
        Case("honest-evidence", bundle(lines(EVIDENCE)), 0),
        Case("honest-joint-answer", bundle(lines(ANSWERED)), 0),
        Case("honest-empty", bundle(b""), 0),
        Case("honest-acknowledges", bundle(acks={OFFICE_KEY.key_id: {"seq": 1, "sha256": "ab" * 32}}), 0),
        *_answers(),
    ]
