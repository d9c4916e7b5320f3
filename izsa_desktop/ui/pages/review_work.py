"""The office reviews a district's project; the district reads what the office said.

What is typed into a review is on disk within a second, and saved before another project is shown, as all that is typed.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from izsa_desktop.domain.authority import APPROVED, CHECKS, COMMENTS, REVIEW, REVIEW_NOTE
from izsa_desktop.domain.errors import KnownError
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.text import visible
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.notify import Action
from izsa_desktop.ui.pages.draft_keeper import DraftKeeper
from izsa_desktop.ui.tasks import Task
from izsa_desktop.ui.widgets.banner import Banner
from izsa_desktop.ui.widgets.form_layout import SECTION_OF
from izsa_desktop.ui.widgets.review_bar import ReviewBar
from izsa_desktop.usecases.drafts import Draft, Unfinished
from izsa_desktop.usecases.reviewing import CORRECTION, NO_REMARKS, Remarks, may_review, remarks, review

_LONGEST = 160
"""Characters of a note that a banner shows."""
_TONES = {APPROVED: "good", CORRECTION: "warn"}


class ReviewWork(QObject):
    """``bar`` stands below the form at the office, ``banner`` above it at a district. ``saved`` brings the project."""

    saved = Signal(Project)
    note_wanted = Signal()
    """A person wants to read all of the note."""
    discarded = Signal(Unfinished)
    """A person does not want what was typed."""
    go_wanted = Signal(str)
    """The project that is next in the list which is gone through."""
    remark_wanted = Signal(str)
    """The field of which the office says something is to be shown."""
    remarks_shown = Signal(object)
    """What the office says of single fields (by name), for those who read it."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._project: Project | None = None
        self._saving = False
        self._saved_now = False
        self._resumed: Remarks | None = None
        self._queue: tuple[str, ...] = ()
        self._arriving = False
        """The next project is gone to in order to review it: the keyboard begins at the state."""
        self._reading: Task[Remarks] | None = None
        self._read: Project | None = None
        """What a district reads."""
        self._said: Remarks | None = None
        """What is said of it; None: not known yet."""
        self._aim = ""
        """The project that is opened at what is said of it."""
        self._keeper = DraftKeeper(desk, self._draft, lambda: self._saving, self)
        self.bar = ReviewBar(desk.workplace.reference.vocabularies[REVIEW], desk.t)
        self.banner = Banner()
        self.bar.wanted.connect(lambda: self.save(lambda: None))
        self.bar.edited.connect(self._keeper.touched)
        self.bar.step_wanted.connect(self._step)
        self.bar.hide()

    @property
    def possible(self) -> bool:
        """True when a project is shown that is reviewed here."""
        return self._project is not None

    @property
    def dirty(self) -> bool:
        """True when something said is not stored."""
        return self._project is not None and self.bar.dirty

    def show_project(self, project: Project | None) -> None:
        """Shows what belongs to a project; None: there is none, or a new one."""
        self._keeper.drop()
        listed = project if project is not None and not project.deleted else None
        self._project = listed if listed is not None and may_review(self._desk.workplace, listed) else None
        self.bar.setVisible(self._project is not None)
        if self._project is not None:
            self.bar.show_project(self._project)
            at = self._queue.index(self._project.id) + 1 if self._project.id in self._queue else 0
            self.bar.show_place(at, len(self._queue) if at else 0)
        self._read = listed if not self._desk.office else None
        self._read_remarks(listed)
        self._say_banner()

    def _say_banner(self) -> None:
        """What the office says, and the way to where it says it."""
        fields, t = self._read.fields if self._read else None, self._desk.t
        comments = self._said.comments if self._said and not self.possible else {}
        if fields is None or not (fields.review_note or comments or fields.review == CORRECTION):
            self.banner.hide()
            return
        state, note = self._state(fields.review), " ".join(visible(fields.review_note).split())
        short = note if len(note) <= _LONGEST else f"{note[:_LONGEST]}…"
        words = t("review.banner_state", state=state) if state else ""
        if note:
            words = t("review.banner", state=state, note=short) if state else t("review.banner_note", note=short)
        if comments:
            end = "" if not words or words[-1] in ".!?…" else "."
            words = f"{words}{end} {t('review.comments', count=len(comments))}".strip()
        action: tuple[str, Callable[[], None] | None] = "", None
        if short != note:
            action = t("review.whole"), self.note_wanted.emit
        elif comments:
            action = t("review.to_comment"), self._go_to_first
        self.banner.say("info", words, _TONES.get(fields.review, "info"), *action)

    def go_to_remarks(self, id_: str) -> None:
        """This project is being opened: to the first field of which something is said."""
        self._aim = id_
        self._follow_aim()

    def _follow_aim(self) -> None:
        if self._read is not None and self._said is not None and self._read.id == self._aim:
            self._aim = ""
            self._go_to_first()

    def _go_to_first(self) -> None:
        comments = self._said.comments if self._said else {}
        if shown := next((name for name in SECTION_OF if name in comments), ""):
            self.remark_wanted.emit(shown)

    def _read_remarks(self, project: Project | None) -> None:
        """What is said of single fields; after a save of this project nothing of it is put back."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        if self._saved_now:
            return
        self._said = None
        self._show_remarks(NO_REMARKS)
        if project is not None and not project.shared:
            workplace, id_ = self._desk.workplace, project.id
            self._reading = self._desk.tasks.run(self, lambda: remarks(workplace, id_), self._remarks_read)

    def _remarks_read(self, found: Remarks) -> None:
        self._said = found
        self._show_remarks(found)
        if self._read is not None:
            self._say_banner()
            self._follow_aim()

    def _show_remarks(self, found: Remarks) -> None:
        """Who reviews writes at the fields what others read there."""
        self.bar.panel.show_remarks(found if self.possible else NO_REMARKS)
        self.bar.name_fold()
        if self._resumed is not None:
            resumed, self._resumed = self._resumed, None
            self.bar.panel.say(resumed)
            self.bar.say(*self.bar.said)
        self.remarks_shown.emit({} if self.possible else found.comments)

    # --- one after the other ------------------------------------------------------------------------------------------

    def show_queue(self, ids: Sequence[str]) -> None:
        """These projects are gone through in this order."""
        self._queue, self._arriving = tuple(ids), bool(ids)

    def take_keyboard(self) -> None:
        """Once the project is seen: who goes from one to the next begins at its state."""
        if self._arriving and self._project is not None:
            self._arriving = False
            self.bar.state.setFocus()

    def _step(self, by: int) -> None:
        if self._project is not None and self._project.id in self._queue:
            at = self._queue.index(self._project.id) + by
            if 0 <= at < len(self._queue):
                self._arriving = True
                self.go_wanted.emit(self._queue[at])

    # --- saving -------------------------------------------------------------------------------------------------------

    def _state(self, code: str) -> str:
        return self._desk.workplace.reference.vocabularies[REVIEW].label(code, self._desk.t.language)

    def save(self, then: Callable[[], object], stay: Callable[[], object] | None = None) -> None:
        """Stores what is said, then calls ``then``; where that fails calls ``stay`` and shows the problem."""
        project, workplace = self._project, self._desk.workplace
        if project is None:
            then()
            return
        id_, (state, note), submitted = project.id, self.bar.said, self.bar.panel.said
        comments, checks = self.bar.panel.changes
        self.bar.save.setEnabled(False)
        self._saving = True

        def save() -> Project:
            return review(workplace, id_, state or None, note, comments=comments, checks=checks)

        def stored(reviewed: Project) -> None:
            later = self.bar.said
            self._saving = False
            self._saved_now = self._project is not None and self._project.id == id_
            if self._saved_now:
                self.bar.panel.settle(submitted)
            self._keeper.saved()
            self._desk.notify.good(self._desk.t("review.saved"))
            self.saved.emit(reviewed)
            self._saved_now = False
            self._desk.changes.announce(changes.PROJECTS, by=self.parent())
            if later != (state, note) and self._project is not None and self._project.id == id_:
                self.bar.say(*later)  # typed meanwhile
            if self.dirty:
                self.save(then, stay)
            else:
                then()

        def failed(error: Exception) -> None:
            self._saving = False
            self.bar.save.setEnabled(True)
            known = isinstance(error, KnownError)
            self._desk.notify.failed(error, Action(self._desk.t("form.discard"), self.discard) if known else None)
            if stay is not None:
                stay()

        self._desk.tasks.run(self, save, stored, failed)

    # --- drafts -----------------------------------------------------------------------------------------------------

    def resume(self, draft: Draft) -> None:
        """Puts in what was typed before the program stopped."""
        t, (state, note) = self._desk.t, self.bar.said
        self._keeper.resumed(draft.record)
        self._resumed = _remarks_of(draft)
        if self._resumed is not None and self._reading is None:
            self._show_remarks(NO_REMARKS)
        self.bar.say(str(draft.values.get(REVIEW, state)), str(draft.values.get(REVIEW_NOTE, note)))
        if self.dirty or self._resumed is not None:
            self.banner.say("history", t("form.resumed"), "warn", t("form.discard"), self.discard)
        else:
            self._keeper.drop()

    def discard(self) -> None:
        """Back to what is stored. Only ever by a person's own word."""
        draft, project = self._draft(), self._project
        self.show_project(project)
        if draft is not None:
            self.discarded.emit(Unfinished(draft, project))

    def _draft(self) -> Draft | None:
        if self._project is None or not self.bar.dirty:
            return None
        state, note = self.bar.said
        values: dict[str, object] = {REVIEW: state, REVIEW_NOTE: note}
        if self.bar.panel.dirty:
            said = self.bar.panel.said
            values |= {COMMENTS + name: text for name, text in said.comments.items()}
            values |= {CHECKS + code: True for code in said.checks}
        return Draft(self._project.id, self._project.heads, values)


def _remarks_of(draft: Draft) -> Remarks | None:
    """What of a draft is said of single fields; None where nothing is."""
    comments = {n.removeprefix(COMMENTS): str(v) for n, v in draft.values.items() if n.startswith(COMMENTS)}
    checks = frozenset(n.removeprefix(CHECKS) for n in draft.values if n.startswith(CHECKS))
    return Remarks(comments, checks) if comments or checks else None
