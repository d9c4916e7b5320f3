"""The list of projects: as many rows as were found, each read when it is looked at."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from izsa_desktop.db.catalogue import Numbers
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.text import visible
from izsa_desktop.ui.models.lazy_rows import LazyRows
from izsa_desktop.ui.widgets.text import plain_tip
from izsa_desktop.usecases.finding import Answer, Row

PROJECT = Qt.ItemDataRole.UserRole
ROW = Qt.ItemDataRole.UserRole + 1
AnyIndex = QModelIndex | QPersistentModelIndex


class ProjectListModel(QAbstractListModel):
    """One column; ``PROJECT`` gives the row's project and ``ROW`` what a search adds to it, None while it is read."""

    def __init__(
        self,
        rows: LazyRows,
        untitled: str,
        described: Callable[[Project], str] | None = None,
        attention: Callable[[Project], str] | None = None,
    ) -> None:
        """``described``: all that is painted in a row, for screen readers. ``attention``: what its mark means."""
        super().__init__()
        self._rows, self._untitled = rows, untitled
        self._described, self._attention = described, attention
        rows.setParent(self)
        rows.arrived.connect(self._arrived)

    def show(self, answer: Answer) -> None:
        """Shows what a search gave."""
        self.beginResetModel()
        self._rows.show(answer)
        self.endResetModel()

    def project(self, id_: str) -> Project | None:
        """The project with this id, if its row is here."""
        place = self._rows.place(id_)
        row = self._rows.row(place) if place >= 0 else None
        return row.project if row else None

    def index_of(self, id_: str | None) -> QModelIndex:
        """Where it stands; an invalid index when it does not, or is not known yet."""
        place = self._rows.place(id_) if id_ else -1
        return QModelIndex() if place < 0 else self.index(place)

    def note_place(self, id_: str, place: int) -> None:
        """Somebody has found out where a project stands."""
        self._rows.note_place(id_, place)

    def renew(self, project: Project) -> None:
        """It has been saved: its row is not to be shown as it was before until everything is read again."""
        self._rows.renew(project)

    @property
    def numbers(self) -> Numbers:
        """What is listed, in order."""
        return self._rows.numbers

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in _ROLES:
            return None
        row: Row | None = self._rows.row(index.row())
        if role == ROW:
            return row
        if role == PROJECT:
            return row.project if row else None
        return "…" if row is None else self._said(row.project, role)

    def _said(self, project: Project, role: int) -> str | None:
        """A row in words."""
        if role == Qt.ItemDataRole.AccessibleTextRole and self._described:
            return self._described(project)
        if role == Qt.ItemDataRole.ToolTipRole:
            said = self._attention(project) if self._attention else ""
            return plain_tip(said) if said else None
        return visible(project.fields.title) or self._untitled

    def _arrived(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last))


_ROLES = (
    PROJECT,
    ROW,
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)
