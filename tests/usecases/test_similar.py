"""Similar projects and goals over a workplace's own records."""

from pathlib import Path

import pytest

from izsa_desktop.domain.errors import Cancelled, NoSuchProject
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.usecases import projects, similar
from izsa_desktop.usecases.relating import relate
from izsa_desktop.usecases.workplace import Workplace, open_workplace
from tests.usecases.line import Line


def entered(title: str, *goals: str) -> ProjectFields:
    return ProjectFields(title=title, purpose="Amaç", goals=goals)


@pytest.fixture
def oil(line: Line) -> tuple[Path, list[str]]:
    with open_workplace(line.bornova) as bornova:
        ids = projects.add_projects(
            bornova,
            [
                entered("Atık yağ toplama", "12"),
                entered("Evlerden bitkisel atık yağ", "12"),
                entered("Bisiklet yolu", "11"),
                entered("Okullarda atık yağ", "12"),
            ],
        )
    return line.bornova, ids


def best(workplace: Workplace, id_: str) -> list[str]:
    return [one.project.id for one in similar.similar(workplace, id_) if one.score > 0.3]


def test_a_list_leaves_out_the_project_itself_and_what_was_answered(oil: tuple[Path, list[str]]) -> None:
    folder, (first, second, _, fourth) = oil
    with open_workplace(folder) as workplace:
        assert set(best(workplace, first)) == {second, fourth}
        relate(workplace, second, first, "benzer değil")
        assert best(workplace, first) == [fourth]
        assert set(best(workplace, second)) == {fourth}
        projects.delete_project(workplace, fourth)
        assert best(workplace, first) == []
        assert set(best(workplace, fourth)) == {first, second}  # one that was put away can still be asked about
        with pytest.raises(NoSuchProject):
            similar.similar(workplace, "yok")


def test_pairs_are_ranked_and_not_proposed_again(oil: tuple[Path, list[str]]) -> None:
    folder, (first, second, _, fourth) = oil
    with open_workplace(folder) as workplace:
        pairs = similar.collection(workplace).pairs()
        assert {frozenset((one.a.id, one.b.id)) for one in pairs} == {
            frozenset(two) for two in ((first, second), (first, fourth), (second, fourth))
        }
        assert [one.score for one in pairs] == sorted((one.score for one in pairs), reverse=True)
        assert all(one.reasons and one.a.id < one.b.id for one in pairs)
        relate(workplace, first, second, "aynı")
        left = similar.collection(workplace).pairs()
        assert {one.b.id for one in left} | {one.a.id for one in left} == {first, second, fourth}
        assert len(left) == 2
        assert similar.collection(workplace).pairs(most=1) == left[:1]


def test_a_collection_can_be_stopped_and_asked_about_what_is_being_typed(oil: tuple[Path, list[str]]) -> None:
    folder, (first, second, *_) = oil

    def stop(done: int, total: int) -> None:
        if done == total:
            raise Cancelled

    with open_workplace(folder) as workplace:
        with pytest.raises(Cancelled):
            similar.collection(workplace, stop)
        known = similar.collection(workplace)
        typed = known.like(entered("bitkisel atik yag evden"), most=3, least=0.2)
        assert typed[0].project.id == second
        assert first in {one.project.id for one in typed}
        assert known.like(ProjectFields()) == []


def test_one_need_not_read_all(oil: tuple[Path, list[str]]) -> None:
    folder, ids = oil
    with open_workplace(folder) as workplace:
        assert [one.id for one in similar.known_projects(workplace)] == sorted(ids)
        assert len(similar.known_projects(workplace, 3)) == 3


def test_every_reason_is_a_sentence(oil: tuple[Path, list[str]]) -> None:
    folder, _ = oil
    with open_workplace(folder) as workplace:
        reasons = [reason for one in similar.collection(workplace).pairs() for reason in one.reasons]
        for language in LANGUAGES:
            said = {similar.sentence(one, workplace.reference, Translator(language)) for one in reasons}
            assert all(said)
        assert any("Used cooking oil" in sentence for sentence in said)
        assert any("12 Responsible Consumption" in sentence for sentence in said)


def test_goals_are_learnt_from_the_workplace(line: Line) -> None:
    with open_workplace(line.bornova) as bornova:
        assert similar.suggest_goals(bornova, "Zeybek günleri") == []
        projects.add_projects(bornova, [entered(f"{n}. zeybek gecesi", "4") for n in range(3)])
        [idea, *_] = similar.suggest_goals(bornova, "Zeybek günleri")
        assert (idea.goal, idea.words) == ("4", ("zeybek",))
        [id_] = projects.add_projects(bornova, [entered("Yağmur suyu deposu")])
        assert similar.suggest_goals_for(bornova, id_)[0].goal == "6"
        shown: Project = projects.get_project(bornova, id_)
        assert shown.fields.goals == ()  # a proposal fills nothing in
