"""The views of the map within the window: they follow the list, a click filters it, the choice is remembered."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.maps.thematic import Choice
from izsa_desktop.ui.pages.thematic_feed import ThematicFeed
from izsa_desktop.ui.settings import MAP_VIEW, Settings
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import create_workplace
from tests.ui.test_map_in_window import ask
from tests.ui.window import Bench, OpenBench

BORNOVA, KONAK = "TUR035007", "TUR035021"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The office with three projects in two districts."""
    with create_workplace(tmp_path / "office", OFFICE, "Koordinatör") as workplace:
        projects.add_projects(
            workplace,
            [
                ProjectFields(title="Ayva", district=BORNOVA, goals=("7",), status="sürüyor", start="2024"),
                ProjectFields(title="Balık", district=BORNOVA, goals=("14",), status="sürüyor", start="2020"),
                ProjectFields(title="Ceviz", district=KONAK, goals=("7",), status="iptal", start="2020"),
            ],
        )
    return tmp_path / "office"


def opened(bench: OpenBench, folder: Path, qtbot: QtBot, **choice: Any) -> Bench:
    b = bench(folder, show=True)
    qtbot.waitUntil(lambda: b.page.map.view.ready, timeout=20_000)
    if choice:
        b.page.map.view.thematic_changed.emit(Choice(**choice))
        b.settle()
    return b


def labels(b: Bench) -> dict[str, str]:
    """The values of the districts that have one."""
    told = json.loads(ask(b, "JSON.stringify(izsa.thematic.districts)"))
    return {one["name"]: one["label"] for one in told if one["label"] not in ("", "0")}


def test_the_districts_follow_the_list(bench: OpenBench, filled: Path, qtbot: QtBot) -> None:
    b = opened(bench, filled, qtbot, mode="districts", measure="count")
    assert labels(b) == {"Bornova": "2", "Konak": "1"}
    b.page.list.choose("goal", ("7",))
    b.settle()
    assert labels(b) == {"Bornova": "1", "Konak": "1"}
    b.page.list.clear_filters()
    b.page.list.search.setText("balık")
    qtbot.waitUntil(lambda: b.shown_titles() == ["Balık"])
    b.settle()
    assert labels(b) == {"Bornova": "1"}


def test_a_click_on_a_district_filters_the_list(bench: OpenBench, filled: Path, qtbot: QtBot) -> None:
    b = opened(bench, filled, qtbot, mode="districts")
    b.page.map.view.district_clicked.emit(KONAK)
    b.settle()
    assert b.page.list.wanted.district == (KONAK,)
    assert b.shown_titles() == ["Ceviz"]
    told = json.loads(ask(b, "JSON.stringify(izsa.thematic.districts.filter((one) => one.class >= -1))"))
    assert [one["name"] for one in told] == ["Konak"]
    b.page.map.view.district_clicked.emit(KONAK)
    b.settle()
    assert b.shown_titles() == ["Ayva", "Balık", "Ceviz"]


def test_list_and_map_keep_one_selection_in_every_view(bench: OpenBench, filled: Path, qtbot: QtBot) -> None:
    b = opened(bench, filled, qtbot, mode="missing")
    chosen = b.open("Ceviz")
    assert ask(b, "izsa.selected") == chosen.id
    b.page.map.view.thematic_changed.emit(Choice())
    b.settle()
    assert ask(b, "izsa.selected") == chosen.id


def test_the_view_is_found_as_it_was_left(bench: OpenBench, filled: Path, qtbot: QtBot) -> None:
    b = opened(bench, filled, qtbot, mode="missing", measure="budget", topic="goal:7", year=2020, links=True, request=3)
    desk = b.workspace.desk
    again = ThematicFeed(desk, b.page.map.view)
    assert again.choice == Choice("missing", "budget", "goal:7", 2020, True)
    assert ask(b, "[izsa.thematic.mode, izsa.thematic.topic, izsa.thematic.year].join()") == "missing,goal:7,2020"


@pytest.mark.parametrize("spoiled", ["", "{", '{"mode": 7}', '{"mode": "upside down"}', '{"year": 3}'])
def test_what_cannot_be_read_counts_as_never_chosen(bench: OpenBench, filled: Path, spoiled: str) -> None:
    b = bench(filled)
    Settings(filled).set_text(MAP_VIEW, spoiled)
    b.workspace.desk.settings.set_text(MAP_VIEW, spoiled)
    assert ThematicFeed(b.workspace.desk, b.page.map.view).choice == Choice()


def test_a_district_has_a_value_for_itself_alone(bench: OpenBench, district: Path, qtbot: QtBot) -> None:
    b = opened(bench, district, qtbot, mode="districts", measure="count")
    found = json.loads(ask(b, "JSON.stringify(izsa.thematic.districts.filter((one) => one.class >= -1))"))
    assert [one["code"] for one in found] == [b.workplace.identity.body]
