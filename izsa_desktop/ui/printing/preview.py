"""The window in which a document is looked at, printed and saved. It takes HTML and gives nothing back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import error_text, icons
from izsa_desktop.ui.printing.page_view import PageControls, PageView
from izsa_desktop.ui.printing.paper import PaperJob, new_printer
from izsa_desktop.ui.printing.renderer import PrintJob
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label
from izsa_desktop.ui.widgets.waiting import waiting
from izsa_desktop.usecases.files import write_atomic


class PreviewDialog(QDialog):
    """Shows an HTML document as the pages it will be. ``name`` is proposed as the file's name."""

    def __init__(self, html: str, name: str, t: Translator, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t, self._tasks, self._name = t, tasks, name
        self._pdf = b""
        self._paper: PaperJob | None = None
        self.setWindowTitle(t("preview.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, min(1000, self.screen().availableGeometry().height() - 60))
        self.view = PageView(self)
        self._waiting, self._problem = waiting(t("preview.preparing")), plain_label(role="soft", wrap=True)
        self._problem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for part in (self._waiting, self.view, self._problem):
            self._stack.addWidget(part)
        self._controls = PageControls(self.view, t, self)
        self._said = ElidedLabel(role="soft")
        self._stop = self._button("x", t("preview.stop"), "", self.stop_printing)
        self._save = self._button("file-down", t("preview.save"), "Ctrl+S", self._ask_file)
        self._print = self._button("printer", t("preview.print"), "Ctrl+P", self._ask_printer, primary=True)
        self._lay_out()
        self._ready(False)
        self._job = PrintJob(html, self)
        self._job.done.connect(self._show)
        self._job.failed.connect(self._show_failure)

    def save_to(self, file: Path) -> None:
        """Writes the PDF; what came of it is said at the foot."""
        pdf, saved = self._pdf, self._t("preview.saved", file=str(file))
        self._tasks.run(self, lambda: write_atomic(file, pdf), lambda _none: self._say(saved), self._say_failure)

    def print_on(self, printer: QPrinter) -> None:
        """Prints page by page; the window stays usable."""
        self._paper = PaperJob(self.view.pages, printer, self)
        self._paper.progressed.connect(self._say_progress)
        self._paper.done.connect(lambda: self._printed(self._t("preview.printed")))
        self._paper.failed.connect(lambda: self._printed(self._t("preview.print_failed")))
        self._ready(False)
        self._stop.show()
        self._paper.start()

    def stop_printing(self) -> None:
        """Stops before the next page."""
        if self._paper is not None:
            self._paper.cancel()
            self._printed(self._t("preview.stopped"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops the printing first, the window next."""
        if event.key() == Qt.Key.Key_Escape and self._paper is not None:
            self.stop_printing()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Closing in any way ends what is still under way."""
        self._job.cancel()
        self.stop_printing()
        super().done(result)

    def _show(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.view.open(pdf)
        self._stack.setCurrentWidget(self.view)
        self._ready(True)
        self.view.setFocus()

    def _show_failure(self, error: Exception) -> None:
        self._problem.setText(error_text.sentence(self._t, error))
        self._stack.setCurrentWidget(self._problem)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self._t("preview.save"), self._name, self._t("preview.file_type"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.open()

    def _ask_printer(self) -> None:
        printer = new_printer()
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.view.pages.pageCount())
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)

    def _say_progress(self, done: int, total: int) -> None:
        self._say(self._t("preview.printing", done=done, total=total))

    def _printed(self, said: str) -> None:
        if self._paper is not None:
            self._paper.deleteLater()
        self._paper = None
        self._stop.hide()
        self._ready(True)
        self._say(said)

    def _say(self, text: str) -> None:
        self._said.show_text(text)

    def _say_failure(self, error: Exception) -> None:
        self._say(error_text.sentence(self._t, error))

    def _ready(self, ready: bool) -> None:
        for part in (self._controls, self._save, self._print):
            part.setEnabled(ready)

    def _button(self, icon: str, text: str, key: str, act: Callable[[], None], *, primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        icons.put(button, icon, "on_accent" if primary else "text")
        if primary:
            button.setProperty("role", "primary")
        button.setShortcut(QKeySequence(key))
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.setContentsMargins(16, 10, 16, 10)
        top.setSpacing(8)
        top.addWidget(self._controls)
        top.addStretch(1)
        top.addWidget(self._save)
        top.addWidget(self._print)
        foot.setContentsMargins(16, 6, 16, 8)
        foot.addWidget(self._said, 1)
        foot.addWidget(self._stop)
        self._stop.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
