"""Entering, finding, changing and deleting projects in the window."""

from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.domain.revision import new_revision
from izsa_desktop.ui import changes
from izsa_desktop.ui.pages.projects_page import file_name
from izsa_desktop.ui.workspace import PROJECTS, SETTINGS
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import create_workplace
from tests.support import FIELDS
from tests.ui.window import Bench, OpenBench, type_text
from tests.usecases.line import Line, enter, export, merge

POINT_IN_BORNOVA = (38.4622, 27.2176)
POINT_IN_MENEMEN = (38.62, 27.05)


def search(bench: Bench, text: str) -> None:
    """Types into the search box."""
    type_text(bench.page.list.search, text)
    bench.settle()


def put_place(bench: Bench, lat: float, lon: float) -> None:
    """A click on the map while a place is being chosen."""
    bench.page.map.view.place_picked.emit(lat, lon)
    bench.settle()


# --- entering --------------------------------------------------------------------------------------------------------


def test_a_project_is_entered_by_keyboard_alone(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    qtbot.keySequence(b.opened.window, QKeySequence(QKeySequence.StandardKey.New))
    b.settle()
    title = b.opened.window.focusWidget()
    assert title is b.editor.form.field("title")
    type_text(title, "Kompost ağı")
    qtbot.keyClick(title, Qt.Key.Key_Tab)
    type_text(b.opened.window.focusWidget(), "Evsel atığı azaltmak")
    for _past_the_folded_fields in range(2):
        qtbot.keyClick(b.opened.window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(b.opened.window.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(b.opened.window.focusWidget(), Qt.Key.Key_Space)
    qtbot.keySequence(b.opened.window, QKeySequence(QKeySequence.StandardKey.Save))
    b.settle()
    [project] = b.stored(query="kompost")
    assert project.fields == ProjectFields(
        title="Kompost ağı", purpose="Evsel atığı azaltmak", audience=("çocuklar",), district="TUR035007"
    )
    assert not b.editor.dirty
    assert b.page.list.view.currentIndex().data() == "Kompost ağı"


def test_a_new_form_without_a_word_in_it_leaves_nothing_behind(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.page.new()
    b.page.close_project()
    b.settle()
    assert len(b.stored()) == 3
    assert b.editor.isHidden()


def test_what_a_person_has_not_touched_stays_exactly_as_it_was(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    before = b.open(FIELDS.title)
    b.type_into("title", "Başka ad")
    b.page.close_project()
    b.settle()
    assert projects.get_project(b.workplace, before.id).fields == replace(before.fields, title="Başka ad")


def test_several_notes_stay_several(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    [id_] = projects.add_projects(b.workplace, [ProjectFields(title="Notlu", audience_note=("bir", "iki"))])
    b.page.reload()
    b.settle()
    b.open("Notlu")
    b.type_into("purpose", "Yeni amaç")
    b.editor.save()
    b.settle()
    assert projects.get_project(b.workplace, id_).fields.audience_note == ("bir", "iki")


def test_the_meter_names_what_is_missing_and_leads_there(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.open("Çatı güneşi")
    buttons = {name: button.isVisible() for name, button in b.editor.meter.buttons.items()}
    assert [name for name, shown in buttons.items() if shown] == ["purpose", "audience", "start"]
    qtbot.mouseClick(b.editor.meter.buttons["purpose"], Qt.MouseButton.LeftButton)
    assert b.editor.form.field("purpose").hasFocus()
    b.type_into("purpose", "Amaç")
    assert not b.editor.meter.buttons["purpose"].isVisible()


# --- finding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["sirince", "ŞİRİNCE", "ISIRGAN", "şirince isirgan"])
def test_search_does_not_care_how_turkish_letters_are_typed(bench: OpenBench, district: Path, typed: str) -> None:
    b = bench(district)
    search(b, typed)
    assert b.shown_titles() == ["Şirince’den ısırgan"]
    assert b.page.list.count.text() == b.opened.t("list.count_of", shown=1, total=3)


def test_a_search_without_a_match_says_so_and_leads_back(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    search(b, "yok böyle")
    assert b.page.list.empty.heading.text() == b.opened.t("list.none_found")
    b.page.list.empty.button.click()
    b.settle()
    assert len(b.shown_titles()) == 3


def test_escape_empties_the_search_then_closes_the_project(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.open("Çatı güneşi")
    qtbot.keySequence(b.opened.window, QKeySequence(QKeySequence.StandardKey.Find))
    assert b.page.list.search.hasFocus()
    search(b, "sirince")
    with qtbot.waitSignal(b.page.list.search.sought):
        qtbot.keyClick(b.page.list.search, Qt.Key.Key_Escape)
    b.settle()
    assert len(b.shown_titles()) == 3
    assert b.editor.isVisible()
    qtbot.keyClick(b.page.list.search, Qt.Key.Key_Escape)
    assert not b.editor.isVisible()
    qtbot.keyClick(b.page.list.view, Qt.Key.Key_Return)
    b.settle()
    assert b.editor.heading.text() == "Çatı güneşi"
    qtbot.keyClick(b.page.list.view, Qt.Key.Key_Down)
    b.settle()
    assert b.editor.heading.text() == "Şirince’den ısırgan"


def test_an_empty_workplace_offers_the_first_project(bench: OpenBench, tmp_path: Path) -> None:
    create_workplace(tmp_path / "w", "TUR035007", "Ayşe").close()
    b = bench(tmp_path / "w")
    assert b.page.list.empty.heading.text() == b.opened.t("list.none_yet")
    b.page.list.empty.button.click()
    assert b.editor.is_open
    assert b.editor.project_id is None


def test_filters_join_and_the_map_follows_them(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.page.list.choose("goal", ("13",))
    b.settle()
    assert b.shown_titles() == ["Çatı güneşi", FIELDS.title]
    b.page.list.choose("status", ("sürüyor",))
    b.settle()
    assert b.shown_titles() == [FIELDS.title]
    assert b.page.map.placed == 1
    b.page.list.clear_filters()
    b.settle()
    assert b.page.map.placed == 3


def test_the_office_filters_by_district_and_lists_what_has_no_place(bench: OpenBench, line: Line) -> None:
    enter(line.bornova, "Bornova'da")
    enter(line.konak, "Konak'ta")
    merge(line.office, export(line.bornova, line.folder / "b.izsa"), export(line.konak, line.folder / "k.izsa"))
    b = bench(line.office)
    projects.add_projects(b.workplace, [ProjectFields(title="İl geneli", district=OFFICE)])
    b.page.list.choose("district", ("TUR035021",))
    b.settle()
    assert b.shown_titles() == ["Konak'ta"]
    b.page.list.clear_filters()
    b.settle()
    assert b.page.map.text.text() == b.opened.t("list.unplaced", count=1)
    b.page.map.list_them.click()
    b.settle()
    assert b.shown_titles() == ["İl geneli"]


# --- changing --------------------------------------------------------------------------------------------------------


def test_choosing_another_project_saves_the_one_that_was_changed(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    changed = b.open("Çatı güneşi")
    b.type_into("unit", "Fen İşleri")
    assert b.editor.dirty
    b.open("Şirince’den ısırgan")
    assert projects.get_project(b.workplace, changed.id).fields.unit == "Fen İşleri"
    assert b.editor.heading.text() == "Şirince’den ısırgan"
    assert b.notices() == [b.opened.t("form.saved", title="Çatı güneşi")]


def test_another_page_and_the_end_save_too(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    changed = b.open("Çatı güneşi")
    b.type_into("unit", "Bir")
    b.workspace.go_to(SETTINGS)
    b.settle()
    assert projects.get_project(b.workplace, changed.id).fields.unit == "Bir"
    assert b.workspace.pages.currentWidget() is b.workspace.settings
    b.workspace.go_to(PROJECTS)
    b.type_into("unit", "İki")
    b.opened.window.close()
    assert b.opened.window.isVisible()
    b.settle()
    assert not b.opened.window.isVisible()
    assert projects.get_project(b.workplace, changed.id).fields.unit == "İki"


@pytest.mark.parametrize(
    ("field", "value"),
    [("location", "38 derece"), ("start", "1234"), ("unit", "gizli\u202etersine"), ("title", "x" * 301)],
)
def test_where_saving_fails_the_form_stays_with_its_text(
    bench: OpenBench, district: Path, field: str, value: str
) -> None:
    b = bench(district, show=True)
    before = b.open("Çatı güneşi")
    widget = b.editor.form.field(field)
    if field == "location":
        widget.text.setText(value)
    elif field == "start":
        widget.year.setText(value)
    else:
        widget.set_value(value)
    widget.edited.emit()
    b.open("Şirince’den ısırgan")
    assert b.editor.project_id == before.id
    assert b.page.list.view.currentIndex().data() == "Çatı güneşi"
    assert b.editor.form.field(field).value() == value
    assert b.editor.form.rows[field].note.property("role") == "bad"
    assert projects.get_project(b.workplace, before.id).fields == before.fields
    b.opened.window.close()
    b.settle()
    assert b.opened.window.isVisible()
    toast = b.opened.window.toasts.shown[-1]
    assert toast.action is not None
    toast.action.click()
    assert not b.editor.dirty
    b.opened.window.close()
    assert not b.opened.window.isVisible()


def test_what_is_typed_while_a_save_is_under_way_is_saved_as_well(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    changed = b.open("Çatı güneşi")
    b.type_into("unit", "Bir")
    b.editor.save()
    b.type_into("owner", "İki")
    b.settle()
    fields = projects.get_project(b.workplace, changed.id).fields
    assert (fields.unit, fields.owner) == ("Bir", "İki")
    assert not b.editor.dirty


def busy(b: Bench) -> Event:
    """Keeps the worker from doing anything until the event is set."""
    go_on = Event()
    b.opened.tasks.run(b.page, lambda: go_on.wait(30), lambda _: None)
    return go_on


def test_what_is_typed_while_another_project_is_read_is_saved(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    changed, other = b.open("Çatı güneşi"), b.stored(query="ısırgan")[0]
    b.page.list.search.setText("güneş")
    b.settle()
    assert b.shown_titles() == ["Çatı güneşi"]
    go_on = busy(b)
    b.page.open(other.id)  # as by a click on the map
    b.type_into("unit", "Fen İşleri")
    go_on.set()
    b.settle()
    assert b.editor.project_id == other.id
    assert projects.get_project(b.workplace, changed.id).fields.unit == "Fen İşleri"


def test_whoever_goes_back_while_another_project_is_read_stays(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    first, other = b.open("Çatı güneşi"), b.stored(query="ısırgan")[0]
    b.page.list.search.setText("güneş")
    b.settle()
    go_on = busy(b)
    b.page.open(other.id)
    b.page.open(first.id)
    go_on.set()
    b.settle()
    assert b.editor.project_id == first.id


def test_news_from_elsewhere_does_not_write_over_what_is_typed_meanwhile(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    changed = b.open("Çatı güneşi")
    go_on = busy(b)
    b.workspace.desk.changes.announce(changes.PROJECTS, by=None)
    b.type_into("unit", "Fen İşleri")
    go_on.set()
    b.settle()
    assert b.editor.form.field("unit").value() == "Fen İşleri"
    b.editor.save()
    b.settle()
    assert projects.get_project(b.workplace, changed.id).fields.unit == "Fen İşleri"


def test_a_project_opened_again_at_once_shows_what_was_saved(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    first, second = b.open("Çatı güneşi"), b.stored(query="ısırgan")[0]
    b.type_into("unit", "Bir")
    b.editor.saved.connect(lambda _: QTimer.singleShot(0, lambda: b.page.open(first.id)))
    b.page.open(second.id)
    b.settle()
    assert b.editor.project_id == first.id
    assert b.editor.form.field("unit").value() == "Bir"


def test_blanks_around_a_text_are_taken_away_in_the_form_too(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.open("Çatı güneşi")
    b.type_into("unit", "  Fen İşleri ")
    b.editor.save()
    b.settle()
    assert b.editor.form.field("unit").value() == "Fen İşleri"
    assert not b.editor.dirty


def test_delete_has_a_way_back(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    gone = b.open("Çatı güneşi")
    b.type_into("unit", "Son söz")
    b.editor.delete_button.click()
    b.settle()
    assert "Çatı güneşi" not in b.shown_titles()
    assert b.editor.isHidden()
    undo = b.opened.window.toasts.shown[-1].action
    assert undo is not None
    undo.click()
    b.settle()
    assert b.editor.project_id == gone.id
    [back] = b.stored(query="Çatı güneşi")
    assert back.fields == replace(gone.fields, unit="Son söz")


def test_what_was_deleted_is_in_the_bin_and_comes_back(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    gone = b.open("Çatı güneşi")
    b.page.delete(gone.id)
    b.settle()
    b.opened.window.toasts.clear()
    b.page.list.tools.bin.trigger()
    b.settle()
    assert b.shown_titles() == ["Çatı güneşi"]
    b.page.open(gone.id)
    b.settle()
    assert b.editor.read_only
    b.editor.banner.action.click()
    b.settle()
    assert b.shown_titles() == []
    assert not b.editor.read_only
    assert [project.fields for project in b.stored(query="Çatı güneşi")] == [gone.fields]


# --- records of others, and conflicts --------------------------------------------------------------------------------


def test_the_office_reads_a_districts_project_and_cannot_change_it(bench: OpenBench, line: Line, qtbot: QtBot) -> None:
    enter(line.bornova, "Bornova'nın işi")
    merge(line.office, export(line.bornova, line.folder / "b.izsa"))
    b = bench(line.office, show=True)
    b.open("Bornova'nın işi")
    assert b.editor.read_only
    assert b.editor.banner.text.text() == b.opened.t("form.read_only", owner="Bornova Municipality")
    assert not b.editor.save_button.isVisible()
    assert not b.editor.delete_button.isVisible()
    assert not b.editor.form.rows["unit"].isVisible()
    title = b.editor.form.field("title")
    type_text(title, "değişti")
    assert title.value() == "Bornova'nın işi"
    qtbot.keyClick(b.page.list.view, Qt.Key.Key_Delete)
    b.settle()
    assert len(b.stored()) == 1


def test_a_conflict_is_named_and_saving_settles_it(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = next(p for p in b.stored() if p.fields.title == "Çatı güneşi")
    with b.workplace.store.writing() as writer:
        for n, unit in enumerate(("Fen İşleri", "İklim Müdürlüğü"), 1):
            writer.add(
                [
                    new_revision(
                        record=project.id,
                        replica=f"{n:016x}",
                        seq=1,
                        parents=project.heads,
                        registers={"unit": unit},
                        author="Biri",
                        wall=f"2030-01-01T00:00:0{n}Z",
                    )
                ]
            )
    b.page.reload()
    b.settle()
    b.open("Çatı güneşi")
    assert not b.editor.conflict.isHidden()
    assert b.opened.t("field.unit") in b.editor.conflict.text.text()
    b.type_into("unit", "Doğrusu")
    b.editor.save()
    b.settle()
    assert b.editor.conflict.isHidden()
    assert projects.get_project(b.workplace, project.id).conflicts == ()


# --- the place -------------------------------------------------------------------------------------------------------


def test_the_office_gets_the_district_from_the_point(bench: OpenBench, line: Line) -> None:
    b = bench(line.office)
    b.page.new()
    put_place(b, *POINT_IN_BORNOVA)
    assert b.editor.form.field("district").value() == "TUR035007"
    put_place(b, *POINT_IN_MENEMEN)
    row = b.editor.form.rows["location"]
    assert row.note.property("role") == "warn"
    assert b.editor.form.field("district").value() == "TUR035007"
    row.action.click()
    b.settle()
    assert b.editor.form.field("district").value() == b.workplace.reference.district("Menemen").code
    assert row.note.property("role") == "soft"


def test_a_district_is_warned_of_a_point_outside_and_may_keep_it(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = b.open("Çatı güneşi")
    put_place(b, *POINT_IN_MENEMEN)
    assert b.editor.form.rows["location"].note.property("role") == "warn"
    b.editor.save()
    b.settle()
    assert projects.get_project(b.workplace, project.id).fields.location == Location(*POINT_IN_MENEMEN)


def test_picking_is_shown_on_the_button_and_ends_with_the_project(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.open("Çatı güneşi")
    b.editor.form.location.pick.click()
    assert b.editor.form.location.pick.text() == b.opened.t("form.pick_done")
    b.open("Şirince’den ısırgan")
    assert not b.editor.form.location.pick.isChecked()


@pytest.mark.parametrize(
    ("title", "name"),
    [("Yağmur: hasadı/2025", "Yağmur hasadı 2025.pdf"), ("../..", "izsa.pdf"), ("a" * 99, "a" * 60 + ".pdf")],
)
def test_a_title_becomes_a_file_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name
