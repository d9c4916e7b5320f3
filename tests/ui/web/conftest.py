"""A real map page in a real web engine, and a way to ask it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop import reference
from izsa_desktop.domain.project import Location
from izsa_desktop.i18n import Translator
from izsa_desktop.maps.layers import MapData
from izsa_desktop.ui.web.map_view import MapView
from tests.ui.web.sample import POINTS, TITLES, Ask, Click, map_data, project


@pytest.fixture
def three() -> MapData:
    """Three projects far from each other."""
    return map_data(*(project(n, t, Location(*at)) for n, (t, at) in enumerate(zip(TITLES, POINTS, strict=True), 1)))


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[MapView]:
    """A map view that is shown and ready."""
    made = MapView(reference.load(), Translator("tr"))
    made.resize(900, 700)
    with qtbot.waitSignal(made.page_ready, timeout=20_000):
        made.show()
    yield made
    shiboken6.delete(made)


@pytest.fixture
def ask(view: MapView, qtbot: QtBot) -> Ask:
    """Evaluate an expression in the page, which may be a promise, after it has done all it was told."""

    def ask(expression: str) -> Any:
        answers: list[str] = []
        assert view.page is not None
        told: list[bool] = []
        view.when_drawn(lambda: told.append(True))  # a script may overtake the messages that were sent before it
        qtbot.waitUntil(lambda: bool(told), timeout=30_000)
        run = view.page.page().runJavaScript
        run(
            "window.test_answer = undefined;"
            "izsa.whenIdle().then(() => new Promise((go) => requestAnimationFrame(go)))"
            f".then(() => ({expression}))"
            ".then((value) => { window.test_answer = JSON.stringify({ value }); },"
            " (error) => { window.test_answer = JSON.stringify({ error: String(error) }); });"
        )

        def answered() -> bool:
            run("window.test_answer || ''", 0, answers.append)
            return any(answers)

        qtbot.waitUntil(answered, timeout=30_000)
        answer = json.loads(next(filter(None, answers)))
        assert "error" not in answer, answer
        return answer.get("value")

    return ask


@pytest.fixture
def click(view: MapView) -> Click:
    """Press and release the left mouse button at a point of the page."""

    def click(x: float, y: float) -> None:
        at = QPoint(round(x), round(y))
        QTest.mouseMove(_mouse_target(view), at)
        QTest.mouseClick(_mouse_target(view), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    return click


@pytest.fixture
def hover(view: MapView) -> Click:
    """Move the mouse to a point of the page."""

    def hover(x: float, y: float) -> None:
        QTest.mouseMove(_mouse_target(view), QPoint(round(x) - 3, round(y)))
        QTest.mouseMove(_mouse_target(view), QPoint(round(x), round(y)))

    return hover


def _mouse_target(view: MapView) -> QWidget:
    """The widget of the web engine that takes the mouse."""
    assert view.page is not None
    target = view.page.focusProxy()
    assert target is not None
    return target
