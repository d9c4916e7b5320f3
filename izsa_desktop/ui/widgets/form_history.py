"""Undo and redo over all fields of the form. Typing in one field is one step until a pause, or until another field.

A step knows a field's value before and after, as ``FieldEdit`` has it, so that every kind of field undoes alike. Drafts
and saving leave the steps alone: what was saved can be undone too, and is then a change again.

A list of our own and no ``QUndoStack``: a step is plain data that two lines merge, and a form needs neither macros nor
clean states.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE_MS = 1000
_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Step:
    """A field went from one value to another. Steps of one ``burst`` were typed without a pause."""

    name: str
    before: Any
    after: Any
    burst: int

    def goes_on(self, later: "Step") -> bool:
        """True when a later step is more of the same typing, and no deed by itself: an element that came or went."""
        same = (self.name, self.burst) == (later.name, later.burst)
        return same and not any(
            isinstance(step.before, tuple) and isinstance(step.after, tuple) and len(step.before) != len(step.after)
            for step in (self, later)
        )


class FormHistory(QObject):
    """The steps of one shown project."""

    changed = Signal()
    """What can be undone or redone."""

    def __init__(self, put: Callable[[str, Any], None], parent: QObject) -> None:
        """``put`` shows a value in a field."""
        super().__init__(parent)
        self._put = put
        self._burst = 0
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self.pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.pause.timeout.connect(self.end_step)

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def add(self, name: str, before: Any, after: Any) -> None:
        """A person changed a field."""
        if before == after:
            return
        step = Step(name, before, after, self._burst)
        if self._done and self._done[-1].goes_on(step):
            step = replace(self._done.pop(), after=after)
        if step.before != step.after:
            self._done = [*self._done[1 - _LIMIT :], step]
        self._undone.clear()
        self.pause.start()
        self.changed.emit()

    def end_step(self) -> None:
        """What comes next is a step of its own."""
        self._burst += 1

    def undo(self) -> None:
        """Takes the last step back."""
        if self._done:
            step = self._done.pop()
            self._undone.append(step)
            self._show(step.name, step.before)

    def redo(self) -> None:
        """Takes a step again that was taken back."""
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            self._show(step.name, step.after)

    def clear(self) -> None:
        """Another project: its steps begin here."""
        self.end_step()
        self.pause.stop()
        self._done, self._undone = [], []
        self.changed.emit()

    def _show(self, name: str, value: Any) -> None:
        self.end_step()
        self._put(name, value)
        self.changed.emit()
