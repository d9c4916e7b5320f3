"""Charts: SVG that stands anywhere, holds its texts as text, and takes no text for anything else."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from izsa_desktop.charts.bars import balance, columns
from izsa_desktop.charts.look import PAPER, Bar, Part, Slice, Span, Stack, ink, one_line
from izsa_desktop.charts.times import timeline
from izsa_desktop.charts.wheel import goal_wheel

NAMES = ("Çevresel", "Ekonomik", "Sosyal", "Yönetişim")
PARTS = [Part(name, color) for name, color in zip(NAMES, PAPER.series, strict=True)]
HOSTILE = '_$\\x$ <b>&"İ'


def texts(svg: str) -> list[str]:
    """What can be read in a drawing, in the order in which it was drawn."""
    return [one.text or "" for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def areas(svg: str, color: str) -> int:
    """How many shapes are filled with a colour."""
    return len(re.findall(rf'd="[^"]+"[^>]* style="fill: {color}', svg))


def test_wheel_has_every_goal_and_its_number() -> None:
    svg = goal_wheel([Slice("1", 0, "#e5243b"), Slice("13", 4, "#3f7e44")], centre="4", below="proje")
    assert texts(svg) == ["1", "0", "13", "4", "4", "proje"]
    assert areas(svg, PAPER.empty) == 2
    assert areas(svg, "#e5243b") == 1  # its name alone
    assert areas(svg, "#3f7e44") == 2


def test_balance_divides_each_row() -> None:
    rows = [Stack("İzmir", (2, 1, 1, 0)), Stack("Foça", (0, 0, 0, 0))]
    svg = balance(rows, PARTS)
    assert texts(svg) == ["İzmir", "50", "25", "25", "Foça", *(part.label for part in PARTS)]


def test_columns_mark_one() -> None:
    svg = columns([Bar("2025", 3), Bar("2026", 5)], marked="2026")
    assert texts(svg) == ["3", "2025", "5", "2026"]
    assert areas(svg, PAPER.accent) == 1


def test_the_number_stands_above_every_column_where_there_is_room() -> None:
    svg = columns([Bar(str(year), year - 2000) for year in range(2015, 2027)], marked="2026", width=260)
    assert [text for text in texts(svg) if len(text) == 2] == [str(n) for n in range(15, 27)]
    assert "2025" not in texts(svg)


def test_of_many_columns_some_are_named() -> None:
    svg = columns([Bar(str(year), 1) for year in range(1990, 2030)], marked="2026", width=300)
    named = texts(svg)[1::2]
    assert "2026" in named
    assert len(named) == 8
    assert "2025" not in named


def test_timeline_has_names_and_years() -> None:
    spans = [Span("Kompost", 2020.5, 2024, "#2f7d4f"), Span("Güneş", 2001, None, "#a8620a")]
    svg = timeline(spans, today=2026.9, since=2018, parts=PARTS[:1])
    assert {"Kompost", "Güneş", "2020", "Çevresel"} <= set(texts(svg))
    assert "2001" not in texts(svg)


@pytest.mark.parametrize(
    "svg",
    [
        goal_wheel([Slice(HOSTILE, 1, "#e5243b")], centre=HOSTILE),
        balance([Stack(HOSTILE, (1, 0, 0, 0))], [Part(HOSTILE, "#e5243b"), *PARTS[1:]]),
        columns([Bar(HOSTILE, 1)]),
        timeline([Span(HOSTILE, 2020, None, "#e5243b")], today=2026),
    ],
    ids=["wheel", "balance", "columns", "timeline"],
)
def test_texts_are_data_and_the_drawing_is_tidy(svg: str) -> None:
    assert any(one.startswith("_$") for one in texts(svg))
    assert not re.search(r"<(style|metadata|script|b)\b", svg)
    assert "width=" not in svg.split(">", 1)[0]
    for name in re.findall(r' id="([^"]+)"', svg):
        assert svg.count(f"#{name}") >= 1


def test_nothing_to_show_is_drawn_too() -> None:
    for svg in (goal_wheel([]), balance([], PARTS), columns([]), timeline([], today=2026.5)):
        assert svg.startswith("<svg ")


def test_a_letter_that_the_typeface_lacks() -> None:
    assert "한국" in texts(columns([Bar("한국", 1)]))


def test_equal_values_give_equal_bytes() -> None:
    spans = [Span("a", 2020, None, "#2f7d4f")]
    assert timeline(spans, today=2026) == timeline(spans, today=2026)


def test_ink_can_be_read() -> None:
    assert (ink("#1b292f"), ink("#fcc30b")) == ("#ffffff", "#1b2329")


def test_one_line() -> None:
    assert one_line("iki\n satır", 20) == "iki satır"
    assert one_line("çok uzun bir ad", 9) == "çok uzun…"


def test_nobody_else_loads_it() -> None:
    """The window begins without matplotlib."""
    code = "import sys, izsa_desktop.charts.times, izsa_desktop.charts.wheel; print('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
