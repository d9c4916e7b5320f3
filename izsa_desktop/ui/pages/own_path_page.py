"""A district's own way: its ladder, its next two steps, what it hands in, signs and has done. Nobody else's."""

from PySide6.QtWidgets import QVBoxLayout

from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.pages.coaching_work import CoachingWork
from izsa_desktop.ui.pages.fresh_page import FreshPage
from izsa_desktop.ui.pages.path_view import PathView
from izsa_desktop.ui.widgets.card import scrolling_page
from izsa_desktop.ui.widgets.form_row import Mnemonics
from izsa_desktop.usecases.coaching_view import DistrictPath, path


class OwnPathPage(FreshPage):
    """The view of the path, with what a district can do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.changes, (changes.PROJECTS, changes.BUNDLES, changes.COACHING))
        self._desk, t = desk, desk.t
        self.view = PathView(desk, Mnemonics())
        self.work = CoachingWork(desk, self)
        self._aim = ""
        scroll, column = scrolling_page(t("coach.own_title"), t("coach.own_subtitle"), 900)
        column.addWidget(self.view)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.view.wanted.connect(self.work.do)
        self.work.written.connect(self.reload)

    def reload(self) -> None:
        """Reads everything again."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: path(workplace, workplace.identity.body), self._show)

    def show_record(self, id_: str) -> None:
        """Goes to a record: now where it is shown, else once the page has been read."""
        self._aim = id_
        if self.view.go_to(id_):
            self._aim = ""

    def _show(self, found: DistrictPath) -> None:
        self.work.about(found)
        self.view.show_path(found)
        if self._aim:
            self.show_record(self._aim)
            self._aim = ""
