"""The goals: by number, by arrow keys, by mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.reference import Goal
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.goal_badge import contrast, ink_on
from izsa_desktop.ui.widgets.goal_picker import GoalPicker, GoalTile, fitting
from tests.support import REFERENCE
from tests.ui.window import type_text

T = Translator("tr")
LOCAL = Goal("Y1", "#3a5a40", {"tr": "Kuraklık", "en": "Drought"}, {"tr": "Su bilinci", "en": "Water wisdom"})
Key = Qt.Key


@pytest.fixture
def goals(qtbot: QtBot) -> GoalPicker:
    made = GoalPicker((*REFERENCE.goals, LOCAL), T)
    qtbot.addWidget(made)
    made.resize(430, 500)
    made.show()
    made.setFocus()
    return made


def press(qtbot: QtBot, *keys: Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def type_digits(text: str) -> None:
    for digit in text:
        type_text(QApplication.focusWidget(), digit)


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("6", ("6",)), ("11", ("11",)), ("13611", ("13", "6", "11")), ("19", ("1", "9")), ("66", ("6",)), ("0", ())],
)
def test_a_typed_number_chooses_its_goal(goals: GoalPicker, typed: str, chosen: tuple[str, ...]) -> None:
    type_digits(typed)
    assert goals.value() == chosen


def test_a_one_that_nothing_follows_is_goal_one(goals: GoalPicker, qtbot: QtBot) -> None:
    type_digits("1")
    assert goals.value() == ()
    qtbot.waitUntil(lambda: goals.value() == ("1",), timeout=3000)


def test_going_on_does_not_wait_for_a_second_digit(goals: GoalPicker, qtbot: QtBot) -> None:
    type_digits("1")
    press(qtbot, Key.Key_Return)
    assert goals.value() == ("1",)
    type_digits("1")
    press(qtbot, Key.Key_Right)
    assert goals.value() == ("1",)
    assert goals.tiles["2"].hasFocus()


def test_enter_and_space_choose_and_take_back_and_m_makes_the_main_goal(goals: GoalPicker, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_Return, Key.Key_Right, Key.Key_Space, Key.Key_Down, Key.Key_M)
    assert goals.value() == ("4", "1", "2")
    assert goals.tiles["4"].main
    press(qtbot, Key.Key_Up, Key.Key_Return, Key.Key_Left, Key.Key_Asterisk)
    assert goals.value() == ("1", "4")


def test_a_local_goal_is_a_goal_like_others(goals: GoalPicker, qtbot: QtBot) -> None:
    goals.tiles["Y1"].click()
    assert goals.value() == ("Y1",)
    assert "Su bilinci" in goals.tiles["Y1"].toolTip()


def test_more_than_five_goals_are_taken_with_a_hint(goals: GoalPicker) -> None:
    type_digits("23456")
    assert goals.note.isHidden()
    type_digits("7")
    assert len(goals.value()) == 6
    assert "6" in goals.note.text()
    assert goals.note.isVisible()
    goals.set_read_only(True)
    assert goals.note.isHidden()


def test_a_tile_says_what_it_is_and_whether_it_is_chosen(goals: GoalPicker) -> None:
    goals.set_value(("13", "6"))
    assert goals.tiles["13"].accessibleName() == "13 İklim Eylemi"
    assert goals.tiles["13"].accessibleDescription().startswith("Ana amaç")
    assert goals.tiles["6"].accessibleDescription().startswith("Seçildi")
    assert REFERENCE.goals_by_code["13"].statement["tr"] in goals.tiles["13"].toolTip()


def test_the_mouse_on_a_star_makes_the_main_goal(goals: GoalPicker, qtbot: QtBot) -> None:
    goals.set_value(("13", "11"))
    tile = goals.tiles["11"]
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(tile.width() - 14, tile.height() // 2))
    assert goals.value() == ("11", "13")


@pytest.mark.parametrize("goal", REFERENCE.goals, ids=lambda goal: goal.code)
def test_what_stands_on_a_goals_colour_can_be_read(goal: Goal) -> None:
    assert contrast(QColor(goal.color), ink_on(QColor(goal.color))) >= 4.5


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("goal", REFERENCE.goals, ids=lambda goal: goal.code)
def test_a_name_stays_clear_of_its_star(goal: Goal, language: str, qtbot: QtBot) -> None:
    tile = GoalTile(goal, Translator(language))
    qtbot.addWidget(tile)
    tile.resize(tile.sizeHint())
    area, name = tile.name_area(on=True), goal.name[language]
    wrapped = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
    drawn = QFontMetrics(fitting(tile.font(), name, area)).boundingRect(area, wrapped, name)
    assert drawn.right() < tile.star().left() - 4
    assert tile.rect().contains(drawn)
