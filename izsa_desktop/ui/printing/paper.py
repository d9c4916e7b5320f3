"""PDF pages on a system printer, one page per turn of the event loop, so that the window stays alive and can cancel."""

from PySide6.QtCore import QObject, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

_MAX_DPI = 600
"""Finer pictures of a page take hundreds of megabytes and look the same."""

_A4_POINTS = 843
"""The longer side, rounded up."""


def new_printer(page: QSizeF | None = None) -> QPrinter:
    """A4 portrait, or as a page of this size (in points) lies. Our pages bring their own margins, it adds none.

    What is larger than A4 is asked for as A3: a person may choose A4 all the same, and gets it smaller.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    lies = page is not None and page.width() > page.height()
    large = page is not None and max(page.width(), page.height()) > _A4_POINTS
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3 if large else QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    return printer


class PaperJob(QObject):
    """Prints the pages the printer was asked for (all without a range). Ends in one of ``done``, ``failed``, or neither
    after ``cancel``, which leaves the printer with the pages it has got.
    """

    progressed = Signal(int, int)
    """Pages done, pages in all."""
    done = Signal()
    failed = Signal()
    """The printer cannot be opened or gave up."""

    def __init__(self, document: QPdfDocument, printer: QPrinter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._printer = printer
        first = max(printer.fromPage(), 1)
        last = min(printer.toPage() or document.pageCount(), document.pageCount())
        self._pages = list(range(first - 1, last))
        self._next = 0
        self._painter = QPainter()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        """Begins with the first page."""
        if self._pages and self._painter.begin(self._printer):
            self._timer.start()
        else:
            self.failed.emit()

    def cancel(self) -> None:
        """Stops before the next page."""
        self._timer.stop()
        if self._painter.isActive():
            self._painter.end()

    def _step(self) -> None:
        if self._next and not self._printer.newPage():
            self.cancel()
            self.failed.emit()
            return
        self._draw(self._pages[self._next])
        self._next += 1
        self.progressed.emit(self._next, len(self._pages))
        if self._next == len(self._pages):
            self.cancel()
            self.done.emit()

    def _draw(self, page: int) -> None:
        """The whole page, as large as the paper allows and in its middle."""
        paper = QRectF(self._printer.paperRect(QPrinter.Unit.DevicePixel))
        points = self._document.pagePointSize(page)
        place = QRectF(0, 0, 0, 0)
        place.setSize(points.scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
        image = self._document.render(page, _picture_size(points, place.size()))
        self._painter.drawImage(place, image)


def _picture_size(points: QSizeF, place: QSizeF) -> QSize:
    """The pixels of a page's picture: the printer's own, or fewer where those would be finer than needed."""
    dots = points * (_MAX_DPI / 72)
    return (dots if dots.width() < place.width() else place).toSize()
