"""A picture of the window without anybody in front of it: for demonstrations, documents and the README."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

from izsa_desktop.domain.errors import DiskProblem, NoRenderer
from izsa_desktop.ui.printing.offscreen import ensure_application
from izsa_desktop.ui.start import Opened
from izsa_desktop.ui.web.map_view import MapView

TIMEOUT_MS = 60_000
MOST_ROUNDS = 20
WIDTH, HEIGHT = 1366, 768
"""What the offices have."""


def picture_of_window(workplace: Path, target: Path) -> None:
    """Opens the window on a workplace, chooses the first project, and writes a PNG. Raises NoRenderer, DiskProblem."""
    opened = Opened(ensure_application(), workplace, "tr", "light")
    opened.window.show()
    try:
        opened.open()
        wait_for(opened.when_usable)
        opened.window.resize(WIDTH, HEIGHT)
        shot(opened, target)
    finally:
        opened.close()


def shot(opened: Opened, target: Path) -> None:
    """Writes the window as it is once its map has drawn everything. Raises NoRenderer, DiskProblem."""
    workspace = opened.workspace
    if workspace is not None and workspace.pages.currentWidget() is workspace.projects:
        view = workspace.projects.map.view
        if not view.ready:
            wait_for(view.page_ready.connect)
        settle(view)
    opened.application.sendPostedEvents()  # layouts and repaints that are due
    wait_for(lambda call: QTimer.singleShot(0, call))  # rows that came last are laid out by the event loop
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    if not opened.window.grab().save(str(target), "PNG"):
        raise DiskProblem(str(target))


def settle(view: MapView) -> None:
    """Until the map's picture stays the same: what the page has drawn reaches the window some frames later."""
    before = None
    for _round in range(MOST_ROUNDS):
        for _frame in range(4):
            wait_for(view.when_drawn)
        now = view.snapshot()
        if now == before:
            return
        before = now


def wait_for(begin: Callable[[Callable[[], None]], object]) -> None:
    """Lets the window live until what ``begin`` was given is called. Raises NoRenderer when that takes a minute."""
    loop = QEventLoop()
    came: list[bool] = []

    def call() -> None:
        came.append(True)
        loop.quit()

    begin(call)
    late = QTimer(singleShot=True, interval=TIMEOUT_MS)
    late.timeout.connect(loop.quit)
    late.start()
    if not came:
        loop.exec()
    if not came:
        raise NoRenderer("nothing was drawn in time")
