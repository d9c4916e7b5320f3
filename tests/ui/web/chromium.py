"""A real Chromium without a window, driven over a pipe: no port, no network, no library."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_ARGUMENTS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--remote-debugging-pipe", "--window-size=1100,760", "--disable-background-networking"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_WIRED = """
import fcntl, os, sys
apart = [fcntl.fcntl(int(one), fcntl.F_DUPFD, 10) for one in sys.argv[1:3]]
for one, number in zip(apart, (3, 4)):
    os.dup2(one, number)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""The browser reads from 3 and writes to 4, whatever our ends of the pipes are."""


def found() -> str | None:
    """The program, where it is installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Chromium:
    """One page. ``requested`` are the addresses that it asked for."""

    def __init__(self, program: str, profile: Path) -> None:
        to_read, self._out = os.pipe()
        self._in, to_write = os.pipe()
        arguments = (program, *_ARGUMENTS, f"--user-data-dir={profile}")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WIRED, str(to_read), str(to_write), *arguments],
            pass_fds=(to_read, to_write),
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._rest = b""
        self._number = 0
        self._session = ""
        self.requested: list[str] = []
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Network.enable")
        self._ask("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)

    def open(self, address: str, ready: str) -> None:
        """Shows a page and waits for an expression to be true in it."""
        self._ask("Page.navigate", url=address)
        wait = f"new Promise((go) => {{ const look = () => ({ready}) ? go(true) : setTimeout(look, 20); look(); }})"
        assert self.value(wait) is True

    def value(self, expression: str) -> Any:
        """What an expression gives in the page."""
        answer = self._ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def click(self, x: float, y: float) -> None:
        """Moves the mouse there and clicks."""
        self._ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def close(self) -> None:
        """Ends the program."""
        self._session = ""
        self._ask("Browser.close")
        self._process.wait(20)
        os.close(self._out)
        os.close(self._in)

    def _ask(self, method: str, **values: Any) -> dict[str, Any]:
        self._number += 1
        question = {"id": self._number, "method": method, "params": values}
        if self._session:
            question["sessionId"] = self._session
        os.write(self._out, json.dumps(question).encode() + b"\0")
        while True:
            said = self._said()
            if said.get("method") == "Network.requestWillBeSent":
                self.requested.append(said["params"]["request"]["url"])
            if said.get("id") == self._number:
                assert "error" not in said, said
                answer: dict[str, Any] = said["result"]
                return answer

    def _said(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._in, 1 << 16)
            assert piece, "the browser has ended"
            self._rest += piece
        text, _, self._rest = self._rest.partition(b"\0")
        said: dict[str, Any] = json.loads(text)
        return said
