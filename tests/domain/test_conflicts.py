"""Questions over whatever three PCs may write: nothing is left out, and what was decided stays decided."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.conflicts import Question, candidates, questions, settled
from izsa_desktop.domain.merge import RecordState, record_state
from izsa_desktop.domain.revision import Revision, canonical
from tests.support import PC, RECORD, make_revision, worlds


def state_of(revisions: Sequence[Revision]) -> RecordState:
    return record_state(RECORD, revisions)


def decided(state: RecordState, question: Question, place: int) -> Revision:
    """The save by which a person answers."""
    values = question.options[place % len(question.options)].values
    return make_revision(dict(values), *state.heads, replica="00000000000000ff", settles=values)


@given(worlds())
def test_every_register_in_conflict_is_asked_once_with_all_its_values_and_saves(revisions: list[Revision]) -> None:
    state = state_of(revisions)
    asked = questions(state.conflicts)
    assert sorted(name for question in asked for name in question.registers) == sorted(state.conflicts)
    for question in asked:
        assert len(question.options) > 1
        for name in question.registers:
            writes = state.conflicts[name]
            told = {(canonical(option.values[name]), save.id) for option in question.options for save in option.writes}
            assert told == {(canonical(write.value), write.revision.id) for write in writes}
            assert len({canonical(option.values[name]) for option in question.options}) == len(question.options)


@given(worlds(), st.integers(0, 3), st.randoms(use_true_random=False))
def test_what_was_decided_stays_decided_and_can_be_thought_over(
    revisions: list[Revision], place: int, shuffled: object
) -> None:
    state = state_of(revisions)
    for question in questions(state.conflicts):
        save = decided(state, question, place)
        after = state_of([*revisions, save])
        assert not {*question.registers} & after.conflicts.keys()
        assert {*question.registers} <= {*settled(after, [*revisions, save])}
        for name in question.registers:
            assert candidates(after, [*revisions, save], name) == state.conflicts[name]
            again = decided(after, question, place + 1)
            twice = state_of([*revisions, save, again])
            assert name not in twice.conflicts
            assert canonical(twice.values[name]) == canonical(again.registers[name])
            assert candidates(twice, [*revisions, save, again], name) == state.conflicts[name]


@given(worlds())
def test_there_is_nothing_to_choose_where_nothing_stands_beside(revisions: list[Revision]) -> None:
    state = state_of(revisions)
    for name in {*state.values} - {*state.conflicts}:
        assert candidates(state, revisions, name) == ()
    assert settled(state, revisions) == []


@given(worlds())
def test_the_options_stand_in_one_order_of_pcs(revisions: list[Revision]) -> None:
    for question in questions(state_of(revisions).conflicts, own=PC):
        pcs = [{save.replica for save in option.writes} for option in question.options]
        assert not any(PC in later for later in pcs[1:] if PC not in pcs[0])


def test_a_save_that_waits_for_another_decides_nothing() -> None:
    first = make_revision({"x": 0})
    one, other = (make_revision({"x": n}, first, replica=f"{n:016x}") for n in (1, 2))
    lost = make_revision({"x": 9}, first, replica="00000000000000ee")
    decision = make_revision({"x": 1}, one, other, replica="00000000000000ff", settles=["x"])
    waiting = make_revision({"x": 7}, decision, lost, replica="00000000000000ff", seq=2)
    revisions = [first, one, other, decision, waiting]
    state = state_of(revisions)
    assert state.parked == (waiting.id,)
    assert settled(state, revisions) == ["x"]
    assert {write.value for write in candidates(state, revisions, "x")} == {1, 2}
