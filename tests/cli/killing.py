"""``izsa`` in processes that can be killed at any moment, forked from a server that has imported everything already."""

import multiprocessing
import os
import select
import sys
import time
from collections.abc import Iterable, Sequence
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from izsa_desktop.app import OffscreenPictures
from izsa_desktop.cli import main

_context = multiprocessing.get_context("forkserver")


def start_server() -> None:
    """Starts the server with the program imported, so that a fork of it is busy with its work from the beginning."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        _context.set_forkserver_preload([__name__])
        forkserver.ensure_running()


def _run(argv: Sequence[str], lines: Connection, ids: Connection) -> None:
    sys.stdin = open(lines.fileno(), closefd=False, encoding="utf-8")  # noqa: SIM115
    sys.stdout = open(ids.fileno(), "w", closefd=False, encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stdout
    sys.exit(main(argv, OffscreenPictures()))


class Killable:
    """One run of ``izsa``, with its input and output in our hands."""

    def __init__(self, *argv: object) -> None:
        stdin, self._stdin = _context.Pipe(duplex=False)
        self._stdout, stdout = _context.Pipe(duplex=False)
        self._process = _context.Process(target=_run, args=([str(a) for a in argv], stdin, stdout))
        self._process.start()
        self.started = time.monotonic()
        stdin.close()
        stdout.close()
        self._out = b""

    def feed(self, bursts: Iterable[bytes], seconds: float) -> None:
        """Hands over burst after burst, each when the run has answered the one before, until the time is over."""
        for burst in bursts:
            os.write(self._stdin.fileno(), burst)
            wanted = self._out.count(b"\n") + burst.count(b"\n")
            while self._out.count(b"\n") < wanted:
                left = self.started + seconds - time.monotonic()
                if left <= 0 or not select.select([self._stdout.fileno()], [], [], left)[0]:
                    return
                if not (data := os.read(self._stdout.fileno(), 65536)):
                    return
                self._out += data

    def kill_after(self, seconds: float) -> bool:
        """Kills the run when the time is over; True when it had not ended by itself."""
        self._process.join(max(0.0, self.started + seconds - time.monotonic()))
        self._process.kill()
        self._process.join()
        return self._process.exitcode == -9

    def wait(self) -> int | None:
        """Ends the input, waits for the run's own end and gives its exit code."""
        self._stdin.close()
        self._process.join()
        return self._process.exitcode

    def output(self) -> list[str]:
        """The whole lines that were printed."""
        while data := os.read(self._stdout.fileno(), 65536):
            self._out += data
        self._stdout.close()
        return self._out.decode().split("\n")[:-1]
