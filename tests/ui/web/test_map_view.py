"""The map pane, with a real page: what it draws, and messages both ways."""

import json
import os
import signal
import sys
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from izsa_desktop import reference
from izsa_desktop.domain.project import Location
from izsa_desktop.i18n import Translator
from izsa_desktop.maps.layers import MapData
from izsa_desktop.ui.web.map_view import MapView
from tests.ui.web.sample import Ask, Click, map_data, project, where

ODEMIS = next(d.code for d in reference.load().districts if d.name == "Ödemiş")


def test_nothing_is_made_before_the_pane_is_shown(qtbot: QtBot, three: MapData) -> None:
    view = MapView(reference.load(), Translator("tr"))
    qtbot.addWidget(view)
    view.show_projects(three)
    view.select("x")
    assert view.page is None


def test_the_page_draws_30_districts_and_the_projects(view: MapView, ask: Ask, three: MapData) -> None:
    view.show_projects(three)
    assert ask("[izsa.ready, izsa.districts, izsa.projects, izsa.items.length]") == [True, 30, 3, 3]


def test_what_was_asked_before_the_page_was_ready_is_done(qtbot: QtBot, three: MapData) -> None:
    view = MapView(reference.load(), Translator("en"))
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show_projects(three)
    view.select(three.features["features"][1]["id"])
    view.set_theme(dark=True)
    with qtbot.waitSignal(view.page_ready, timeout=20_000):
        view.show()
    answers: list[str] = []

    def told() -> bool:
        assert view.page is not None
        view.page.page().runJavaScript("[izsa.projects, izsa.selected, izsa.theme].join()", 0, answers.append)
        return f"3,{three.features['features'][1]['id']},dark" in answers

    qtbot.waitUntil(told, timeout=30_000)


def test_names_do_not_overlap_at_the_first_zoom(view: MapView, ask: Ask, three: MapData) -> None:
    view.show_projects(three)
    labels = ask("izsa.labels")
    assert sum(label["kind"] == "district" for label in labels) >= 20
    for a, b in combinations([label["box"] for label in labels], 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_every_settlement_has_its_name_from_near(ask: Ask) -> None:
    names = sorted({(place.name, place.lat, place.lon) for place in reference.load().settlements})
    missing = ask(
        f"{json.dumps(names)}.filter(([name, lat, lon]) => {{"
        " map_izsa.setView([lat, lon], 14, {animate: false});"
        " return !izsa.labels.some(({text, kind}) => text === name && ['city', 'town', 'place'].includes(kind)); })"
    )
    assert missing == []


@pytest.mark.parametrize("count", [1, 2, 40])
def test_a_settlement_under_a_mark_has_its_name_beside_it(view: MapView, ask: Ask, count: int) -> None:
    place = next(s for s in reference.load().settlements if s.name == "Ödemiş")
    view.show_projects(map_data(*(project(n, "Çarşı", Location(place.lat, place.lon)) for n in range(count))))
    ask(f"map_izsa.setView([{place.lat}, {place.lon}], 11, {{animate: false}}).getZoom()")
    assert "Ödemiş" in ask("izsa.labels.map(({text}) => text)")


def test_the_name_of_a_sea_waits_until_the_water_has_room_for_it(ask: Ask) -> None:
    seas = "izsa.labels.filter(({kind}) => kind === 'sea').map(({text}) => text)"
    assert "Çandarlı Körfezi" not in ask(f"(map_izsa.setView([38.87, 26.87], 9.25, {{animate: false}}), {seas})")
    assert "Çandarlı Körfezi" in ask(f"(map_izsa.setView([38.87, 26.87], 10, {{animate: false}}), {seas})")


def test_the_keyboard_focus_is_shown_all_round_the_map(ask: Ask) -> None:
    ask("map_izsa.getContainer().focus({focusVisible: true})")
    style = ask(
        "(({width, height, borderTopWidth, zIndex}) => [width, height, borderTopWidth, Number(zIndex) > 1000])"
        "(getComputedStyle(map_izsa.getContainer(), '::after'))"
    )
    assert style == ["896px", "696px", "2px", True]


def test_a_click_on_a_project_reaches_the_program(
    view: MapView, ask: Ask, click: Click, three: MapData, qtbot: QtBot
) -> None:
    view.show_projects(three)
    wanted = three.features["features"][1]["id"]
    at = where(ask, wanted)
    with qtbot.waitSignal(view.project_clicked) as clicked:
        click(at["x"], at["y"])
    assert clicked.args == [wanted]
    assert ask("izsa.selected") == wanted


def test_a_click_beside_projects_selects_nothing(view: MapView, ask: Ask, click: Click, three: MapData) -> None:
    view.show_projects(three)
    heard: list[str] = []
    view.project_clicked.connect(heard.append)
    ask("0")
    click(40, 400)
    assert ask("izsa.selected") == ""
    assert heard == []


def test_selection_comes_into_view(view: MapView, ask: Ask, three: MapData, qtbot: QtBot) -> None:
    view.show_projects(three)
    wanted = three.features["features"][2]["id"]
    ask("map_izsa.setView([38.22, 27.97], 12, {animate: false}).getZoom()")
    view.select(wanted)
    assert ask("izsa.selected") == wanted
    middle = {"x": pytest.approx(450, abs=2), "y": pytest.approx(350, abs=2)}
    qtbot.waitUntil(lambda: where(ask, wanted) | middle == where(ask, wanted))


def test_the_selected_project_stays_in_view_when_the_map_gets_narrower(
    view: MapView, ask: Ask, three: MapData, qtbot: QtBot
) -> None:
    view.show_projects(three)
    wanted = three.features["features"][2]["id"]
    view.select(wanted)
    ask("map_izsa.setView([38.32, 25.95], 10, {animate: false}).getZoom()")  # it stands at the right side
    assert 500 < where(ask, wanted)["x"] < 900
    view.resize(420, 700)
    qtbot.waitUntil(lambda: ask("map_izsa.getSize().x") == 420)
    assert 0 < where(ask, wanted)["x"] < 420


def test_a_selection_on_its_way_arrives_also_when_the_map_gets_narrower(
    view: MapView, ask: Ask, three: MapData, qtbot: QtBot
) -> None:
    view.show_projects(three)
    wanted = three.features["features"][2]["id"]
    ask("map_izsa.setView([38.32, 27.4], 10, {animate: false}).getZoom()")
    view.select(wanted)
    view.resize(420, 700)
    qtbot.waitUntil(lambda: ask("map_izsa.getSize().x") == 420)
    qtbot.waitUntil(lambda: 0 < where(ask, wanted)["x"] < 420)


SEEN = "[[26.2057, 37.8254], [28.502, 39.3936]].every(([x, y]) => map_izsa.getBounds().contains([y, x]))"


@pytest.mark.parametrize("key", ["Tab", "a", "Shift"])
def test_a_key_that_moves_nothing_leaves_the_whole_province_in_view(
    view: MapView, ask: Ask, qtbot: QtBot, key: str
) -> None:
    ask(f"map_izsa.getContainer().dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}}))")
    view.resize(420, 700)
    qtbot.waitUntil(lambda: ask("map_izsa.getSize().x") == 420)
    assert ask(SEEN) is True


def test_who_has_zoomed_keeps_the_zoom_in_another_size(view: MapView, ask: Ask, qtbot: QtBot) -> None:
    zoom = ask(
        "(document.querySelector('.izsa-buttons button').click(),"
        " new Promise((go) => map_izsa.once('zoomend', go)).then(() => izsa.zoom))"
    )
    view.resize(420, 700)
    qtbot.waitUntil(lambda: ask("map_izsa.getSize().x") == 420)
    assert ask("izsa.zoom") == zoom


def test_selecting_what_is_not_on_the_map_marks_nothing(view: MapView, ask: Ask, three: MapData) -> None:
    view.show_projects(three)
    view.select("TUR035001/none")
    assert ask("izsa.selected") == ""


def test_selection_outlives_new_projects(view: MapView, ask: Ask, three: MapData) -> None:
    view.show_projects(three)
    first = three.features["features"][0]
    view.select(first["id"])
    view.show_projects(MapData({**three.features, "features": [first]}))
    assert ask("[izsa.projects, izsa.selected]") == [1, first["id"]]
    view.show_projects(MapData({**three.features, "features": three.features["features"][1:]}))
    assert ask("[izsa.projects, izsa.selected]") == [2, ""]


def test_choosing_a_place(view: MapView, ask: Ask, click: Click, three: MapData, qtbot: QtBot) -> None:
    view.show_projects(three)
    at = where(ask, three.features["features"][0]["id"])
    view.start_picking(None)
    assert ask("izsa.picking") is True
    with qtbot.waitSignal(view.place_picked) as picked:
        click(at["x"], at["y"])  # on a project: its mark does not answer now
    assert picked.args == [pytest.approx(38.62, abs=0.01), pytest.approx(27.07, abs=0.01)]
    assert ask("izsa.selected") == ""
    assert ask("document.querySelectorAll('.izsa-pin').length") == 1
    view.stop_editing()
    assert ask("[izsa.picking, document.querySelectorAll('.izsa-pin').length]") == [False, 0]


def test_choosing_a_place_begins_in_the_own_district(view: MapView, ask: Ask, qtbot: QtBot) -> None:
    view.start_picking(None, ODEMIS)
    assert ask("izsa.zoom") > 9.5
    assert ask("map_izsa.getBounds().contains([38.2278, 27.9696])") is True
    view.resize(420, 700)  # the map makes room for the form
    qtbot.waitUntil(lambda: ask("map_izsa.getSize().x") == 420)
    west_east = "[27.80, 28.20].every((x) => map_izsa.getBounds().contains([38.2, x]))"
    assert ask(west_east) is True


def test_choosing_a_place_stays_where_a_part_of_the_district_is_seen_from_near(view: MapView, ask: Ask) -> None:
    ask("map_izsa.setView([38.2278, 27.9696], 14, {animate: false}).getZoom()")
    view.start_picking(None, ODEMIS)
    assert ask("izsa.zoom") == 14


@pytest.mark.parametrize("district", ["", "TUR035", "TUR999", "__proto__"])
def test_choosing_a_place_without_a_known_district_moves_nothing(view: MapView, ask: Ask, district: str) -> None:
    before = ask("map_izsa.getBounds().toBBoxString()")
    view.start_picking(None, district)
    assert ask("[izsa.picking, map_izsa.getBounds().toBBoxString()]") == [True, before]


def test_a_known_place_counts_more_than_the_district(view: MapView, ask: Ask) -> None:
    before = ask("izsa.zoom")
    view.start_picking(Location(38.35, 27.17), ODEMIS)
    assert ask("izsa.zoom") == before


def test_the_pin_shows_the_place_so_far(view: MapView, ask: Ask) -> None:
    view.start_picking(Location(38.35, 27.17))
    assert ask("document.querySelectorAll('.izsa-pin').length") == 1


def test_projects_on_one_spot_can_be_told_apart(view: MapView, ask: Ask, click: Click, qtbot: QtBot) -> None:
    here = Location(38.46, 27.22)
    data = map_data(*(project(n, f"Aynı yerde {n}", here, goals=(str(n),)) for n in range(1, 6)))
    view.show_projects(data)
    (cluster,) = ask("izsa.items")
    assert cluster["count"] == 5
    click(cluster["x"], cluster["y"])
    titles = ask("[...document.querySelectorAll('.izsa-list li .izsa-title')].map((e) => e.textContent)")
    assert sorted(titles) == [f"Aynı yerde {n}" for n in range(1, 6)]
    with qtbot.waitSignal(view.project_clicked) as clicked:
        ask("document.querySelectorAll('.izsa-list li button')[2].click()")
    assert clicked.args[0] in {f["id"] for f in data.features["features"]}


def test_a_selection_inside_a_cluster_leaves_its_number_free(view: MapView, ask: Ask, three: MapData) -> None:
    here = Location(38.46, 27.22)
    data = map_data(*(project(n, str(n), here) for n in range(1, 6)))
    view.show_projects(data)
    chosen = data.features["features"][0]["id"]
    view.select(chosen)
    assert ask("izsa.selected") == chosen
    assert ask("izsa.items.map((item) => item.count)") == [5]


def test_larger_numbers_are_drawn_over_smaller_ones(view: MapView, ask: Ask) -> None:
    places = ((38.32, 26.30, 9), (38.62, 27.07, 2), (38.22, 27.97, 5), (39.1, 27.1, 1))
    spots = [Location(lat, lon) for lat, lon, count in places for _ in range(count)]
    view.show_projects(map_data(*(project(n, str(n), spot) for n, spot in enumerate(spots, 1))))
    assert ask("izsa.items.map((item) => item.count)") == [1, 2, 5, 9]


def test_a_cluster_falls_apart_when_clicked(view: MapView, ask: Ask, click: Click, qtbot: QtBot) -> None:
    view.show_projects(map_data(*(project(n, str(n), Location(38.40 + n / 500, 27.20)) for n in range(1, 4))))
    (cluster,) = ask("izsa.items")
    click(cluster["x"], cluster["y"])
    qtbot.waitUntil(lambda: len(ask("izsa.items")) > 1)
    assert sum(item["count"] for item in ask("izsa.items")) == 3


def test_zoom_buttons_have_names_and_work_by_keyboard(ask: Ask) -> None:
    names = ask("[...document.querySelectorAll('.izsa-buttons button')].map((e) => e.getAttribute('aria-label'))")
    assert names == ["Yakınlaştır", "Uzaklaştır", "İlin tamamını göster"]
    before = ask("izsa.zoom")
    after = ask(
        "(document.querySelector('.izsa-buttons button').click(),"
        " new Promise((go) => map_izsa.once('zoomend', go)).then(() => izsa.zoom))"
    )
    assert after == before + 1


def test_credits_are_shown(ask: Ask) -> None:
    credit = ask("document.querySelector('.izsa-credit').textContent")
    for name in ("OCHA", "OpenStreetMap", "ODbL", "Natural Earth", "GeoNames", "CC BY 4.0"):
        assert name in credit


def test_the_theme_changes_the_page(view: MapView, ask: Ask) -> None:
    light = ask("getComputedStyle(document.body).backgroundColor")
    view.set_theme(dark=True)
    assert ask("[izsa.theme, getComputedStyle(document.body).backgroundColor]") == ["dark", "rgb(20, 32, 42)"]
    assert light == "rgb(211, 228, 238)"


def test_the_picture_has_the_goal_colour_where_the_project_is(
    view: MapView, ask: Ask, three: MapData, qtbot: QtBot, tmp_path: Path
) -> None:
    view.show_projects(three)
    at = where(ask, three.features["features"][0]["id"])
    file = tmp_path / "map.png"

    def coloured() -> bool:
        assert view.grab_png(file)
        with Image.open(file) as picture:
            return picture.convert("RGB").getpixel((round(at["x"]), round(at["y"]))) == (0xFC, 0xC3, 0x0B)

    drawn: list[bool] = []
    view.when_drawn(lambda: drawn.append(True))
    qtbot.waitUntil(lambda: bool(drawn))
    qtbot.waitUntil(coloured)


def test_a_crashed_page_says_so_and_can_be_restarted(view: MapView, three: MapData, qtbot: QtBot) -> None:
    view.show_projects(three)
    assert view.page is not None
    with qtbot.waitSignal(view.page_stopped, timeout=30_000) as stopped:
        os.kill(view.page.page().renderProcessPid(), signal.SIGKILL)
    assert "Kayıtlarınız etkilenmedi" in stopped.args[0]
    assert not view.ready
    view.show_projects(three)  # everything may still be called
    with qtbot.waitSignal(view.page_ready, timeout=20_000):
        view.restart_button.click()
    assert view.ready


def test_without_a_web_engine_the_pane_says_so(qtbot: QtBot, three: MapData, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "izsa_desktop.ui.web.map_page", None)  # now its import fails
    view = MapView(reference.load(), Translator("en"))
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.page_stopped) as stopped:
        view.show()
    assert "work without it" in stopped.args[0]
    assert not view.restart_button.isVisibleTo(view)
    view.show_projects(three)
    view.select(three.features["features"][0]["id"])
    view.start_picking(None)
    view.stop_editing()
    assert not view.ready
