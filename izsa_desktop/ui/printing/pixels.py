"""The first page of a PDF as pixels: in the window by a thread of Qt's own, since it takes a while."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfPageRenderer

from izsa_desktop.maps.look import DPI, Paper
from izsa_desktop.maps.png import Pixels


class PagePixels(QObject):
    """Draws a page that was printed on this paper and hands the pixels to ``done``, unless it is deleted before."""

    def __init__(self, pdf: bytes, paper: Paper, done: Callable[[Pixels], None], parent: QObject) -> None:
        super().__init__(parent)
        self._done = done
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.setDocument(_opened(pdf, self))
        self._renderer.pageRendered.connect(self._drawn)
        self._renderer.requestPage(0, QSize(*paper.dots(DPI)))

    def _drawn(
        self, _page: int, _size: QSize, image: QImage, _options: QPdfDocumentRenderOptions, _request: int
    ) -> None:
        self._done(_pixels(image))
        self.deleteLater()


def page_pixels(pdf: bytes, paper: Paper, dpi: int) -> Pixels:
    """The same for whoever has time to wait."""
    holder = QObject()
    image = _opened(pdf, holder).render(0, QSize(*paper.dots(dpi)))
    return _pixels(image)


def _opened(pdf: bytes, owner: QObject) -> QPdfDocument:
    source = QBuffer(owner)
    source.setData(QByteArray(pdf))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(owner)
    document.load(source)
    return document


def _pixels(image: QImage) -> Pixels:
    """The picture on white, as bytes of its own."""
    sheet = QImage(image.size(), QImage.Format.Format_RGB888)
    sheet.fill(QColor("white"))
    painter = QPainter(sheet)
    painter.drawImage(0, 0, image)
    painter.end()
    return Pixels(sheet.width(), sheet.height(), sheet.bytesPerLine(), bytes(sheet.constBits()))
