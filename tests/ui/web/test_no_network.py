"""Nothing leaves: whatever a page's script tries, a server on this machine hears nothing and no file is read."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.ui.web.map_view import MapView
from izsa_desktop.ui.web.profile import LockedPage, LockedProfile
from izsa_desktop.ui.web.scheme import ORIGIN, register_scheme
from izsa_desktop.ui.web.served import ServedFiles
from tests.ui.web.sample import Ask

TRIES = Path(__file__).with_name("tries.js").read_text(encoding="utf-8")


class Counter:
    """A server on this machine that counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._datagrams.bind(("127.0.0.1", self.port))
        self._datagrams.setblocking(False)
        self.hits = 0
        self._open = True
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            connection.close()
            if not self._open:
                return
            self.hits += 1

    def silent(self) -> bool:
        """True when nobody came, by TCP or UDP."""
        try:
            self._datagrams.recv(1)
        except BlockingIOError:
            return self.hits == 0
        return False

    def close(self) -> None:
        self._open = False
        self._datagrams.close()
        socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join()
        self._socket.close()


@pytest.fixture
def counter() -> Iterator[Counter]:
    made = Counter()
    yield made
    made.close()


def tries(counter: Counter, tmp_path: Path) -> str:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n")
    return TRIES.replace("PORT", str(counter.port)).replace("FILE", secret.as_uri())


def test_the_map_page_asks_for_nothing_but_our_scheme(view: MapView, ask: Ask) -> None:
    ask("0")
    assert view.page is not None
    assert view.page.locked_profile.interceptor.refused == []
    assert set(view.page.locked_profile.interceptor.allowed) == {"izsa"}


def test_script_in_the_map_page_reaches_nothing(view: MapView, ask: Ask, counter: Counter, tmp_path: Path) -> None:
    outcomes = ask(tries(counter, tmp_path))
    assert set(outcomes.values()) == {"failed"}
    assert len(outcomes) == 11
    assert ask("[location.href, izsa.districts]") == [f"{ORIGIN}/map/page.html", 30]
    assert counter.silent()


def test_without_a_policy_the_interceptor_alone_holds(qtbot: QtBot, counter: Counter, tmp_path: Path) -> None:
    """The same attempts in a page of the same profile that has no content security policy."""
    register_scheme()
    files = ServedFiles()
    files.put("/bare.html", "<!DOCTYPE html><title>loading</title><body>")
    holder = QWidget()
    profile = LockedProfile(files)
    page = LockedPage(profile, holder)
    profile.setParent(holder)
    with qtbot.waitSignal(page.loadFinished, timeout=30_000) as loaded:
        page.open(f"{ORIGIN}/bare.html")
    assert loaded.args == [True]
    page.runJavaScript(f"({tries(counter, tmp_path)}).then((o) => {{ document.title = JSON.stringify(o); }})")
    qtbot.waitUntil(lambda: page.title().startswith("{"), timeout=15_000)
    assert page.title().count('"failed"') == 11
    assert any(address.startswith("http://127.0.0.1") for address in profile.interceptor.refused)
    assert page.url() == QUrl(f"{ORIGIN}/bare.html")
    assert counter.silent()
    shiboken6.delete(holder)


def test_an_inline_script_does_not_run(ask: Ask) -> None:
    ran = ask(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.pwn = 1';"
        " document.body.append(s); document.body.setAttribute('onclick', 'window.pwn = 2'); document.body.click();"
        " return typeof window.pwn; })()"
    )
    assert ran == "undefined"


def test_eval_does_not_run(ask: Ask) -> None:
    assert ask("(() => { try { return eval('1'); } catch (error) { return error.name; } })()") == "EvalError"
