"""Another project, found by typing some of its name. Its id is kept; a text that is no project stays as typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import shiboken6
from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from izsa_desktop.domain.text import visible
from izsa_desktop.ui.widgets.fields import set_detail

_ID = Qt.ItemDataRole.UserRole + 1
SEARCH_AFTER_MS = 150


class ProjectLookup(Protocol):
    """Where the form finds other projects; answers come later, on the GUI thread."""

    def search(self, text: str, done: Callable[[Sequence[tuple[str, str]]], None]) -> None:
        """Some projects that match, as ids and names."""

    def names(self, ids: Sequence[str], done: Callable[[Mapping[str, str]], None]) -> None:
        """What to show for projects by their ids."""


class NoLookup:
    """Finds nothing."""

    def search(self, _text: str, done: Callable[[Sequence[tuple[str, str]]], None]) -> None:
        done(())

    def names(self, _ids: Sequence[str], done: Callable[[Mapping[str, str]], None]) -> None:
        done({})


class OtherProjectField(QLineEdit):
    """Type to search, choose from the list."""

    edited = Signal()

    def __init__(self, lookup: ProjectLookup, placeholder: str = "") -> None:
        super().__init__()
        self._lookup, self._hint = lookup, placeholder
        self._chosen = ""
        self.setPlaceholderText(placeholder)
        self._found = QStandardItemModel(self)
        self._offers = QCompleter(self._found, self)
        self._offers.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._offers.activated[QModelIndex].connect(self._choose)  # type: ignore[index]  # one of two of this name
        self.setCompleter(self._offers)
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._typed)

    def value(self) -> str:
        return self._chosen or self.text().strip()

    def set_value(self, value: str) -> None:
        if value == self.value():
            return
        self._chosen = value if "/" in value else ""
        self.setText(visible(value))
        self.setCursorPosition(0)
        if self._chosen:
            self._lookup.names((value,), lambda names: self._named(value, names))

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)
        self.setPlaceholderText("" if read_only else self._hint)
        set_detail(self, read_only)

    def _typed(self, _text: str) -> None:
        self._chosen = ""
        self._pause.start()
        self.edited.emit()

    def _search(self) -> None:
        text = self.text().strip()
        if text:
            self._lookup.search(text, lambda found: self._offer(text, found))

    def _offer(self, text: str, found: Sequence[tuple[str, str]]) -> None:
        if not shiboken6.isValid(self) or text != self.text().strip() or self._chosen:
            return  # gone, typed on, or chosen, meanwhile
        self._found.clear()
        for id_, name in found:
            item = QStandardItem(visible(name))
            item.setData(id_, _ID)
            self._found.appendRow(item)
        if self.hasFocus():
            self._offers.complete()

    def _choose(self, index: QModelIndex) -> None:
        self._chosen = str(index.data(_ID))
        self.setText(str(index.data()))
        self.setCursorPosition(0)
        self.edited.emit()

    def _named(self, id_: str, names: Mapping[str, str]) -> None:
        if shiboken6.isValid(self) and self._chosen == id_ and id_ in names:
            self.setText(visible(names[id_]))
            self.setCursorPosition(0)
