"""Asking for file names by the system's own dialogs, and remembering the folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from izsa_desktop.ui.settings import LAST_FOLDER, Settings


def _folder(settings: Settings) -> Path:
    last = Path(settings.text(LAST_FOLDER))
    if settings.text(LAST_FOLDER) and last.is_dir():
        return last
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def ask_save(
    parent: QWidget, settings: Settings, title: str, *, name: str, kind: str, chosen: Callable[[Path], None]
) -> None:
    """Asks where to write ``name``; ``kind`` is a filter such as ``Paket (*.izsa)``."""
    dialog = QFileDialog(parent, title, str(_folder(settings) / name), kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    _open(dialog, settings, lambda paths: chosen(paths[0]))


def ask_open(parent: QWidget, settings: Settings, title: str, kind: str, chosen: Callable[[list[Path]], None]) -> None:
    """Asks for one or several files."""
    dialog = QFileDialog(parent, title, str(_folder(settings)), kind)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    _open(dialog, settings, chosen)


def ask_folder(parent: QWidget, settings: Settings, title: str, chosen: Callable[[Path], None]) -> None:
    """Asks for a folder."""
    dialog = QFileDialog(parent, title, str(_folder(settings)))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, False)  # what lies in it says whether it is the one
    _open(dialog, settings, lambda paths: chosen(paths[0]))


def _open(dialog: QFileDialog, settings: Settings, chosen: Callable[[list[Path]], None]) -> None:
    def accepted() -> None:
        paths = [Path(name) for name in dialog.selectedFiles()]
        if paths:
            settings.set_text(LAST_FOLDER, str(paths[0].parent))
            chosen(paths)

    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(accepted)
    dialog.open()
