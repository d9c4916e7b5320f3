"""One project: its form, what may be done with it, and saving.

Rule: nothing typed is ever lost in silence. What is typed is on disk as a draft within a second; leaving a changed form
saves it as a revision and says so; where saving fails, the form stays with its text, and nobody leaves.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from izsa_desktop.domain.authority import REVIEW
from izsa_desktop.domain.errors import BadField, KnownError
from izsa_desktop.domain.facets import confirmed_on, freshness
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.domain.text import visible
from izsa_desktop.domain.validation import completeness
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk, body_name, local_time
from izsa_desktop.ui.notify import Action
from izsa_desktop.ui.pages.draft_keeper import DraftKeeper
from izsa_desktop.ui.pages.evidence_work import EvidenceWork
from izsa_desktop.ui.pages.form_keys import wire_keys
from izsa_desktop.ui.pages.lookup import Lookup
from izsa_desktop.ui.pages.review_work import ReviewWork
from izsa_desktop.ui.pages.spell_work import SpellWork
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.editor_foot import EditorFoot
from izsa_desktop.ui.widgets.editor_head import EditorHead
from izsa_desktop.ui.widgets.freshness_light import light_word
from izsa_desktop.ui.widgets.project_form import ProjectForm
from izsa_desktop.ui.widgets.section_bar import SectionBar
from izsa_desktop.ui.widgets.text import surface
from izsa_desktop.usecases.drafts import Draft, Unfinished
from izsa_desktop.usecases.projects import may_edit, new_project_id, save_project
from izsa_desktop.usecases.reviewing import STATES

_TYPED = "what is typed"
"""What a notice is about that offers to discard it: it must not stand longer than that."""


class Editor(QWidget):
    """Shows no project, a new one, one to edit, or one to read."""

    saved = Signal(Project)
    close_wanted = Signal()
    delete_wanted = Signal(str)
    sheet_wanted = Signal(str)
    history_wanted = Signal(str)
    restore_wanted = Signal(str)
    conflict_wanted = Signal(str)
    discarded = Signal(Unfinished)
    """What a person has just thrown away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        surface(self, "editor")
        self._desk, self._t = desk, desk.t
        self._project: Project | None = None
        self._record = ""
        self._open = False
        self._saving = False
        self._confirming = False
        self._seen: tuple[str, ...] = ()
        self._then: Callable[[], object] | None = None
        self._stay: Callable[[], object] | None = None
        self._evidence: EvidenceWork | None = None
        self._keeper = DraftKeeper(desk, self._draft, lambda: self._saving, self)
        self.draft_timer = self._keeper.timer
        self.form = ProjectForm(
            desk.workplace.reference, desk.t, district_fixed=not desk.office, lookup=Lookup(desk, self)
        )
        self.spelling = SpellWork(desk, self.form)
        self.head = EditorHead(desk.t)
        self.heading, self.delete_button = self.head.heading, self.head.delete
        self.bar = SectionBar(desk.t)
        self.banner = Banner()
        self.conflict = Banner()
        self.review = ReviewWork(desk, self)
        self.foot = EditorFoot(desk.t, self.form.history)
        self.meter, self.state, self.save_button = self.foot.meter, self.foot.state, self.foot.save
        self._lay_out()
        self._wire()

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def project_id(self) -> str | None:
        """The shown project, None for a new one or none."""
        return self._project.id if self._project else None

    @property
    def record(self) -> str:
        """The id of the shown project, also of one that is not stored yet."""
        return self._record

    @property
    def is_open(self) -> bool:
        """True while a project, stored or new, is shown."""
        return self._open

    @property
    def dirty(self) -> bool:
        """True when something typed is not stored."""
        return self._open and not self.read_only and bool(self.form.changed())

    @property
    def typed(self) -> bool:
        """The same, or when something is that the office says of a district's project."""
        return self.dirty or self.review.dirty

    @property
    def read_only(self) -> bool:
        """True for the record of another body, and for one that was deleted."""
        return self._project is not None and (self._project.deleted or not self._own)

    @property
    def takes_drafts(self) -> bool:
        """True when something can be typed that belongs to what is shown."""
        return not self.read_only or self.review.possible

    @property
    def _own(self) -> bool:
        return self._project is not None and may_edit(self._desk.workplace, self._project)

    def start_new(self, record: str = "") -> None:
        """An empty form. Nothing is stored until something is typed. ``record``: the id that a draft has already."""
        workplace = self._desk.workplace
        self._show(None, record or new_project_id(workplace), ProjectFields(district=self._own_district()))
        self.form.go_to("title")

    def show_project(self, project: Project) -> None:
        """Shows a stored project."""
        self._show(project, project.id, project.fields)

    def show_nothing(self) -> None:
        """Shows no project."""
        self._leave_record()
        self._open, self._project, self._record = False, None, ""

    def _own_district(self) -> str:
        identity = self._desk.workplace.identity
        return "" if identity.office else identity.body

    def _leave_record(self) -> None:
        self._keeper.drop()
        self._desk.notify.settled(_TYPED)
        if self._evidence is not None:
            self._evidence.leave()

    def _show(self, project: Project | None, record: str, fields: ProjectFields) -> None:
        self._leave_record()
        self._open, self._project, self._record = True, project, record
        self._seen = project.heads if project else ()
        self.form.show_fields(fields, self.read_only)
        self.form.stop_tool()
        self._show_around()

    def _show_around(self) -> None:
        """Everything around the form."""
        t, project = self._t, self._project
        stored = project is not None
        self.head.sheet.setVisible(stored)
        self.head.history.setVisible(project is not None and not project.shared)
        self.delete_button.setVisible(stored and not self.read_only)
        self.head.confirm.setVisible(stored and not self.read_only)
        self.foot.setHidden(self.read_only)
        self.bar.everything.setHidden(self.read_only)
        self.head.about.show_text(self._lit(project) + self._judged(project) + self._about(project))
        if project is not None and project.deleted and self._own:
            restore = t("form.restore"), lambda: self._ask(self.restore_wanted)
            self.banner.say("trash-2", t("form.deleted"), "warn", *restore)
        elif project is not None and project.shared:
            self.banner.say("lock", t("network.read_only", owner=body_name(self._desk, project.body)))
        elif self.read_only and project is not None:
            self.banner.say("lock", t("form.read_only", owner=body_name(self._desk, project.body)))
        else:
            self.banner.hide()
        if project is not None and project.conflicts:
            self._say_conflict(", ".join(t.field(name) for name in project.conflicts))
        else:
            self.conflict.hide()
        self.review.show_project(project)
        self.form.offer_comments(self.review.possible)
        self._refresh()

    def _say_conflict(self, fields: str) -> None:
        """Several values stand: whoever may decide gets the way there."""
        t = self._t
        decide = t("conflict.open"), lambda: self._ask(self.conflict_wanted)
        if not self.read_only:
            self.conflict.say("git-fork", t("form.conflict", fields=fields), "warn", *decide)
        elif self._desk.office:
            self.conflict.say("git-fork", t("conflict.banner_office", fields=fields), "warn", *decide)
        else:
            self.conflict.say("git-fork", t("form.conflict_read", fields=fields), "warn")

    def _judged(self, project: Project | None) -> str:
        """What the office says of it: fresh is not the same as right."""
        if project is None or project.fields.review not in STATES:
            return ""
        words = self._desk.workplace.reference.vocabularies[REVIEW]
        return f"{words.label(project.fields.review, self._t.language)} · "

    def _lit(self, project: Project | None) -> str:
        """Shows how fresh the record is; the word for it stands before the rest."""
        self.head.light.setVisible(project is not None and not project.shared)
        if project is None or project.shared:
            return ""
        day = confirmed_on(project)
        light = freshness(day, date.today())
        self.head.light.show_light(light, day)
        return f"{light_word(light, self._t)} · "

    def _about(self, project: Project | None) -> str:
        if project is None:
            return self._t("form.never_saved")
        when = local_time(self._t, project.updated)
        if project.shared:
            updated = self._t("network.about", when=visible(when))
        else:
            updated = self._t("form.updated", when=when, who=visible(project.updated_by))
        return self._t("form.numbered", number=project.number, updated=updated) if project.number else updated

    def _refresh(self) -> None:
        """What follows from what is typed."""
        title, dirty = self.form.field("title").value().strip(), self.dirty
        self.heading.show_text(title or (self._t("list.untitled") if self._project else self._t("form.new")))
        self.foot.show_dirty(dirty, self._saving)
        self.head.show_confirmed(self.form.shown_value("confirmed") == _today())
        self._refresh_sections()
        self.meter.show_state(completeness(self.form.readable()))

    def _refresh_sections(self) -> None:
        there = [name for name, box in self.form.sections.items() if not box.isHidden()]
        self.bar.show_states(self.form.section_states(), there)

    # --- saving -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Stores what is in the form."""
        self.leave(lambda: None)

    def leave(self, then: Callable[[], object], stay: Callable[[], object] | None = None) -> None:
        """Saves what is unsaved, then calls ``then``; where that fails calls ``stay`` and shows the problem."""
        if self._saving:
            self._then, self._stay = then, stay
        elif self.review.dirty:
            self.review.save(then, stay)
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
        record, new, workplace = self._record, self._project is None, self._desk.workplace
        seen, submitted = self._seen, self.form.snapshot()
        self._saving = True
        self._refresh()
        self._desk.tasks.run(
            self,
            lambda: save_project(workplace, record, fields, seen, new=new),
            lambda project: self._stored(project, submitted),
            self._refused,
        )

    def _stored(self, project: Project, submitted: dict[str, Any]) -> None:
        self._saving = False
        self._keeper.saved()
        self._desk.notify.settled(_TYPED)
        self._project, self._seen = project, project.heads
        self.form.settle(project.fields, submitted)
        self._show_around()
        confirmed, self._confirming = self._confirming, False
        title = _short(project.fields.title) or self._t("list.untitled")
        said = self._t("form.confirmed_now", title=title) if confirmed else self._t("form.saved", title=title)
        self._desk.notify.good(said)
        self.saved.emit(project)
        self._desk.changes.announce(changes.PROJECTS, by=self)
        then, self._then = self._then, None
        if self.dirty:
            self._then = then
            self._store()
        elif then is not None:
            then()

    def _refused(self, error: Exception) -> None:
        self._saving = self._confirming = False
        self._then = None
        self._refresh()
        if isinstance(error, BadField):
            self.form.point(error.field, self._t.error(error), error.value)
        action = Action(self._t("form.discard"), self.discard) if isinstance(error, KnownError) else None
        self._desk.notify.failed(error, action, about=_TYPED)
        stay, self._stay = self._stay, None
        if stay is not None:
            stay()

    def discard(self) -> None:
        """Back to what is stored. Only ever by a person's own word."""
        draft, project = self._draft(), self._project
        self._keeper.drop()
        if project is not None:
            self.show_project(project)
        else:
            self.show_nothing()
            self.close_wanted.emit()
        if draft is not None:
            self.discarded.emit(Unfinished(draft, project))

    def confirm(self) -> None:
        """A person says that the record is still true today; saved like any change."""
        if self.form.shown_value("confirmed") == _today() and not self.dirty:
            self._desk.notify.good(self._t("form.confirmed_before"))
            return
        self._confirming = True
        self.form.put({"confirmed": _today()})
        self.save()

    def _reviewed(self, project: Project) -> None:
        """Shown as it is now, where one was reading."""
        if project.id != self.project_id:
            return
        at = self.form.verticalScrollBar().value()
        self.show_project(project)
        self.form.verticalScrollBar().setValue(at)

    # --- drafts -----------------------------------------------------------------------------------------------------

    def resume(self, draft: Draft) -> None:
        """Puts what was typed before the program stopped into the form, which shows that project or a new one.

        Or into the review of somebody else's project.
        """
        if self.read_only:
            self.review.resume(draft)
            return
        self._keeper.resumed(draft.record)
        self._seen = draft.seen
        self.form.put(draft.values)
        if self.dirty:
            text, action = self._t("form.resumed"), self._t("form.discard")
            self.banner.say("history", text, "warn", action, self.discard)
        else:
            self._keeper.drop()

    def _draft(self) -> Draft | None:
        if not self.dirty:
            return None
        typed = self.form.snapshot()
        return Draft(self._record, self._seen, {name: typed[name] for name in self.form.changed()})

    def _edited(self) -> None:
        self._refresh()
        self._keeper.touched()

    # --- the parts --------------------------------------------------------------------------------------------------

    def _ask(self, signal: SignalInstance) -> None:
        """Asks the page for something to be done with the shown project."""
        if self.project_id:
            signal.emit(self.project_id)

    def _serve_evidence(self, name: str) -> None:
        if name == "evidence":
            self._evidence = EvidenceWork(self._desk, self.form.field("evidence"))

    def _wire(self) -> None:
        form, head = self.form, self.head
        form.edited.connect(lambda _name: self._edited())
        form.checked.connect(self._refresh_sections)
        form.made.connect(self._serve_evidence)
        form.section_reached.connect(self.bar.mark)
        self.bar.chosen.connect(form.go_to_section)
        self.bar.everything.toggled.connect(form.show_everything)
        self.meter.wanted.connect(form.go_to)
        self.save_button.clicked.connect(self.save)
        self.review.saved.connect(self._reviewed)
        self.review.discarded.connect(self.discarded)
        self.review.note_wanted.connect(lambda: form.go_to("review_note"))
        self.review.remarks_shown.connect(form.show_remarks)
        self.review.remark_wanted.connect(form.go_to)
        panel = self.review.bar.panel
        panel.comment_put.connect(form.put_comment)
        panel.comment_dropped.connect(form.drop_comment)
        panel.field_wanted.connect(form.show_field)
        form.comment_wanted.connect(panel.comment_on)
        head.close_form.clicked.connect(self.close_wanted)
        head.confirm.clicked.connect(self.confirm)
        self.delete_button.clicked.connect(lambda: self._ask(self.delete_wanted))
        head.sheet.clicked.connect(lambda: self._ask(self.sheet_wanted))
        head.history.clicked.connect(lambda: self._ask(self.history_wanted))
        wire_keys(self, form)

    def _lay_out(self) -> None:
        banners = QVBoxLayout()
        banners.setContentsMargins(20, 0, 20, 0)
        banners.setSpacing(8)
        banners.addWidget(self.banner)
        banners.addWidget(self.conflict)
        banners.addWidget(self.review.banner)
        bar = QFrame()
        bar.setObjectName("sectionBar")
        around = QVBoxLayout(bar)
        around.setContentsMargins(14, 4, 12, 6)
        around.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addLayout(banners)
        layout.addWidget(bar)
        layout.addWidget(self.form, 1)
        layout.addWidget(self.foot)
        layout.addWidget(self.review.bar)


def _today() -> str:
    return date.today().isoformat()


def _short(title: str) -> str:
    """A title that fits into a sentence."""
    text = " ".join(visible(title).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
