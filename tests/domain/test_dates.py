"""Partial dates: what counts as one, and how people read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.dates import is_partial_date, parts
from izsa_desktop.i18n import Translator

GOOD = {
    "1900": (1900, None, None),
    "2025-03": (2025, 3, None),
    "2024-02-29": (2024, 2, 29),
    "2199-12-31": (2199, 12, 31),
}
BAD = [
    "",
    "25",
    "1899",
    "2200",
    "2025-13",
    "2025-00",
    "2025-3",
    "2023-02-29",
    "2025-03-00",
    "2025-03-14T00:00",
    " 2025",
]
BAD += ["2025\n", "2025-", "+2025", "٢٠٢٥", "２０２５", "14.03.2025", "Unknown", "bilinmiyor", "2025-03-14-15"]


@pytest.mark.parametrize("text", GOOD)
def test_year_month_and_day_are_dates(text: str) -> None:
    assert is_partial_date(text)
    assert parts(text) == GOOD[text]


def test_unknown_is_an_answer_without_parts() -> None:
    assert is_partial_date("unknown")
    assert parts("unknown") is None


@pytest.mark.parametrize("text", BAD)
def test_everything_else_is_refused_and_has_no_parts(text: str) -> None:
    assert not is_partial_date(text)
    assert parts(text) is None


def test_people_read_dates_in_their_language() -> None:
    tr, en = Translator("tr"), Translator("en")
    assert [tr.date(d) for d in ("2025", "2025-03", "2025-03-04", "unknown")] == [
        "2025",
        "Mart 2025",
        "4 Mart 2025",
        "bilinmiyor",
    ]
    assert [en.date(d) for d in ("2025-08", "2025-08-04")] == ["August 2025", "4 August 2025"]
    assert tr.date(None) == tr.date("") == ""


@given(st.text() | st.from_regex(r"\A\d{4}(-\d{2}){0,2}\Z"))
def test_what_another_program_wrote_as_a_date_never_stops_the_screen(text: str) -> None:
    assert Translator("tr").date(text) == "" or is_partial_date(text)
