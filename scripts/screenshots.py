"""Pictures of every screen, Turkish in light and English in dark, from a demonstration made on the spot.

    python scripts/screenshots.py FOLDER

Needs no screen. Nothing waits by the clock: every picture is taken when the worker is idle and the map has drawn.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from izsa_desktop.domain.text import fold
from izsa_desktop.ui.models.project_list_model import PROJECT, ProjectListModel
from izsa_desktop.ui.pages.receive_page import ReceivePage
from izsa_desktop.ui.pages.send_page import SendPage
from izsa_desktop.ui.picture import HEIGHT, WIDTH, shot, wait_for
from izsa_desktop.ui.printing.offscreen import ensure_application
from izsa_desktop.ui.printing.preview import PreviewDialog
from izsa_desktop.ui.start import Opened
from izsa_desktop.ui.workspace import Workspace
from izsa_desktop.usecases import workplace as workplaces
from izsa_desktop.usecases.demo import BUNDLES_FOLDER, DISTRICTS_FOLDER, OFFICE_FOLDER, make_demo

LOOKS = (("tr", "light"), ("en", "dark"))


class _Paints(QObject):
    """Calls at the second painting: Qt's PDF view asks for a page at the first, and has it at the second."""

    def __init__(self, widget: QWidget, call: Callable[[], None]) -> None:
        super().__init__(widget)
        self._call, self._left = call, 2
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.Paint:
            self._left -= 1
            if self._left == 0:
                self._call()
        return super().eventFilter(watched, event)


def painted(widget: QWidget) -> None:
    """Until the widget has been painted twice."""
    wait_for(lambda call: _Paints(widget, call))


class Camera:
    """Takes the pictures of one language and look."""

    def __init__(self, application: QApplication, target: Path, language: str, look: str) -> None:
        self._application, self._target = application, target
        self.language, self.look = language, look

    def open(self, folder: Path) -> Opened:
        """The window on a folder."""
        opened = Opened(self._application, folder, self.language, self.look)
        opened.window.show()
        opened.open()
        self.settle(opened)
        opened.window.resize(WIDTH, HEIGHT)
        return opened

    @staticmethod
    def settle(opened: Opened) -> None:
        """Until the worker has nothing more to do."""
        if opened.tasks.busy:
            wait_for(opened.tasks.idle.connect)

    def take(self, opened: Opened, name: str) -> None:
        """The whole window."""
        self.settle(opened)
        shot(opened, self._file(name))

    def take_dialog(self, opened: Opened, name: str) -> None:
        """The dialog over the window."""
        self.settle(opened)
        dialog = opened.window.findChild(QDialog)
        assert dialog is not None
        if isinstance(dialog, PreviewDialog) and not dialog.view.pages.pageCount():
            wait_for(dialog.view.pages.pageCountChanged.connect)
            painted(dialog.view.viewport())
        dialog.grab().save(str(self._file(name)))
        dialog.close()

    def _file(self, name: str) -> Path:
        return self._target / f"{name}-{self.language}-{self.look}.png"


def inside(opened: Opened) -> Workspace:
    """What stands in the window once the workplace is open."""
    assert opened.workspace is not None
    return opened.workspace


def first_start(camera: Camera, folder: Path) -> None:
    opened = camera.open(folder / f"new-{camera.language}")
    camera.take(opened, "welcome")
    opened.close()


def empty_workplace(camera: Camera, folder: Path) -> None:
    home = folder / f"empty-{camera.language}"
    workplaces.create_workplace(home, "TUR035012", "Deniz Kaya", camera.language).close()
    opened = camera.open(home)
    camera.take(opened, "empty")
    inside(opened).projects.new()
    camera.take(opened, "new-project")
    opened.close()


def office(camera: Camera, demo: Path) -> None:
    opened = camera.open(demo / OFFICE_FOLDER)
    page = inside(opened).projects
    camera.take(opened, "office")
    choose(page.list.model, "Bahçe", page.open)
    camera.take(opened, "office-reads-district")
    page.list.search.setText("bisiklet")
    wait_for(page.list.search.sought.connect)
    camera.take(opened, "office-search")
    page.list.search.setText("hiçbir yerde olmayan")
    wait_for(page.list.search.sought.connect)
    camera.take(opened, "none-found")
    page.list.clear_filters()
    page.close_project()
    camera.settle(opened)
    receive(camera, opened, demo)
    inside(opened).go_to(2)
    camera.take(opened, "settings")
    opened.close()


def receive(camera: Camera, opened: Opened, demo: Path) -> None:
    """A new bundle, one that is here already, one that was changed on the way, and a request."""
    page = inside(opened).exchange
    assert isinstance(page, ReceivePage)
    inside(opened).go_to(1)
    camera.take(opened, "receive")
    known = sorted((demo / BUNDLES_FOLDER).glob("*.izsa"))[0]
    changed = demo / "35-07_changed_0002.izsa"
    data = bytearray(known.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(bytes(data))
    page.receive([next(demo.glob("35-07_*_0002-new.izsa")), known, changed])
    camera.take(opened, "receive-preview")
    page.receive([next((demo / DISTRICTS_FOLDER).glob("*/*.enrol"))])
    camera.take_dialog(opened, "accept-computer")


def district(camera: Camera, demo: Path) -> None:
    opened = camera.open(demo / DISTRICTS_FOLDER / "35-07")
    page = inside(opened).projects
    opened.change_language(camera.language)
    camera.settle(opened)
    page = inside(opened).projects
    page.open(page.list.model.index(0).data(0x0100).id)
    camera.take(opened, "district")
    page.editor.form.ensureWidgetVisible(page.editor.form.rows["goals"], 0, 300)
    camera.take(opened, "district-goals")
    page.editor.form.go_to("location")
    page.editor.form.location.pick.setChecked(True)
    page.map.place_picked.emit(38.62, 27.05)
    camera.take(opened, "district-picking")
    page.editor.form.location.pick.setChecked(False)
    page.editor.form.field("unit").setFocus()
    page.editor.save()
    camera.take(opened, "district-saved")
    shown = page.editor.project_id
    assert shown is not None
    page.show_history(shown)
    camera.take_dialog(opened, "history")
    page.print_sheet(shown)
    camera.take_dialog(opened, "sheet")
    send = inside(opened).exchange
    assert isinstance(send, SendPage)
    inside(opened).go_to(1)
    camera.take(opened, "send")
    send.write_request(demo / "35-07.enrol")
    name = send.name.text().replace(".izsa", "-new.izsa")
    send.write_bundle(demo / name)
    camera.take(opened, "send-done")
    opened.close()


def choose(model: ProjectListModel, beginning: str, open_: Callable[[str], None]) -> None:
    """Opens the first project whose title begins like this."""
    for row in range(model.rowCount()):
        project = model.index(row).data(PROJECT)
        if fold(project.fields.title).startswith(fold(beginning)):
            open_(project.id)
            return
    raise LookupError(beginning)


def main() -> None:
    """Makes the demonstration and takes all pictures."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    application = ensure_application()
    for language, look in LOOKS:
        with tempfile.TemporaryDirectory() as folder:
            demo = Path(folder) / "demo"
            make_demo(demo, language)
            camera = Camera(application, target, language, look)
            first_start(camera, Path(folder))
            empty_workplace(camera, Path(folder))
            district(camera, demo)
            office(camera, demo)
    print(f"{len(list(target.glob('*.png')))} pictures in {target}")


if __name__ == "__main__":
    main()
