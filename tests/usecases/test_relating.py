"""What projects are to each other: answered, remembered, on its way in bundles."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from izsa_desktop.analysis.joined import differing, groups, pair, said_of
from izsa_desktop.domain.errors import BadField, NoSuchProject, NotYourDistrict
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.rows import Relation
from izsa_desktop.usecases import projects, similar
from izsa_desktop.usecases.pairing import decided
from izsa_desktop.usecases.projects import get_project, list_projects
from izsa_desktop.usecases.relating import decide, relate, take_back
from izsa_desktop.usecases.reviewing import review
from izsa_desktop.usecases.workplace import open_workplace
from tests.usecases.line import Line, enter, export, state_hash
from tests.usecases.mail import answer, hash_of, pin, take


def kinds(folder: Path, id_: str) -> list[tuple[str, str]]:
    with open_workplace(folder) as workplace:
        return [(one.other, one.kind) for one in get_project(workplace, id_).fields.relations]


@pytest.fixture
def sent(line: Line, tmp_path: Path) -> tuple[str, str]:
    """A project of Bornova and one of Konak, also at the office."""
    pin(line, line.bornova, line.konak)
    [a], [b] = enter(line.bornova, "Atık yağ toplama"), enter(line.konak, "Evlerden atık yağ")
    for folder in (line.bornova, line.konak):
        take(line.office, export(folder, tmp_path / f"{folder.name}.izsa"))
    return a, b


def test_the_offices_answer_reaches_both_districts(line: Line, tmp_path: Path, sent: tuple[str, str]) -> None:
    a, b = sent
    with open_workplace(line.office) as office:
        assert relate(office, a, b, "ORTAK IŞ") == [a, b]
    for folder, id_, other in ((line.bornova, a, b), (line.konak, b, a)):
        assert [one.code for one in take(folder, answer(line, folder, tmp_path / f"{folder.name}.answer"))] == [0]
        assert kinds(folder, id_) == [(other, "ortak iş")]
        state_hash(folder)
    with open_workplace(line.office) as office:
        assert groups(said_of(list_projects(office))) == [frozenset((a, b))]


def test_a_district_may_say_otherwise(line: Line, tmp_path: Path, sent: tuple[str, str]) -> None:
    a, b = sent
    with open_workplace(line.office) as office:
        relate(office, a, b, "aynı")
    take(line.bornova, answer(line, line.bornova, tmp_path / "answer"))
    with open_workplace(line.bornova) as bornova:
        assert relate(bornova, a, b, "benzer değil") == [a]
    assert [one.code for one in take(line.office, export(line.bornova, tmp_path / "again.izsa"))] == [0]
    assert kinds(line.office, a) == [(b, "benzer değil")]
    assert hash_of(line.office, "TUR035007") == state_hash(line.bornova)
    with open_workplace(line.office) as office:
        assert groups(said_of(list_projects(office))) == []  # one says so, the other not


def test_part_of_and_follows_are_said_of_the_first_alone(line: Line, sent: tuple[str, str]) -> None:
    a, b = sent
    with open_workplace(line.office) as office:
        assert relate(office, a, b, "Bunun parçası") == [a]
        assert relate(office, a, b, "parçası") == []
    assert kinds(line.office, a) == [(b, "parçası")]
    assert kinds(line.office, b) == []


def test_a_later_answer_about_the_pair_ends_what_the_other_record_says(line: Line, sent: tuple[str, str]) -> None:
    a, b = sent
    with open_workplace(line.office) as office:
        relate(office, a, b, "parçası")
        assert relate(office, b, a, "devamı") == [b, a]
    assert kinds(line.office, a) == []
    assert kinds(line.office, b) == [(a, "devamı")]


@pytest.mark.parametrize("kind", ["devamı", "benzer değil"])
def test_a_district_that_answers_later_is_heard_at_once(
    line: Line, tmp_path: Path, sent: tuple[str, str], kind: str
) -> None:
    """It cannot write in the other's record; that one goes on saying what it said, and the two are shown to differ."""
    a, b = sent
    with open_workplace(line.office) as office:
        relate(office, a, b, "aynı")
        assert groups(said_of(list_projects(office))) == [frozenset((a, b))]
    take(line.bornova, answer(line, line.bornova, tmp_path / "answer"))
    with open_workplace(line.bornova) as bornova:
        relate(bornova, a, b, kind)
    take(line.office, export(line.bornova, tmp_path / "again.izsa"))
    with open_workplace(line.office) as office:
        said = said_of(list_projects(office))
        assert (groups(said), differing(said)) == ([], {pair(a, b)})
        [found] = decided(office)
        assert (found.differing, found.kind, {one.kind for one in found.says}) == (True, "", {"aynı", kind})
        relate(office, a, b, "ortak iş")  # the office, which sees both, ends it
        said = said_of(list_projects(office))
        assert (groups(said), differing(said)) == ([frozenset((a, b))], set())
        assert [one.kind for one in decided(office)] == ["ortak iş"]


def test_a_decision_can_be_taken_back(line: Line, sent: tuple[str, str]) -> None:
    a, b = sent
    with open_workplace(line.office) as office:
        first = decide(office, a, b, "aynı")
        second = decide(office, b, a, "devamı")
        assert kinds(line.office, a) == []
        assert take_back(office, second) == [b, a]
        assert (kinds(line.office, a), kinds(line.office, b)) == ([(b, "aynı")], [(a, "aynı")])
        assert take_back(office, first) == [a, b]
        assert (kinds(line.office, a), kinds(line.office, b)) == ([], [])
        assert decided(office) == []
        assert len(projects.history(office, a)) == 5


def test_a_district_is_asked_about_its_own_pairs_alone(line: Line, tmp_path: Path, sent: tuple[str, str]) -> None:
    a, b = sent
    [c] = enter(line.konak, "Evlerden atık yağ toplanması")
    take(line.office, export(line.konak, tmp_path / "c.izsa"))
    with open_workplace(line.office) as office:
        relate(office, b, c, "aynı")
        review(office, b, "onaylandı")
        review(office, c, "onaylandı")
        relate(office, a, b, "ortak iş")
    take(line.bornova, answer(line, line.bornova, tmp_path / "answer"))
    with open_workplace(line.bornova) as bornova:
        assert [{one.a.id, one.b.id} for one in decided(bornova)] == [{a, b}]
        found = {frozenset((one.a.id, one.b.id)) for one in similar.collection(bornova).pairs(least=0.01)}
        assert found == {frozenset((a, c))}


def test_another_answer_takes_the_place_of_the_first_and_leaves_the_rest(line: Line) -> None:
    a, b, c = enter(line.bornova, "Bir", "İki", "Üç")
    with open_workplace(line.bornova) as bornova:
        relate(bornova, a, b, "parçası")
        relate(bornova, a, c, "devamı")
        relate(bornova, a, b, "Same project")
        assert len(projects.history(bornova, a)) == 4
    assert kinds(line.bornova, a) == [(b, "aynı"), (c, "devamı")]
    assert kinds(line.bornova, b) == [(a, "aynı")]
    assert kinds(line.bornova, c) == []


@pytest.mark.parametrize(("first", "then", "together"), [("aynı", "devamı", 0), ("benzer değil", "parçası", 1)])
def test_an_answer_that_held_both_ways_ends_on_both_sides(line: Line, first: str, then: str, together: int) -> None:
    a, b = enter(line.bornova, "Bir", "İki")
    with open_workplace(line.bornova) as bornova:
        relate(bornova, a, b, first)
        assert relate(bornova, a, b, then) == [a, b]
        assert len(groups(said_of(list_projects(bornova)))) == together
    assert kinds(line.bornova, a) == [(b, then)]
    assert kinds(line.bornova, b) == []


def test_what_was_noted_stays_when_the_answer_ends(line: Line) -> None:
    a, b = enter(line.bornova, "Bir", "İki")
    with open_workplace(line.bornova) as bornova:
        relate(bornova, a, b, "aynı")
        said = get_project(bornova, b).fields
        rows = (Relation(other=a, kind="aynı", note="Tutanak 12"),)
        projects.save_project(bornova, b, replace(said, relations=rows))
        relate(bornova, a, b, "devamı")
        assert get_project(bornova, b).fields.relations == (Relation(other=a, note="Tutanak 12"),)


def test_anothers_answer_is_not_ended_by_a_district(line: Line, tmp_path: Path, sent: tuple[str, str]) -> None:
    a, b = sent
    with open_workplace(line.office) as office:
        relate(office, a, b, "aynı")
        review(office, b, "onaylandı")
    take(line.bornova, answer(line, line.bornova, tmp_path / "answer"))
    with open_workplace(line.bornova) as bornova:
        with pytest.raises(NotYourDistrict):
            relate(bornova, b, a, "parçası")
        assert relate(bornova, a, b, "parçası") == [a]
    assert kinds(line.bornova, a) == [(b, "parçası")]


def test_what_cannot_be_said(line: Line, sent: tuple[str, str]) -> None:
    a, b = sent
    with open_workplace(line.office) as office:
        for one, other, kind, error in (
            (a, b, "kardeş", BadField),
            (a, a, "aynı", BadField),
            (a, "TUR035007/" + "0" * 32, "aynı", NoSuchProject),
        ):
            with pytest.raises(error):
                relate(office, one, other, kind)
        projects.delete_project(office, projects.add_projects(office, [ProjectFields(title="Gitti")])[0])
    assert kinds(line.office, a) == []


def test_a_district_says_nothing_of_anothers_project(line: Line, tmp_path: Path, sent: tuple[str, str]) -> None:
    a, b = sent
    with open_workplace(line.office) as office:
        review(office, b, "onaylandı")
    take(line.bornova, answer(line, line.bornova, tmp_path / "answer"))
    with open_workplace(line.bornova) as bornova:
        assert get_project(bornova, b).shared
        with pytest.raises(NotYourDistrict):
            relate(bornova, b, a, "parçası")
        assert relate(bornova, b, a, "aynı") == [a]  # holds both ways, so it is said of its own
        assert {one.id for one in similar.known_projects(bornova)} == {a, b}
