"""The legend of the map in a real page: what the colours mean, and a filter for the mouse and the keyboard."""

import json
import os
import signal
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop import reference
from izsa_desktop.domain.project import Location
from izsa_desktop.domain.rows import Share
from izsa_desktop.i18n import Translator
from izsa_desktop.maps import colouring
from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.layers import MapData
from izsa_desktop.ui.web.map_view import MapView
from tests.ui.web.sample import Ask, Click, map_data, project, where

R = reference.load()
PLACES = ((38.22, 27.97), (38.32, 26.45), (38.95, 27.30), (38.05, 27.40))
STATUSES = ("sürüyor", "iptal", "sürüyor", "")
ALL = [("sürüyor", "Sürüyor", 2), ("iptal", "İptal edildi", 1), ("", "Belirtilmemiş", 1)]


@pytest.fixture
def four() -> MapData:
    """Four projects far from each other and from the legend: two running, one cancelled, one that says nothing."""
    return map_data(
        *(project(n, f"Proje {n}", Location(*at), status=STATUSES[n]) for n, at in enumerate(PLACES)),
    )


@pytest.fixture
def by_status(view: MapView, four: MapData) -> MapData:
    """They are shown, coloured by status."""
    view.set_colouring(Colouring("status"))
    view.show_projects(four)
    return four


def target(view: MapView) -> QWidget:
    assert view.page is not None
    found = view.page.focusProxy()
    assert found is not None
    return found


def press(
    view: MapView, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, *, times: int = 1
) -> None:
    for _ in range(times):
        QTest.keyClick(target(view), key, modifier)


def middle(ask: Ask, selector: str) -> QPoint:
    x, y = ask(
        "(({left, top, width, height}) => [left + width / 2, top + height / 2])"
        f"(document.querySelector({json.dumps(selector)}).getBoundingClientRect())"
    )
    return QPoint(round(x), round(y))


def entry(code: str) -> str:
    return f".izsa-legend .entry[data-code='{code}']"


def entries(ask: Ask) -> list[tuple[str, str, int]]:
    return [(e["code"], e["name"], e["count"]) for e in ask("izsa.legend")]


def shown(ask: Ask) -> list[str]:
    """Which of the entries are shown."""
    return [e["code"] for e in ask("izsa.legend") if e["shown"]]


def choose(ask: Ask, scheme: str) -> None:
    """A person chooses in the list of schemes."""
    ask(
        "((list) => { list.value = " + json.dumps(scheme) + ";"
        " list.dispatchEvent(new Event('change', {bubbles: true})); return 0; })"
        "(document.querySelector('.izsa-legend select'))"
    )


# --- what it says ----------------------------------------------------------------------------------------------------


def test_the_legend_has_a_line_for_each_value_on_the_map(ask: Ask, by_status: MapData) -> None:
    assert entries(ask) == ALL
    lines = ask(
        "[...document.querySelectorAll('.izsa-legend .entry')].map((e) => [...e.children].map((c) => c.textContent))"
    )
    assert lines == [["", name, str(count)] for _, name, count in ALL]
    colours = ask("[...document.querySelectorAll('.izsa-legend circle')].map((e) => e.getAttribute('fill'))")
    assert colours == ["#2f6a57", "#b71a18", "#7b858c"]


def test_without_projects_there_is_no_legend(view: MapView, ask: Ask) -> None:
    assert ask("document.querySelector('.izsa-legend').hidden") is True
    view.show_projects(map_data())
    assert ask("document.querySelector('.izsa-legend').hidden") is True


def test_every_scheme_is_offered_and_every_mark_gets_its_colour(
    view: MapView, ask: Ask, qtbot: QtBot, four: MapData
) -> None:
    view.show_projects(four)
    offered = ask("[...document.querySelector('.izsa-legend select').options].map((o) => o.value)")
    assert tuple(offered) == colouring.SCHEMES
    table = {s["name"]: {v["code"]: v for v in s["values"]} for s in colouring.table(R, Translator("tr"))}
    for feature in four.features["features"]:
        at = where(ask, feature["id"])
        for scheme in colouring.SCHEMES:
            view.set_colouring(Colouring(scheme))
            wanted = table[scheme][feature["properties"][scheme]]["colors"][0]
            qtbot.waitUntil(partial(has_pixel, view, ask, at["x"], at["y"] + 5, wanted.lower()))


def has_pixel(view: MapView, ask: Ask, x: float, y: float, wanted: str) -> bool:
    """Whether a point of the picture has this colour, #rrggbb, when all is drawn."""
    ask("0")
    return view.snapshot().pixelColor(round(x), round(y)).name() == wanted


def test_the_card_names_the_value(view: MapView, ask: Ask, hover: Click, qtbot: QtBot) -> None:
    shares = (Share(code="sosyal", percent=60), Share(code="çevresel", percent=40))
    view.show_projects(map_data(project(1, "Başlık", Location(38.22, 27.97), dimensions=shares, review="bilinmez")))
    for scheme, text in (("dimension", "Ağırlıklı boyut: Sosyal"), ("review", "İnceleme: bilinmez")):
        view.set_colouring(Colouring(scheme))
        (item,) = ask("izsa.items")
        hover(item["x"] + 60, item["y"])
        hover(item["x"], item["y"])
        qtbot.waitUntil(partial(on_card, ask, text))


def on_card(ask: Ask, text: str) -> bool:
    return text in ask("document.querySelector('.izsa-card').innerText")


def test_a_code_that_nobody_knows_is_grey_named_and_only_text(view: MapView, ask: Ask) -> None:
    bad = "<img src=x onerror=window.pwn=1>"
    view.set_colouring(Colouring("status"))
    view.show_projects(map_data(*(project(n, "x", Location(*PLACES[n]), status=s) for n, s in enumerate((bad, "y")))))
    assert entries(ask) == [("?", "Bu sürümün tanımadığı", 2)]
    assert ask("[typeof window.pwn, document.querySelectorAll('img').length]") == ["undefined", 0]


def test_a_cluster_shows_the_mix_of_what_the_colours_mean(view: MapView, ask: Ask, hover: Click, qtbot: QtBot) -> None:
    here = Location(38.22, 27.97)
    view.set_colouring(Colouring("status"))
    view.show_projects(map_data(*(project(n, str(n), here, status=s) for n, s in enumerate((*STATUSES, "sürüyor")))))
    (item,) = ask("izsa.items")
    hover(item["x"], item["y"])
    rows = "[...document.querySelectorAll('.izsa-card .izsa-value-row')].map((e) => e.innerText.split('\\n'))"
    qtbot.waitUntil(lambda: ask(rows) == [["Sürüyor", "3"], ["İptal edildi", "1"], ["Belirtilmemiş", "1"]])
    hover(5, 500)
    qtbot.waitUntil(lambda: {"#2f6a57", "#b71a18", "#7b858c"} <= ring(view, ask, item))
    view.set_colouring(Colouring("goal"))
    qtbot.waitUntil(lambda: "#fcc30b" in ring(view, ask, item))
    assert not {"#2f6a57", "#b71a18"} & ring(view, ask, item)


def ring(view: MapView, ask: Ask, item: dict[str, Any]) -> set[str]:
    """The colours of a square round a mark."""
    ask("0")
    box = int(item["r"]) + 2
    return colours(view.snapshot().copy(round(item["x"]) - box, round(item["y"]) - box, 2 * box, 2 * box))


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


# --- the filter ------------------------------------------------------------------------------------------------------


def test_a_click_hides_a_value_and_another_shows_it(
    view: MapView, ask: Ask, click: Click, qtbot: QtBot, by_status: MapData
) -> None:
    at = middle(ask, entry("iptal"))
    with qtbot.waitSignal(view.colouring_changed) as changed:
        click(at.x(), at.y())
    assert changed.args == [Colouring("status", ("iptal",), open=True)]
    assert ask("[izsa.projects, izsa.items.length]") == [3, 3]
    assert entries(ask) == ALL  # what is hidden is counted
    assert ask(f'document.querySelector("{entry("iptal")}").getAttribute("aria-pressed")') == "false"
    assert ask("document.querySelector('.izsa-legend footer').innerText").startswith("Gizlenen: 1")
    click(at.x(), at.y())
    assert ask("[izsa.projects, izsa.items.length, document.querySelector('.izsa-legend footer').hidden]") == [
        4,
        4,
        True,
    ]
    assert ask("izsa.selected") == "", "the click did not reach the map"


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_with_a_modifier_a_click_leaves_one_value_and_the_next_brings_all_back(
    view: MapView, ask: Ask, by_status: MapData, modifier: Qt.KeyboardModifier
) -> None:
    at = middle(ask, entry("sürüyor"))
    QTest.mouseClick(target(view), Qt.MouseButton.LeftButton, modifier, at)
    assert shown(ask) == ["sürüyor"]
    assert ask("izsa.projects") == 2
    QTest.mouseClick(target(view), Qt.MouseButton.LeftButton, modifier, at)
    assert ask("izsa.projects") == 4


def test_all_are_brought_back_with_one_button(view: MapView, ask: Ask, click: Click, by_status: MapData) -> None:
    view.set_colouring(Colouring("status", ("sürüyor", "iptal", "")))
    assert ask("[izsa.projects, izsa.items.length]") == [0, 0]
    at = middle(ask, ".izsa-legend footer button")
    click(at.x(), at.y())
    assert ask("[izsa.projects, izsa.items.length]") == [4, 4]


def test_clusters_are_made_anew_of_what_is_shown(view: MapView, ask: Ask) -> None:
    here = Location(38.22, 27.97)
    view.set_colouring(Colouring("status"))
    view.show_projects(map_data(*(project(n, str(n), here, status=s) for n, s in enumerate(STATUSES))))
    counts = []
    for hidden in ((), ("iptal",), ("iptal", ""), ("sürüyor", ""), ("sürüyor", "iptal", "")):
        view.set_colouring(Colouring("status", hidden))
        counts.append(ask("izsa.items.map((item) => item.count)"))
    assert counts == [[4], [3], [2], [1], []]


def test_a_selected_project_shows_also_while_its_value_is_hidden(view: MapView, ask: Ask, by_status: MapData) -> None:
    wanted = by_status.features["features"][1]["id"]
    view.select(wanted)
    view.set_colouring(Colouring("status", ("iptal",)))
    assert ask("[izsa.selected, izsa.projects, izsa.items.length]") == [wanted, 3, 4]
    view.select("")
    assert ask("[izsa.selected, izsa.projects, izsa.items.length]") == ["", 3, 3]


def test_other_colours_begin_with_everything_shown(view: MapView, ask: Ask, qtbot: QtBot, by_status: MapData) -> None:
    view.set_colouring(Colouring("status", ("iptal",)))
    with qtbot.waitSignal(view.colouring_changed) as changed:
        choose(ask, "goal")
    assert changed.args == [Colouring("goal")]
    assert ask("[izsa.projects, izsa.colouring.scheme]") == [4, "goal"]
    assert entries(ask) == [("7", "Erişilebilir ve Temiz Enerji", 4)]


def test_the_filter_stays_when_other_projects_come(view: MapView, ask: Ask, by_status: MapData) -> None:
    view.set_colouring(Colouring("status", ("iptal",)))
    view.show_projects(map_data(*(project(n, "x", Location(*PLACES[n]), status="iptal") for n in range(3))))
    assert ask("[izsa.projects, izsa.items.length]") == [0, 0]
    assert entries(ask) == [("iptal", "İptal edildi", 3)]


# --- the keyboard ----------------------------------------------------------------------------------------------------


def test_the_keyboard_filters(view: MapView, ask: Ask, qtbot: QtBot, by_status: MapData) -> None:
    before = ask("map_izsa.getBounds().toBBoxString()")
    target(view).setFocus()
    ask("document.querySelector('.izsa-legend .fold').focus()")
    press(view, Qt.Key.Key_Tab, times=2)  # the list of schemes, then the entries as one stop
    assert ask("document.activeElement.dataset.code") == "sürüyor"
    press(view, Qt.Key.Key_Down)
    assert ask("document.activeElement.dataset.code") == "iptal"
    press(view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown(ask) == ["sürüyor", ""])
    assert ask("document.activeElement.dataset.code") == "iptal", "the focus stays"
    press(view, Qt.Key.Key_End)
    press(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown(ask) == [""])
    press(view, Qt.Key.Key_Home)
    assert ask("document.activeElement.dataset.code") == "sürüyor"
    press(view, Qt.Key.Key_Tab)
    assert ask("document.activeElement.textContent") == "Tümünü göster"
    press(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ask("izsa.projects") == 4)
    assert ask("map_izsa.getBounds().toBBoxString()") == before, "the keys did not move the map"


def test_the_keyboard_chooses_what_the_colours_mean(view: MapView, ask: Ask, qtbot: QtBot, by_status: MapData) -> None:
    target(view).setFocus()
    ask("document.querySelector('.izsa-legend select').focus()")
    with qtbot.waitSignal(view.colouring_changed) as changed:
        press(view, Qt.Key.Key_Down)
    assert changed.args == [Colouring("district")]
    assert ask("document.activeElement.tagName") == "SELECT"


def test_a_long_legend_leaves_room_for_the_scale_and_can_be_scrolled(view: MapView, ask: Ask, qtbot: QtBot) -> None:
    view.set_colouring(Colouring("district"))
    view.show_projects(map_data(*(project(n, d.name, None, district=d.code) for n, d in enumerate(R.districts))))
    view.resize(900, 420)
    box = "(({bottom}) => bottom)(document.querySelector('.izsa-legend').getBoundingClientRect())"
    qtbot.waitUntil(lambda: ask(f"map_izsa.getSize().y === 420 && {box} <= 420 - 40"))
    assert len(entries(ask)) == 30
    assert ask("((list) => list.scrollHeight > list.clientHeight + 100)(document.querySelector('.izsa-legend ul'))")


def test_every_control_has_a_name(ask: Ask, by_status: MapData) -> None:
    assert ask("document.querySelector('.izsa-legend').getAttribute('aria-label')") == "Gösterge"
    assert ask("document.querySelector('.izsa-legend select').getAttribute('aria-label')") == "Renklerin anlamı"
    assert ask("document.querySelector('.izsa-legend .fold').getAttribute('aria-label')") == (
        "Göstergeyi kapat · Durum"
    )
    assert "Ctrl" in ask(f'document.querySelector("{entry("iptal")}").title')


# --- folding ---------------------------------------------------------------------------------------------------------


def test_the_legend_folds_and_says_what_it_hides(
    view: MapView, ask: Ask, click: Click, qtbot: QtBot, by_status: MapData
) -> None:
    view.set_colouring(Colouring("status", ("sürüyor",)))
    at = middle(ask, ".izsa-legend .fold")
    with qtbot.waitSignal(view.colouring_changed) as changed:
        click(at.x(), at.y())
    assert changed.args == [Colouring("status", ("sürüyor",), open=False)]
    assert ask("document.querySelector('.izsa-legend').innerText.trim()") == "Durum · Gizlenen: 2"
    assert ask("document.querySelector('.izsa-legend ul').offsetHeight") == 0


def test_a_narrow_map_folds_it_and_what_is_unfolded_there_is_not_remembered(
    view: MapView, ask: Ask, click: Click, qtbot: QtBot, by_status: MapData
) -> None:
    def folded() -> bool:
        return bool(ask("document.querySelector('.izsa-legend').classList.contains('folded')"))

    assert not folded()
    view.resize(400, 700)
    qtbot.waitUntil(folded)
    at = middle(ask, ".izsa-legend .fold")
    click(at.x(), at.y())
    assert not folded()
    assert view.colouring == Colouring("status")
    view.resize(900, 700)
    qtbot.waitUntil(lambda: ask("map_izsa.getSize().x") == 900)
    view.resize(400, 700)
    qtbot.waitUntil(folded)


def test_the_province_makes_room_for_the_legend(view: MapView, ask: Ask, by_status: MapData) -> None:
    def west() -> float:
        return float(ask("map_izsa.latLngToContainerPoint([38.3, 26.2056]).x"))

    with_legend = west()
    view.set_colouring(Colouring("status", open=False))
    assert west() < with_legend - 40
    assert ask("map_izsa.getBounds().contains([[37.8254, 26.2057], [39.3936, 28.502]])") is True


# --- paper, and what shapes mean -------------------------------------------------------------------------------------


def test_on_paper_the_legend_is_plain_text(qtbot: QtBot, four: MapData) -> None:
    view = MapView(R, Translator("en"), theme="print")
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.set_colouring(Colouring("status", ("iptal",)))
    view.show_projects(four)
    answers: list[str] = []

    def told() -> bool:
        assert view.page is not None
        view.page.page().runJavaScript("document.querySelector('.izsa-legend').innerText", 0, answers.append)
        return any("Running" in answer for answer in answers)

    with qtbot.waitSignal(view.page_ready, timeout=20_000):
        view.show()
    qtbot.waitUntil(told)
    words = [word.strip() for word in answers[-1].split("\n") if word.strip()]
    assert words == ["Status", "Running", "2", "Cancelled", "1", "Not stated", "1", "Hidden: 1"]


def test_shapes_are_explained_where_they_occur(view: MapView, ask: Ask, by_status: MapData) -> None:
    notes = "[...document.querySelectorAll('.izsa-legend .izsa-note')].map((e) => e.textContent)"
    assert ask(notes) == []
    view.show_projects(map_data(project(1, "x", None)))
    assert ask(notes) == ["Yaklaşık yer"]


def test_marks_under_the_legend_do_not_answer(view: MapView, ask: Ask, hover: Click, by_status: MapData) -> None:
    at = middle(ask, entry("iptal"))
    ask(
        f"((here) => map_izsa.panBy(map_izsa.latLngToContainerPoint({list(PLACES[0])}).subtract(here),"
        f" {{animate: false}}).getZoom())(L.point({at.x()}, {at.y()}))"
    )
    hover(at.x(), at.y())
    assert ask("document.querySelector('.izsa-card').hidden") is True


def test_a_page_made_anew_keeps_the_choice(view: MapView, ask: Ask, qtbot: QtBot, by_status: MapData) -> None:
    view.set_colouring(Colouring("status", ("iptal",), open=False))
    ask("0")
    assert view.page is not None
    with qtbot.waitSignal(view.page_stopped, timeout=30_000):
        os.kill(view.page.page().renderProcessPid(), signal.SIGKILL)
    with qtbot.waitSignal(view.page_ready, timeout=20_000):
        view.restart_button.click()
    assert ask("[izsa.projects, izsa.colouring]") == [3, {"scheme": "status", "hidden": ["iptal"], "open": False}]


def test_signs_are_drawn_into_the_marks(view: MapView, ask: Ask, qtbot: QtBot, by_status: MapData) -> None:
    """In grey, a cancelled project differs from one that says nothing by its white cross."""

    def bright(feature: dict[str, Any]) -> int:
        at = where(ask, feature["id"])
        image = view.snapshot()
        x, y = round(at["x"]), round(at["y"])
        return sum(image.pixelColor(x + dx, y + dy).lightness() > 200 for dx in range(-3, 4) for dy in range(-3, 4))

    features = by_status.features["features"]
    qtbot.waitUntil(lambda: bright(features[1]) >= 4)
    assert bright(features[3]) == 0
