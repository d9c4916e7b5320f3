"""The left part of the projects page: search, filters, the list, and what to do when it is empty."""

from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from izsa_desktop.domain.filter import EVERYTHING, SORTS, ProjectFilter
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.models.lazy_rows import LazyRows
from izsa_desktop.ui.models.project_delegate import ProjectDelegate
from izsa_desktop.ui.models.project_list_model import PROJECT, ProjectListModel
from izsa_desktop.ui.widgets.empty_state import EmptyState
from izsa_desktop.ui.widgets.fields import QuietCombo
from izsa_desktop.ui.widgets.filter_chips import FilterChips
from izsa_desktop.ui.widgets.filter_panel import FilterPanel
from izsa_desktop.ui.widgets.list_tools import ListTools
from izsa_desktop.ui.widgets.list_view import ListView
from izsa_desktop.ui.widgets.scope_switch import ScopeSwitch
from izsa_desktop.ui.widgets.search_box import SearchBox
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label, set_role, surface
from izsa_desktop.usecases.filter_names import FilterNames
from izsa_desktop.usecases.finding import Answer


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
        self._filter = EVERYTHING
        self._awaited = False
        names = FilterNames(reference, t)
        self.search = SearchBox(t("list.search"))
        self.search.setToolTip(t("list.search_tip"))
        desk.theme.changed.connect(self.search.restyle)
        self.filters = QPushButton(t("finding.filter"))
        self.filters.setCheckable(True)
        self.filters.setToolTip(t("finding.filter_tip"))
        icons.put(self.filters, "list-filter", "accent", 15)
        self.sort = QuietCombo()
        self.sort.setAccessibleName(t("finding.sort"))
        self.sort.setToolTip(t("finding.sort"))
        self.sort.setProperty("role", "filter")
        for sort in SORTS:
            self.sort.addItem(t(f"sort.{sort}"), sort)
        self.scope = ScopeSwitch(t)
        if desk.office:  # which has everybody's projects, approved or not
            self.scope.hide()
        self.tools = ListTools(t)
        self.chips = FilterChips(names, t)
        self.instead = plain_label(role="soft", wrap=True)
        self.instead.hide()
        self.new = QPushButton(t("list.new"))
        self.new.setToolTip(t("list.new_tip"))
        self.new.setProperty("role", "primary")
        icons.put(self.new, "plus", "on_accent", 16)
        self.count = plain_label(role="soft")
        self.reset = QPushButton(t("list.clear_filters"))
        self.reset.setProperty("role", "link")
        self.view = ListView()
        delegate = ProjectDelegate(reference, t, self.view)
        rows = LazyRows(desk.workplace, desk.tasks)
        self.model = ProjectListModel(rows, t("list.untitled"), delegate.described, delegate.attention)
        self.view.setModel(self.model)
        self.view.setItemDelegate(delegate)
        self.view.setAccessibleName(t("list.title"))
        self.view.fit_rows()
        self.panel = FilterPanel(names, t)
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        for page in (self.view, self.empty, self.panel):
            self._stack.addWidget(page)
        self._lay_out()
        self._wire()

    def _wire(self) -> None:
        self.search.sought.connect(lambda _text: self.filter_changed.emit())
        self.search.downward.connect(self.view.setFocus)
        self.filters.toggled.connect(self._show_panel)
        QShortcut(QKeySequence("Ctrl+Shift+F"), self, self.filters.toggle)
        self.panel.changed.connect(self.choose)
        self.panel.done.connect(lambda: self.filters.setChecked(False))
        self.chips.removed.connect(lambda facet, code: self.choose(facet, _without(self.wanted.chosen(facet), code)))
        self.chips.bin_left.connect(lambda: self.show_bin(False))
        self.sort.currentIndexChanged.connect(lambda _index: self._change(sort=self.sort.currentData()))
        self.scope.changed.connect(self.show_network)
        self.tools.bin_wanted.connect(self.show_bin)
        self.tools.view_wanted.connect(self.show_filter)
        self.new.clicked.connect(self.new_wanted)
        self.reset.clicked.connect(self.clear_filters)
        self.empty.wanted.connect(self._leave_empty)
        self.view.selectionModel().selectionChanged.connect(lambda _on, _off: self.choose_marked())
        self.model.dataChanged.connect(lambda _first, _last: self.choose_marked() if self._awaited else None)

    # --- what is wanted ---------------------------------------------------------------------------------------------

    @property
    def wanted(self) -> ProjectFilter:
        """What the search box and the filters say."""
        return replace(self._filter, query=self.search.text())

    @property
    def filtered(self) -> bool:
        """True when something is sought or left out."""
        return self.wanted.narrows

    def choose(self, facet: str, codes: tuple[str, ...]) -> None:
        """Wants these values of a facet and no others."""
        self._change(**{facet: codes})

    def show_bin(self, on: bool) -> None:
        """Shows what was deleted, or everything else again. Only one's own is in the bin."""
        self._change(deleted=on, network=self._filter.network and not on)

    def show_network(self, on: bool) -> None:
        """Shows the approved projects of all bodies, or the workplace's own ones."""
        self._change(network=on, deleted=self._filter.deleted and not on)

    def show_filter(self, wanted: ProjectFilter) -> None:
        """Wants all that a filter says."""
        self._filter = wanted
        with QSignalBlocker(self.search), QSignalBlocker(self.sort):
            self.search.setText(wanted.query)
            self.sort.setCurrentIndex(self.sort.findData(wanted.sort))
        self.filter_changed.emit()

    def show_only_unplaced(self) -> None:
        """Leaves out what is on the map."""
        self.choose("place", ("unmapped",))

    def clear_filters(self) -> None:
        """Shows everything again of what is looked at."""
        self.show_filter(ProjectFilter(sort=self._filter.sort, network=self._filter.network))

    def _leave_empty(self) -> None:
        """What the button says where nothing is listed."""
        if self.filtered:
            self.clear_filters()
        elif self.wanted.network:
            self.show_network(False)
        else:
            self.new_wanted.emit()

    def _change(self, **values: object) -> None:
        self._filter = replace(self._filter, **values)  # type: ignore[arg-type]  # named by the facets
        self.filter_changed.emit()

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def top(self) -> int:
        """The place that stands at the top of the list."""
        return max(0, self.view.rowAt(0))

    def show_answer(self, answer: Answer, selected: str | None, *, stay: bool) -> None:
        """Shows what was found; the selection stays where it can, and with ``stay`` so does the list."""
        found, scrolled = answer.found, self.view.verticalScrollBar().value()
        self.model.show(answer)
        self.view.verticalScrollBar().setValue(scrolled if stay else 0)
        self.select(selected)
        self.panel.show_counts(found.counts, answer.wanted, len(found.numbers))
        self.chips.show_filter(answer.wanted)
        self.tools.show_filter(answer.wanted)
        self.scope.show_scope(answer.wanted.network)
        set_role(self.filters, "tonal" if self.chips.chips else "")
        self._show_instead(found.instead)
        self._count(len(found.numbers), found.total)
        self._show_page()

    def _show_instead(self, instead: dict[str, tuple[str, ...]]) -> None:
        lines = [self._t("finding.instead", typed=word, sought=", ".join(found)) for word, found in instead.items()]
        self.instead.setText("\n".join(lines))
        self.instead.setVisible(bool(lines))

    def _count(self, found: int, total: int) -> None:
        shown = self._t.number(found)
        if self.filtered:
            self.count.setText(self._t("list.count_of", shown=shown, total=self._t.number(total)))
        else:
            self.count.setText(self._t("list.count", count=total, number=shown))
        self.reset.setVisible(self.filtered)

    def _show_page(self) -> None:
        if self.filters.isChecked():
            self._stack.setCurrentWidget(self.panel)
            return
        empty = self.model.rowCount() == 0
        if empty and self.filtered:
            self.empty.say(
                "search", self._t("list.none_found"), self._t("list.none_found_hint"), self._t("list.show_all")
            )
        elif empty and self.wanted.network:
            t = self._t
            self.empty.say("inbox", t("network.none"), t("network.none_hint"), t("network.back"))
        elif empty:
            self.empty.say("map-pin", self._t("list.none_yet"), self._t("list.none_yet_hint"), self._t("list.first"))
        self._stack.setCurrentWidget(self.empty if empty else self.view)

    def _show_panel(self, on: bool) -> None:
        self._show_page()
        (self.panel.tree if on else self.view).setFocus()

    def select(self, id_: str | None) -> bool:
        """Marks a project without telling anybody; False when its place is not known.

        With none marked the keyboard stays where it was.
        """
        index = self.model.index_of(id_)
        with QSignalBlocker(self.view.selectionModel()):
            if index.isValid():
                self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.view.scrollTo(index)
            else:
                self.view.clearSelection()
        self.view.viewport().update()
        return index.isValid()

    def choose_marked(self) -> None:
        """Tells which project is marked, as soon as that is known."""
        self._awaited = False
        for index in self.view.selectedIndexes():
            if (project := index.data(PROJECT)) is not None:
                self.chosen.emit(project.id)
            else:
                self._awaited = True

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
        tools = QHBoxLayout()
        tools.setSpacing(6)
        tools.addWidget(self.filters)
        tools.addWidget(self.sort, 1)
        tools.addWidget(self.tools)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.reset)
        top = QVBoxLayout()
        top.setContentsMargins(14, 14, 14, 8)
        top.setSpacing(9)
        top.addLayout(head)
        top.addWidget(self.scope)
        top.addWidget(self.search)
        top.addLayout(tools)
        top.addWidget(self.chips)
        top.addWidget(self.instead)
        top.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self.setMinimumWidth(280)


def _without(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(other for other in codes if other != code)
