"""A real window on a real workplace, and what tests do with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project
from izsa_desktop.ui.pages.editor import Editor
from izsa_desktop.ui.pages.projects_page import ProjectsPage
from izsa_desktop.ui.picture import HEIGHT, WIDTH
from izsa_desktop.ui.start import Opened
from izsa_desktop.ui.workspace import Workspace
from izsa_desktop.usecases import projects
from izsa_desktop.usecases.workplace import Workplace


@dataclass
class Bench:
    """One open window. ``settle`` after everything that goes through the worker."""

    opened: Opened
    qtbot: QtBot

    def settle(self) -> None:
        """Until the worker has nothing more to do."""
        self.qtbot.waitUntil(lambda: not self.opened.tasks.busy)

    @property
    def workspace(self) -> Workspace:
        assert self.opened.workspace is not None
        return self.opened.workspace

    @property
    def page(self) -> ProjectsPage:
        return self.workspace.projects

    @property
    def editor(self) -> Editor:
        return self.page.editor

    @property
    def workplace(self) -> Workplace:
        return self.workspace.desk.workplace

    def stored(self, **wanted: Any) -> list[Project]:
        """What is on disk."""
        return projects.list_projects(self.workplace, ProjectFilter(**wanted))

    def shown_titles(self) -> list[str]:
        """What the list shows."""
        model = self.page.list.model
        return [str(model.index(row).data()) for row in range(model.rowCount())]

    def notices(self) -> list[str]:
        """The notices that stand."""
        return [toast.text.text() for toast in self.opened.window.toasts.shown]

    def open(self, title: str) -> Project:
        """Opens the project with this title as a click in the list does."""
        project = next(p for p in self.stored() if p.fields.title == title)
        self.page.list.view.setCurrentIndex(self.page.list.model.index_of(project.id))
        self.settle()
        return project

    def type_into(self, name: str, value: object) -> None:
        """A person changes a field."""
        field = self.editor.form.field(name)
        field.set_value(value)
        field.edited.emit()


OpenBench = Callable[..., Bench]


@contextmanager
def open_bench(qtbot: QtBot, application: QApplication, folder: Path, language: str, *, show: bool) -> Iterator[Bench]:
    """Opens a window and ends it in good order."""
    opened = Opened(application, folder, language, "light")
    if show:
        opened.window.show()
    opened.window.resize(WIDTH, HEIGHT)  # the screen of a test is smaller than that of an office
    opened.open()
    bench = Bench(opened, qtbot)
    bench.settle()
    yield bench
    opened.window.leave = None  # a test may end with something typed that cannot be stored
    opened.close()


def type_text(widget: QWidget | None, text: str) -> None:
    """Types letters of any alphabet (QTest's own typing ends the process at the first Turkish one)."""
    assert widget is not None
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
