"""Revisions on the wire: one byte form, and nothing but that form is let in."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain import revision as revisions
from izsa_desktop.domain.erasure import erase
from izsa_desktop.domain.errors import Malformed, OverLimit, Refused, TooNew
from izsa_desktop.domain.registers import to_registers
from izsa_desktop.domain.revision import (
    DELETED,
    MAX_LINE,
    MAX_SAFE_INTEGER,
    PROJECT,
    Revision,
    canonical,
    erased_sum,
    fitting,
    is_sound,
    parse_revision,
    parse_revisions,
    trusted_revision,
)
from tests.support import FIELDS, RECORD, bmp_text, json_values, make_revision

PLAIN: dict[str, Any] = {
    "author": "Ayşe",
    "district": "TUR035007",
    "parents": ["0" * 64, "f" * 64],
    "rec": RECORD,
    "replica": "00000000000000a1",
    "seq": 7,
    "set": {"title": "Ağaç", "goals/6": {"rank": 1}},
    "type": "project",
    "v": 1,
    "wall": "2025-03-14T12:00:00Z",
}
GOOD = rfc8785.dumps(PLAIN)


def _with(**members: Any) -> bytes:
    return rfc8785.dumps({**PLAIN, **members})


def _erased(version: int = 2, **changes: Any) -> bytes:
    """A line from which the title was erased."""
    erased = {"id": "ab" * 32, "registers": ["title"], "when": PLAIN["wall"], "who": "Ayşe", "why": "KVKK", **changes}
    line = {**PLAIN, "v": version, "set": {"title": None, "goals/6": None}, "erased": erased}
    return rfc8785.dumps({**line, "erased": {"sha256": erased_sum(line), **erased}})


@given(json_values)
def test_canonical_bytes_are_those_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_canonical_bytes_of_what_is_easily_got_wrong() -> None:
    value: Any = {
        "\u20ac": "\x7f\u2028\"\\/\b\n\t\x1f<>&'",
        "": -0,
        "a": [True, None],
        "İ": "😀",
        "\ufb33": 2**53 - 1,
        "Z": {},
    }
    assert canonical(value) == rfc8785.dumps(value)


def test_a_good_line_is_read_as_it_is() -> None:
    revision = parse_revision(GOOD)
    assert revision.id == hashlib.sha256(GOOD).hexdigest()
    assert revision.body == GOOD
    assert (revision.record, revision.district, revision.replica) == (RECORD, "TUR035007", PLAIN["replica"])
    assert (revision.seq, revision.author, revision.wall) == (7, "Ayşe", PLAIN["wall"])
    assert revision.parents == ("0" * 64, "f" * 64)
    assert revision.registers == PLAIN["set"]
    assert trusted_revision(revision.id, GOOD) == revision


@given(st.dictionaries(bmp_text.filter(bool), json_values, max_size=4), st.text(max_size=5), st.integers(1, 2**53 - 1))
def test_what_is_written_here_is_read_anywhere(registers: dict[str, Any], author: str, seq: int) -> None:
    revision = make_revision(registers, author=author, seq=seq)
    try:
        assert parse_revision(revision.body) == revision
    except Malformed as refusal:  # only for what hides in a text: the writer's validation keeps that out
        assert refusal.reason in ("revision_shape", "value_not_allowed", "register_name")


def test_members_that_are_not_known_stay_in_the_bytes() -> None:
    line = _with(zukunft={"yeni": [1, "ş"]}, set={"title": "x", "new_register/7": {"a": [None]}})
    revision = parse_revision(line)
    assert revision.body == line
    assert revision.registers["new_register/7"] == {"a": [None]}


def test_what_a_save_settles_is_part_of_it() -> None:
    line = _with(settles=["goals/6", "title"])
    revision = parse_revision(line)
    assert (revision.settles, revision.body) == (("goals/6", "title"), line)
    assert trusted_revision(revision.id, line) == revision
    made = make_revision({"b": 1, "a": 2}, settles={"b", "a"})
    assert made.settles == ("a", "b")
    assert parse_revision(made.body) == made
    assert make_revision({"b": 1}).body.count(b"settles") == 0


@pytest.mark.parametrize("name", ["TUR035", "TUR035030"])
def test_office_and_districts_write(name: str) -> None:
    assert parse_revision(_with(rec=f"{name}/{'0' * 32}", district=name)).district == name


def _text(old: str, new: str) -> bytes:
    assert GOOD.count(old.encode()) == 1
    return GOOD.replace(old.encode(), new.encode("utf-8", "surrogatepass"))


NOT_CANONICAL: dict[str, bytes] = {
    "empty": b"",
    "blank": b" ",
    "no object": b"[]",
    "null": b"null",
    "string": b'"x"',
    "leading blank": b" " + GOOD,
    "trailing blank": GOOD + b" ",
    "trailing newline": GOOD + b"\n",
    "carriage return": GOOD + b"\r",
    "two values": GOOD + GOOD,
    "cut": GOOD[:-1],
    "byte order mark": b"\xef\xbb\xbf" + GOOD,
    "utf-16": GOOD.decode().encode("utf-16"),
    "bad utf-8": GOOD.replace("ş".encode(), b"\xc5\x20"),
    "overlong utf-8": GOOD.replace(b"Ay", b"\xc1\x81y"),
    "utf-8 surrogate": _text("Ayşe", "Ay\ud800e"),
    "blank after colon": _text('"seq":7', '"seq": 7'),
    "other order": rfc8785.dumps({}) + GOOD[1:],
    "swapped": json.dumps(dict(reversed(PLAIN.items())), ensure_ascii=False, separators=(",", ":")).encode(),
    "key twice": _text('"seq":7', '"seq":7,"seq":7'),
    "key twice, other value": _text('"seq":7', '"seq":1,"seq":7'),
    "register twice": _text('"title":"Ağaç"', '"title":"x","title":"Ağaç"'),
    "escaped letter": _text("Ayşe", "Ay\\u015fe"),
    "escaped slash": _text(RECORD, RECORD.replace("/", "\\/")),
    "lone surrogate escape": _text("Ayşe", "Ay\\ud800e"),
    "swapped surrogates": _text("Ayşe", "Ay\\udc00\\ud800e"),
    "paired surrogate escapes": _text("Ayşe", "Ay\\ud83d\\ude00e"),
    "NUL byte": _text("Ayşe", "Ay\x00e"),
    "NaN": _text('"seq":7', '"seq":NaN'),
    "Infinity": _text('"seq":7', '"seq":Infinity'),
    "minus Infinity": _text('"seq":7', '"seq":-Infinity'),
    "1e400": _text('"seq":7', '"seq":1e400'),
    "1e2": _text('"seq":7', '"seq":1e2'),
    "-0": _text('"rank":1', '"rank":-0'),
    "07": _text('"seq":7', '"seq":07'),
    "+7": _text('"seq":7', '"seq":+7'),
    "5,000 digits": _text('"seq":7', '"seq":' + "7" * 5000),
    "comment": GOOD + b"//",
    "single quotes": GOOD.replace(b'"', b"'"),
    "depth 100,000": _text('"rank":1', '"rank":' + "[" * 100_000),
    "depth 100,000, closed": _text('"rank":1', '"rank":' + "[" * 100_000 + "]" * 100_000),
    "depth 40,000 of objects": _text('"rank":1', '"rank":' + '{"a":' * 40_000 + "1" + "}" * 40_000),
}

WRONG: dict[str, bytes] = {
    **{f"no {name}": rfc8785.dumps({k: v for k, v in PLAIN.items() if k != name}) for name in PLAIN},
    **{f"{name} null": _with(**{name: None}) for name in PLAIN},
    **{f"{name} true": _with(**{name: True}) for name in PLAIN},
    **{f"{name} object": _with(**{name: {"a": []}}) for name in PLAIN if name != "set"},
    "v 0": _with(v=0),
    "v -1": _with(v=-1),
    "v text": _with(v="1"),
    "seq 0": _with(seq=0),
    "seq -1": _with(seq=-1),
    "seq text": _with(seq="7"),
    "seq 1.5": _with(seq=1.5),
    "seq beyond 2^53": _text('"seq":7', f'"seq":{MAX_SAFE_INTEGER + 1}'),
    "rank beyond 2^53": _text('"rank":1', f'"rank":{-MAX_SAFE_INTEGER - 1}'),
    "rank beyond 2^64": _text('"rank":1', f'"rank":{2**70}'),
    "fraction": _with(set={"x": 0.5}),
    "parents unsorted": _with(parents=["f" * 64, "0" * 64]),
    "parent twice": _with(parents=["0" * 64, "0" * 64]),
    "parent too short": _with(parents=["0" * 63]),
    "parent in capitals": _with(parents=["A" * 64]),
    "parent with newline": _with(parents=["0" * 64 + "\n"]),
    "parent a number": _with(parents=[5]),
    "other district": _with(district="TUR035008"),
    "district by prefix": _with(district="TUR035"),
    "rec of nobody": _with(rec="TUR034001/" + "0" * 32, district="TUR034001"),
    "rec with path": _with(rec="TUR035007/../" + "0" * 29),
    "rec in capitals": _with(rec="TUR035007/" + "A" * 32),
    "rec too long": _with(rec=RECORD + "0"),
    "rec with newline": _with(rec=RECORD + "\n"),
    "rec with other digits": _with(rec="TUR035٠٠٧/" + "0" * 32, district="TUR035٠٠٧"),
    "replica too short": _with(replica="00"),
    "replica with newline": _with(replica="0" * 16 + "\n"),
    "type too long": _with(type="x" * 41),
    "set a list": _with(set=[]),
    "register without name": _with(set={"": 1}),
    "register name too long": _with(set={"x" * 201: 1}),
    "register name with newline": _with(set={"a\nb": 1}),
    "register name beyond the plane": _with(set={"😀": 1}),
    "key beyond the plane": _with(set={"x": {"😀": 1}}),
    "unknown member beyond the plane": _with(**{"😀": 1}),
    "key with control": _with(set={"x": {"a\x07": 1}}),
    "first of two keys with control": _with(set={"x": {"a\x07": 1, "b": 1}}),
    "author with bidi": _with(author="Ali \u202egnirts"),
    "author with zero width": _with(author="Ali\u200b"),
    "author on two lines": _with(author="Ali\nVeli"),
    "author too long": _with(author="x" * 201),
    "wall local": _with(wall="2025-03-14T12:00:00+03:00"),
    "wall with newline": _with(wall="2025-03-14T12:00:00Z\n"),
    "wall with other digits": _with(wall="٢٠٢٥-03-14T12:00:00Z"),
    "control in value": _with(set={"title": "a\x07"}),
    "later control in value": _with(set={"title": "a\x85"}),
    "first later control": _with(set={"title": "\x80"}),
    "last later control": _with(set={"title": "\x9f"}),
    "noncharacter in value": _with(set={"title": "a\uffff"}),
    "NUL escape": _text("Ayşe", "Ay\\u0000e"),
    "7.0": _text('"seq":7', '"seq":7.0'),
    "-0.0": _text('"rank":1', '"rank":-0.0'),
    "settles nothing": _with(settles=[]),
    "settles null": _with(settles=None),
    "settles a text": _with(settles="title"),
    "settles a number": _with(settles=[1]),
    "settles what it does not write": _with(settles=["unit"]),
    "settles also what it does not write": _with(settles=["title", "unit"]),
    "settles unsorted": _with(settles=["title", "goals/6"]),
    "settles twice": _with(settles=["title", "title"]),
    "depth 9": _with(set={"x": [[[[[[[[1]]]]]]]]}),
}


@pytest.mark.parametrize("line", NOT_CANONICAL.values(), ids=NOT_CANONICAL)
def test_other_spellings_are_refused(line: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        parse_revision(line)
    assert caught.value.reason in ("line_not_json", "line_not_canonical")


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG)
def test_a_canonical_line_that_is_no_revision_is_refused(line: bytes) -> None:
    with pytest.raises(Malformed):
        parse_revision(line)


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        (_with(set={"x": "a" * MAX_LINE}), OverLimit("line_too_long", str(len(_with(set={"x": "a" * MAX_LINE}))))),
        (_with(parents=[f"{n:064x}" for n in range(65)]), OverLimit("too_many_parents", "65")),
        (WRONG["parents unsorted"], Malformed("revision_parents")),
        (WRONG["other district"], Malformed("revision_shape", "district, author")),
        (WRONG["author with bidi"], Malformed("revision_shape", "district, author")),
        (WRONG["register without name"], Malformed("register_name")),
        (WRONG["register name too long"], Malformed("register_name", "x" * 40)),
        (_with(set={"a": 1, "b\nc": 2}), Malformed("register_name", "b\nc")),
        (WRONG["settles nothing"], Malformed("revision_shape", "settles")),
        (WRONG["settles unsorted"], Malformed("revision_shape", "settles")),
        (WRONG["settles what it does not write"], Malformed("revision_shape", "settles")),
        (WRONG["depth 9"], Malformed("value_not_allowed")),
        (NOT_CANONICAL["cut"], Malformed("line_not_json", "DecodeError")),
        (NOT_CANONICAL["leading blank"], Malformed("line_not_canonical")),
        (NOT_CANONICAL["null"], Malformed("line_not_canonical")),
        (_with(v=2), TooNew("newer_records", "2")),
        (_erased(3), TooNew("newer_records", "3")),
        (_erased(1), Malformed("revision_shape", "v, erased")),
        (_with(erased=None), Malformed("revision_shape", "v, erased")),
        (_erased(registers=[]), Malformed("revision_shape", "erased")),
        (_erased(registers=["title", "goals/6"]), Malformed("revision_shape", "erased")),
        (_erased(registers=["title", "title"]), Malformed("revision_shape", "erased")),
        (_erased(registers=["unit"]), Malformed("revision_shape", "erased")),
        (_erased(who="Ay\u202eşe"), Malformed("revision_shape", "erased")),
        (_erased(sha256="0" * 64), Malformed("erased_sum", "ab" * 32)),
    ],
    ids=range(25),
)
def test_why_a_line_is_refused(line: bytes, refused: Refused) -> None:
    for lines in ([line], [GOOD, line]):
        with pytest.raises(Refused) as caught:
            list(parse_revisions(lines))
        assert caught.value == refused
    assert not is_sound("ab" * 32, line)


def test_a_line_from_which_something_was_erased_keeps_its_name() -> None:
    for line in (_erased(), _erased(registers=["goals/6", "title"]), _erased(who="Ş" * 200, why="Ş" * 500)):
        [found] = parse_revisions([line])
        assert (found.id, found.body) == ("ab" * 32, line)
        assert found.erased is not None
        assert trusted_revision(found.id, line) == found
        assert is_sound("ab" * 32, line)
        assert not is_sound("cd" * 32, line)
    wrongs: list[dict[str, Any]] = [
        {"who": "x" * 201},
        {"why": "x" * 501},
        {"id": "AB" * 32},
        {"id": "ab" * 32 + "\n"},
        {"when": ""},
    ]
    for wrong in wrongs:
        with pytest.raises(Malformed) as caught:
            parse_revision(_erased(**wrong))
        assert caught.value.reason == "revision_shape"
    assert is_sound(hashlib.sha256(GOOD).hexdigest(), GOOD)
    assert not is_sound("ab" * 32, GOOD)


def test_the_words_and_limits_are_those_of_the_format() -> None:
    ends = {"x": MAX_SAFE_INTEGER, "y": -MAX_SAFE_INTEGER}
    assert parse_revision(_with(set=ends)).registers == ends
    assert (PROJECT, DELETED, revisions.VERSION, revisions.ERASED_VERSION) == ("project", "_deleted", 1, 2)
    assert (MAX_LINE, revisions.MAX_PARENTS, revisions.MAX_DEPTH) == (262_144, 64, 8)
    assert MAX_SAFE_INTEGER == 9_007_199_254_740_991


def test_limits() -> None:
    many = [f"{n:064x}" for n in range(65)]
    assert parse_revision(_with(parents=many[:64])).parents == tuple(many[:64])
    with pytest.raises(OverLimit):
        parse_revision(_with(parents=many))
    room = MAX_LINE - len(_with(set={"x": ""}))
    assert len(parse_revision(_with(set={"x": "a" * room})).body) == MAX_LINE
    for read in (parse_revision, lambda line: list(parse_revisions([line]))):
        with pytest.raises(OverLimit):
            read(_with(set={"x": "a" * (room + 1)}))
    assert parse_revision(_with(set={"x": [[[[[[1]]]]]]})).registers["x"] == [[[[[[1]]]]]]


@pytest.mark.parametrize(
    ("value", "count", "parts_of"),
    [(None, 1200, [227] * 5 + [65]), ("x" * 300, 900, [227] * 3 + [219]), ("x" * 90_000, 4, [2, 2])],
    ids=["nothing", "short", "long"],
)
def test_a_decision_too_large_for_a_line_becomes_several_that_can_be_erased_too(
    value: object, count: int, parts_of: list[int]
) -> None:
    long = {f"{n:04}{'ş' * 180}": value for n in range(count)}
    parts = list(fitting(long))
    assert {name: value for part in parts for name, value in part.items()} == long
    assert list(map(len, parts)) == parts_of
    for part in parts:
        revision = make_revision(part, settles=part)
        erased = erase(revision, part, when="2025-03-14T12:00:00Z", who="Ş" * 200, why="Ş" * 500)
        assert max(len(revision.body), len(erased.body)) < MAX_LINE - 67 * 64


def test_what_fits_is_not_divided() -> None:
    assert list(fitting({})) == [{}]
    assert list(fitting({"a": 1, "b": None})) == [{"a": 1, "b": None}]
    assert [len(part) for part in fitting({"a": "x" * 100_000, "b": "x" * 100_000})] == [2]
    assert [len(part) for part in fitting({"a": "x" * 200_000, "b": "x" * 200_000, "c": 1})] == [1, 2]
    assert [len(part) for part in fitting({"a": "x" * 300_000})] == [1]  # no part can be smaller


@pytest.mark.parametrize("version", [2, 2**53 - 1])
def test_a_newer_revision_is_told_from_a_damaged_one(version: int) -> None:
    with pytest.raises(TooNew):
        parse_revision(_with(v=version, set="a form of the future"))


def _accepted_only_if_its_own_form(line: bytes) -> None:
    try:
        revision = parse_revision(line)
    except Refused:
        return
    assert revision.body == line
    assert rfc8785.dumps(json.loads(line)) == line
    assert trusted_revision(revision.id, line) == revision


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(line: bytes) -> None:
    _accepted_only_if_its_own_form(line)


@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 3), st.binary(max_size=4)), min_size=1, max_size=3)
)
def test_a_good_line_that_was_tampered_with_is_read_as_it_is_or_refused(cuts: list[tuple[int, int, bytes]]) -> None:
    line = GOOD
    for at, cut, put in cuts:
        line = line[:at] + put + line[at + cut :]
    _accepted_only_if_its_own_form(line)


@given(st.sampled_from(sorted(PLAIN)), json_values)
def test_a_member_of_any_type_is_read_or_refused(name: str, value: Any) -> None:
    _accepted_only_if_its_own_form(_with(**{name: value}))


_numbers = st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
_anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | _numbers | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(_anything, st.lists(st.booleans(), max_size=14), st.sampled_from(["set", "more"]))
def test_the_short_way_says_what_the_long_one_says(value: Any, in_lists: list[bool], member: str) -> None:
    for in_list in in_lists:
        value = [value] if in_list else {"title": value}
    try:
        line = canonical({**PLAIN, member: {"title": value}})
    except (UnicodeEncodeError, OverflowError):  # no line has a lone surrogate
        return
    short = revisions._plain_wires([line])
    assert short is None or short == [revisions._wire(line)]


def _together(lines: Sequence[bytes]) -> tuple[list[Revision], str]:
    """What was read, or why it was refused."""
    try:
        return list(parse_revisions(lines)), ""
    except Refused as refusal:
        return [], f"{type(refusal).__name__}: {refusal.reason}, {refusal.detail}"


def _one_by_one(lines: Sequence[bytes]) -> tuple[list[Revision], str]:
    try:
        return list(map(parse_revision, lines)), ""
    except Refused as refusal:
        return [], f"{type(refusal).__name__}: {refusal.reason}, {refusal.detail}"


ODD = [
    *NOT_CANONICAL.values(),
    *WRONG.values(),
    _erased(),
    _erased(1),
    _with(v=2),
    _with(zukunft=1),
    _with(set={"x": "\\"}),
    _with(set={}),
]


@given(st.lists(st.sampled_from([GOOD, _with(seq=8), *ODD]), max_size=6))
def test_many_lines_are_read_as_each_by_itself(lines: list[bytes]) -> None:
    assert _together(lines) == _one_by_one(lines)


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_one_odd_line_among_many_is_found(odd: bytes) -> None:
    before = [_with(seq=n) for n in range(1, 202)]
    _, refused = _one_by_one([odd])
    for lines in ([*before, odd], [odd, *before], [*before[:199], odd, *before[199:]]):
        found, why = _together(lines)
        assert why == refused
        assert [revision.body for revision in found] == (lines if not why else [])


def test_no_lines_are_none() -> None:
    assert list(parse_revisions([])) == []


@pytest.mark.parametrize("depth", range(1, 16))
def test_lists_and_objects_in_turn_are_as_deep_as_they_are(depth: int) -> None:
    value: Any = None
    for n in range(depth):
        value = [value] if n % 2 else {"a": value}
    line = _with(set={"title": value})
    if revisions._plain_wires([line]):
        assert revisions._wire(line)


def test_an_ordinary_line_takes_the_short_way() -> None:
    for text in ("C:\\users", '"tırnak"', "bir\n\tiki", "18 °C § ½", "0 1234567890123456", "–"):
        line = _with(set={"title": text})
        assert revisions._plain_wires([GOOD, line]) == [revisions._wire(GOOD), revisions._wire(line)], text
    body = make_revision(to_registers(FIELDS, {})).body
    assert revisions._plain_wires([body, body]) == [revisions._wire(body)] * 2
