"""What differs between two versions, to be read: struck through what went, underlined what came, colours besides."""

from collections.abc import Sequence

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.theme import color
from izsa_desktop.usecases.history import Line, Told

_TONES = {"removed": ("bad", "bad_soft"), "added": ("good", "good_soft")}


class DifferenceView(QTextEdit):
    """Text of people goes in as text: nothing in it is ever markup."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._told: Sequence[Told] = ()
        self._empty = ""
        self.setObjectName("differences")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(18)
        self.setAccessibleName(t("history.differences"))

    def show_told(self, told: Sequence[Told], empty: str) -> None:
        """Field below field; ``empty`` when nothing differs."""
        self._told, self._empty = told, empty
        self.draw()

    def draw(self) -> None:
        """Again in the colours of now."""
        self.clear()
        cursor = self.textCursor()
        if not self._told:
            cursor.insertText(self._empty, _plain("soft"))
        for n, change in enumerate(self._told):
            self._start(cursor, first=n == 0, above=16)
            cursor.insertText(visible(change.name), _heading())
            for line in change.lines:
                self._start(cursor, first=False, above=4)
                self._line(cursor, line)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    @staticmethod
    def _start(cursor: QTextCursor, *, first: bool, above: int) -> None:
        style = QTextBlockFormat()
        style.setTopMargin(0 if first else above)
        style.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if first:
            cursor.setBlockFormat(style)
        else:
            cursor.insertBlock(style)

    def _line(self, cursor: QTextCursor, line: Line) -> None:
        if line.sort != "same":
            word = self._t("history.removed") if line.sort == "removed" else self._t("history.added")
            cursor.insertText(f"{word} ", _plain(_TONES[line.sort][0], bold=True))
        for segment in line.segments:
            cursor.insertText(visible(segment.text), _FORMATS[segment.sort]())


def _plain(tone: str = "text", *, bold: bool = False) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(color(tone))
    style.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return style


def _heading() -> QTextCharFormat:
    return _plain("soft", bold=True)


def _removed() -> QTextCharFormat:
    style = _plain(_TONES["removed"][0])
    style.setBackground(color(_TONES["removed"][1]))
    style.setFontStrikeOut(True)
    return style


def _added() -> QTextCharFormat:
    style = _plain(_TONES["added"][0])
    style.setBackground(color(_TONES["added"][1]))
    style.setFontUnderline(True)
    return style


_FORMATS = {"same": _plain, "removed": _removed, "added": _added}
