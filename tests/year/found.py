"""What the year found wrong: each test fails until it is repaired (``pytest tests/year/found.py``).

It is no part of ``./test``. Each is also a turn that a year can take (``python -m tests.year --danger``).
"""

from pathlib import Path

import pytest

from izsa_desktop.usecases import (
    enrolment,
    projects,
    restoring,
    reviewing,
    upkeep,
)
from izsa_desktop.usecases.workplace import DATABASE, open_workplace
from tests.usecases.line import Line, enter, export, make_line
from tests.usecases.mail import answer, hash_of, pin, replica, second_pc, take
from tests.usecases.test_answers import retitle, titles

BORNOVA = "TUR035007"


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return make_line(tmp_path)


@pytest.mark.parametrize("full", [False, True])
def test_what_a_thief_sent_goes_from_every_pc(line: Line, full: bool) -> None:
    """The office handed the thief's saves on before it knew. Its own store is rebuilt without them; the district's
    other PC takes the new list in and keeps them: its state hash is never the office's again."""
    other = second_pc(line)
    pin(line, line.bornova, other)
    enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    enter(line.bornova, "Çalıntı")
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    take(other, answer(line, other, line.folder / "a.izsa"))
    with open_workplace(line.office) as office:
        enrolment.revoke(office, replica(line.bornova), 1)
    take(other, answer(line, other, line.folder / "b.izsa", full=full))
    assert titles(other) == titles(line.office) == ["Bir"]
    assert hash_of(other) == hash_of(line.office, BORNOVA)


def test_what_the_office_wrote_upon_a_thiefs_save_is_seen(line: Line) -> None:
    """An honest save upon the thief's waits for ever for what was taken out: nobody sees it, nobody is told."""
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    retitle(line.bornova, id_, "Çalıntı")
    take(line.office, export(line.bornova, line.folder / "2.izsa"))
    with open_workplace(line.office) as office:
        reviewing.review(office, id_, "incelemede", "Bakıyoruz")
        enrolment.revoke(office, replica(line.bornova), 1)
        shown = projects.get_project(office, id_).fields
    assert (shown.title, shown.review, shown.review_note) == ("Bir", "incelemede", "Bakıyoruz")


def test_an_office_that_goes_on_from_an_old_backup_is_understood(line: Line) -> None:
    """Its archive of sent bundles is not looked at: numbers of answers are given again (13 at the districts, and
    ``broken_chain`` ever after), its own saves and its lists of PCs since the backup are not taken back."""
    pin(line, line.bornova)
    [id_] = enter(line.bornova, "Bir")
    take(line.office, export(line.bornova, line.folder / "1.izsa"))
    with open_workplace(line.office) as office:
        upkeep.backup(office, line.folder / "backup.sqlite3")
        reviewing.review(office, id_, "onaylandı", "Tamam")
    late = second_pc(line)
    pin(line, late)
    take(line.bornova, answer(line, line.bornova, line.folder / "a.izsa"))
    before = hash_of(line.office)
    (line.office / DATABASE).unlink()
    restoring.restore(line.office, line.folder / "backup.sqlite3")
    enter(late, "İki")
    assert [one.code for one in take(line.bornova, answer(line, line.bornova, line.folder / "b.izsa"))] == [0]
    assert hash_of(line.office) == before
    assert [one.code for one in take(line.office, export(late, line.folder / "2.izsa"))] == [0]
