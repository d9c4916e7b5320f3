"""``map``: a web page needs no engine; the ending says what is written; the filter and the words are the list's."""

import json
import re
from typing import Any

import pytest

from tests.cli.driver import Izsa
from tests.usecases.line import Line

WELL: dict[str, Any] = {"title": "Çeşme", "goals": ["6"], "status": "sürüyor", "contact": "ayse@example.org"}


def titles(html: str) -> list[str]:
    told = json.loads(re.findall('id="izsa-records">(.*?)</script>', html, re.DOTALL)[0])
    return [record["title"] for record in told["records"]]


def test_a_web_page_is_written_without_an_engine(izsa: Izsa, line: Line) -> None:
    izsa.add(line.bornova, WELL, {"title": "Park", "goals": ["11"]})
    file = line.folder / "harita.html"
    ended = izsa("--data", line.bornova, "map", "-o", file)
    assert (ended.code, ended.out, ended.err) == (0, f"Written: {file}\n", "")
    html = file.read_text(encoding="utf-8")
    assert titles(html) == ["Çeşme", "Park"]
    assert "ayse@" not in html
    assert '<html lang="en"' in html


def test_it_has_what_the_options_choose(izsa: Izsa, line: Line) -> None:
    izsa.add(line.bornova, WELL, {"title": "Park", "goals": ["11"]})
    file = line.folder / "harita.html"
    options = ("--goal", "11", "--title", "Yeşil <b>", "--colour-by", "status")
    assert izsa("--data", line.bornova, "map", "-o", file, *options, lang="tr").code == 0
    html = file.read_text(encoding="utf-8")
    assert titles(html) == ["Park"]
    assert "<title>Yeşil &lt;b&gt;</title>" in html
    assert '"colouring": {"scheme": "status"' in html
    assert '<html lang="tr"' in html


def test_what_has_no_place_is_said(izsa: Izsa, line: Line) -> None:
    izsa.add(line.office, {"title": "İl geneli", "district": "İzmir"})
    ended = izsa("--data", line.office, "map", "-o", line.folder / "harita.html")
    assert ended.lines[1:] == ["1 project has no place on the map."]


@pytest.mark.parametrize("name", ["harita", "harita.svg", "harita.html.zip"])
def test_another_ending_is_refused(izsa: Izsa, line: Line, name: str) -> None:
    ended = izsa("--data", line.bornova, "map", "-o", line.folder / name)
    assert ended.code == 2
    assert "neither in .html nor in .pdf nor in .png" in ended.err
    assert not (line.folder / name).exists()


def test_a_value_that_is_not_known_is_named(izsa: Izsa, line: Line) -> None:
    ended = izsa("--data", line.bornova, "map", "-o", line.folder / "harita.html", "--goal", "99")
    assert (ended.code, ended.out) == (1, "")
    assert "99" in ended.err
