"""The demo line on all collected projects: every one of İzmir's is at the office, field by field as it was written."""

from pathlib import Path
from typing import Any

import pytest

from izsa_desktop.domain.errors import FileTaken
from izsa_desktop.domain.record import record_from_project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.validation import missing
from izsa_desktop.usecases import projects, upkeep
from izsa_desktop.usecases.demo import Demo, demo_lines, make_demo
from izsa_desktop.usecases.workplace import open_workplace

LINES = list(demo_lines())
OTHER_CITIES = ("Adana", "Antalya", "Aydın", "Hatay", "Manisa", "Mersin", "İstanbul", "Yalova")
ELSEWHERE = [line for line in LINES if any(city in line["district"] for city in OTHER_CITIES)]
TOLD_TWICE = [line for line in LINES if "alt_of" in line and line not in ELSEWHERE]
TAKEN = [line for line in LINES if line not in ELSEWHERE and line not in TOLD_TWICE]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return make_demo(tmp_path_factory.mktemp("demo") / "new")


@pytest.fixture(scope="module")
def records(demo: Demo) -> list[dict[str, Any]]:
    with open_workplace(demo.office) as office:
        assert upkeep.check(office) == []
        found = projects.list_projects(office)
        assert all(not missing(project.fields) for project in found)
        return [record_from_project(project, office.reference) for project in found]


def comparable(line: dict[str, Any]) -> tuple[Any, ...]:
    """What a collected line and a record of the program share, under the record's names."""
    goals = tuple(line["sdgs"] if "sdgs" in line else line["goals"])
    texts = ("title", "purpose", "audience", "district", "place", "owner", "source")
    return (goals, line["start"] or "unknown", *(line.get(name) or "" for name in texts))


def test_every_project_is_there_as_it_was_written(demo: Demo, records: list[dict[str, Any]]) -> None:
    assert sorted(map(comparable, records)) == sorted(map(comparable, TAKEN))
    assert demo.projects == len(records) == len(TAKEN)


def test_what_is_left_out_is_named_with_the_reason(demo: Demo) -> None:
    reasons = {line["title"]: "other_city" for line in ELSEWHERE}
    reasons |= {line["title"]: "second_description" for line in TOLD_TWICE}
    assert len(reasons) == len(LINES) - len(TAKEN)
    left_out = dict(demo.left_out)
    assert left_out.keys() == reasons.keys()
    assert {t: r for t, r in left_out.items() if t in {line["title"] for line in TOLD_TWICE}} == {
        line["title"]: "second_description" for line in TOLD_TWICE
    }


def test_districts_send_their_own_and_the_office_enters_the_provinces(
    demo: Demo, records: list[dict[str, Any]]
) -> None:
    districts = {line["district"] for line in TAKEN} - {"İzmir (il geneli)"}
    assert len(demo.bundles) == len(demo.received) == len(districts)
    assert all(outcome.code == 0 and not outcome.known for outcome in demo.received)
    assert sum(outcome.new for outcome in demo.received) == len([r for r in records if r["body"] != OFFICE])
    for record in records:
        assert record["body"] == record["district_code"]
        if record["body"] == OFFICE:
            assert (record["district"], record["scope"], record["lat"]) == ("İzmir (il geneli)", "il", None)
        else:
            assert record["approximate"] is True
            assert 37.8 < record["lat"] < 39.5
            assert 26.1 < record["lon"] < 28.6
    assert {record["district"] for record in records} == districts | {"İzmir (il geneli)"}


def test_a_demo_is_not_made_over_another(demo: Demo) -> None:
    with pytest.raises(FileTaken):
        make_demo(demo.office.parent)


def test_the_demo_stays_in_its_folder(demo: Demo) -> None:
    assert {path.name for path in demo.office.parent.iterdir()} == {"office", "districts", "bundles"}
    assert {path.parent.name for path in demo.bundles} == {"bundles"}
    assert all(isinstance(path, Path) and path.is_file() for path in demo.bundles)
