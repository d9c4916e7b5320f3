"""What a save said is forgotten, everything else about it stays, and order and repetition make no difference."""

from functools import reduce

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.erasure import erasable, erase, joined
from izsa_desktop.domain.errors import Malformed, NotAuthorised, Refused, TooNew
from izsa_desktop.domain.history import ordered
from izsa_desktop.domain.merge import as_of, record_state
from izsa_desktop.domain.revision import (
    DELETED,
    Json,
    Revision,
    canonical,
    erased_sum,
    is_sound,
    parse_revision,
    trusted_revision,
)
from tests.support import RECORD, json_values, make_revision, worlds

WHEN = "2025-04-01T09:00:00Z"
ORIGINAL = make_revision({"contact": "ayse.yilmaz@example.org", "title": "Kompost", "unit": "Park"})


def without(revision: Revision, *registers: str, why: str = "Başvuru", when: str = WHEN) -> Revision:
    return erase(revision, registers, when=when, who="Ayşe Yılmaz", why=why)


def line_of(revision: Revision) -> dict[str, Json]:
    line: dict[str, Json] = msgspec.json.decode(revision.body)
    return line


def spelled(line: dict[str, Json]) -> bytes:
    """The line with a sum that fits, as a forger writes it."""
    line["erased"]["sha256"] = erased_sum(line)
    return canonical(line)


# --- one save --------------------------------------------------------------------------------------------------------


def test_what_was_said_is_gone_and_everything_else_stays() -> None:
    form = without(ORIGINAL, "contact")
    assert form.registers == {"contact": None, "title": "Kompost", "unit": "Park"}
    assert b"ayse.yilmaz" not in form.body
    for name in ("id", "record", "replica", "seq", "parents", "author", "wall", "district", "type"):
        assert getattr(form, name) == getattr(ORIGINAL, name)
    assert form.erased is not None
    assert (form.erased.registers, form.erased.who, form.erased.why) == (("contact",), "Ayşe Yılmaz", "Başvuru")
    assert parse_revision(form.body) == form == trusted_revision(form.id, form.body)
    assert is_sound(form.id, form.body)
    assert is_sound(ORIGINAL.id, ORIGINAL.body)
    assert not is_sound("0" * 64, form.body)


def test_only_what_is_said_can_be_erased() -> None:
    revision = make_revision({"title": "a", "unit": None, DELETED: True, "number": "İZSA-1"})
    assert erasable(revision, ["title", "unit", "place", DELETED, "number"]) == ["title"]


def test_members_of_newer_versions_stay() -> None:
    line = line_of(ORIGINAL) | {"x_new": {"a": [1]}}
    newer = parse_revision(canonical(line))
    assert line_of(without(newer, "contact"))["x_new"] == {"a": [1]}


def test_one_flipped_bit_of_what_is_left_is_noticed() -> None:
    form = without(ORIGINAL, "contact")
    sound = 0
    for at in range(len(form.body)):
        for bit in (1, 16):
            body = form.body[:at] + bytes([form.body[at] ^ bit]) + form.body[at + 1 :]
            sound += is_sound(form.id, body)
    assert sound == 0


@pytest.mark.parametrize(
    "change",
    [
        {"registers": []},
        {"registers": ["title"]},
        {"registers": ["unit", "contact"]},
        {"registers": ["contact", "contact"]},
        {"registers": ["owner"]},
        {"registers": "contact"},
        {"id": "x"},
        {"id": "0" * 63 + "\n"},
        {"who": "Ayşe\u202e"},
        {"why": "x" * 501},
        {"when": "dün"},
    ],
)
def test_an_erasure_that_is_none(change: dict[str, Json]) -> None:
    line = line_of(without(ORIGINAL, "contact"))
    line["erased"] |= change
    with pytest.raises(Malformed):
        parse_revision(spelled(line))


@pytest.mark.parametrize("register", [DELETED, "_other", "number"])
def test_the_programs_own_marks_are_never_erased(register: str) -> None:
    line = line_of(without(ORIGINAL, "contact"))
    line["set"][register] = None
    line["erased"]["registers"] = sorted(["contact", register])
    with pytest.raises(Malformed):
        parse_revision(spelled(line))


def test_the_version_says_whether_something_was_erased() -> None:
    line = line_of(without(ORIGINAL, "contact"))
    with pytest.raises(Malformed):
        parse_revision(spelled(line | {"v": 1}))
    for newer in (line_of(ORIGINAL) | {"v": 2}, line | {"v": 3}):
        with pytest.raises(TooNew):
            parse_revision(canonical(newer))
    with pytest.raises(Malformed):
        parse_revision(canonical(line | {"erased": line["erased"] | {"sha256": "0" * 64}}))
    with pytest.raises(Malformed):
        parse_revision(canonical(line | {"erased": None}))


@given(st.binary(max_size=40), json_values)
def test_whatever_stands_there_is_refused_or_sound(junk: bytes, value: Json) -> None:
    line = line_of(without(ORIGINAL, "contact"))
    for body in (junk, canonical(line | {"erased": value})):
        with pytest.raises(Refused):
            parse_revision(body)


# --- two forms of one save -------------------------------------------------------------------------------------------


def test_the_erased_form_wins_whichever_comes_first() -> None:
    form = without(ORIGINAL, "contact")
    assert joined(ORIGINAL, form) == joined(form, ORIGINAL) == joined(form, form) == form
    assert joined(ORIGINAL, ORIGINAL) == ORIGINAL


def test_two_erasures_are_both_done() -> None:
    one, other = without(ORIGINAL, "contact"), without(ORIGINAL, "unit", why="İkinci")
    both = joined(one, other)
    assert both == joined(other, one)
    assert both.registers == {"contact": None, "title": "Kompost", "unit": None}
    assert joined(both, one) == joined(one, both) == joined(both, ORIGINAL) == both


@pytest.mark.parametrize(
    "change",
    [
        {"author": "Başkası"},
        {"wall": "2031-01-01T00:00:00Z"},
        {"seq": 99},
        {"rec": RECORD[:-1] + "0"},
        {"parents": ["0" * 64]},
        {"set": {"contact": None, "title": "Başka", "unit": "Park"}},
        {"set": {"contact": None, "title": "Kompost", "unit": "Park", "owner": "x"}},
        {"set": {"contact": None, "title": "Kompost"}},
        {"x_new": 1},
    ],
)
def test_a_form_that_contradicts_the_original_never_wins(change: dict[str, Json]) -> None:
    forged = parse_revision(spelled(line_of(without(ORIGINAL, "contact")) | change))
    assert forged.id == ORIGINAL.id
    with pytest.raises(NotAuthorised):
        joined(ORIGINAL, forged)
    assert joined(forged, ORIGINAL) == ORIGINAL
    with pytest.raises(NotAuthorised):
        joined(without(ORIGINAL, "contact"), forged)


@st.composite
def forgettings(draw: st.DrawFn) -> tuple[list[Revision], list[Revision]]:
    """A record's saves, and the same with forms from which something was erased among them, in any order, repeated."""
    originals = draw(worlds())
    forms = list(originals)
    for revision in originals:
        said = erasable(revision, revision.registers)
        for gone in draw(st.lists(st.sets(st.sampled_from(said), min_size=1), max_size=2)) if said else ():
            forms.append(without(revision, *gone, why=draw(st.sampled_from("ab"))))
    return originals, draw(st.permutations(forms + draw(st.lists(st.sampled_from(forms), max_size=3))))


def kept(forms: list[Revision]) -> dict[str, Revision]:
    by_id: dict[str, list[Revision]] = {}
    for form in forms:
        by_id.setdefault(form.id, []).append(form)
    return {id_: reduce(joined, same) for id_, same in by_id.items()}


@given(forgettings())
def test_order_and_repetition_make_no_difference(made: tuple[list[Revision], list[Revision]]) -> None:
    originals, forms = made
    one = kept(forms)
    assert one == kept(forms[::-1]) == kept(sorted(forms, key=lambda form: form.body))
    state = record_state(RECORD, one.values())
    assert state == record_state(RECORD, list(one.values())[::-1])
    before = record_state(RECORD, originals)
    assert [head.id for head in state.heads] == [head.id for head in before.heads]
    assert state.parked == before.parked
    erased = {(form.id, name) for form in one.values() if form.erased is not None for name in form.erased.registers}
    for writes in state.conflicts.values():
        assert all(not write.erased for write in writes) or all(write.erased for write in writes)
    for id_, name in erased:
        assert one[id_].registers[name] is None
    untouched = before.values.keys() - {name for _, name in erased}
    assert {name: state.values[name] for name in untouched} == {name: before.values[name] for name in untouched}


def test_what_was_erased_still_replaces_what_was_there_before_it() -> None:
    first = make_revision({"contact": "a@b"})
    second = make_revision({"contact": "c@d"}, first, seq=2)
    assert record_state(RECORD, [first, without(second, "contact")]).values["contact"] is None


def test_what_was_erased_gives_way_to_what_stands_beside_it() -> None:
    first = make_revision({"title": "a"})
    mine = make_revision({"contact": "a@b"}, first, seq=2)
    other = make_revision({"contact": "park@b"}, first, replica="f" * 16)
    state = record_state(RECORD, [first, without(mine, "contact"), other])
    assert state.values["contact"] == "park@b"
    assert state.conflicts == {}


def test_claimed_ids_that_name_each_other_as_parents_wait_for_ever() -> None:
    """Ids that are hashes cannot form a cycle; those that a forger claims can."""
    one, other = make_revision({"contact": "a"}), make_revision({"contact": "b"}, seq=2)
    circle = [
        parse_revision(spelled(line_of(without(this, "contact")) | {"parents": [that.id]}))
        for this, that in ((one, other), (other, one))
    ]
    honest = make_revision({"title": "a"}, seq=3)
    state = record_state(RECORD, [*circle, honest])
    assert state.parked == tuple(sorted((one.id, other.id)))
    assert state.values == {"title": "a"}
    assert ordered([*circle, honest])[0] == honest
    assert {r.id for r in as_of([*circle, honest], [one.id])} == {one.id, other.id}
