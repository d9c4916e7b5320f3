"""A field of several controls hands the keyboard on to one of them when it gets it: from a label's letter, or in code.

Not by ``setFocusProxy``: Qt's Tab key takes such a field for a stop wherever it stands in the order, and goes in a
circle between the field and its control.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


def hand_on(field: QWidget, control: QWidget | None) -> None:
    """From now on this control gets the keyboard in place of the field; None: the field keeps it."""
    found = field.findChild(_Hand, options=Qt.FindChildOption.FindDirectChildrenOnly)
    hand = found or _Hand(field)
    hand.control = control


def handed_on(field: QWidget) -> QWidget | None:
    """The control that gets the keyboard in place of this field."""
    found = field.findChild(_Hand, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found.control if found else None


class _Hand(QObject):
    """Sits in a field and waits for the keyboard to come."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.control: QWidget | None = None
        field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # with none, a label's letter leads nowhere; Tab passes it over
        field.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and self.control is not None:
            self.control.setFocus(event.reason())
            return True
        return False
