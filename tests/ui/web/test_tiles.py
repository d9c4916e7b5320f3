"""Tiles under the projects: drawn from a file, without a request elsewhere, and gone when they are taken away."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from izsa_desktop.ui.web.map_view import MapView
from izsa_desktop.usecases.base_map import open_base_map
from tests.tilefiles import RED, mbtiles, pmtiles, water_everywhere
from tests.ui.web.sample import Ask

WATER = {"light": "#c4dbe8", "dark": "#17252f"}
"""Of ``resources/map/tiles.js`` for tiles after OpenMapTiles."""
FILES: dict[str, Callable[[Path], Path]] = {
    "pmtiles": lambda folder: pmtiles(folder / "a.pmtiles"),
    "mbtiles": lambda folder: mbtiles(folder / "a.mbtiles"),
}


def near(view: MapView, color: QColor) -> int:
    """How many dots of the map have nearly this colour, of 1,600 that are looked at."""
    image = view.snapshot()
    steps = [
        (x, y)
        for x in range(0, image.width(), image.width() // 40)
        for y in range(0, image.height(), image.height() // 40)
    ]

    def alike(dot: QColor) -> bool:
        parts = ((dot.red(), color.red()), (dot.green(), color.green()), (dot.blue(), color.blue()))
        return all(abs(a - b) <= 6 for a, b in parts)

    return sum(alike(image.pixelColor(x, y)) for x, y in steps)


@pytest.mark.parametrize("kind", FILES)
def test_pictures_are_drawn_under_the_map(kind: str, view: MapView, ask: Ask, tmp_path: Path, qtbot: QtBot) -> None:
    view.show_tiles(open_base_map(FILES[kind](tmp_path)))
    assert ask("izsa.tiles") is True
    qtbot.waitUntil(lambda: near(view, QColor(*RED)) > 400, timeout=30_000)
    assert "Örnek © tapu" in ask("document.querySelector('.izsa-credit').textContent")
    assert not {"Ödemiş", "Urla"} & {
        label["text"] for label in ask("izsa.labels") if label["kind"] in {"town", "place"}
    }
    assert view.page is not None
    assert view.page.locked_profile.interceptor.refused == []
    view.show_tiles(None)
    assert ask("izsa.tiles") is False
    qtbot.waitUntil(lambda: near(view, QColor(*RED)) == 0, timeout=30_000)
    assert "Örnek" not in ask("document.querySelector('.izsa-credit').textContent")


def test_vector_tiles_are_drawn_in_the_colours_of_the_theme(
    view: MapView, ask: Ask, tmp_path: Path, qtbot: QtBot
) -> None:
    view.show_tiles(open_base_map(pmtiles(tmp_path / "a.pmtiles", water_everywhere, kind="mvt")))
    assert ask("izsa.tiles") is True
    qtbot.waitUntil(lambda: near(view, QColor(WATER["light"])) > 400, timeout=30_000)
    view.set_theme(dark=True)
    qtbot.waitUntil(lambda: near(view, QColor(WATER["dark"])) > 400, timeout=30_000)


def test_a_tile_of_another_file_is_not_found(view: MapView, ask: Ask, tmp_path: Path) -> None:
    view.show_tiles(open_base_map(pmtiles(tmp_path / "a.pmtiles")))
    status = "fetch('{}').then((answer) => answer.status)"
    assert ask(status.format("/tiles/1/7/73/49.png")) == 200
    for address in (
        "/tiles/2/7/73/49.png",
        "/tiles/1/7/73/49.mvt",
        "/tiles/1/7/730/49.png",
        "/tiles/1/21/73/49.png",
        "/tiles/1/7/73/../49.png",
    ):
        assert ask(status.format(address)) == 404
