"""Project sheets as one PDF: pages a second beside a page with two lines of text, memory, and how long stopping takes.

The sheets are the demonstration's real projects, repeated. Seconds are of the wall clock, from HTML to PDF; "busy" are
seconds of the processor in this process and in those of the web engine, which others on the machine stretch less.

    python benchmarks/sheets.py [sheets ...]
"""

import os
import re
import sys
from pathlib import Path
from time import perf_counter, sleep

from PySide6.QtCore import QEventLoop, QTimer

from izsa_desktop.reports.sheet import sheet_html
from izsa_desktop.tagging.marks import mark
from izsa_desktop.tagging.tagger import tag
from izsa_desktop.ui.printing.offscreen import ensure_application
from izsa_desktop.ui.printing.renderer import PrintJob, WebEngineRenderer
from tests.reports.samples import REFERENCE, demo_projects

_SIZES = (30, 300, 3_000)
_TICKS = os.sysconf("SC_CLK_TCK")
_ARTICLE = re.compile(r"(<article[^>]*>).*?</article>", re.DOTALL)


def processes() -> dict[int, tuple[float, float]]:
    """By process, ours and the web engine's: busy seconds, and the most memory that it ever had, in MB."""
    parents, found = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat, status = (folder / "stat").read_text(), (folder / "status").read_text()
        except OSError:
            continue
        fields = stat[stat.rindex(")") + 2 :].split()
        number = int(folder.name)
        parents[number] = int(fields[1])
        peak = re.search(r"VmHWM:\s+(\d+)", status)
        found[number] = (int(fields[11]) + int(fields[12])) / _TICKS, int(peak[1]) / 1024 if peak else 0.0
    return {number: kept for number, kept in found.items() if _is_ours(number, parents)}


def _is_ours(number: int, parents: dict[int, int]) -> bool:
    while number in parents and number != os.getpid():
        number = parents[number]
    return number == os.getpid()


def printed(html: str) -> tuple[bytes, float, float, float]:
    """The PDF, seconds, busy seconds, and the most memory of the process that draws, in MB."""
    loop, pages = QEventLoop(), list[bytes]()
    before, begun = processes(), perf_counter()
    after: dict[int, tuple[float, float]] = {}
    took = 0.0

    def done(pdf: bytes) -> None:
        nonlocal took
        took = perf_counter() - begun
        after.update(processes())
        pages.append(pdf)

    job = PrintJob(html)
    job.done.connect(done)
    job.destroyed.connect(loop.quit)
    loop.exec()
    busy = sum(seconds - before.get(number, (0.0, 0.0))[0] for number, (seconds, _) in after.items())
    return pages[0], took, busy, max(peak for number, (_, peak) in after.items() if number != os.getpid())


def stopped(html: str) -> float:
    """Seconds from stopping a document that is being printed to the end of its process' work."""
    loop = QEventLoop()
    job = PrintJob(html)
    ended: list[float] = []
    begun: list[float] = []

    def stop() -> None:
        begun.append(perf_counter())
        job.cancel()

    job.destroyed.connect(lambda: ended.append(perf_counter()))
    job.destroyed.connect(loop.quit)
    QTimer.singleShot(900, stop)
    loop.exec()
    return ended[0] - begun[0]


def main(sizes: list[int]) -> None:
    ensure_application()
    WebEngineRenderer().pdf("<p>once</p>", tagged=False)
    sheet_html(demo_projects(200), REFERENCE, "tr")  # the maps of all districts are made once
    print(
        "| Sheets | HTML s | PDF s (busy) | pages/s | of a simple page | tags s | pages/s with tags | KB a page | MB |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        begun = perf_counter()
        html = sheet_html(demo_projects(size), REFERENCE, "tr")
        made = perf_counter() - begun
        simple = _ARTICLE.sub(r"\1<h1>Proje</h1><p>İki satır</p></article>", html)
        _pdf, simple_took, simple_busy, _ = printed(simple)
        pdf, took, busy, peak = printed(html)
        begun = perf_counter()
        marked = mark(html)
        raw, marked_took, _busy, _ = printed(marked.html)
        tag(raw, marked)
        tagged = perf_counter() - begun
        print(
            f"| {size:,} | {made:.2f} | {took:.2f} ({busy:.2f}) | {size / took:.0f} ({size / busy:.0f}) "
            f"| 1 / {took / simple_took:.0f} ({busy / simple_busy:.0f}) "
            f"| {tagged - marked_took:.2f} | {size / tagged:.0f} "
            f"| {len(pdf) / 1024 / size:.1f} | {peak:.0f} |",
            flush=True,
        )
        sleep(1)
    print(f"\nStopping while {sizes[-1]:,} sheets are printed: {stopped(html) * 1000:.0f} ms")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(_SIZES))
