"""Numbers in the form: as they were typed, and as the language writes them."""

from decimal import Decimal
from typing import Any, TypeVar

import pytest
from pytestqt.qtbot import QtBot

from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.number_field import CountField, NumberField
from tests.ui.window import type_text

F = TypeVar("F", bound=NumberField)


def made(qtbot: QtBot, kind: type[F], language: str = "tr", **how: Any) -> F:
    field = kind(Translator(language), **how)
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.mark.parametrize(("language", "text"), [("tr", "1.250.000,5"), ("en", "1,250,000.5")])
def test_a_number_is_shown_as_the_language_writes_it(qtbot: QtBot, language: str, text: str) -> None:
    field = made(qtbot, NumberField, language, unit="MWh/yıl")
    field.set_value(Decimal("1250000.5"))
    assert field.line.text() == text
    assert field.value() == Decimal("1250000.5")
    assert field.unit.text() == "MWh/yıl"


@pytest.mark.parametrize("value", [None, Decimal(0), Decimal("-0.000001"), Decimal("999999999999.999"), "yarım 38.4;"])
def test_whatever_a_field_holds_comes_out_as_it_went_in(qtbot: QtBot, value: Any) -> None:
    field = made(qtbot, NumberField)
    field.set_value(value)
    assert field.value() == value
    field.set_read_only(True)
    assert field.value() == value


def test_what_was_typed_stays_as_typed_and_its_reading_is_told(qtbot: QtBot) -> None:
    field = made(qtbot, NumberField)
    with qtbot.waitSignal(field.edited):
        type_text(field.line, "1,250,000.5")
    assert field.line.text() == "1,250,000.5"
    assert field.value() == Decimal("1250000.5")
    assert field.reading.text() == "= 1.250.000,5"
    field.set_value(Decimal("1250000.50"))
    assert field.line.text() == "1,250,000.5"


@pytest.mark.parametrize("text", ["1250", "1.250", "12,5"])
def test_what_reads_as_written_needs_no_reading(qtbot: QtBot, text: str) -> None:
    field = made(qtbot, NumberField)
    type_text(field.line, text)
    assert field.reading.isHidden()


def test_what_is_no_number_is_kept_and_told(qtbot: QtBot) -> None:
    field = made(qtbot, NumberField)
    type_text(field.line, "12 bin")
    assert field.value() == "12 bin"
    assert "1.250,5" in field.problem()
    assert field.line.property("bad")
    assert field.line.accessibleDescription() == field.problem()
    field.line.clear()
    type_text(field.line, "12")
    assert field.problem() == ""
    assert not field.line.property("bad")


def test_a_count_is_whole(qtbot: QtBot) -> None:
    field = made(qtbot, CountField)
    type_text(field.line, "1.250")
    assert field.value() == 1250
    assert type(field.value()) is int
    field.line.clear()
    type_text(field.line, "12,5")
    assert field.value() == "12,5"
    assert field.problem()
    field.line.clear()
    assert field.value() is None


def test_a_year_is_written_without_marks(qtbot: QtBot) -> None:
    field = made(qtbot, CountField, grouped=False)
    field.set_value(2024)
    assert field.line.text() == "2024"
    field.line.clear()
    type_text(field.line, "2025")
    assert field.reading.isHidden()


def test_the_line_has_the_name_of_the_field(qtbot: QtBot) -> None:
    field = made(qtbot, NumberField)
    field.setAccessibleName("Tutar")
    assert field.line.accessibleName() == "Tutar"
