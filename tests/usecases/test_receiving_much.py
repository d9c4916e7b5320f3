"""How much a bundle may put away or contradict before a person is to look."""

from pathlib import Path

import pytest

from izsa_desktop.bundle.file import Place
from izsa_desktop.domain.errors import TooMuchAtOnce
from izsa_desktop.domain.revision import DELETED
from izsa_desktop.usecases import exchange
from izsa_desktop.usecases.exchange import Received
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import make_revision
from tests.usecases.handmade import look, made, numbers, saves
from tests.usecases.line import Line, enter, export
from tests.usecases.mail import replica, second_pc, take


def _put_away(line: Line, tmp_path: Path, of: int, many: int) -> Received:
    first = saves(line.bornova, {"title": "a"}, range(of))
    by = replica(line.bornova)
    away = [make_revision({DELETED: True}, one, record=one.record, replica=by, seq=999) for one in first[:many]]
    take(line.office, made(line.bornova, tmp_path / "1", *first)[0])
    file, _ = made(line.bornova, tmp_path / "2", *away, place=Place(seq=2))
    [seen] = look(line.office, file)
    with open_workplace(line.office) as office:
        [done] = exchange.merge_bundles(office, [file])
    assert str(seen.refusal) == str(done.refusal)
    assert numbers(seen) == numbers(done)
    return done


@pytest.mark.parametrize(("of", "many", "waits"), [(9, 9, False), (49, 10, True), (50, 10, False), (55, 11, False)])
def test_ten_deletions_that_are_more_than_a_fifth_wait(
    line: Line, tmp_path: Path, of: int, many: int, waits: bool
) -> None:
    done = _put_away(line, tmp_path, of, many)
    if waits:
        assert isinstance(done.refusal, TooMuchAtOnce)
        assert (done.refusal.deleted, done.refusal.conflicts) == (many, 0)
        assert done.bundle is not None
        assert done.deleted == 0
    else:
        assert (done.refusal, done.deleted) == (None, many)


def test_the_projects_of_others_make_no_deletion_less(line: Line, tmp_path: Path) -> None:
    enter(line.konak, *(f"Proje {n}" for n in range(60)))
    take(line.office, export(line.konak, tmp_path / "k"))
    assert isinstance(_put_away(line, tmp_path, 20, 10).refusal, TooMuchAtOnce)


@pytest.mark.parametrize(("many", "waits"), [(49, False), (50, True)])
def test_fifty_new_conflicts_wait(line: Line, tmp_path: Path, many: int, waits: bool) -> None:
    other = second_pc(line)
    take(line.office, made(line.bornova, tmp_path / "1", *saves(line.bornova, {"title": "a"}, range(many)))[0])
    file, _ = made(other, tmp_path / "2", *saves(other, {"title": "b"}, range(many)))
    [seen] = look(line.office, file)
    [done] = take(line.office, file)
    for outcome in (seen, done):
        assert isinstance(outcome.refusal, TooMuchAtOnce) == waits
        assert outcome.conflicts == (0 if waits else many)
    if waits:
        assert isinstance(done.refusal, TooMuchAtOnce)
        assert (done.refusal.deleted, done.refusal.conflicts) == (0, 50)
        [taken] = take(line.office, file, confirmed=True)
        assert (taken.refusal, taken.conflicts) == (None, 50)


def test_conflicts_that_stood_before_make_nobody_wait(line: Line, tmp_path: Path) -> None:
    other = second_pc(line)
    take(line.office, made(line.bornova, tmp_path / "1", *saves(line.bornova, {"title": "a"}, range(50)))[0])
    take(line.office, made(other, tmp_path / "2", *saves(other, {"title": "b"}, range(50)))[0], confirmed=True)
    file, _ = made(other, tmp_path / "3", *saves(other, {"unit": "x"}, range(50), first=51), place=Place(seq=2))
    [done] = take(line.office, file)
    assert (done.refusal, done.conflicts) == (None, 50)


def test_new_projects_that_come_with_their_conflicts_count_too(line: Line, tmp_path: Path) -> None:
    both = [*saves(line.bornova, {"title": "a"}, range(50)), *saves(line.bornova, {"title": "b"}, range(50), first=51)]
    [done] = take(line.office, made(line.bornova, tmp_path / "1", *both)[0])
    assert isinstance(done.refusal, TooMuchAtOnce)
    assert (done.refusal.deleted, done.refusal.conflicts) == (0, 50)
