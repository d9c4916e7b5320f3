"""Waves under wrong words: from the real process, never in the way of who is typing, never a change of the text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QProcess, Qt
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import changes
from izsa_desktop.ui.pages.spell_work import LONG_TEXTS
from izsa_desktop.ui.settings import SPELLING
from izsa_desktop.ui.spelling import Spelling
from izsa_desktop.ui.widgets.fields import TextField
from izsa_desktop.ui.widgets.spell_check import SpellCheck
from izsa_desktop.usecases.spelling import add_word, added_words, known_words
from izsa_desktop.usecases.workplace import open_workplace
from tests.ui.window import OpenBench, type_text

T = Translator("tr")
TEXT = "😀 Mahalesi için degerlendirme ve kompost."


@pytest.fixture(scope="module")
def spelling(qapp: object) -> Iterator[Spelling]:
    owner = QObject()
    made = Spelling(owner)
    made.wake()
    yield made
    made.close()


@pytest.fixture
def field(qtbot: QtBot) -> TextField:
    made = TextField()
    qtbot.addWidget(made)
    made.resize(400, 120)
    made.show()
    return made


def marked(check: SpellCheck) -> list[str]:
    """The words that really have a wave."""
    selections = check._field.extraSelections()
    return [selection.cursor.selectedText() for selection in selections]


def offers(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def action(menu: QMenu, text: str) -> QAction:
    return next(one for one in menu.actions() if one.text() == text)


def menu_at(check: SpellCheck, field: TextField, word: str) -> QMenu:
    cursor = QTextCursor(field.document().find(word))
    cursor.setPosition(cursor.selectionStart() + 1)
    return check.menu(field.cursorRect(cursor).center())


def test_wrong_words_are_marked_and_mended(qtbot: QtBot, spelling: Spelling, field: TextField) -> None:
    check = SpellCheck(field, spelling, "tr", T)
    edits: list[str] = []
    field.edited.connect(lambda: edits.append(field.value()))
    field.set_value(TEXT)
    qtbot.waitUntil(lambda: marked(check) == ["Mahalesi", "degerlendirme"], timeout=20_000)
    assert edits == [], "marking is no change"
    menu = menu_at(check, field, "degerlendirme")
    assert offers(menu)[:2] == ["değerlendirme", T("spelling.add", word="degerlendirme")]
    action(menu, "değerlendirme").trigger()
    assert edits == [TEXT.replace("degerlendirme", "değerlendirme")]
    assert marked(check) == ["Mahalesi"]
    assert offers(menu_at(check, field, "kompost"))[0] not in ("kompost", T("spelling.nothing"))


def test_a_word_that_is_being_typed_is_left_alone(qtbot: QtBot, spelling: Spelling, field: TextField) -> None:
    check = SpellCheck(field, spelling, "tr", T)
    field.activateWindow()
    field.setFocus()
    type_text(field, "mahalesi")
    with qtbot.waitSignal(spelling.judged, timeout=20_000):
        pass
    assert marked(check) == []
    type_text(field, " ")
    qtbot.waitUntil(lambda: marked(check) == ["mahalesi"])
    field.clearFocus()
    assert field.value() == "mahalesi "


def test_turned_off_there_is_no_wave_and_what_is_only_read_has_none(
    qtbot: QtBot, spelling: Spelling, field: TextField
) -> None:
    check = SpellCheck(field, spelling, "tr", T)
    field.set_value("mahalesi ve")
    qtbot.waitUntil(lambda: marked(check) == ["mahalesi"], timeout=20_000)
    check.turn(False)
    assert marked(check) == []
    menu = menu_at(check, field, "mahalesi")
    assert not action(menu, T("spelling.check")).isChecked()
    with qtbot.waitSignal(check.switched) as switched:
        action(menu, T("spelling.check")).trigger()
    assert switched.args == [True]
    check.turn(True)
    assert marked(check) == ["mahalesi"]
    field.set_read_only(True)
    check.check()
    assert marked(check) == []


def test_a_learned_word_loses_its_wave(qtbot: QtBot, spelling: Spelling, field: TextField) -> None:
    check = SpellCheck(field, spelling, "tr", T)
    field.set_value("deppoluyoruz ve")
    qtbot.waitUntil(lambda: marked(check) == ["deppoluyoruz"], timeout=20_000)
    with qtbot.waitSignal(check.word_added) as added:
        action(menu_at(check, field, "deppoluyoruz"), T("spelling.add", word="deppoluyoruz")).trigger()
    spelling.learn(added.args or [])
    check.check()
    qtbot.wait(0)
    qtbot.waitUntil(lambda: ("tr", "deppoluyoruz") in spelling._known, timeout=20_000)
    assert marked(check) == []


def test_without_the_process_nothing_is_marked_and_nothing_fails(
    qtbot: QtBot, field: TextField, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-such-python"))
    lame = Spelling(field)
    check = SpellCheck(field, lame, "tr", T)
    field.set_value("mahalesi ve")
    lame.wake()
    qtbot.waitUntil(lambda: lame._failed, timeout=20_000)
    check.check()
    assert marked(check) == []
    lame.close()


# --- on a workplace --------------------------------------------------------------------------------------------------


def test_added_words_stay_with_the_workplace(district: Path) -> None:
    with open_workplace(district) as workplace:
        for word in ("Deppo", "permablitz", "Deppo", "iki söz", "x1", ""):
            add_word(workplace, word)
        assert added_words(workplace) == ["permablitz", "Deppo"]
        assert {"Deppo", "Bornova", "Alsancak", "Karşıyaka"} <= set(known_words(workplace))


def test_the_switch_holds_for_all_texts_and_stays(bench: OpenBench, district: Path) -> None:
    opened = bench(district)
    opened.settle()
    desk, work = opened.workspace.desk, opened.editor.spelling
    assert {"title", "purpose"} <= work.checks.keys() <= LONG_TEXTS.keys()
    check = work.checks["purpose"]
    check.switched.emit(False)
    assert desk.settings.text(SPELLING) == "off"
    assert not check._on
    desk.settings.set_text(SPELLING, "on")
    desk.changes.announce(changes.SETTINGS, by=None)
    assert check._on
    check.word_added.emit("Deppo")
    opened.settle()
    assert added_words(opened.workplace) == ["Deppo"]


def test_what_a_person_writes_in_the_form_is_checked(bench: OpenBench, district: Path) -> None:
    opened = bench(district, show=True)
    opened.settle()
    editor = opened.editor
    opened.page.new()
    opened.settle()
    field, check = editor.form.field("purpose"), editor.spelling.checks["purpose"]
    field.setFocus()
    type_text(field, "Karşıyaka mahalesi degerlendirme ")
    opened.qtbot.waitUntil(lambda: marked(check) == ["mahalesi", "degerlendirme"], timeout=20_000)
    assert editor.form.changed() == ("purpose",)
    opened.workspace.settings._choose_spelling("off")
    assert marked(check) == []


def test_the_process_ends_with_the_form(qtbot: QtBot) -> None:
    owner = QObject()
    spelling = Spelling(owner)
    spelling.ask("tr", ["mahalesi"])
    spelling.wake()
    with qtbot.waitSignal(spelling.judged, timeout=20_000):
        pass
    process = spelling._process
    assert process is not None
    shiboken6.delete(owner)
    assert process.state() == QProcess.ProcessState.NotRunning


def test_the_menu_of_the_keyboard_is_the_same(qtbot: QtBot, spelling: Spelling, field: TextField) -> None:
    check = SpellCheck(field, spelling, "tr", T)
    assert field.contextMenuPolicy() == Qt.ContextMenuPolicy.CustomContextMenu
    field.set_value("mahalesi ")
    qtbot.waitUntil(lambda: marked(check) == ["mahalesi"], timeout=20_000)
    cursor = field.textCursor()
    cursor.setPosition(3)
    field.setTextCursor(cursor)
    assert "mahallesi" in offers(check.menu(field.cursorRect().center()))
