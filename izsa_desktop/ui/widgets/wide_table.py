"""A table on a page of cards: a row is chosen as a whole, and it is as high as its rows as long as they are few."""

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

_MOST_ROWS = 12
_ROOM = 10
"""Pixels between columns, as far as there is room."""
_FRAME = 2
"""Pixels of the widest frame, which the focus has."""


class WideTable(QTableView):
    """Shows a model's rows."""

    def __init__(self, model: QAbstractItemModel, name: str) -> None:
        super().__init__()
        self.setObjectName("wideTable")
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self.fit()

    @property
    def chosen(self) -> int:
        """The chosen row, -1 for none."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def choose(self, row: int) -> None:
        """Chooses a row; -1 for none."""
        self.selectRow(row) if row >= 0 else self.clearSelection()

    def fit(self) -> None:
        """Measures rows and columns again: after others are shown, or the text has another size."""
        height = self.fontMetrics().height() + 14
        self.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        self.resizeColumnsToContents()
        spare = (self.viewport().width() - header.length()) // max(header.count(), 1)
        for column in range(header.count()):
            header.resizeSection(column, header.sectionSize(column) + min(max(spare, 0), _ROOM))
        rows = min(max(self.model().rowCount(), 1), _MOST_ROWS)
        too_wide = header.length() > self.viewport().width() > 0
        header.setStretchLastSection(not too_wide)
        bar = self.horizontalScrollBar().sizeHint().height() if too_wide else 0
        self.setFixedHeight(header.sizeHint().height() + rows * height + bar + 2 * _FRAME)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()
