"""One project: its form, what may be done with it, and saving.

Rule: nothing typed is ever lost in silence. What is typed is on disk as a draft within a second; leaving a changed form
saves it as a revision and says so; where saving fails, the form stays with its text, and nobody leaves.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from izsa_desktop.domain.errors import BadField, KnownError
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.text import visible
from izsa_desktop.domain.validation import missing
from izsa_desktop.ui import changes, icons
from izsa_desktop.ui.desk import Desk, body_name, local_time
from izsa_desktop.ui.notify import Action
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.completeness import CompletenessMeter
from izsa_desktop.ui.widgets.project_form import ProjectForm
from izsa_desktop.ui.widgets.text import ElidedLabel, plain_label, surface
from izsa_desktop.usecases.drafts import Draft, drop_draft, keep_draft
from izsa_desktop.usecases.projects import may_edit, save_project

DRAFT_AFTER_MS = 700


class Editor(QWidget):
    """Shows no project, a new one, one to edit, or one to read."""

    saved = Signal(Project)
    close_wanted = Signal()
    delete_wanted = Signal(str)
    sheet_wanted = Signal(str)
    history_wanted = Signal(str)
    restore_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        surface(self, "editor")
        self._desk, self._t = desk, desk.t
        self._project: Project | None = None
        self._open = False
        self._saving = False
        self._drafted = False
        self._seen: tuple[str, ...] = ()
        self.draft_timer = QTimer(self, singleShot=True, interval=DRAFT_AFTER_MS)
        self._then: Callable[[], object] | None = None
        self._stay: Callable[[], object] | None = None
        self.form = ProjectForm(desk.workplace.reference, desk.t, district_fixed=not desk.office)
        self.heading = ElidedLabel(role="title")
        self.about = ElidedLabel(role="soft")
        self.state = plain_label(role="soft")
        self.banner = Banner()
        self.conflict = Banner()
        self.meter = CompletenessMeter(desk.t)
        self.save_button = QPushButton(desk.t("form.save"))
        self.save_button.setProperty("role", "primary")
        self.save_button.setToolTip(desk.t("form.save_tip"))
        icons.put(self.save_button, "save", "on_accent", 16)
        self.sheet_button = self._tool("printer", desk.t("form.sheet"))
        self.history_button = self._tool("history", desk.t("form.history"))
        self.delete_button = self._tool("trash-2", desk.t("form.delete"))
        self.close_button = self._tool("x", desk.t("form.close"))
        self._lay_out()
        self._wire()

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def project_id(self) -> str | None:
        """The shown project, None for a new one or none."""
        return self._project.id if self._project else None

    @property
    def is_open(self) -> bool:
        """True while a project, stored or new, is shown."""
        return self._open

    @property
    def dirty(self) -> bool:
        """True when something typed is not stored."""
        return self._open and not self.read_only and bool(self.form.changed())

    @property
    def read_only(self) -> bool:
        """True for the record of another body, and for one that was deleted."""
        return self._project is not None and (self._project.deleted or not self._own)

    @property
    def _own(self) -> bool:
        return self._project is not None and may_edit(self._desk.workplace, self._project)

    def start_new(self) -> None:
        """An empty form. Nothing is stored until something is typed and saved."""
        identity = self._desk.workplace.identity
        self._show(None, ProjectFields(district="" if identity.office else identity.body))
        self.form.go_to("title")

    def show_project(self, project: Project) -> None:
        """Shows a stored project."""
        self._show(project, project.fields)

    def show_nothing(self) -> None:
        """Shows no project."""
        self._drop_draft()
        self._open, self._project = False, None

    def _show(self, project: Project | None, fields: ProjectFields) -> None:
        self._drop_draft()
        self._open, self._project = True, project
        self._seen = project.heads if project else ()
        self.form.show_fields(fields, self.read_only)
        self.form.location.pick.setChecked(False)
        self._show_around()

    def _show_around(self) -> None:
        """Everything around the form."""
        t, project = self._t, self._project
        stored = project is not None
        for button in (self.sheet_button, self.history_button):
            button.setVisible(stored)
        self.delete_button.setVisible(stored and not self.read_only)
        self._foot.setHidden(self.read_only)
        if project is not None:
            when = local_time(t, project.updated)
            self.about.show_text(t("form.updated", when=when, who=visible(project.updated_by)))
        else:
            self.about.show_text(t("form.never_saved"))
        if project is not None and project.deleted and self._own:
            restore = t("form.restore"), lambda: self._ask(self.restore_wanted)
            self.banner.say("trash-2", t("form.deleted"), "warn", *restore)
        elif self.read_only and project is not None:
            self.banner.say("lock", t("form.read_only", owner=body_name(self._desk, project.body)))
        else:
            self.banner.hide()
        if project is not None and project.conflicts:
            names = ", ".join(t.field(name) for name in project.conflicts)
            text = t("form.conflict_read", fields=names) if self.read_only else t("form.conflict", fields=names)
            self.conflict.say("git-fork", text, "warn")
        else:
            self.conflict.hide()
        self._refresh()

    def _refresh(self) -> None:
        """What follows from what is typed."""
        title = self.form.field("title").value().strip()
        self.heading.show_text(title or (self._t("list.untitled") if self._project else self._t("form.new")))
        self.save_button.setEnabled(self.dirty and not self._saving)
        self.state.setText("" if self.read_only else self._t("form.unsaved") if self.dirty else "")
        try:
            self.meter.show_missing(missing(self.form.fields()))
        except BadField as e:
            self.form.rows[e.field].say(self._t.error(e), "bad")

    # --- saving -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Stores what is in the form."""
        self.leave(lambda: None)

    def leave(self, then: Callable[[], object], stay: Callable[[], object] | None = None) -> None:
        """Saves what is unsaved, then calls ``then``; where that fails calls ``stay`` and shows the problem."""
        if self._saving:
            self._then, self._stay = then, stay
        elif not self.dirty:
            then()
        else:
            self._then, self._stay = then, stay
            self._store()

    def _store(self) -> None:
        try:
            fields = self.form.fields()
        except BadField as e:
            self._refused(e)
            return
        id_, workplace, submitted = self.project_id, self._desk.workplace, self.form.snapshot()
        seen = self._seen
        self._saving, self._drafted = True, False  # saving drops the draft
        self._refresh()
        self._desk.tasks.run(
            self,
            lambda: save_project(workplace, id_, fields, seen),
            lambda project: self._stored(project, submitted),
            self._refused,
        )

    def _stored(self, project: Project, submitted: dict[str, Any]) -> None:
        self._saving = False
        self._project, self._seen = project, project.heads
        self.form.settle(project.fields, submitted)
        self._show_around()
        self._desk.notify.good(self._t("form.saved", title=_short(project.fields.title) or self._t("list.untitled")))
        self.saved.emit(project)
        self._desk.changes.announce(changes.PROJECTS, by=self)
        then, self._then = self._then, None
        if self.dirty:
            self._then = then
            self._store()
        elif then is not None:
            then()

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self._then = None
        self._refresh()
        if isinstance(error, BadField):
            self.form.point(error.field, self._t.error(error))
        action = Action(self._t("form.discard"), self.discard) if isinstance(error, KnownError) else None
        self._desk.notify.failed(error, action)
        stay, self._stay = self._stay, None
        if stay is not None:
            stay()

    def discard(self) -> None:
        """Back to what is stored. Only ever by a person's own word."""
        self._drop_draft()
        if self._project is not None:
            self.show_project(self._project)
        else:
            self.show_nothing()
            self.close_wanted.emit()

    # --- drafts -----------------------------------------------------------------------------------------------------

    def resume(self, draft: Draft) -> None:
        """Puts what was typed before the program stopped into the form, which shows that project or a new one."""
        self.form.put(draft.values)
        self._seen = draft.seen
        self._drafted = True
        if self.dirty:
            text, action = self._t("form.resumed"), self._t("form.discard")
            self.banner.say("history", text, "warn", action, self.discard)
        else:
            self._drop_draft()

    def _keep_draft(self) -> None:
        """Puts what is typed on disk; not while a save is under way, which does more."""
        if self._saving:
            self.draft_timer.start()
        elif self.dirty:
            typed = self.form.snapshot()
            values = {name: typed[name] for name in self.form.changed()}
            draft, workplace = Draft(self.project_id or "", self._seen, values), self._desk.workplace
            self._drafted = True
            self._desk.tasks.run(self, lambda: keep_draft(workplace, draft), lambda _: None)
        else:
            self._drop_draft()

    def _drop_draft(self) -> None:
        if self._drafted:
            self._drafted = False
            workplace, record = self._desk.workplace, self.project_id or ""
            self._desk.tasks.run(self, lambda: drop_draft(workplace, record), lambda _: None)

    def _edited(self) -> None:
        self._refresh()
        if not self.draft_timer.isActive():
            self.draft_timer.start()

    # --- the parts --------------------------------------------------------------------------------------------------

    def _tool(self, icon: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(text)
        button.setAccessibleName(text)
        icons.put(button, icon, "soft")
        return button

    def _ask(self, signal: SignalInstance) -> None:
        """Asks the page for something to be done with the shown project."""
        if self.project_id:
            signal.emit(self.project_id)

    def _wire(self) -> None:
        self.form.edited.connect(lambda _name: self._edited())
        self.draft_timer.timeout.connect(self._keep_draft)
        self.meter.wanted.connect(self.form.go_to)
        self.save_button.clicked.connect(self.save)
        self.close_button.clicked.connect(self.close_wanted)
        self.delete_button.clicked.connect(lambda: self._ask(self.delete_wanted))
        self.sheet_button.clicked.connect(lambda: self._ask(self.sheet_wanted))
        self.history_button.clicked.connect(lambda: self._ask(self.history_wanted))

    def _lay_out(self) -> None:
        titles = QVBoxLayout()
        titles.setSpacing(1)
        titles.addWidget(self.heading)
        titles.addWidget(self.about)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 12, 10)
        head.setSpacing(2)
        head.addLayout(titles, 1)
        for button in (self.sheet_button, self.history_button, self.delete_button, self.close_button):
            head.addWidget(button)
        banners = QVBoxLayout()
        banners.setContentsMargins(20, 0, 20, 0)
        banners.setSpacing(8)
        banners.addWidget(self.banner)
        banners.addWidget(self.conflict)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.meter, 1)
        line.addWidget(self.state)
        line.addWidget(self.save_button)
        self._foot = QFrame()
        self._foot.setObjectName("foot")
        self._foot.setLayout(line)
        line.setContentsMargins(20, 10, 16, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(banners)
        layout.addWidget(self.form, 1)
        layout.addWidget(self._foot)
        self.setMinimumWidth(self.form.minimumWidth())


def _short(title: str) -> str:
    """A title that fits into a sentence."""
    text = " ".join(visible(title).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
