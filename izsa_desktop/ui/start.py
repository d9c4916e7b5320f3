"""Opening the window: application, theme, worker, workplace.

The frame stands before anything is read: what takes long to load (database, web engine, pages) is loaded on the worker.
Therefore this module imports at its head only what the frame needs.
"""

import argparse
import logging
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from izsa_desktop import __version__
from izsa_desktop.domain.errors import KnownError
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.ui import error_text
from izsa_desktop.ui.changes import Changes
from izsa_desktop.ui.main_window import MainWindow
from izsa_desktop.ui.notify import Notifier
from izsa_desktop.ui.settings import GEOMETRY, THEME, Settings
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.ui.theme import SYSTEM, Theme
from izsa_desktop.ui.web.scheme import register_scheme
from izsa_desktop.ui.widgets.empty_state import EmptyState
from izsa_desktop.usecases.progress import Progress

if TYPE_CHECKING:
    from izsa_desktop.ui.pages.welcome_page import Answers, WelcomePage
    from izsa_desktop.ui.workspace import Workspace
    from izsa_desktop.usecases.workplace import Workplace

_log = logging.getLogger(__name__)


class Opened:
    """The running window on one folder: first start, workplace, another language, the end."""

    def __init__(self, application: QApplication, folder: Path | None, language: str, look: str | None = None) -> None:
        """``folder`` None: the user's own. ``look`` overrules the remembered theme."""
        self.application = application
        self.folder = folder
        self._look = look
        self.t = Translator(language)
        self.theme = Theme(application, look or SYSTEM)
        self.tasks = Tasks()
        self.window = MainWindow("İZSA")
        self._qt_words = QTranslator(application)
        self.workspace: Workspace | None = None
        self._workplace: Workplace | None = None
        self._usable: list[Callable[[], None]] = []
        self._speak(self.t)

    # --- opening ----------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Opens the workplace, or asks the three questions of the first start."""
        folder = self.folder
        self.tasks.run(
            self.window,
            lambda: _open(folder),
            self._found,
            self._cannot_open,
        )

    def open_demo(self) -> None:
        """Opens the coordinator's workplace of the demo, after making it where it is not there yet."""
        folder, language = self.folder, self.t.language
        self.tasks.watch(
            self.window,
            self.t("tasks.demo"),
            lambda progress: _made_demo(folder, language, progress),
            self._open_in,
            self._cannot_open,
        )

    def when_usable(self, call: Callable[[], None]) -> None:
        """Calls once the window is shown and holds the workplace's projects."""
        self._usable.append(call)

    def close(self) -> None:
        """Ends the worker and lets go of the database."""
        self.window.close()
        self.tasks.close()
        if self._workplace is not None:
            self._workplace.close()
        self.application.removeTranslator(self._qt_words)
        self.window.deleteLater()
        self.theme.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # pages of the web must go before Qt does

    def _found(self, found: "tuple[Path, Workplace | None]") -> None:
        self.folder, workplace = found
        if workplace is None:
            self._welcome()
        else:
            self._show(workplace)

    def _open_in(self, folder: Path) -> None:
        self.folder = folder
        self.open()

    def _tell_usable(self) -> None:
        calls, self._usable = self._usable, []
        for call in calls:
            QTimer.singleShot(0, self.window, call)

    # --- what stands in the window ------------------------------------------------------------------------------------

    def _welcome(self, so_far: "Answers | None" = None) -> None:
        from izsa_desktop import reference
        from izsa_desktop.ui.pages.welcome_page import WelcomePage

        page = WelcomePage(reference.load(), self.t, str(self.folder), so_far)
        page.answered.connect(lambda answers: self._create(page, answers))
        page.language_wanted.connect(self._welcome_in)
        self.window.show_inside(page)
        page.body.setFocus()

    def _welcome_in(self, answers: "Answers") -> None:
        self._speak(Translator(answers.language))
        self._welcome(answers)

    def _create(self, page: "WelcomePage", answers: "Answers") -> None:
        folder = self.folder
        assert folder is not None  # it was looked for before anybody was asked
        self.tasks.run(
            page,
            lambda: _create(folder, answers),
            self._show,
            lambda error: page.refuse(error_text.sentence(self.t, error)),
        )

    def _show(self, opened: "Workplace") -> None:
        from izsa_desktop.ui.desk import Desk
        from izsa_desktop.ui.workspace import Workspace

        self._workplace = opened
        self._speak(Translator(opened.identity.language))
        settings = Settings(opened.folder)
        if self.theme.choice != (self._look or settings.text(THEME)):
            self.theme.choose(self._look or settings.text(THEME))
        notify = Notifier(self.window.toasts, self.t)
        self.tasks.failed = notify.failed
        desk = Desk(opened, self.t, self.tasks, notify, Changes(), settings, self.theme)
        workspace = Workspace(desk)
        workspace.language_wanted.connect(self.change_language)
        workspace.projects.listed.connect(self._tell_usable)
        if self.workspace is None:
            self.window.restoreGeometry(settings.layout(GEOMETRY))
            self.window.closing.connect(lambda: settings.set_layout(GEOMETRY, self.window.saveGeometry()))
        self.workspace, self.window.leave = workspace, workspace.leave
        self.window.setWindowTitle(desk.body_name)  # Qt puts the program's name behind it
        self.window.show_inside(workspace)

    def change_language(self, language: str) -> None:
        """The whole window in another language, after what is typed has been saved."""
        workspace, opened = self.workspace, self._workplace
        if workspace is None or opened is None:
            return
        workspace.leave(lambda: self.tasks.run(self.window, lambda: _in_language(opened, language), self._show))

    def _cannot_open(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            _log.error("the workplace could not be opened", exc_info=error)
        page = EmptyState()
        page.say(
            "circle-alert", self.t("window.cannot_open"), error_text.sentence(self.t, error), self.t("window.retry")
        )
        page.wanted.connect(self.open)
        self.window.show_inside(page)

    def _speak(self, t: Translator) -> None:
        """The language of our words and of Qt's own (file dialogs, context menus)."""
        self.t = t
        locale = QLocale(QLocale.Language.Turkish if t.language == "tr" else QLocale.Language.English)
        QLocale.setDefault(locale)
        self.application.removeTranslator(self._qt_words)
        where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if t.language != "en" and self._qt_words.load(f"qtbase_{t.language}", where):
            self.application.installTranslator(self._qt_words)


def _open(folder: Path | None) -> "tuple[Path, Workplace | None]":
    """No workplace where there is none yet. On the worker; loads the pages' modules besides."""
    from izsa_desktop.usecases import workplace as workplaces

    import_module("izsa_desktop.ui.workspace")
    folder = folder or workplaces.default_folder()
    return folder, workplaces.open_workplace(folder) if workplaces.exists(folder) else None


def _made_demo(folder: Path | None, language: str, progress: Progress) -> Path:
    """The office's folder of the demo, made where it is not there yet."""
    from izsa_desktop.usecases import workplace as workplaces
    from izsa_desktop.usecases.demo import OFFICE_FOLDER, make_demo

    own = workplaces.default_folder()
    folder = folder or own.with_name(f"{own.name}-demo")
    if not workplaces.exists(folder / OFFICE_FOLDER):
        make_demo(folder, language, progress)
    return folder / OFFICE_FOLDER


def _create(folder: Path, answers: "Answers") -> "Workplace":
    from izsa_desktop.usecases import workplace as workplaces

    return workplaces.create_workplace(folder, answers.body, answers.person, answers.language)


def _in_language(opened: "Workplace", language: str) -> "Workplace":
    from izsa_desktop.usecases import workplace as workplaces

    return workplaces.change_language(opened, language)


def application() -> QApplication:
    """The application, made ready for the web engine where that is there."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    register_scheme()
    made = QApplication(["izsa-desktop"])
    made.setApplicationName("izsa-desktop")
    made.setApplicationDisplayName("İZSA")
    made.setApplicationVersion(__version__)
    made.setDesktopFileName("izsa-desktop")
    return made


def open_window(folder: Path, language: str = "tr", look: str | None = None) -> Opened:
    """Shows the window on a folder and returns at once; its content follows."""
    opened = Opened(application(), folder, language, look)
    opened.window.show()
    opened.open()
    return opened


def main(argv: Sequence[str]) -> int:
    """``izsa-desktop``: opens the window and stays until it is closed; the exit code."""
    parser = argparse.ArgumentParser(prog="izsa-desktop")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the workplace folder")
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help="the language of the first start")
    parser.add_argument("--demo", action="store_true", help="show the collected projects as the coordinator")
    wanted = parser.parse_args(argv)
    opened = Opened(application(), wanted.data, wanted.lang)
    opened.window.show()
    if wanted.demo:
        opened.open_demo()
    else:
        opened.open()
    try:
        return opened.application.exec()
    finally:
        opened.close()


def window_picture(workplace: Path, target: Path) -> None:
    """Writes a PNG of the window on a workplace, map included. Needs no screen. Raises what opening raises."""
    from izsa_desktop.ui.picture import picture_of_window

    picture_of_window(workplace, target)
