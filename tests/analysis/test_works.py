"""Joint programmes as one work: in totals, and as lines between the districts."""

from datetime import date

from izsa_desktop.analysis.works import DECLINED, Entry, Works, entry_of
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.rows import Relation

TODAY = date(2026, 1, 1)


def entry(id_: str, programmes: tuple[tuple[str, int], ...] = (), *rows: Relation) -> Entry:
    return entry_of(Project(id=id_, fields=ProjectFields(relations=rows)), TODAY, programmes)


def works(*entries: Entry) -> int:
    return len({work for work, _ in Works(entries).numbered()})


def lines(*entries: Entry) -> list[tuple[str, str]]:
    return [(a.id, b.id) for a, b in Works(entries).together()]


def test_members_of_a_programme_are_one_work_as_far_as_they_are_at_hand() -> None:
    a, b, c = entry("a", (("x", 1),)), entry("b", (("x", 0),)), entry("c", (("x", 2), ("y", 0)))
    other = entry("d", (("y", 1),))
    assert works(a, b) == works(a, b, c) == works(a, b, c, other) == 1
    assert works(a, other) == 2
    assert works(a) == 1


def test_a_programme_is_joined_from_its_first_record_to_the_others() -> None:
    a, b, c = entry("a", (("x", 1),)), entry("b", (("x", 0),)), entry("c", (("x", 2),))
    assert lines(a, b, c) == [("a", "b"), ("b", "c")]
    assert lines(a, c) == [("a", "c")]
    assert lines(a) == []


def test_a_pair_that_is_said_twice_is_one_line() -> None:
    a = entry("a", (("x", 0),), Relation(other="b", kind="ortak iş"))
    b = entry("b", (("x", 1),), Relation(other="a", kind="ortak iş"))
    assert lines(a, b) == [("a", "b")]


def test_who_says_that_it_follows_draws_no_line() -> None:
    a = entry("a", (), Relation(other="b", kind="ortak iş"))
    b = entry("b", (), Relation(other="a", kind="devamı"))
    assert (lines(a, b), works(a, b)) == ([], 2)


def test_who_declines_a_programme_is_no_joint_work_with_its_members_whatever_is_said_of_the_pair() -> None:
    joint = Relation(other="b", kind="ortak iş")
    a, out = entry("a", (("x", 0),)), entry("c", (("x", DECLINED),), joint, Relation(other="a", kind="ortak iş"))
    b = entry("b", (("x", 1),), Relation(other="c", kind="ortak iş"))
    assert (works(a, b, out), lines(a, b, out)) == (2, [("a", "b")])
    accepted_elsewhere = entry("b", (("x", 1), ("y", 0))), entry("c", (("x", DECLINED), ("y", 1)), joint)
    assert works(*accepted_elsewhere) == 1
    assert works(entry("c", (("x", DECLINED),), joint), entry("b")) == 1  # no member: it never was about that
    the_same = entry("c", (("x", DECLINED),), Relation(other="b", kind="aynı"))
    assert works(b, the_same) == 1
    assert works(entry("a", (("x", DECLINED),), joint), entry("b", (("x", DECLINED),))) == 2
