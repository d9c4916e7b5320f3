"""One HTML document to PDF by WebEngine.

A job starts at once, never blocks and ends in exactly one of ``done``, ``failed`` or - after ``cancel`` - neither. It
needs the main thread.
"""

from PySide6.QtCore import QByteArray, QMarginsF, QObject, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWebEngineCore import QWebEnginePage

from izsa_desktop.domain.errors import NoRenderer
from izsa_desktop.maps.look import DRAWN, Paper
from izsa_desktop.ui.printing.document import ADDRESS, DocumentPage, DocumentProfile

_LAYOUT = QPageLayout(
    QPageSize(QPageSize.PageSizeId.A4),
    QPageLayout.Orientation.Portrait,
    QMarginsF(14, 12, 14, 14),
    QPageLayout.Unit.Millimeter,
)
"""The margins must be given here too: with none, Chromium takes the style sheet's for zero and drops page numbers."""


_DRAWN_WITHIN_MS = 60_000
"""A drawing that takes longer will not come any more."""
_GRACE_MS = 300
"""After its renderer has died Chromium still does something with a page; taking it away at once ends the program."""


def _sheet_of(paper: Paper) -> QPageLayout:
    """One sheet; its margins are in the drawing."""
    size = {"A4": QPageSize.PageSizeId.A4, "A3": QPageSize.PageSizeId.A3}[paper.size]
    lies = QPageLayout.Orientation.Landscape if paper.landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(size), lies, QMarginsF(0, 0, 0, 0))


class PrintJob(QObject):
    """One document on its way to PDF: a text on A4 or, with ``paper``, a map drawn on one sheet of it."""

    done = Signal(bytes)
    """The PDF."""
    failed = Signal(NoRenderer)

    def __init__(self, html: str, parent: QObject | None = None, *, paper: Paper | None = None) -> None:
        super().__init__(parent)
        profile = DocumentProfile(html, draws=paper is not None)
        self._page = DocumentPage(profile, self, draws=paper is not None)
        profile.setParent(self)  # after the page: children go in the order in which they came
        self._running = True
        self._paper = paper
        if paper is not None:
            self._page.titleChanged.connect(self._titled)
            QTimer.singleShot(_DRAWN_WITHIN_MS, self, self._too_late)
        self._page.loadFinished.connect(self._loaded)
        self._page.renderProcessTerminated.connect(self._crashed)
        self._page.open(ADDRESS)

    @property
    def running(self) -> bool:
        """True until the job has ended in any way."""
        return self._running

    def cancel(self) -> None:
        """Forget the document. Nothing is reported afterwards; a second call does nothing."""
        if self._running:
            self._close()

    def _loaded(self, ok: bool) -> None:
        if not self._running:
            return
        if not ok:
            self._fail("the page could not be loaded")
        elif self._paper is None:
            self._page.printToPdf(self._printed, _LAYOUT)

    def _titled(self, title: str) -> None:
        if self._running and self._paper is not None and title == DRAWN:
            self._page.printToPdf(self._printed, _sheet_of(self._paper))

    def _too_late(self) -> None:
        if self._running:
            self._fail("the map was not drawn in time")

    def _printed(self, pdf: QByteArray) -> None:
        if not self._running:
            return
        if pdf.isEmpty():
            self._fail("printing gave no pages")
            return
        self._close()
        self.done.emit(pdf.data())

    def _crashed(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        if self._running:
            self._fail(f"the renderer ended ({status.name}, {code})", _GRACE_MS)

    def _fail(self, problem: str, grace_ms: int = 0) -> None:
        self._close(grace_ms)
        self.failed.emit(NoRenderer(problem))

    def _close(self, grace_ms: int = 0) -> None:
        """Later, because the page may be on the call stack."""
        self._running = False
        QTimer.singleShot(grace_ms, self, self.deleteLater)
