"""What a project can be filtered by."""

from datetime import date

import pytest

from izsa_desktop.domain.facets import confirmed_on, facets_of, freshness, started
from izsa_desktop.domain.filter import EVERYTHING, FACETS, ProjectFilter, from_plain, to_plain
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.shape import LINE, Shape
from tests.support import FIELDS


def project(**fields: object) -> Project:
    return Project(id="TUR035007/1", fields=ProjectFields(**fields), updated="2025-03-14T12:00:00Z")  # type: ignore[arg-type]


def test_every_facet_has_a_value_for_every_project() -> None:
    empty = facets_of(project())
    assert set(empty) == set(FACETS) - {"freshness"}
    assert empty["goal"] == empty["status"] == empty["year"] == ("",)
    full = facets_of(Project(id="TUR035007/1", fields=FIELDS))
    assert full["goal"] == FIELDS.goals
    assert full["year"] == ("2024",)
    assert full["place"] == ("mapped",)


def test_work_for_the_whole_province_is_not_on_the_map() -> None:
    assert facets_of(project(district=OFFICE))["place"] == facets_of(project())["place"] == ("unmapped",)
    assert facets_of(project(district="TUR035007"))["place"] == ("mapped",)
    assert facets_of(project(shape=Shape(LINE, (((27.1, 38.4), (27.2, 38.5)),))))["place"] == ("mapped",)


def test_a_start_that_is_no_date_is_none() -> None:
    assert started(project(start="unknown")) == started(project(start="yakında")) == ""
    assert facets_of(project(start="unknown"))["year"] == ("unknown",)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-01", "fresh"),
        ("2025-06-02", "fresh"),
        ("2025-06-01", "due"),
        ("2024-06-02", "due"),
        ("2024-06-01", "stale"),
        ("1999-01-01", "stale"),
        ("2030-01-01", "fresh"),
        ("", ""),
    ],
)
def test_freshness_by_age(day: str, expected: str) -> None:
    assert freshness(day, date(2026, 6, 1)) == expected


def test_what_nobody_confirmed_counts_from_its_last_change() -> None:
    assert confirmed_on(project()) == "2025-03-14"
    assert confirmed_on(project(confirmed="2026-02-03")) == "2026-02-03"
    assert confirmed_on(Project(id="x/1", fields=ProjectFields(), updated="2025-99-99T00:00:00Z")) == ""


def test_a_filter_survives_being_kept() -> None:
    wanted = ProjectFilter(query="su", goal=("6", ""), deleted=True, sort="start")
    assert from_plain(to_plain(wanted)) == wanted
    assert to_plain(EVERYTHING) == {}
    assert from_plain({"goal": "6", "status": [1, "fikir"], "sort": "kim bilir", "new": 1}) == ProjectFilter(
        status=("fikir",)
    )
    assert wanted.narrows
    assert not ProjectFilter(sort="start", query=" ").narrows
