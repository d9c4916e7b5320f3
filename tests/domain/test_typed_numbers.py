"""Numbers as people type them, and as they are shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.typed_numbers import number_text, typed_number


@pytest.mark.parametrize(
    ("text", "tr", "en"),
    [
        ("1250", "1250", "1250"),
        ("1.250", "1250", "1.250"),
        ("1,250", "1.250", "1250"),
        ("1.5", "1.5", "1.5"),
        ("1,5", "1.5", "1.5"),
        ("0.125", "0.125", "0.125"),
        ("1.250.000,5", "1250000.5", "1250000.5"),
        ("1,250,000.5", "1250000.5", "1250000.5"),
        ("1,250,000", "1250000", "1250000"),
        ("1 250 000", "1250000", "1250000"),
        ("1'250'000.50", "1250000.50", "1250000.50"),
        (",5", "0.5", "0.5"),
        ("5,", "5", "5"),
        (" -3,25 ", "-3.25", "-3.25"),
        ("−7", "-7", "-7"),
    ],
)
def test_what_can_mean_one_thing_only_is_read_in_both_forms(text: str, tr: str, en: str) -> None:
    assert str(typed_number(text, "tr")) == tr
    assert str(typed_number(text, "en")) == en


@pytest.mark.parametrize(
    "text", ["", " ", ".", "-", "abc", "12a", "12 5", "1.25.0", "1.2.3,4", "1.250,5.5", "١٢", "1e5"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    for language in ("tr", "en"):
        with pytest.raises(ValueError, match=r".*"):
            typed_number(text, language)


@pytest.mark.parametrize(
    ("number", "tr", "en"),
    [
        ("1250000.5", "1.250.000,5", "1,250,000.5"),
        ("-1250", "-1.250", "-1,250"),
        ("0.125", "0,125", "0.125"),
        ("1E+3", "1.000", "1,000"),
        ("12.50", "12,5", "12.5"),
        ("0.0000001", "0,0000001", "0.0000001"),
    ],
)
def test_a_number_is_shown_as_the_language_writes_it(number: str, tr: str, en: str) -> None:
    assert number_text(Decimal(number), "tr") == tr
    assert number_text(Decimal(number), "en") == en


def test_a_year_has_no_groups() -> None:
    assert number_text(Decimal(2024), "tr", grouped=False) == "2024"


@given(st.decimals(-(10**12), 10**12, places=6), st.sampled_from(["tr", "en"]))
def test_what_is_shown_is_read_as_the_same_number(number: Decimal, language: str) -> None:
    assert typed_number(number_text(number, language), language) == number
    assert typed_number(number_text(number, language, grouped=False), language) == number
