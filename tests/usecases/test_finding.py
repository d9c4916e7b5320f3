"""Searching, filters with counts, order, views - and that the catalogue keeps up with every change."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop.domain.facets import facets_of
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.text import sort_key
from izsa_desktop.usecases import finding, projects
from izsa_desktop.usecases.finding import View
from izsa_desktop.usecases.workplace import Workplace, create_workplace, open_workplace

BORNOVA, KEMALPASA, URLA = "TUR035007", "TUR035021", "TUR035029"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workplace]:
    with create_workplace(tmp_path / "w", OFFICE, "Ayşe") as workplace:
        yield workplace


def titles(workplace: Workplace, **wanted: Any) -> list[str]:
    return [project.fields.title for project in finding.list_found(workplace, ProjectFilter(**wanted))]


def counts(workplace: Workplace, facet: str, **wanted: Any) -> dict[str, int]:
    return finding.search(workplace, ProjectFilter(**wanted)).found.counts[facet]


def test_a_goal_is_found_by_number_and_by_name(office: Workplace) -> None:
    projects.add_projects(
        office,
        [
            ProjectFields(title="Kent", goals=("11", "6"), targets=("11.6",)),
            ProjectFields(title="Deniz", goals=("14",)),
            ProjectFields(title="Amaçsız"),
        ],
    )
    assert titles(office, query="SKA 11") == titles(office, query="küresel hedef 11") == ["Kent"]
    assert titles(office, query="SKA 1") == []
    assert titles(office, query="skh 11.6") == titles(office, query="hedef 11.6 kent") == ["Kent"]
    assert titles(office, query="skh") == ["Deniz", "Kent"]
    assert titles(office, query="sudaki yaşam") == titles(office, query="below water") == ["Deniz"]


def test_labels_are_searched_with_words_of_the_text(office: Workplace) -> None:
    projects.add_projects(
        office,
        [
            ProjectFields(title="Bahçe", status="tamamlandı", district=KEMALPASA),
            ProjectFields(title="Bahçe iki", status="fikir", district=URLA),
        ],
    )
    assert titles(office, query="bahçe tamam") == titles(office, query="konak bahce") == ["Bahçe"]


def test_a_typing_mistake_is_forgiven_and_told(office: Workplace) -> None:
    projects.add_projects(office, [ProjectFields(title="Kompost ağı"), ProjectFields(title="Belediyesi için")])
    answer = finding.search(office, ProjectFilter(query="kompozt"))
    assert answer.found.instead == {"kompozt": ("kompost",)}
    assert [row.project.fields.title for row in answer.rows.values()] == ["Kompost ağı"]
    assert titles(office, query="beledyiesi") == ["Belediyesi için"]
    assert titles(office, query="komposs ağı") == ["Kompost ağı"]
    assert titles(office, query="xyz") == titles(office, query="kampüs") == []
    projects.add_projects(office, [ProjectFields(title="Ispanak")])
    assert titles(office, query="ispanag") == titles(office, query="ıspenak") == ["Ispanak"]


def test_a_row_shows_where_the_word_stands(office: Workplace) -> None:
    purpose = f"{'Uzun bir giriş. ' * 20}Burada yağmur suyu toplanır."
    projects.add_projects(office, [ProjectFields(title="Depo", purpose=purpose)])
    [row] = finding.search(office, ProjectFilter(query="yagmur")).rows.values()
    assert row.snippet.startswith("…")
    assert "yağmur suyu toplanır." in row.snippet
    [row] = finding.search(office, ProjectFilter(query="depo")).rows.values()
    assert row.snippet == ""


def test_counts_say_what_another_choice_would_leave(office: Workplace) -> None:
    projects.add_projects(
        office,
        [
            ProjectFields(title="a", district=BORNOVA, status="fikir"),
            ProjectFields(title="b", district=BORNOVA, status="sürüyor"),
            ProjectFields(title="c", district=KEMALPASA, status="sürüyor"),
        ],
    )
    assert counts(office, "district") == {BORNOVA: 2, KEMALPASA: 1}
    assert counts(office, "district", status=("sürüyor",)) == {BORNOVA: 1, KEMALPASA: 1}
    assert counts(office, "status", status=("sürüyor",)) == {"fikir": 1, "sürüyor": 2}
    assert counts(office, "status", status=("sürüyor",), query="a") == {"fikir": 1}
    assert counts(office, "freshness") == {"fresh": 3}


def test_orders(office: Workplace) -> None:
    projects.add_projects(
        office,
        [
            ProjectFields(title="İz", district=URLA, start="2020", goals=("1",)),
            ProjectFields(title="Irmak", district=BORNOVA, start="2024-05"),
            ProjectFields(title="Çay", district=URLA, start="unknown"),
        ],
    )
    assert titles(office) == ["Çay", "Irmak", "İz"]
    assert titles(office, sort="district") == ["Irmak", "Çay", "İz"]
    assert titles(office, sort="start") == ["Irmak", "İz", "Çay"]
    assert titles(office, sort="lacking")[-1] == "İz"


def test_the_catalogue_follows_every_change_also_of_another_process(office: Workplace) -> None:
    """A few hundred random changes by two openers of the same store, compared with the plain truth."""
    chance = random.Random(3)
    with open_workplace(office.folder) as other:
        ids: list[str] = []
        for step in range(120):
            writer = chance.choice((office, other))
            fields = ProjectFields(
                title=chance.choice(("Su", "Atık", "Işık", "Çınar")),
                district=chance.choice((BORNOVA, KEMALPASA, "")),
                goals=tuple(chance.sample(("6", "11", "13"), chance.randint(0, 2))),
                status=chance.choice(("fikir", "")),
            )
            act = chance.random()
            if act < 0.5 or not ids:
                ids += projects.add_projects(writer, [fields])
            elif act < 0.8:
                projects.save_project(writer, chance.choice(ids), fields)
            else:
                chance.choice((projects.delete_project, projects.restore_project))(writer, chance.choice(ids))
            if step % 10 == 0:
                for reader in (office, other):
                    check_against_truth(reader, ids)


def check_against_truth(workplace: Workplace, ids: list[str]) -> None:
    everything = [projects.get_project(workplace, id_) for id_ in ids]
    for wanted in (
        ProjectFilter(),
        ProjectFilter(deleted=True),
        ProjectFilter(query="atık"),
        ProjectFilter(goal=("6", ""), district=(BORNOVA,)),
        ProjectFilter(status=("fikir",), query="çınar"),
    ):
        answer = finding.search(workplace, wanted)
        truth = [project for project in everything if matches(project, wanted)]
        truth.sort(key=lambda project: (sort_key(project.fields.title), project.id))
        assert [row.project for row in answer.rows.values()] == truth[: finding.FIRST_ROWS]
        assert len(answer.found.numbers) == len(truth)


def matches(project: Project, wanted: ProjectFilter) -> bool:
    facets = facets_of(project)
    word = {"atık": "Atık", "çınar": "Çınar"}.get(wanted.query, "")
    return (
        project.deleted == wanted.deleted
        and word in project.fields.title
        and all(not wanted.chosen(f) or set(codes) & set(wanted.chosen(f)) for f, codes in facets.items())
    )


def test_many_changes_at_once_and_a_rebuild(office: Workplace) -> None:
    some = [ProjectFields(title=f"Proje {n}", status="fikir") for n in range(2500)]
    assert titles(office) == []
    projects.add_projects(office, some)
    assert counts(office, "status") == {"fikir": 2500}
    with office.store.writing() as writer:
        writer.rebuild()
    assert counts(office, "status") == {"fikir": 2500}
    assert len(titles(office, query="proje 77")) == 11


def test_a_search_that_nobody_keeps_is_not_seen(office: Workplace) -> None:
    """What a preview wrote and took back leaves no trace in the catalogue."""
    projects.add_projects(office, [ProjectFields(title="Bir")])
    with office.store.trying() as writer:
        projects.add_in(office, writer, [ProjectFields(title="İki")])
        assert writer.count(ProjectFilter()) == 2
    assert titles(office) == ["Bir"]


def test_where_a_project_stands(office: Workplace) -> None:
    ids = projects.add_projects(office, [ProjectFields(title=f"P{n:02}") for n in range(60)])
    answer = finding.search(office, ProjectFilter(), ids[50])
    assert answer.selected == 50
    assert finding.place_of(office, answer.found.numbers, ids[3]) == 3
    projects.delete_project(office, ids[3])
    assert finding.search(office, ProjectFilter(), ids[3]).selected == -1
    assert finding.place_of(office, answer.found.numbers, f"{OFFICE}/0") == -1


def test_rows_that_are_gone_are_left_out(office: Workplace) -> None:
    [id_] = projects.add_projects(office, [ProjectFields(title="Bir")])
    numbers = finding.search(office, ProjectFilter()).found.numbers.tolist()
    rows = finding.read_rows(office, [*numbers, 4711])
    assert [row.project.id for row in rows.values()] == [id_]


def test_views_are_kept_here_and_nowhere_else(office: Workplace) -> None:
    wanted = ProjectFilter(query="su", goal=("6",), sort="start")
    finding.keep_view(office, View("Su işleri", wanted))
    finding.keep_view(office, View("Hepsi", ProjectFilter()))
    finding.keep_view(office, View("Su işleri", replace(wanted, query="deniz")))
    finding.rename_view(office, "Hepsi", "Tümü")
    with open_workplace(office.folder) as again:
        assert finding.views(again) == [
            View("Su işleri", replace(wanted, query="deniz")),
            View("Tümü", ProjectFilter()),
        ]
    assert finding.rename_view(office, "Tümü", "Su işleri") == [View("Su işleri", ProjectFilter())]
    assert finding.drop_view(office, "Su işleri") == []
    with office.store.writing() as writer:
        writer.set_meta({"views": "{"})
    assert finding.views(office) == []
