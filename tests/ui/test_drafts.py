"""What is typed is on disk within a second and comes back after the program has been stopped in the middle."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from izsa_desktop.domain.project import Location
from izsa_desktop.ui.pages.editor import DRAFT_AFTER_MS
from izsa_desktop.usecases.drafts import drafts
from tests.support import FIELDS
from tests.ui.window import Bench, OpenBench


def pause(b: Bench) -> None:
    """A person stops typing for a moment."""
    b.qtbot.waitUntil(lambda: not b.editor.draft_timer.isActive())
    b.settle()


def stopped(folder: Path) -> Path:
    """The workplace as a power cut leaves it at this moment."""
    return Path(shutil.copytree(folder, folder.with_name("after-the-cut")))


def test_a_draft_is_on_disk_within_a_second() -> None:
    assert DRAFT_AFTER_MS < 1000


@pytest.mark.parametrize("place", [Location(38.1234567, 28.2, True), "38,5 ve biraz"])
def test_a_new_project_comes_back_as_it_was_typed(bench: OpenBench, district: Path, place: Location | str) -> None:
    typed = {
        "title": "Bisiklet durağı",
        "audience": ("çocuklar",),
        "goals": ("6", "13"),
        "start": "2025-03",
        "location": place,
    }
    b = bench(district)
    b.page.new()
    for name, value in typed.items():
        b.type_into(name, value)
    pause(b)
    again = bench(stopped(district))
    assert again.editor.is_open
    assert again.editor.project_id is None
    assert {name: again.editor.form.field(name).value() for name in typed} == typed
    assert again.editor.dirty
    assert not again.editor.banner.isHidden()
    if isinstance(place, Location):
        again.editor.save()
        again.settle()
        assert drafts(again.workplace) == []
        assert [p.fields.title for p in again.stored(query="duragi")] == ["Bisiklet durağı"]
        assert again.editor.banner.isHidden()


def test_a_change_comes_back_on_the_project_it_was_made_to(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = b.open(FIELDS.title)
    b.type_into("purpose", "Yarım kalan cümle")
    pause(b)
    again = bench(stopped(district))
    assert again.editor.project_id == project.id
    assert again.editor.form.fields() == replace(project.fields, purpose="Yarım kalan cümle")
    again.editor.banner.action.click()
    again.settle()
    assert again.editor.form.fields() == project.fields
    assert drafts(again.workplace) == []


def test_saving_and_taking_back_leave_no_draft(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.open(FIELDS.title)
    b.type_into("title", "Başka")
    pause(b)
    assert len(drafts(b.workplace)) == 1
    b.type_into("title", FIELDS.title)
    pause(b)
    assert drafts(b.workplace) == []
    b.type_into("title", "Yeni ad")
    pause(b)
    b.editor.save()
    b.settle()
    pause(b)
    assert drafts(b.workplace) == []


def test_another_project_never_gets_the_draft(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.page.new()
    b.type_into("title", "İkinci")
    b.editor.save()
    b.settle()
    b.open(FIELDS.title)
    b.type_into("title", "Başka")
    pause(b)
    b.type_into("title", FIELDS.title)
    b.open("İkinci")
    pause(b)
    assert drafts(b.workplace) == []
    assert b.editor.form.field("title").value() == "İkinci"
