"""While somebody writes: projects that this one looks like, and goals that its words speak of. Proposals, quietly.

Asked some time after the last key, on the worker that nobody waits for. What is compared with is read once and again
after something was saved; where there are very many projects only goals are proposed, since reading takes too long.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from izsa_desktop.analysis.goals import GoalIdea, Suggester
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.text import visible
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.pages.editor import Editor
from izsa_desktop.usecases.similar import Alike, Collection, known_projects, taught_suggester, text_of
from izsa_desktop.usecases.wording import reading

ASK_AFTER_MS = 1_000
LARGEST = 20_000
"""Projects with which what is typed is compared in the window."""
_WRITTEN = ("title", "purpose", "title_en", "purpose_en")
_LEAST_LIKE, _LEAST_LIKELY, _LEAST_LETTERS = 0.4, 0.15, 8
_MOST_GOALS = 5


class _Known:
    """What is compared with; made and asked on the worker alone."""

    def __init__(self, desk: Desk) -> None:
        self._workplace = desk.workplace
        self._collection: Collection | None = None
        self._suggester: Suggester | None = None
        self.stale = True

    def ask(self, record: str, fields: ProjectFields) -> tuple[list[Alike], list[GoalIdea]]:
        if self.stale:
            self.stale = False
            known = known_projects(self._workplace, LARGEST + 1)
            read = reading(self._workplace.reference)
            self._suggester = taught_suggester(self._workplace, known)
            self._collection = Collection(known, read) if len(known) <= LARGEST else None
        like = self._collection.like(fields, record, 3, _LEAST_LIKE) if self._collection else []
        return like, self._suggester.suggest(text_of(fields)) if self._suggester else []


class WritingAdvice(QObject):
    """Watches the texts and the goals in the form."""

    def __init__(self, desk: Desk, editor: Editor) -> None:
        super().__init__(editor)
        self._desk, self._editor, self._form = desk, editor, editor.form
        self._known = _Known(desk)
        self._ideas: tuple[str, Sequence[GoalIdea]] = "", ()
        """The text that was asked about, and what was proposed."""
        self.timer = QTimer(self, singleShot=True, interval=ASK_AFTER_MS)
        self.timer.timeout.connect(self._ask)
        self._form.edited.connect(self._edited)
        desk.changes.changed.connect(self._heard)

    def _heard(self, kinds: frozenset[str]) -> None:
        if changes.PROJECTS in kinds:
            self._known.stale = True

    def _edited(self, name: str) -> None:
        if name in _WRITTEN:
            self.timer.start()
        elif name == "goals":
            self._propose_goal()

    def _ask(self) -> None:
        fields, record, known = self._form.readable(), self._editor.record, self._known
        if len(text_of(fields)) >= _LEAST_LETTERS and not self._editor.read_only:
            self._desk.tasks.run_beside(
                self._form, lambda: known.ask(record, fields), lambda found: self._show(record, text_of(fields), *found)
            )

    def _show(self, record: str, text: str, like: Sequence[Alike], ideas: Sequence[GoalIdea]) -> None:
        if self._editor.record != record or text_of(self._form.readable()) != text or self._editor.read_only:
            return
        row = self._form.rows["title"]
        if not row.busy:
            row.say(self._desk.t("advice.like", projects="; ".join(map(self._named, like))) if like else "")
        self._ideas = text, ideas
        self._propose_goal()

    def _propose_goal(self) -> None:
        text, ideas = self._ideas
        row, chosen = self._form.rows["goals"], self._form.shown_value("goals")
        if row.busy or len(chosen) >= _MOST_GOALS or text != text_of(self._form.readable()):
            return
        new = (idea for idea in ideas if idea.score >= _LEAST_LIKELY and idea.goal not in chosen)
        idea = next(new, None)
        if idea is None:
            row.calm()
            return
        t, goal = self._desk.t, self._desk.workplace.reference.goals_by_code[idea.goal]
        facts = {"goal": f"{goal.code} {goal.name[t.language]}", "words": ", ".join(idea.words[:4])}
        sentence = t("advice.goal_more", **facts) if chosen else t("advice.goal_first", **facts)
        row.say(sentence, "soft", t("advice.take_goal"), lambda: self._take(idea.goal))

    def _take(self, code: str) -> None:
        self._form.put({"goals": (*self._form.shown_value("goals"), code)})

    def _named(self, alike: Alike) -> str:
        fields, t = alike.project.fields, self._desk.t
        where = self._desk.workplace.reference.district_name(fields.district or alike.project.body, t.language)
        title = " ".join(visible(fields.title).split())
        return t("advice.project", title=title if len(title) <= 60 else f"{title[:59]}…", district=where)
