"""A cell's place in a row that is being read. What it says goes into the ``Reading``, and what to say about it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from izsa_desktop.tables.table import Cell
from izsa_desktop.usecases.importing import messages
from izsa_desktop.usecases.importing.messages import Message
from izsa_desktop.usecases.importing.targets import Target
from izsa_desktop.usecases.importing.words import NEARLY, Found


@dataclass(frozen=True, slots=True)
class Unit:
    """What a header says about the numbers below it."""

    factor: Decimal = Decimal(1)
    currency: str = ""


@dataclass(slots=True)
class Reading:
    """What one row says so far. ``parts``: rows of a field by their place, each with its parts."""

    row: int
    fields: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    goals: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    point: dict[str, float] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    """By field: a column that speaks of it, for what is found wrong later."""
    exact: dict[str, Any] = field(default_factory=dict)
    """Fields as a table of our own says them; they count before what was read otherwise."""
    record: str = ""
    """The project that a table of our own says the row is."""


@dataclass(frozen=True, slots=True)
class Spot:
    """``target``: what the column, counted from 0, is about."""

    reading: Reading
    target: Target
    column: int

    def say(self, grade: str, key: str, value: str = "", taken: str = "") -> None:
        """Adds a message about this cell."""
        row = self.reading.row
        self.reading.messages.append(Message(row, self.column, self.target.name, grade, key, value, taken))

    def warn(self, key: str, value: str = "", taken: str = "") -> None:
        """It was read, but a person should look at it."""
        self.say(messages.WARNING, key, value, taken)

    def problem(self, key: str, value: str = "", taken: str = "") -> None:
        """It cannot be understood: that stops the row where the field matters."""
        self.say(messages.ERROR if self.target.matters else messages.WARNING, key, value, taken)

    def say_nearly(self, text: str, found: Found, name: str = "") -> None:
        """Warns of what was read as something else; ``name``: what people call that."""
        if found.how == NEARLY:
            self.warn("read_as", text, name or found.code)


def as_text(cell: Cell) -> str:
    """What a person sees in the cell, more or less."""
    value = cell.value
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M") if (value.hour or value.minute) else value.strftime("%d.%m.%Y")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, bool):
        return "Evet" if value else "Hayır"
    if isinstance(value, float):
        return plain_number(Decimal(repr(value))).replace(".", ",")
    return "" if value is None else str(value)


def plain_number(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
