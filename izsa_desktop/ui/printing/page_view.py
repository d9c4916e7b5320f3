"""Pages of a PDF to look at: page and zoom buttons over Qt's own viewer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QMargins, QPointF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolButton, QWidget

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons, theme
from izsa_desktop.ui.key_names import key_name

_STEP, _SMALLEST, _LARGEST = 1.25, 0.25, 5.0


class PageView(QPdfView):
    """Shows one PDF, at first as wide as the widget."""

    turned = Signal(int)
    """The page now shown, from 1."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        assert app is not None
        self.pages = QPdfDocument(app)
        self.destroyed.connect(self.pages.deleteLater)  # Qt's view crashes when its document goes before or with it
        self._held: QFile | QBuffer | None = None
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setDocumentMargins(QMargins(20, 16, 20, 16))
        self.setPageSpacing(14)
        self.setDocument(self.pages)
        self.pageNavigator().currentPageChanged.connect(lambda page: self.turned.emit(page + 1))

    def open(self, pdf: bytes | Path) -> None:
        """Shows these pages; those of a file are read when they are looked at."""
        self.close_pages()
        self._held = QFile(str(pdf), self.pages) if isinstance(pdf, Path) else QBuffer(self.pages)
        if isinstance(pdf, bytes) and isinstance(self._held, QBuffer):
            self._held.setData(QByteArray(pdf))
        self._held.open(QIODevice.OpenModeFlag.ReadOnly)
        self.pages.load(self._held)
        self.turned.emit(1)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Dark, theme.color("line"))
        self.setPalette(palette)

    def close_pages(self) -> None:
        """Lets go of the file."""
        if self._held is not None:
            self.pages.close()
            self._held.close()
            self._held.deleteLater()
            self._held = None

    def zoom(self, steps: int) -> None:
        """Larger (positive) or smaller."""
        factor = min(max(self._factor() * _STEP**steps, _SMALLEST), _LARGEST)
        self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(factor)

    def fit_width(self) -> None:
        """The page as wide as the widget."""
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def fit_page(self) -> None:
        """The whole page."""
        self.setZoomMode(QPdfView.ZoomMode.FitInView)

    def turn(self, pages: int) -> None:
        """Forward (positive) or back, as far as there are pages."""
        self.go(self.pageNavigator().currentPage() + pages)

    def go(self, page: int) -> None:
        """To a page, from 0; beyond the ends to the first or last."""
        self.pageNavigator().jump(min(max(page, 0), self.pages.pageCount() - 1), QPointF())

    def _factor(self) -> float:
        if self.zoomMode() == QPdfView.ZoomMode.Custom:
            return self.zoomFactor()
        margins, page = self.documentMargins(), self.pages.pagePointSize(0) * (self.logicalDpiX() / 72)
        wide = (self.viewport().width() - margins.left() - margins.right()) / page.width()
        if self.zoomMode() == QPdfView.ZoomMode.FitToWidth:
            return wide
        return min(wide, (self.viewport().height() - margins.top() - margins.bottom()) / page.height())


class PageControls(QWidget):
    """Buttons and keys that turn and zoom a ``PageView``."""

    def __init__(self, view: PageView, t: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._t = view, t
        self._where = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._button("chevron-left", t("preview.back"), lambda: view.turn(-1), "PgUp"))
        row.addWidget(self._where)
        row.addWidget(self._button("chevron-right", t("preview.forward"), lambda: view.turn(1), "PgDown"))
        row.addSpacing(14)
        row.addWidget(self._button("zoom-out", t("preview.smaller"), lambda: view.zoom(-1), "Ctrl+-"))
        row.addWidget(self._button("zoom-in", t("preview.larger"), lambda: view.zoom(1), "Ctrl++"))
        row.addWidget(self._button("move-horizontal", t("preview.fit_width"), view.fit_width, "Ctrl+0"))
        row.addWidget(self._button("file-text", t("preview.fit_page"), view.fit_page, "Ctrl+9"))
        self._key("Home", lambda: view.go(0))
        self._key("End", lambda: view.go(view.pages.pageCount() - 1))
        view.turned.connect(self._say_where)

    def _button(self, icon: str, name: str, act: Callable[[], None], key: str) -> QToolButton:
        button = QToolButton()
        icons.put(button, icon, "soft")
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({key_name(key)})")
        button.clicked.connect(act)
        self._key(key, act)
        return button

    def _key(self, key: str, act: Callable[[], None]) -> None:
        QShortcut(QKeySequence(key), self.window(), context=Qt.ShortcutContext.WindowShortcut).activated.connect(act)

    def _say_where(self, page: int) -> None:
        self._where.setText(self._t("preview.where", page=page, total=self._view.pages.pageCount()))
