"""Drawing in a real page: by mouse and keyboard, step by step back, caught by settlements; what the program is told."""

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop import reference
from izsa_desktop.domain.shape import AREA, LINE, Shape, from_geometry
from izsa_desktop.ui.web.map_view import MapView
from tests.ui.web.sample import Ask, Click

LINE_3 = from_geometry({"type": LINE, "coordinates": [[27.10, 38.44], [27.14, 38.44], [27.18, 38.46]]})
HOLED = from_geometry(
    {
        "type": AREA,
        "coordinates": [
            [[27.10, 38.40], [27.20, 38.40], [27.20, 38.50], [27.10, 38.50], [27.10, 38.40]],
            [[27.13, 38.43], [27.13, 38.47], [27.17, 38.47], [27.13, 38.43]],
        ],
    }
)
VERTICES = "document.querySelectorAll('.izsa-vertex').length"
TOOL = "document.querySelector('.izsa-tools [data-tool={}]')"
HINT = "[...document.querySelectorAll('.izsa-hint')].filter((e) => !e.hidden).map((e) => e.textContent).join()"


@dataclass
class Board:
    """A map on which a person draws, and ``told``: what the page has said of it."""

    view: MapView
    ask: Ask
    click: Click
    qtbot: QtBot
    told: list[Any]

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """A place in pixels of the page."""
        x, y = self.ask(f"(({{x, y}}) => [x, y])(map_izsa.latLngToContainerPoint([{lat}, {lon}]))")
        return x, y

    def set(self, *path: tuple[float, float]) -> None:
        """Clicks one place after the other, each when the one before is there."""
        before = self.vertices
        for n, vertex in enumerate(path, before + 1):
            self.click(*self.at(*vertex))
            self.wait(VERTICES, n)

    @property
    def vertices(self) -> int:
        count: int = self.ask(VERTICES)
        return count

    def wait(self, expression: str, value: object) -> None:
        self.qtbot.waitUntil(lambda: self.ask(expression) == value)

    def wait_told(self, count: int) -> Any:
        """What was said last, once it was said so often."""
        self.qtbot.waitUntil(lambda: len(self.told) >= count)
        assert len(self.told) == count
        return self.told[-1]

    @property
    def target(self) -> QWidget:
        assert self.view.page is not None
        found = self.view.page.focusProxy()
        assert found is not None
        return found

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is: in the page."""
        QTest.keyClick(self.target, key, modifier)

    def undo(self) -> None:
        self.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press at one place, move to another and let go."""
        one, other = (QPoint(round(x), round(y)) for x, y in (self.at(*start), self.at(*end)))
        QTest.mouseMove(self.target, one)
        QTest.mousePress(self.target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, one)
        for n in range(1, 6):
            QTest.mouseMove(self.target, one + (other - one) * n / 5)
        QTest.mouseRelease(self.target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, other)


@pytest.fixture
def board(view: MapView, ask: Ask, click: Click, qtbot: QtBot) -> Board:
    """The city from so far that no settlement catches anything."""
    heard: list[Any] = []
    view.shape_drawn.connect(heard.append)
    ask("map_izsa.setView([38.44, 27.14], 10.5, {animate: false}).getZoom()")
    return Board(view, ask, click, qtbot, heard)


def near(shape: Shape, *path: tuple[float, float]) -> bool:
    """Whether the first path of a shape is this one, within a pixel or two."""
    return len(shape.paths[0]) == len(path) and all(
        abs(x - lon) < 0.004 and abs(y - lat) < 0.004 for (x, y), (lon, lat) in zip(shape.paths[0], path, strict=True)
    )


def test_a_line_is_clicked_and_ended_by_a_second_click_on_its_last_point(board: Board) -> None:
    board.view.start_drawing("line", None)
    assert board.ask("izsa.tool") == "line"
    assert board.ask(HINT).startswith("Hattın başladığı yere tıklayın")
    path = [(27.10, 38.44), (27.14, 38.40), (27.20, 38.46)]
    board.set(*path)
    assert board.told == []
    board.click(*board.at(*path[-1]))
    line = board.wait_told(1)
    assert line.type == LINE
    assert near(line, *path)
    assert board.ask("izsa.selected") == ""


def test_an_area_is_ended_by_enter(board: Board) -> None:
    board.view.start_drawing("area", None)
    path = [(27.10, 38.44), (27.14, 38.40), (27.20, 38.46)]
    board.set(*path[:2])
    board.key(Qt.Key.Key_Return)  # no area yet
    assert board.ask(HINT) == "Alan için en az üç nokta gerekir"
    board.set(path[2])
    board.key(Qt.Key.Key_Return)
    area = board.wait_told(1)
    assert area.type == AREA
    assert near(area, *path, path[0])
    assert board.ask(HINT).startswith("Noktaları sürükleyin")


def test_ctrl_z_takes_points_back_while_drawing(board: Board) -> None:
    board.view.start_drawing("line", None)
    board.set((27.10, 38.44), (27.14, 38.40), (27.20, 38.46))
    for left in (2, 1, 0):
        board.undo()
        board.wait(VERTICES, left)
    board.set((27.12, 38.42))
    assert board.told == []


def test_vertices_are_dragged_and_steps_taken_back(board: Board) -> None:
    board.view.start_drawing("line", LINE_3)
    assert board.vertices == 3
    board.drag((27.14, 38.44), (27.14, 38.40))
    assert near(board.wait_told(1), (27.10, 38.44), (27.14, 38.40), (27.18, 38.46))
    board.ask("map_izsa.getContainer().focus()")
    board.undo()
    assert board.wait_told(2) == LINE_3
    assert board.ask(TOOL.format("undo") + ".getAttribute('aria-disabled')") == "true"


def test_dragging_the_middle_of_a_side_adds_a_vertex(board: Board) -> None:
    board.view.start_drawing("line", LINE_3)
    assert board.ask("document.querySelectorAll('.izsa-middle').length") == 2
    board.drag((27.12, 38.44), (27.12, 38.41))
    assert near(board.wait_told(1), (27.10, 38.44), (27.12, 38.41), (27.14, 38.44), (27.18, 38.46))
    board.undo()
    assert board.wait_told(2) == LINE_3


def test_a_clicked_vertex_is_chosen_and_delete_takes_it_away(board: Board) -> None:
    board.view.start_drawing("line", LINE_3)
    board.click(*board.at(27.14, 38.44))
    board.wait("document.querySelectorAll('.izsa-vertex.chosen').length", 1)
    assert board.told == []
    board.key(Qt.Key.Key_Delete)
    assert near(board.wait_told(1), (27.10, 38.44), (27.18, 38.46))
    board.key(Qt.Key.Key_Delete)  # a line of one point is none
    assert board.wait_told(2) is None
    assert board.ask(HINT).startswith("Hattın başladığı")


def test_everything_goes_by_keyboard(board: Board) -> None:
    board.view.start_drawing("line", None)
    board.wait("document.activeElement === map_izsa.getContainer()", True)
    board.key(Qt.Key.Key_Space)
    board.wait(VERTICES, 1)
    board.ask("map_izsa.panBy([120, 0], {animate: false}).getZoom()")
    board.key(Qt.Key.Key_Space)
    board.wait(VERTICES, 2)
    board.key(Qt.Key.Key_Return)
    before = board.wait_told(1)
    board.ask("document.querySelector('.izsa-vertex').focus()")
    board.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert board.wait_told(2).paths[0][0][1] > before.paths[0][0][1]
    wanted: list[str] = []
    board.view.tool_wanted.connect(wanted.append)
    board.ask("map_izsa.getContainer().focus()")
    board.key(Qt.Key.Key_Escape)
    board.qtbot.waitUntil(lambda: wanted == [""])


def test_a_point_is_set_by_keyboard_too(board: Board) -> None:
    board.view.start_picking(None)
    board.ask("map_izsa.getContainer().focus()")
    assert board.view.page is not None
    board.view.page.setFocus()
    with board.qtbot.waitSignal(board.view.place_picked) as picked:
        board.key(Qt.Key.Key_Space)
    assert picked.args == [pytest.approx(38.44, abs=1e-3), pytest.approx(27.14, abs=1e-3)]


def test_escape_gives_up_only_what_is_being_drawn(board: Board) -> None:
    board.view.start_drawing("area", None)
    board.set((27.10, 38.44), (27.14, 38.40), (27.20, 38.46), (27.18, 38.48))
    board.key(Qt.Key.Key_Escape)
    board.wait(VERTICES, 0)
    assert board.ask("izsa.tool") == "area"
    assert board.told == []


def test_an_area_with_a_hole_stays_one(board: Board) -> None:
    board.view.start_drawing("area", HOLED)
    assert board.vertices == 7
    board.drag((27.20, 38.50), (27.21, 38.51))
    area = board.wait_told(1)
    assert area.paths[1] == HOLED.paths[1]
    assert near(area, (27.10, 38.40), (27.20, 38.40), (27.21, 38.51), (27.10, 38.50), (27.10, 38.40))


def test_the_bar_asks_the_program_for_another_tool(board: Board) -> None:
    view, ask = board.view, board.ask
    view.start_picking(None)
    pressed = "[...document.querySelectorAll('.izsa-tools [aria-pressed=true]')].map((e) => e.textContent)"
    assert ask(pressed) == ["Nokta"]
    for tool in ("line", "area", "done"):
        with board.qtbot.waitSignal(view.tool_wanted) as wanted:
            ask(TOOL.format(tool) + ".click()")
        assert wanted.args == ["" if tool == "done" else tool]
    assert ask("izsa.tool") == "point"  # until the program says otherwise
    view.start_drawing("area", None)
    assert ask("[izsa.tool, izsa.picking, document.querySelectorAll('.izsa-pin').length]") == ["area", False, 0]
    view.stop_editing()
    assert ask("[izsa.tool, document.querySelector('.izsa-tools').hidden]") == ["", True]
    assert board.vertices == 0


def test_done_keeps_a_line_that_was_not_ended(board: Board) -> None:
    board.view.start_drawing("line", None)
    board.set((27.10, 38.44), (27.14, 38.40))
    with board.qtbot.waitSignal(board.view.tool_wanted):
        board.ask(TOOL.format("done") + ".click()")
    assert near(board.wait_told(1), (27.10, 38.44), (27.14, 38.40))


def test_a_settlement_catches_what_is_set_near_it(board: Board) -> None:
    place = next(s for s in reference.load().settlements if s.name == "Ödemiş")
    board.ask(f"map_izsa.setView([{place.lat}, {place.lon}], 13, {{animate: false}}).getZoom()")
    board.view.start_picking(None)
    x, y = board.at(place.lon, place.lat)
    with board.qtbot.waitSignal(board.view.place_picked) as picked:
        board.click(x + 5, y + 4)
    assert picked.args == [pytest.approx(place.lat, abs=1e-6), pytest.approx(place.lon, abs=1e-6)]
    assert board.ask(HINT).startswith("Ödemiş yerleşimine yakalandı")
    with board.qtbot.waitSignal(board.view.place_picked) as picked:
        board.click(x + 60, y + 70)
    assert picked.args != [pytest.approx(place.lat, abs=1e-4), pytest.approx(place.lon, abs=1e-4)]
    board.view.start_drawing("line", None)
    board.ask("map_izsa.getZoom()")
    board.click(x + 5, y + 4)
    board.wait(VERTICES, 1)
    board.click(x + 100, y + 100)
    board.wait(VERTICES, 2)
    board.key(Qt.Key.Key_Return)
    assert board.wait_told(1).paths[0][0] == (round(place.lon, 7), round(place.lat, 7))


def test_the_page_starts_again_with_what_was_being_drawn(board: Board) -> None:
    board.view.start_drawing("line", LINE_3)
    assert board.ask("izsa.tool") == "line"
    with board.qtbot.waitSignal(board.view.page_ready, timeout=20_000):
        board.view.restart_button.click()
    assert board.ask("izsa.tool") == "line"
    assert board.vertices == 3


def test_a_page_on_which_nobody_draws_has_nothing_of_it(ask: Ask) -> None:
    assert ask("[izsa.tool, document.querySelectorAll('.leaflet-overlay-pane path').length]") == ["", 0]
