"""A line or an area in the form: drawn on the map, told in words, undone, stored; the district that is proposed."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.shape import AREA, LINE, Shape
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.drafts import drafts
from tests.ui.window import Bench, OpenBench
from tests.usecases.line import Line

IN_BORNOVA = Shape(LINE, (((27.21, 38.46), (27.22, 38.47)),))
IN_MENEMEN = Shape(AREA, (((27.06, 38.60), (27.08, 38.60), (27.08, 38.62), (27.06, 38.60)),))
MOSTLY_BORNOVA = Shape(LINE, (((27.15, 38.42), (27.30, 38.47)),))
CROSSING = Shape(AREA, (((27.21, 38.46), (27.23, 38.48), (27.23, 38.46), (27.20, 38.49), (27.21, 38.46)),))
IN_THE_SEA = Shape(LINE, (((25.1, 38.3), (25.3, 38.3)),))


def draw(b: Bench, shape: Shape | None) -> None:
    """What the map says after a step of drawing."""
    b.page.map.view.shape_drawn.emit(shape)
    b.settle()


def note(b: Bench) -> tuple[str, str]:
    row = b.editor.form.rows["shape"]
    return row.note.property("role"), row.note.text()


def test_what_is_drawn_is_told_stored_and_drawn_again(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = b.open("Çatı güneşi")
    b.editor.form.start_tool("line")
    field = b.editor.form.field("shape")
    assert (field.draw.isChecked(), field.draw.text(), field.text.text()) == (True, "Çizim tamam", "")
    draw(b, IN_BORNOVA)
    assert field.text.text() == "Hat · 2 nokta · 1,4 km"
    assert note(b) == ("soft", "Hat Bornova ilçesinde.")
    b.editor.save()
    b.settle()
    assert projects.get_project(b.workplace, project.id).fields.shape == IN_BORNOVA
    b.editor.form.start_tool("")
    assert (field.draw.isChecked(), field.draw.text()) == (False, "Çizimi düzenle")
    draw(b, IN_MENEMEN)  # nobody draws any more
    assert field.value() == IN_BORNOVA


def test_one_thing_at_a_time_is_set_on_the_map(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.open("Çatı güneşi")
    form = b.editor.form
    wanted: list[str] = []
    form.tool_wanted.connect(wanted.append)
    form.location.pick.click()
    b.page.map.view.tool_wanted.emit("area")  # chosen above the map
    assert (form.location.pick.isChecked(), form.field("shape").draw.isChecked()) == (False, True)
    b.page.map.view.tool_wanted.emit("line")
    b.page.map.view.tool_wanted.emit("point")
    assert (form.location.pick.isChecked(), form.field("shape").draw.isChecked()) == (True, False)
    b.page.map.view.tool_wanted.emit("")
    assert not form.location.pick.isChecked()
    assert wanted == ["point", "area", "line", "point", ""]
    form.field("shape").draw.click()
    assert wanted[-1] == "line"
    b.open("Şirince’den ısırgan")
    assert wanted[-1] == ""
    assert not form.field("shape").draw.isChecked()


def test_a_tool_chosen_while_no_project_is_open_changes_nothing(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.page.map.view.tool_wanted.emit("line")
    draw(b, IN_BORNOVA)
    assert not b.editor.is_open


def test_undo_in_the_form_takes_the_drawing_back_and_the_map_goes_on_from_there(
    bench: OpenBench, district: Path, qtbot: QtBot
) -> None:
    b = bench(district, show=True)
    qtbot.waitUntil(lambda: b.page.map.view.ready, timeout=20_000)
    b.open("Çatı güneşi")
    b.editor.form.start_tool("line")
    draw(b, IN_BORNOVA)
    b.editor.form.history.end_step()
    draw(b, MOSTLY_BORNOVA)
    b.editor.form.history.undo()
    b.settle()
    assert b.editor.form.field("shape").value() == IN_BORNOVA
    qtbot.waitUntil(lambda: ask(b, "document.querySelectorAll('.izsa-vertex').length") == 2)
    b.editor.form.field("shape").clear.click()
    qtbot.waitUntil(lambda: ask(b, "document.querySelectorAll('.izsa-vertex').length") == 0)
    assert ask(b, "izsa.tool") == "line"


def test_keys_of_drawing_go_to_the_map_and_not_to_the_window(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    qtbot.waitUntil(lambda: b.page.map.view.ready, timeout=20_000)
    b.open("Çatı güneşi")
    b.editor.form.start_tool("line")
    page = b.page.map.view.page
    assert page is not None
    qtbot.waitUntil(lambda: ask(b, "document.activeElement === map_izsa.getContainer()"))
    target = page.focusProxy()
    assert target is not None
    QTest.keyClick(target, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ask(b, "document.querySelectorAll('.izsa-vertex').length") == 1)
    QTest.keyClick(target, Qt.Key.Key_Escape)  # gives up the line, and drawing goes on
    qtbot.waitUntil(lambda: ask(b, "document.querySelectorAll('.izsa-vertex').length") == 0)
    assert b.editor.form.field("shape").draw.isChecked()
    QTest.keyClick(target, Qt.Key.Key_Escape)  # ends drawing, and the project stays open
    qtbot.waitUntil(lambda: not b.editor.form.field("shape").draw.isChecked())
    assert b.editor.is_open


def ask(b: Bench, expression: str) -> Any:
    """The value of an expression in the page, after all it was told."""
    page = b.page.map.view.page
    assert page is not None
    answers: list[Any] = []
    with b.qtbot.waitCallback() as drawn:
        b.page.map.view.when_drawn(drawn)
    page.page().runJavaScript(expression, 0, answers.append)
    b.qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def test_the_office_gets_the_district_from_the_drawing_and_may_choose_another(bench: OpenBench, line: Line) -> None:
    b = bench(line.office)
    b.page.new()
    b.editor.form.start_tool("line")
    draw(b, IN_BORNOVA)
    district = b.editor.form.field("district")
    assert district.value() == "TUR035007"
    assert note(b) == ("soft", "The line is in Bornova.")
    draw(b, MOSTLY_BORNOVA)
    assert note(b)[0] == "soft"
    assert "Most of the line (" in note(b)[1]
    draw(b, IN_MENEMEN)
    assert note(b)[0] == "warn"
    assert district.value() == "TUR035007"  # the person's choice stands
    b.editor.form.rows["shape"].action.click()
    b.settle()
    assert district.value() == b.workplace.reference.district("Menemen").code
    assert note(b) == ("soft", "The area is in Menemen.")


@pytest.mark.parametrize(("shape", "said"), [(IN_THE_SEA, "dışında görünüyor"), (IN_MENEMEN, "Menemen")])
def test_a_district_is_warned_and_may_keep_it(bench: OpenBench, district: Path, shape: Shape, said: str) -> None:
    b = bench(district)
    project = b.open("Çatı güneşi")
    b.editor.form.start_tool("area")
    draw(b, shape)
    assert note(b)[0] == "warn"
    assert said in note(b)[1]
    b.editor.save()
    b.settle()
    assert projects.get_project(b.workplace, project.id).fields.shape == shape


def test_an_area_that_crosses_itself_stays_in_the_form_and_is_not_stored(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    project = b.open("Çatı güneşi")
    b.editor.form.start_tool("area")
    draw(b, CROSSING)
    assert "kendini kesiyor" in note(b)[1]
    b.editor.save()
    b.settle()
    assert projects.get_project(b.workplace, project.id).fields.shape is None
    assert b.editor.form.field("shape").value() == CROSSING
    assert any("kendi" in notice for notice in b.notices())


def test_a_drawing_that_was_not_saved_comes_back(bench: OpenBench, district: Path) -> None:
    b = bench(district)
    b.open("Çatı güneşi")
    b.editor.form.start_tool("area")
    draw(b, IN_MENEMEN)
    b.qtbot.waitUntil(lambda: bool(drafts(b.workplace)))
    (draft,) = drafts(b.workplace)
    assert draft.values["shape"] == IN_MENEMEN
