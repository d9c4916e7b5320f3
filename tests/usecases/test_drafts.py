"""Drafts: one for each record, values of every kind, decided field by field."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from izsa_desktop.domain.errors import NotYourDistrict
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.rows import Funding, Indicator
from izsa_desktop.usecases.drafts import Draft, drafts, drop_draft, keep_draft, settle_drafts, unfinished
from izsa_desktop.usecases.projects import delete_project, new_project_id, save_project
from izsa_desktop.usecases.workplace import Workplace, create_workplace
from tests.support import BORNOVA, FIELDS, KEMALPASA, project_fields


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    return create_workplace(tmp_path_factory.mktemp("drafts") / "w", BORNOVA, "Ayşe Yılmaz")


def values_of(fields: ProjectFields) -> dict[str, object]:
    return {name: getattr(fields, name) for name in ProjectFields.__struct_fields__}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(fields=project_fields)
def test_a_draft_comes_back_as_it_was_kept(workplace: Workplace, fields: ProjectFields) -> None:
    draft = Draft(f"{BORNOVA}/{'0' * 32}", ("a", "b"), values_of(fields))
    keep_draft(workplace, draft)
    assert drafts(workplace) == [draft]
    drop_draft(workplace, draft.record)


def test_what_is_no_value_yet_comes_back_as_typed(workplace: Workplace) -> None:
    values = {
        "co2e": "12 ton",
        "energy_saved": "inf",
        "energy_produced": "1e999999999",
        "audience_number": "bin kişi",
        "location": "38,4",
        "start": "20",
        "funding": (Funding(key="k", amount="12,5 bin", year="iki bin"),),  # type: ignore[arg-type]
        "indicators": (Indicator(key="i", target="çok"),),  # type: ignore[arg-type]
        "title": "",
        "end": None,
    }
    keep_draft(workplace, Draft("x", (), values))
    [draft] = drafts(workplace)
    assert draft.values == values
    drop_draft(workplace, "x")


@pytest.mark.parametrize("value", [7, [], ["x", 5], {}, [{"key": 1}], [[["x"]]], 10**30, True], ids=str)
def test_what_no_form_can_show_is_passed_over_and_the_rest_comes_back(workplace: Workplace, value: object) -> None:
    for name in ("title", "start", "co2e", "location", "audience", "goals", "funding", "dimensions", "district"):
        kept = {"record": "x", "seen": [], "values": {name: value, "summary": "Özet"}}
        with workplace.store.writing() as writer:
            writer.keep_draft("x", json.dumps(kept).encode())
        [draft] = drafts(workplace)
        assert draft.values["summary"] == "Özet"
        shown = draft.values.get(name, getattr(FIELDS, name))
        assert type(shown) is type(getattr(FIELDS, name)), name
    drop_draft(workplace, "x")


@pytest.mark.parametrize("rotten", [b"", b"\xff", b"{}", b'{"record": 5}', b'{"record": "", "seen": [], "values": []}'])
def test_a_draft_that_has_rotted_keeps_nobody_out(workplace: Workplace, rotten: bytes) -> None:
    with workplace.store.writing() as writer:
        writer.keep_draft("y", rotten)
    keep_draft(workplace, Draft("x", (), {"title": "Bir"}))
    assert [draft.record for draft in drafts(workplace)] == ["x"]
    for record in ("x", "y"):
        drop_draft(workplace, record)


def test_drafts_of_two_records_never_mix(tmp_path: Path) -> None:
    with create_workplace(tmp_path / "w", BORNOVA, "Ayşe") as workplace:
        stored = save_project(workplace, None, FIELDS)
        one, other = new_project_id(workplace), new_project_id(workplace)
        for record in (one, other, stored.id):
            keep_draft(workplace, Draft(record, (), {"title": record}))
        saved = save_project(workplace, one, ProjectFields(title="Bir"), new=True)
        assert saved.id == one
        assert {draft.record for draft in drafts(workplace)} == {other, stored.id}
        assert {(u.draft.record, u.project) for u in unfinished(workplace)} == {(other, None), (stored.id, stored)}
        settle_drafts(workplace, [Draft(other, (), {"unit": "Park"})], [stored.id])
        assert drafts(workplace) == [Draft(other, (), {"unit": "Park"})]


def test_saving_a_new_project_twice_stores_it_once(tmp_path: Path) -> None:
    with create_workplace(tmp_path / "w", BORNOVA, "Ayşe") as workplace:
        id_ = new_project_id(workplace)
        first = save_project(workplace, id_, FIELDS, new=True)
        again = save_project(workplace, id_, replace(FIELDS, title="Başka"), new=True)
        assert (first.id, first.number) == (again.id, again.number) == (id_, first.number)
        assert again.fields.title == "Başka"


def test_a_new_id_of_another_body_is_refused(tmp_path: Path) -> None:
    with create_workplace(tmp_path / "w", BORNOVA, "Ayşe") as workplace:
        foreign = f"{KEMALPASA}/{'1' * 32}"
        with pytest.raises(NotYourDistrict):
            save_project(workplace, foreign, FIELDS, new=True)
        with workplace.store.reading() as reader:
            assert reader.project(foreign) is None


def test_a_deleted_projects_draft_waits_until_it_is_back(tmp_path: Path) -> None:
    with create_workplace(tmp_path / "w", BORNOVA, "Ayşe") as workplace:
        project = save_project(workplace, None, FIELDS)
        keep_draft(workplace, Draft(project.id, (), {"title": "Yarım"}))
        delete_project(workplace, project.id)
        assert unfinished(workplace) == []
        assert len(drafts(workplace)) == 1


def test_a_draft_without_an_id_gets_one_that_stays(tmp_path: Path) -> None:
    with create_workplace(tmp_path / "w", BORNOVA, "Ayşe") as workplace:
        keep_draft(workplace, Draft("", (), {"title": "Eski"}))
        [found] = unfinished(workplace)
        assert found.draft.record.startswith(f"{BORNOVA}/")
        assert found.project is None
        assert unfinished(workplace) == [found]
