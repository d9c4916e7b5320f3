"""The districts on the map in a real page: colours, patterns, years, joint work, by mouse and by keyboard."""

import json
from datetime import date
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from izsa_desktop import reference
from izsa_desktop.analysis.works import Works, entry_of
from izsa_desktop.domain.project import Location, Project
from izsa_desktop.domain.rows import Relation
from izsa_desktop.i18n import Translator
from izsa_desktop.maps.thematic import Choice
from izsa_desktop.ui.web.map_view import MapView
from izsa_desktop.usecases.thematic import Subject, thematic_json
from tests.ui.web.sample import Ask, Click, map_data, project
from tests.ui.web.test_legend import target

R = reference.load()
TODAY = date(2026, 11, 23)
BERGAMA, ODEMIS, TIRE, KINIK = (R.district(name) for name in ("Bergama", "Ödemiş", "Tire", "Kınık"))


def several() -> list[Project]:
    """Three in Bergama, of which two run, one of them with Ödemiş; one in Tire that does not."""
    return [
        project(
            n, f"Proje {n}", Location(d.lat, d.lon), district=d.code, status=status, start=start, relations=relations
        )
        for n, (d, status, start, relations) in enumerate(
            (
                (BERGAMA, "sürüyor", "2020", ()),
                (BERGAMA, "sürüyor", "2024", ()),
                (BERGAMA, "iptal", "2021", ()),
                (TIRE, "iptal", "unknown", ()),
                (ODEMIS, "sürüyor", "2022", (Relation(other=f"TUR035007/{0:032x}", kind="ortak iş"),)),
            )
        )
    ]


def show(view: MapView, *projects: Project, **choice: Any) -> None:
    """What the program would tell the page."""
    subject = Subject(Works(entry_of(one, TODAY) for one in projects))
    view.show_thematic(thematic_json(subject, Choice(**choice), R, Translator("tr"), TODAY))


@pytest.fixture
def listed(view: MapView) -> list[Project]:
    made = several()
    view.show_projects(map_data(*made))
    return made


def at(ask: Ask, lat: float, lon: float) -> tuple[int, int]:
    x, y = ask(f"(({{x, y}}) => [x, y])(map_izsa.latLngToContainerPoint([{lat}, {lon}]))")
    return round(x), round(y)


def colour(ask: Ask, name: str) -> str:
    return str(ask(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()"))


def pixel(view: MapView, ask: Ask, lat: float, lon: float) -> str:
    """The colour a little beside the names of a place."""
    x, y = at(ask, lat, lon)
    return view.snapshot().pixelColor(x, y + 26).name()


def has_colour(view: MapView, ask: Ask, lat: float, lon: float, wanted: str) -> bool:
    return pixel(view, ask, lat, lon) == wanted


# --- a colour for each district ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_districts_have_the_colour_of_their_class(
    view: MapView, ask: Ask, listed: list[Project], qtbot: QtBot, theme: str
) -> None:
    assert view.page is not None
    view.page.channel.setTheme.emit(theme)
    show(view, *listed, mode="districts", measure="count")
    for district, name in ((BERGAMA, "class-5"), (TIRE, "class-1"), (ODEMIS, "class-1"), (KINIK, "land")):
        wanted = colour(ask, name)
        qtbot.waitUntil(partial(has_colour, view, ask, district.lat, district.lon, wanted), timeout=30_000)


def test_the_legend_counts_the_districts_and_the_marks_are_away(view: MapView, ask: Ask, listed: list[Project]) -> None:
    assert ask("izsa.projects") == 5
    show(view, *listed, mode="districts", measure="count")
    assert ask("izsa.projects") == 0
    assert ask("document.querySelector('.izsa-legend').hidden") is True
    rows = ask("[...document.querySelectorAll('.izsa-thematic li.class')].map((e) => e.textContent)")
    assert rows == ["Yok27", "12", "2 – 31"]
    labels = ask("izsa.labels.filter(({kind}) => kind === 'district').map(({text}) => text)")
    assert "Bergama" in labels
    show(view, *listed)
    assert ask("izsa.projects") == 5
    assert ask("document.querySelector('.izsa-legend').hidden") is False
    assert ask("document.querySelector('.izsa-thematic').hidden") is True


def test_a_selection_is_there_again_with_the_marks(view: MapView, ask: Ask, listed: list[Project]) -> None:
    view.select(listed[3].id)
    show(view, *listed, mode="missing")
    assert ask("izsa.selected") == listed[3].id
    view.select(listed[4].id)
    show(view, *listed)
    assert ask("izsa.selected") == listed[4].id


# --- what is missing --------------------------------------------------------------------------------------------------


def test_what_is_missing_differs_by_sign_and_pattern_not_by_colour_alone(
    view: MapView, ask: Ask, listed: list[Project]
) -> None:
    show(view, *listed, mode="missing", topic="goal:7")
    rows = ask("[...document.querySelectorAll('.izsa-thematic li.class')].map((e) => e.textContent)")
    assert rows == ["Süren proje var2", "Proje var, sürdüğü bilinen yok1", "Listede proje yok27"]
    shades = ask(
        "[...document.querySelectorAll('.izsa-class')].map((e) => new Set(new Uint32Array("
        "e.getContext('2d').getImageData(0, 0, e.width, e.height).data.buffer)).size)"
    )
    assert shades[0] == 1
    assert min(shades[1:]) > 1
    signs = ask("Object.fromEntries(izsa.labels.filter(({value}) => value).map(({text, value}) => [text, value]))")
    assert (signs["Bergama"], signs["Tire"], signs["Kınık"]) == ("2", "?", "×")
    assert "28 ilçede süren proje yok" in ask("document.querySelector('.izsa-thematic .sentence').textContent")


# --- by mouse and by keyboard -----------------------------------------------------------------------------------------


def test_the_card_says_what_a_district_has_and_a_click_asks_for_its_projects(  # noqa: PLR0917  # what it needs
    view: MapView, ask: Ask, hover: Click, click: Click, listed: list[Project], qtbot: QtBot
) -> None:
    show(view, *listed, mode="districts", measure="count")
    x, y = at(ask, BERGAMA.lat, BERGAMA.lon)
    hover(x + 40, y)
    hover(x, y)
    qtbot.waitUntil(lambda: ask("[...document.querySelectorAll('.izsa-area')].some((e) => !e.hidden)"), timeout=30_000)
    said = ask("[...document.querySelectorAll('.izsa-area')].map((e) => e.textContent).join()")
    assert "Bergama" in said
    assert "3 proje" in said
    assert f"Nüfus {Translator('tr').number(BERGAMA.population)}" in said
    with qtbot.waitSignal(view.district_clicked) as clicked:
        click(x, y)
    assert clicked.args == [BERGAMA.code]


def test_a_click_on_land_means_nothing_while_projects_are_shown(
    view: MapView, ask: Ask, click: Click, qtbot: QtBot, listed: list[Project]
) -> None:
    heard: list[str] = []
    view.district_clicked.connect(heard.append)
    click(*at(ask, KINIK.lat, KINIK.lon))
    ask("0")
    assert heard == []


def test_the_views_are_chosen_with_the_keyboard(view: MapView, ask: Ask, qtbot: QtBot, listed: list[Project]) -> None:
    ask("document.querySelector('.izsa-modes [aria-checked=true]').focus()")
    with qtbot.waitSignal(view.thematic_changed) as chosen:
        QTest.keyClick(target(view), Qt.Key.Key_Right)
    assert chosen.args == [Choice("districts", request=1)]
    with qtbot.waitSignal(view.thematic_changed) as chosen:
        QTest.keyClick(target(view), Qt.Key.Key_Right)
    assert chosen.args == [Choice("missing", request=2)]
    assert ask("document.activeElement.dataset.code") == "missing"
    assert ask("[...document.querySelectorAll('.izsa-modes [role=radio]')].map((e) => e.tabIndex)") == [-1, -1, 0]


def test_every_control_sends_what_it_says(view: MapView, ask: Ask, qtbot: QtBot, listed: list[Project]) -> None:
    show(view, *listed, mode="districts")

    def pick(number: int, value: str) -> Choice:
        with qtbot.waitSignal(view.thematic_changed) as chosen:
            ask(
                f"((e) => {{ e.value = {json.dumps(value)}; e.dispatchEvent(new Event('change')); return 0; }})"
                f"(document.querySelectorAll('.izsa-thematic select')[{number}])"
            )
        assert chosen.args is not None
        found: Choice = chosen.args[0]
        return found

    assert pick(0, "budget") == Choice("districts", "budget", request=1)
    assert pick(1, "audience:kadınlar") == Choice("districts", "budget", "audience:kadınlar", request=2)
    with qtbot.waitSignal(view.district_clicked) as clicked:
        ask("document.querySelector('.izsa-thematic details').open = true")
        ask("document.querySelector('.izsa-thematic .each button').click()")
    assert clicked.args == [R.district("Aliağa").code]


def test_an_answer_to_an_older_choice_is_passed_over(view: MapView, ask: Ask, listed: list[Project]) -> None:
    ask("document.querySelectorAll('.izsa-modes [role=radio]')[1].click()")
    ask("document.querySelectorAll('.izsa-modes [role=radio]')[2].click()")
    show(view, *listed, mode="districts", request=1)
    assert ask("izsa.thematic.mode") == "missing"
    assert ask("izsa.thematic.districts.length") == 0
    show(view, *listed, mode="missing", request=2)
    assert ask("izsa.thematic.districts.length") == 30


def test_until_the_answer_comes_the_last_one_is_drawn(
    view: MapView, ask: Ask, listed: list[Project], caplog: pytest.LogCaptureFixture
) -> None:
    """The answer for the districts has classes that the view of what is missing has no look for."""
    uneven = [d for count, d in enumerate(R.districts[:5], 1) for _ in range(count)]
    many = [project(n, "Proje", Location(d.lat, d.lon), district=d.code) for n, d in enumerate(uneven)]
    show(view, *many, mode="districts", measure="count")
    assert ask("Math.max(...izsa.thematic.districts.map((one) => one.class))") > 2
    ask("document.querySelectorAll('.izsa-modes [role=radio]')[2].click()")
    view.set_theme(dark=True)
    assert ask("izsa.thematic.mode") == "missing"
    assert [record.message for record in caplog.records if record.message.startswith("page:")] == []


# --- years ------------------------------------------------------------------------------------------------------------


def test_a_year_leaves_the_projects_that_ran_in_it(
    view: MapView, ask: Ask, qtbot: QtBot, listed: list[Project]
) -> None:
    assert ask("document.querySelector('.izsa-time').hidden") is True
    show(view, *listed, year=2021)
    assert ask("izsa.projects") == 2
    assert ask("document.querySelector('.izsa-time').hidden") is False
    assert ask("document.querySelector('.izsa-time .note').textContent") == "Tarihi bilinmeyen: 1"
    assert ask("document.querySelectorAll('.izsa-time .heights i').length") == 2026 - 2020 + 1
    ask("document.querySelector('.izsa-time input').focus()")
    with qtbot.waitSignal(view.thematic_changed) as chosen:
        QTest.keyClick(target(view), Qt.Key.Key_Right)
    assert chosen.args == [Choice(year=2022, request=1)]
    assert ask("izsa.projects") == 2
    with qtbot.waitSignal(view.thematic_changed) as chosen:
        ask("document.querySelector('.izsa-modes .toggle').click()")
    assert chosen.args == [Choice(request=2)]
    assert ask("izsa.projects") == 5
    assert ask("document.querySelector('.izsa-time').hidden") is True


# --- joint work -------------------------------------------------------------------------------------------------------


def test_joint_work_is_a_line_with_its_number(view: MapView, ask: Ask, listed: list[Project], qtbot: QtBot) -> None:
    show(view, *listed, mode="districts", measure="count", links=True)
    assert [one["text"] for one in ask("izsa.thematic.links")] == ["Bergama – Ödemiş: 1 ortak iş"]
    wanted = colour(ask, "link")

    def drawn() -> bool:
        ask("0")
        picture = view.snapshot()
        return any(
            picture.pixelColor(x, y).name() == wanted
            for x in range(0, picture.width(), 2)
            for y in range(100, picture.height() - 100, 2)
        )

    qtbot.waitUntil(drawn, timeout=30_000)
    show(view, *listed[:4], links=True)
    assert ask("document.querySelector('.izsa-links-note').hidden") is False


def test_the_page_made_anew_shows_the_same(view: MapView, ask: Ask, listed: list[Project], qtbot: QtBot) -> None:
    show(view, *listed, mode="missing", request=7)
    assert ask("izsa.thematic.mode") == "missing"
    with qtbot.waitSignal(view.page_ready, timeout=20_000):
        view._restart()
    assert ask("izsa.thematic.mode") == "missing"


def test_a_narrow_map_folds_what_it_says(view: MapView, ask: Ask, listed: list[Project], qtbot: QtBot) -> None:
    show(view, *listed, mode="districts")
    assert ask("document.querySelector('.izsa-thematic').classList.contains('folded')") is False
    view.resize(400, 600)
    qtbot.waitUntil(
        lambda: ask("document.querySelector('.izsa-thematic').classList.contains('folded')"), timeout=30_000
    )
    ask("document.querySelector('.izsa-thematic .fold').click()")
    assert ask("document.querySelector('.izsa-thematic').classList.contains('folded')") is False
    assert ask("document.querySelector('.izsa-modes').getBoundingClientRect().right < 360")
