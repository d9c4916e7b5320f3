"""What waits for review, in columns."""

from PySide6.QtCore import Qt

from izsa_desktop.domain.text import visible
from izsa_desktop.ui.desk import Desk, local_day
from izsa_desktop.ui.models.columns_model import AnyIndex, ColumnsModel
from izsa_desktop.usecases.reviewing import Waiting

TITLE, DISTRICT, WHY, UPDATED = COLUMNS = ("title", "district", "why", "updated")
_LONGEST = 60


class WaitingModel(ColumnsModel[Waiting]):
    """``show_rows`` shows them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.t(f"waiting.{name}") for name in COLUMNS)
        self._desk = desk

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
