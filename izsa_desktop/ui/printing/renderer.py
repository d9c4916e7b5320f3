"""HTML to PDF for those who wait: on the command line, without window and screen. Needs the main thread."""

from PySide6.QtCore import QEventLoop

from izsa_desktop.domain.errors import NoRenderer
from izsa_desktop.maps.look import Paper
from izsa_desktop.reports.ports import Work
from izsa_desktop.tagging.book import tag
from izsa_desktop.tagging.marks import mark
from izsa_desktop.ui.printing.job import PrintJob
from izsa_desktop.ui.printing.offscreen import ensure_application
from izsa_desktop.ui.printing.run import PrintRun
from izsa_desktop.ui.tasks import Tasks


class WebEngineRenderer:
    """A ``Printer`` that waits: for the command line. The window uses ``PrintJob`` and ``PrintRun``."""

    def pdf(self, html: str, paper: Paper | None = None, *, tagged: bool = True) -> bytes:
        """The document as PDF, accessible unless ``tagged`` is False; or a map on this paper. Raises NoRenderer."""
        if paper is not None or not tagged:
            return self._printed(html, paper)
        marked = mark(html)
        return tag(self._printed(marked.html), marked)

    def run(self, work: Work) -> None:
        """Prints all of it. Raises NoRenderer, and what ``work`` raises."""
        ensure_application()
        tasks, loop = Tasks(), QEventLoop()
        failures: list[Exception] = []
        run = PrintRun(work, tasks)
        run.failed.connect(failures.append)
        run.destroyed.connect(loop.quit)
        loop.exec()
        tasks.close()
        if failures:
            raise failures[0]

    def _printed(self, html: str, paper: Paper | None = None) -> bytes:
        ensure_application()
        loop = QEventLoop()
        pages: list[bytes] = []
        failures: list[NoRenderer] = []
        job = PrintJob(html, paper=paper)
        job.done.connect(pages.append)
        job.failed.connect(failures.append)
        job.destroyed.connect(loop.quit)
        loop.exec()
        if failures:
            raise failures[0]
        return pages[0]
