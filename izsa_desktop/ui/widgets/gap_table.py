"""The table of gaps: a number on a colour in every cell, hatched where nothing runs; heads stay where one scrolls.

Colour, hatching and number say the same, so that the table can be read in grey, in the dark, and by those who see no
colours. The keyboard goes cell by cell.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from izsa_desktop.analysis.gaps import NONE
from izsa_desktop.ui.models.gap_model import CELL, COLOR, IS_TOTAL, GapModel
from izsa_desktop.ui.theme import color
from izsa_desktop.ui.widgets.goal_badge import ink_on
from izsa_desktop.usecases.gap_sheet import PLAIN, Cell

HEATS = ("heat_1", "heat_2", "heat_3", "heat_4", "heat_5")
AnyIndex = QModelIndex | QPersistentModelIndex
_LONGEST = 150
"""Pixels of a head that stands upright."""
_LYING = 5
"""Letters of a head that need not stand."""
_PAD = 9


def paint_ground(painter: QPainter, rect: QRect, tone: int, *, gap: bool) -> QColor:
    """Fills a cell or a swatch; the ink that can be read on it."""
    if gap:
        painter.fillRect(rect, color("surface"))
        hatch = color("line_strong")
        hatch.setAlphaF(0.38)
        painter.fillRect(rect, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        return color("text")
    if tone == PLAIN:
        return color("text")
    ground = color(HEATS[tone])
    painter.fillRect(rect, ground)
    return ink_on(ground)


class GapDelegate(QStyledItemDelegate):
    """Paints a cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        cell: Cell | None = index.data(CELL)
        if cell is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        font = QFont(option.font)
        painter.save()
        if index.data(IS_TOTAL):
            painter.fillRect(rect, color("sunken"))
            font.setWeight(QFont.Weight.DemiBold)
        ink = paint_ground(painter, rect, cell.tone, gap=bool(cell.gap))
        if cell.gap == NONE:
            ink = color("soft")
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, cell.text)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(color("surface"), 1))
            painter.drawRect(rect.adjusted(3, 3, -4, -4))
            painter.setPen(QPen(color("accent"), 3))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()


class _Heads(QHeaderView):
    """Goals as coloured squares, other codes as they are, names upright."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)

    def stands(self, section: int) -> bool:
        """True for a name that is too long to lie; the total's column is as wide as its head."""
        return len(self._text(section)) > _LYING and section < self.count() - 1

    def _text(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        standing = max((self._text(n) for n in range(self.count()) if self.stands(n)), key=len, default="")
        if not standing:
            return QSize(0, self._lying_height())
        return QSize(0, min(metrics.horizontalAdvance(standing) + 26, _LONGEST * metrics.height() // 16 + 18))

    def _lying_height(self) -> int:
        return QFontMetrics(self.font()).height() + 16

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, color("surface"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), color("line"))
        tone = self.model().headerData(section, Qt.Orientation.Horizontal, COLOR)
        text = self._text(section)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(color("text"))
        if tone:
            ground = QColor(str(tone))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            tile = QRect(rect.x(), rect.bottom() + 1 - self._lying_height(), rect.width(), self._lying_height())
            tile.adjust(3, 4, -3, -5)
            painter.drawRoundedRect(tile, 4, 4)
            painter.setPen(ink_on(ground))
            painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, text)
        elif self.stands(section):
            painter.translate(rect.x(), rect.bottom())
            painter.rotate(-90)
            room = QRect(7, 0, rect.height() - 12, rect.width())
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        else:
            painter.drawText(
                rect.adjusted(2, 0, -2, -6), Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, text
            )
        painter.restore()


class GapTable(QTableView):
    """``current`` tells where the keyboard stands; ``entered`` that somebody wants to go on from there."""

    current = Signal(str, str)
    """Codes of row and column; see ``gap_sheet.TOTAL``."""
    entered = Signal()

    def __init__(self, name: str, help_: str) -> None:
        super().__init__()
        self.setObjectName("gapTable")
        self.setAccessibleName(name)
        self.setAccessibleDescription(help_)
        self.cells = GapModel()
        self.setModel(self.cells)
        self._heads = _Heads(self)
        self._least: list[int] = []
        """The width that each column needs."""
        self.setHorizontalHeader(self._heads)
        self.setItemDelegate(GapDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setHighlightSections(False)
        rows.setSectionsClickable(True)
        rows.setMinimumSectionSize(18)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._heads.sectionClicked.connect(
            lambda n: self.setCurrentIndex(self.cells.index(self.cells.rowCount() - 1, n))
        )
        rows.sectionClicked.connect(lambda n: self.setCurrentIndex(self.cells.index(n, self.cells.columnCount() - 1)))
        self.selectionModel().currentChanged.connect(self._moved)

    def fit(self) -> None:
        """Measures rows and columns: after others are shown, or the text has another size."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 7)
        sheet = self.cells.sheet
        if sheet is None:
            return
        self._least = []
        for n, head in enumerate(sheet.columns):
            longest = max((row[n].text for row in sheet.cells), key=len, default="")
            own = 0 if self._heads.stands(n) else metrics.horizontalAdvance(head.short) + 8
            self._least.append(max(metrics.horizontalAdvance("00"), own, metrics.horizontalAdvance(longest)) + _PAD)
        self.verticalHeader().setFixedWidth(self.verticalHeader().sizeHint().width())
        self._spread()
        self.updateGeometries()

    def _spread(self) -> None:
        """Gives the columns what room there is, each the same, up to what is pleasant."""
        room = self.viewport().width() - sum(self._least)
        more = min(max(0, room // max(1, len(self._least))), 3 * self.fontMetrics().averageCharWidth())
        for n, width in enumerate(self._least):
            self.setColumnWidth(n, width + more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._spread()

    def needed_height(self) -> int:
        """What the rows take, with the heads and a bar below them."""
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        return rows + self._heads.sizeHint().height() + self.horizontalScrollBar().sizeHint().height() + 8

    @contextmanager
    def staying(self, *, from_left: bool) -> Iterator[None]:
        """What is shown anew stands where one was, or begins at its first column; also with the total chosen."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        before = (0 if from_left else across.value()), down.value()
        self.setAutoScroll(False)
        yield
        self.setAutoScroll(True)
        self.executeDelayedItemsLayout()
        across.setValue(before[0])
        down.setValue(before[1])

    def go_to(self, row: str, column: str) -> bool:
        """Moves to a cell; False where there is none."""
        index = self.cells.place(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
        return index.isValid()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def _moved(self, index: AnyIndex, _before: AnyIndex) -> None:
        if index.isValid():
            self.current.emit(*self.cells.codes(index))
