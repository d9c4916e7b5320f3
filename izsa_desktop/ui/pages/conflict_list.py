"""The left part of the page of conflicts: the records about which there is something to decide."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from izsa_desktop.ui.desk import Desk, body_name
from izsa_desktop.ui.models.conflict_list_model import RECORD, ConflictListModel
from izsa_desktop.ui.widgets.editor_head import tool
from izsa_desktop.ui.widgets.lines_view import lines_list, look_at
from izsa_desktop.ui.widgets.text import plain_label, surface
from izsa_desktop.usecases.conflicts import Disputed

_NARROWEST = 26
"""Average letters."""


class ConflictList(QWidget):
    """``looked_at``: another record is looked at, or the same one anew."""

    looked_at = Signal()
    entered = Signal()
    """The keyboard wants to go on to the values."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        surface(self, "listPane")
        t = desk.t
        self._t = t
        self.model = ConflictListModel(t, partial(body_name, desk))
        self.view = lines_list(t("conflict.title"), self.model)
        self.count = plain_label(role="soft")
        self.undo = tool("undo-2", t("conflict.undo"))
        self.undo.setEnabled(False)
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self.looked_at.emit())
        self.view.activated.connect(lambda _index: self.entered.emit())
        self._lay_out()

    @property
    def current(self) -> Disputed | None:
        """The record that is looked at."""
        found: Disputed | None = self.view.currentIndex().data(RECORD)
        return found

    @property
    def place(self) -> int:
        """Where it stands; -1 for nowhere."""
        return self.view.currentIndex().row()

    @property
    def rows(self) -> int:
        """How many records there are."""
        return self.model.rowCount()

    def go_to(self, place: int) -> None:
        """Looks at the record that stands there, anew if it is looked at already."""
        if not 0 <= place < self.rows:
            return
        if place == self.place:
            self.looked_at.emit()
        else:
            look_at(self.view, place)

    def show_count(self) -> None:
        """Says how many there are."""
        self.count.setText(self._t("conflict.count", count=self.rows))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(plain_label(self._t("conflict.title"), role="title"), 1)
        top.addWidget(self.undo)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 10, 8)
        head.setSpacing(0)
        head.addLayout(top)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.setMinimumWidth(_NARROWEST * self.fontMetrics().averageCharWidth())
