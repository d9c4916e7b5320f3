"""Where the keyboard goes: into the list, along the form, to another page."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.ui.workspace import EXCHANGE, SETTINGS
from tests.ui.window import Bench, OpenBench, type_text


def in_sight(bench: Bench, widget: QWidget) -> bool:
    """True when all of it can be seen in the form."""
    bench.opened.application.processEvents()
    return widget.visibleRegion().boundingRect() == widget.rect()


def focused() -> QWidget:
    """The widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.mark.parametrize("reason", [Qt.FocusReason.OtherFocusReason, Qt.FocusReason.TabFocusReason])
def test_coming_to_the_list_chooses_nothing(
    bench: OpenBench, district: Path, qtbot: QtBot, reason: Qt.FocusReason
) -> None:
    b = bench(district, show=True)
    b.page.list.search.setFocus()
    b.page.list.view.setFocus(reason)
    assert b.page.list.view.hasFocus()
    qtbot.keyClick(b.page.list.view, Qt.Key.Key_Return)
    b.settle()
    assert not b.editor.is_open
    assert not b.page.list.view.selectedIndexes()
    qtbot.keyClick(b.page.list.view, Qt.Key.Key_Down)
    b.settle()
    assert b.editor.heading.text() == b.shown_titles()[0]


def test_escape_in_a_new_form_saves_it_and_opens_no_other(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.page.new()
    type_text(focused(), "Kompost ağı")
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    b.settle()
    assert len(b.stored(query="kompost")) == 1
    assert not b.editor.is_open
    assert b.page.list.view.hasFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    b.settle()
    assert not b.editor.is_open


def test_where_escape_cannot_save_the_keyboard_is_at_the_problem(
    bench: OpenBench, district: Path, qtbot: QtBot
) -> None:
    b = bench(district, show=True)
    b.page.new()
    b.type_into("title", "x" * 301)
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    b.settle()
    assert b.editor.form.field("title").hasFocus()


def test_the_form_follows_the_keyboard(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.opened.window.resize(1366, 480)
    b.open("Çatı güneşi")
    b.editor.form.go_to("title")
    tiles = b.editor.form.field("goals").tiles
    tiles["1"].setFocus()
    assert in_sight(b, tiles["1"])
    assert not in_sight(b, tiles["17"])
    for _step in range(16):
        qtbot.keyClick(focused(), Qt.Key.Key_Right)
    assert tiles["17"].hasFocus()
    assert in_sight(b, tiles["17"])


@pytest.mark.parametrize("name", ["audience", "start", "goals", "location"])
def test_the_letter_of_a_label_leads_to_its_field(bench: OpenBench, district: Path, qtbot: QtBot, name: str) -> None:
    b = bench(district, show=True)
    b.opened.window.resize(1366, 480)
    b.open("Çatı güneşi")
    b.editor.form.go_to("title" if name == "location" else "source")
    before = b.editor.form.fields()
    qtbot.keySequence(b.opened.window, QKeySequence.mnemonic(b.editor.form.rows[name].label.text()))
    assert b.editor.form.field(name).isAncestorOf(focused())
    assert in_sight(b, focused())
    assert b.editor.form.fields() == before


def test_the_letter_of_an_unknown_start_leads_to_where_it_is_known_again(
    bench: OpenBench, district: Path, qtbot: QtBot
) -> None:
    b = bench(district, show=True)
    b.open("Çatı güneşi")
    start = b.editor.form.field("start")
    start.unknown.click()
    qtbot.keySequence(b.opened.window, QKeySequence.mnemonic(b.editor.form.rows["start"].label.text()))
    assert start.unknown.hasFocus()


def test_another_page_has_the_keyboard_at_once(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = bench(district, show=True)
    b.open("Çatı güneşi")
    b.editor.form.go_to("unit")
    for place in (EXCHANGE, SETTINGS, EXCHANGE):
        b.workspace.rail.findChildren(QToolButton)[0].setFocus()
        qtbot.keySequence(b.opened.window, QKeySequence(f"Ctrl+{place + 1}"))
        b.settle()
        page = b.workspace.pages.currentWidget()
        assert page is not None
        assert page.isAncestorOf(focused())
    b.workspace.rail.findChildren(QToolButton)[0].setFocus()
    qtbot.keySequence(b.opened.window, QKeySequence("Ctrl+1"))
    assert b.editor.form.field("unit").hasFocus()
