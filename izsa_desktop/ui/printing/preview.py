"""The window in which a document is looked at, printed and saved. It gives nothing back."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.errors import Cancelled
from izsa_desktop.i18n import Translator
from izsa_desktop.reports.ports import Work
from izsa_desktop.ui import error_text, icons
from izsa_desktop.ui.printing.page_stack import PageStack
from izsa_desktop.ui.printing.page_view import PageControls
from izsa_desktop.ui.printing.paper import PaperJob, new_printer
from izsa_desktop.ui.printing.run import PrintRun
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.ui.widgets.text import ElidedLabel
from izsa_desktop.usecases.files import writing_atomic
from izsa_desktop.usecases.press import Document, printing, whole
from izsa_desktop.usecases.progress import Progress

_LOOK_MS = 250


class PreviewDialog(QDialog):
    """Shows an HTML document as the pages it will be. ``name`` is proposed as the file's name.

    With ``side``, a panel beside the pages, there may be no document at first: see ``show_document``.
    """

    def __init__(
        self,
        html: str | None,
        name: str,
        t: Translator,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        side: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._t, self._tasks, self._name = t, tasks, name
        self._folder = TemporaryDirectory(prefix="izsa-", ignore_cleanup_errors=True)
        """Holds the pages that are shown, which may be more than memory should hold. Nobody else may read it."""
        self._file: Path | None = None
        self._files = 0
        self._paper: PaperJob | None = None
        self.setWindowTitle(t("preview.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, min(1000, self.screen().availableGeometry().height() - 60))
        self._stack = PageStack(t("preview.preparing"), self)
        self.view, self.problem = self._stack.view, self._stack.problem
        self._controls = PageControls(self.view, t, self)
        self._said = ElidedLabel(role="soft")
        self.stop_button = self._button("x", t("preview.stop"), "", self.stop)
        self.save = self._button("file-down", t("preview.save"), "Ctrl+S", self._ask_file)
        self._print = self._button("printer", t("preview.print"), "Ctrl+P", self._ask_printer, primary=True)
        self._close = self._button("", t("preview.close"), "", self.reject)
        self._lay_out(side)
        self._ready(False)
        self._run: PrintRun | None = None
        self._given_up = Event()
        self._far = ("", 0, 0)
        """What is being done, how much of it and of how much; workers write it, the window looks now and then."""
        self._watch = QTimer(self, interval=_LOOK_MS)
        self._watch.timeout.connect(self._say_how_far)
        if html is not None:
            self.show_document(whole(html))

    def show_document(self, document: Document) -> None:
        """Shows this document instead; what was under way ends."""
        step = self._step("pages", self._begin())
        self._far = ("pages", 0, 0)
        self._files += 1
        file = Path(self._folder.name) / f"{self._files}.pdf"
        self._run = PrintRun(_into(file, document, step), self._tasks, self)
        self._run.done.connect(lambda: self._show(file))
        self._run.failed.connect(self._show_failure)

    def save_to(self, file: Path) -> None:
        """Writes the PDF; what came of it is said at the foot."""
        assert self._file is not None
        shown, saved = self._file, self._t("preview.saved", file=str(file))
        self._tasks.run(self, lambda: _copy(shown, file), lambda _none: self._say(saved), self._say_failure)

    def print_on(self, printer: QPrinter) -> None:
        """Prints page by page; the window stays usable."""
        self._paper = PaperJob(self.view.pages, printer, self)
        self._paper.progressed.connect(self._say_progress)
        self._paper.done.connect(lambda: self._printed(self._t("preview.printed")))
        self._paper.failed.connect(lambda: self._printed(self._t("preview.print_failed")))
        self._ready(False)
        self.stop_button.show()
        self._paper.start()

    def stop(self) -> None:
        """Stops whatever is under way."""
        if self._paper is not None:
            self.stop_printing()
        elif self._watch.isActive():
            self._give_up()
            self._stack.fail(self._t("preview.given_up"))

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
        self._give_up()
        self.stop_printing()
        self.view.close_pages()
        self._tasks.run(self, self._folder.cleanup, _nothing)
        super().done(result)

    def _begin(self) -> Event:
        """A new document: what stops it."""
        self._give_up()
        self._given_up = Event()
        self._far = ("preparing", 0, 0)
        self._ready(False)
        self._stack.wait()
        self.stop_button.show()
        self._watch.start()
        return self._given_up

    def _give_up(self) -> None:
        self._given_up.set()
        self._watch.stop()
        self.stop_button.hide()
        self._say("")
        if self._run is not None:
            self._run.cancel()
            self._run = None

    def _step(self, what: str, given_up: Event) -> Callable[[int, int], None]:
        """How far this is; on a worker."""

        def step(done: int, total: int, /) -> None:
            if given_up.is_set():
                raise Cancelled
            self._far = (what, done, total)

        return step

    def _say_how_far(self) -> None:
        what, done, total = self._far
        if total:
            self._say(self._t(f"preview_step.{what}_of", done=done, total=total))
        else:
            self._say(self._t(f"preview_step.{what}"))

    def _show(self, file: Path) -> None:
        self._run = None
        self._give_up()
        self._stack.open(file)
        if self._file is not None:
            self._tasks.run(self, partial(self._file.unlink, missing_ok=True), _nothing)
        self._file = file
        self._ready(True)
        self.view.setFocus()

    def _show_failure(self, error: Exception) -> None:
        self._give_up()
        self._stack.fail(error_text.sentence(self._t, error))

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self._t("preview.save"), self._name, self._t("preview.file_type"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.open()

    def _ask_printer(self) -> None:
        printer = new_printer(self.view.pages.pagePointSize(0))
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
        self.stop_button.hide()
        self._ready(True)
        self._say(said)

    def _say(self, text: str) -> None:
        self._said.show_text(text)

    def _say_failure(self, error: Exception) -> None:
        self._say(error_text.sentence(self._t, error))

    def _ready(self, ready: bool) -> None:
        for part in (self._controls, self.save, self._print):
            part.setEnabled(ready)

    def _button(self, icon: str, text: str, key: str, act: Callable[[], None], *, primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        if icon:
            icons.put(button, icon, "on_accent" if primary else "text")
        if primary:
            button.setProperty("role", "primary")
        button.setShortcut(QKeySequence(key))
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _lay_out(self, side: QWidget | None) -> None:
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.setContentsMargins(16, 10, 16, 10)
        top.setSpacing(8)
        top.addWidget(self._controls)
        top.addStretch(1)
        top.addWidget(self.save)
        top.addWidget(self._print)
        foot.setContentsMargins(16, 6, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self._said, 1)
        foot.addWidget(self.stop_button)
        foot.addWidget(self._close)
        self.stop_button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        if side is not None:
            middle.addWidget(side)
        middle.addWidget(self._stack, 1)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)


def _into(file: Path, document: Document, progress: Progress) -> Work:
    with file.open("wb") as out:
        yield from printing(document, out, progress=progress)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as pages, writing_atomic(target) as file:
        shutil.copyfileobj(pages, file)


def _nothing(_none: object) -> None:
    """Nobody needs to know."""
