"""A record of which very many saves stand beside each other: taken in, decided about, and the decision travels."""

from pathlib import Path

import pytest

from izsa_desktop.domain.revision import MAX_PARENTS
from izsa_desktop.usecases import conflicts, projects
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import make_revision
from tests.usecases.handmade import made, record
from tests.usecases.line import Line, state_hash
from tests.usecases.mail import answer, pin, replica, second_pc, take


def fork(line: Line, target: Path, many: int) -> Path:
    """A bundle with as many saves of one title, none of which knew of another."""
    by = replica(line.bornova)
    saves = [make_revision({"title": f"{n}"}, record=record(1), replica=by, seq=n + 1) for n in range(many)]
    return made(line.bornova, target, *saves)[0]


@pytest.mark.parametrize("many", [MAX_PARENTS, MAX_PARENTS + 1, 3 * MAX_PARENTS])
def test_a_decision_about_more_saves_than_one_may_name_is_read_by_everybody(
    line: Line, tmp_path: Path, many: int
) -> None:
    other = second_pc(line)
    take(line.office, fork(line, tmp_path / "f.izsa", many))
    with open_workplace(line.office) as office:
        [asked] = conflicts.conflicts_of(office, record(1)).conflicts
        assert len(asked.choices) == many
        chosen = asked.choices[3]
        conflicts.settle(office, record(1), {"title": chosen.voices[0].revision})
        assert conflicts.count_conflicts(office) == 0
        assert projects.get_project(office, record(1)).fields.title == chosen.text
    pin(line, other)
    assert [one.code for one in take(other, answer(line, other, tmp_path / "a.izsa"))] == [0]
    with open_workplace(other) as second:
        assert projects.get_project(second, record(1)).fields.title == chosen.text
        assert conflicts.count_conflicts(second) == 0
    assert state_hash(other) == state_hash(line.office)


def test_fifty_thousand_saves_at_once_do_not_stop_the_office(line: Line, tmp_path: Path) -> None:
    """As many as a bundle may hold; whoever compares each with each is not done before the test's time is up."""
    [taken] = take(line.office, fork(line, tmp_path / "f.izsa", 50_000))
    assert taken.code == 0
    with open_workplace(line.office) as office:
        assert conflicts.count_conflicts(office) == 1
