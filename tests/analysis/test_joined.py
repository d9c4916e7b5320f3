"""What counts once."""

import random

import pytest

from izsa_desktop.analysis.joined import Said, differing, groups, said_of
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.rows import Relation
from tests.support import REFERENCE


@pytest.mark.parametrize(
    ("kind", "joined"),
    [("aynı", True), ("ortak iş", True), ("parçası", True), ("devamı", False), ("benzer değil", False), ("", False)],
)
def test_which_kinds_count_once(kind: str, joined: bool) -> None:
    assert groups([Said("a", "b", kind)]) == ([frozenset("ab")] if joined else [])


def test_every_kind_of_the_vocabulary_is_decided() -> None:
    assert {term.code for term in REFERENCE.vocabularies["relation"]} == {
        *("aynı", "ortak iş", "parçası", "devamı", "benzer değil")
    }


def test_groups_grow_over_any_number_of_links_in_any_order() -> None:
    chain = [Said(f"p{n}", f"p{n + 1}", "ortak iş") for n in range(20)]
    other = [Said("z", "y", "aynı"), Said("y", "z", "aynı")]
    for seed in range(5):
        mixed = [*chain, *other]
        random.Random(seed).shuffle(mixed)
        assert groups(mixed) == [frozenset(f"p{n}" for n in range(21)), frozenset("yz")]


def test_who_says_not_similar_parts_the_pair_but_not_what_a_third_one_joins() -> None:
    said = [Said("a", "b", "aynı"), Said("b", "a", "benzer değil")]
    assert groups(said) == []
    assert groups([*said, Said("a", "c", "parçası"), Said("b", "c", "parçası")]) == [frozenset("abc")]


def test_who_says_that_one_follows_the_other_parts_the_pair() -> None:
    assert groups([Said("a", "b", "ortak iş"), Said("b", "a", "devamı")]) == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("aynı", "aynı", False),
        ("aynı", "ortak iş", True),
        ("aynı", "parçası", True),
        ("parçası", "parçası", True),
        ("devamı", "devamı", True),
        ("benzer değil", "benzer değil", False),
        ("parçası", "devamı", True),
    ],
)
def test_when_two_records_differ(one: str, other: str, differ: bool) -> None:
    assert differing([Said("a", "b", one), Said("b", "a", other)]) == ({("a", "b")} if differ else set())
    assert differing([Said("b", "a", one), Said("c", "a", other)]) == set()


def test_members_of_a_programme_are_one_work_whatever_their_records_say() -> None:
    assert groups([], [("a", "b"), ("c",), ("b", "d")]) == [frozenset("abd")]
    assert groups([Said("a", "b", "benzer değil"), Said("d", "b", "aynı")], [("b", "a", "c")]) == [frozenset("abcd")]


def test_what_records_say() -> None:
    def project(id_: str, *rows: Relation, deleted: bool = False) -> Project:
        return Project(id=id_, fields=ProjectFields(relations=rows), deleted=deleted)

    rows = Relation(other="b", kind="parçası"), Relation(other="c", note="?")
    assert said_of([project("a", *rows), project("d", *rows, deleted=True), project("b")]) == [
        Said("a", "b", "parçası")
    ]
