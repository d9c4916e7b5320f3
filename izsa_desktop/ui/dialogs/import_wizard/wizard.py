"""The wizard: one window over the program's, four steps, nothing stored before the third is left.

All reading, checking and storing happens on the worker with progress and cancel. Closing it at any moment changes
nothing but what the result page says was stored.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.tables.table import Table
from izsa_desktop.ui import changes, error_text
from izsa_desktop.ui.desk import Desk, local_time
from izsa_desktop.ui.dialogs.files import ask_open, ask_save
from izsa_desktop.ui.dialogs.import_wizard.check_step import CheckStep
from izsa_desktop.ui.dialogs.import_wizard.columns_step import ColumnsStep
from izsa_desktop.ui.dialogs.import_wizard.done_step import DoneStep
from izsa_desktop.ui.dialogs.import_wizard.file_step import FileStep
from izsa_desktop.ui.dialogs.import_wizard.steps import StepBar
from izsa_desktop.usecases.importing import files, mapping, taking, template, trial
from izsa_desktop.usecases.importing.batches import Batch
from izsa_desktop.usecases.importing.mapping import Mapping
from izsa_desktop.usecases.importing.taking import Taken, Undone
from izsa_desktop.usecases.importing.trial import KNOWN, Trial

FILE, COLUMNS, CHECK, DONE = range(4)
_SIZE = (1040, 680)


class ImportWizard(QDialog):
    """Open it with ``open()``; give it a file with ``read_file``, or a text with ``read_text``."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, t = desk, desk.t
        self._table: Table | None = None
        self._name = ""
        self._batch = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("import.title"))
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width() - 40), min(_SIZE[1], room.height() - 60))
        self.bar = StepBar([t(f"import.step_{name}") for name in ("file", "columns", "check", "done")])
        self.file, self.columns, self.check, self.result_step = FileStep(t), ColumnsStep(t), CheckStep(t), DoneStep(t)
        self.pages = QStackedWidget()
        for page in (self.file, self.columns, self.check, self.result_step):
            self.pages.addWidget(page)
        self.back, self.next, self.leave = QPushButton(t("import.back")), QPushButton(), QPushButton(t("import.cancel"))
        self._lay_out()
        self._wire()
        self._go(FILE)
        self._look_for_last()

    def _lay_out(self) -> None:
        foot = QFrame()
        foot.setObjectName("foot")
        line = QHBoxLayout(foot)
        line.setContentsMargins(24, 12, 24, 14)
        line.setSpacing(10)
        line.addWidget(self.leave)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.next)
        self.next.setProperty("role", "primary")
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 18, 24, 16)
        inside.setSpacing(14)
        inside.addWidget(self.bar)
        inside.addWidget(self.pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        layout.addWidget(foot)
        self.next.setDefault(True)  # not before it stands in the dialog: Qt would not know of it

    def _wire(self) -> None:
        self.file.choose.connect(self._ask_file)
        self.file.dropped.connect(lambda paths: self.read_file(paths[0]) if paths else None)
        self.file.pasted.connect(self.read_text)
        self.file.template_wanted.connect(self._ask_template)
        self.columns.sheet_wanted.connect(self._choose_sheet)
        self.columns.header_wanted.connect(self._choose_header)
        self.columns.changed.connect(self._mark_buttons)
        self.check.recheck_wanted.connect(self.try_out)
        self.check.corrected.connect(self._mark_buttons)
        self.result_step.undo_wanted.connect(self.undo)
        self.result_step.rest_wanted.connect(self._ask_rest)
        self.back.clicked.connect(lambda: self._go(self.pages.currentIndex() - 1))
        self.next.clicked.connect(self._forward)
        self.leave.clicked.connect(self.reject)
        self._desk.tasks.idle.connect(self._mark_buttons)

    # --- going through -----------------------------------------------------------------------------------------------

    def _go(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.bar.mark(step)
        self._mark_buttons()
        first = (self.file.drop.button, self.columns.sheet, self.check.view, self.next)[step]
        if step == COLUMNS and self.columns.combos:
            self.columns.combos[min(self.columns.combos)].setFocus()
        else:
            first.setFocus()

    def _mark_buttons(self) -> None:
        t, step = self._desk.t, self.pages.currentIndex()
        self.back.setVisible(step in (COLUMNS, CHECK))
        self.leave.setVisible(step != DONE)
        self.next.setVisible(step != FILE or self._table is not None)
        self.next.setEnabled(True)
        self.next.setText(t("import.close") if step == DONE else t("import.next"))
        if step == COLUMNS:
            self.next.setEnabled(bool(self.columns.mapping and self.columns.mapping.columns))
        elif step == CHECK and self.check.trial is not None:
            count = len(self.check.trial.to_take)
            self.next.setText(t("import.take", count=count) if count else t("import.take_none"))
            self.next.setEnabled(count > 0 and not self.check.corrections)

    def _forward(self) -> None:
        step = self.pages.currentIndex()
        if step == FILE:
            self._go(COLUMNS)
        elif step == COLUMNS:
            self.try_out()
        elif step == CHECK:
            self.take_in()
        else:
            self.accept()

    # --- file --------------------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        t = self._desk.t
        ask_open(self, self._desk.settings, t("import.choose"), t("import.file_kind"), lambda p: self.read_file(p[0]))

    def read_file(self, path: Path) -> None:
        """Reads a table and goes on to its columns."""
        self._name = path.name
        self._desk.tasks.watch(
            self,
            self._desk.t("import.reading"),
            lambda progress: self._first_look(files.open_table(path, progress)),
            self._show_table,
            self._say_problem,
        )

    def read_text(self, text: str) -> None:
        """The same with what was copied in a spreadsheet."""
        self._name = self._desk.t("import.pasted")
        self._desk.tasks.watch(
            self,
            self._desk.t("import.reading"),
            lambda progress: self._first_look(files.open_pasted(text, self._name, progress)),
            self._show_table,
            self._say_problem,
        )

    def _first_look(self, table: Table) -> tuple[Table, Mapping]:
        """On the worker."""
        return table, mapping.propose(self._desk.workplace, table, mapping.choose_sheet(table))

    def _show_table(self, found: tuple[Table, Mapping]) -> None:
        self.file.problem.hide()
        self._table = found[0]
        self.columns.show_mapping(*found, self._name)
        self._go(COLUMNS)

    def _say_problem(self, error: Exception) -> None:
        self.file.say(error_text.sentence(self._desk.t, error))
        self._go(FILE)

    def _ask_template(self) -> None:
        t = self._desk.t
        ask_save(
            self,
            self._desk.settings,
            t("import.template_button"),
            name=t("import_template.file"),
            kind=t("import.template_kind"),
            chosen=self.save_template,
        )

    def save_template(self, path: Path) -> None:
        """Writes the workbook to be filled in."""
        language, t = self._desk.t.language, self._desk.t
        self._desk.tasks.run(
            self,
            lambda: template.write_template(path, language),
            lambda _none: self.file.problem.say(
                "circle-check", t("import.template_saved", file=visible(path.name)), "good"
            ),
            self._say_problem,
        )

    # --- columns -----------------------------------------------------------------------------------------------------

    def _choose_sheet(self, sheet: int) -> None:
        self._propose(sheet, 0)

    def _choose_header(self, row: int) -> None:
        if self.columns.mapping is not None:
            self._propose(self.columns.mapping.sheet, row or -1)

    def _propose(self, sheet: int, header: int) -> None:
        table, workplace = self._table, self._desk.workplace
        if table is None:
            return

        def proposed() -> tuple[Table, Mapping]:
            mapping.require_readable(table.sheets[sheet])
            return table, mapping.propose(workplace, table, sheet, header)

        self._desk.tasks.run(self, proposed, self._show_table, self._keep_columns)

    def _keep_columns(self, error: Exception) -> None:
        """The sheet that was chosen cannot be read: what was shown before stays."""
        if self._table is not None and self.columns.mapping is not None:
            self.columns.show_mapping(self._table, self.columns.mapping, self._name)
        self.columns.hint.say("circle-alert", error_text.sentence(self._desk.t, error), "bad")

    # --- check and take in -------------------------------------------------------------------------------------------

    def try_out(self) -> None:
        """The dry run, with the mapping and the corrections that stand there."""
        table, chosen, name, workplace = self._table, self.columns.mapping, self._name, self._desk.workplace
        if table is None or chosen is None:
            return
        before = self.check.trial
        same = before is not None and before.table is table and before.mapping == chosen
        kept = {**before.corrections, **self.check.corrections} if same and before is not None else {}
        update = self.check.update_known.isChecked()
        self._desk.tasks.watch(
            self,
            self._desk.t("import.checking"),
            lambda progress: trial.dry_run(
                workplace, table, chosen, name, corrections=kept, update=update, before=before, progress=progress
            ),
            self._show_trial,
            self._desk.notify.failed,
        )

    def _show_trial(self, found: Trial) -> None:
        self.check.show_trial(found)
        if self.pages.currentIndex() != CHECK:
            self._go(CHECK)
        self._mark_buttons()

    def take_in(self) -> None:
        """Stores what is good."""
        workplace, tried = self._desk.workplace, self.check.trial
        if tried is None:
            return
        self.next.setEnabled(False)  # until the worker is idle again, however that ended
        self._desk.tasks.watch(
            self,
            self._desk.t("import.taking"),
            lambda progress: taking.take_in(workplace, tried, progress),
            lambda taken: self._show_taken(taken, tried.counts[KNOWN]),
            self._desk.notify.failed,
        )

    def _show_taken(self, taken: Taken, known: int) -> None:
        self._batch = taken.batch
        self.result_step.show_taken(taken, known)
        self._go(DONE)
        self._desk.changes.announce(changes.PROJECTS, by=self)

    # --- the import before -------------------------------------------------------------------------------------------

    def _look_for_last(self) -> None:
        workplace = self._desk.workplace
        self._desk.tasks.run(self, lambda: taking.imports(workplace)[:1], self._show_last)

    def _show_last(self, found: list[Batch]) -> None:
        """The newest import can be taken back from here, long after its result was closed."""
        self.file.last.hide()
        for batch in found:
            t, when = self._desk.t, local_time(self._desk.t, batch.made)
            text = t("import.last", file=visible(batch.file), count=len(batch.rows), when=when)
            self._batch = batch.id
            self.file.last.say("history", text, action=t("import.undo"), run=self.undo)

    # --- afterwards --------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Takes the import back."""
        workplace, batch = self._desk.workplace, self._batch
        self._desk.tasks.watch(
            self,
            self._desk.t("import.undoing"),
            lambda progress: taking.undo_import(workplace, batch, progress),
            self._show_undone,
            self._desk.notify.failed,
        )

    def _show_undone(self, undone: Undone) -> None:
        t = self._desk.t
        said = t("import.undone", count=undone.undone)
        if undone.kept:
            said = t("import.undone_some", count=undone.undone, kept=undone.kept)
        if self.pages.currentIndex() == DONE:
            self.result_step.show_undone(said)
        else:
            self.file.problem.say("undo-2", said, "good")
        self._desk.changes.announce(changes.PROJECTS, by=self)
        self._look_for_last()

    def _ask_rest(self) -> None:
        t = self._desk.t
        ask_save(
            self,
            self._desk.settings,
            t("import.save_rest"),
            name=t("import.rest_name"),
            kind=t("import.rest_kind"),
            chosen=self.save_rest,
        )

    def save_rest(self, path: Path) -> None:
        """Writes the rows that were left."""
        tried, t = self.check.trial, self._desk.t
        if tried is None:
            return
        self._desk.tasks.run(
            self,
            lambda: files.save_rest(tried, path, t),
            lambda _count: self.result_step.note.say(
                "file-down", t("import.rest_saved", file=visible(path.name)), "good"
            ),
            lambda error: self.result_step.note.say("circle-alert", error_text.sentence(t, error), "bad"),
        )
