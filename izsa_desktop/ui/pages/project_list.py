"""The left part of the projects page: search, filters, the list, and what to do when it is empty."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.project import Project, ProjectFilter
from izsa_desktop.domain.reference import OFFICE
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.models.project_delegate import ProjectDelegate
from izsa_desktop.ui.models.project_list_model import PROJECT, ProjectListModel
from izsa_desktop.ui.widgets.empty_state import EmptyState
from izsa_desktop.ui.widgets.fields import QuietCombo
from izsa_desktop.ui.widgets.search_box import SearchBox
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label, surface

_BIN = "_bin"
"""The choice among the states that shows what was deleted."""


class ListView(QListView):
    """Keyboard: arrows move, Enter goes into the form, Delete asks to delete."""

    entered_form = Signal()
    delete_wanted = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here chooses nothing; Qt would put the keyboard on the first row."""
        stood, rows = self.currentIndex().isValid(), self.selectionModel()
        with QSignalBlocker(rows):
            super().focusInEvent(event)
            if not stood:
                rows.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_form.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


class ProjectList(QWidget):
    """Shows rows, and says what is wanted: another filter, another project, a new one."""

    filter_changed = Signal()
    chosen = Signal(str)
    """A person has chosen a project in the list."""
    new_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        surface(self, "listPane")
        t, reference = desk.t, desk.workplace.reference
        self._t, self._body = t, desk.body_name
        self.only_unplaced = False
        self.search = SearchBox(t("list.search"))
        self.search.setToolTip(t("list.search_tip"))
        desk.theme.changed.connect(self.search.restyle)
        self.district = _filter(t("list.all_districts"), [(d.name, d.code) for d in reference.districts])
        self.district.addItem(reference.district_name(OFFICE, t.language), OFFICE)
        self.goal = _filter(
            t("list.all_goals"), [(f"{g.code} · {g.name[t.language]}", g.code) for g in reference.goals]
        )
        self.status = _filter(
            t("list.all_statuses"), [(w.label[t.language], w.code) for w in reference.vocabularies["status"]]
        )
        self.status.addItem(t("list.bin"), _BIN)
        self.new = QPushButton(t("list.new"))
        self.new.setToolTip(t("list.new_tip"))
        self.new.setProperty("role", "primary")
        icons.put(self.new, "plus", "on_accent", 16)
        self.count = plain_label(role="soft")
        self.reset = QPushButton(t("list.clear_filters"))
        self.reset.setProperty("role", "link")
        self.model = ProjectListModel(t("list.untitled"))
        self.view = ListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(ProjectDelegate(reference, t, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(t("list.title"))
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self.district.setVisible(desk.office)
        self._wire()

    def _wire(self) -> None:
        self.search.sought.connect(lambda _text: self.filter_changed.emit())
        self.search.downward.connect(self.view.setFocus)
        for box in (self.district, self.goal, self.status):
            box.currentIndexChanged.connect(lambda _index: self.filter_changed.emit())
        self.new.clicked.connect(self.new_wanted)
        self.reset.clicked.connect(self.clear_filters)
        self.empty.wanted.connect(lambda: self.clear_filters() if self.filtered else self.new_wanted.emit())
        self.view.selectionModel().selectionChanged.connect(lambda _on, _off: self.choose_marked())

    @property
    def wanted(self) -> ProjectFilter:
        """What the search box and the filters say."""
        status = self.status.currentData() or ""
        return ProjectFilter(
            query=self.search.text(),
            goal=self.goal.currentData() or "",
            district=self.district.currentData() or "",
            status="" if status == _BIN else status,
            deleted=status == _BIN,
        )

    @property
    def filtered(self) -> bool:
        """True when something is sought or left out."""
        return self.only_unplaced or self.wanted != ProjectFilter()

    def show_only_unplaced(self) -> None:
        """Leaves out what is on the map."""
        self.only_unplaced = True
        self.filter_changed.emit()

    def clear_filters(self) -> None:
        """Shows everything again."""
        self.only_unplaced = False
        for box in (self.district, self.goal, self.status):
            with QSignalBlocker(box):
                box.setCurrentIndex(0)
        with QSignalBlocker(self.search):
            self.search.clear()
        self.filter_changed.emit()

    def show_rows(self, projects: Sequence[Project], total: int, selected: str | None) -> None:
        """Shows these of ``total`` projects; the selection stays where it can."""
        self.model.set_rows(projects)
        self.select(selected)
        shown = self._t.number(len(projects))
        if self.filtered:
            self.count.setText(self._t("list.count_of", shown=shown, total=self._t.number(total)))
        else:
            self.count.setText(self._t("list.count", count=total, number=shown))
        self.reset.setVisible(self.filtered)
        if not projects and self.filtered:
            self.empty.say(
                "search", self._t("list.none_found"), self._t("list.none_found_hint"), self._t("list.show_all")
            )
        elif not projects:
            self.empty.say("map-pin", self._t("list.none_yet"), self._t("list.none_yet_hint"), self._t("list.first"))
        self._stack.setCurrentWidget(self.view if projects else self.empty)

    def select(self, id_: str | None) -> None:
        """Marks a project without telling anybody. With none marked the keyboard stays where it was."""
        index = self.model.index_of(id_)
        with QSignalBlocker(self.view.selectionModel()):
            if index.isValid():
                self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.view.scrollTo(index)
            else:
                self.view.clearSelection()
        self.view.viewport().update()

    def choose_marked(self) -> None:
        """Tells which project is marked."""
        for index in self.view.selectedIndexes():
            self.chosen.emit(index.data(PROJECT).id)

    def choose_current(self) -> None:
        """Chooses the project at which the keyboard stands."""
        index = self.view.currentIndex()
        if index.isValid():
            self.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.setSpacing(1)
        titles.addWidget(plain_label(self._t("list.title"), role="title"))
        titles.addWidget(ElidedLabel(self._body, role="soft"))
        head.addLayout(titles, 1)
        head.addWidget(self.new)
        places, filters = QHBoxLayout(), QHBoxLayout()
        for line, boxes in ((places, (self.district,)), (filters, (self.goal, self.status))):
            line.setSpacing(6)
            for box in boxes:
                line.addWidget(box, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.reset)
        top = QVBoxLayout()
        top.setContentsMargins(14, 14, 14, 8)
        top.setSpacing(10)
        top.addLayout(head)
        top.addWidget(self.search)
        top.addLayout(places)
        top.addLayout(filters)
        top.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self.setMinimumWidth(280)


def _filter(everything: str, choices: list[tuple[str, str]]) -> QuietCombo:
    box = QuietCombo()
    box.setAccessibleName(everything)
    box.setProperty("role", "filter")
    box.addItem(everything, "")
    for label, code in choices:
        box.addItem(label, code)
    box.view().setMinimumWidth(240)
    return box
