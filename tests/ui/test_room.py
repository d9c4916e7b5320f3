"""Small windows: nothing that is needed lies outside, nothing lies over anything else."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.ui.main_window import SMALLEST, MainWindow
from izsa_desktop.ui.theme import TEXT_SIZES
from izsa_desktop.ui.widgets.project_form import ProjectForm
from izsa_desktop.ui.workspace import SETTINGS
from tests.support import FIELDS, REFERENCE
from tests.ui.window import Bench, OpenBench
from tests.usecases.line import Line


def shown_parts(bench: Bench) -> list[QWidget]:
    """List, form and map as far as they are shown; none may reach over another or out of the window."""
    bench.opened.application.processEvents()
    parts: list[QWidget] = [bench.page.list, bench.editor, bench.page.map]
    shown = [part for part in parts if part.isVisible()]
    places = [QRect(part.mapTo(bench.opened.window, QPoint()), part.size()) for part in shown]
    assert all(bench.opened.window.rect().contains(place) for place in places)
    assert all(left.right() < right.left() for left, right in pairwise(places))
    assert all(part.width() >= part.minimumSizeHint().width() for part in shown)
    return shown


@pytest.mark.parametrize("size", [SMALLEST.toTuple(), (910, 480), (1000, 620)])
def test_in_a_narrow_window_list_and_map_take_turns(bench: OpenBench, district: Path, size: tuple[int, int]) -> None:
    b = bench(district, show=True)
    list_, form, map_ = b.page.list, b.editor, b.page.map
    b.opened.window.resize(*size)
    assert shown_parts(b) == [list_, map_]
    b.open(FIELDS.title)
    assert shown_parts(b) == [list_, form]
    b.editor.form.location.pick.click()
    assert shown_parts(b) == [form, map_]
    b.editor.form.location.pick.click()
    assert shown_parts(b) == [list_, form]
    foot = b.editor.save_button
    assert b.opened.window.rect().contains(QRect(foot.mapTo(b.opened.window, QPoint()), foot.size()))
    b.page.close_project()
    assert shown_parts(b) == [list_, map_]


def test_in_a_wide_window_all_three_stand_beside_each_other(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    b.open(FIELDS.title)
    assert shown_parts(b) == [b.page.list, b.editor, b.page.map]
    b.opened.window.resize(910, 480)
    assert len(shown_parts(b)) == 2
    b.opened.window.resize(1366, 768)
    assert len(shown_parts(b)) == 3


def test_a_map_that_was_folded_away_opens_for_choosing_a_place(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    b.open(FIELDS.title)
    shown_parts(b)
    columns = b.page.columns
    columns.setSizes([320, 900, 0])
    assert columns.sizes()[2] == 0
    b.editor.form.location.pick.click()
    assert columns.sizes()[2] >= 260


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("read_only", [False, True])
def test_no_row_of_the_form_is_cut_where_the_form_is_narrowest(
    qtbot: QtBot, qapp: QApplication, language: str, read_only: bool
) -> None:
    form = ProjectForm(REFERENCE, Translator(language), district_fixed=False)
    qtbot.addWidget(form)
    form.show_fields(FIELDS, read_only)
    form.resize(form.minimumWidth(), 400)
    form.show()
    qapp.processEvents()
    inside = form.widget()
    assert inside is not None
    assert form.verticalScrollBar().isVisible()
    assert inside.width() <= form.viewport().width()


def test_the_window_comes_up_within_its_screen(qtbot: QtBot) -> None:
    """With room for the title bar above; the screen of these tests is 800 wide."""
    window = MainWindow("İZSA")
    qtbot.addWidget(window)
    window.show()
    room = window.screen().availableGeometry()
    assert room.width() < 1000
    assert room.contains(window.geometry())
    assert window.geometry().top() > room.top()


@pytest.mark.parametrize("office", [False, True])
@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_pages_of_cards_are_as_wide_as_the_window(bench: OpenBench, line: Line, office: bool, percent: int) -> None:
    b = bench(line.office if office else line.bornova, show=True)
    b.opened.window.resize(1366, 768)
    b.workspace.go_to(SETTINGS)
    b.settle()
    b.workspace.settings.choose_text_size(percent)
    b.settle()
    b.opened.application.processEvents()
    assert b.workspace.place == SETTINGS, "whoever tries out sizes stays where they are chosen"
    for place in b.workspace.places:
        b.workspace.go_to(place)
        b.settle()
        for width in (1366, 1100, 1366):
            b.opened.window.resize(width, 768)
            b.opened.application.processEvents()
            page = b.workspace.pages.currentWidget()
            assert page is not None
            for scroll in page.findChildren(QScrollArea):
                inside = scroll.widget()
                if inside is not None and inside.objectName() == "page" and scroll.isVisible() and width == 1366:
                    assert inside.width() <= scroll.viewport().width()
    b.workspace.settings.choose_text_size(100)
    b.settle()


def test_fields_of_one_line_beside_each_other_are_equally_high(bench: OpenBench, district: Path) -> None:
    b = bench(district, show=True)
    b.page.new()
    b.editor.form.go_to("unit")
    b.opened.application.processEvents()
    unit, owner = b.editor.form.field("unit"), b.editor.form.field("owner")
    assert abs(unit.height() - owner.height()) <= 1


def test_a_row_that_is_added_comes_into_sight(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.page.new()
    form = b.editor.form
    form.go_to_section("money")
    for number in range(1, 4):
        add = QApplication.focusWidget()
        assert add is not None
        qtbot.keyClick(add, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert len(form.field("funding").cards) == number

        def seen() -> bool:
            focused = QApplication.focusWidget()
            assert focused is not None
            here = QRect(focused.mapTo(form.viewport(), QPoint()), focused.size())
            return form.field("funding").isAncestorOf(focused) and form.viewport().rect().contains(here)

        qtbot.waitUntil(seen)
