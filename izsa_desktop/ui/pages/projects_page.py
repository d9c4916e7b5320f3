"""Projects: list, form and map side by side. Without a project the map has all the room.

What is shown in the three parts is one selection and one filter; this page keeps them in step.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from izsa_desktop.db.catalogue import Numbers
from izsa_desktop.domain.errors import NoRenderer
from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.text import visible
from izsa_desktop.maps.layers import OnMap
from izsa_desktop.maps.look import Look
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.history import HistoryDialog
from izsa_desktop.ui.dialogs.import_wizard.entry import import_action
from izsa_desktop.ui.dialogs.outputs import ask_outputs
from izsa_desktop.ui.dialogs.project_table import ProjectTable
from izsa_desktop.ui.dialogs.views import ViewsDialog
from izsa_desktop.ui.models.project_list_model import PROJECT
from izsa_desktop.ui.notify import Action
from izsa_desktop.ui.pages.columns import Columns
from izsa_desktop.ui.pages.editor import Editor
from izsa_desktop.ui.pages.map_drawing import MapDrawing
from izsa_desktop.ui.pages.map_feed import MapFeed
from izsa_desktop.ui.pages.map_pane import MapPane
from izsa_desktop.ui.pages.paper_work import with_documents
from izsa_desktop.ui.pages.place_advice import PlaceAdvice
from izsa_desktop.ui.pages.project_list import ProjectList
from izsa_desktop.ui.pages.unfinished import UnfinishedWork
from izsa_desktop.ui.pages.writing_advice import WritingAdvice
from izsa_desktop.ui.tasks import Task
from izsa_desktop.usecases.drafts import Unfinished
from izsa_desktop.usecases.finding import Answer, View, place_of, search, views, warm_up
from izsa_desktop.usecases.projects import (
    delete_project,
    get_project,
    may_edit,
    restore_project,
)

_PREPARE_AFTER_MS = 1500
"""After the first list is shown, when the map is there too and nobody waits for anything."""

if TYPE_CHECKING:
    from izsa_desktop.ui.dialogs.document import DocumentDialog


class ProjectsPage(QWidget):
    """The page on which a clerk spends the day."""

    listed = Signal()
    """List and map show what the filter gives."""
    conflict_wanted = Signal(str)
    """A person wants to decide what stands in a project."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._selected: str | None = None
        self._wanted: str | None = None
        """What is being read, to be shown in the form instead."""
        self._searching: Task[Answer] | None = None
        self._shown: ProjectFilter | None = None
        self.list = ProjectList(desk)
        self.editor = Editor(desk)
        self.map = MapPane(desk)
        self._feed = MapFeed(desk, self)
        self._advice = PlaceAdvice(desk, self.editor)
        self.writing = WritingAdvice(desk, self.editor)
        self.columns = Columns(self.list, self.editor, self.map, desk.settings)
        self._drawing = MapDrawing(self.editor, self.map, self.columns, desk.workplace.identity.body)
        self.editor.hide()
        self.unfinished = UnfinishedWork(desk, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.unfinished.banner)
        layout.addWidget(self.columns, 1)
        self._wire()
        self.reload()
        self.unfinished.look()

    def _wire(self) -> None:
        self.list.filter_changed.connect(self.reload)
        self._feed.drawn.connect(self._show_map)
        self.list.chosen.connect(self.open)
        self.list.new_wanted.connect(self.new)
        self.list.tools.manage_views.connect(self.manage_views)
        self.list.tools.table_wanted.connect(self.show_table)
        self.list.tools.export_wanted.connect(self.export)
        self.list.tools.map_wanted.connect(self.save_map)
        self.list.tools.document_wanted.connect(self.print_document)
        self.list.tools.menu().insertAction(self.list.tools.export, import_action(self._desk, self))
        self.list.view.entered_form.connect(self._enter_form)
        self.list.view.delete_wanted.connect(self._delete_selected)
        self.map.project_clicked.connect(self.open)
        self.map.save_wanted.connect(self.save_map)
        self.map.view.district_clicked.connect(self._toggle_district)
        self.map.unplaced_wanted.connect(self.list.show_only_unplaced)
        self.editor.saved.connect(self._saved)
        self.editor.close_wanted.connect(self.close_project)
        self.editor.delete_wanted.connect(self.delete)
        self.editor.sheet_wanted.connect(self.print_sheet)
        self.editor.history_wanted.connect(self.show_history)
        self.editor.restore_wanted.connect(self.restore)
        self.editor.conflict_wanted.connect(self.conflict_wanted)
        self.editor.review.go_wanted.connect(self.open)
        self.editor.discarded.connect(lambda one: self.unfinished.tell_dropped([one]))
        self.unfinished.go_on.connect(self._go_on)
        self._desk.changes.changed.connect(self._changed)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.New), self.new),
            (QKeySequence(QKeySequence.StandardKey.Save), self.editor.save),
            (QKeySequence(QKeySequence.StandardKey.Find), self._find),
            (QKeySequence(QKeySequence.StandardKey.Print), self._print_selected),
            (QKeySequence("Ctrl+Shift+P"), self.save_map),
            (QKeySequence("Ctrl+Alt+P"), self.print_document),
            (QKeySequence("Esc"), self._escape),
        ):
            QShortcut(keys, self, act)  # in force wherever the focus is, as long as this page is the one shown

    # --- what is shown ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads list and map again; an older reading that is still under way counts no more."""
        if self._searching is not None:
            self._searching.cancel()
        self._feed.stop()
        workplace, wanted, selected = self._desk.workplace, self.list.wanted, self._selected
        top = self.list.top if wanted == self._shown else 0
        self._searching = self._desk.tasks.run(
            self, lambda: search(workplace, wanted, selected, top), lambda answer: self._show(answer, selected)
        )

    def _show(self, answer: Answer, selected: str | None) -> None:
        again, first = answer.wanted == self._shown, self._shown is None
        self._shown = answer.wanted
        self.list.show_answer(answer, self._selected, stay=again)
        if self._selected != selected:
            self._mark(self._selected)
        self.list.view.viewport().repaint()  # now: with the worker busy again both would wait for Python's lock
        self._feed.follow(answer.found.numbers)
        self.map.districts.follow(answer.found.numbers, answer.wanted)
        self.listed.emit()
        QTimer.singleShot(0, self.map, self.map.begin)
        if first:
            workplace = self._desk.workplace
            self._desk.tasks.run(self, lambda: views(workplace), self.list.tools.show_views)
            QTimer.singleShot(_PREPARE_AFTER_MS, self, self._prepare)

    def _prepare(self) -> None:
        """What the first form and the first typing mistake would wait for."""
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: warm_up(workplace), lambda _none: None)
        self.editor.form.prepare()

    def _show_map(self, data: OnMap) -> None:
        self.map.show_projects(data)
        self.map.view.select(self._selected or "")

    def _toggle_district(self, code: str) -> None:
        """Lists the projects of this district, or all again when it was these."""
        self.list.choose("district", () if self.list.wanted.district == (code,) else (code,))

    def _mark(self, id_: str | None) -> None:
        """Marks a project in the list, wherever it stands."""
        if self.list.select(id_) or id_ is None:
            return
        workplace, numbers = self._desk.workplace, self.list.model.numbers
        self._desk.tasks.run(
            self, lambda: place_of(workplace, numbers, id_), lambda at: self._mark_at(id_, numbers, at)
        )

    def _mark_at(self, id_: str, numbers: Numbers, place: int) -> None:
        if place >= 0 and numbers is self.list.model.numbers and id_ == self._selected:
            self.list.model.note_place(id_, place)
            self.list.select(id_)

    def _changed(self, kinds: frozenset[str], by: object) -> None:
        if changes.PROJECTS not in kinds:
            return
        self.reload()
        if by is not self.editor and self._selected and not self.editor.typed:
            self._read(self._selected, self._show_again)

    def _go_on(self, one: Unfinished) -> None:
        """Opens what somebody was interrupted in, after what is typed now has been saved."""
        project = one.project
        self.editor.leave(
            lambda: self._new_now(one.draft.record) if project is None else self._open_now(project.id), self._stay
        )

    # --- which project ----------------------------------------------------------------------------------------------

    def open(self, id_: str) -> None:
        """Shows a project, after what is typed has been saved."""
        if id_ == self._selected and self.editor.is_open:
            self._wanted = id_
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
        if known is not None:
            self._show_project(known)
        else:
            self._wanted = id_
            self._read(id_, self._arrived)

    def _read(self, id_: str, then: Callable[[Project], None]) -> None:
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: get_project(workplace, id_), then)

    def _arrived(self, project: Project) -> None:
        """It was read while the form was still open at another one: what was typed there meanwhile is saved."""
        if project.id == self._wanted:
            self.editor.leave(lambda: self._show_project(project), self._stay)

    def _show_again(self, project: Project) -> None:
        """Somebody else changed what the form shows. What a person has typed meanwhile is not written over."""
        if project.id == self._selected and not self.editor.typed:
            self._show_project(project)

    def _show_project(self, project: Project) -> None:
        self._desk.tasks.hush()
        self._select(project.id)
        self.editor.show_project(project)
        self._resume()
        if self.editor.isHidden():
            self.editor.show()
            QTimer.singleShot(0, self, lambda: self.map.view.select(self._selected or ""))  # the map is narrower now
        self.editor.review.take_keyboard()

    def _close_now(self) -> None:
        self._select(None)
        self.list.view.setFocus()

    def _new_now(self, record: str = "") -> None:
        self._select(None)
        self.editor.show()
        self.editor.start_new(record)
        self._resume()

    def _resume(self) -> None:
        """What was typed into this record before the program stopped comes back into the form."""
        if self.editor.takes_drafts and (draft := self.unfinished.take(self.editor.record)):
            self.editor.resume(draft)

    def _select(self, id_: str | None) -> None:
        self._selected = self._wanted = id_
        self._mark(id_)
        self.map.view.select(id_ or "")
        self.editor.form.stop_tool()
        if id_ is None:
            self.editor.show_nothing()
            self.editor.hide()

    def _stay(self) -> None:
        """Leaving failed: everything points at the project that is still open."""
        self._wanted = self._selected
        self._mark(self._selected)
        self.map.view.select(self._selected or "")

    def _saved(self, project: Project) -> None:
        self._selected = project.id
        self.list.model.renew(project)

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
        """Shows the project's sheet as it will be printed, after what is typed has been saved."""
        self.editor.leave(lambda: self._show_paper(lambda: id_), self._stay)

    def print_document(self) -> None:
        """Asks for a document of what the list shows."""
        self.editor.leave(lambda: self._show_paper(lambda: self._selected), self._stay)

    def _show_paper(self, chosen: Callable[[], str | None]) -> None:
        """``chosen``: the id of a project, or None for all that are listed, once documents can be made."""

        def show(dialog: type["DocumentDialog"]) -> None:
            id_ = chosen()
            name = file_name(self.editor.form.field("title").value() or self._desk.t("list.untitled")) if id_ else ""
            dialog(self.list.wanted, [id_] if id_ else [], self._desk, self.window(), name=name).open()

        with_documents(self._desk, self, show)

    def show_history(self, id_: str) -> None:
        """Shows who saved what, and when; what is typed is saved first, so that going back loses none of it."""
        workplace = self._desk.workplace

        def show(project: Project) -> None:
            HistoryDialog(project, self._desk, self.window()).open()

        self.editor.leave(lambda: self._desk.tasks.run(self, lambda: get_project(workplace, id_), show), self._stay)

    # --- what is found ----------------------------------------------------------------------------------------------

    def manage_views(self) -> None:
        """Keeps the filter of now under a name; renames and forgets views."""
        desk, workplace, wanted = self._desk, self._desk.workplace, self.list.wanted

        def show(kept: list[View]) -> None:
            dialog = ViewsDialog(kept, wanted, desk, self.window())
            dialog.changed.connect(self.list.tools.show_views)
            dialog.open()

        desk.tasks.run(self, lambda: views(workplace), show)

    def show_table(self) -> None:
        """What is found, as a wide table."""
        dialog = ProjectTable(self.list.wanted, self._desk, self.window())
        dialog.chosen.connect(self.open)
        dialog.open()

    def export(self) -> None:
        """What is found, as a file for other programs."""
        ask_outputs(self.window(), self._desk, self.list.wanted)

    def save_map(self) -> None:
        """What the map shows, on paper or as a file."""
        wanted = self.list.wanted

        def show(look: Look) -> None:
            try:
                from izsa_desktop.ui.dialogs.map_file import MapFileDialog  # loads the web engine
            except ImportError as problem:
                self._desk.tasks.failed(NoRenderer(str(problem)))
                return
            chosen = replace(look, choice=self.map.districts.choice)
            MapFileDialog(wanted, chosen, self._desk, self.window()).open()

        self._desk.tasks.run(self, _load_map_files, lambda _none: self.map.view.ask_look(show))

    def _delete_selected(self) -> None:
        project = self.list.view.currentIndex().data(PROJECT)  # the form may still be on its way there
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
        elif not self.editor.form.stop_tool() and self.editor.isVisible():
            self.close_project()


def _load_map_files() -> None:
    """On the worker, as for documents."""
    from izsa_desktop.usecases import mapfiles as _mapfiles  # noqa: F401  # loaded ahead of its use


def file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    kept = "".join(c if c.isalnum() else " " for c in title)
    return f"{' '.join(kept.split())[:60].strip() or 'izsa'}.pdf"
