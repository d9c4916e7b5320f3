"""The richer base is chosen in the settings, stays, and may be gone the next time."""

from pathlib import Path

from izsa_desktop.ui.settings import BASE_MAP
from izsa_desktop.ui.workspace import PROJECTS, SETTINGS
from tests.tilefiles import pmtiles
from tests.ui.window import OpenBench
from tests.usecases.line import Line


def test_a_base_is_chosen_stays_and_may_be_gone(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    path = pmtiles(tmp_path / "Şehir altlığı.pmtiles")
    b = bench(line.bornova, show=True)
    b.workspace.go_to(SETTINGS)
    b.settle()
    card, t = b.workspace.settings.base_map, b.opened.t
    assert card.state.text() == t("basemap.none")
    assert not card.remove.isVisible()
    card.take(path)
    b.settle()
    assert card.state.text() == t("basemap.shown", name=path.name, lowest=7, highest=8)
    assert t("basemap.taken", name=path.name) in b.notices()
    assert b.workspace.projects.map.view.tiles == path.name
    path.unlink()
    b.workspace.go_to(PROJECTS)
    b.workspace.go_to(SETTINGS)
    b.settle()
    assert card.state.text() == t("basemap.gone", name=path.name)
    card.remove.click()
    b.settle()
    assert b.workspace.projects.map.view.tiles == ""
    assert b.workspace.desk.settings.text(BASE_MAP) == ""


def test_a_file_that_is_no_base_changes_nothing(bench: OpenBench, line: Line, tmp_path: Path) -> None:
    (tmp_path / "a.pmtiles").write_bytes(b"PMTiles?")
    b = bench(line.bornova, show=True)
    b.workspace.go_to(SETTINGS)
    b.settle()
    card = b.workspace.settings.base_map
    card.take(tmp_path / "a.pmtiles")
    b.settle()
    assert card.state.text() == b.opened.t("basemap.none")
    assert len(b.notices()) == 1
