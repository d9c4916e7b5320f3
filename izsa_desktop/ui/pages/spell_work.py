"""Spelling for the long texts of a form: the words of the workplace, the switch, one process for all fields."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPlainTextEdit

from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.settings import SPELLING
from izsa_desktop.ui.spelling import Spelling
from izsa_desktop.ui.widgets.project_form import ProjectForm
from izsa_desktop.ui.widgets.spell_check import SpellCheck
from izsa_desktop.usecases.spelling import add_word, known_words

LONG_TEXTS = {
    "title": "tr",
    "purpose": "tr",
    "summary": "tr",
    "audience_note": "tr",
    "place": "tr",
    "title_en": "en",
    "purpose_en": "en",
}
"""Fields whose spelling is checked, and their language."""


class SpellWork(QObject):
    """Serves the fields of one form."""

    def __init__(self, desk: Desk, form: ProjectForm) -> None:
        super().__init__(form)
        self._desk, self._form = desk, form
        self.spelling = Spelling(self)
        self.checks: dict[str, SpellCheck] = {}
        for name in form.rows:
            self._serve(name)
        form.made.connect(self._serve)
        desk.changes.changed.connect(self._heard)
        workplace = desk.workplace
        desk.tasks.run(self, lambda: known_words(workplace), self.spelling.learn)

    def _serve(self, name: str) -> None:
        field = self._form.field(name)
        if name not in LONG_TEXTS or not isinstance(field, QPlainTextEdit):
            return
        check = self.checks[name] = SpellCheck(field, self.spelling, LONG_TEXTS[name], self._desk.t)
        check.word_added.connect(self._add)
        check.switched.connect(self._switch)
        check.turn(self._on)

    @property
    def _on(self) -> bool:
        return self._desk.settings.text(SPELLING) != "off"

    def _add(self, word: str) -> None:
        workplace = self._desk.workplace
        self.spelling.learn([word])
        for check in self.checks.values():
            check.check()
        self._desk.tasks.run(self, lambda: add_word(workplace, word), lambda _: None)

    def _switch(self, on: bool) -> None:
        self._desk.settings.set_text(SPELLING, "on" if on else "off")
        self._desk.changes.announce(changes.SETTINGS, by=self)

    def _heard(self, kinds: frozenset[str]) -> None:
        if changes.SETTINGS in kinds:
            for check in self.checks.values():
                check.turn(self._on)
