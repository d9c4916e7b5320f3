"""What is typed is on disk within a second and comes back, field by field, after the program has been stopped."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel

from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.rows import Funding
from izsa_desktop.ui.dialogs.unfinished import UnfinishedDialog
from izsa_desktop.ui.pages.draft_keeper import DRAFT_AFTER_MS
from izsa_desktop.usecases.drafts import Draft, drafts, keep_draft
from izsa_desktop.usecases.projects import add_projects, new_project_id
from izsa_desktop.usecases.workplace import open_workplace
from tests.support import FIELDS
from tests.ui.window import Bench, OpenBench, type_text


def pause(b: Bench) -> None:
    """A person stops typing for a moment."""
    b.qtbot.waitUntil(lambda: not b.editor.draft_timer.isActive())
    b.settle()


def stopped(folder: Path, name: str = "after-the-cut") -> Path:
    """The workplace as a power cut leaves it at this moment."""
    return Path(shutil.copytree(folder, folder.with_name(name)))


def question(b: Bench) -> UnfinishedDialog:
    """The list of what is unfinished."""
    dialog = b.page.unfinished.dialog
    assert dialog is not None
    return dialog


def go_on(b: Bench) -> None:
    """Keeps everything: what Enter does."""
    dialog = question(b)
    assert dialog.keep.isDefault()
    assert not dialog.isModal()
    dialog.keep.click()
    b.settle()


def take_back(b: Bench) -> None:
    """Presses what the newest notice offers."""
    offer = b.opened.window.toasts.shown[-1].action
    assert offer is not None
    offer.click()


def test_a_draft_is_on_disk_within_a_second() -> None:
    assert DRAFT_AFTER_MS < 1000


def test_going_on_typing_does_not_put_off_what_is_due(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.page.new()
    with b.qtbot.waitSignal(b.editor.draft_timer.timeout, timeout=1000):
        for _letter in range(20):
            type_text(b.editor.form.field("title"), "a")
            b.qtbot.wait(10)
    b.settle()
    [draft] = drafts(b.workplace)
    assert draft.values["title"] == "a" * 20


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
    record = b.editor.record
    again = bench(stopped(district))
    assert not again.editor.is_open
    go_on(again)
    assert again.editor.project_id is None
    assert again.editor.record == record
    assert {name: again.editor.form.field(name).value() for name in typed} == typed
    assert again.editor.dirty
    assert not again.editor.banner.isHidden()
    assert again.page.unfinished.banner.isHidden()
    if isinstance(place, Location):
        again.editor.save()
        again.settle()
        assert drafts(again.workplace) == []
        assert [(p.id, p.fields.title) for p in again.stored(query="duragi")] == [(record, "Bisiklet durağı")]
        assert again.editor.banner.isHidden()


def test_every_field_comes_back(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.page.new()
    b.editor.form.put({name: getattr(FIELDS, name) for name in ProjectFields.__struct_fields__ if name != "district"})
    pause(b)
    again = bench(stopped(district))
    go_on(again)
    assert again.editor.form.fields() == FIELDS


def test_half_a_number_comes_back_as_it_was_typed(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.page.new()
    rows = b.editor.form.field("funding")
    rows.add()
    type_text(rows.cards[0].parts["amount"].field.line, "12 bin")
    type_text(b.editor.form.field("co2e").line, "nan")
    pause(b)
    again = bench(stopped(district))
    go_on(again)
    assert again.editor.form.field("funding").value()[0].amount == "12 bin"
    assert again.editor.form.field("co2e").value() == "nan"


def test_a_change_comes_back_on_the_project_it_was_made_to(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = b.open(FIELDS.title)
    b.type_into("purpose", "Yarım kalan cümle")
    pause(b)
    again = bench(stopped(district))
    go_on(again)
    assert again.editor.project_id == project.id
    assert again.editor.form.fields() == replace(project.fields, purpose="Yarım kalan cümle")
    again.editor.banner.action.click()
    again.settle()
    assert again.editor.form.fields() == project.fields
    assert drafts(again.workplace) == []


def test_each_field_is_kept_or_dropped_by_itself(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = b.open(FIELDS.title)
    b.type_into("purpose", "Yarım kalan cümle")
    b.type_into("unit", "Park")
    pause(b)
    again = bench(stopped(district))
    dialog = question(again)
    assert dialog.keep.text() == again.opened.t("unfinished.keep_all")
    dialog.ticks[project.id, "purpose"].setChecked(False)
    assert dialog.keep.text() == again.opened.t("unfinished.keep")
    dialog.keep.click()
    again.settle()
    assert again.editor.form.fields() == replace(project.fields, unit="Park")
    assert [dict(draft.values) for draft in drafts(again.workplace)] == [{"unit": "Park"}]


def test_the_question_shows_both_values_and_can_be_answered_later(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.open(FIELDS.title)
    b.type_into("status", "tamamlandı")
    pause(b)
    again = bench(stopped(district))
    dialog = question(again)
    texts = {label.text() for label in dialog.findChildren(type(again.editor.state))}
    assert {FIELDS.title, "Sürüyor", "Tamamlandı"} <= texts
    dialog.close()
    again.settle()
    assert len(drafts(again.workplace)) == 1
    again.page.unfinished.banner.action.click()
    question(again).drop_all.click()
    again.settle()
    assert drafts(again.workplace) == []
    assert not again.editor.is_open
    assert again.notices() == [again.opened.t("unfinished.dropped")]


def test_what_waits_comes_when_its_project_is_opened(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = b.open(FIELDS.title)
    b.type_into("unit", "Park")
    pause(b)
    again = bench(stopped(district))
    question(again).close()
    again.open(FIELDS.title)
    assert again.editor.form.fields() == replace(project.fields, unit="Park")
    assert again.page.unfinished.banner.isHidden()


def test_several_drafts_stand_beside_each_other(bench: OpenBench, district: Path) -> None:
    with open_workplace(district) as workplace:
        [stored] = add_projects(workplace, [ProjectFields(title="Kayıtlı")])
        kept = [
            Draft(new_project_id(workplace), (), {"title": "Birinci"}),
            Draft(new_project_id(workplace), (), {"title": "İkinci"}),
            Draft(stored, (), {"title": "Değişen"}),
        ]
        for draft in kept:
            keep_draft(workplace, draft)
    b = bench(district)
    go_on(b)
    seen = [b.editor.form.field("title").value()]
    while not b.page.unfinished.banner.isHidden():
        b.page.unfinished.banner.action.click()
        go_on(b)
        seen.append(b.editor.form.field("title").value())
    b.editor.save()
    b.settle()
    assert sorted(seen) == ["Birinci", "Değişen", "İkinci"]
    assert drafts(b.workplace) == []
    found = {p.id: p.fields.title for p in b.stored()}
    assert {draft.record: draft.values["title"] for draft in kept}.items() <= found.items()
    assert len(found) == 3 + 3


def test_a_draft_of_an_older_version_is_not_lost(bench: OpenBench, district: Path) -> None:
    with open_workplace(district) as workplace:
        keep_draft(workplace, Draft("", (), {"title": "Eski taslak", "unknown_field": 1}))
    b = bench(district)
    go_on(b)
    assert b.editor.form.field("title").value() == "Eski taslak"
    b.editor.save()
    b.settle()
    assert drafts(b.workplace) == []
    assert "Eski taslak" in b.shown_titles()


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


def test_what_is_discarded_after_a_refused_save_is_gone(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.open(FIELDS.title)
    b.type_into("title", "x" * 301)
    pause(b)
    b.editor.save()
    b.settle()
    b.editor.discard()
    b.settle()
    assert drafts(b.workplace) == []


def test_an_offer_to_discard_ends_with_what_it_was_about(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.open(FIELDS.title)
    b.type_into("title", "x" * 301)
    b.editor.save()
    b.settle()
    assert len(b.notices()) == 1
    b.type_into("title", "x" * 302)
    b.editor.save()
    b.settle()
    assert len(b.notices()) == 1
    b.type_into("title", "Yeni ad")
    b.editor.save()
    b.settle()
    assert b.notices() == [b.opened.t("form.saved", title="Yeni ad")]


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


def test_what_was_discarded_by_a_click_too_many_comes_back(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = b.open(FIELDS.title)
    b.type_into("unit", "Park")
    b.editor.discard()
    b.settle()
    assert b.editor.form.fields() == project.fields
    take_back(b)
    b.settle()
    assert b.editor.form.fields() == replace(project.fields, unit="Park")
    assert b.editor.dirty
    assert [dict(draft.values) for draft in drafts(b.workplace)] == [{"unit": "Park"}]


def test_unfinished_work_dropped_as_a_whole_comes_back(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.page.new()
    b.type_into("title", "Bisiklet durağı")
    pause(b)
    again = bench(stopped(district))
    question(again).drop_all.click()
    again.settle()
    assert drafts(again.workplace) == []
    take_back(again)
    again.settle()
    assert again.editor.record == b.editor.record
    assert again.editor.form.field("title").value() == "Bisiklet durağı"


def test_the_question_tells_rows_whole_though_a_number_is_none_yet(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.page.new()
    b.type_into("funding", (Funding(key="a", note="Ajans hibesi", amount=Decimal(5)),))
    rows = b.editor.form.field("funding")
    rows.add()
    type_text(rows.cards[1].parts["amount"].field.line, "12 b")
    pause(b)
    again = bench(stopped(district))
    texts = " ".join(label.text() for label in question(again).findChildren(QLabel))
    assert "Ajans hibesi" in texts
    assert "12 b" in texts
