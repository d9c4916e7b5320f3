"""Texts of users on the map are text: they show as written, set nothing in the page, and the map still draws."""

import pytest
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.mapped import LABEL_LIMIT
from izsa_desktop.domain.project import Location
from izsa_desktop.domain.text import visible
from izsa_desktop.ui.web.map_view import MapView
from tests.ui.web.sample import HOSTILE, Ask, Click, map_data, project


def shown(title: str) -> str:
    """What a person should see of a title."""
    text = visible(title)
    return text if len(text) <= LABEL_LIMIT else f"{text[:LABEL_LIMIT]}…"


def test_hostile_titles_show_as_text_in_the_list_of_a_spot(view: MapView, ask: Ask, click: Click) -> None:
    here = Location(38.46, 27.22)
    view.show_projects(map_data(*(project(n, title, here) for n, title in enumerate(HOSTILE, 1))))
    (cluster,) = ask("izsa.items")
    click(cluster["x"], cluster["y"])
    titles = ask("[...document.querySelectorAll('.izsa-list li .izsa-title')].map((e) => e.textContent)")
    assert sorted(titles) == sorted(map(shown, HOSTILE))
    assert (
        ask("document.querySelectorAll('.izsa-list img, .izsa-list script, .izsa-list svg, .izsa-list a').length") == 0
    )
    assert ask("[typeof window.pwn, izsa.districts, izsa.projects]") == ["undefined", 30, len(HOSTILE)]


@pytest.mark.parametrize("field", ["title", "district", "status", "goals", "neighbourhood"])
def test_hostile_fields_show_as_text_on_the_card(
    view: MapView, ask: Ask, hover: Click, qtbot: QtBot, field: str
) -> None:
    bad = "<img src=x onerror=window.pwn=1>${window.pwn=1}`"
    value = (bad, bad) if field == "goals" else bad
    more = {field: value}
    title = str(more.pop("title", "Başlık"))
    view.show_projects(map_data(project(1, title, Location(38.46, 27.22), **more)))
    (item,) = ask("izsa.items")
    hover(item["x"], item["y"])
    qtbot.waitUntil(lambda: ask("!document.querySelector('.izsa-card').hidden"))
    card = ask("document.querySelector('.izsa-card').textContent")
    assert title in card
    assert (bad in card) == (field != "neighbourhood")
    assert ask("[typeof window.pwn, document.querySelectorAll('.izsa-card img').length]") == ["undefined", 0]


def test_ids_and_goals_named_like_parts_of_javascript(view: MapView, ask: Ask) -> None:
    names = ("__proto__", "constructor", "toString", "hasOwnProperty")
    here = Location(38.46, 27.22)
    view.show_projects(map_data(*(project(n, name, here, goals=(name,)) for n, name in enumerate(names, 1))))
    (cluster,) = ask("izsa.items")
    assert cluster["count"] == len(names)
    assert ask("({}).polluted === undefined && Object.keys(Object.prototype).length === 0") is True
