"""A person at the real window: types, saves, begins new projects, opens others, deletes, brings back and imports.

The window, its form, its worker and its workplace are the program's own; this module only presses keys and writes down
what happens. What is done and when is drawn from the given generator.
"""

import logging
import random
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.project import Project, ProjectFields
from izsa_desktop.ui import changes, start
from izsa_desktop.ui.dialogs.unfinished import UnfinishedDialog
from izsa_desktop.ui.pages.editor import Editor
from izsa_desktop.ui.pages.projects_page import ProjectsPage
from tests.faults.diary import Diary
from tests.faults.verbs import take_in_pasted

TEXTS = ("title", "purpose", "place", "unit", "owner")
LETTERS = "abcçdefgğhıijklmnoöprsştuüvyz ABCÇİIŞÜ0123456789"
PAUSES_MS = (3, 12, 30, 80, 200)


class Person:
    """Acts on a window until something stops the process."""

    def __init__(self, opened: start.Opened, diary: Diary, random_: random.Random) -> None:
        self._opened, self._diary, self._random = opened, diary, random_
        self._record = ""
        self._fields: ProjectFields | None = None
        """What stood in the form when the person last looked, and of which record."""
        self._deleted: list[str] = []
        self._waiting: list[tuple[str, str]] = []
        self._field = "title"
        self._timer = QTimer(opened.window, singleShot=True)
        self._timer.timeout.connect(self._act)
        assert opened.workspace is not None
        self._desk = opened.workspace.desk
        self._page: ProjectsPage = opened.workspace.projects
        self._editor: Editor = self._page.editor
        self._editor.saved.connect(self._saved)
        self._desk.changes.changed.connect(self._told)
        self._acts: list[tuple[int, Callable[[], None]]] = [
            (70, self._type),
            (6, self._rub_out),
            (6, self._go_to_another_field),
            (3, self._editor.save),
            (2, self._new),
            (3, self._open_another),
            (1, self._close),
            (1, self._delete),
            (1, self._restore),
            (1, self._import),
            (1, self._page.unfinished.ask),
        ]
        self._timer.start(0)

    # --- acting -----------------------------------------------------------------------------------------------------

    def _act(self) -> None:
        self._look()
        if self._page.unfinished.dialog is not None:
            self._decide(self._page.unfinished.dialog)
        weights = [weight for weight, _ in self._acts]
        [(_, act)] = self._random.choices(self._acts, weights)
        act()
        self._look()
        self._timer.start(self._random.choice(PAUSES_MS))

    def _type(self) -> None:
        if not self._editor.is_open:
            self._new()
            return
        for letter in self._random.choices(LETTERS, k=self._random.choice((1, 1, 1, 2, 5))):
            self._press(0, letter)

    def _rub_out(self) -> None:
        self._press(Qt.Key.Key_Backspace, "")

    def _press(self, key: int, letter: str) -> None:
        """One key in the field at which the person is, noted with its moment."""
        self._look()
        if self._fields is None or self._editor.read_only:
            return
        moment = time.monotonic()
        widget: QWidget = self._editor.form.field(self._field)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))
        fields = self._in_form()
        if fields is not None and fields != self._fields:
            self._fields = fields
            self._diary.note("typed", self._record, fields, moment)

    def _go_to_another_field(self) -> None:
        self._field = self._random.choice(TEXTS)

    def _new(self) -> None:
        self._field = "title"
        self._page.new()

    def _open_another(self) -> None:
        model = self._page.list.model
        if rows := model.rowCount():
            self._page.list.view.setCurrentIndex(model.index(self._random.randrange(rows)))

    def _close(self) -> None:
        self._page.close_project()

    def _delete(self) -> None:
        record = self._editor.project_id
        if record and not self._waiting:
            self._waiting.append(("deleted", record))
            self._diary.note("delete", record)
            self._page.delete(record)

    def _restore(self) -> None:
        if self._deleted and not self._waiting:
            record = self._deleted.pop()
            self._waiting.append(("restored", record))
            self._diary.note("restore", record)
            self._page.restore(record)

    def _decide(self, dialog: UnfinishedDialog) -> None:
        """Goes on with what was unfinished, puts it off, or discards it."""
        dice = self._random.random()
        if dice < 0.7:
            dialog.keep.click()
        elif dice < 0.9:
            dialog.close()
        else:
            self._diary.say("discard", "", sorted({record for record, _field in dialog.ticks}))
            dialog.drop_all.click()

    def _import(self) -> None:
        """What the wizard of bulk entry hands to the worker."""
        name = f"Aktarım {self._random.randrange(10**9)}"
        titles = [f"{name}.{row}" for row in range(self._random.choice((2, 20, 120)))]
        self._diary.say("import", name, titles)
        self._desk.tasks.run(
            self._page, lambda: take_in_pasted(self._desk.workplace, titles), lambda ids: self._imported(name, ids)
        )

    def _imported(self, name: str, ids: tuple[str, ...]) -> None:
        self._diary.say("imported", name, ids)
        self._desk.changes.announce(changes.PROJECTS, by=self)

    # --- seeing -----------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Notices another record in the form, letters that went away without anybody's doing, and bad news."""
        for toast in self._opened.window.toasts.shown:
            if toast.property("kind") == "bad":
                self._diary.say("problem", toast.text.text())
                toast.close_notice()
        fields, record = self._in_form(), self._editor.record
        if fields is not None and (self._fields is None or record != self._record):
            self._diary.note("shown", record, fields)
        elif fields is not None and fields != self._fields:
            self._diary.note("overwritten", record, fields)
        self._record, self._fields = record, fields

    def _saved(self, project: Project) -> None:
        self._diary.note("saved", project.id, project.fields)
        self._fields = self._in_form()  # spaces at the ends have gone

    def _told(self, _kinds: frozenset[str], by: object) -> None:
        """The page announces a deletion, or its taking back, together with the notice that the person sees."""
        if by is self._page and self._waiting:
            what, record = self._waiting.pop()
            if what == "deleted":
                self._deleted.append(record)
                self._diary.note("deleted", record)
            else:
                self._diary.note("restored", record)

    def _in_form(self) -> ProjectFields | None:
        """What stands in the form; None while there is none."""
        try:
            return self._editor.form.fields() if self._editor.is_open else None
        except BadField:
            return None


class Complaints(logging.Handler):
    """What the program logs as an error should never happen."""

    def __init__(self, diary: Diary) -> None:
        super().__init__(logging.ERROR)
        self._diary = diary

    def emit(self, record: logging.LogRecord) -> None:
        self._diary.say("broken", self.format(record))


def sit_down(folder: Path, diary: Diary, random_: random.Random) -> start.Opened:
    """Opens the window on a workplace; as soon as it stands a person begins to work."""
    logging.getLogger().addHandler(Complaints(diary))
    opened = start.Opened(start.application(), folder, "tr", "light")
    opened.open()
    people: list[Person] = []

    def begin() -> None:
        if opened.workspace is not None and not people:
            people.append(Person(opened, diary, random_))

    opened.tasks.idle.connect(begin)
    return opened
