"""The map within the window: list, form and map keep one selection. What the page itself does is in tests/ui/web."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.ui import picture
from izsa_desktop.ui.pages.map_pane import MapPane
from izsa_desktop.ui.settings import MAP_COLOURS, MAP_HIDDEN, Settings
from tests.ui.window import Bench, OpenBench


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


def test_list_form_and_map_keep_one_selection(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    qtbot.waitUntil(lambda: b.page.map.view.ready, timeout=20_000)
    project = b.open("Çatı güneşi")
    assert ask(b, "izsa.selected") == project.id
    other = next(p for p in b.stored() if p.id != project.id)
    b.page.map.view.project_clicked.emit(other.id)
    b.settle()
    assert b.editor.project_id == other.id
    assert b.page.list.view.currentIndex().data() == other.fields.title
    b.editor.form.location.pick.click()
    assert ask(b, "izsa.picking") is True
    b.page.close_project()
    assert ask(b, "[izsa.picking, izsa.selected, izsa.projects].join()") == "false,,3"


def test_choosing_a_place_goes_to_the_own_district_when_none_is_known(
    bench: OpenBench, district: Path, qtbot: QtBot
) -> None:
    b = bench(district, show=True)
    qtbot.waitUntil(lambda: b.page.map.view.ready, timeout=20_000)
    b.page.new()
    b.editor.form.location.pick.click()
    assert ask(b, "izsa.picking && izsa.zoom > 10 && map_izsa.getBounds().contains([38.46, 27.22])") is True


def test_the_legend_is_found_as_it_was_left(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district)
    desk = b.workspace.desk
    assert b.page.map.view.colouring == Colouring()
    chosen = Colouring("status", ("iptal", 'düzeltme, "istendi"', ""), open=False)
    b.page.map.view.colouring_changed.emit(chosen)
    again = replace(desk, settings=Settings(desk.workplace.folder))
    pane = MapPane(again)
    qtbot.addWidget(pane)
    assert pane.view.colouring == chosen


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        (("status", "{"), Colouring("status")),
        (("status", "[7]"), Colouring("status")),
        (("old", '["iptal"]'), Colouring()),
    ],
)
def test_a_choice_that_cannot_be_read_counts_as_none(
    bench: OpenBench, district: Path, qtbot: QtBot, kept: tuple[str, str], read: Colouring
) -> None:
    desk = bench(district).workspace.desk
    for setting, text in zip((MAP_COLOURS, MAP_HIDDEN), kept, strict=True):
        desk.settings.set_text(setting, text)
    pane = MapPane(desk)
    qtbot.addWidget(pane)
    assert pane.view.colouring == read


def test_a_picture_of_the_window(district: Path, tmp_path: Path) -> None:
    picture.picture_of_window(district, tmp_path / "window.png")
    data = QByteArray((tmp_path / "window.png").read_bytes())
    assert data.startsWith(b"\x89PNG")
    assert data.size() > 50_000
