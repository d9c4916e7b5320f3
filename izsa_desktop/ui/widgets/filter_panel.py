"""All that can be filtered by, with how many projects each value leaves. Arrow keys move, the space bar chooses."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from izsa_desktop.domain.filter import FACETS, ProjectFilter
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.filter_names import FilterNames

_FACET, _CODE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_OPEN_AT_FIRST = ("status", "goal")


class FilterPanel(QWidget):
    """Says which values are wanted; what they leave it is told."""

    changed = Signal(str, tuple)
    """A facet and all codes of it that are wanted now."""
    done = Signal()
    """Back to the list."""

    def __init__(self, names: FilterNames, t: Translator) -> None:
        super().__init__()
        self._names, self._t = names, t
        self._counts: Mapping[str, Mapping[str, int]] = {}
        self._wanted = ProjectFilter()
        self._found = 0
        self._open = set(_OPEN_AT_FIRST)
        self._stale = True
        self.tree = QTreeWidget()
        self.tree.setObjectName("facets")
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setAccessibleName(t("finding.filter"))
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(14)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.show_found = QPushButton()
        self.show_found.setProperty("role", "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 10)
        layout.addWidget(self.tree, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 0, 14, 0)
        foot.addWidget(self.show_found)
        layout.addLayout(foot)
        self.show_found.clicked.connect(self.done)
        self.tree.itemChanged.connect(self._ticked)
        self.tree.itemExpanded.connect(lambda item: self._open.add(item.data(0, _FACET)))
        self.tree.itemCollapsed.connect(lambda item: self._open.discard(item.data(0, _FACET)))

    def show_counts(self, counts: Mapping[str, Mapping[str, int]], wanted: ProjectFilter, found: int) -> None:
        """What each choice would leave, now; nothing is drawn while nobody looks."""
        self._counts, self._wanted, self._found, self._stale = counts, wanted, found, True
        if self.isVisible():
            self._fill()

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        if visible and self._stale:
            self._fill()

    def _fill(self) -> None:
        self._stale = False
        at = self.tree.currentItem()
        stood = (at.data(0, _FACET), at.data(0, _CODE)) if at else None
        scrolled = self.tree.verticalScrollBar().value()
        with QSignalBlocker(self.tree):
            self.tree.clear()
            for facet in FACETS:
                self._add(facet, stood)
        self.tree.verticalScrollBar().setValue(scrolled)
        self.show_found.setText(self._t("finding.show_found", count=self._found, number=self._t.number(self._found)))

    def _add(self, facet: str, stood: tuple[str, str | None] | None) -> None:
        counts, chosen = self._counts.get(facet, {}), self._wanted.chosen(facet)
        codes = self._names.in_order(facet, {*counts, *chosen})
        if not chosen and codes in ([], [""]):
            return
        title = self._names.facet(facet)
        group = QTreeWidgetItem([f"{title} ({len(chosen)})" if chosen else title, ""])
        group.setData(0, _FACET, facet)
        bold = self.tree.font()
        bold.setBold(True)
        group.setFont(0, bold)
        self.tree.addTopLevelItem(group)
        for code in codes:
            name, count = self._names.value(facet, code), self._t.number(counts.get(code, 0))
            item = QTreeWidgetItem(group, [name, count])
            item.setData(0, _FACET, facet)
            item.setData(0, _CODE, code)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{title}: {name}, {count}")
            item.setToolTip(0, "" if len(name) < 30 else name.replace("<", "‹"))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked)
            if stood == (facet, code):
                self.tree.setCurrentItem(item)
        group.setExpanded(facet in self._open or bool(chosen))
        if stood == (facet, None):
            self.tree.setCurrentItem(group)

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        if column != 0 or item.parent() is None:
            return
        facet, code = item.data(0, _FACET), item.data(0, _CODE)
        others = tuple(c for c in self._wanted.chosen(facet) if c != code)
        on = item.checkState(0) == Qt.CheckState.Checked
        self.changed.emit(facet, (*others, code) if on else others)
