"""The plain fields of the form. Every field has ``value``, ``set_value``, ``set_read_only`` and the signal ``edited``.

A field never changes a value that a person has not touched: the form compares with what was shown.
"""

from typing import Any, Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from izsa_desktop.domain.reference import Vocabulary
from izsa_desktop.domain.text import visible

_INNER = 4
"""Pixels between the frame of a text and the text."""


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
        self.setText(value)
        self.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)
        self.setPlaceholderText("" if read_only else self._hint)
        set_detail(self, read_only)


class TextField(QPlainTextEdit):
    """Several lines; grows with its text between ``lines`` and three times that. Tab goes on to the next field."""

    edited = Signal()

    def __init__(self, placeholder: str = "", lines: int = 3) -> None:
        super().__init__()
        self._lines = lines
        self._hint = placeholder
        self._quiet = False
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._text_changed)
        self._fit()

    def value(self) -> Any:
        return self.toPlainText()

    def set_value(self, value: Any) -> None:
        self._quiet = True
        self.setPlainText(value)
        self._quiet = False

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)
        self.setPlaceholderText("" if read_only else self._hint)
        set_detail(self, read_only)
        self._fit()

    def _text_changed(self) -> None:
        self._fit()
        if not self._quiet:
            self.edited.emit()

    def _fit(self) -> None:
        detail = self.isReadOnly()
        rows = int(self.document().size().height())
        least, most = (1, 60) if detail else (self._lines, max(3, self._lines * 3))
        self.document().setDocumentMargin(0 if detail else _INNER)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if rows > most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        around = 2 if detail else 2 * _INNER + 10
        self.setFixedHeight(min(max(rows, least), most) * (self.fontMetrics().lineSpacing() + 1) + around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
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

    def __init__(self, words: Vocabulary, language: str, nothing: str) -> None:
        super().__init__()
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
