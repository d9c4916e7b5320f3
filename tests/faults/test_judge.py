"""The judge finds what a window may get wrong."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.drafts import Draft, drop_draft, keep_draft
from izsa_desktop.usecases.workplace import Workplace, create_workplace
from tests.faults.diary import Happening, What
from tests.faults.judge import Content, Judge, Verdict
from tests.support import BORNOVA

KILLED = 100.0
RECORD = f"{BORNOVA}/{'0' * 32}"


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with create_workplace(tmp_path, BORNOVA, "Ayşe Yılmaz") as made:
        projects.add_projects(made, [ProjectFields(title="Bir"), ProjectFields(title="İki")])
        yield made


def titled(title: str) -> ProjectFields:
    return ProjectFields(title=title, district=BORNOVA)


def form(record: str, *titles: tuple[float, str], what: What = "typed") -> list[Happening]:
    """A form was opened with the first title and then changed; by seconds before the kill."""
    return [
        Happening(KILLED - ago, what if n else "shown", record, titled(title)) for n, (ago, title) in enumerate(titles)
    ]


def saved(record: str, ago: float, title: str) -> Happening:
    return Happening(KILLED - ago, "saved", record, titled(title))


def judged(workplace: Workplace, before: Content, *happenings: Happening) -> Verdict:
    return Judge(workplace, before, happenings, KILLED, 0.0).judge()


def test_nothing_happened(workplace: Workplace) -> None:
    assert judged(workplace, Content.of(workplace)).wrongs == []


def test_a_save_and_a_young_draft(workplace: Workplace) -> None:
    before = Content.of(workplace)
    one = projects.save_project(workplace, RECORD, titled("a"), new=True)
    keep_draft(workplace, Draft(RECORD, one.heads, {"title": "abc"}))
    told = form(RECORD, (9, ""), (8, "a"), (6, "abc"), (0.6, "abcd"), (0.3, "abcde"))
    verdict = judged(workplace, before, *told[:2], saved(RECORD, 7, "a"), *told[2:])
    assert verdict.wrongs == []
    assert (verdict.saves, verdict.drafts, verdict.keys, round(verdict.age, 3)) == (1, 1, 4, 0.6)


def test_a_save_of_which_nobody_was_told_yet(workplace: Workplace) -> None:
    before = Content.of(workplace)
    projects.save_project(workplace, RECORD, titled("ab"), new=True)
    assert judged(workplace, before, *form(RECORD, (9, ""), (8, "ab"), (0.1, "abc"))).wrongs == []


@pytest.mark.parametrize("drafted", [None, "a"])
def test_an_old_draft(workplace: Workplace, drafted: str | None) -> None:
    before = Content.of(workplace)
    if drafted:
        keep_draft(workplace, Draft(RECORD, (), {"title": drafted}))
    [wrong] = judged(workplace, before, *form(RECORD, (9, ""), (1.5, "a"), (1.2, "ab"), (0.1, "abc"))).wrongs
    assert wrong.endswith("outdated for 1.200 s" if drafted else "outdated for 1.500 s")


def test_a_draft_that_nobody_typed(workplace: Workplace) -> None:
    before = Content.of(workplace)
    keep_draft(workplace, Draft(RECORD, (), {"title": "x"}))
    assert judged(workplace, before).wrongs == [f"{RECORD}: its draft changed though nobody touched it"]
    [wrong] = judged(workplace, before, *form(RECORD, (9, ""), (0.5, "a"))).wrongs
    assert "never in the form" in wrong


def test_a_draft_that_went_to_another_project(workplace: Workplace) -> None:
    before = Content.of(workplace)
    one, two = before.stored.values()
    keep_draft(workplace, Draft(two.id, two.heads, {"title": "abc"}))
    wrongs = judged(workplace, before, *form(one.id, (9, one.fields.title), (5, "abc"))).wrongs
    assert any(one.id in wrong and "outdated" in wrong for wrong in wrongs)
    assert any(two.id in wrong and "nobody touched" in wrong for wrong in wrongs)


def test_a_draft_of_an_earlier_sitting(workplace: Workplace) -> None:
    keep_draft(workplace, Draft(RECORD, (), {"title": "abc"}))
    before = Content.of(workplace)
    assert judged(workplace, before, *form(RECORD, (9, "abc"), (0.5, "abcd"))).wrongs == []
    [wrong] = judged(workplace, before, *form(RECORD, (9, ""), (8, "abc"))).wrongs
    assert wrong == f"{RECORD}: came back differently in the window"
    drop_draft(workplace, RECORD)
    assert judged(workplace, before).wrongs == [f"{RECORD}: its draft changed though nobody touched it"]
    assert judged(workplace, before, Happening(1, "discard", several=(RECORD,))).wrongs == []


def test_a_save_that_is_gone(workplace: Workplace) -> None:
    before = Content.of(workplace)
    told = [*form(RECORD, (9, ""), (8, "a")), saved(RECORD, 7, "a")]
    assert f"{RECORD}: acknowledged and gone" in judged(workplace, before, *told).wrongs


def test_a_save_with_other_content(workplace: Workplace) -> None:
    before = Content.of(workplace)
    one = next(iter(before.stored.values()))
    told = [*form(one.id, (9, one.fields.title), (8, "abc")), saved(one.id, 7, "abc")]
    assert any("nor anything later" in wrong for wrong in judged(workplace, before, *told).wrongs)
    told[-1] = replace(told[-1], fields=titled("xyz"))
    assert any("nobody typed" in wrong for wrong in judged(workplace, before, *told).wrongs)


def test_a_deletion_that_did_not_last(workplace: Workplace) -> None:
    before = Content.of(workplace)
    one, two = before.stored
    projects.delete_project(workplace, two)
    assert judged(workplace, before, Happening(1, "delete", one), Happening(2, "deleted", one)).wrongs == [
        f"{two}: deleted or brought back though nobody wanted it",
        f"{one}: deleted, and then not",
    ]


def test_imports(workplace: Workplace) -> None:
    before = Content.of(workplace)
    begun = Happening(1, "import", text="x", several=("a", "b"))
    assert judged(workplace, before, begun).wrongs == []
    ids = projects.add_projects(workplace, [titled("a"), titled("b")])
    assert judged(workplace, before, begun).wrongs == []
    told = begun, Happening(2, "imported", text="x", several=tuple(ids))
    assert judged(workplace, before, *told).wrongs == []
    assert judged(workplace, before, *told, *form(ids[0], (2, "a"), (0.1, "ab"))).wrongs == []
    assert judged(workplace, before, *told).imported == 2
    assert len(judged(workplace, before).wrongs) == 2
    assert len(judged(workplace, before, replace(begun, several=("a", "b", "c"))).wrongs) == 1
    gone = replace(told[1], several=(*ids, RECORD))
    assert len(judged(workplace, before, begun, gone).wrongs) == 1


def test_letters_that_left_the_form(workplace: Workplace) -> None:
    before = Content.of(workplace)
    one = next(iter(before.stored.values()))
    told = form(one.id, (2, one.fields.title), (0.5, "abc"))
    told.append(Happening(KILLED - 0.1, "overwritten", one.id, one.fields))
    [wrong] = judged(workplace, before, *told).wrongs
    assert "the form changed by itself" in wrong


def test_what_is_logged_as_an_error(workplace: Workplace) -> None:
    assert judged(workplace, Content.of(workplace), Happening(1, "broken", text="Hata")).wrongs == ["Hata"]
