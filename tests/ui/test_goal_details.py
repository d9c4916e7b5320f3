"""Strength and reason of the goals, and the balance of dimensions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.rows import GoalDetail, Share
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.goal_details_field import GoalDetailsField
from izsa_desktop.ui.widgets.hand_on import handed_on
from izsa_desktop.ui.widgets.shares_field import SharesField
from tests.support import REFERENCE
from tests.ui.window import type_text

T = Translator("tr")
Key = Qt.Key
STRONG = GoalDetail(code="13", strength="güçlü", why="Sel riskini azaltır.")
MEDIUM = GoalDetail(code="6", strength="orta")


@pytest.fixture
def details(qtbot: QtBot) -> GoalDetailsField:
    field = GoalDetailsField(REFERENCE, T)
    qtbot.addWidget(field)
    field.set_value((STRONG, MEDIUM))
    field.set_goals(("13", "6", "11"))
    field.resize(430, 300)
    field.show()
    return field


def press(qtbot: QtBot, *keys: Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_there_is_a_row_for_every_goal_the_main_one_first(details: GoalDetailsField, qtbot: QtBot) -> None:
    assert details.value() == (STRONG, MEDIUM)
    details.set_goals(("11", "13", "6"))
    tops = {code: details.rows[code].y() for code in ("11", "13", "6")}
    qtbot.waitUntil(lambda: details.rows["11"].y() < details.rows["13"].y() < details.rows["6"].y())
    assert tops.keys() == details.rows.keys()
    assert details.value() == (STRONG, MEDIUM)


def test_arrow_keys_choose_the_strength_and_delete_takes_it_back(details: GoalDetailsField, qtbot: QtBot) -> None:
    details.rows["11"].strength.setFocus()
    press(qtbot, Key.Key_Right)
    assert details.value()[-1] == GoalDetail(code="11", strength="güçlü")
    press(qtbot, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    assert details.value()[-1].strength == "dolaylı"
    press(qtbot, Key.Key_Left, Key.Key_Delete)
    assert details.value() == (STRONG, MEDIUM)
    press(qtbot, Key.Key_Space)
    assert details.value()[-1].code == "11"
    press(qtbot, Key.Key_Space)
    assert details.value() == (STRONG, MEDIUM)


def test_a_reason_is_typed(details: GoalDetailsField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(details.edited):
        type_text(details.rows["6"].why, "Şebeke kaybı")
    assert details.value() == (STRONG, GoalDetail(code="6", strength="orta", why="Şebeke kaybı"))


def test_what_was_said_of_a_goal_comes_back_with_it(details: GoalDetailsField) -> None:
    details.set_goals(("6",))
    assert details.value() == (MEDIUM,)
    assert details.rows["13"].isHidden()
    details.set_goals(("6", "13"))
    assert details.value() == (STRONG, MEDIUM)
    assert details.rows["13"].why.value() == STRONG.why


def test_what_was_said_of_a_goal_that_was_saved_without_it_is_gone(details: GoalDetailsField) -> None:
    details.set_goals(("6",))
    details.set_value((MEDIUM,))
    details.set_goals(("6", "13"))
    assert details.value() == (MEDIUM,)
    assert details.rows["13"].why.value() == ""


def test_a_strength_that_this_version_does_not_know_stays(details: GoalDetailsField) -> None:
    odd = GoalDetail(code="6", strength="yeni & özel", why="x")
    details.set_value((odd,))
    assert details.value() == (odd,)
    assert details.rows["6"].strength.steps["yeni & özel"].isChecked()


def test_a_reader_sees_what_was_said_in_words(details: GoalDetailsField) -> None:
    details.set_read_only(True)
    assert details.rows["13"].isVisible()
    assert details.rows["11"].isHidden()
    assert not details.rows["13"].strength.isVisible()
    assert not details.rows["6"].why.isVisible()


def test_without_goals_it_says_where_to_begin(details: GoalDetailsField) -> None:
    details.set_goals(())
    assert details.value() == ()
    assert handed_on(details) is None


def test_every_strength_says_of_which_goal(details: GoalDetailsField) -> None:
    assert details.rows["13"].strength.steps["orta"].accessibleName() == "13 İklim Eylemi: Orta"


# --- shares ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def shares(qtbot: QtBot) -> SharesField:
    field = SharesField(REFERENCE, T)
    qtbot.addWidget(field)
    field.resize(430, 200)
    field.show()
    return field


def as_dict(field: SharesField) -> dict[str, int]:
    return {share.code: share.percent for share in field.value()}


def test_shares_come_out_as_they_went_in_also_those_of_a_newer_version(shares: SharesField) -> None:
    value = (Share(code="kültürel", percent=10), Share(code="sosyal", percent=30), Share(code="çevresel", percent=60))
    shares.set_value(value)
    assert shares.value() == value
    assert "%100" in shares.note.text()


def test_a_sum_that_is_not_a_hundred_is_told_and_taken(shares: SharesField, qtbot: QtBot) -> None:
    shares.setFocus()
    with qtbot.waitSignal(shares.edited):
        type_text(QApplication.focusWidget(), "5")
    box = shares.boxes["çevresel"]
    box.setValue(85)
    assert as_dict(shares) == {"çevresel": 85}
    assert "%15" in shares.note.text()
    shares.boxes["sosyal"].setValue(40)
    assert "%25 fazla" in shares.note.text()
    assert shares.note.property("role") == "warn"
    assert "Çevresel %85, Sosyal %40" in shares.bar.accessibleName()


def test_equal_shares_among_those_that_are_there(shares: SharesField, qtbot: QtBot) -> None:
    shares.even.click()
    assert as_dict(shares) == dict.fromkeys(("çevresel", "ekonomik", "sosyal", "yönetişim"), 25)
    shares.boxes["ekonomik"].setValue(0)
    with qtbot.waitSignal(shares.edited):
        shares.even.click()
    assert sorted(as_dict(shares).values()) == [33, 33, 34]
    shares.clear.click()
    assert shares.value() == ()


def test_the_goals_propose_a_balance(shares: SharesField) -> None:
    shares.set_goals(())
    assert not shares.propose.isEnabled()
    shares.set_goals(("13", "4"))
    shares.propose.click()
    assert as_dict(shares) == {"çevresel": 65, "sosyal": 35}


def test_a_reader_changes_no_share(shares: SharesField, qtbot: QtBot) -> None:
    shares.set_value((Share(code="sosyal", percent=100),))
    shares.set_read_only(True)
    assert not shares.even.isVisible()
    qtbot.keyClick(shares.boxes["sosyal"], Key.Key_Up)
    assert as_dict(shares) == {"sosyal": 100}
