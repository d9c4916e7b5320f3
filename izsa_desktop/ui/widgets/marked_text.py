"""Text of people with what differs marked: underlined, on a ground of its own. Never markup, and as high as it needs.

Long stretches that are the same everywhere are shortened until somebody wants to read all of it.
"""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from izsa_desktop.domain.history import Segment
from izsa_desktop.domain.text import visible
from izsa_desktop.ui.theme import color

_AROUND = 70
"""Characters that stay at each side of what differs."""
_SHORT = 240
"""A stretch that is worth shortening."""
_RESTYLED = (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)


def shortened(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The same without the inner part of long stretches that differ nowhere, cut between words."""
    found = []
    for n, segment in enumerate(segments):
        text = segment.text
        if segment.sort == "same" and len(segments) > 1 and len(text) > _SHORT:
            head = f"{text[:_AROUND].rpartition(' ')[0]} " if n else ""
            tail = f" {text[-_AROUND:].partition(' ')[2]}" if n < len(segments) - 1 else ""
            text = f"{head}…{tail}"
        found.append(Segment(segment.sort, text))
    return tuple(found)


class MarkedText(QWidget):
    """Paints; the keyboard and the mouse belong to what it stands on."""

    def __init__(self) -> None:
        super().__init__()
        self._segments: Sequence[Segment] = ()
        self._nothing = ""
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        self._document.setUndoRedoEnabled(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_segments(self, segments: Sequence[Segment], nothing: str) -> None:
        """Shows a text; ``nothing`` stands where it is empty."""
        self._segments, self._nothing = segments, nothing
        self._draw()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._document.toPlainText()

    def _draw(self) -> None:
        self._document.setDefaultFont(self.font())
        self._document.clear()
        cursor = QTextCursor(self._document)
        if not any(segment.text.strip() for segment in self._segments):
            cursor.insertText(self._nothing, _style("soft"))
        for segment in self._segments:
            text = visible(segment.text)
            words = text.lstrip() if segment.sort != "same" else ""
            cursor.insertText(text.removesuffix(words) if words else text, _style("text"))
            cursor.insertText(words, _style("text", marked=True))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._document.setTextWidth(max(width, 1))
        return ceil(self._document.size().height())

    def sizeHint(self) -> QSize:
        width = 24 * self.fontMetrics().averageCharWidth()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(12 * self.fontMetrics().averageCharWidth(), self.fontMetrics().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _RESTYLED:
            self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._document.setTextWidth(self.width())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(event.rect())
        self._document.documentLayout().draw(painter, context)


def _style(tone: str, *, marked: bool = False) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(color(tone))
    if marked:
        style.setBackground(color("mark"))
        style.setFontUnderline(True)
    return style
