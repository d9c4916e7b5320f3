"""The notice about personal data, to be read before the first project and again at any time."""

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator


class KvkkNotice(QTextEdit):
    """The program's own notice, or a municipality's where it has one: text, never markup."""

    def __init__(self, t: Translator, own_text: str = "") -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("notice")
        self.setAccessibleName(t("kvkk.title"))
        cursor = self.textCursor()
        for n, (heading, text) in enumerate([("", own_text)] if own_text else _parts(t)):
            for m, (words, bold) in enumerate(((heading, True), (text, False))):
                if words:
                    self._add(cursor, visible(words), bold=bold, above=0 if n == 0 else 2 if m and heading else 12)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    @staticmethod
    def _add(cursor: QTextCursor, words: str, *, bold: bool, above: int) -> None:
        block, letters = QTextBlockFormat(), QTextCharFormat()
        block.setTopMargin(above)
        block.setLineHeight(115, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        letters.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        if cursor.atStart():
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        cursor.insertText(words, letters)


def _parts(t: Translator) -> list[tuple[str, str]]:
    return [
        ("", t("kvkk.intro")),
        (t("kvkk.where"), t("kvkk.where_text")),
        (t("kvkk.sent"), t("kvkk.sent_text")),
        (t("kvkk.posts"), t("kvkk.posts_text")),
        (t("kvkk.photos"), t("kvkk.photos_text")),
        (t("kvkk.past"), t("kvkk.past_text")),
        ("", t("kvkk.no_advice")),
    ]
