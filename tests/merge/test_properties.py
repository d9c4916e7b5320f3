"""P1-P3, P5, P6, P10-P12 in many worlds, and that merges which are wrong are found out."""

from collections.abc import Iterable
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from izsa_desktop.domain.merge import RecordState, record_state
from izsa_desktop.domain.revision import DELETED, Revision
from izsa_desktop.domain.withdrawal import is_note, noted
from tests.merge.properties import Merge, PropertyError, Totals, examine, examine_worlds
from tests.merge.worlds import ALL, Erase, Get, Plot, Save, main, play

WORLDS, BLOCKS = 20_000, 10


@pytest.mark.parametrize("block", range(BLOCKS))
def test_twenty_thousand_worlds(block: int) -> None:
    size = WORLDS // BLOCKS
    totals = examine_worlds(range(1 + block * size, 1 + (block + 1) * size))
    assert totals.worlds == size
    least = {
        "saves": 8,
        "conflicts": 1,
        "contested": 0.05,
        "put_away": 0.05,
        "waiting": 0.1,
        "erased": 0.1,
        "settled": 1,
        "withdrawn": 2,
    }
    assert not [name for name, each in least.items() if getattr(totals, name) < each * size], str(totals)


def test_one_number_gives_one_world_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["--worlds", "2", "--seed", "7"]) for _ in range(2)] == [0, 0]
    first, second = (line.partition(";")[0] for line in capsys.readouterr().out.splitlines())
    assert first == second
    assert first.startswith("2 worlds, ")


# --- shrinking -------------------------------------------------------------------------------------------------------

_small, _mask = st.integers(0, 11), st.just(ALL) | st.integers(0, ALL)
_saves = st.builds(Save, _small, _small, st.lists(st.tuples(_small, _small), max_size=3).map(tuple), _small)
_old_saves = st.builds(Save, _small, _small, st.tuples(st.tuples(_small, _small)), _small, _mask)
_gets, _erasures = st.builds(Get, _small, _small, _mask), st.builds(Erase, _small, _small, _small, _small)
_steps = st.one_of(_saves, _gets, _saves, _old_saves, _erasures)


@st.composite
def plots(draw: st.DrawFn) -> Plot:
    districts, records, pcs = draw(st.integers(1, 2)), draw(st.integers(1, 3)), draw(st.integers(2, 6))
    least = draw(st.sampled_from([1, 10, 25]))
    return Plot(draw(st.lists(_steps, min_size=least, max_size=40)), pcs, districts, records)


@settings(max_examples=10 * settings().max_examples)
@given(plots())
def test_worlds_that_shrink_when_something_fails(plot: Plot) -> None:
    examine(play(plot), Totals())


# --- wrong merges ----------------------------------------------------------------------------------------------------


def _last_clock_wins(record: str, revisions: Iterable[Revision]) -> RecordState:
    return replace(record_state(record, revisions), conflicts={})


def _last_come_wins(record: str, revisions: Iterable[Revision]) -> RecordState:
    come = list(revisions)
    values = {name: value for revision in come for name, value in revision.registers.items()}
    return replace(record_state(record, come), values=values, conflicts={})


def _blind_to_ancestry(record: str, revisions: Iterable[Revision]) -> RecordState:
    return record_state(record, [msgspec.structs.replace(r, parents=()) for r in revisions])


def _waits_for_nobody(record: str, revisions: Iterable[Revision]) -> RecordState:
    come = {r.id: r for r in revisions}
    known = (
        msgspec.structs.replace(r, parents=tuple(parent for parent in r.parents if parent in come))
        for r in come.values()
    )
    return record_state(record, known)


def _deaf_to_notes(record: str, revisions: Iterable[Revision]) -> RecordState:
    return record_state(record, [r for r in revisions if not is_note(r.registers)])


def _forgets_what_was_before(record: str, revisions: Iterable[Revision]) -> RecordState:
    """Whoever stood upon a withdrawn save stands upon nothing."""
    emptied = [
        msgspec.structs.replace(r, registers={name: [] for name in r.registers}) if is_note(r.registers) else r
        for r in revisions
    ]
    return record_state(record, emptied)


def _passes_over_what_is_here(record: str, revisions: Iterable[Revision]) -> RecordState:
    """A note counts though the save is here."""
    come = list(revisions)
    gone = noted(come)
    return record_state(record, [r for r in come if r.id not in gone])


def _deletion_wins(record: str, revisions: Iterable[Revision]) -> RecordState:
    state = record_state(record, revisions)
    return replace(state, conflicts={name: writes for name, writes in state.conflicts.items() if name != DELETED})


def _erased_like_any_other(record: str, revisions: Iterable[Revision]) -> RecordState:
    return record_state(record, [msgspec.structs.replace(r, erased=None) for r in revisions])


@pytest.mark.parametrize(
    "wrong",
    [
        _last_clock_wins,
        _last_come_wins,
        _blind_to_ancestry,
        _waits_for_nobody,
        _deletion_wins,
        _erased_like_any_other,
        _deaf_to_notes,
        _forgets_what_was_before,
        _passes_over_what_is_here,
    ],
)
def test_a_wrong_merge_is_found_in_few_worlds_and_its_world_is_named(wrong: Merge) -> None:
    with pytest.raises(PropertyError, match=r"python -m tests\.merge\.worlds --worlds 1 --seed \d+"):
        examine_worlds(range(1, 200), wrong)
