"""Saves that count no longer: whoever built upon them stands upon what they had been made upon."""

import random
import time
from collections.abc import Collection, Mapping

import pytest

from izsa_desktop.domain.authority import overstepped
from izsa_desktop.domain.history import ordered
from izsa_desktop.domain.merge import as_of, record_state
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import Json, Revision, fitting, new_revision
from izsa_desktop.domain.withdrawal import bridged, is_note, note_of, noted

RECORD = "TUR035007/" + "a1" * 16
BORNOVA = "TUR035007"
ELSEWHERE = "e" * 64


def save(
    seq: int, *upon: Revision, replica: str = "1" * 16, marks: Mapping[str, Json] | None = None, **registers: Json
) -> Revision:
    return new_revision(
        record=RECORD,
        replica=replica,
        seq=seq,
        parents=tuple(one.id for one in upon),
        registers={**registers, **(marks or {})},
        author="Ayşe Yılmaz",
        wall=f"2025-03-14T12:00:{seq:02}Z",
    )


def note(*gone: Revision, seq: int = 90) -> Revision:
    """The office's note of these."""
    return save(seq, replica="f" * 16, marks=note_of({one.id: one.parents for one in gone}))


FIRST = save(1, title="Bir", purpose="Amaç")
THIEFS = save(2, FIRST, title="Çalıntı")
AGAIN = save(3, THIEFS, title="Çalıntı 2", purpose="Çalıntı")
EDIT = save(4, AGAIN, replica="2" * 16, title="İki")


def shown(*revisions: Revision) -> tuple[dict[str, Json], list[str], int, int]:
    state = record_state(RECORD, revisions)
    return dict(state.values), [head.id for head in state.heads], len(state.conflicts), len(state.parked)


def test_an_edit_stands_upon_what_came_before_all_that_is_gone() -> None:
    assert shown(FIRST, EDIT) == ({"title": "Bir", "purpose": "Amaç"}, [FIRST.id], 0, 1), "nobody has told"
    for notes in ([note(THIEFS, AGAIN)], [note(AGAIN), note(THIEFS, seq=91)]):
        assert shown(FIRST, *notes, EDIT) == ({"title": "İki", "purpose": "Amaç"}, [EDIT.id], 0, 0)
    assert shown(FIRST, note(AGAIN), EDIT)[3] == 1, "one of them may still come"
    assert shown(note(THIEFS, AGAIN), EDIT)[3] == 1, "as may the first"


def test_what_is_here_is_not_passed_over() -> None:
    everything = (FIRST, THIEFS, AGAIN, EDIT)
    assert shown(*everything, note(THIEFS, AGAIN)) == shown(*everything)
    assert shown(FIRST, THIEFS, note(AGAIN), EDIT) == ({"title": "İki", "purpose": "Amaç"}, [EDIT.id], 0, 0)


def test_an_edit_beside_the_thiefs_is_a_conflict_with_what_was_made_upon_that() -> None:
    beside = save(5, FIRST, replica="3" * 16, title="Üç")
    values, heads, conflicts, _ = shown(FIRST, beside, note(THIEFS, AGAIN), EDIT)
    assert (values["title"], sorted(heads), conflicts) == ("Üç", sorted([beside.id, EDIT.id]), 1)


def test_a_note_is_nothing_of_the_project() -> None:
    told = note(THIEFS)
    assert shown(told) == ({}, [], 0, 0)
    assert shown(FIRST, told) == shown(FIRST)
    assert ordered([told, EDIT, FIRST]) == [FIRST, EDIT]
    assert [one.id for one in ordered([note(THIEFS, AGAIN), EDIT, FIRST])] == [FIRST.id, EDIT.id]
    assert as_of([told, FIRST], [told.id]) == []


def test_whoever_saw_what_is_gone_saw_what_it_was_made_upon() -> None:
    everything = [FIRST, note(THIEFS, AGAIN), EDIT]
    for head in (AGAIN, THIEFS):
        assert as_of(everything, [head.id]) == [FIRST]
    assert {one.id for one in as_of(everything, [EDIT.id])} == {FIRST.id, EDIT.id}
    assert as_of([FIRST], [AGAIN.id, ELSEWHERE]) == []


def test_the_bytes_of_a_save_stay_whatever_it_stands_upon() -> None:
    one = bridged([FIRST, note(THIEFS, AGAIN), EDIT])[EDIT.id]
    assert (one.parents, one.id, one.body) == ((FIRST.id,), EDIT.id, EDIT.body)


def test_two_notes_that_differ_say_both() -> None:
    other = save(92, marks={f"_withdrawn/{THIEFS.id}": [ELSEWHERE]})
    assert noted([note(THIEFS), other]) == {THIEFS.id: {FIRST.id, ELSEWHERE}}
    assert shown(FIRST, note(THIEFS, AGAIN), other, EDIT)[3] == 1


@pytest.mark.parametrize("odd", [None, "x", {}, [1], ["x"], [ELSEWHERE, "F" * 64], ELSEWHERE])
def test_what_is_no_list_of_ids_says_nothing(odd: Json) -> None:
    assert noted([save(93, marks={f"_withdrawn/{AGAIN.id}": odd})]) == {}


def test_notes_that_go_in_a_circle_end() -> None:
    ring = save(94, marks={f"_withdrawn/{AGAIN.id}": [THIEFS.id], f"_withdrawn/{THIEFS.id}": [AGAIN.id]})
    assert shown(FIRST, ring, EDIT) == ({"title": "İki", "purpose": "Amaç"}, sorted([FIRST.id, EDIT.id]), 1, 0)
    itself = save(95, marks={f"_withdrawn/{AGAIN.id}": [EDIT.id]})
    assert shown(FIRST, itself, EDIT)[3] == 1, "a save that stands upon itself waits"


def _reached(ids: Collection[str], gone: Mapping[str, Collection[str]]) -> set[str]:
    """Whatever a way through what is gone leads to, by the shortest program."""
    seen: set[str] = set()
    waiting = set(ids)
    while waiting:
        seen |= waiting
        waiting = {parent for id_ in waiting for parent in gone.get(id_, ())} - seen
    return {id_ for id_ in seen if id_ not in gone}


@pytest.mark.parametrize("seed", range(60))
def test_forks_joins_and_circles_lead_where_every_way_leads(seed: int) -> None:
    dice = random.Random(seed)
    ids = [f"{n:064x}" for n in range(14)]
    gone = {id_: dice.sample(ids, dice.choice([0, 1, 1, 1, 2, 3])) for id_ in ids[:10]}
    saves = [
        new_revision(
            record=RECORD,
            replica="1" * 16,
            seq=n,
            parents=tuple(dice.sample(ids, dice.choice([1, 1, 2]))),
            registers={"title": str(n)},
            author="Ayşe Yılmaz",
            wall="2025-03-14T12:00:00Z",
        )
        for n in range(1, 30)
    ]
    stand = bridged([*saves, save(90, marks=note_of(gone))])
    for one in saves:
        assert stand[one.id].parents == tuple(sorted(_reached(one.parents, gone)))


@pytest.mark.parametrize("upon_each", [False, True])
def test_a_long_chain_is_walked_once(upon_each: bool) -> None:
    """Looked for anew from every save upon it, it would take a hundred times as long as is allowed here."""
    chain = [f"{n:064x}" for n in range(6000)]
    gone = {id_: [upon] for upon, id_ in zip([FIRST.id, *chain], chain, strict=False)}
    saves = [
        new_revision(
            record=RECORD,
            replica="1" * 16,
            seq=n,
            parents=(id_ if upon_each else chain[-1],),
            registers={"title": str(n)},
            author="Ayşe Yılmaz",
            wall="2025-03-14T12:00:00Z",
        )
        for n, id_ in enumerate(reversed(chain), start=1)
    ]
    notes = [save(n, marks=part) for n, part in enumerate(fitting(note_of(gone)), start=10)]
    began = time.process_time()
    stand = bridged([FIRST, *saves, *notes])
    assert time.process_time() - began < 1
    assert {stand[one.id].parents for one in saves} == {(FIRST.id,)}


def test_only_a_revision_that_says_nothing_else_is_a_note() -> None:
    assert is_note(note(THIEFS).registers)
    assert not is_note({})
    assert not is_note({f"_withdrawn/{THIEFS.id}": [], "title": "Bir"})
    assert shown(save(96, title="Bir", marks={f"_withdrawn/{THIEFS.id}": [FIRST.id]}), EDIT)[3] == 1


def test_the_office_alone_writes_notes_and_nothing_beside() -> None:
    registers = note(THIEFS).registers
    [name] = registers
    assert overstepped(OFFICE, BORNOVA, registers) == overstepped(OFFICE, OFFICE, registers) == ""
    assert overstepped(BORNOVA, BORNOVA, registers) == name
    assert overstepped("TUR035021", BORNOVA, registers) == name
    for body in (OFFICE, BORNOVA):
        assert overstepped(body, body, {"title": "Bir", **registers}) == name
    assert overstepped(OFFICE, BORNOVA, {"review": "onaylandı", **registers}) == name
    assert overstepped(OFFICE, BORNOVA, registers, settles=[name]) == ""


def test_what_such_a_revision_says_of_others_is_not_listened_to() -> None:
    marks = note_of({THIEFS.id: [FIRST.id]})
    assert noted([save(90, marks=marks)]) == {THIEFS.id: {FIRST.id}}
    assert noted([save(90, marks=marks, title="x")]) == {}
