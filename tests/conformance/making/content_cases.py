"""Evidence, catalogue and goals that are not what they are said to be."""

import hashlib
import json
from collections.abc import Iterator

from tests.bundle.forge2 import CATALOGUE, GOALS, answer, bundle, frame
from tests.conformance.making.honest import OUTLINES, VOCABULARIES, ladder, strips
from tests.conformance.world import Case

_ENTRY = b'{"id":"TUR035018/00","title":"Kompost"}\n'
_GOAL = {"code": "K1", "color": "#112233", "name_tr": "Kıyı", "name_en": "Coast"}


def cases() -> Iterator[Case]:
    named = hashlib.sha256(b"photo").hexdigest()
    other = bundle(extra={f"objects/{named}": b"another photo"})
    yield Case("A15-evidence-of-another-hash", other, 15, "member_hash")
    yield Case("A28-evidence-with-an-extension", bundle(extra={f"objects/{named}.exe": b"photo"}), 15, "manifest")
    yield from _catalogues()
    yield from _goals()
    yield from _vocabularies()
    yield from _outlines()


def _catalogues() -> Iterator[Case]:
    for name, text in {
        "A19-catalogue-that-is-no-json": b"{\n",
        "A19-catalogue-without-an-id": b'{"title":"x"}\n',
        "A19-catalogue-whose-id-is-a-number": b'{"id":1}\n',
        "A19-catalogue-that-is-an-array": b"[]\n",
        "A19-catalogue-with-bad-utf-8": b'{"id":"\xff"}\n',
        "A19-catalogue-with-an-empty-line": _ENTRY + b"\n",
        "A19-catalogue-whose-registers-are-a-list": b'{"id":"TUR035018/00","set":[]}\n',
        "A19-catalogue-whose-number-is-one": b'{"id":"TUR035018/00","number":1}\n',
    }.items():
        yield Case(name, answer(catalogue=text), 15, "catalogue", at="bornova")
    deep = frame(b'{"id":"x","a":', (b"[", 100_000), b"\n")
    counts = {"revisions": 0, "objects": 0, "catalogue": 1}
    yield Case(
        "A19-catalogue-100000-deep", answer(extra={CATALOGUE: deep}, counts=counts), 15, "catalogue", at="bornova"
    )
    cut = answer(catalogue=_ENTRY + b"{}", counts=counts)
    yield Case("A19-catalogue-without-a-last-line-end", cut, 15, "revision_count", at="bornova")
    fewer = answer(catalogue=_ENTRY, counts={"revisions": 0, "objects": 0, "catalogue": 2})
    yield Case("A18-catalogue-counts-one-more", fewer, 15, "revision_count", at="bornova")
    for name, stream, reason in [
        ("A17-catalogue-expands-too-far", frame((b"\n", 64 * 1024 * 1024 + 1)), "expands_too_far"),
        ("A18-catalogue-line-over-the-limit", frame((b" ", 256 * 1024 + 1), b"\n"), "line_too_long"),
    ]:
        yield Case(name, answer(extra={CATALOGUE: stream}), 16, reason, at="bornova")
    broken = answer(extra={CATALOGUE: b"\x28\xb5\x2f\xfd"})
    yield Case("A17-catalogue-is-no-frame", broken, 15, "compression", at="bornova")


def _goals() -> Iterator[Case]:
    for name, goals in {
        "A19-goals-that-are-no-json": b"[",
        "A19-goals-that-are-an-object": b"{}",
        "A19-goals-without-a-name": json.dumps([{"code": "K1", "color": "#112233"}]).encode(),
        "A19-goals-with-more-members": json.dumps([{**_GOAL, "onclick": "x"}]).encode(),
        "A19-goals-with-bad-utf-8": b'[{"code":"\xff"}]',
        "A20-goals-turned-around": json.dumps([{**_GOAL, "name_tr": "\u202ex"}]).encode(),
        "A19-goals-with-another-code": json.dumps([{**_GOAL, "code": "../x"}]).encode(),
        "A29-goals-with-a-colour-that-is-none": json.dumps([{**_GOAL, "color": "red;}"}]).encode(),
        "A18-sixty-one-goals": json.dumps([{**_GOAL, "code": f"K{n}"} for n in range(61)]).encode(),
    }.items():
        yield Case(name, answer(extra={GOALS: goals}), 15, "goals", at="bornova")


def _vocabularies() -> Iterator[Case]:
    word = {"code": "k1", "tr": "Kıyı", "en": "Coast"}
    for name, words in {
        "A19-words-that-are-no-json": b"{",
        "A19-words-that-are-a-list": b"[]",
        "A19-words-without-english": json.dumps({"theme": [{"code": "k1", "tr": "Kıyı"}]}).encode(),
        "A19-words-with-more-members": json.dumps({"theme": [{**word, "onclick": "x"}]}).encode(),
        "A19-words-with-bad-utf-8": b'{"theme":[{"code":"\xff","tr":"x","en":"x"}]}',
        "A20-words-turned-around": json.dumps({"theme": [{**word, "tr": "\u202ex"}]}).encode(),
        "A19-words-twice": json.dumps({"theme": [word, word]}).encode(),
        "A08-words-for-reviews": json.dumps({"review": [word]}).encode(),
        "A18-two-hundred-and-one-words": json.dumps(
            {"theme": [{**word, "code": f"k{n}"} for n in range(201)]}
        ).encode(),
        "A19-words-100000-deep": b'{"theme":' * 10_000,
    }.items():
        yield Case(name, answer(extra={VOCABULARIES: words}), 15, "vocabularies", at="bornova")
    yield Case("A28-words-from-a-district", bundle(extra={VOCABULARIES: b"{}"}), 15, "manifest")
    large = answer(extra={VOCABULARIES: b" " * (1024 * 1024 + 1)})
    yield Case("A18-words-over-the-limit", large, 16, "file_too_large", at="bornova")
    for name, wrong in {
        "A19-ladder-that-is-no-json": b"{",
        "A19-ladder-with-a-code-twice": ladder().replace(b'"0.2"', b'"0.1"'),
        "A20-ladder-turned-around": ladder().replace(b"Letter", "\u202eLetter".encode(), 1),
    }.items():
        yield Case(name, answer(extra={"ladder.json": wrong}), 15, "ladder", at="bornova")
    yield Case("A28-ladder-from-a-district", bundle(extra={"ladder.json": ladder()}), 15, "manifest")


def _outlines() -> Iterator[Case]:
    good = strips()
    for name, outlines in {
        "A19-outlines-that-are-no-json": b"{",
        "A19-outlines-of-29-districts": good.replace(b"TUR035030", b"TUR035029"),
        "A19-outlines-of-another-province": good.replace(b"TUR035030", b"TUR034030"),
        "A19-outlines-beyond-the-province": good.replace(b"39.4", b"41.0"),
        "A19-outlines-that-are-not-closed": good.replace(b"[26.2,37.8]]]", b"[26.2,37.9]]]"),
        "A19-outlines-with-heights": good.replace(b"[26.2,37.8]", b"[26.2,37.8,1.0]"),
        "A19-outlines-that-are-points": good.replace(b'"Polygon"', b'"Point"'),
        "A19-outlines-100000-deep": b'{"type":' * 10_000,
    }.items():
        yield Case(name, answer(extra={OUTLINES: frame(outlines)}), 15, "outlines", at="bornova")
    yield Case("A28-outlines-from-a-district", bundle(extra={OUTLINES: frame(good)}), 15, "manifest")
    bomb = frame((b" ", 4 * 1024 * 1024 + 1))
    yield Case("A17-outlines-expand-too-far", answer(extra={OUTLINES: bomb}), 16, "expands_too_far", at="bornova")
    plain = answer(extra={OUTLINES: good})
    yield Case("A17-outlines-that-are-no-frame", plain, 15, "compression", at="bornova")
