"""Settings and what the program is made of: language, look, data folder, backup, check, credits."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, qVersion
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop import __version__
from izsa_desktop.db.dialect import sqlite_version
from izsa_desktop.i18n import LANGUAGES
from izsa_desktop.ui import changes, icons, theme
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.files import ask_save
from izsa_desktop.ui.dialogs.kvkk import KvkkDialog
from izsa_desktop.ui.folders import open_folder
from izsa_desktop.ui.pages.backups_card import BackupsCard
from izsa_desktop.ui.pages.base_map_card import BaseMapCard
from izsa_desktop.ui.pages.key_card import KeyCard
from izsa_desktop.ui.pages.ladder_card import LadderCard
from izsa_desktop.ui.pages.layers_card import LayersCard
from izsa_desktop.ui.pages.letterhead_card import LetterheadCard
from izsa_desktop.ui.settings import SPELLING, TEXT_SIZE, THEME
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.card import Card, scrolling_page, spaced_line
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label
from izsa_desktop.usecases.upkeep import backup, check
from izsa_desktop.usecases.workplace import stamp

LANGUAGE_NAMES = {"tr": "Türkçe", "en": "English"}


class SettingsPage(QWidget):
    """Cards, one per matter."""

    language_wanted = Signal(str)
    backup_wanted = Signal(object)  # Path
    renewal_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, t = desk, desk.t
        scroll, column = scrolling_page(t("settings.title"), t("settings.subtitle"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.languages = self._language_buttons()
        self.themes = self._theme_buttons()
        self.text_sizes = self._text_size_buttons()
        self.spelling = self._spelling_buttons()
        self.backups = BackupsCard(desk)
        self.backups.wanted.connect(self.backup_wanted)
        self.key = KeyCard(desk)
        self.key.renewal_wanted.connect(self.renewal_wanted)
        self.base_map = BaseMapCard(desk)
        self.letterhead = LetterheadCard(desk)
        self.layers = LayersCard(desk) if desk.office else None
        self.ladder = LadderCard(desk) if desk.office else None
        for_all = (self.letterhead, self.base_map, *(card for card in (self.layers, self.ladder) if card))
        about = (*for_all, self._kvkk_card(), self._about_card())
        for card in (self._look_card(), self._identity_card(), self.key, self._data_card(), self.backups, *about):
            column.addWidget(card)
        column.addStretch(1)

    def _look_card(self) -> Card:
        t = self._desk.t
        card = Card(t("settings.look"), icon="sun")
        groups = (
            (t("settings.language"), self.languages),
            (t("settings.theme"), self.themes),
            (t("settings.text_size"), self.text_sizes),
            (t("spelling.setting"), self.spelling),
        )
        for label, group in groups:
            line = QHBoxLayout()
            line.setSpacing(6)
            name = plain_label(label, role="field")
            name.setMinimumWidth(max(120, 16 * self.fontMetrics().averageCharWidth()))
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

    def _text_size_buttons(self) -> QButtonGroup:
        t, group = self._desk.t, QButtonGroup(self)
        for percent in theme.TEXT_SIZES:
            label = t("widget.percent", percent=percent)
            button = _choice(label, percent == self._desk.theme.text_percent)
            button.setAccessibleName(f"{t('settings.text_size')}: {label}")
            button.clicked.connect(lambda _on, percent=percent: self.choose_text_size(percent))
            group.addButton(button)
        return group

    def choose_text_size(self, percent: int) -> None:
        """How large all text is; remembered. What stands in the window is made anew in the new size."""
        self._desk.settings.set_text(TEXT_SIZE, str(percent))
        self._desk.theme.stretch_text(percent)
        self.language_wanted.emit(self._desk.t.language)

    def _spelling_buttons(self) -> QButtonGroup:
        t, group = self._desk.t, QButtonGroup(self)
        for choice, label in (("on", t("spelling.on")), ("off", t("spelling.off"))):
            button = _choice(label, choice == self._desk.settings.text(SPELLING))
            button.clicked.connect(lambda _on, choice=choice: self._choose_spelling(choice))
            button.setAccessibleName(f"{t('spelling.setting')}: {label}")
            group.addButton(button)
        self._desk.changes.changed.connect(self._show_spelling)
        return group

    def _choose_spelling(self, choice: str) -> None:
        self._desk.settings.set_text(SPELLING, choice)
        self._desk.changes.announce(changes.SETTINGS, by=self)

    def _show_spelling(self) -> None:
        """It may have been switched in a text's menu."""
        self.spelling.buttons()[self._desk.settings.text(SPELLING) == "off"].setChecked(True)

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

    def _kvkk_card(self) -> Card:
        t = self._desk.t
        card = Card(t("kvkk.title"), t("kvkk.card_text"), icon="shield-check")
        self.kvkk = _button(t("kvkk.show"), "file-text", lambda: KvkkDialog(self._desk, self.window()).open())
        card.body.addLayout(spaced_line(self.kvkk))
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
        words = self._desk.t("store.checking")
        self._desk.tasks.watch(self, words, lambda progress: check(workplace, progress), self._show_check)

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
        versions = f"İZSA Desktop {__version__} · Qt {qVersion()} · SQLite {sqlite_version}"
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
