"""The demo line on all collected projects: every one of İzmir's is at the office, field by field as it was written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from izsa_desktop.domain.errors import FileTaken
from izsa_desktop.domain.facets import DUE, FRESH, STALE, freshness
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.record import record_from_project
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.validation import missing
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases import coaching_view, exchange, gaps, joint, projects, reviewing, upkeep
from izsa_desktop.usecases import freshness as freshness_case
from izsa_desktop.usecases.demo import Demo, demo_lines, make_demo
from izsa_desktop.usecases.overview import overview
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


def is_example(record: dict[str, Any]) -> bool:
    return str(record["title"]).startswith("Örnek: ")


def test_every_project_is_there_as_it_was_written(demo: Demo, records: list[dict[str, Any]]) -> None:
    real = [record for record in records if not is_example(record)]
    assert sorted(map(comparable, real)) == sorted(map(comparable, TAKEN))
    assert demo.projects == len(real) == len(TAKEN)
    assert demo.examples == len(records) - len(real) == 4


def test_what_no_source_says_is_marked_as_an_example(records: list[dict[str, Any]]) -> None:
    for record in records:
        if is_example(record):
            assert "gerçek bir proje değildir" in record["purpose"]
            assert record["title_en"].startswith("Example: ")
        else:
            [source] = record["evidence"]
            assert (source["link"], source["caption"]) == (record["source"], Translator("tr")("demostory.assumed"))


def test_all_that_the_program_can_tell_is_there_at_the_office(demo: Demo, records: list[dict[str, Any]]) -> None:
    statuses = {record["status"] for record in records}
    assert statuses == {"", "planlandı", "sürüyor", "tamamlandı", "durduruldu", "iptal"}
    assert {record["review"] for record in records} >= {"", "incelemede", "düzeltme istendi", "onaylandı"}
    today = date.today()
    assert {freshness(record["confirmed"], today) for record in records if record["confirmed"]} == {FRESH, DUE, STALE}
    with open_workplace(demo.office) as office:
        why = {one.why for one in reviewing.waiting(office)}
        open_, answered = sorted(joint.programmes(office), key=lambda one: not any(joint.waiting(one)))
        bornova, karsiyaka = (coaching_view.path(office, name) for name in ("Bornova", "Karşıyaka"))
        asked = freshness_case.reminders(office, "Karşıyaka")
        table = gaps.gap_table(office, "goal")
        lines = {line.kind for section in overview(office, Translator("tr")).sections for line in section.lines}
    assert why == {reviewing.NEW, reviewing.OPEN, reviewing.CHANGED}
    assert [one.said for one in answered.answers] == ["accept", "accept", "decline"]
    assert {one.said for one in open_.answers} == {""}
    assert bornova.signed is not None
    assert (bornova.signed.stage, bornova.standing.stage.number) == (1, 1)
    assert bornova.signed.confirmed_by != bornova.signed.author
    assert {one.state for one in bornova.evidence} == {coaching_view.ACCEPTED}
    assert {bool(one.done) for one in bornova.actions} == {True, False}
    assert {one.state for one in karsiyaka.evidence} == {coaching_view.WAITING, coaching_view.RETURNED}
    assert asked[0].corrections[0].comments.keys() == {"start", "neighbourhood"}
    assert {one.reason for one in table.findings} == {"none", "stopped", "unknown"}
    assert len({table.found.row(code).active_share for code in table.found.rows}) > 3
    assert lines >= {"bundles", "new", "review", "without", "coaching", "joint", "remind", "stale", "due", "closed"}


def test_districts_have_been_answered_and_have_something_to_do(demo: Demo) -> None:
    found = {}
    for folder in sorted((demo.office.parent / "districts").iterdir()):
        with open_workplace(folder) as district:
            assert upkeep.check(district) == []
            told = overview(district, Translator("tr"))
            found[district.body_name] = {line.kind for section in told.sections for line in section.lines}
            if district.body_name == "Narlıdere":
                assert len(projects.list_projects(district, ProjectFilter(network=True))) > 30
    assert {"correction", "coaching", "approved", "unsent", "unsent_coaching"} <= found["Karşıyaka"]
    assert {"joint", "answer"} <= found["Narlıdere"]
    assert {"approved", "step"} <= found["Bornova"]
    assert "notes" in found["Konak"]
    assert "no_answer" in found["Tire"]


def test_a_bundle_waits_in_the_mail_for_whoever_tries_the_program(demo: Demo, tmp_path: Path) -> None:
    [waiting] = demo.waiting
    with open_workplace(demo.office) as office:
        [received] = exchange.preview_bundles(office, [waiting])
    assert (received.code, received.new, received.known) == (0, 1, False)


def test_it_is_told_in_english_too(tmp_path: Path) -> None:
    made = make_demo(tmp_path / "demo", "en")
    with open_workplace(made.office) as office:
        names = {one.fields.name for one in joint.programmes(office)}
    assert names == {"Example: joint programme of the story houses", "Example: a joint list of plants for dry gardens"}


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


def test_what_the_coach_writes_to_konak_is_so(demo: Demo) -> None:
    with open_workplace(demo.office) as office:
        found = gaps.gap_table(office, "goal")
    assert "Amaç 7" in Translator("tr")("demostory.note")
    assert found.found.at("TUR035021", "7").count == 0
    assert found.found.at("TUR035021", "12").count > 0
