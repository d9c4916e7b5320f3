"""Lines that are no saves, in bundles that are otherwise in order."""

import json
from collections.abc import Iterator
from typing import Any

from izsa_desktop.domain.revision import MAX_SAFE_INTEGER, canonical, erased_sum
from tests.bundle.forge2 import bundle, frame, lines, revision, rewritten
from tests.conformance.making.honest import BASE
from tests.conformance.world import Case
from tests.support import BORNOVA, KEMALPASA

GOOD = revision()
_BODY = GOOD.body
_HEX = "ab" * 32


def cases() -> Iterator[Case]:
    for name, line in _spellings().items():
        reason = "revision_count" if name in _MORE_LINES else None
        yield Case(
            name,
            bundle(line + b"\n", counted=1 if reason else None),
            15,
            reason or _REASONS.get(name, "line_not_canonical"),
        )
    before, behind = _BODY.split(b'"Deneme"')
    deep = frame(before, (b"[", 100_000), (b"]", 100_000), behind + b"\n")
    yield Case("A19-depth-100000", bundle(stream=deep, counted=1), 15, "line_not_json")
    yield Case("A19-no-last-line-end", bundle(_BODY, counted=1), 15, "revision_count")
    for name, (changes, reason) in _shapes().items():
        yield Case(name, bundle(rewritten(GOOD, **changes) + b"\n"), 15, reason)
    for name, value in _values().items():
        yield Case(name, bundle(rewritten(GOOD, set={"title": value}) + b"\n"), 15, "value_not_allowed")
    yield from _versions()
    yield from _erased()


_MORE_LINES = {"A19-two-on-two-lines"}
_NOT_JSON = "line_not_json"
_REASONS = {
    f"A19-{name}": _NOT_JSON
    for name in (
        *("nan", "infinity", "lone-surrogate", "raw-nul", "bad-utf-8", "overlong-utf-8", "comma-behind"),
        *(
            "single-quotes",
            "comment",
            "empty-line",
            "byte-order-mark",
            "utf-16",
            "two-on-one-line",
            "line-end-of-windows-only",
        ),
        *(
            "half-a-line",
            "number-beyond-doubles",
            "number-of-5000-digits",
            "plus-one",
            "leading-zero",
            "surrogate-in-utf-8",
        ),
    )
} | {"A19-fraction": "revision_shape"}


def _spellings() -> dict[str, bytes]:
    """The tricks of JSON, each with its line as the forger writes it."""

    def seq(value: bytes) -> bytes:
        return _BODY.replace(b'"seq":1', b'"seq":' + value)

    def title(value: bytes) -> bytes:
        return _BODY.replace(b'"Deneme"', value)

    return {
        "A19-key-twice": _BODY.replace(b'"seq":1', b'"seq":1,"seq":1'),
        "A19-key-twice-nested": _BODY.replace(b'"title":', b'"title":"x","title":'),
        "A19-nan": seq(b"NaN"),
        "A19-infinity": seq(b"Infinity"),
        "A19-number-beyond-doubles": seq(b"1e400"),
        "A19-number-of-5000-digits": seq(b"1" * 5000),
        "A19-exponent": seq(b"1E0"),
        "A19-fraction": seq(b"1.0"),
        "A19-minus-zero": seq(b"-0"),
        "A19-plus-one": seq(b"+1"),
        "A19-leading-zero": seq(b"01"),
        "A19-lone-surrogate": title(b'"\\ud800"'),
        "A19-surrogate-in-utf-8": title(b'"\xed\xa0\x80"'),
        "A19-escaped-letter": title(b'"\\u0044eneme"'),
        "A19-escaped-slash": title(b'"a\\/b"'),
        "A19-escape-in-upper-case": title(b'"\\u001F"'),
        "A19-raw-nul": title(b'"a\0b"'),
        "A19-bad-utf-8": title(b'"\xff"'),
        "A19-overlong-utf-8": title(b'"\xc0\x80"'),
        "A19-byte-order-mark": b"\xef\xbb\xbf" + _BODY,
        "A19-utf-16": _BODY.decode().encode("utf-16-le").replace(b"\n", b""),
        "A19-blanks": _BODY.replace(b":", b": ", 1),
        "A19-comma-behind": _BODY[:-1] + b",}",
        "A19-single-quotes": _BODY.replace(b'"', b"'"),
        "A19-comment": _BODY[:-1] + b"/* x */}",
        "A19-keys-not-in-order": b'{"wall":"2025-03-14T12:00:00Z",'
        + _BODY[1:].replace(b',"wall":"2025-03-14T12:00:00Z"', b""),
        "A19-empty-line": b"",
        "A19-an-array": b"[]",
        "A19-a-text": b'"x"',
        "A19-null": b"null",
        "A19-two-on-one-line": _BODY + _BODY,
        "A19-two-on-two-lines": _BODY + b"\n" + _BODY,
        "A19-line-end-of-windows": _BODY + b"\r",
        "A19-half-a-line": _BODY[: len(_BODY) // 2],
    }


def _shapes() -> dict[str, tuple[dict[str, Any], str]]:
    """Members with impossible content, in their written form: changes, reason."""
    shape = "revision_shape"
    return {
        "A07-district-code-with-four-digits": ({"rec": f"TUR0350071/{'a1' * 16}", "district": "TUR0350071"}, shape),
        "A25-district-is-not-the-records": ({"rec": f"{KEMALPASA}/{'a1' * 16}"}, shape),
        "A25-id-in-upper-case": ({"rec": f"{BORNOVA}/{'A1' * 16}"}, shape),
        "A25-id-too-short": ({"rec": f"{BORNOVA}/a1"}, shape),
        "A21-id-that-is-a-path": ({"rec": f"{BORNOVA}/../../evil"}, shape),
        "A25-id-with-a-line-end": ({"rec": f"{BORNOVA}/{'a1' * 16}\n"}, shape),
        "A26-parent-that-is-no-hash": ({"parents": ["a1"]}, "revision_parents"),
        "A26-parents-not-in-order": ({"parents": ["b" * 64, "a" * 64]}, "revision_parents"),
        "A26-parent-twice": ({"parents": ["a" * 64, "a" * 64]}, "revision_parents"),
        "A26-parents-are-a-text": ({"parents": _HEX}, shape),
        "A19-number-is-true": ({"seq": True}, shape),
        "A19-number-is-a-text": ({"seq": "1"}, shape),
        "A26-number-zero": ({"seq": 0}, shape),
        "A26-number-negative": ({"seq": -1}, shape),
        "A26-no-parents": ({"parents": None}, shape),
        "A26-no-registers": ({"set": None}, shape),
        "A26-registers-are-a-list": ({"set": []}, shape),
        "A26-no-version": ({"v": None}, shape),
        "A26-version-zero": ({"v": 0}, shape),
        "A26-pc-in-upper-case": ({"replica": "00000000000000AA"}, shape),
        "A24-clock-with-a-zone": ({"wall": "2025-03-14T12:00:00+03:00"}, shape),
        "A24-no-clock": ({"wall": ""}, shape),
        "A20-author-turned-around": ({"author": "Ali\u202eezilmaY"}, shape),
        "A20-author-of-two-lines": ({"author": "Ali\nVeli"}, shape),
        "A20-author-with-what-cannot-be-seen": ({"author": "A\u200bli"}, shape),
        "A20-author-with-a-line-separator": ({"author": "Ali\u2028Veli"}, shape),
        "A20-author-isolated": ({"author": "\u2066Ali"}, shape),
        "A20-author-of-201-letters": ({"author": "ş" * 201}, shape),
        "A20-type-of-41-letters": ({"type": "p" * 41}, shape),
        "A20-register-of-201-letters": ({"set": {"a" * 201: 1}}, "register_name"),
        "A20-register-without-a-name": ({"set": {"": 1}}, "register_name"),
        "A20-register-with-a-control": ({"set": {"a\nb": 1}}, "register_name"),
        "A19-register-beyond-the-basic-plane": ({"set": {"😀": 1}}, "value_not_allowed"),
        "A19-unknown-member-with-a-control": ({"gelecek": "\x07"}, "value_not_allowed"),
        "A26-settles-nothing": ({"settles": []}, shape),
        "A26-settles-what-it-does-not-write": ({"settles": ["purpose"]}, shape),
        "A26-settles-twice": ({"settles": ["title", "title"]}, shape),
    }


def _values() -> dict[str, Any]:
    """What no register may hold, though JSON may."""
    deep: Any = "x"
    for _ in range(9):
        deep = [deep]
    return {
        "A19-value-with-a-nul": "a\0b",
        "A19-value-with-a-bell": "a\x07b",
        "A19-value-with-delete": "a\x7fb",
        "A19-value-with-a-carriage-return": "a\rb",
        "A19-value-that-is-no-letter": "a\uffffb",
        "A19-value-beyond-safe-integers": MAX_SAFE_INTEGER + 1,
        "A19-value-below-safe-integers": -MAX_SAFE_INTEGER - 1,
        "A19-value-with-decimals": 0.5,
        "A19-value-nine-deep": deep,
        "A19-value-with-a-key-beyond-the-basic-plane": {"😀": 1},
    }


def _versions() -> Iterator[Case]:
    yield Case("A27-save-of-tomorrow", bundle(rewritten(GOOD, v=2) + b"\n"), 17, "newer_records")
    yield Case("A27-save-of-the-far-future", bundle(rewritten(GOOD, v=99) + b"\n"), 17, "newer_records")
    yield Case(
        "A18-sixty-five-parents",
        bundle(rewritten(GOOD, parents=[f"{n:064x}" for n in range(65)]) + b"\n"),
        16,
        "too_many_parents",
    )
    yield Case("A26-the-same-save-twice", bundle(lines(GOOD, GOOD)), 15, "revision_twice")


def _erased() -> Iterator[Case]:
    def line(**changes: Any) -> bytes:
        made = json.loads(rewritten(GOOD, v=2, set={"title": None}))
        erased = {"id": BASE.id, "registers": ["title"], "when": "2025-04-01T00:00:00Z", "who": "A", "why": "KVKK"}
        made["erased"] = {**erased, **changes}
        made["set"] = dict.fromkeys(made["erased"]["registers"]) | {"title": None}
        made["erased"].setdefault("sha256", erased_sum(made))
        return canonical(made) + b"\n"

    yield Case("A26-erased-and-the-sum-is-wrong", bundle(line(sha256=_HEX)), 15, "erased_sum")
    yield Case("A26-erased-and-nothing-named", bundle(line(registers=[])), 15, "revision_shape")
    yield Case("A26-erased-a-number", bundle(line(registers=["number"])), 15, "revision_shape")
    yield Case("A26-erased-a-deletion", bundle(line(registers=["_deleted"])), 15, "revision_shape")
    yield Case("A26-erased-by-somebody-turned-around", bundle(line(who="\u202eA")), 15, "revision_shape")
    yield Case(
        "A26-erased-in-version-1", bundle(canonical({**json.loads(line()), "v": 1}) + b"\n"), 15, "revision_shape"
    )
    yield Case("A26-erased-form-that-contradicts", bundle(line(), seq=2), 12, "erased_differs", after=("honest-1",))
