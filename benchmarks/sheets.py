"""Project sheets as one PDF: pages a second, memory of all processes together, and how long stopping takes.

The sheets are the demonstration's real projects, repeated; a part is made, printed, made accessible (or not) and
written while the next ones are under way, as the program does it. Seconds are of the wall clock, from the projects to
the file.
Beside it as many pages with a heading and two lines. Memory is what all processes take together (PSS: what they share
counts once), looked at four times a second.

    python benchmarks/sheets.py [sheets ...]
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter, sleep

from PySide6.QtCore import QEventLoop, QTimer

from izsa_desktop.domain.project import Project
from izsa_desktop.reports.sheet import sheet_html
from izsa_desktop.ui.printing.offscreen import ensure_application
from izsa_desktop.ui.printing.renderer import WebEngineRenderer
from izsa_desktop.ui.printing.run import PrintRun
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.usecases.press import SHEETS_A_PART, Document, printing
from tests.reports.samples import REFERENCE, demo_projects

_SIZES = (30, 300, 3_000)
_ARTICLE = re.compile(r"(<article[^>]*>).*?</article>", re.DOTALL)
_PSS = re.compile(r"^Pss:\s+(\d+)", re.MULTILINE)
_STOPPED_AFTER_MS = (400, 900, 1400, 1900, 2400)


def processes() -> set[int]:
    """This process and all that come of it."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue
        state, parent = stat[stat.rindex(")") + 2 :].split()[:2]
        if state != "Z":
            parents[int(folder.name)] = int(parent)
    return {number for number in parents if _is_ours(number, parents)}


def _is_ours(number: int, parents: dict[int, int]) -> bool:
    while number in parents and number != os.getpid():
        number = parents[number]
    return number == os.getpid()


class Memory:
    """Looks at the memory of all processes while it is entered. ``peak``: the most, in MB."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._ended = Event()
        self._thread = Thread(target=self._watch)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.25):
            self.peak = max(self.peak, sum(map(_taken, processes())))


def _taken(process: int) -> float:
    try:
        found = _PSS.search(Path(f"/proc/{process}/smaps_rollup").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def document(projects: list[Project], change: Callable[[str], str] = str) -> Document:
    """These projects' sheets, in parts."""

    def part(at: int) -> str:
        some = projects[at : at + SHEETS_A_PART]
        return change(sheet_html(some, REFERENCE, "tr", title="Künyeler"))

    parts = [partial(part, at) for at in range(0, len(projects), SHEETS_A_PART)]
    return Document(title="Künyeler", language="tr", projects=len(projects), parts=parts)


def simple(html: str) -> str:
    """The same pages with a heading and two lines."""
    return _ARTICLE.sub(r"\1<h1>Proje</h1><p>İki satır,<br>yazı</p></article>", html)


def measured(made: Document, *, tagged: bool) -> tuple[float, float, float]:
    """Seconds, the most memory in MB, and the file's size in KB."""
    with tempfile.TemporaryFile() as out, Memory() as memory:
        begun = perf_counter()
        WebEngineRenderer().run(printing(made, out, tagged=tagged))
        took = perf_counter() - begun
        return took, memory.peak, out.tell() / 1024


def stopped(made: Document, after_ms: int, *, tagged: bool) -> tuple[float, float]:
    """Milliseconds from stopping until the window goes on, and until every process that printed has ended."""
    loop, tasks, before = QEventLoop(), Tasks(), processes()
    with tempfile.TemporaryFile() as out:
        run = PrintRun(printing(made, out, tagged=tagged), tasks)
        taken: list[float] = []

        def stop() -> None:
            printers, begun = processes() - before, perf_counter()
            run.cancel()
            taken.append(perf_counter() - begun)
            look(printers, begun)

        def look(printers: set[int], begun: float) -> None:
            if processes() & printers:
                QTimer.singleShot(5, lambda: look(printers, begun))
            else:
                taken.append(perf_counter() - begun)
                loop.quit()

        QTimer.singleShot(after_ms, stop)
        loop.exec()
        tasks.close()
    return taken[0] * 1000, taken[1] * 1000


def main(sizes: list[int]) -> None:
    ensure_application()
    WebEngineRenderer().pdf("<p>once</p>", tagged=False)
    sheet_html(demo_projects(200), REFERENCE, "tr")  # the maps of all districts are made once
    print("| Sheets | s | pages/s | of a simple page | MB | KB a page | tagged: s | pages/s | MB | KB a page |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        projects = demo_projects(size)
        plain, plain_mb, plain_kb = measured(document(projects), tagged=False)
        sleep(1)
        tagged, tagged_mb, tagged_kb = measured(document(projects), tagged=True)
        sleep(1)
        bare, _mb, _kb = measured(document(projects, simple), tagged=False)
        print(
            f"| {size:,} | {plain:.2f} | {size / plain:.0f} | 1 / {plain / bare:.1f} "
            f"| {plain_mb:.0f} | {plain_kb / size:.1f} "
            f"| {tagged:.2f} | {size / tagged:.0f} | {tagged_mb:.0f} | {tagged_kb / size:.1f} |",
            flush=True,
        )
    projects = demo_projects(3_000)
    for way in (False, True):
        found = [stopped(document(projects), after, tagged=way) for after in _STOPPED_AFTER_MS]
        window, ended = ([one[n] for one in found] for n in (0, 1))
        print(
            f"\nStopping, {'tagged' if way else 'untagged'}: window {median(window):.1f} ms (most {max(window):.1f}), "
            f"processes ended {median(ended):.0f} ms (most {max(ended):.0f})"
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(_SIZES))
