"""Exporting what is shown: as a workbook or as CSV, with what is about persons only where somebody asks for it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.files import ask_save
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.cells import COLUMNS, PERSONAL
from izsa_desktop.usecases.exporting import export_found


class ExportDialog(QDialog):
    """Asks how; ``chosen`` gives the ending of the file, whether all columns, and whether those about persons."""

    chosen = Signal(str, bool, bool)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.t("export.title"))
        t = desk.t
        self.workbook, self.csv = QRadioButton(t("export.workbook")), QRadioButton(t("export.csv"))
        self.shown, self.all = QRadioButton(t("export.shown_columns")), QRadioButton(t("export.all_columns"))
        self._kinds, self._columns = QButtonGroup(self), QButtonGroup(self)
        for group, buttons in ((self._kinds, (self.workbook, self.csv)), (self._columns, (self.shown, self.all))):
            for button in buttons:
                group.addButton(button)
            buttons[0].setChecked(True)
        self.personal = QCheckBox(t("export.personal"))
        names = ", ".join(t.field(name) for name in COLUMNS if name in PERSONAL)
        buttons_ = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons_.button(QDialogButtonBox.StandardButton.Ok).setText(t("export.go"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(8)
        for widget in (
            plain_label(t("export.kind"), role="field"),
            self.workbook,
            self.csv,
            plain_label(t("export.columns"), role="field"),
            self.shown,
            self.all,
            self.personal,
            plain_label(t("export.personal_help", fields=names), role="soft", wrap=True),
        ):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(buttons_)
        buttons_.accepted.connect(self._accept)
        buttons_.rejected.connect(self.reject)

    def _accept(self) -> None:
        self.accept()
        self.chosen.emit(".csv" if self.csv.isChecked() else ".xlsx", self.all.isChecked(), self.personal.isChecked())


def ask_export(parent: QWidget, desk: Desk, wanted: ProjectFilter, columns: Sequence[str]) -> ExportDialog:
    """Asks how and where, then writes what the filter gives."""

    def ask_where(suffix: str, everything: bool, personal: bool) -> None:
        taken = tuple(COLUMNS) if everything else tuple(columns)
        ask_save(
            parent,
            desk.settings,
            desk.t("export.title"),
            name=f"{desk.t('export.file')}{suffix}",
            kind=desk.t("export.csv_files") if suffix == ".csv" else desk.t("export.workbook_files"),
            chosen=lambda path: export_to(parent, desk, wanted, taken, path, personal=personal),
        )

    dialog = ExportDialog(desk, parent)
    dialog.chosen.connect(ask_where)
    dialog.open()
    return dialog


def export_to(
    parent: QWidget, desk: Desk, wanted: ProjectFilter, columns: Sequence[str], path: Path, *, personal: bool
) -> None:
    """Writes the file and says so."""
    workplace, t = desk.workplace, desk.t
    desk.tasks.watch(
        parent,
        t("export.under_way"),
        lambda progress: export_found(workplace, wanted, columns, path, progress, personal=personal),
        lambda count: desk.notify.good(t("export.done", count=count, number=t.number(count), file=path.name)),
    )
