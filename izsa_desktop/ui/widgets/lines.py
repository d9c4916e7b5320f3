"""A list of sentences of people's words and numbers: one below the other, whole, wrapped where they are long."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

AnyIndex = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[str] = ()

    def show(self, lines: Sequence[str]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return self.lines[index.row()] if shown else None


class Lines(QListView):
    """``chosen`` tells the number of a line that somebody wants to open."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("gapLines")
        self.setAccessibleName(name)
        self._model = _Model()
        self.setModel(self._model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands there."""
        return tuple(self._model.lines)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Shows these instead, from the first one on."""
        self._model.show(lines)
        self.scrollToTop()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the lines are, as long as they are few."""
        frame = 2 * self.frameWidth() + 6
        return QSize(200, sum(self.sizeHintForRow(n) for n in range(min(6, len(self._model.lines)))) + frame)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, min(self.sizeHint().height(), 3 * self.fontMetrics().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
