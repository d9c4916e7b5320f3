"""Lines and areas on the map: in the colour of the scheme, hovered, clicked, hidden by the legend, left to marks."""

from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.project import Location
from izsa_desktop.domain.shape import AREA, LINE, Shape
from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.layers import MapData
from izsa_desktop.ui.web.map_view import MapView
from tests.ui.web.sample import Ask, Click, map_data, project

ROAD = Shape(LINE, (((26.8, 38.7), (27.0, 38.7), (27.6, 38.7)),))
PARK = Shape(AREA, (((27.9, 38.0), (28.3, 38.0), (28.3, 38.3), (27.9, 38.3), (27.9, 38.0)),))
SPECK = Shape(AREA, (((27.0, 38.2), (27.001, 38.2), (27.001, 38.201), (27.0, 38.2)),))
COLOURS = {"6": (0x26, 0xBD, 0xE2), "15": (0x56, 0xC0, 0x2B)}


@pytest.fixture
def drawn() -> MapData:
    """A line with goal 6, an area with goal 15 whose point was set elsewhere, and an area too small to be seen."""
    return map_data(
        project(1, "Dere boyu yolu", None, shape=ROAD, goals=("6",)),
        project(2, "Koru", Location(38.9, 27.1), shape=PARK, goals=("15",)),
        project(3, "Bahçe", None, shape=SPECK, goals=("11",)),
    )


def ids(data: MapData) -> list[str]:
    return [feature["id"] for feature in data.features["features"]]


def middle(ask: Ask, lat: float, lon: float) -> tuple[float, float]:
    x, y = ask(f"(({{x, y}}) => [x, y])(map_izsa.latLngToContainerPoint([{lat}, {lon}]))")
    return x, y


def test_what_is_large_enough_is_drawn(view: MapView, ask: Ask, drawn: MapData) -> None:
    view.show_projects(drawn)
    road, park, speck = ids(drawn)
    assert ask("izsa.shapes.map(({id, area}) => [id, area])") == [[road, False], [park, True]]
    assert ask("izsa.projects") == 3
    ask("map_izsa.setView([38.2, 27.0005], 15, {animate: false}).getZoom()")
    assert ask("izsa.shapes.map(({id}) => id)") == [speck]


def test_they_are_drawn_in_the_colour_of_the_scheme(
    view: MapView, ask: Ask, drawn: MapData, qtbot: QtBot, tmp_path: Path
) -> None:
    view.show_projects(drawn)
    x, y = (round(value) for value in middle(ask, 38.7, 26.9))
    left, bottom = (round(value) for value in middle(ask, 38.0, 28.1))
    file = tmp_path / "map.png"

    def coloured() -> bool:
        assert view.grab_png(file)
        with Image.open(file) as picture:
            seen = picture.convert("RGB")
            return seen.getpixel((x, y)) == COLOURS["6"] and seen.getpixel((left, bottom)) == COLOURS["15"]

    qtbot.waitUntil(coloured)


def test_a_click_on_a_line_or_in_an_area_means_the_project(
    view: MapView, ask: Ask, click: Click, drawn: MapData, qtbot: QtBot
) -> None:
    view.show_projects(drawn)
    for (lat, lon), wanted in zip(((38.7, 26.9), (38.15, 28.0)), ids(drawn), strict=False):
        x, y = middle(ask, lat, lon)
        with qtbot.waitSignal(view.project_clicked) as clicked:
            click(x, y)
        assert clicked.args == [wanted]
        assert ask("izsa.selected") == wanted


def test_the_pointer_brings_the_card(view: MapView, ask: Ask, hover: Click, drawn: MapData, qtbot: QtBot) -> None:
    view.show_projects(drawn)
    x, y = middle(ask, 38.1, 28.2)
    card = "document.querySelector('.izsa-card')"
    assert ask(f"{card}.hidden") is True
    hover(x, y)
    qtbot.waitUntil(lambda: not ask(f"{card}.hidden"))
    assert ask(f"{card}.querySelector('.izsa-title').textContent") == "Koru"


def test_the_legend_hides_them(view: MapView, ask: Ask, drawn: MapData) -> None:
    view.show_projects(drawn)
    road, park, _ = ids(drawn)
    view.set_colouring(Colouring("goal", ("6",)))
    assert ask("izsa.shapes.map(({id}) => id)") == [park]
    view.select(road)  # one that is chosen shows also then
    assert sorted(ask("izsa.shapes.map(({id}) => id)")) == [road, park]


def test_the_one_that_is_being_changed_is_not_drawn_twice(view: MapView, ask: Ask, drawn: MapData) -> None:
    view.show_projects(drawn)
    road, park, _ = ids(drawn)
    view.select(road)
    view.start_drawing("line", ROAD)
    assert ask("izsa.shapes.map(({id}) => id)") == [park]
    view.stop_editing()
    assert ask("izsa.shapes.map(({id}) => id)") == [road, park]
