"""Settings and what the program is made of: language, look, data folder, backup, check, credits."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, qVersion
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop import __version__
from izsa_desktop.i18n import LANGUAGES
from izsa_desktop.ui import icons, theme
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.files import ask_save
from izsa_desktop.ui.pages.send_page import open_folder
from izsa_desktop.ui.settings import THEME
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import Card, scrolling_page, spaced_line
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label
from izsa_desktop.usecases.upkeep import backup, check
from izsa_desktop.usecases.workplace import stamp

LANGUAGE_NAMES = {"tr": "Türkçe", "en": "English"}


class SettingsPage(QWidget):
    """Cards, one per matter."""

    language_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, t = desk, desk.t
        scroll, column = scrolling_page(t("settings.title"), t("settings.subtitle"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.languages = self._language_buttons()
        self.themes = self._theme_buttons()
        for card in (self._look_card(), self._identity_card(), self._data_card(), self._about_card()):
            column.addWidget(card)
        column.addStretch(1)

    def _look_card(self) -> Card:
        t = self._desk.t
        card = Card(t("settings.look"), icon="sun")
        for label, group in ((t("settings.language"), self.languages), (t("settings.theme"), self.themes)):
            line = QHBoxLayout()
            line.setSpacing(6)
            name = plain_label(label, role="field")
            name.setMinimumWidth(120)
            line.addWidget(name)
            for button in group.buttons():
                line.addWidget(button)
            line.addStretch(1)
            card.body.addLayout(line)
        return card

    def _language_buttons(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for language in LANGUAGES:
            button = _choice(LANGUAGE_NAMES[language], language == self._desk.t.language)
            button.clicked.connect(lambda _on, language=language: self._want(language))
            group.addButton(button)
        return group

    def _theme_buttons(self) -> QButtonGroup:
        t, group = self._desk.t, QButtonGroup(self)
        labels = {theme.SYSTEM: t("settings.system"), theme.LIGHT: t("settings.light"), theme.DARK: t("settings.dark")}
        for choice, label in labels.items():
            button = _choice(label, choice == self._desk.theme.choice)
            button.clicked.connect(lambda _on, choice=choice: self.choose_theme(choice))
            group.addButton(button)
        return group

    def choose_theme(self, choice: str) -> None:
        """Light, dark, or as the system; remembered."""
        self._desk.settings.set_text(THEME, choice)
        self._desk.theme.choose(choice)

    def _want(self, language: str) -> None:
        if language != self._desk.t.language:
            self.language_wanted.emit(language)

    def _identity_card(self) -> Card:
        t, identity = self._desk.t, self._desk.workplace.identity
        card = Card(t("settings.identity"), icon="building-2")
        card.body.addWidget(plain_label(f"{self._desk.body_name} · {identity.person}", wrap=True))
        card.body.addWidget(plain_label(t("settings.replica", replica=identity.replica), role="soft", selectable=True))
        return card

    def _data_card(self) -> Card:
        t, folder = self._desk.t, self._desk.workplace.folder
        card = Card(t("settings.data"), t("settings.data_text"), icon="database")
        self.folder = ElidedLabel(str(folder), role="file")
        self.checked = Banner()
        card.body.addWidget(self.folder)
        card.body.addLayout(
            spaced_line(
                _button(t("settings.backup"), "save", self._ask_backup),
                _button(t("settings.check"), "shield-check", self.check),
                _button(t("settings.open_folder"), "folder-open", lambda: open_folder(folder)),
            )
        )
        card.body.addWidget(self.checked)
        return card

    def _ask_backup(self) -> None:
        t = self._desk.t
        name = f"izsa-{stamp()[:13]}.sqlite3"
        ask_save(
            self,
            self._desk.settings,
            t("settings.backup"),
            name=name,
            kind=t("settings.backup_kind"),
            chosen=self.write_backup,
        )

    def write_backup(self, path: Path) -> None:
        """Writes a copy of the database."""
        workplace, t = self._desk.workplace, self._desk.t
        self._desk.tasks.run(
            self,
            lambda: backup(workplace, path),
            lambda made: self._desk.notify.good(t("settings.backup_done", file=str(made))),
        )

    def check(self) -> None:
        """Looks whether everything stored is sound."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: check(workplace), self._show_check)

    def _show_check(self, problems: list[str]) -> None:
        t = self._desk.t
        if problems:
            self.checked.say("shield-alert", t("cli.check_bad", count=len(problems)), "bad")
        else:
            self.checked.say("shield-check", t("cli.check_good"), "good")

    def _about_card(self) -> Card:
        t = self._desk.t
        card = Card(t("settings.about"), t("settings.about_text"), icon="info")
        for sentence in (
            t("settings.credit_borders"),
            t("settings.credit_land"),
            t("settings.credit_places"),
            t("settings.credit_goals"),
            t("settings.credit_parts"),
        ):
            card.body.addWidget(plain_label(sentence, role="soft", wrap=True))
        versions = f"İZSA Desktop {__version__} · Qt {qVersion()}"
        card.body.addWidget(plain_label(versions, role="file", selectable=True))
        return card


def _choice(label: str, chosen: bool) -> QPushButton:
    button = QPushButton(label)
    button.setCheckable(True)
    button.setChecked(chosen)
    button.setProperty("role", "chip")
    return button


def _button(label: str, icon: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(label)
    icons.put(button, icon, "text", 16)
    button.clicked.connect(act)
    return button
