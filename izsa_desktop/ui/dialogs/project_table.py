"""What was found as a wide table: columns to choose, order by the headers, many projects to mark and change at once."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.export import ask_export
from izsa_desktop.ui.dialogs.multi_edit import MultiEditDialog
from izsa_desktop.ui.models.lazy_rows import LazyRows
from izsa_desktop.ui.models.project_table_model import SORT_OF, ProjectTableModel
from izsa_desktop.ui.settings import Remembered
from izsa_desktop.ui.widgets.columns_button import ColumnsButton
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.cells import COLUMNS, USUAL
from izsa_desktop.usecases.finding import Answer, search

_TITLE_WIDTH = 320
_COLUMNS = Remembered("table/columns", ",".join(USUAL))


class ProjectTable(QDialog):
    """Takes a filter; ``chosen`` tells a project that a person wants to open."""

    chosen = Signal(str)

    def __init__(self, wanted: ProjectFilter, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(desk.t("table.title"))
        self.resize(1100, 680)
        self._desk, self._wanted = desk, wanted
        t = desk.t
        kept = [name for name in desk.settings.text(_COLUMNS).split(",") if name in COLUMNS]
        self.columns = ColumnsButton(t, kept or USUAL)
        self.model = ProjectTableModel(LazyRows(desk.workplace, desk.tasks), desk.workplace.reference, t)
        self.model.show_columns(self.columns.columns)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(t("table.title"))
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setAlternatingRowColors(True)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.view.horizontalHeader().setDefaultSectionSize(150)
        self.view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.view.horizontalHeader().setSectionsMovable(False)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.count = plain_label(role="soft")
        self.edit = QPushButton(t("table.edit"))
        icons.put(self.edit, "pencil", "text", 15)
        self.export = QPushButton(t("table.export"))
        icons.put(self.export, "download", "text", 15)
        self._lay_out()
        self._wire()
        self.reload()

    def _wire(self) -> None:
        self.columns.changed.connect(self._arrange)
        self.view.horizontalHeader().setSectionsClickable(True)
        self.view.horizontalHeader().sectionClicked.connect(self._sort)
        self.view.doubleClicked.connect(lambda index: self._open(index.row()))
        self.view.selectionModel().selectionChanged.connect(lambda _on, _off: self._say())
        self.edit.clicked.connect(self._edit)
        self.export.clicked.connect(self._export)
        self._desk.changes.changed.connect(lambda kinds, _by: self.reload() if changes.PROJECTS in kinds else None)

    def reload(self) -> None:
        """Reads the rows again."""
        workplace, wanted = self._desk.workplace, self._wanted
        self._desk.tasks.run(self, lambda: search(workplace, wanted), self._show)

    @property
    def marked(self) -> list[int]:
        """Numbers of the marked projects, in order; of all when none is marked."""
        places = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.model.number_at(place) for place in places or range(self.model.rowCount())]

    def _show(self, answer: Answer) -> None:
        self.model.show(answer)
        self._show_order()
        self._say()

    def _say(self) -> None:
        t, marked = self._desk.t, len(self.view.selectionModel().selectedRows())
        total = t.number(self.model.rowCount())
        sentence = t("table.marked", marked=t.number(marked), total=total) if marked else t("table.all", total=total)
        self.count.setText(sentence)
        self.edit.setEnabled(self.model.rowCount() > 0)
        self.export.setEnabled(self.model.rowCount() > 0)

    def _arrange(self, columns: tuple[str, ...]) -> None:
        self.model.show_columns(columns)
        self._desk.settings.set_text(_COLUMNS, ",".join(columns))
        self._show_order()

    def _sort(self, section: int) -> None:
        sort = SORT_OF.get(self.model.columns[section])
        if sort is not None:
            self._wanted = replace(self._wanted, sort=sort)
            self.reload()
        self._show_order()

    def _show_order(self) -> None:
        header = self.view.horizontalHeader()
        if "title" in self.model.columns:
            header.resizeSection(self.model.columns.index("title"), _TITLE_WIDTH)
        place = next((n for n, name in enumerate(self.model.columns) if SORT_OF.get(name) == self._wanted.sort), -1)
        header.setSortIndicatorShown(place >= 0)
        upward = self._wanted.sort in ("name", "district")
        header.setSortIndicator(place, Qt.SortOrder.AscendingOrder if upward else Qt.SortOrder.DescendingOrder)

    def _open(self, place: int) -> None:
        id_ = self.model.id_at(place)
        if id_ is not None:
            self.chosen.emit(id_)
            self.accept()

    def _edit(self) -> None:
        MultiEditDialog(self.marked, self._desk, self).open()

    def _export(self) -> None:
        ask_export(self, self._desk, self._wanted, self.model.columns)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.count, 1)
        head.addWidget(self.columns)
        foot = QHBoxLayout()
        foot.addWidget(self.edit)
        foot.addWidget(self.export)
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)
