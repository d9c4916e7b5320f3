"""Fields where things are found and collected: targets, districts, the unit."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.districts_field import DistrictsField
from izsa_desktop.ui.widgets.finder import Finder
from izsa_desktop.ui.widgets.targets_field import TargetsField
from izsa_desktop.ui.widgets.unit_field import UnitField
from tests.support import BORNOVA, REFERENCE
from tests.ui.window import type_text

T = Translator("tr")
Key = Qt.Key
W = TypeVar("W", bound=QWidget)


def shown(qtbot: QtBot, widget: W) -> W:
    qtbot.addWidget(widget)
    widget.resize(420, 300)
    widget.show()
    widget.setFocus()
    return widget


def press(qtbot: QtBot, *keys: Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), key)


def offered(line: Finder | UnitField) -> list[str]:
    model = line.offers.model()
    assert model is not None
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


# --- targets ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def targets(qtbot: QtBot) -> TargetsField:
    field = shown(qtbot, TargetsField(REFERENCE, T))
    field.set_goals(("12",))
    return field


def test_a_target_is_typed_and_taken_with_enter(targets: TargetsField, qtbot: QtBot) -> None:
    type_text(targets.line, "SKA 12.5")
    with qtbot.waitSignal(targets.edited):
        press(qtbot, Key.Key_Return)
    assert targets.value() == ("12.5",)
    qtbot.waitUntil(lambda: targets.line.text() == "")
    assert targets.tokens.tokens[0].text().startswith("12.5 ")


def test_arrow_keys_go_into_the_offers(targets: TargetsField, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_Down)
    assert offered(targets.line)[0].startswith("12.1 ")
    assert isinstance(QApplication.activePopupWidget(), QListView)
    press(qtbot, Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert targets.value() == ("12.2",)
    qtbot.waitUntil(lambda: targets.line.text() == "")


def test_what_is_chosen_is_not_offered_again(targets: TargetsField, qtbot: QtBot) -> None:
    targets.set_value(("12.5",))
    type_text(targets.line, "12.5")
    assert offered(targets.line) == []
    press(qtbot, Key.Key_Return)
    assert targets.value() == ("12.5",)


def test_a_target_of_another_goal_offers_to_add_that_goal(targets: TargetsField, qtbot: QtBot) -> None:
    type_text(targets.line, "12.3")
    press(qtbot, Key.Key_Return)
    assert not targets.add_goal.isVisible()
    qtbot.waitUntil(lambda: targets.line.text() == "")
    type_text(targets.line, "13.1")
    press(qtbot, Key.Key_Return)
    assert targets.add_goal.isVisible()
    assert "İklim Eylemi" in targets.of_goal.text()
    with qtbot.waitSignal(targets.goal_wanted) as wanted:
        targets.add_goal.click()
    assert wanted.args == ["13"]
    assert targets.value() == ("12.3", "13.1")
    assert not targets.add_goal.isVisible()


def test_the_offer_goes_when_the_goal_is_there(targets: TargetsField, qtbot: QtBot) -> None:
    type_text(targets.line, "13.1")
    press(qtbot, Key.Key_Return)
    targets.set_goals(("12", "13"))
    assert not targets.add_goal.isVisible()


def test_tokens_are_taken_away_by_keyboard(targets: TargetsField, qtbot: QtBot) -> None:
    targets.set_value(("12.1", "12.2", "12.3"))
    targets.line.setFocus()
    press(qtbot, Key.Key_Backspace)
    assert targets.tokens.tokens[2].hasFocus()
    press(qtbot, Key.Key_Left, Key.Key_Delete)
    assert targets.value() == ("12.1", "12.3")
    assert targets.tokens.tokens[1].hasFocus()
    press(qtbot, Key.Key_Return, Key.Key_Space)
    assert targets.value() == ()
    assert targets.line.hasFocus()


def test_a_token_says_what_enter_does(targets: TargetsField) -> None:
    targets.set_value(("12.1",))
    assert targets.tokens.tokens[0].accessibleName().endswith(": kaldır")
    targets.set_read_only(True)
    assert targets.tokens.tokens[0].accessibleName().startswith("12.1 ")
    assert "kaldır" not in targets.tokens.tokens[0].accessibleName()


def test_a_reader_sees_the_targets_and_no_search(targets: TargetsField) -> None:
    targets.set_value(("12.1", "99.9"))
    targets.set_read_only(True)
    assert targets.line.isHidden()
    assert [token.text()[:4] for token in targets.tokens.tokens] == ["12.1", "99.9"]
    targets.tokens.tokens[0].click()
    assert targets.value() == ("12.1", "99.9")


def test_what_is_shown_already_is_left_alone(targets: TargetsField) -> None:
    targets.set_value(("12.1",))
    token = targets.tokens.tokens[0]
    token.setFocus()
    targets.set_value(("12.1",))
    assert targets.tokens.tokens[0] is token
    assert token.hasFocus()


# --- districts -------------------------------------------------------------------------------------------------------


@pytest.fixture
def districts(qtbot: QtBot) -> DistrictsField:
    return shown(qtbot, DistrictsField(REFERENCE, T))


def test_districts_are_found_by_folding(districts: DistrictsField, qtbot: QtBot) -> None:
    for name in ("BORNOVA", "kon"):
        type_text(districts.line, name)
        press(qtbot, Key.Key_Return)
        qtbot.waitUntil(lambda: districts.line.text() == "")
    type_text(districts.line, "cigli")
    assert offered(districts.line) == ["Çiğli"]
    assert districts.value() == (BORNOVA, REFERENCE.district("Konak").code)


def test_all_thirty_by_one_key_and_none_by_the_next(districts: DistrictsField, qtbot: QtBot) -> None:
    districts.set_value((BORNOVA,))
    districts.all.setFocus()
    press(qtbot, Key.Key_Space)
    assert set(districts.value()) == {district.code for district in REFERENCE.districts}
    assert len(districts.tokens.tokens) == 30
    press(qtbot, Key.Key_Space)
    assert districts.value() == ()


def test_a_district_that_this_version_does_not_know_stays(districts: DistrictsField) -> None:
    districts.set_value(("TUR035099", BORNOVA))
    assert [token.text() for token in districts.tokens.tokens] == ["TUR035099", "Bornova"]
    assert districts.value() == ("TUR035099", BORNOVA)


# --- the unit --------------------------------------------------------------------------------------------------------


@pytest.fixture
def unit(qtbot: QtBot) -> UnitField:
    return shown(qtbot, UnitField(REFERENCE.vocabularies["unit"], "Birim"))


def test_a_unit_is_completed_from_what_was_used_and_from_common_names(unit: UnitField) -> None:
    unit.set_used(["Çevre ve Şehircilik Şefliği", " ", "İklim Değişikliği ve Sıfır Atık Müdürlüğü"])
    type_text(unit, "çevre")
    names = offered(unit)
    assert names[0] == "Çevre ve Şehircilik Şefliği"
    assert "Çevre Koruma ve Kontrol Müdürlüğü" in names
    assert len(names) == len(set(names))


def test_a_unit_is_found_in_english_and_taken_in_turkish(unit: UnitField, qtbot: QtBot) -> None:
    type_text(unit, "zero waste")
    assert offered(unit) == ["İklim Değişikliği ve Sıfır Atık Müdürlüğü"]
    with qtbot.waitSignal(unit.edited):
        press(qtbot, Key.Key_Down, Key.Key_Return)
    assert unit.value() == "İklim Değişikliği ve Sıfır Atık Müdürlüğü"


def test_a_unit_of_any_name_may_be_typed(unit: UnitField) -> None:
    type_text(unit, "Ar-Ge & Proje Ofisi")
    assert unit.value() == "Ar-Ge & Proje Ofisi"


# --- what was typed and is no choice ---------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [TargetsField, DistrictsField])
def test_what_is_not_found_or_not_chosen_is_said(make: type[TargetsField] | type[DistrictsField], qtbot: QtBot) -> None:
    field = shown(qtbot, make(REFERENCE, T))
    assert not field.note.isVisible()
    type_text(field.line, "qqqxyz")
    assert field.note.isVisible()
    assert "qqqxyz" in field.note.text()
    field.line.clear()
    assert not field.note.isVisible()
    type_text(field.line, "g")
    assert not field.note.isVisible()
    field.line.offers.close()
    QApplication.sendEvent(field.line, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert field.note.isVisible()
    assert "seçilmedi" in field.note.text()
    field.set_read_only(True)
    assert not field.note.isVisible()
