"""What the form asks of a field's widget, and the plain fields.

The interface is ``FieldEdit``, for fields of a project and for parts of its rows alike:

- ``value()`` gives what the person entered, in the type of ``ProjectFields``. Where what is typed is no value of that
  type (half a number, "38.4;"), it is the text as typed (``str``): the form says what is wrong, keeps it in the draft
  and never stores it. Values compare by ``==`` and are never changed in place.
- ``set_value(value)`` shows a value that ``value()`` gave before, a typed text too, and emits nothing. Undo, drafts and
  saving all go through it; where the widget shows the value already, cursor and focus stay. A value that this version
  does not know (a code) is shown as it is and given back unchanged.
- ``edited`` is emitted after every change by a person, every key stroke included, and only then.
- ``set_read_only(True)`` turns the field into text to read ("detail"): no frame, no buttons, nothing that is empty.
  What is shown can still be selected and copied.
- ``setFocus()`` goes to the first control. A composite field hands the keyboard on (``hand_on``).
- Every control has an accessible name; controls are children in the order in which Tab reaches them. A field whose
  controls come and go (rows) has a signal ``controls_changed`` besides, after which the form orders Tab anew.
- The form's undo is the only one: multi-line texts switch off their own (``setUndoRedoEnabled(False)``).

A field never changes a value that a person has not touched: the form compares with what was shown.
"""

from typing import Any, Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from izsa_desktop.domain.reference import Vocabulary
from izsa_desktop.domain.text import visible

_INNER = 4
"""Pixels between the frame of a text and the text."""
_FLAT = 1
"""The same above and below a single line."""


class FieldEdit(Protocol):
    """What the form asks of a field's widget."""

    @property
    def edited(self) -> SignalInstance: ...
    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...
    def set_read_only(self, read_only: bool) -> None: ...
    def setFocus(self) -> None: ...


def set_detail(widget: QWidget, detail: bool) -> None:
    """Without the frame of a field: what is shown can only be read."""
    if widget.property("detail") != detail:
        widget.setProperty("detail", detail)
        repolish(widget)
        QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))  # frames measure themselves again
        widget.updateGeometry()


def repolish(widget: QWidget) -> None:
    """Lets the style sheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class LineField(QLineEdit):
    """One line of text."""

    edited = Signal()

    def __init__(self, placeholder: str = "", limit: int = 32_767) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setMaxLength(limit)
        self._hint = placeholder
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> str:
        return self.text()

    def set_value(self, value: str) -> None:
        if value == self.text():
            return
        at = _end_of_change(self.text(), value) if self.hasFocus() else 0
        self.setText(value)
        self.setCursorPosition(at)

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)
        self.setPlaceholderText("" if read_only else self._hint)
        set_detail(self, read_only)


def _end_of_change(before: str, after: str) -> int:
    """Where in ``after`` the part ends that ``before`` does not have: there the cursor belongs after an undo."""
    same = 0
    while same < min(len(before), len(after)) and before[-1 - same] == after[-1 - same]:
        same += 1
    return len(after) - same


class TextField(QPlainTextEdit):
    """Several lines; grows with its text between ``lines`` and three times that. Tab goes on to the next field."""

    edited = Signal()

    def __init__(self, placeholder: str = "", lines: int = 3) -> None:
        super().__init__()
        self._lines = lines
        self._hint = placeholder
        self._quiet = False
        self._text = ""
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)  # the form undoes
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._text_changed)
        self._inset()
        self._fit()

    def value(self) -> Any:
        return self.toPlainText()

    def set_value(self, value: Any) -> None:
        before = self.toPlainText()
        if value == before:
            return
        self._quiet = True
        self.setPlainText(value)
        self._quiet = False
        if self.hasFocus():
            cursor = self.textCursor()
            cursor.setPosition(min(_end_of_change(before, self.toPlainText()), self.document().characterCount() - 1))
            self.setTextCursor(cursor)

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)
        self.setPlaceholderText("" if read_only else self._hint)
        set_detail(self, read_only)
        self._inset()
        self._fit()

    def _inset(self) -> None:
        """The space around the text: one line is as high, and stands as high, as in a ``LineField`` beside it."""
        detail, flat = self.isReadOnly(), self._lines == 1
        side = _INNER - _FLAT if flat and not detail else 0
        self.document().setDocumentMargin(0 if detail else _FLAT if flat else _INNER)
        self.setViewportMargins(side, min(side, 2), side, 0)

    def _text_changed(self) -> None:
        """Qt tells of margins and of marks of a spell checker too: only another text is an edit."""
        self._fit()
        text = self.toPlainText()
        if text != self._text:
            self._text = text
            if not self._quiet:
                self.edited.emit()

    def _fit(self) -> None:
        detail = self.isReadOnly()
        rows = int(self.document().size().height())
        least, most = (1, 60) if detail else (self._lines, max(3, self._lines * 3))
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if rows > most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        around = 6 if detail else 2 * _FLAT + 11 if self._lines == 1 else 2 * _INNER + 10
        self.setFixedHeight(min(max(rows, least), most) * (self.fontMetrics().lineSpacing() + 1) + around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size asks for another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the text where it is longer than the field, else the form."""
        if self.verticalScrollBar().maximum() > 0 and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())


class WrapField(TextField):
    """One line of text that is wrapped where it is long. Enter ends nothing and adds nothing."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder, lines=1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class NoteField(TextField):
    """Text that a record may hold as several separate notes: one a line."""

    def __init__(self, placeholder: str = "", lines: int = 1) -> None:
        super().__init__(placeholder, lines)
        self._several = False

    def value(self) -> str | tuple[str, ...]:
        text = self.toPlainText()
        return tuple(line for line in text.split("\n") if line.strip()) if self._several else text

    def set_value(self, value: str | tuple[str, ...]) -> None:
        self._several = not isinstance(value, str)
        super().set_value(value if isinstance(value, str) else "\n".join(value))


class FlagField(QCheckBox):
    """Yes or no."""

    edited = Signal()

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.clicked.connect(lambda _on: self.edited.emit())

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        self.setChecked(value)

    def set_read_only(self, read_only: bool) -> None:
        self.setEnabled(not read_only)


class QuietCombo(QComboBox):
    """A combo box that leaves the mouse wheel to the form around it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(14)
        self.view().setFrameShape(QFrame.Shape.NoFrame)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceField(QuietCombo):
    """One word of a vocabulary, or none. A code that this version does not know stays as it is."""

    edited = Signal()

    def __init__(self, words: Vocabulary, language: str, nothing: str = "") -> None:
        """``nothing`` stands for no word; without it there is always one."""
        super().__init__()
        if nothing:
            self.addItem(nothing, "")
        for term in words:
            self.addItem(term.label[language], term.code)
        self.activated.connect(lambda _index: self.edited.emit())

    def value(self) -> str:
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        if self.findData(value) < 0:
            self.addItem(visible(value), value)
        self.setCurrentIndex(self.findData(value))

    def set_read_only(self, read_only: bool) -> None:
        self.setEnabled(not read_only)
        set_detail(self, read_only)
