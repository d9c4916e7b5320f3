"""Waves under words of a text that are probably wrong, and what was meant in the text's menu.

The waves are extra selections, which the text itself knows nothing of: marking never counts as a change. A word that is
still being typed is left alone.
"""

from collections.abc import Callable
from functools import partial
from itertools import takewhile

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit

from izsa_desktop.i18n import Translator
from izsa_desktop.spelling.speller import MAX_SUGGESTIONS
from izsa_desktop.spelling.words import Word, words_in
from izsa_desktop.ui.spelling import Spelling
from izsa_desktop.ui.theme import color
from izsa_desktop.ui.widgets.text import for_button

_AFTER_MS = 300


class SpellCheck(QObject):
    """Checks one text field. ``on`` may be turned at any time."""

    word_added = Signal(str)
    switched = Signal(bool)
    """Somebody turned checking on or off in the menu."""

    def __init__(self, field: QPlainTextEdit, spelling: Spelling, language: str, t: Translator) -> None:
        super().__init__(field)
        self._field, self._spelling, self._language, self._t = field, spelling, language, t
        self._on = True
        self.marked: list[Word] = []
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._soon.timeout.connect(self.check)
        field.textChanged.connect(self._changed)
        field.cursorPositionChanged.connect(self._mark)
        spelling.judged.connect(self._mark)
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        field.customContextMenuRequested.connect(self._show_menu)

    def turn(self, on: bool) -> None:
        """Checks from now on, or no longer."""
        self._on = on
        self.check()

    def check(self) -> None:
        """Has every word judged and marks those that are known to be wrong."""
        if self._checks():
            self._spelling.ask(self._language, {word.text for word in words_in(self._field.toPlainText())})
        self._mark()

    def menu(self, where: QPoint) -> QMenu:
        """The text's own menu, with what was meant by the word at this place in front."""
        menu = self._field.createStandardContextMenu(where)
        first = menu.actions()[0] if menu.actions() else QAction(menu)
        word = self._word_at(self._field.cursorForPosition(where).position())
        if word is not None:
            for action in self._offers(word, menu):
                menu.insertAction(first, action)
            menu.insertSeparator(first)
        if not self._field.isReadOnly():
            menu.addSeparator()
            switch = menu.addAction(self._t("spelling.check"))
            switch.setCheckable(True)
            switch.setChecked(self._on)
            switch.triggered.connect(self.switched)
        return menu

    def _changed(self) -> None:
        if self._on and self._field.hasFocus():
            self._spelling.wake()
        self._soon.start()

    def _show_menu(self, where: QPoint) -> None:
        menu = self.menu(where)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._field.viewport().mapToGlobal(where))

    def _offers(self, word: Word, menu: QMenu) -> list[QAction]:
        meant = self._spelling.judgement(self._language, word.text) or []
        offers = [_action(menu, for_button(m), partial(self._replace, word, m)) for m in meant[:MAX_SUGGESTIONS]]
        if not offers:
            nothing = QAction(self._t("spelling.nothing"), menu)
            nothing.setEnabled(False)
            offers.append(nothing)
        stem = "".join(takewhile(str.isalpha, word.text))
        add = self._t("spelling.add", word=for_button(stem))
        return [*offers, _action(menu, add, lambda: self.word_added.emit(stem))]

    def _replace(self, word: Word, meant: str) -> None:
        cursor = self._cursor(word)
        if cursor.selectedText() == word.text:
            cursor.insertText(meant)

    def _checks(self) -> bool:
        return self._on and not self._field.isReadOnly()

    def _word_at(self, position: int) -> Word | None:
        return next((w for w in self.marked if w.start <= position <= w.start + len(w.text)), None)

    def _mark(self) -> None:
        at = self._field.textCursor().position() if self._field.hasFocus() else -1
        text = self._field.toPlainText() if self._checks() else ""
        self.marked = [
            word
            for word in words_in(text)
            if self._spelling.judgement(self._language, word.text) is not None and at != word.start + len(word.text)
        ]
        self._field.setExtraSelections([self._wave(word) for word in self.marked])

    def _wave(self, word: Word) -> QTextEdit.ExtraSelection:
        wave = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        look.setUnderlineColor(color("bad"))
        wave.format, wave.cursor = look, self._cursor(word)
        return wave

    def _cursor(self, word: Word) -> QTextCursor:
        before = self._field.toPlainText()[: word.start]
        start = word.start + sum(letter > "\uffff" for letter in before)  # Qt counts UTF-16 units
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(start)
        cursor.setPosition(start + len(word.text), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _action(menu: QMenu, text: str, run: Callable[[], object]) -> QAction:
    made = QAction(text, menu)
    made.triggered.connect(lambda _on: run())
    return made
