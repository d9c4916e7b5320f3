"""Pages on paper: Qt's own PDF printer takes the part of the machine in the corridor."""

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSizeF, QTimer
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from izsa_desktop.reports import qr
from izsa_desktop.ui.printing.paper import PaperJob, new_printer
from tests.reports.samples import FULL
from tests.ui.printing.conftest import Printed


@pytest.fixture
def owner(qapp: QObject) -> QObject:
    return QObject()


@pytest.fixture
def pages(special: Printed, owner: QObject) -> QPdfDocument:
    document = QPdfDocument(owner)
    buffer = QBuffer(owner)
    buffer.setData(QByteArray(special.pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    made = new_printer()
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "kâğıt.pdf"))
    made.setResolution(200)
    return made


def on_paper(printer: QPrinter) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(Path(printer.outputFileName()).read_bytes())


def test_all_pages_come_out_as_they_were(qtbot: QtBot, pages: QPdfDocument, printer: QPrinter, owner: QObject) -> None:
    job = PaperJob(pages, printer, owner)
    steps: list[tuple[int, int]] = []
    job.progressed.connect(lambda done, total: steps.append((done, total)))
    with qtbot.waitSignal(job.done):
        job.start()
    paper = on_paper(printer)
    count = pages.pageCount()
    assert len(paper) == count
    assert steps == [(n + 1, count) for n in range(count)]
    first = paper[0].render(scale=3).to_pil()
    code = zxingcpp.read_barcode(first)
    assert code is not None
    assert code.text == qr.payload(FULL)
    ink = first.convert("L").point(lambda v: 255 if v < 200 else 0).getbbox()
    assert [round(edge / 3) for edge in ink] == pytest.approx([40, 34, 555, 826], abs=2)


def test_a_range_of_pages(qtbot: QtBot, pages: QPdfDocument, printer: QPrinter, owner: QObject) -> None:
    printer.setFromTo(2, 3)
    job = PaperJob(pages, printer, owner)
    with qtbot.waitSignal(job.done):
        job.start()
    assert len(on_paper(printer)) == 2


def test_a_smaller_sheet_holds_the_whole_page(
    qtbot: QtBot, pages: QPdfDocument, printer: QPrinter, owner: QObject
) -> None:
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setFromTo(1, 1)
    job = PaperJob(pages, printer, owner)
    with qtbot.waitSignal(job.done):
        job.start()
    page = on_paper(printer)[0]
    assert (round(page.get_width()), round(page.get_height())) == (595, 420)
    ink = page.render(scale=3).to_pil().convert("L").point(lambda v: 255 if v < 200 else 0).getbbox()
    left, top, right, bottom = (edge / 3 for edge in ink)
    assert left > 140
    assert right < 455
    assert top > 10
    assert bottom < 420


def test_cancel_stops_before_the_next_page(
    qtbot: QtBot, pages: QPdfDocument, printer: QPrinter, owner: QObject
) -> None:
    job = PaperJob(pages, printer, owner)
    ended: list[bool] = []
    job.done.connect(lambda: ended.append(True))
    job.progressed.connect(lambda *_: job.cancel())
    with qtbot.waitSignal(job.progressed):
        job.start()
    timer = job.findChild(QTimer)
    assert timer is not None
    assert not timer.isActive()
    assert ended == []
    assert len(on_paper(printer)) == 1


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_cannot_be_opened(qtbot: QtBot, pages: QPdfDocument, printer: QPrinter, owner: QObject) -> None:
    printer.setOutputFileName("/there/is/no/such/folder/x.pdf")
    job = PaperJob(pages, printer, owner)
    with qtbot.waitSignal(job.failed):
        job.start()


@pytest.mark.parametrize(
    ("size", "paper", "lies"),
    [
        (QSizeF(595, 842), QPageSize.PageSizeId.A4, QPageLayout.Orientation.Portrait),
        (QSizeF(841.92, 594.96), QPageSize.PageSizeId.A4, QPageLayout.Orientation.Landscape),
        (QSizeF(1190.5, 841.9), QPageSize.PageSizeId.A3, QPageLayout.Orientation.Landscape),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_the_paper_lies_as_the_page_does(
    size: QSizeF, paper: QPageSize.PageSizeId, lies: QPageLayout.Orientation
) -> None:
    layout = new_printer(size).pageLayout()
    assert (layout.pageSize().id(), layout.orientation()) == (paper, lies)
