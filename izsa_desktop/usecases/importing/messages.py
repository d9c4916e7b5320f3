"""What is said about a cell or row. The sentences are ``import_says.<key>`` in the translations."""

from dataclasses import dataclass

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.tables.table import address
from izsa_desktop.usecases.importing.headers import target_label

CRITICAL, ERROR, WARNING = "critical", "error", "warning"
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Message:
    """``column``: from 0, None for the whole row. ``value``: what stood there; ``taken``: what was made of it."""

    row: int
    column: int | None
    target: str
    grade: str
    key: str
    value: str = ""
    taken: str = ""

    @property
    def cell(self) -> str:
        """What a spreadsheet calls the cell; empty for the whole row."""
        return address(self.row, self.column) if self.column is not None else ""

    @property
    def stops(self) -> bool:
        """True when the row is left because of this."""
        return self.grade != WARNING


def sentence(t: Translator, message: Message) -> str:
    """The message in words, without the cell."""
    value, taken = (_short(text) for text in (message.value, t.date(message.taken) or message.taken))
    kind, _, problem = message.key.partition("_")
    if kind == "bad":  # what no record may hold
        return t(f"field_problem.{problem}", value=value, limit=taken)
    if kind == "look":  # what the form would say too
        return t(f"warning.{problem}")
    return t(f"import_says.{message.key}", value=value, taken=taken)


def field_label(t: Translator, message: Message) -> str:
    """The name of the field that a message is about; empty for the whole row."""
    return target_label(t, message.target) if message.target else ""


def _short(text: str) -> str:
    text = " ".join(visible(text).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
