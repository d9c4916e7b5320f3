"""What the office sets for everybody: outlines of the districts, and words for the lists of the form."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton

from izsa_desktop.domain.outlines import MAX_OUTLINES, NONE
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.confirm import Words, confirm
from izsa_desktop.ui.dialogs.files import ask_open
from izsa_desktop.ui.widgets.card import Card, spaced_line
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.files import read_file
from izsa_desktop.usecases.outlines import check_outlines, count_outlines, set_outlines
from izsa_desktop.usecases.vocabularies import (
    MAX_ADDED,
    Added,
    added_terms,
    check_vocabularies,
    set_vocabularies,
)


class LayersCard(Card):
    """A file is looked through first; a person then says whether it is taken."""

    def __init__(self, desk: Desk) -> None:
        t = desk.t
        super().__init__(t("layers.title"), t("layers.text"), icon="map")
        self._desk = desk
        self.outlines = plain_label(wrap=True)
        self.words = plain_label(wrap=True)
        self.choose_outlines = _button(t("layers.choose_outlines"), "folder-open", self._ask_outlines)
        self.remove_outlines = _button(t("layers.remove_outlines"), "undo-2", self.drop_outlines)
        self.choose_words = _button(t("layers.choose_words"), "folder-open", self._ask_words)
        self.body.addWidget(plain_label(t("layers.outlines_heading"), role="field"))
        self.body.addWidget(self.outlines)
        self.body.addLayout(spaced_line(self.choose_outlines, self.remove_outlines))
        self.body.addWidget(plain_label(t("layers.words_heading"), role="field"))
        self.body.addWidget(self.words)
        self.body.addLayout(spaced_line(self.choose_words))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: (count_outlines(workplace), _count(added_terms(workplace))), self._show)

    def _show(self, counts: tuple[int, int]) -> None:
        t, (districts, words) = self._desk.t, counts
        self.outlines.setText(t("layers.outlines", count=districts) if districts else t("layers.outlines_built_in"))
        self.words.setText(t("layers.words", count=words) if words else t("layers.no_words"))
        self.remove_outlines.setVisible(districts > 0)

    # --- outlines ---------------------------------------------------------------------------------------------------

    def _ask_outlines(self) -> None:
        t = self._desk.t
        title, kind = t("layers.choose_outlines"), t("layers.outlines_kind")
        ask_open(self, self._desk.settings, title, kind, lambda paths: self.look_at_outlines(paths[0]))

    def look_at_outlines(self, path: Path) -> None:
        """Takes the outlines of a file once a person has read of how many districts they are."""

        def look() -> tuple[bytes, int]:
            data = read_file(path, MAX_OUTLINES)
            return data, check_outlines(data)

        self._desk.tasks.run(self, look, lambda found: self._offer_outlines(*found))

    def _offer_outlines(self, data: bytes, count: int) -> None:
        t = self._desk.t
        words = Words(
            t("layers.outlines_heading"),
            (t("layers.outlines_ask", count=count),),
            t("layers.outlines_take"),
            t("store.cancel"),
        )
        confirm(words, self.window(), lambda: self._take_outlines(data, t("layers.outlines_taken", count=count)))

    def drop_outlines(self) -> None:
        """Back to the program's own."""
        self._take_outlines(NONE, self._desk.t("layers.outlines_removed"))

    def _take_outlines(self, data: bytes, said: str) -> None:
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: set_outlines(workplace, data), lambda _count: self._taken(said))

    # --- words ------------------------------------------------------------------------------------------------------

    def _ask_words(self) -> None:
        t = self._desk.t
        title, kind = t("layers.choose_words"), t("layers.words_kind")
        ask_open(self, self._desk.settings, title, kind, lambda paths: self.look_at_words(paths[0]))

    def look_at_words(self, path: Path) -> None:
        """Takes the words of a file once a person has read how many they are."""
        workplace = self._desk.workplace

        def look() -> tuple[bytes, int]:
            data = read_file(path, MAX_ADDED)
            return data, _count(check_vocabularies(workplace, data))

        self._desk.tasks.run(self, look, lambda found: self._offer_words(*found))

    def _offer_words(self, data: bytes, count: int) -> None:
        t, workplace = self._desk.t, self._desk.workplace
        words = Words(
            t("layers.words_heading"), (t("layers.words_ask", count=count),), t("layers.words_take"), t("store.cancel")
        )
        said = t("layers.words_taken", count=count)

        def take() -> None:
            self._desk.tasks.run(self, lambda: set_vocabularies(workplace, data), lambda _added: self._taken(said))

        confirm(words, self.window(), take)

    def _taken(self, said: str) -> None:
        self._desk.notify.good(said)
        self._read()


def _count(added: Added) -> int:
    return sum(map(len, added.values()))


def _button(label: str, icon: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(for_button(label))
    icons.put(button, icon, "text", 16)
    button.clicked.connect(act)
    return button
