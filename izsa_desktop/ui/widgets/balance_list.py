"""How work divides in each district: a name and a bar of parts in every line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from izsa_desktop.domain.text import visible
from izsa_desktop.ui.theme import color
from izsa_desktop.ui.widgets.goal_badge import ink_on
from izsa_desktop.ui.widgets.text import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
_PARTS = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """``parts``: colours of the theme and percentages; ``aside``: what stands at the right; ``said``: all in words."""

    code: str
    name: str
    aside: str
    parts: tuple[tuple[str, float], ...]
    said: str


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(160, 2 * QFontMetrics(option.font).height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line: BalanceLine = index.data(_PARTS)
        font, rect, state = QFont(option.font), QRectF(option.rect), option.state
        high = QFontMetrics(font).height()
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, color("selected"))
        text = rect.adjusted(4, 3, -4, 0)
        text.setHeight(high)
        painter.setPen(color("soft"))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.aside)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(color("text"))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, visible(line.name))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        bar = QRectF(rect.x() + 4, text.bottom() + 1, rect.width() - 8, high)
        painter.fillRect(bar, color("line"))
        left = bar.x()
        for tone, percent in line.parts:
            part = QRectF(left, bar.y(), max(1.0, bar.width() * percent / 100 - 1), bar.height())
            painter.fillRect(part, color(tone))
            if QFontMetrics(font).horizontalAdvance("000") < part.width():
                painter.setPen(ink_on(color(tone)))
                painter.drawText(part, Qt.AlignmentFlag.AlignCenter, str(round(percent)))
            left += bar.width() * percent / 100
        painter.restore()


class BalanceList(QListView):
    """``show_lines`` what there is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("gapLines")
        self.setAccessibleName(name)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_lines(self, lines: Sequence[BalanceLine]) -> None:
        """Shows these instead."""
        self._model.clear()
        for line in lines:
            item = QStandardItem(visible(line.name))
            item.setData(line, _PARTS)
            item.setData(line.said, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(plain_tip(line.said))
            self._model.appendRow(item)

    def choose(self, code: str) -> None:
        """Marks a district's line, where there is one."""
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            if index.data(_PARTS).code == code:
                self.setCurrentIndex(index)
                return
        self.clearSelection()
