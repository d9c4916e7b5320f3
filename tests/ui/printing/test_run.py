"""Parts that are printed side by side: taken in their order, stopped at once, told when they fail."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.errors import NoRenderer
from izsa_desktop.reports.ports import Job, Work
from izsa_desktop.reports.sheet import sheet_html
from izsa_desktop.ui.printing.document import DocumentPage
from izsa_desktop.ui.printing.job import PrintJob
from izsa_desktop.ui.printing.run import AT_ONCE, PrintRun
from izsa_desktop.ui.tasks import Tasks
from tests.reports.samples import REFERENCE, demo_projects


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def work(count: int, take: Callable[[int, bytes], None], closed: list[bool], *, waits: bool = False) -> Work:
    try:
        for n in range(count):
            more = "<p style='break-before: page'>x</p>" * (count - n)  # the first takes longest
            yield Job(f"<p>{n}</p>{more}", partial(take, n))
            if waits:
                yield None
    finally:
        closed.append(True)


@pytest.mark.parametrize("waits", [False, True])
def test_parts_are_taken_in_their_order_off_the_window_thread(qtbot: QtBot, tasks: Tasks, waits: bool) -> None:
    taken: list[tuple[int, bytes, bool]] = []

    def take(n: int, pdf: bytes) -> None:
        taken.append((n, pdf[:5], threading.current_thread() is threading.main_thread()))

    closed: list[bool] = []
    run = PrintRun(work(6, take, closed, waits=waits), tasks)
    at_once: list[int] = []
    watch = QTimer(run, interval=5)
    watch.timeout.connect(lambda: at_once.append(sum(job.running for job in run.findChildren(PrintJob))))
    watch.start()
    with qtbot.waitSignal(run.done):
        pass
    assert taken == [(n, b"%PDF-", False) for n in range(6)]
    assert closed == [True]
    assert max(at_once) == (1 if waits else AT_ONCE)


def test_stopping_ends_the_printing_processes_within_a_second(qtbot: QtBot, tasks: Tasks) -> None:
    def many() -> Work:
        for _ in range(20):
            yield Job(sheet_html(demo_projects(50), REFERENCE, "tr"), lambda _pdf: None)

    run = PrintRun(many(), tasks)
    reports: list[object] = []
    run.done.connect(lambda: reports.append("done"))
    run.failed.connect(reports.append)
    qtbot.waitUntil(lambda: len(run.findChildren(DocumentPage)) == AT_ONCE)
    qtbot.waitUntil(lambda: all(page.renderProcessPid() for page in run.findChildren(DocumentPage)))
    processes = [page.renderProcessPid() for page in run.findChildren(DocumentPage)]
    run.cancel()
    assert not run.running
    qtbot.waitUntil(lambda: not any(map(is_alive, processes)), timeout=1000)
    assert reports == []


def is_alive(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_process_that_dies_ends_the_whole_once(qtbot: QtBot, tasks: Tasks) -> None:
    closed: list[bool] = []
    run = PrintRun(work(9, lambda _n, _pdf: None, closed), tasks)
    failures: list[Exception] = []
    run.failed.connect(failures.append)
    qtbot.waitUntil(lambda: any(page.renderProcessPid() for page in run.findChildren(DocumentPage)))
    with qtbot.waitSignal(run.destroyed):
        for page in run.findChildren(DocumentPage):
            if page.renderProcessPid():
                os.kill(page.renderProcessPid(), signal.SIGKILL)
    assert [type(failure) for failure in failures] == [NoRenderer]
    qtbot.waitUntil(lambda: closed == [True])


def test_what_the_work_raises_is_told(qtbot: QtBot, tasks: Tasks) -> None:
    def refuse(_n: int, _pdf: bytes) -> None:
        raise NoRenderer("none")

    run = PrintRun(work(3, refuse, []), tasks)
    with qtbot.waitSignal(run.failed) as failed:
        pass
    assert isinstance(failed.args[0], NoRenderer)
