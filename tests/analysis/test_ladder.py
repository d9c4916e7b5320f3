"""The coaching ladder: what is counted, what evidence is worth, which stage that makes."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from izsa_desktop.analysis.ladder import RULES, Count, Records, Standing, months_after, standing
from izsa_desktop.domain.coaching import Tick
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.rows import Actual, GoalDetail, Indicator, PlanLink, Relation
from izsa_desktop.reference.ladder import load_ladder

TODAY = date(2026, 11, 23)
BORNOVA, KONAK = "TUR035007", "TUR035021"
LADDER = load_ladder()
WHOLE: dict[str, Any] = {
    "title": "Kompost",
    "title_en": "Compost",
    "purpose": "Amaç",
    "purpose_en": "Purpose",
    "audience": ("kadınlar",),
    "start": "2025",
    "status": "sürüyor",
    "goals": ("12", "13"),
    "goal_details": (GoalDetail(code="12", why="Atığı azaltır"),),
    "plans": (PlanLink(plan="stratejik", code="A1"),),
    "indicators": (
        Indicator(name="Atık", baseline=Decimal(9), target=Decimal(5), actuals=(Actual(value=Decimal(7)),)),
    ),
    "relations": (Relation(other=f"{KONAK}/{'b' * 32}", kind="ortak iş"),),
}


def project(number: int = 1, updated: str = "2026-11-01T10:00:00Z", **fields: Any) -> Project:
    return Project(id=f"{BORNOVA}/{number:032x}", updated=updated, fields=ProjectFields(**fields))


def whole(count: int, **fields: Any) -> list[Project]:
    return [project(n, **{**WHOLE, **fields}) for n in range(count)]


def tick(criterion: str, day: str = "2026-11-01", text: str = "Yazı", number: int = 1) -> Tick:
    id_ = f"{BORNOVA}/{number:032x}"
    return Tick(id=id_, text=text, day=day, author="Deniz", wall="2026-11-01T10:00:00Z", criterion=criterion)


def ticks(*criteria: str, day: str = "2026-11-01") -> list[Tick]:
    return [tick(code, day) for code in criteria]


def stand(projects: Iterable[Project] = (), given: Iterable[Tick] = (), answered: Collection[str] = ()) -> Standing:
    return standing(LADDER, Records(BORNOVA, tuple(projects), answered, TODAY), given)


def counted(rule: str, projects: Iterable[Project], answered: Collection[str] = ()) -> Count:
    return RULES[rule](Records(BORNOVA, tuple(projects), answered, TODAY))


def met(found: Standing) -> set[str]:
    return {one.criterion.code for one in found.criteria if one.met}


def steps(found: Standing) -> list[str]:
    return [one.criterion.code for one in found.next_steps]


# --- the data --------------------------------------------------------------------------------------------------------


def test_six_stages_of_five_criteria_in_two_languages() -> None:
    assert LADDER.version == 1
    assert [stage.number for stage in LADDER.stages] == list(range(6))
    for stage in LADDER.stages:
        assert [one.code for one in stage.criteria] == [f"{stage.number}.{n}" for n in range(1, 6)]
        for texts in (stage.name, *(one.name for one in stage.criteria), *(one.evidence for one in stage.criteria)):
            assert set(texts) == {"tr", "en"} and all(texts.values())


def test_each_criterion_can_be_met_and_each_rule_is_used() -> None:
    every = [one for stage in LADDER.stages for one in stage.criteria]
    assert all(one.computed or one.months in (12, 24) for one in every)
    assert sorted(one.computed for one in every if one.computed) == sorted(RULES)
    counts = {one.code for one in every if one.evidence["tr"] == "uygulama sayımı"}
    assert {one.code for one in every if not one.months} == counts - {"2.1"}


# --- what is counted -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
def test_of_nothing_nothing_is_met(rule: str) -> None:
    assert not counted(rule, ()).met
    assert not counted(rule, [project()]).met or rule == "confirmed_records"


@pytest.mark.parametrize("rule", RULES)
def test_whole_records_meet_everything(rule: str) -> None:
    projects = whole(10)
    assert counted(rule, projects, {projects[0].id}).met


@pytest.mark.parametrize(
    ("rule", "good", "enough", "without"),
    [
        ("running_projects", 5, True, {"status": "planlandı"}),
        ("running_projects", 4, False, {"status": "planlandı"}),
        ("core_fields", 9, True, {"audience": ()}),
        ("core_fields", 8, False, {"purpose": ""}),
        ("core_fields", 8, False, {"goals": ()}),
        ("main_goal_reason", 10, True, {}),
        ("main_goal_reason", 9, False, {"goal_details": (GoalDetail(code="13", why="Yan amaç"),)}),
        ("main_goal_reason", 9, False, {"goals": ()}),
        ("planned_indicators", 10, True, {}),
        ("planned_indicators", 9, True, {"plans": (), "indicators": ()}),
        ("planned_indicators", 9, False, {"indicators": (Indicator(name="Atık", baseline=Decimal(1)),)}),
        ("measured_indicators", 6, True, {"indicators": (Indicator(name="Atık"),)}),
        ("measured_indicators", 5, False, {"indicators": (Indicator(name="Atık", actuals=(Actual(),)),)}),
        ("joint_projects", 1, True, {"relations": ()}),
        ("joint_projects", 0, False, {"status": "tamamlandı"}),
        ("joint_projects", 0, False, {"relations": (Relation(other=f"{KONAK}/{'b' * 32}", kind="benzer değil"),)}),
        ("joint_projects", 0, False, {"relations": (Relation(other=f"{BORNOVA}/{'b' * 32}", kind="ortak iş"),)}),
        ("joint_projects", 0, False, {"relations": (Relation(other=f"{OFFICE}/{'b' * 32}", kind="ortak iş"),)}),
        ("english_summaries", 10, True, {}),
        ("english_summaries", 9, False, {"purpose_en": ""}),
        ("english_summaries", 9, False, {"title_en": ""}),
    ],
)
def test_where_the_line_is(rule: str, good: int, enough: bool, without: dict[str, Any]) -> None:
    found = counted(rule, [*whole(good), *whole(10 - good, **without)])
    assert found.met == enough


def test_shares_are_rounded_up() -> None:
    assert counted("core_fields", whole(11)) == Count(11, 11, 10)
    assert counted("measured_indicators", [project(indicators=())]) == Count(0, 0, 0)


def test_a_record_is_confirmed_by_a_save_or_by_a_word() -> None:
    old = "2025-11-23T10:00:00Z"
    assert not counted("confirmed_records", [project(), project(updated=old)]).met
    assert counted("confirmed_records", [project(updated="2025-11-24T10:00:00Z")]).met
    assert counted("confirmed_records", [project(updated=old, confirmed="2026-01-02")]).met
    assert not counted("confirmed_records", [project(updated="")]).met


def test_an_offer_is_answered_by_the_district() -> None:
    projects = whole(2)
    assert counted("answered_offers", projects) == Count(0, 2, 1)
    assert counted("answered_offers", projects, {projects[1].id}) == Count(1, 2, 1)
    offered = Records(BORNOVA, projects, (), TODAY, [False, True])
    assert RULES["answered_offers"](offered) == Count(1, 4, 1)


def test_a_project_in_a_programme_to_which_the_district_said_yes_is_joint() -> None:
    for status, joint, count in (("sürüyor", (), 0), ("sürüyor", ("yes",), 1), ("fikir", ("yes",), 0)):
        one = project(status=status)
        records = Records(BORNOVA, [one], (), TODAY, joint=[one.id for _ in joint])
        assert RULES["joint_projects"](records).have == count


# --- evidence --------------------------------------------------------------------------------------------------------


def test_evidence_counts_to_its_last_day_and_not_after() -> None:
    [status] = [one for one in stand(given=[tick("0.3", "2025-11-23")]).criteria if one.criterion.code == "0.3"]
    assert (status.met, status.expired, status.expires) == (True, False, TODAY)
    late = stand(given=[tick("0.3", "2025-11-22")])
    [status] = [one for one in late.criteria if one.criterion.code == "0.3"]
    assert (status.met, status.expired, status.expires) == (False, True, TODAY - timedelta(days=1))
    assert steps(late) == ["0.1", "0.2"]
    assert met(stand(given=[tick("0.1", "2025-11-22")])) == {"0.1"}, "24 months"


def test_the_newest_evidence_counts_in_whatever_order_it_came() -> None:
    given = [tick("0.3", "2026-05-01", "Yeni", 1), tick("0.3", "2024-05-01", "Eski", 2)]
    for order in (given, given[::-1]):
        [status] = [one for one in stand(given=order).criteria if one.criterion.code == "0.3"]
        assert status.met and status.tick is not None and status.tick.text == "Yeni"


def test_no_evidence_stands_against_a_count_of_the_program() -> None:
    found = stand(whole(3, indicators=()), ticks("4.2", "5.4"))
    assert not met(found) & {"4.2", "5.4"}
    assert all(one.tick is None for one in found.criteria)


def test_what_is_counted_can_be_shown_too_where_the_ladder_says_so() -> None:
    assert met(stand(given=ticks("0.2", "2.5", "4.4"))) == {"0.2", "2.5", "4.4"}
    expired = stand(whole(5), ticks("0.2", day="2020-01-01"))
    assert "0.2" in met(expired)


def test_a_criterion_of_a_later_ladder_and_a_day_that_is_none_do_no_harm() -> None:
    assert met(stand(given=[tick("9.1"), tick("0.1", "2026-13-45")])) == set()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2025-12-31", 12, "2026-12-31"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-01-31", 11, "2025-12-31"),
    ],
)
def test_months_later(day: str, months: int, expected: str) -> None:
    assert months_after(date.fromisoformat(day), months).isoformat() == expected


# --- stages ----------------------------------------------------------------------------------------------------------


def test_everybody_begins_on_the_lowest_stage() -> None:
    found = stand()
    assert (found.stage.number, steps(found), len(found.criteria)) == (0, ["0.1", "0.2"], 30)


def test_four_of_five_reach_a_stage_and_three_do_not() -> None:
    zero = ticks("0.1", "0.3", "0.4", "0.5")
    assert steps(stand(given=zero)) == ["1.1", "1.2"], "the fifth is no step any more"
    three = stand(given=[*zero, *ticks("1.1", "1.3", "1.5")])
    assert (three.stage.number, steps(three)) == (0, ["1.2", "1.4"])
    four = stand(given=[*zero, *ticks("1.1", "1.3", "1.4", "1.5")])
    assert (four.stage.number, steps(four)) == (1, ["2.1", "2.2"])


def test_no_stage_is_skipped() -> None:
    upper = ticks("1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.4", "2.5")
    found = stand(whole(10), [*upper, *ticks("0.1", "0.3")])
    assert {"2.1", "2.2", "2.3", "2.4", "2.5"} <= met(found)
    assert (found.stage.number, steps(found)) == (0, ["0.4", "0.5"])
    assert stand(whole(10), [*upper, *ticks("0.1", "0.3", "0.4")]).stage.number == 2


def test_what_expires_below_takes_the_stages_above_with_it() -> None:
    given = [*ticks("0.1", "0.4"), *ticks("1.1", "1.2", "1.3", "1.4"), tick("0.5"), tick("0.3", "2025-11-23")]
    assert stand(given=given).stage.number == 1
    given[-1] = tick("0.3", "2025-11-22")
    found = stand(given=given)
    assert (found.stage.number, steps(found)) == (0, ["0.2", "0.3"])


def test_at_the_top_nothing_comes_next() -> None:
    every = [one.code for stage in LADDER.stages for one in stage.criteria]
    found = stand(whole(10), ticks(*every))
    assert (found.stage.number, steps(found), len(met(found))) == (5, [], 30)
