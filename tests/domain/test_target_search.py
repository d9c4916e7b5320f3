"""Targets are found under every name that people have for them."""

import pytest

from izsa_desktop.domain.target_search import TargetSearch
from tests.support import REFERENCE

SEARCH = TargetSearch(REFERENCE.goals)


def codes(text: str, first: tuple[str, ...] = ()) -> list[str]:
    return [target.code for target in SEARCH.find(text, first)]


@pytest.mark.parametrize(
    "text",
    [
        "12.5",
        "12,5",
        "SKA 12.5",
        "ska12.5",
        "SKH 12.5",
        "SDG 12.5",
        "SDGs: 12.5",
        "hedef 12.5",
        "alt hedef 12.5",
        "Küresel Amaç 12.5",
        "BM Sürdürülebilir Kalkınma Amaçları 12.5",
        "target 12.5",
        "Sustainable Development Goal 12.5",
    ],
)
def test_a_target_by_its_number(text: str) -> None:
    assert codes(text) == ["12.5"]


@pytest.mark.parametrize("text", ["6", "SKA 6", "SKH 6", "küresel amaç 6", "KÜRESEL HEDEF 6", "SDG 6", "goal 6", "6."])
def test_a_goals_targets_by_its_number(text: str) -> None:
    assert codes(text) == ["6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.a", "6.b"]


def test_a_number_that_begins_others_comes_before_them() -> None:
    assert codes("17.1")[:3] == ["17.1", "17.10", "17.11"]
    assert codes("1.A") == ["1.a"]
    assert codes("18") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("gıda israfı", "12.3"),
        ("GIDA İSRAFI", "12.3"),
        ("gida israfi", "12.3"),
        ("food waste", "12.3"),
        ("SKA iklim", "13.1"),
        ("per capita global food waste", "12.3"),
        ("ulaşımının", "11.2"),
        ("sürdürülebilir turizm", "8.9"),
        ("Küresel Amaç 11: ulaşım", "11.2"),
    ],
)
def test_a_target_by_words_of_both_languages(text: str, code: str) -> None:
    assert code in codes(text)


def test_the_targets_of_the_projects_goals_come_first() -> None:
    assert codes("", ("13", "6"))[:6] == ["13.1", "13.2", "13.3", "13.a", "13.b", "6.1"]
    assert codes("atık", ("11",))[0] == "11.6"
    assert len(codes("")) == 169


def test_what_is_nowhere_is_not_found() -> None:
    assert codes("zzqx") == []
