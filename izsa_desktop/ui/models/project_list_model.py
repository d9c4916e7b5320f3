"""The list of projects: frozen rows, set whole. Rows are looked up by id in a table, so 100,000 of them stay quick."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from izsa_desktop.domain.project import Project
from izsa_desktop.domain.text import visible

PROJECT = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex


class ProjectListModel(QAbstractListModel):
    """One column; ``PROJECT`` gives the row's project."""

    def __init__(self, untitled: str) -> None:
        super().__init__()
        self._untitled = untitled
        self._rows: Sequence[Project] = ()
        self._row_of: dict[str, int] = {}

    def set_rows(self, projects: Sequence[Project]) -> None:
        """Shows these projects in this order."""
        self.beginResetModel()
        self._rows = projects
        self._row_of = {project.id: n for n, project in enumerate(projects)}
        self.endResetModel()

    def project(self, id_: str) -> Project | None:
        """The project with this id, if it is in the list."""
        row = self._row_of.get(id_)
        return None if row is None else self._rows[row]

    def index_of(self, id_: str | None) -> QModelIndex:
        """Where it stands; an invalid index when it does not."""
        row = self._row_of.get(id_) if id_ else None
        return QModelIndex() if row is None else self.index(row)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        project = self._rows[index.row()]
        if role == PROJECT:
            return project
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible(project.fields.title) or self._untitled
        return None
