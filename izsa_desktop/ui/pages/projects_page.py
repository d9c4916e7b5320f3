"""Projects: list, form and map side by side. Without a project the map has all the room.

What is shown in the three parts is one selection and one filter; this page keeps them in step.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from izsa_desktop.domain.project import Project, ProjectFilter
from izsa_desktop.domain.text import visible
from izsa_desktop.maps.layers import MapData
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.history import HistoryDialog
from izsa_desktop.ui.notify import Action
from izsa_desktop.ui.pages.columns import Columns
from izsa_desktop.ui.pages.editor import Editor
from izsa_desktop.ui.pages.map_pane import MapPane
from izsa_desktop.ui.pages.place_advice import PlaceAdvice
from izsa_desktop.ui.pages.project_list import ProjectList
from izsa_desktop.ui.tasks import Task
from izsa_desktop.usecases.drafts import Draft, drafts
from izsa_desktop.usecases.mapping import map_data
from izsa_desktop.usecases.projects import (
    count_projects,
    delete_project,
    get_project,
    history,
    list_projects,
    may_edit,
    restore_project,
)
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Listing:
    """What one filter gives."""

    projects: list[Project]
    on_map: MapData
    total: int


def listing(workplace: Workplace, wanted: ProjectFilter) -> Listing:
    """Reads it; on the worker."""
    projects = list_projects(workplace, wanted)
    return Listing(projects, map_data(workplace, projects), count_projects(workplace))


def unsaved(workplace: Workplace) -> tuple[Draft, Project | None] | None:
    """What was being typed when the program stopped, with its project; on the worker."""
    for draft in drafts(workplace):
        project = get_project(workplace, draft.record) if draft.record else None
        if project is None or (may_edit(workplace, project) and not project.deleted):
            return draft, project
    return None


class ProjectsPage(QWidget):
    """The page on which a clerk spends the day."""

    listed = Signal()
    """List and map show what the filter gives."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._selected: str | None = None
        self._listing: Task[Listing] | None = None
        self.list = ProjectList(desk)
        self.editor = Editor(desk)
        self.map = MapPane(desk)
        self._advice = PlaceAdvice(desk, self.editor)
        self.columns = Columns(self.list, self.editor, self.map, desk.settings)
        self.editor.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.columns)
        self._wire()
        self.reload()
        self._desk.tasks.run(self, lambda: unsaved(desk.workplace), self._resume)

    def _wire(self) -> None:
        self.list.filter_changed.connect(self.reload)
        self.list.chosen.connect(self.open)
        self.list.new_wanted.connect(self.new)
        self.list.view.entered_form.connect(self._enter_form)
        self.list.view.delete_wanted.connect(self._delete_selected)
        self.map.project_clicked.connect(self.open)
        self.map.unplaced_wanted.connect(self.list.show_only_unplaced)
        self.map.place_picked.connect(self._advice.picked)
        self.editor.form.pick_wanted.connect(self._pick)
        self.editor.saved.connect(self._saved)
        self.editor.close_wanted.connect(self.close_project)
        self.editor.delete_wanted.connect(self.delete)
        self.editor.sheet_wanted.connect(self.print_sheet)
        self.editor.history_wanted.connect(self.show_history)
        self.editor.restore_wanted.connect(self.restore)
        self._desk.changes.changed.connect(self._changed)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.New), self.new),
            (QKeySequence(QKeySequence.StandardKey.Save), self.editor.save),
            (QKeySequence(QKeySequence.StandardKey.Find), self._find),
            (QKeySequence(QKeySequence.StandardKey.Print), self._print_selected),
            (QKeySequence("Esc"), self._escape),
        ):
            QShortcut(keys, self, act)  # in force wherever the focus is, as long as this page is the one shown

    # --- what is shown ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads list and map again; an older reading that is still under way counts no more."""
        if self._listing is not None:
            self._listing.cancel()
        workplace, wanted = self._desk.workplace, self.list.wanted
        self._listing = self._desk.tasks.run(self, lambda: listing(workplace, wanted), self._show)

    def _show(self, found: Listing) -> None:
        rows = found.projects
        if self.list.only_unplaced:
            unplaced = set(found.on_map.unplaced)
            rows = [project for project in rows if project.id in unplaced]
        self.list.show_rows(rows, found.total, self._selected)
        self.map.show_projects(found.on_map)
        self.map.view.select(self._selected or "")
        self.listed.emit()

    def _changed(self, kinds: frozenset[str], by: object) -> None:
        if changes.PROJECTS not in kinds:
            return
        self.reload()
        if by is not self.editor and self._selected and not self.editor.dirty:
            self._fetch(self._selected)

    def _resume(self, found: tuple[Draft, Project | None] | None) -> None:
        """Goes on where somebody was interrupted."""
        if found is None or self.editor.is_open:
            return
        draft, project = found
        if project is None:
            self._new_now()
        else:
            self._select(project.id)
            self._show_project(project)
        self.editor.resume(draft)

    # --- which project ----------------------------------------------------------------------------------------------

    def open(self, id_: str) -> None:
        """Shows a project, after what is typed has been saved."""
        if id_ == self._selected and self.editor.is_open:
            return
        self.editor.leave(lambda: self._open_now(id_), self._stay)

    def new(self) -> None:
        """An empty form, after what is typed has been saved."""
        self.editor.leave(self._new_now, self._stay)

    def close_project(self) -> None:
        """Gives the room back to the map."""
        self.editor.leave(self._close_now, self._stay)

    def leave(self, then: Callable[[], object]) -> None:
        """Called before another page, another language or the end."""
        self.editor.leave(then, self._stay)

    def _open_now(self, id_: str) -> None:
        known = self.list.model.project(id_)
        self._select(id_)
        if known is not None:
            self._show_project(known)
        else:
            self._fetch(id_)

    def _fetch(self, id_: str) -> None:
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: get_project(workplace, id_), self._show_project)

    def _show_project(self, project: Project) -> None:
        if project.id != self._selected:
            return
        self.editor.show_project(project)
        if self.editor.isHidden():
            self.editor.show()
            QTimer.singleShot(0, self, lambda: self.map.view.select(self._selected or ""))  # the map is narrower now

    def _close_now(self) -> None:
        self._select(None)
        self.list.view.setFocus()

    def _new_now(self) -> None:
        self._select(None)
        self.editor.show()
        self.editor.start_new()

    def _select(self, id_: str | None) -> None:
        self._selected = id_
        self.list.select(id_)
        self.map.view.select(id_ or "")
        self.editor.form.location.pick.setChecked(False)
        if id_ is None:
            self.editor.show_nothing()
            self.editor.hide()

    def _stay(self) -> None:
        """Leaving failed: everything points at the project that is still open."""
        self.list.select(self._selected)
        self.map.view.select(self._selected or "")

    def _saved(self, project: Project) -> None:
        self._selected = project.id

    # --- what is done -----------------------------------------------------------------------------------------------

    def delete(self, id_: str) -> None:
        """Puts a project away, with a way back. What was typed before is saved first, so that it comes back too."""
        workplace = self._desk.workplace
        self.editor.leave(
            lambda: self._desk.tasks.run(self, lambda: delete_project(workplace, id_), lambda _: self._deleted(id_)),
            self._stay,
        )

    def _deleted(self, id_: str) -> None:
        title = visible(self.editor.form.field("title").value()) or self._desk.t("list.untitled")
        self._select(None)
        self.list.view.setFocus()
        t = self._desk.t
        self._desk.notify.good(t("list.deleted", title=title), Action(t("list.undo"), lambda: self.restore(id_)))
        self._desk.changes.announce(changes.PROJECTS, by=self)

    def restore(self, id_: str) -> None:
        """Brings a deleted project back and shows it."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: restore_project(workplace, id_), lambda _: self._restored(id_))

    def _restored(self, id_: str) -> None:
        self._desk.changes.announce(changes.PROJECTS, by=self)
        self.open(id_)

    def print_sheet(self, id_: str) -> None:
        """Shows the project's sheet as it will be printed."""
        workplace = self._desk.workplace
        self.editor.leave(lambda: self._desk.tasks.run(self, lambda: _sheet(workplace, id_), self._preview), self._stay)

    def _preview(self, html: str) -> None:
        from izsa_desktop.ui.printing.preview import PreviewDialog  # loads the web engine

        title = self.editor.form.field("title").value() or self._desk.t("list.untitled")
        PreviewDialog(html, file_name(title), self._desk.t, self._desk.tasks, self).open()

    def show_history(self, id_: str) -> None:
        """Shows who saved what, and when."""
        workplace = self._desk.workplace
        self._desk.tasks.run(
            self, lambda: history(workplace, id_), lambda saves: HistoryDialog(saves, self._desk, self.window()).open()
        )

    def _pick(self, on: bool) -> None:
        self.columns.want_map(on)
        if not on:
            self.map.stop_picking()
            return
        location = self.editor.form.location.value()
        district = self.editor.form.field("district").value() or self._desk.workplace.identity.body
        self.map.start_picking(None if isinstance(location, str) else location, str(district))

    def _delete_selected(self) -> None:
        project = self.list.model.project(self._selected or "")
        if project is not None and may_edit(self._desk.workplace, project):
            self.delete(project.id)

    def _print_selected(self) -> None:
        if self._selected:
            self.print_sheet(self._selected)

    def _enter_form(self) -> None:
        if self.editor.isVisible():
            self.editor.form.go_to("title")
        else:
            self.list.choose_current()

    def _find(self) -> None:
        self.list.search.setFocus()
        self.list.search.selectAll()

    def _escape(self) -> None:
        if self.list.search.hasFocus() and self.list.search.text():
            self.list.search.clear()
        elif self.editor.form.location.pick.isChecked():
            self.editor.form.location.pick.setChecked(False)
        elif self.editor.isVisible():
            self.close_project()


def _sheet(workplace: Workplace, id_: str) -> str:
    """On the worker; the drawing libraries take a while to load."""
    from izsa_desktop.usecases.sheets import sheets_html

    return sheets_html(workplace, [id_])


def file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    kept = "".join(c if c.isalnum() else " " for c in title)
    return f"{' '.join(kept.split())[:60].strip() or 'izsa'}.pdf"
