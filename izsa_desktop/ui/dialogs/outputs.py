"""Giving what is shown to other programs and other people: which format, for whom, in which language.

What a format is and what stays out of it is said beside it, before anything is written.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain.filter import ProjectFilter
from izsa_desktop.i18n import LANGUAGES, Translator
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.confirm import RoomyDialog
from izsa_desktop.ui.dialogs.files import ask_save
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.outputs.export import TableOrder, WrittenTable, export_table
from izsa_desktop.usecases.outputs.formats import CDP, COVENANT, FORMATS, GEOJSON, GPKG, IATI, OWN, VLR, endings

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("own", tuple(name for name in FORMATS if name in OWN)),
    ("map", (GEOJSON, GPKG)),
    ("report", (VLR, CDP, COVENANT, IATI)),
)
_LONGEST_ID, _WIDTH = 100, 700


class OutputsDialog(RoomyDialog):
    """Asks how; ``chosen`` gives the order. The first format is the usual one."""

    chosen = Signal(object)

    def __init__(self, wanted: ProjectFilter, desk: Desk, parent: QWidget) -> None:
        t = desk.t
        super().__init__(t("outputs.title"), parent)
        self._t, self._wanted = t, wanted
        self.formats: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.about = plain_label(role="soft", wrap=True)
        self.internal = QCheckBox(for_button(t("outputs.internal")))
        self.internal_help = plain_label(role="soft", wrap=True)
        self.org_label = plain_label(t("outputs.org_id"), role="field")
        self.org_id = QLineEdit(maxLength=_LONGEST_ID, placeholderText="XM-DAC-…")
        self.language_label = plain_label(t("mapfile.language"), role="field")
        self.language = QComboBox()
        for code in LANGUAGES:
            self.language.addItem(t(f"mapfile.language_{code}"), code)
        self.language.setCurrentIndex(LANGUAGES.index(t.language))
        for label, field in ((self.org_label, self.org_id), (self.language_label, self.language)):
            label.setBuddy(field)
            field.setAccessibleName(label.text())
        self._lay_out()
        self.finish(t("outputs.go"), t("outputs.leave"))
        self.setMinimumWidth(_WIDTH)
        self._group.buttonToggled.connect(self._show_format)
        self.formats[FORMATS[0]].setChecked(True)
        self.formats[FORMATS[0]].setFocus()

    @property
    def format(self) -> str:
        """The chosen one."""
        return next(name for name, button in self.formats.items() if button.isChecked())

    @property
    def order(self) -> TableOrder:
        """What is wanted now."""
        org_id = self.org_id.text().strip() if self.format == IATI else ""
        language = str(self.language.currentData())
        return TableOrder(self.format, self._wanted, language, self.internal.isChecked(), org_id)

    def give(self) -> None:
        self.accept()
        self.chosen.emit(self.order)

    def _show_format(self) -> None:
        """What is said, and asked, of the chosen format. What is for use inside is chosen anew each time."""
        name = self.format
        self.about.setText(self._t(f"outputs_about.{name}"))
        self.internal.setChecked(False)
        own = name in OWN
        self.internal_help.setText(self._t("outputs.internal_own") if own else self._t("outputs.internal_public"))
        self.org_label.setVisible(name == IATI)
        self.org_id.setVisible(name == IATI)
        in_one_language = name not in (CDP, COVENANT, IATI)  # in English, and in both
        self.language_label.setVisible(in_one_language)
        self.language.setVisible(in_one_language)
        self.fit()

    def _lay_out(self) -> None:
        """The formats at the left, what is said and asked of the chosen one at the right."""
        formats, about = QVBoxLayout(), QVBoxLayout()
        for group, names in _GROUPS:
            if formats.count():
                formats.addSpacing(8)
            formats.addWidget(plain_label(self._t(f"outputs_group.{group}"), role="field"))
            for name in names:
                self.formats[name] = button = QRadioButton(for_button(self._t(f"outputs_format.{name}")))
                self._group.addButton(button)
                formats.addWidget(button)
        asked: tuple[QWidget, ...] = (self.about, self.language_label, self.language, self.org_label, self.org_id)
        for widget in asked:
            about.addWidget(widget)
        about.addSpacing(10)
        about.addWidget(self.internal)
        about.addWidget(self.internal_help)
        for part in (formats, about):
            part.setSpacing(6)
            part.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(28)
        row.addLayout(formats)
        row.addLayout(about, 1)
        self.column.addLayout(row)


def ask_outputs(parent: QWidget, desk: Desk, wanted: ProjectFilter) -> OutputsDialog:
    """Asks how and where, then writes what the filter gives."""

    def ask_where(order: TableOrder) -> None:
        t = desk.t
        names = [f"{t(f'outputs_format.{order.format}')} (*{ending})" for ending in endings(order.format)]
        ask_save(
            parent,
            desk.settings,
            t("outputs.title"),
            name=f"{t('export.file')}-{order.format}{endings(order.format)[0]}",
            kind=";;".join(names),
            chosen=lambda path: write_to(parent, desk, order, path),
        )

    dialog = OutputsDialog(wanted, desk, parent)
    dialog.chosen.connect(ask_where)
    dialog.open()
    return dialog


def write_to(parent: QWidget, desk: Desk, order: TableOrder, path: Path) -> None:
    """Writes the file and says what is in it, and what is not."""
    workplace = desk.workplace
    desk.tasks.watch(
        parent,
        desk.t("export.under_way"),
        lambda progress: export_table(workplace, order, path, progress),
        lambda written: desk.notify.good(said(desk.t, written, path)),
    )


def said(t: Translator, written: WrittenTable, path: Path) -> str:
    """What became of it."""
    count = written.projects
    parts = [t("export.done", count=count, number=t.number(count), file=path.name)]
    for key, left in (
        ("not_approved", written.not_approved),
        ("unfit", written.unfit),
        ("unplaced", written.unplaced),
        ("cut", written.cut),
        ("mended", written.mended),
    ):
        if left:
            parts.append(t(f"outputs_left.{key}", count=left, number=t.number(left)))
    return " ".join(parts)
