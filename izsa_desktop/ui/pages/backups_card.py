"""The workplace's own backups: a list, and going back to one of them."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk, local_time
from izsa_desktop.ui.dialogs.files import ask_open
from izsa_desktop.ui.widgets.card import Card, empty, spaced_line
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.backups import Backup, list_backups

SHOWN = 8
"""More are in the folder, and in ``izsa backup --list``."""


class BackupsCard(Card):
    """``wanted`` names the backup to go back to, after a person has confirmed it."""

    wanted = Signal(object)  # Path

    def __init__(self, desk: Desk) -> None:
        t = desk.t
        super().__init__(t("store.backups"), t("store.backups_text"), icon="history")
        self._desk = desk
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.from_file = _button(t("store.from_file"))
        self.from_file.clicked.connect(self._ask_file)
        self.body.addLayout(self._rows)
        self.body.addLayout(spaced_line(self.from_file))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        folder = self._desk.workplace.folder
        self._desk.tasks.run(self, lambda: list_backups(folder), self._show)

    def ask(self, path: Path, meaning: str) -> None:
        """Goes back once a person has read what that means."""
        dialog = GoBackDialog(self._desk.t, meaning, self)
        dialog.accepted.connect(lambda: self.wanted.emit(path))
        dialog.open()

    def _show(self, found: list[Backup]) -> None:
        t = self._desk.t
        empty(self._rows)
        if not found:
            self._rows.addWidget(plain_label(t("store.no_backups"), role="soft"))
        for backup in found[:SHOWN]:
            self._rows.addWidget(self._row(backup))

    def _row(self, backup: Backup) -> QWidget:
        t, when = self._desk.t, local_time(self._desk.t, backup.made)
        button = _button(t("store.go_back"))
        button.setProperty("role", "link")
        words = plain_label(t("store.row", when=when, occasion=occasion(t, backup), size=_size(t, backup.size)))
        button.setAccessibleDescription(words.text())
        button.clicked.connect(lambda: self.ask(backup.path, t("store.go_back_text", when=when)))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(words, 1)
        line.addWidget(button)
        return row

    def _ask_file(self) -> None:
        t = self._desk.t
        ask_open(
            self,
            self._desk.settings,
            t("store.from_file"),
            t("settings.backup_kind"),
            lambda paths: self.ask(paths[0], t("store.go_back_file", file=paths[0].name)),
        )


class GoBackDialog(QDialog):
    """Accepted when a person wants it."""

    def __init__(self, t: Translator, meaning: str, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("store.go_back_title"))
        buttons = QDialogButtonBox()
        go = buttons.addButton(for_button(t("store.go_back")), QDialogButtonBox.ButtonRole.AcceptRole)
        go.setProperty("role", "primary")
        buttons.addButton(for_button(t("store.cancel")), QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(26, 22, 26, 20)
        layout.setSpacing(12)
        layout.addWidget(plain_label(t("store.go_back_title"), role="title", wrap=True))
        layout.addWidget(plain_label(meaning, wrap=True))
        layout.addWidget(buttons)
        self.setMinimumWidth(460)


def occasion(t: Translator, backup: Backup) -> str:
    """Why a backup was made: ``v1`` stands for the version before an update."""
    known = backup.occasion if backup.occasion in ("daily", "merge", "import", "restore", "renew") else "update"
    return t(f"occasion.{known}")


def _size(t: Translator, size: int) -> str:
    return f"{t.number(max(1, size // 1024))} KB" if size < 1 << 20 else f"{t.number(size >> 20)} MB"


def _button(label: str) -> QPushButton:
    button = QPushButton(for_button(label))
    icons.put(button, "history", "text", 16)
    return button
