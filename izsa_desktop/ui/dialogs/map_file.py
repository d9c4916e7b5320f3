"""Saving the map: a sheet of paper with what the map shows now, seen beforehand, as PDF or picture; or a web page.

A change draws the sheet anew, a moment after the last one. Nothing of it is done on the GUI thread: the worker reads
and writes, the web engine draws.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.errors import Cancelled
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.i18n import LANGUAGES
from izsa_desktop.maps.look import DPI, SIZES, Look, Paper
from izsa_desktop.maps.png import Pixels, png
from izsa_desktop.ui import error_text, icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.files import ask_save
from izsa_desktop.ui.printing.job import PrintJob
from izsa_desktop.ui.printing.page_stack import PageStack
from izsa_desktop.ui.printing.pixels import PagePixels
from izsa_desktop.ui.tasks import Task
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.mapfiles import MadeMap, MapOrder, default_title, paper_map, write_browser_map, write_map
from izsa_desktop.usecases.progress import Progress

_PAUSE_MS = 350
_LONGEST = 200
_SIDE = 300


class MapFileDialog(QDialog):
    """Takes what the list is filtered by and how the map looks; gives nothing back."""

    def __init__(self, wanted: ProjectFilter, look: Look, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._wanted, self._look = desk, wanted, look
        self._pdf = b""
        self._reading: Task[MadeMap] | None = None
        self._given_up = Event()
        self._job: PrintJob | None = None
        t = desk.t
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("mapfile.title"))
        room = self.screen().availableGeometry()
        self.resize(min(1120, room.width() - 60), min(800, room.height() - 60))
        self.name = QLineEdit(maxLength=_LONGEST)
        self.language = _choice([(t(f"mapfile.language_{code}"), code) for code in LANGUAGES])
        self.language.setCurrentIndex(LANGUAGES.index(t.language))
        self.paper = _choice(
            [
                (f"{size} · {t('mapfile.landscape') if lies else t('mapfile.portrait')}", Paper(size, lies))
                for size in SIZES
                for lies in (True, False)
            ],
        )
        self.save_pdf = self._button("file-down", t("mapfile.save_pdf"), self._ask_pdf, "Ctrl+S")
        self.save_png = self._button("image", t("mapfile.save_png"), self._ask_png)
        self.save_html = self._button("map", t("mapfile.save_html"), self._ask_html)
        self.leave = QPushButton(t("mapfile.close"))
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.reject)
        self.said = plain_label(role="soft", wrap=True)
        self.stack = PageStack(t("mapfile.preparing"), self)
        self.view = self.stack.view
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self._titled = ""
        self._put_title()
        self.name.textChanged.connect(self._changed)
        self.language.currentIndexChanged.connect(self._put_title)
        self.language.currentIndexChanged.connect(self._changed)
        self.paper.currentIndexChanged.connect(self._changed)
        self._ready(False)
        self._read()

    @property
    def order(self) -> MapOrder:
        """What is wanted now."""
        return MapOrder(self._wanted, self.language.currentData(), self.name.text(), self._look)

    def save_to(self, file: Path) -> None:
        """Writes the sheet, as PDF or as a picture, or the web page: the ending says which."""
        match file.suffix.lower():
            case ".png":
                PagePixels(self._pdf, self.paper.currentData(), lambda pixels: self._write_png(pixels, file), self)
            case ".html":
                workplace, order = self._desk.workplace, self.order
                self._write(file, lambda progress: write_browser_map(workplace, order, file, progress))
            case _:
                workplace, pdf = self._desk.workplace, self._pdf
                self._write(file, lambda _progress: write_map(workplace, pdf, file))

    def done(self, result: int) -> None:
        """Closing in any way ends what is still under way."""
        self._stop()
        super().done(result)

    # --- the sheet ----------------------------------------------------------------------------------------------------

    def _put_title(self) -> None:
        """The usual title in the language of the sheet, where nobody has written another."""
        if self.name.text() == self._titled:
            self._titled = default_title(self._desk.workplace, self._wanted, self.language.currentData())
            self.name.setText(self._titled)
            self.name.setCursorPosition(0)

    def _changed(self) -> None:
        self._stop()
        self._ready(False)
        self._pause.start()

    def _stop(self) -> None:
        self._pause.stop()
        if self._reading is not None:
            self._given_up.set()
            self._reading.cancel()
            self._reading = None
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _read(self) -> None:
        workplace, order, paper = self._desk.workplace, self.order, self.paper.currentData()
        given_up = self._given_up = Event()

        def step(_done: int, _total: int, /) -> None:
            if given_up.is_set():
                raise Cancelled

        self._reading = self._desk.tasks.run(
            self,
            lambda: paper_map(workplace, order, paper, step),
            lambda made: self._print(made.html, paper),
            self._fail,
        )

    def _print(self, html: str, paper: Paper) -> None:
        self._reading = None
        self._job = PrintJob(html, self, paper=paper)
        self._job.done.connect(self._show)
        self._job.failed.connect(self._fail)

    def _show(self, pdf: bytes) -> None:
        self._job, self._pdf = None, pdf
        self.stack.open(pdf)
        self.view.fit_page()
        self._ready(True)

    def _fail(self, error: Exception) -> None:
        self._job = None
        self.stack.fail(error_text.sentence(self._desk.t, error))

    def _ready(self, ready: bool) -> None:
        self.save_pdf.setEnabled(ready)
        self.save_png.setEnabled(ready)
        if not ready and not self.stack.has_pages:
            self.stack.wait()

    # --- files --------------------------------------------------------------------------------------------------------

    def _ask_pdf(self) -> None:
        self._ask(".pdf", self._desk.t("mapfile.pdf_files"))

    def _ask_png(self) -> None:
        self._ask(".png", self._desk.t("mapfile.png_files"))

    def _ask_html(self) -> None:
        self._ask(".html", self._desk.t("mapfile.html_files"))

    def _ask(self, suffix: str, kind: str) -> None:
        name = f"{self._desk.t('mapfile.file_name')}-{date.today():%Y-%m-%d}{suffix}"
        ask_save(self, self._desk.settings, self.windowTitle(), name=name, kind=kind, chosen=self.save_to)

    def _write_png(self, pixels: Pixels, file: Path) -> None:
        workplace = self._desk.workplace
        self._write(file, lambda progress: write_map(workplace, png(pixels, DPI, progress), file))

    def _write(self, file: Path, operation: Callable[[Progress], object]) -> None:
        t = self._desk.t
        self._desk.tasks.watch(
            self,
            t("mapfile.saving"),
            operation,
            lambda _done: self.said.setText(t("mapfile.saved", file=file.name)),
            lambda error: self.said.setText(error_text.sentence(t, error)),
        )

    # --- the parts ----------------------------------------------------------------------------------------------------

    def _button(self, icon: str, text: str, act: Callable[[], None], key: str = "") -> QPushButton:
        button = QPushButton(text)
        icons.put(button, icon, "on_accent" if key else "text")
        if key:
            button.setProperty("role", "primary")
            button.setShortcut(QKeySequence(key))
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        t = self._desk.t
        side = QVBoxLayout()
        side.setContentsMargins(18, 16, 18, 16)
        side.setSpacing(6)
        for text, field in (
            (t("mapfile.name"), self.name),
            (t("mapfile.language"), self.language),
            (t("mapfile.paper"), self.paper),
        ):
            label = plain_label(text, role="field")
            label.setBuddy(field)
            field.setAccessibleName(text)
            side.addWidget(label)
            side.addWidget(field)
            side.addSpacing(6)
        side.addWidget(plain_label(t("mapfile.help"), role="soft", wrap=True))
        side.addSpacing(10)
        for button in (self.save_pdf, self.save_png, self.save_html):
            side.addWidget(button)
        side.addWidget(plain_label(t("mapfile.save_html_help"), role="soft", wrap=True))
        side.addStretch(1)
        side.addWidget(self.said)
        side.addWidget(self.leave)
        holder = QFrame()
        holder.setFixedWidth(_SIDE)
        holder.setLayout(side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(holder)
        row.addWidget(self.stack, 1)


def _choice(choices: list[tuple[str, object]]) -> QComboBox:
    box = QComboBox()
    for text, value in choices:
        box.addItem(text, value)
    return box
