"""A list of rows of three lines: what stands above it, and the row that is looked at."""

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QSplitter, QVBoxLayout, QWidget

from izsa_desktop.ui.models.lines_model import LinesModel
from izsa_desktop.ui.models.version_delegate import VersionDelegate
from izsa_desktop.ui.widgets.text import plain_label, surface

_CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect
_NARROWEST = 30
"""Average letters."""
_SIZES = [330, 950]


def lines_list(name: str, model: QAbstractItemModel) -> QListView:
    """A list with the delegate of versions."""
    view = QListView()
    view.setObjectName("versions")
    view.setAccessibleName(name)
    view.setModel(model)
    view.setItemDelegate(VersionDelegate(view))
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    return view


def look_at(view: QListView, place: int) -> None:
    """Makes the row that stands there the one that is looked at."""
    view.selectionModel().setCurrentIndex(view.model().index(place, 0), _CHOOSE)


def beside(left: QWidget, right: QWidget) -> QSplitter:
    """A list at the left and what it is about at the right."""
    parts = QSplitter()
    parts.setChildrenCollapsible(False)
    parts.setHandleWidth(1)
    parts.addWidget(left)
    parts.addWidget(right)
    parts.setStretchFactor(1, 1)
    parts.setSizes(_SIZES)
    return parts


class LinesView(QWidget):
    """``looked_at``: another row is looked at, or the same one anew.

    Buttons go into ``tools``, more lines into ``head``.
    """

    looked_at = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        surface(self, "listPane")
        self.model = LinesModel()
        self.view = lines_list(name, self.model)
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self.looked_at.emit())
        self.count = plain_label(role="soft", wrap=True)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(2)
        self.tools.addWidget(self.count, 1)
        self.head = QVBoxLayout()
        self.head.setContentsMargins(16, 8, 10, 8)
        self.head.setSpacing(4)
        self.head.addLayout(self.tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head)
        column.addWidget(self.view, 1)
        self.setMinimumWidth(_NARROWEST * self.fontMetrics().averageCharWidth())

    @property
    def current(self) -> str:
        """The key of the row that is looked at; empty for none."""
        place = self.place
        return self.model.rows[place].key if 0 <= place < len(self.model.rows) else ""

    @property
    def place(self) -> int:
        """Where it stands; -1 for nowhere."""
        return self.view.currentIndex().row()

    def go_to(self, place: int) -> None:
        """Looks at the row that stands there, anew if it is looked at already."""
        if not 0 <= place < self.model.rowCount():
            return
        if place == self.place:
            self.looked_at.emit()
        else:
            look_at(self.view, place)

    def step(self, by: int) -> None:
        """Another row; the first and the last are the ends."""
        self.go_to(self.place + by)

    def go_on(self) -> None:
        """The next row, and after the last one the first."""
        if self.model.rowCount():
            self.go_to((self.place + 1) % self.model.rowCount())
