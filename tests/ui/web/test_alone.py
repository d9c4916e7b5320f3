"""The map in a file of its own, opened as a file: nothing is asked for, a click shows the record, texts are texts.

In the program's own engine, and in a Chromium where one is installed.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot

from izsa_desktop import reference
from izsa_desktop.domain.project import Location, Project
from izsa_desktop.domain.text import visible
from izsa_desktop.maps import alone
from izsa_desktop.maps.look import Caption, Look
from izsa_desktop.ui.web.scheme import register_scheme
from tests.ui.web.chromium import Chromium, found
from tests.ui.web.sample import HOSTILE, map_data, project
from tests.ui.web.test_no_network import Counter

HERE = Location(38.46, 27.22)
READY = "window.izsa && window.izsa.ready && document.querySelector('#alone-panel') !== null"
PANEL = "[...document.querySelectorAll('#alone-panel h2, #alone-panel .alone-purpose, #alone-panel dd')]"
ELEMENTS = "document.querySelectorAll('img, iframe, object, embed, a, link, video, form').length"
SAFE = "[typeof window.pwn, ({}).polluted === undefined, izsa.districts]"


def write(path: Path, projects: list[Project], title: str = "Harita") -> Path:
    records = [
        {
            "id": one.id,
            "title": visible(one.fields.title),
            "district": "Bornova",
            "purpose": visible(one.fields.purpose),
            "goals": list(one.fields.goals),
            "placed": one.fields.location is not None,
            "facts": [("Durum", visible(one.fields.purpose))],
        }
        for one in projects
    ]
    data, caption = map_data(*(one for one in projects if one.fields.location)), Caption(title, ("proje",), "bugün")
    html = alone.browser_html(reference.load(), "tr", data, caption=caption, records=records, look=Look())
    path.write_text(html, encoding="utf-8", newline="\n")
    return path


class Requests(QWebEngineUrlRequestInterceptor):
    """Lets everything pass and remembers it."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        self.all.append(info.requestUrl().toString()[:100])


class Page(QWebEnginePage):
    """Remembers what the page complains of."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        self.complaints: list[str] = []

    def javaScriptConsoleMessage(
        self, _level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, _line: int, _source: str
    ) -> None:
        self.complaints.append(message)


class Window:
    """An ordinary web view without any lock of ours: the file has to be safe by itself."""

    def __init__(self, qtbot: QtBot) -> None:
        register_scheme()
        self._qtbot = qtbot
        self.requests = Requests()
        self._profile = QWebEngineProfile()
        self._profile.setUrlRequestInterceptor(self.requests)
        self._view = QWebEngineView()
        self.page = Page(self._profile, self._view)
        self._view.setPage(self.page)
        self._view.resize(1000, 700)

    def open(self, file: Path) -> None:
        self._view.show()
        self._view.load(QUrl.fromLocalFile(str(file)))
        self._qtbot.waitUntil(lambda: bool(self.value(READY)), timeout=20_000)
        self._qtbot.waitUntil(lambda: bool(self.value("izsa.projects > 0")), timeout=30_000)

    def value(self, expression: str) -> Any:
        answers: list[str] = []
        self.page.runJavaScript(
            f"JSON.stringify({{value: {expression}}})", 0, lambda said: answers.append(said or "{}")
        )
        self._qtbot.waitUntil(lambda: bool(answers))
        return json.loads(answers[0]).get("value")

    def click(self, x: float, y: float) -> None:
        target, at = self._view.focusProxy(), QPoint(round(x), round(y))
        assert target is not None
        QTest.mouseMove(target, at)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def wait_for(self, expression: str, value: object) -> None:
        self._qtbot.waitUntil(lambda: bool(self.value(expression) == value), timeout=30_000)

    def close(self) -> None:
        shiboken6.delete(self._view)
        shiboken6.delete(self._profile)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window(qtbot)
    yield made
    made.close()


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[Chromium]:
    program = found()
    if program is None:
        pytest.skip("no Chromium is installed here")
    made = Chromium(program, tmp_path / "profile")
    yield made
    made.close()


def place(window: Window | Chromium, number: int) -> tuple[float, float]:
    """Where the mark of the n-th item stands on the page."""
    x, y = window.value(
        f"[izsa.items[{number}]].map(({{x, y}}) => {{ const r = document.getElementById('map_izsa')"
        ".getBoundingClientRect(); return [x + r.left, y + r.top]; })[0]"
    )
    return x, y


def text_of(window: Window | Chromium) -> list[str]:
    said: list[str] = window.value(f"{PANEL}.map((e) => e.textContent)")
    return said


def opened(window: Window, count: int) -> Callable[[], bool]:
    return lambda: len(text_of(window)) >= count


WELL = project(1, "Çeşme", HERE, purpose="Herkese su", district="TUR035007")


def test_a_click_shows_the_record_and_nothing_is_asked_for(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    file = write(tmp_path / "harita.html", [WELL])
    window.open(file)
    window.click(*place(window, 0))
    qtbot.waitUntil(opened(window, 3))
    assert text_of(window) == ["Çeşme", "Herkese su", "Herkese su"]
    assert window.value("izsa.selected") == WELL.id
    assert {address.partition(":")[0] for address in window.requests.all} <= {"file", "data"}
    assert [address for address in window.requests.all if address.startswith("file:")] == [file.as_uri()]
    window.value("document.querySelector('.alone-close').click()")
    assert window.value("document.getElementById('alone-panel').hidden") is True
    window.wait_for("izsa.selected", "")
    assert window.page.complaints == []


def test_the_list_has_those_without_a_place(window: Window, tmp_path: Path) -> None:
    nowhere = project(2, "Yersiz iş", None, purpose="Amaç")
    window.open(write(tmp_path / "harita.html", [WELL, nowhere]))
    window.value("document.getElementById('alone-all').click()")
    rows = "[...document.querySelectorAll('.alone-list button')]"
    assert window.value(f"{rows}.map((e) => [...e.children].map((part) => part.textContent))") == [
        ["Çeşme", "Bornova"],
        ["Yersiz iş", "Bornova · haritada yeri yok"],
    ]
    window.value(
        "(() => { const find = document.querySelector('#alone-panel input'); find.value = 'YERSİZ';"
        " find.dispatchEvent(new Event('input')); })()"
    )
    assert window.value(f"{rows}.length") == 1
    window.value(f"{rows}[0].click()")
    assert text_of(window) == ["Yersiz iş", "Amaç", "Amaç"]
    assert window.value("document.activeElement.id") == "alone-panel"
    window.value("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))")
    assert window.value("document.getElementById('alone-panel').hidden") is True


def test_hostile_texts_are_texts(window: Window, tmp_path: Path) -> None:
    bad = [project(n, title, HERE, purpose=title, goals=(title,)) for n, title in enumerate(HOSTILE, 1)]
    window.open(write(tmp_path / "harita.html", bad, "</title><script>window.pwn=1</script>"))
    assert window.value("document.title") == "</title><script>window.pwn=1</script>"
    for one in bad:
        window.value("document.getElementById('alone-all').click()")
        number = bad.index(one)
        window.value(f"document.querySelectorAll('.alone-list button')[{number}].click()")
        assert text_of(window)[0] == visible(one.fields.title)
        window.value("document.querySelector('.alone-close').click()")
    assert window.value(ELEMENTS) == 0
    assert window.value(SAFE) == ["undefined", True, 30]


def test_the_file_reaches_nothing(window: Window, tmp_path: Path) -> None:
    """Whatever a script in it would try: no server hears of it, no file is read, no further script runs."""
    counter = Counter()
    window.open(write(tmp_path / "harita.html", [WELL]))
    window.value(
        "(() => { const end = (name) => () => { window[name] = 'failed'; };"
        f" fetch('http://127.0.0.1:{counter.port}/').catch(end('fetched'));"
        " fetch('file:///etc/hostname').catch(end('read'));"
        f" const i = new Image(); i.onerror = end('shown'); i.src = 'http://127.0.0.1:{counter.port}/x.png';"
        " document.body.append(i); const s = document.createElement('script'); s.textContent = 'window.pwn = 1';"
        " document.body.append(s); })()"
    )
    names = "[window.fetched, window.read, window.shown, typeof window.pwn]"
    window.wait_for(names, ["failed", "failed", "failed", "undefined"])
    assert counter.silent()
    counter.close()


def test_in_chromium_without_a_network(chromium: Chromium, tmp_path: Path) -> None:
    bad = project(2, HOSTILE[0], Location(38.22, 27.97), purpose=HOSTILE[2])
    file = write(tmp_path / "harita.html", [WELL, bad])
    chromium.open(file.as_uri(), f"{READY} && izsa.projects === 2")
    ids = chromium.value("izsa.items.map(({ id }) => id)")
    for one in (WELL, bad):
        chromium.click(*place(chromium, ids.index(one.id)))
        chromium.value(
            f"new Promise((go) => {{ const look = () => {PANEL}.length >= 3 ? go(1) : setTimeout(look, 20); look(); }})"
        )
        assert text_of(chromium) == [one.fields.title, one.fields.purpose, one.fields.purpose]
        chromium.value("document.querySelector('.alone-close').click()")
    assert chromium.value(ELEMENTS) == 0
    assert chromium.value(SAFE) == ["undefined", True, 30]
    assert [address for address in chromium.requested if not address.startswith("data:")] == [file.as_uri()]
