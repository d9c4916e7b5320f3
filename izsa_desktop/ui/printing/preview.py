"""The window in which a document is looked at, printed and saved. It takes HTML and gives nothing back."""

from collections.abc import Callable
from pathlib import Path
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
from izsa_desktop.tagging.marks import Marked, mark
from izsa_desktop.tagging.tagger import tag
from izsa_desktop.ui import error_text, icons
from izsa_desktop.ui.printing.page_stack import PageStack
from izsa_desktop.ui.printing.page_view import PageControls
from izsa_desktop.ui.printing.paper import PaperJob, new_printer
from izsa_desktop.ui.printing.renderer import PrintJob
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.ui.widgets.text import ElidedLabel
from izsa_desktop.usecases.files import write_atomic

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
        self._pdf = b""
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
        self._lay_out(side)
        self._ready(False)
        self._job: PrintJob | None = None
        self._given_up = Event()
        self._far = ("", 0, 0)
        """What is being done, how much of it and of how much; workers write it, the window looks now and then."""
        self._watch = QTimer(self, interval=_LOOK_MS)
        self._watch.timeout.connect(self._say_how_far)
        if html is not None:
            self.show_document(html)

    def show_document(self, html: str) -> None:
        """Shows this document instead; what was under way ends."""
        given_up = self._begin()
        self._tasks.run(
            self, lambda: mark(html), lambda marked: self._print_marked(marked, given_up), self._show_failure
        )

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
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _step(self, what: str, given_up: Event) -> Callable[[int, int], None]:
        """How far this is; on a worker."""

        def step(done: int, total: int, /) -> None:
            if given_up.is_set():
                raise Cancelled
            self._far = (what, done, total)

        return step

    def _print_marked(self, marked: Marked, given_up: Event) -> None:
        if not given_up.is_set():
            self._print_html(marked.html, lambda pdf: self._tag(pdf, marked, given_up))

    def _print_html(self, html: str, then: Callable[[bytes], None]) -> None:
        self._far = ("pages", 0, 0)
        self._job = PrintJob(html, self)
        self._job.done.connect(then)
        self._job.failed.connect(self._show_failure)

    def _tag(self, pdf: bytes, marked: Marked, given_up: Event) -> None:
        self._job = None
        step = self._step("tagging", given_up)
        self._tasks.run(
            self,
            lambda: tag(pdf, marked, step),
            lambda tagged: self._show(tagged, given_up),
            self._show_failure,
        )

    def _say_how_far(self) -> None:
        what, done, total = self._far
        if total:
            self._say(self._t(f"preview_step.{what}_of", done=done, total=total))
        else:
            self._say(self._t(f"preview_step.{what}"))

    def _show(self, pdf: bytes, given_up: Event) -> None:
        if given_up.is_set():
            return
        self._give_up()
        self._pdf = pdf
        self._stack.open(pdf)
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
        foot.addWidget(self._said, 1)
        foot.addWidget(self.stop_button)
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
