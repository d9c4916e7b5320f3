"""Entering, changing and putting away; whose facts are whose."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from izsa_desktop.domain import registers
from izsa_desktop.domain.errors import BadField, NoSuchProject, NotYourDistrict, UnknownDistrict
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.record import fields_from_record, record_from_project
from izsa_desktop.domain.rows import Actual, Indicator
from izsa_desktop.usecases import history, projects, upkeep
from izsa_desktop.usecases.erasure import Forget, erase
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import BORNOVA, FIELDS, project_fields
from tests.usecases.line import Line, enter, export, merge, state_hash


def test_what_is_saved_is_shown(line: Line) -> None:
    with open_workplace(line.bornova) as workplace:
        project = projects.save_project(workplace, None, FIELDS)
        assert project.fields == FIELDS
        assert projects.get_project(workplace, project.id) == project
    with open_workplace(line.bornova) as workplace:
        assert projects.list_projects(workplace) == [project]
        assert projects.count_projects(workplace) == 1


def test_saving_what_is_shown_writes_nothing(line: Line) -> None:
    with open_workplace(line.bornova) as workplace:
        project = projects.save_project(workplace, None, FIELDS)
        before = state_hash(line.bornova)
        assert projects.save_project(workplace, project.id, FIELDS) == project
        assert len(projects.history(workplace, project.id)) == 1
    assert state_hash(line.bornova) == before


def test_a_change_writes_only_itself(line: Line) -> None:
    with open_workplace(line.bornova) as workplace:
        id_ = projects.save_project(workplace, None, FIELDS).id
        projects.save_project(workplace, id_, replace(FIELDS, status="tamamlandı", location=None))
        first, second = projects.history(workplace, id_)
        assert second.changes == {"status": "tamamlandı", "locations/main": None}
        assert second.parents == (first.id,)
        assert projects.get_project(workplace, id_).fields == replace(FIELDS, status="tamamlandı", location=None)


def test_what_came_in_while_somebody_was_typing_is_not_overwritten(line: Line) -> None:
    with open_workplace(line.bornova) as workplace:
        seen = projects.save_project(workplace, None, FIELDS)
        projects.save_project(workplace, seen.id, replace(FIELDS, status="tamamlandı", title="Başka ad"), seen.heads)
        shown = projects.save_project(workplace, seen.id, replace(FIELDS, unit="Park", title="Yeni ad"), seen.heads)
        assert shown.conflicts == ("title",)
        assert shown.fields.title in ("Başka ad", "Yeni ad")
        assert (shown.fields.status, shown.fields.unit) == ("tamamlandı", "Park")
        settled = projects.save_project(workplace, seen.id, replace(shown.fields, title="Tek ad"), shown.heads)
        assert (settled.conflicts, settled.fields.title, len(settled.heads)) == ((), "Tek ad", 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=project_fields, after=project_fields)
def test_any_project_can_become_any_other(line: Line, before: ProjectFields, after: ProjectFields) -> None:
    with open_workplace(line.office) as office:
        try:
            entered, wanted = projects.checked(office, before), projects.checked(office, after)
        except BadField:
            reject()
        id_ = projects.save_project(office, None, before).id
        assert projects.get_project(office, id_).fields == entered
        shown = projects.save_project(office, id_, after)
        assert shown.fields == wanted
        again = fields_from_record(record_from_project(shown, office.reference), office.reference)
        assert again == wanted


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_no_point_moves_more_than_a_centimetre(lat: float, lon: float) -> None:
    value = registers.to_registers(ProjectFields(location=Location(lat, lon)), {})["locations/main"]
    assert abs(value["coordinates"][0] / 1e7 - lon) <= 1e-7
    assert abs(value["coordinates"][1] / 1e7 - lat) <= 1e-7


def test_deleted_and_brought_back(line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Çınar")
    with open_workplace(line.bornova) as workplace:
        projects.delete_project(workplace, id_)
        assert projects.list_projects(workplace) == []
        assert projects.get_project(workplace, id_).deleted
        merge(line.office, export(line.bornova, tmp_path / "1"))
        projects.restore_project(workplace, id_)
        assert [project.id for project in projects.list_projects(workplace)] == [id_]
        assert len(projects.history(workplace, id_)) == 3
    with open_workplace(line.office) as office:
        assert projects.list_projects(office) == []
        merge(line.office, export(line.bornova, tmp_path / "2"))
        assert [project.fields.title for project in projects.list_projects(office)] == ["Çınar"]


def test_each_edits_its_own(line: Line, tmp_path: Path) -> None:
    [id_] = enter(line.bornova, "Çınar")
    merge(line.office, export(line.bornova, tmp_path / "b"))
    before = state_hash(line.office)
    with open_workplace(line.office) as office:
        project = projects.get_project(office, id_)
        assert not projects.may_edit(office, project)
        for change in (
            lambda: projects.save_project(office, id_, FIELDS),
            lambda: projects.delete_project(office, id_),
            lambda: projects.restore_project(office, id_),
        ):
            with pytest.raises(NotYourDistrict):
                change()
    assert state_hash(line.office) == before


def test_a_district_works_in_its_district(line: Line) -> None:
    with open_workplace(line.bornova) as workplace:
        assert projects.save_project(workplace, None, ProjectFields(title="a")).fields.district == BORNOVA
        for district in ("TUR035021", "TUR035"):
            with pytest.raises(NotYourDistrict):
                projects.save_project(workplace, None, ProjectFields(title="a", district=district))
        with pytest.raises(UnknownDistrict):
            projects.save_project(workplace, None, ProjectFields(title="a", district="TUR034001"))


def test_one_bad_project_among_many_stores_none(line: Line) -> None:
    before = state_hash(line.bornova)
    with open_workplace(line.bornova) as workplace, pytest.raises(BadField):
        projects.add_projects(workplace, [FIELDS, replace(FIELDS, goals=("99",)), FIELDS])
    assert state_hash(line.bornova) == before


def test_unknown_ids(line: Line) -> None:
    [id_] = enter(line.bornova, "Çınar")
    with open_workplace(line.bornova) as workplace:
        for unknown in ("", "x", f"{id_}0", BORNOVA[:3], f"TUR035010/{id_[10:]}", "a" * 60_000):
            with pytest.raises(NoSuchProject):
                projects.get_project(workplace, unknown)
            with pytest.raises(NoSuchProject):
                projects.save_project(workplace, unknown, FIELDS)
            with pytest.raises(NoSuchProject):
                projects.delete_project(workplace, unknown)


def test_two_programs_at_one_workplace_number_their_saves_apart(line: Line) -> None:
    with open_workplace(line.bornova) as one, open_workplace(line.bornova) as other:
        for n in range(5):
            projects.add_projects(one, [ProjectFields(title=f"Bir {n}")])
            projects.add_projects(other, [ProjectFields(title=f"İki {n}")] * 2)
        assert len(projects.list_projects(one, ProjectFilter(query="iki"))) == 10
        with one.store.reading() as reader:
            assert sorted(revision.seq for revision in reader.revisions()) == list(range(1, 16))


def test_every_project_gets_a_number_that_is_never_given_again(line: Line) -> None:
    with open_workplace(line.bornova) as workplace:
        first, second = projects.add_projects(workplace, [ProjectFields(title="Bir"), ProjectFields(title="İki")])
        numbers = [projects.get_project(workplace, id_).number for id_ in (first, second)]
        year = projects.get_project(workplace, first).updated[:4]
        assert numbers == [f"İZSA-BOR-{year}-0001", f"İZSA-BOR-{year}-0002"]
        projects.delete_project(workplace, second)
        third = projects.save_project(workplace, None, ProjectFields(title="Üç"))
        assert third.number == f"İZSA-BOR-{year}-0003"
        changed = projects.save_project(workplace, third.id, ProjectFields(title="Üçüncü"))
        assert changed.number == third.number
    with open_workplace(line.office) as office:
        assert projects.save_project(office, None, ProjectFields(title="İl")).number == f"İZSA-BŞB-{year}-0001"


def test_a_number_travels_and_is_no_identity(line: Line) -> None:
    enter(line.bornova, "Çınar")
    merge(line.office, export(line.bornova, line.folder / "b.izsa"))
    with open_workplace(line.office) as office:
        [project] = projects.list_projects(office)
        assert project.number.startswith("İZSA-BOR-")
        with pytest.raises(NoSuchProject):
            projects.get_project(office, project.number)


def test_a_record_that_no_bundle_could_carry_is_refused_by_its_largest_field(line: Line) -> None:
    actuals = tuple(Actual(value=Decimal(n), source="ş" * 300) for n in range(40))
    indicators = tuple(Indicator(name=f"Gösterge {n}", actuals=actuals) for n in range(10))
    with open_workplace(line.bornova) as workplace:
        with pytest.raises(BadField) as refusal:
            projects.save_project(workplace, None, ProjectFields(title="Büyük", indicators=indicators))
        assert (refusal.value.field, refusal.value.problem) == ("indicators", "too_much")
        assert projects.count_projects(workplace) == 0
        projects.save_project(workplace, None, ProjectFields(title="Büyük", indicators=indicators[:5]))


def test_a_save_too_large_for_one_line_becomes_several_and_can_be_sent_and_erased(line: Line) -> None:
    def indicators(turn: str) -> tuple[Indicator, ...]:
        return tuple(
            Indicator(
                key=f"{turn}{n}".ljust(64, "-"),
                name="Gösterge",
                actuals=tuple(Actual(key=f"{turn}{n}-{m}".ljust(64, "-"), value=Decimal(m)) for m in range(40)),
            )
            for n in range(20)
        )

    with open_workplace(line.bornova) as workplace:
        before, after = ProjectFields(indicators=indicators("a")), ProjectFields(indicators=indicators("b"))
        after = replace(after, summary="ş" * 10_000, purpose_en="ş" * 10_000)
        project = projects.save_project(workplace, None, before)
        project = projects.save_project(workplace, project.id, after)
        assert project.fields.indicators == after.indicators
        assert len(projects.history(workplace, project.id)) > 2
        back = history.restore_version(workplace, project.id, projects.history(workplace, project.id)[0].id)
        assert back.conflicts == ()
        erase(workplace, project.id, Forget(field="indicators", reason="😀" * 500))
    [received] = merge(line.office, export(line.bornova, line.folder / "b.izsa"))
    assert (received.code, received.conflicts) == (0, 0)
    with open_workplace(line.office) as office:
        assert upkeep.check(office) == []


def test_a_district_cannot_approve_its_own_work(line: Line) -> None:
    approved = ProjectFields(title="Kendi", review="onaylandı")
    with open_workplace(line.bornova) as workplace:
        with pytest.raises(BadField) as refusal:
            projects.save_project(workplace, None, approved)
        assert (refusal.value.field, refusal.value.problem) == ("review", "office_decides")
        assert projects.count_projects(workplace) == 0
    with open_workplace(line.office) as office:
        assert projects.save_project(office, None, approved).fields.review == "onaylandı"
