"""Opening the window: application, theme, worker, workplace.

The frame stands before anything is read: the database is loaded and opened on the worker, then the pages here.
Therefore this module imports at its head only what the frame needs.
"""

import argparse
import gc
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from izsa_desktop import __version__
from izsa_desktop.domain.errors import InSyncedFolder, KnownError, OnNetworkDrive, WorkplaceBusy
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.ui import error_text, opening
from izsa_desktop.ui.changes import Changes
from izsa_desktop.ui.doorbell import Doorbell, ring
from izsa_desktop.ui.garbage import Collector
from izsa_desktop.ui.main_window import MainWindow
from izsa_desktop.ui.notify import Notifier
from izsa_desktop.ui.opening import Found, Rescue
from izsa_desktop.ui.pages.trouble_page import TroublePage, WayOut
from izsa_desktop.ui.settings import GEOMETRY, REQUEST_WRITTEN, TEXT_SIZE, THEME, Settings
from izsa_desktop.ui.tasks import Tasks
from izsa_desktop.ui.theme import SYSTEM, Theme
from izsa_desktop.ui.web.scheme import register_scheme
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.usecases.places import default_folder

if TYPE_CHECKING:
    from izsa_desktop.ui.pages.welcome_page import Answers, WelcomePage
    from izsa_desktop.ui.workspace import Workspace
    from izsa_desktop.usecases.holding import Hold
    from izsa_desktop.usecases.renewing import Renewed
    from izsa_desktop.usecases.restoring import Restored
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
        self._collector = Collector()
        self.theme = Theme(application, look or SYSTEM)
        self.tasks = Tasks()
        self.window = MainWindow("İZSA")
        self._qt_words = QTranslator(application)
        self.workspace: Workspace | None = None
        self._workplace: Workplace | None = None
        self._hold: Hold | None = None
        self._doorbell: Doorbell | None = None
        self._usable: list[Callable[[], None]] = []
        self._speak(self.t)

    # --- opening ----------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Opens the workplace, or asks the three questions of the first start."""
        folder = self.folder
        self.tasks.run(
            self.window,
            lambda: self._keep(opening.find(folder)),
            self._found,
            self._cannot_open,
        )

    def open_demo(self) -> None:
        """Opens the coordinator's workplace of the demo, after making it where it is not there yet."""
        folder, language = self.folder, self.t.language
        self.tasks.watch(
            self.window,
            self.t("tasks.demo"),
            lambda progress: opening.made_demo(folder, language, progress),
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
        if self._hold is not None:
            self._hold.release()
        self.application.removeTranslator(self._qt_words)
        self.window.deleteLater()
        self.theme.deleteLater()
        self._collector.stop()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # pages of the web must go before Qt does

    def _keep(self, found: Found) -> Found:
        """On the worker: what is held must be let go even when the window is closed before it hears of it."""
        self._hold, self._workplace = found.hold, found.workplace
        return found

    def _found(self, found: Found) -> None:
        self.folder = found.folder
        if found.hold is not None:
            self._doorbell = Doorbell(found.folder, self.window)
            self._doorbell.rung.connect(self.window.come_forward)
        if found.workplace is None:
            self._welcome()
        else:
            self._show(found.workplace)
        if found.renewed:
            assert self.workspace is not None  # a backup makes a workplace
            self.workspace.desk.notify.good(self.t("store.enrol_again"))
            self._offer_lock()

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
            lambda: self._keep(opening.create(folder, answers)),
            self._found,
            lambda error: page.refuse(error_text.sentence(self.t, error)),
        )

    def _show(self, opened: "Workplace") -> None:
        from izsa_desktop.ui.desk import Desk
        from izsa_desktop.ui.unlocking import Unlocker
        from izsa_desktop.ui.workspace import Workspace

        gc.unfreeze()  # what the caretaker kept belongs to the window's content before this one
        self._workplace = opened
        self._speak(Translator(opened.identity.language))
        settings = Settings(opened.folder)
        if self.theme.choice != (self._look or settings.text(THEME)):
            self.theme.choose(self._look or settings.text(THEME))
        size = settings.text(TEXT_SIZE)
        self.theme.stretch_text(int(size) if size.isdecimal() else 100)
        notify = Notifier(self.window.toasts, self.t)
        self.tasks.failed = notify.failed
        desk = Desk(opened, self.t, self.tasks, notify, Changes(), settings, self.theme)
        self.tasks.locked = Unlocker(desk, self.window).ask
        workspace = Workspace(desk)
        workspace.language_wanted.connect(self.change_language)
        workspace.backup_wanted.connect(self.go_back)
        workspace.renewal_wanted.connect(self.renew_key)
        workspace.projects.listed.connect(self._tell_usable)
        if self.workspace is None:
            self.window.restoreGeometry(settings.layout(GEOMETRY))
            self.window.closing.connect(lambda: settings.set_layout(GEOMETRY, self.window.saveGeometry()))
        self.workspace, self.window.leave = workspace, workspace.leave
        self.window.setWindowTitle(desk.body_name)  # Qt puts the program's name behind it
        self.window.show_inside(workspace if self._hold is not None else _below_read_only_banner(self.t, workspace))

    def change_language(self, language: str) -> None:
        """The whole window in another language, after what is typed has been saved."""
        workspace, opened = self.workspace, self._workplace
        if workspace is None or opened is None:
            return
        place = workspace.place

        def show(opened: "Workplace") -> None:
            self._show(opened)
            if place and self.workspace is not None:
                self.workspace.go_to(place)  # whoever tries out text sizes stays where they are chosen

        workspace.leave(lambda: self.tasks.run(self.window, lambda: opening.in_language(opened, language), show))

    def go_back(self, backup: Path) -> None:
        """The workplace as a backup has it, after what is typed has been saved."""
        workspace, opened, hold = self.workspace, self._workplace, self._hold
        if workspace is None or opened is None:
            return
        words = self.t("store.going_back")
        workspace.leave(
            lambda: self.tasks.watch(
                self.window, words, lambda _progress: opening.go_back(opened, hold, backup), self._gone_back
            )
        )

    def _gone_back(self, outcome: "tuple[Workplace, Restored]") -> None:
        opened, done = outcome
        self._show(opened)
        assert self.workspace is not None  # it is shown now
        said = [self.t("store.went_back", back=done.back, put_away=done.put_away)]
        if done.replaced:
            said = [self.t("store.replaced")]
        if done.aside is not None:
            said.append(self.t("store.aside", file=str(done.aside)))
        if done.enrol_again:
            said.append(self.t("store.enrol_again"))
            self._offer_lock()
        self.workspace.desk.notify.good(" ".join(said))

    def _offer_lock(self) -> None:
        """A new key has no passphrase; whose former one had one is asked for another."""
        opened, workspace = self._workplace, self.workspace
        if opened is None or workspace is None:
            return

        def ask(lost: bool) -> None:
            from izsa_desktop.ui.unlocking import ask_new_passphrase

            if lost:
                why = self.t("key.was_locked")
                ask_new_passphrase(workspace.desk, self.window, lambda: None, locked=False, why=why)

        self.tasks.run(self.window, lambda: opening.lost_its_lock(opened), ask)

    def renew_key(self) -> None:
        """A new key for this PC, after what is typed has been saved; then it is to be enrolled again."""
        workspace, opened, hold = self.workspace, self._workplace, self._hold
        if workspace is None or opened is None:
            return
        words = self.t("key.renewing")
        workspace.leave(
            lambda: self.tasks.watch(
                self.window, words, lambda _progress: opening.with_new_key(opened, hold), self._renewed
            )
        )

    def _renewed(self, done: "Renewed") -> None:
        from izsa_desktop.ui.workspace import EXCHANGE

        self._show(done.workplace)
        assert self.workspace is not None  # it is shown now
        self.workspace.desk.settings.set_text(REQUEST_WRITTEN, "")  # that one was for the former key
        self.workspace.go_to(EXCHANGE)
        if done.workplace.identity.office:
            said = [self.t("key.renewed_office") if done.admitted else self.t("key.renewed_office_enrol")]
        else:
            said = [self.t("key.renewed", count=done.again), self.t("key.enrol_again")]
        if done.unconfirmed:
            folder = str(done.workplace.folder / "bundles" / "out")
            said.append(self.t("key.renewed_sent", count=done.unconfirmed, folder=folder))
        self._offer_lock()
        self.workspace.desk.notify.good(" ".join(said))

    # --- trouble ------------------------------------------------------------------------------------------------------

    def _cannot_open(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            _log.error("the workplace could not be opened", exc_info=error)
        if isinstance(error, WorkplaceBusy) and ring(Path(error.folder)):
            self.window.close()
            return
        folder = self.folder
        self.tasks.run(
            self.window, lambda: opening.rescue(folder, error), lambda found: self._show_trouble(error, found)
        )

    def _show_trouble(self, error: Exception, found: Rescue) -> None:
        from izsa_desktop.ui.desk import local_time

        t, folder = self.t, self.folder
        way = WayOut(t("window.retry"), "", self.open)
        if found.backups:
            explained = t("store.newest_backup", when=local_time(t, found.backups[0].made))
            way = WayOut(
                t("store.restore_newest"),
                explained,
                lambda: self._mend(t("store.going_back"), lambda: opening.restore_newest(folder, found.backups)),
            )
        elif found.own:
            way = WayOut(t("store.use_local"), "", self._open_own)
        elif isinstance(error, OnNetworkDrive | InSyncedFolder) and found.target is not None:
            source, target = Path(error.folder), found.target
            way = WayOut(
                t("store.move_here"),
                t("store.move_text", folder=str(target)),
                lambda: self._mend(t("store.moving"), lambda: opening.move(source, target)),
            )
        self.window.show_inside(TroublePage(t, error, way))

    def _open_own(self) -> None:
        self.folder = None
        self.open()

    def _mend(self, words: str, operation: Callable[[], Found]) -> None:
        self.tasks.watch(self.window, words, lambda _progress: self._keep(operation()), self._found, self._cannot_open)

    def _speak(self, t: Translator) -> None:
        """The language of our words and of Qt's own (file dialogs, context menus)."""
        self.t = t
        locale = QLocale(QLocale.Language.Turkish if t.language == "tr" else QLocale.Language.English)
        QLocale.setDefault(locale)
        self.application.removeTranslator(self._qt_words)
        where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if t.language != "en" and self._qt_words.load(f"qtbase_{t.language}", where):
            self.application.installTranslator(self._qt_words)


def _below_read_only_banner(t: Translator, workspace: "Workspace") -> QWidget:
    frame, banner = QWidget(), Banner()
    banner.say("lock", t("store.read_only", folder=str(workspace.desk.workplace.folder)), "warn")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(banner)
    layout.addWidget(workspace, 1)
    return frame


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
    running = application()
    if not wanted.demo and ring(wanted.data or default_folder()):
        return 0
    opened = Opened(running, wanted.data, wanted.lang)
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
