"""One change to many projects: choose it, look at what it does to each, make it; with a way back."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.fields import BY_NAME
from izsa_desktop.domain.text import normal, visible
from izsa_desktop.ui import changes
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.notify import Action
from izsa_desktop.ui.tasks import Task
from izsa_desktop.ui.widgets.fields import QuietCombo
from izsa_desktop.ui.widgets.text import plain_label, plain_tip
from izsa_desktop.usecases.cells import value_text
from izsa_desktop.usecases.multi_edit import (
    ADD,
    EDITABLE,
    REMOVE,
    SET,
    Edit,
    Step,
    Undo,
    apply_edit,
    is_many,
    preview_edit,
    undo_edit,
)

_SHOWN = 500
"""Rows of the preview; all are counted."""


class MultiEditDialog(QDialog):
    """Takes the numbers of the projects. What it will do stands below before anything is done."""

    def __init__(self, numbers: Sequence[int], desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.t("edit_many.title"))
        self.resize(820, 560)
        self._desk, self._numbers = desk, list(numbers)
        self._steps: list[Step] = []
        self._task: Task[list[Step]] | None = None
        t = desk.t
        self.field, self.how, self.choice = QuietCombo(), QuietCombo(), QuietCombo()
        self.text = QLineEdit()
        for widget, name in (
            (self.field, "field"),
            (self.how, "how"),
            (self.choice, "value"),
            (self.text, "value"),
        ):
            widget.setAccessibleName(t(f"edit_many.{name}"))
        self.field.addItem(t("edit_many.choose_field"), "")
        for name in EDITABLE:
            self.field.addItem(t.field(name), name)
        self._values = QStackedWidget()
        self._values.addWidget(self.choice)
        self._values.addWidget(self.text)
        self.summary = plain_label(t("edit_many.help", count=len(numbers), number=t.number(len(numbers))), wrap=True)
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(t("edit_many.preview"))
        self.table.setHorizontalHeaderLabels(
            [t(f"edit_many.{name}") for name in ("project", "before", "after", "note")]
        )
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):  # values are short, names and reasons are not
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, 18 * self.fontMetrics().averageCharWidth())
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Apply | QDialogButtonBox.StandardButton.Cancel)
        self.go = self.buttons.button(QDialogButtonBox.StandardButton.Apply)
        self.go.setProperty("role", "primary")
        self.go.setText(t("edit_many.go", count=0, number="0"))
        self.go.setEnabled(False)
        self._lay_out()
        self.field.currentIndexChanged.connect(lambda _index: self._choose_field())
        self.how.currentIndexChanged.connect(lambda _index: self._preview())
        self.choice.currentIndexChanged.connect(lambda _index: self._preview())
        self.text.textChanged.connect(lambda _text: self._preview())
        self.go.clicked.connect(self._apply)
        self.buttons.rejected.connect(self.reject)
        self._choose_field()

    @property
    def edit(self) -> Edit | None:
        """What is to be done; None while no field is chosen."""
        field = self.field.currentData()
        if not field:
            return None
        value = self.choice.currentData() or "" if BY_NAME[field].vocabulary else normal(self.text.text())
        return Edit(field, self.how.currentData() or SET, value)

    def _choose_field(self) -> None:
        field, t = self.field.currentData(), self._desk.t
        spec = BY_NAME.get(field)
        with QSignalBlocker(self.how), QSignalBlocker(self.choice), QSignalBlocker(self.text):
            self.how.clear()
            for how in (ADD, REMOVE, SET) if field and is_many(field) else (SET,):
                self.how.addItem(t(f"edit_many.{how}"), how)
            self.choice.clear()
            self.choice.addItem(t("edit_many.nothing"), "")
            for term in self._desk.workplace.reference.vocabularies.get(spec.vocabulary, ()) if spec else ():
                self.choice.addItem(term.label[t.language], term.code)
            self.text.clear()
            self.text.setPlaceholderText(t("edit_many.day") if field == "confirmed" else t("edit_many.nothing"))
        self.how.setVisible(self.how.count() > 1)
        self._values.setCurrentWidget(self.choice if spec is None or spec.vocabulary else self.text)
        self._values.setEnabled(spec is not None)
        self._preview()

    def _preview(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self.go.setEnabled(False)
        edit, workplace, numbers = self.edit, self._desk.workplace, self._numbers
        if edit is None:
            self._show([])
        else:
            self._task = self._desk.tasks.run(self, lambda: preview_edit(workplace, numbers, edit), self._show)

    def _show(self, steps: list[Step]) -> None:
        t, edit = self._desk.t, self.edit
        self._steps = steps
        changing = [step for step in steps if step.changes]
        refused = sum(step.problem is not None for step in steps)
        self.go.setEnabled(bool(changing))
        self.go.setText(t("edit_many.go", count=len(changing), number=t.number(len(changing))))
        if edit is not None:
            same = len(steps) - len(changing) - refused
            self.summary.setText(
                t("edit_many.summary", changing=t.number(len(changing)), same=t.number(same), refused=t.number(refused))
            )
        shown = sorted(steps, key=lambda step: (not step.changes, step.problem is None))[:_SHOWN]
        self.table.setRowCount(len(shown))
        for row, step in enumerate(shown):
            for column, text in enumerate(self._cells(step, edit.field if edit else "")):
                item = QTableWidgetItem(visible(text))
                item.setToolTip(plain_tip(text))
                self.table.setItem(row, column, item)

    def _cells(self, step: Step, field: str) -> tuple[str, str, str, str]:
        t, reference = self._desk.t, self._desk.workplace.reference
        title = step.project.fields.title or t("list.untitled")
        before, after = (value_text(field, value, reference, t) for value in (step.before, step.after))
        if step.problem is not None:
            return title, before, "", t.error(step.problem)
        return title, before, after, "" if step.changes else t("edit_many.same")

    def _apply(self) -> None:
        edit, workplace, desk = self.edit, self._desk.workplace, self._desk
        if edit is None:
            return
        ids = [step.project.id for step in self._steps if step.changes]
        desk.tasks.watch(
            self, desk.t("edit_many.under_way"), lambda progress: apply_edit(workplace, ids, edit, progress), self._done
        )

    def _done(self, undo: Undo) -> None:
        window: QWidget = self
        while (above := window.parentWidget()) is not None:
            window = above
        self.accept()
        announce_edit(window, self._desk, undo)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.addWidget(self.field, 2)
        first.addWidget(self.how, 1)
        first.addWidget(self._values, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addLayout(first)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.buttons)


def announce_edit(window: QWidget, desk: Desk, undo: Undo) -> None:
    """Says what was done, with a way back; the way back has one of its own."""
    t, workplace, count = desk.t, desk.workplace, len(undo.values)

    def back() -> None:
        desk.tasks.watch(
            window,
            t("edit_many.under_way"),
            lambda progress: undo_edit(workplace, undo, progress),
            lambda again: announce_edit(window, desk, again),
        )

    text = t("edit_many.done", count=count, number=t.number(count), field=t.field(undo.field))
    desk.notify.good(text, Action(t("list.undo"), back) if count else None)
    desk.changes.announce(changes.PROJECTS, by=window)
