"""A disk without room while a person works at the window: ``python -m tests.faults.full_disk limit|tmpfs FOLDER``.

``limit``: no file may be written beyond its first 8 KiB (``RLIMIT_FSIZE``), which any user may ask of the system for
a process. ``tmpfs``: FOLDER is a small file system of its own and is filled to the last byte. The window must say so,
must call nothing saved that is not, must keep every letter in the form, and must go on when there is room again.
"""

import os
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import bootstrap

os.environ.update(bootstrap.linux_qt_environment(offscreen=True))  # before anything loads Qt

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from izsa_desktop.domain.errors import DiskProblem
from izsa_desktop.ui import start
from izsa_desktop.ui.pages.editor import Editor
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.drafts import drafts
from izsa_desktop.usecases.upkeep import check
from izsa_desktop.usecases.workplace import Workplace
from tests.faults.verbs import WORKPLACE, prepare

LIMIT = 8192
LINES = 250
"""Typed while there is no room: more than what is free within the database can take."""


class Sitting:
    """An open window, used like a person does, from one place to the next."""

    def __init__(self, folder: Path) -> None:
        self.opened = start.Opened(start.application(), folder, "tr", "light")
        self.opened.open()
        self.settle()
        assert self.opened.workspace is not None
        self.editor: Editor = self.opened.workspace.projects.editor
        self.workplace: Workplace = self.opened.workspace.desk.workplace

    def settle(self) -> None:
        """Until everything that was handed to the worker has ended."""
        self.until(lambda: not self.opened.tasks.busy)

    def until(self, fulfilled: Callable[[], bool]) -> None:
        loop = QEventLoop()
        timer = QTimer(interval=5)
        timer.timeout.connect(lambda: loop.exit() if fulfilled() else None)
        timer.start()
        loop.exec()
        timer.stop()

    def type(self, name: str, text: str) -> None:
        """Word by word, then a pause in which the draft is kept, or not."""
        widget = self.editor.form.field(name)
        for word in text.splitlines(keepends=True) or [text]:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, word))
        self.until(lambda: not self.editor.draft_timer.isActive())
        self.settle()

    def save(self) -> None:
        self.editor.save()
        self.settle()

    def notices(self) -> list[str]:
        return [toast.text.text() for toast in self.opened.window.toasts.shown]


@contextmanager
def limited(_folder: Path) -> Iterator[None]:
    """No file may grow beyond its first bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a byte is free on the folder's file system."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        filler.unlink()


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise SystemExit(f"not so: {what}")
    print(what, flush=True)


def try_it(folder: Path, without_room: Callable[[Path], AbstractContextManager[None]]) -> None:
    """The whole story; ends the process at the first thing that is not so."""
    prepare(folder, "save")
    sitting = Sitting(folder / WORKPLACE)
    editor, t = sitting.editor, sitting.opened.t
    sitting.opened.workspace.projects.new()  # type: ignore[union-attr]  # it is open
    sitting.type("title", "Kompost ağı")
    sitting.save()
    stored = projects.get_project(sitting.workplace, editor.project_id or "")
    _require(stored.fields.title == "Kompost ağı" and not editor.dirty, "saved while there was room")
    text = "Ağaç dallarını toprağa çevirmek. " * LINES
    with without_room(folder):
        sitting.type("purpose", text)
        _require(bool(sitting.notices()), "the draft that could not be kept was noticed")
        sitting.opened.window.toasts.clear()
        sitting.save()
        said, expected = " ".join(sitting.notices()), t.error(DiskProblem("?")).partition("?")[0]
        _require(said.startswith(expected), f"the window says: {said}")
        _require(editor.form.field("purpose").value() == text and editor.dirty, "every letter is still in the form")
        now = projects.get_project(sitting.workplace, stored.id)
        _require(now == stored, "what is stored is what was saved")
    sitting.save()
    now = projects.get_project(sitting.workplace, stored.id)
    _require(now.fields.purpose == text.strip() and not editor.dirty, "saved when there was room again")
    sitting.settle()
    _require(drafts(sitting.workplace) == [] and check(sitting.workplace) == [], "the workplace is in good order")
    sitting.opened.close()


def main(argv: Sequence[str]) -> int:
    kind, folder = argv
    try_it(Path(folder), {"limit": limited, "tmpfs": filled}[kind])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
