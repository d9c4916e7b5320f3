"""Paints a version in the list: when, who and where, what was changed."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from izsa_desktop.domain.text import visible
from izsa_desktop.ui.theme import color

WHEN, WHO, WHAT, MARK = (Qt.ItemDataRole.UserRole + n for n in range(1, 5))
_PAD = 14


class VersionDelegate(QStyledItemDelegate):
    """Three lines; ``MARK`` is a word behind the first. ``tight``: a row without a third one is lower."""

    def __init__(self, parent: QObject, *, tight: bool = False) -> None:
        super().__init__(parent)
        self._tight = tight

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        lines = 2 if self._tight and not index.data(WHAT) else 3
        return QSize(40, lines * QFontMetrics(option.font).lineSpacing() + (26 if lines > 2 else 24))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, state, font = option.rect, option.state, QFont(option.font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("selected" if chosen else "hover"))
        if chosen:
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), color("accent"))
        painter.fillRect(QRect(rect.x() + _PAD, rect.bottom(), rect.width() - _PAD, 1), color("line"))
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(color("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        line = QFontMetrics(font).lineSpacing()
        area = rect.adjusted(_PAD, 10, -_PAD, -10)
        first = QRect(area.x(), area.y(), area.width(), line)
        first.setWidth(first.width() - self._mark(painter, font, first, str(index.data(MARK))))
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.92)
        for n, (role, look, tone) in enumerate(((WHEN, bold, "text"), (WHO, small, "soft"), (WHAT, small, "soft"))):
            where = first if n == 0 else QRect(area.x(), area.y() + n * (line + 2), area.width(), line)
            painter.setFont(look)
            painter.setPen(color(tone))
            text = " ".join(visible(str(index.data(role))).split())
            cut = QFontMetrics(look).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        painter.restore()

    @staticmethod
    def _mark(painter: QPainter, font: QFont, rect: QRect, word: str) -> int:
        if not word:
            return 0
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.86)
        width = QFontMetrics(small).horizontalAdvance(word) + 16
        pill = QRectF(rect.right() - width, rect.y() - 0.5, width, rect.height() + 1)
        back = QColor(color("accent"))
        back.setAlphaF(0.13)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(small)
        painter.setPen(color("accent"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, word)
        return width + 8
