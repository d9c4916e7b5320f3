"""The message set: the channel has what docs/map-messages.md says, no more, and does not believe the page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMetaMethod, QObject
from pytestqt.qtbot import QtBot

from izsa_desktop import resource_files
from izsa_desktop.domain.shape import LINE, Shape
from izsa_desktop.maps.colouring import Colouring
from izsa_desktop.maps.thematic import Choice
from izsa_desktop.ui.web.channel import MapChannel, PageEvents

DOCUMENT = Path(__file__).parents[3] / "docs" / "map-messages.md"


def own_methods(channel: MapChannel) -> dict[str, QMetaMethod.MethodType]:
    meta, plain = channel.metaObject(), QObject().metaObject()
    methods = [meta.method(n) for n in range(plain.methodCount(), meta.methodCount())]
    return {bytes(method.name().data()).decode(): method.methodType() for method in methods}


def documented(heading: str) -> set[str]:
    section = DOCUMENT.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE))


def test_the_document_names_every_message(channel: MapChannel) -> None:
    methods = own_methods(channel)
    signals = {name for name, kind in methods.items() if kind == QMetaMethod.MethodType.Signal}
    assert documented("Program to page") == signals
    assert documented("Page to program") == set(methods) - signals


def test_the_page_knows_every_message() -> None:
    page = resource_files.path("map/map.js").read_text(encoding="utf-8")
    door = resource_files.path("map/host.js").read_text(encoding="utf-8")
    for message in documented("Program to page"):
        assert f"    {message}: inTurn(" in page
    for message in documented("Page to program"):
        assert f"izsa.{message}(" in door


@pytest.fixture
def heard() -> list[object]:
    return []


@pytest.fixture
def channel(heard: list[object], qtbot: QtBot) -> Iterator[MapChannel]:
    parent = QObject()
    yield MapChannel(
        PageEvents(
            ready=lambda: heard.append("ready"),
            project_clicked=heard.append,
            place_picked=lambda lat, lon: heard.append((lat, lon)),
            shape_drawn=heard.append,
            tool_wanted=heard.append,
            drawn=heard.append,
            colouring_changed=heard.append,
            thematic_changed=heard.append,
            district_clicked=heard.append,
        ),
        parent,
    )


def test_good_messages_pass(channel: MapChannel, heard: list[object]) -> None:
    channel.ready()
    channel.projectClicked("TUR035007/1")
    channel.placePicked(38.4, 27.1)
    channel.shapeDrawn('{"type": "LineString", "coordinates": [[27.1, 38.4], [27.2, 38.5]]}')
    channel.shapeDrawn("")
    channel.toolWanted("area")
    channel.drawn(7)
    channel.colouringChanged("status", ["iptal", ""], False)
    channel.thematicChanged("missing", "count", "audience:kadınlar", 2024, True, 3)
    channel.districtClicked("TUR035007")
    assert heard == [
        "ready",
        "TUR035007/1",
        (38.4, 27.1),
        Shape(LINE, (((27.1, 38.4), (27.2, 38.5)),)),
        None,
        "area",
        7,
        Colouring("status", ("iptal", ""), False),
        Choice("missing", "count", "audience:kadınlar", 2024, True, 3),
        "TUR035007",
    ]


@pytest.mark.parametrize("place", [(91.0, 27.0), (38.0, 181.0), (float("nan"), 27.0), (38.0, float("inf"))])
def test_impossible_places_do_not_pass(channel: MapChannel, heard: list[object], place: tuple[float, float]) -> None:
    channel.placePicked(*place)
    assert heard == []


@pytest.mark.parametrize(
    "geometry",
    [
        "{",
        "[" * 100_000,
        "null",
        '{"type": "Point", "coordinates": [27, 38]}',
        '{"type": "LineString", "coordinates": [[27, 38]]}',
        '{"type": "LineString", "coordinates": [[27, 38], [270, 38]]}',
        '{"type": "LineString", "coordinates": [[27, 38], [28, 38]]}' + " " * 200_000,
    ],
    ids=lambda geometry: geometry[:60],
)
def test_impossible_shapes_do_not_pass(channel: MapChannel, heard: list[object], geometry: str) -> None:
    channel.shapeDrawn(geometry)
    assert heard == []


def test_impossible_tools_do_not_pass(channel: MapChannel, heard: list[object]) -> None:
    channel.toolWanted("circle")
    assert heard == []


@pytest.mark.parametrize("project_id", ["", "x" * 201])
def test_impossible_ids_do_not_pass(channel: MapChannel, heard: list[object], project_id: str) -> None:
    channel.projectClicked(project_id)
    assert heard == []


@pytest.mark.parametrize(
    ("scheme", "hidden"), [("", []), ("colour", []), ("status", [7]), ("status", ["x" * 201]), ("status", ["x"] * 1001)]
)
def test_impossible_colours_do_not_pass(
    channel: MapChannel, heard: list[object], scheme: str, hidden: list[object]
) -> None:
    channel.colouringChanged(scheme, hidden, True)
    assert heard == []


@pytest.mark.parametrize(
    ("mode", "measure", "topic", "year"),
    [
        ("", "count", "", 0),
        ("districts", "colour", "", 0),
        ("districts", "count", "13", 0),
        ("districts", "count", "goal:", 0),
        ("districts", "count", "theme:kompost", 0),
        ("districts", "count", "goal:" + "x" * 100, 0),
        ("districts", "count", "", 1),
        ("districts", "count", "", 2200),
    ],
)
def test_impossible_views_do_not_pass(  # noqa: PLR0917  # as the page calls it
    channel: MapChannel, heard: list[object], mode: str, measure: str, topic: str, year: int
) -> None:
    channel.thematicChanged(mode, measure, topic, year, False, 1)
    assert heard == []


@pytest.mark.parametrize("code", ["", "x" * 201])
def test_impossible_districts_do_not_pass(channel: MapChannel, heard: list[object], code: str) -> None:
    channel.districtClicked(code)
    assert heard == []
