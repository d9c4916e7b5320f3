"""What waits for review, in columns."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from izsa_desktop.domain.text import visible
from izsa_desktop.ui.desk import Desk, local_day
from izsa_desktop.usecases.reviewing import Waiting

AnyIndex = QModelIndex | QPersistentModelIndex
TITLE, DISTRICT, WHY, UPDATED = COLUMNS = ("title", "district", "why", "updated")
_LONGEST = 60


class WaitingModel(QAbstractTableModel):
    """``show_rows`` shows them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: tuple[Waiting, ...] = ()

    def show_rows(self, rows: Sequence[Waiting]) -> None:
        """Shows these instead."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._desk.t(f"waiting.{COLUMNS[section]}")

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        one, column, t = self.rows[index.row()], COLUMNS[index.column()], self._desk.t
        if column == TITLE:
            title = " ".join(visible(one.project.fields.title).split()) or t("list.untitled")
            return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
        if column == DISTRICT:
            return self._desk.workplace.reference.district_name(one.project.body, t.language)
        if column == WHY:
            return t(f"reviewing.why_{one.why}")
        return local_day(t, one.project.updated)
