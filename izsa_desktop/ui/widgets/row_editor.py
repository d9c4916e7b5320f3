"""Repeated parts of a project (partners, money, indicators …), edited where they stand.

Ctrl+Enter adds a row, Ctrl+Shift+Delete takes the one away in which the keyboard is, Alt+Up and Alt+Down move it. A row
in which nothing was entered is no row. A new row gets its key at once and keeps it for life.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from izsa_desktop.domain.fields import FieldSpec, Kind, RowSpec, says_something
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.form_layout import ROW_DEFAULTS, row_lines
from izsa_desktop.ui.widgets.form_row import FormRow
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.text import plain_label

MakePart = Callable[[str, FieldSpec], Any]
"""Makes the field for a part of a row, from the name of the rows and the part."""


class RowCard(QFrame):
    """One row."""

    edited = Signal()
    controls_changed = Signal()

    def __init__(self, name: str, row: RowSpec, make: MakePart, t: Translator) -> None:
        super().__init__()
        self.setObjectName("row")
        self._row, self._t = row, t
        self._specs = {spec.name: spec for spec in row.attributes}
        if row.natural:
            self._specs[row.key] = FieldSpec(row.key, Kind.TEXT)
        self._held: Any = row.type()
        self._read_only = False
        self._shown: dict[str, Any] = {}
        self.parts: dict[str, FormRow] = {}
        self.number = plain_label(role="rowNumber")
        self.up = self._tool("chevron-up", t("rows.up"))
        self.down = self._tool("chevron-down", t("rows.down"))
        self.remove = self._tool("trash-2", t("rows.remove"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 10, 12)
        column.setSpacing(8)
        for line in row_lines(name, row):
            beside = QHBoxLayout()
            beside.setSpacing(10)
            for part in line:
                beside.addWidget(self._part(name, part, make), 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(beside)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.number, 1)
        for button in (self.up, self.down, self.remove):
            head.addWidget(button)
        column.insertLayout(0, head)  # last, so that Tab comes to the fields first

    def value(self) -> Any:
        changed = {name: self._typed(name) for name in self.parts if self._value(name) != self._shown.get(name)}
        return replace(self._held, **changed)

    def set_value(self, held: Any) -> None:
        self._held = held
        for name, row in self.parts.items():
            row.field.set_value(getattr(held, name))
            self._shown[name] = self._value(name)
        self._show_parts()

    def set_read_only(self, read_only: bool) -> None:
        if read_only == self._read_only:
            return
        self._read_only = read_only
        for row in self.parts.values():
            row.field.set_read_only(read_only)
            row.set_detail(read_only)
        self._show_parts()
        self.remove.setHidden(read_only)

    def _show_parts(self) -> None:
        for name, row in self.parts.items():
            row.setHidden(self._read_only and not says_something(getattr(self._held, name)))

    def place(self, n: int, count: int) -> None:
        """Tells the row that it is the ``n``-th of ``count``, from 0."""
        self.number.setText(str(n + 1))
        self.setAccessibleName(self._t("rows.row", number=n + 1))
        for button in (self.up, self.down):
            button.setHidden(self._read_only or count == 1)
        self.up.setEnabled(n > 0)
        self.down.setEnabled(n < count - 1)

    def first(self) -> QWidget:
        """The first field."""
        field: QWidget = next(iter(self.parts.values())).field
        return field

    def _value(self, name: str) -> Any:
        return self.parts[name].field.value()

    def _typed(self, name: str) -> Any:
        """A part's value as rows have it: a date of nothing is an empty text there."""
        value = self._value(name)
        return "" if value is None and self._specs[name].kind is Kind.DATE else value

    def _part(self, name: str, part: str, make: MakePart) -> FormRow:
        field = make(name, self._specs[part])
        row = FormRow(self._t(f"part.{name}_{part}"), field)
        field.edited.connect(self.edited)
        if isinstance(field, RowsField):
            field.controls_changed.connect(self.controls_changed)
        self.parts[part] = row
        return row

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setProperty("role", "small")
        icons.put(button, icon, "soft", 15)
        return button


class RowsField(QWidget):
    """The rows of one field, and a button that adds one."""

    edited = Signal()
    controls_changed = Signal()
    """Rows came or went."""

    def __init__(self, spec: FieldSpec, make: MakePart, t: Translator) -> None:
        super().__init__()
        assert spec.row is not None
        self._name, self._row, self._make, self._t = spec.name, spec.row, make, t
        self._limit = spec.max_length
        self._read_only = False
        self._blank = self._row.type(**ROW_DEFAULTS.get(spec.name, {}))
        self.cards: list[RowCard] = []
        self._spare: list[RowCard] = []
        self.add_button = QPushButton(t(f"rows.add_{spec.name}"))
        self.add_button.setProperty("role", "add")
        self.add_button.setToolTip(t("rows.add_tip"))
        icons.put(self.add_button, "plus", "accent", 15)
        self.add_button.clicked.connect(self.add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        hand_on(self, self.add_button)

    def value(self) -> tuple[Any, ...]:
        return tuple(row for row in (card.value() for card in self.cards) if not self._is_blank(row))

    def set_value(self, value: tuple[Any, ...]) -> None:
        if value == self.value() and len(value) == len(self.cards):
            return
        for card in self.cards[len(value) :]:
            self._drop(card)
        for n, row in enumerate(value):
            if n == len(self.cards):
                self._append()
            self.cards[n].set_value(row)
        self._number()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.add_button.setHidden(read_only)
        for card in self.cards:
            card.set_read_only(read_only)

    def add(self) -> None:
        """One more row, and the cursor in it."""
        if self._read_only or len(self.cards) >= self._limit:
            return
        card = self._append()
        card.set_value(self._blank if self._row.natural else replace(self._blank, key=secrets.token_hex(8)))
        self._number()
        card.first().setFocus()

    def remove(self, card: RowCard) -> None:
        """Takes a row away."""
        before, at = self.value(), self.cards.index(card)
        self._drop(card)
        self._number()
        (self.cards[min(at, len(self.cards) - 1)].first() if self.cards else self.add_button).setFocus()
        self._tell(before)

    def shift(self, card: RowCard, step: int) -> None:
        """Moves a row up (-1) or down (1)."""
        before, at = self.value(), self.cards.index(card)
        to = at + step
        if 0 <= to < len(self.cards):
            self.cards.insert(to, self.cards.pop(at))
            self._column.removeWidget(card)
            self._column.insertWidget(to, card)
            self._number()
            self._tell(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        card = next((card for card in self.cards if card.isAncestorOf(self.focusWidget() or self)), None)
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        mod = Qt.KeyboardModifier
        if self._read_only:
            super().keyPressEvent(event)
        elif held == mod.ControlModifier and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.add()
        elif card and held == mod.ControlModifier | mod.ShiftModifier and key == Qt.Key.Key_Delete:
            self.remove(card)
        elif card and held == mod.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(card, -1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _is_blank(self, row: Any) -> bool:
        return bool(replace(row, key="") == self._blank) if not self._row.natural else row == self._blank

    def prepare(self) -> None:
        """Makes a row for later."""
        if not self.cards and not self._spare:
            card = self._make_card()
            card.setParent(self)
            card.hide()  # else it would come up with the field, over the button that adds a row
            self._spare.append(card)

    def _append(self) -> RowCard:
        """One more row at the end; one that was taken away before serves again."""
        card = self._spare.pop() if self._spare else self._make_card()
        self._column.insertWidget(len(self.cards), card)
        card.set_read_only(self._read_only)
        card.show()
        self.cards.append(card)
        return card

    def _make_card(self) -> RowCard:
        card = RowCard(self._name, self._row, self._make, self._t)
        card.edited.connect(self.edited)
        card.controls_changed.connect(self.controls_changed)
        card.up.clicked.connect(lambda: self.shift(card, -1))
        card.down.clicked.connect(lambda: self.shift(card, 1))
        card.remove.clicked.connect(lambda: self.remove(card))
        return card

    def _drop(self, card: RowCard) -> None:
        self.cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        self._spare.append(card)

    def _number(self) -> None:
        for n, card in enumerate(self.cards):
            card.place(n, len(self.cards))
        self.add_button.setEnabled(len(self.cards) < self._limit)
        hand_on(self, self.cards[0].first() if self.cards else self.add_button)
        self.controls_changed.emit()

    def _tell(self, before: tuple[Any, ...]) -> None:
        if self.value() != before:
            self.edited.emit()
