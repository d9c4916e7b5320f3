"""One change to many: looked at first, one transaction, one way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from izsa_desktop.domain.errors import BadField, Cancelled, NotYourDistrict
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.usecases import finding, projects
from izsa_desktop.usecases.multi_edit import ADD, EDITABLE, REMOVE, SET, Edit, Undo, apply_edit, preview_edit, undo_edit
from izsa_desktop.usecases.workplace import Workplace, create_workplace
from tests.usecases.line import Line, enter, export, merge


@pytest.fixture
def bornova(tmp_path: Path) -> Iterator[Workplace]:
    with create_workplace(tmp_path / "w", "TUR035007", "Ayşe") as workplace:
        projects.add_projects(
            workplace,
            [
                ProjectFields(title="Bir", status="fikir", audience=("kadınlar",)),
                ProjectFields(title="İki", status="sürüyor", audience=("çocuklar", "kadınlar")),
                ProjectFields(title="Üç", status="sürüyor"),
            ],
        )
        yield workplace


def numbers(workplace: Workplace) -> list[int]:
    return list(map(int, finding.search(workplace, ProjectFilter()).found.numbers))


def shown(workplace: Workplace) -> list[Project]:
    return finding.list_found(workplace)


def apply(workplace: Workplace, edit: Edit) -> Undo:
    return apply_edit(workplace, [project.id for project in shown(workplace)], edit)


def test_a_preview_changes_nothing_and_says_what_would_change(bornova: Workplace) -> None:
    before = shown(bornova)
    steps = preview_edit(bornova, numbers(bornova), Edit("status", SET, "sürüyor"))
    assert [(step.before, step.after, step.changes) for step in steps] == [
        ("fikir", "sürüyor", True),
        ("sürüyor", "sürüyor", False),
        ("sürüyor", "sürüyor", False),
    ]
    assert shown(bornova) == before


def test_an_edit_writes_only_what_changes_and_is_taken_back_whole(bornova: Workplace) -> None:
    before = shown(bornova)
    undo = apply(bornova, Edit("status", SET, "tamamlandı"))
    assert {project.fields.status for project in shown(bornova)} == {"tamamlandı"}
    again = undo_edit(bornova, undo)
    assert [project.fields for project in shown(bornova)] == [project.fields for project in before]
    undo_edit(bornova, again)
    assert {project.fields.status for project in shown(bornova)} == {"tamamlandı"}
    assert len(projects.history(bornova, before[0].id)) == 4
    assert apply(bornova, Edit("status", SET, "tamamlandı")).values == ()
    assert len(projects.history(bornova, before[0].id)) == 4


def test_what_somebody_changed_since_is_not_taken_back(bornova: Workplace) -> None:
    first = shown(bornova)[0]
    undo = apply(bornova, Edit("status", SET, "iptal"))
    projects.save_project(bornova, first.id, ProjectFields(title="Bir", status="planlandı", district="TUR035007"))
    undo_edit(bornova, undo)
    assert [project.fields.status for project in shown(bornova)] == ["planlandı", "sürüyor", "sürüyor"]


def test_codes_are_added_and_taken_away(bornova: Workplace) -> None:
    apply(bornova, Edit("audience", ADD, "çocuklar"))
    assert [project.fields.audience for project in shown(bornova)] == [
        ("kadınlar", "çocuklar"),
        ("çocuklar", "kadınlar"),
        ("çocuklar",),
    ]
    apply(bornova, Edit("audience", REMOVE, "kadınlar"))
    assert {project.fields.audience for project in shown(bornova)} == {("çocuklar",)}
    apply(bornova, Edit("audience", SET, ""))
    assert {project.fields.audience for project in shown(bornova)} == {()}


def test_what_cannot_be_stored_is_refused_before_anything_is_done(bornova: Workplace) -> None:
    for edit in (Edit("status", SET, "yok böyle"), Edit("unit", SET, "x" * 1000), Edit("confirmed", SET, "dün")):
        steps = preview_edit(bornova, numbers(bornova), edit)
        assert all(isinstance(step.problem, BadField) for step in steps), edit
        assert apply(bornova, edit).values == ()


def test_the_records_of_others_are_left_alone(line: Line) -> None:
    enter(line.bornova, "Bornova'nın")
    merge(line.office, export(line.bornova, line.folder / "b.izsa"))
    from izsa_desktop.usecases.workplace import open_workplace

    with open_workplace(line.office) as office:
        projects.add_projects(office, [ProjectFields(title="Bizim")])
        steps = preview_edit(office, numbers(office), Edit("review", SET, "onaylandı"))
        assert [type(step.problem) for step in steps] == [type(None), NotYourDistrict]
        apply(office, Edit("review", SET, "onaylandı"))
        assert [project.fields.review for project in shown(office)] == ["onaylandı", ""]


def test_cancel_leaves_all_as_it_was(bornova: Workplace) -> None:
    def cancel(_done: int, _total: int) -> None:
        raise Cancelled

    before = shown(bornova)
    with pytest.raises(Cancelled):
        apply_edit(bornova, [project.id for project in before], Edit("status", SET, "iptal"), cancel)
    assert shown(bornova) == before


def test_titles_are_each_projects_own() -> None:
    assert not {"title", "purpose", "summary"} & set(EDITABLE)
    assert {"status", "theme", "audience", "review", "confirmed", "unit"} <= set(EDITABLE)
