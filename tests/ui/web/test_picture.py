"""The picture of the map: from the running application, and from a process that has neither application nor screen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.errors import FileProblem
from izsa_desktop.domain.project import Location
from izsa_desktop.maps.layers import MapData
from izsa_desktop.ui.web.picture import map_picture
from tests.ui.web.sample import map_data, project

GOAL_14 = (0x0A, 0x97, 0xD9)


def colours(file: Path) -> dict[tuple[int, ...], int]:
    with Image.open(file) as picture:
        counted = picture.convert("RGB").getcolors(maxcolors=1 << 24)
    assert counted is not None
    return {colour: number for number, colour in counted if isinstance(colour, tuple)}


def one_project() -> MapData:
    return map_data(project(1, "Kıyı", Location(38.32, 26.30), goals=("14",)))


def test_a_picture_shows_sea_land_and_the_project(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "map.png"
    map_picture(one_project(), "tr", file, size=(800, 600))
    with Image.open(file) as picture:
        assert picture.size == (800, 600)
    seen = colours(file)
    assert seen[0xEE, 0xF4, 0xF7] > 20_000  # sea
    assert seen[0xFF, 0xFF, 0xFF] > 20_000  # the districts
    assert seen[GOAL_14] > 60


def test_without_the_project_its_colour_is_not_there(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "map.png"
    map_picture(map_data(), "en", file, size=(800, 600))
    assert GOAL_14 not in colours(file)


def test_a_picture_that_cannot_be_written(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        map_picture(one_project(), "tr", tmp_path / "no folder" / "map.png", size=(400, 300))


def test_a_process_without_a_screen_draws_one(tmp_path: Path) -> None:
    file = tmp_path / "map.png"
    script = (
        "import sys; from pathlib import Path\n"
        "from izsa_desktop.ui.web.picture import map_picture\n"
        "from tests.ui.web.test_picture import one_project\n"
        "map_picture(one_project(), 'tr', Path(sys.argv[1]), size=(600, 450))\n"
    )
    bare = {
        name: value for name, value in os.environ.items() if not name.startswith(("QT", "QSG", "DISPLAY", "WAYLAND"))
    }
    ended = subprocess.run(
        [sys.executable, "-c", script, str(file)],
        cwd=Path(__file__).parents[3],
        env=bare,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert GOAL_14 in colours(file)
