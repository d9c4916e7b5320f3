"""Order of saves, states as of a save, comparison of texts and rows."""

import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given

from izsa_desktop.domain.history import changes, compared, differences, ordered, state_at
from izsa_desktop.domain.merge import record_state
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.registers import to_registers
from izsa_desktop.domain.revision import DELETED, Revision
from izsa_desktop.domain.rows import Partner
from tests.support import FIELDS, RECORD, make_revision, project_fields, turkish_text, worlds


@given(worlds())
def test_no_save_stands_before_one_that_it_knew(revisions: list[Revision]) -> None:
    shuffled = sorted(revisions, key=lambda r: r.id)
    found = ordered(shuffled)
    assert found == ordered(revisions)
    assert {r.id for r in found} == {r.id for r in revisions}
    seen: set[str] = set()
    for revision in found:
        assert seen >= set(revision.parents)
        seen.add(revision.id)


def test_what_waits_for_a_lost_save_comes_last() -> None:
    first = make_revision({"title": "a"})
    lost = make_revision({"title": "b"}, first, seq=2)
    waits = make_revision({"title": "c"}, lost, seq=3, wall="2001-01-01T00:00:00Z")
    assert ordered([waits, first]) == [first, waits]


def test_a_version_is_what_its_writer_saw() -> None:
    first = make_revision({"title": "a", "unit": "x"})
    mine = make_revision({"title": "b"}, first, seq=2)
    other = make_revision({"unit": "y"}, first, replica="f" * 16)
    assert state_at(RECORD, [first, mine, other], [mine.id]).values == {"title": "b", "unit": "x"}
    assert state_at(RECORD, [first, mine, other], []).values == {}


def test_being_in_the_bin_is_a_difference() -> None:
    first = make_revision({"title": "a"})
    gone = make_revision({DELETED: True}, first, seq=2)
    [change] = differences(record_state(RECORD, [first]), record_state(RECORD, [first, gone]))
    assert (change.field, change.before, change.after, change.spec) == (DELETED, False, True, None)


@given(project_fields, project_fields)
def test_exactly_the_fields_that_differ_are_named(before: ProjectFields, after: ProjectFields) -> None:
    differing = {name for name in ProjectFields.__struct_fields__ if getattr(before, name) != getattr(after, name)}
    assert {change.field for change in changes(before, after)} == differing


def test_rows_come_go_change_and_move() -> None:
    kept, gone, new = Partner(key="k", name="K"), Partner(key="g", name="G"), Partner(key="n", name="N")
    before = ProjectFields(partners=(kept, gone))
    [change] = changes(before, ProjectFields(partners=(replace(kept, role="fon"), new)))
    assert [(r.before, r.after, [p.name for p in r.parts]) for r in change.rows] == [
        (gone, None, []),
        (kept, replace(kept, role="fon"), ["role"]),
        (None, new, []),
    ]
    [moved] = changes(before, ProjectFields(partners=(gone, kept)))
    assert moved.moved
    assert not change.moved


@given(turkish_text, turkish_text)
def test_a_comparison_holds_both_texts_whole(before: str, after: str) -> None:
    found = compared(before, after)
    assert "".join(s.text for s in found if s.sort != "added") == before
    assert "".join(s.text for s in found if s.sort != "removed") == after
    assert all(one.sort != other.sort for one, other in pairwise(found))


def test_only_the_words_that_differ_are_marked() -> None:
    found = compared("Çatı suyunu toplamak.\nSon.", "Çatı suyunu parkta toplamak.\nSon.")
    assert [(s.sort, s.text) for s in found] == [
        ("same", "Çatı suyunu"),
        ("added", " parkta"),
        ("same", " toplamak.\nSon."),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 2_500, "b a " * 2_500),
        ("a " * 5_000, "b " * 5_000),
        (" ".join(f"{n % 97}" for n in range(3_600)), " ".join(f"{n * n % 89}" for n in range(3_600))),
        ("x" * 10_000, "y " * 5_000),
        ("söz " * 20_000, "başka söz " * 20_000),
    ],
)
def test_no_pair_of_long_texts_takes_long(before: str, after: str) -> None:
    started = time.process_time()
    found = compared(before, after)
    assert time.process_time() - started < 2
    assert "".join(s.text for s in found if s.sort != "added") == before


def test_every_field_as_registers_and_back_differs_in_nothing() -> None:
    state = record_state(RECORD, [make_revision(to_registers(FIELDS, {}))])
    assert differences(state, state) == ()
