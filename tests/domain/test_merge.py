"""The merge against an oracle written from the rules alone, in worlds of PCs that know little of each other."""

import random
from collections.abc import Iterable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.merge import RecordState, as_of, record_state
from izsa_desktop.domain.registers import from_state
from izsa_desktop.domain.revision import DELETED, Revision
from tests.support import RECORD, make_revision, worlds


def oracle(revisions: Iterable[Revision]) -> tuple[dict[str, set[Any]], bool, set[str], set[str]]:
    """Brute force: the distinct values of every register, whether it is put away, heads and parked ids.

    A write stands unless a later one, by somebody who knew of it, replaced it. A record is put away when all that
    stands says so and every edit was known to one who put it away, or made by one who knew of that.
    """
    known = {revision.id: revision for revision in revisions}

    def ancestors(id_: str) -> set[str]:
        return {a for parent in known[id_].parents if parent in known for a in {parent, *ancestors(parent)}}

    def complete(id_: str) -> bool:
        return all(parent in known and complete(parent) for parent in known[id_].parents)

    here = {id_: ancestors(id_) for id_ in known if complete(id_)}
    values: dict[str, set[Any]] = {}
    deciders = []
    for id_ in here:
        for register, value in known[id_].registers.items():
            if not any(id_ in here[later] and register in known[later].registers for later in here):
                values.setdefault(register, set()).add(value)
                deciders += [id_] if register == DELETED else []
    unknown = [e for e in here if not any(e == d or e in here[d] or d in here[e] for d in deciders)]
    heads = {id_ for id_ in here if not any(id_ in known[other].parents for other in here)}
    return values, values.get(DELETED) == {True} and not unknown, heads, known.keys() - here.keys()


def _agrees(state: RecordState, revisions: list[Revision]) -> bool:
    values, deleted, heads, parked = oracle(revisions)
    expected_conflicts = {name for name, found in values.items() if len(found) > 1}
    if values.get(DELETED) == {True} and not deleted:
        expected_conflicts.add(DELETED)
    return (
        state.values.keys() == values.keys()
        and all(state.values[name] in values[name] for name in values if name != DELETED)
        and state.conflicts.keys() == expected_conflicts
        and all({w.value for w in state.conflicts[n]} == values[n] for n in expected_conflicts if n != DELETED)
        and from_state(state).deleted == deleted
        and {head.id for head in state.heads} == heads
        and set(state.parked) == parked
    )


@given(worlds())
def test_what_is_shown_is_what_the_oracle_shows(revisions: list[Revision]) -> None:
    assert _agrees(record_state(RECORD, revisions), revisions)


@given(worlds(), st.data())
def test_so_it_is_when_any_revisions_are_missing_and_the_parked_ones_heal(
    revisions: list[Revision], data: st.DataObject
) -> None:
    some = data.draw(st.lists(st.sampled_from(revisions), unique_by=lambda revision: revision.id))
    assert _agrees(record_state(RECORD, some), some)
    healed = record_state(RECORD, [*some, *revisions])
    assert healed.parked == ()
    assert healed == record_state(RECORD, revisions)


@given(worlds(), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(revisions: list[Revision], shuffler: random.Random) -> None:
    state = record_state(RECORD, revisions)
    again = revisions * 2
    shuffler.shuffle(again)
    assert record_state(RECORD, again) == state
    assert from_state(record_state(RECORD, again)) == from_state(state)


@given(worlds())
def test_no_edit_is_lost(revisions: list[Revision]) -> None:
    state = record_state(RECORD, revisions)
    for revision in revisions:
        for register, value in revision.registers.items():
            replaced = any(register in later.registers and _knew(later, revision, revisions) for later in revisions)
            among = {write.revision.id for write in state.conflicts.get(register, ())}
            assert replaced or revision.id in among or state.values[register] == value


def _knew(later: Revision, earlier: Revision, revisions: list[Revision]) -> bool:
    by_id = {revision.id: revision for revision in revisions}
    return earlier.id in later.parents or any(_knew(by_id[parent], earlier, revisions) for parent in later.parents)


@given(worlds(), st.data())
def test_a_settled_conflict_never_comes_back(revisions: list[Revision], data: st.DataObject) -> None:
    state = record_state(RECORD, revisions)
    settled = make_revision(dict(state.values), *state.heads, seq=99, replica="f" * 16)
    assert record_state(RECORD, [*revisions, settled]).conflicts == {}
    old = data.draw(st.lists(st.sampled_from(revisions)))
    again = record_state(RECORD, [*old, settled, *revisions, *old])
    assert (again.conflicts, again.values) == ({}, state.values)
    assert again.heads == (settled,)


def _shown(*revisions: Revision) -> tuple[bool, tuple[str, ...]]:
    project = from_state(record_state(RECORD, revisions))
    return project.deleted, project.conflicts


def test_an_edit_of_which_the_deleter_did_not_know_keeps_the_record_in_sight() -> None:
    first = make_revision({"title": "a"})
    put_away = make_revision({DELETED: True}, first, replica="1" * 16)
    edit = make_revision({"title": "b"}, first, seq=2)
    assert _shown(first, put_away) == (True, ())
    assert _shown(first, put_away, edit) == (False, (DELETED,))
    conflict = record_state(RECORD, [first, put_away, edit]).conflicts[DELETED]
    assert {(write.value, write.revision.id) for write in conflict} == {(True, put_away.id), (None, edit.id)}
    again = make_revision({DELETED: True}, put_away, edit, seq=3)
    assert _shown(first, put_away, edit, again) == (True, ())
    kept = make_revision({DELETED: None}, put_away, edit, seq=3)
    assert _shown(first, put_away, edit, kept) == (False, ())
    other_field = make_revision({"unit": "x"}, put_away, edit, seq=3)
    assert _shown(first, put_away, edit, other_field) == (False, (DELETED,))


def test_of_several_edits_the_newest_stands_against_the_deletion() -> None:
    first = make_revision({"title": "a"})
    put_away = make_revision({DELETED: True}, first, replica="1" * 16)
    edits = [first]
    for n in range(2, 6):
        edits.append(make_revision({"title": str(n)}, edits[-1], seq=n))
    conflict = record_state(RECORD, [*edits, put_away]).conflicts[DELETED]
    assert {write.revision.id for write in conflict} == {put_away.id, edits[-1].id}


def test_an_edit_by_one_who_knew_of_the_deletion_does_not_bring_the_record_back() -> None:
    first = make_revision({"title": "a"})
    put_away = make_revision({DELETED: True}, first, seq=2)
    edit = make_revision({"title": "b"}, put_away, seq=3)
    assert _shown(first, put_away, edit) == (True, ())
    restored = make_revision({DELETED: None}, edit, seq=4)
    assert _shown(first, put_away, edit, restored) == (False, ())


@pytest.mark.parametrize("type_", ["joint", "coaching"])
def test_an_answer_to_what_the_office_put_away_does_not_bring_it_back_but_an_edit_does(type_: str) -> None:
    """Whichever comes first, and whoever stands upon it: the answer is kept and is in no conflict."""
    made = make_revision({"title": "Yağ"}, type_=type_)
    away = make_revision({DELETED: True}, made, seq=2, type_=type_)
    answer = make_revision({"district/answer": {"said": "accept"}}, made, replica="b" * 16, type_=type_)
    told = make_revision({"told/TUR035021": {"said": "accept"}}, made, replica="c" * 16, type_=type_)
    for some in permutations((made, away, answer, told)):
        state = record_state(RECORD, some)
        assert from_state(state).deleted
        assert state.conflicts == {}
        assert state.values["district/answer"] == {"said": "accept"}
    edit = make_revision({"title": "Atık yağ"}, made, replica="d" * 16, type_=type_)
    later = make_revision({"district/answer": {"said": "decline"}}, edit, replica="b" * 16, seq=2, type_=type_)
    state = record_state(RECORD, [made, away, later, edit])
    assert not from_state(state).deleted
    assert [write.revision for write in state.conflicts[DELETED] if write.value is None] == [edit]
    both = make_revision({"title": "x", "district/answer": {}}, made, replica="e" * 16, type_=type_)
    assert not from_state(record_state(RECORD, [made, away, both])).deleted


def test_in_a_project_such_a_register_is_an_edit_as_any() -> None:
    made = make_revision()
    away, odd = make_revision({DELETED: True}, made, seq=2), make_revision({"district/x": 1}, made, replica="b" * 16)
    assert not from_state(record_state(RECORD, [made, away, odd])).deleted


def test_the_same_value_from_both_sides_is_no_conflict_and_aba_is_an_edit() -> None:
    first = make_revision({"x": 0})
    to_one = make_revision({"x": 1}, first, seq=2)
    back = make_revision({"x": 0}, to_one, seq=3)
    other = make_revision({"x": 2}, first, replica="1" * 16)
    assert set(record_state(RECORD, [first, to_one, back, other]).conflicts) == {"x"}
    same = make_revision({"x": 0}, first, replica="2" * 16)
    state = record_state(RECORD, [first, to_one, back, same])
    assert (state.conflicts, state.values) == ({}, {"x": 0})


def test_what_is_true_elsewhere_puts_nothing_away() -> None:
    first = make_revision({"title": "a"})
    flag = make_revision({"x": True}, first, replica="1" * 16)
    edit = make_revision({"title": "b"}, first, seq=2)
    state = record_state(RECORD, [first, flag, edit])
    assert (state.conflicts, state.values) == ({}, {"title": "b", "x": True})


def test_what_somebody_saw_are_the_heads_and_all_before_them_as_far_as_they_are_here() -> None:
    first = make_revision({"x": 1})
    second = make_revision({"x": 2}, first, seq=2)
    third = make_revision({"x": 3}, second, seq=3)
    everything = [first, second, third]
    assert {revision.seq for revision in as_of(everything, [second.id])} == {1, 2}
    assert {revision.seq for revision in as_of([first, third], [third.id, "0" * 64])} == {3}
    assert as_of(everything, []) == []


def test_true_and_one_are_two_values() -> None:
    state = record_state(RECORD, [make_revision({"x": True}), make_revision({"x": 1})])
    assert set(state.conflicts) == {"x"}


def test_the_shown_value_does_not_hang_on_arrival_but_on_clock_and_id() -> None:
    early = make_revision({"x": "early"}, wall="2009-01-01T00:00:00Z", replica="1" * 16)
    late = make_revision({"x": "late"}, wall="2099-01-01T00:00:00Z", replica="2" * 16)
    assert record_state(RECORD, [early, late]) == record_state(RECORD, [late, early])
    assert record_state(RECORD, [early, late]).values == {"x": "late"}
    later = make_revision({"x": "after both"}, early, late, wall="1970-01-01T00:00:00Z", replica="3" * 16)
    assert record_state(RECORD, [early, late, later]).values == {"x": "after both"}


def test_two_saves_in_the_same_second_are_shown_alike_everywhere() -> None:
    both = [make_revision({"x": name}, replica=replica) for name, replica in (("a", "1" * 16), ("b", "2" * 16))]
    newest = max(both, key=lambda revision: revision.id)
    for order in (both, both[::-1]):
        state = record_state(RECORD, order)
        assert state.values == newest.registers
        assert [write.revision for write in state.conflicts["x"]] == sorted(both, key=lambda revision: revision.id)


def test_a_parent_that_belongs_to_another_record_never_counts() -> None:
    other = make_revision(record=RECORD[:-1] + "0")
    child = make_revision({"x": 1}, other)
    state = record_state(RECORD, [child])
    assert (state.parked, state.heads, state.values) == ((child.id,), (), {})


def test_a_record_that_was_saved_ten_thousand_times_is_still_quick() -> None:
    chain: list[Revision] = []
    for n in range(10_000):
        chain.append(make_revision({"x": n}, *chain[-1:], seq=n + 1))
    assert record_state(RECORD, reversed(chain)).values == {"x": 9999}
