"""The menu beside the order of the list: views, table, export, the bin."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.text import for_button
from izsa_desktop.usecases.finding import View


class ListTools(QToolButton):
    """Says what was chosen; does nothing itself."""

    view_wanted = Signal(object)
    """The filter of a view."""
    manage_views = Signal()
    table_wanted = Signal()
    export_wanted = Signal()
    map_wanted = Signal()
    document_wanted = Signal()
    bin_wanted = Signal(bool)

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._views: Sequence[View] = ()
        self.setAccessibleName(t("finding.more"))
        self.setToolTip(t("finding.more"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        icons.put(self, "ellipsis", "soft", 18)
        self._menu = menu = QMenu(self)
        self.setMenu(menu)
        self.views = QMenu(t("finding.views"), self)
        menu.addMenu(self.views)
        # Made with a parent of their own: those that a menu makes go with their Python halves.
        self.table = QAction(t("finding.table"), self)
        self.export = QAction(t("finding.export"), self)
        self.bin = QAction(t("finding.bin"), self)
        self.map = QAction(f"{t('mapfile.save')}\tCtrl+Shift+P", self)
        self.document = QAction(f"{t('document.menu')}\tCtrl+Alt+P", self)
        menu.addActions([self.table, self.export, self.map, self.document])
        menu.addSeparator()
        menu.addAction(self.bin)
        self.bin.setCheckable(True)
        self.table.triggered.connect(self.table_wanted)
        self.export.triggered.connect(self.export_wanted)
        self.map.triggered.connect(self.map_wanted)
        self.document.triggered.connect(self.document_wanted)
        self.bin.triggered.connect(self.bin_wanted)
        self.show_views(())

    def show_filter(self, wanted: ProjectFilter) -> None:
        """Marks what is wanted now."""
        self.bin.setChecked(wanted.deleted)

    def show_views(self, views: Sequence[View]) -> None:
        """Offers these views."""
        self.views.clear()
        for view in views:
            action = QAction(for_button(view.name), self.views)
            action.triggered.connect(lambda _on, view=view: self.view_wanted.emit(view.wanted))
            self.views.addAction(action)
        if views:
            self.views.addSeparator()
        self.views.addAction(self._t("finding.manage_views")).triggered.connect(self.manage_views)
