"""What people mean by cells: numbers, dates, coordinates, broken letters."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.dates import is_partial_date
from izsa_desktop.tables import values
from izsa_desktop.tables.values import Read


@given(st.decimals(0, 10**12, places=2), st.sampled_from(["", " TL", " ₺", " kişi"]))
def test_turkish_and_english_numbers_come_back(number: Decimal, unit: str) -> None:
    english = f"{number:,.2f}"
    turkish = english.translate(str.maketrans(",.", ".,"))
    for text in (english, turkish, turkish.replace(".", " "), turkish.replace(".", "\u00a0")):
        read = values.number(text + unit)
        assert read is not None
        assert read.value == number


@given(st.integers(0, 10**12))
def test_grouped_whole_numbers(number: int) -> None:
    for text in (str(number), f"{number:,}".replace(",", "."), f"{number:,}".replace(",", "'")):
        read = values.number(text)
        assert read is not None
        assert read.value == number


@pytest.mark.parametrize(
    ("text", "value", "extra"),
    [
        ("2,5 milyon TL", "2500000", "TRY"),
        ("250 bin €", "250000", "EUR"),
        ("(500)", "-500", ""),
        ("-1.250,50", "-1250.50", ""),
        ("yaklaşık 500 kişi", "500", "yaklasik kisi"),
    ],
)
def test_numbers_with_words(text: str, value: str, extra: str) -> None:
    read = values.number(text)
    assert read is not None
    assert (read.value, read.extra) == (Decimal(value), extra)


@pytest.mark.parametrize("text", ["", "yok", "100-200", "1.23.4", "1,2,3", "5 kişi 3 gün", "."])
def test_what_is_no_single_number(text: str) -> None:
    assert values.number(text) is None


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_every_way_to_write_a_day(day: date) -> None:
    months = [
        "Ocak",
        "Şubat",
        "Mart",
        "Nisan",
        "Mayıs",
        "Haziran",
        "Temmuz",
        "Ağustos",
        "Eylül",
        "Ekim",
        "Kasım",
        "Aralık",
    ]
    wanted = Read(day.isoformat())
    for form in ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y 00:00:00", "%Y%m%d"):
        assert values.partial_date(day.strftime(form)) == wanted, form
    assert values.partial_date(f"{day.day} {months[day.month - 1]} {day.year}") == wanted
    assert values.partial_date(f"{months[day.month - 1].upper()} {day.year}") == Read(day.isoformat()[:7])
    assert values.partial_date(day) == wanted


@given(st.dates(date(1960, 1, 1), date(2099, 12, 31)))
def test_a_spreadsheets_number_of_a_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)) / timedelta(days=1)
    assert values.partial_date(serial) == Read(day.isoformat(), values.SERIAL)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2024", Read("2024")),
        ("2024 yılı", Read("2024")),
        ("2024/03", Read("2024-03")),
        ("03.2025", Read("2025-03")),
        ("bilinmiyor", Read("unknown")),
        ("Bilinmiyor.", Read("unknown")),
        ("2023-2024 bahar", Read("2024", values.PART_OF_YEAR)),
        ("2023-2024 güz", Read("2023", values.PART_OF_YEAR)),
        ("2024 sonu", Read("2024", values.PART_OF_YEAR)),
        ("2024 Q1", Read("2024", values.PART_OF_YEAR)),
        ("2021-2023", Read("2021", values.PERIOD, "2023")),
        ("01.02.2024 - 03.04.2024", Read("2024-02-01", values.PERIOD, "2024-04-03")),
        ("Ocak - Mart 2024", Read("2024-01", values.PERIOD, "2024-03")),
        ("2024 - devam ediyor", Read("2024", values.PERIOD)),
        ("31.02.2024", None),
        ("2024-13", None),
        ("geçen yaz", None),
        ("Mart", None),
        (True, None),
        (5, None),
    ],
)
def test_dates(text: Any, wanted: Read | None) -> None:
    assert values.partial_date(text) == wanted


@given(st.text(max_size=30) | st.text("0123456789.-/ ocakmrtbhşy", max_size=16))
def test_no_text_breaks_the_readers(text: str) -> None:
    read = values.partial_date(text)
    assert read is None or is_partial_date(read.value)
    found = values.number(text)
    assert found is None or found.value.is_finite()
    assert isinstance(values.repaired(text), str)
    assert all(piece.strip() for piece in (*values.pieces(text), *values.fine_pieces(text)))


@given(st.text("abcçğıİöşüÇĞÖŞÜ ", max_size=20))
def test_letters_read_by_the_wrong_code_page_come_back(text: str) -> None:
    garbled = text.encode().decode("windows-1254", "surrogateescape")
    garbled = "".join(chr(ord(c) - 0xDC00) if "\udc80" <= c <= "\udcff" else c for c in garbled)
    assert values.repaired(garbled) == text
    assert values.repaired(text) == text
