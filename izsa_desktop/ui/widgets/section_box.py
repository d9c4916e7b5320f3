"""One section of the form: a heading and lines of fields, of which most wait folded until they are wanted.

A field's widgets are made when its line is shown for the first time: a form with fifty fields opens as fast as one with
ten.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.fields import repolish
from izsa_desktop.ui.widgets.form_layout import TOLD, SectionSpec
from izsa_desktop.ui.widgets.form_row import FormRow
from izsa_desktop.ui.widgets.text import for_button, plain_label


class SectionBox(QWidget):
    """``make_row`` makes the row of a field; ``filled`` says whether a field holds something."""

    opened = Signal()
    """A person wants all of it."""

    def __init__(
        self, spec: SectionSpec, t: Translator, make_row: Callable[[str], FormRow], filled: Callable[[str], bool]
    ) -> None:
        super().__init__()
        self.spec = spec
        self._t, self._make_row, self._filled = t, make_row, filled
        self._read_only = False
        self._open = False
        self._kept: set[str] = set()
        self._lines: dict[tuple[str, ...], list[FormRow]] = {}
        self.name = t(f"form_section.{spec.name}")
        self.heading = plain_label(self.name, role="section")
        self.more = QPushButton()
        self.more.clicked.connect(self._wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self.heading)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def rows(self) -> list[FormRow]:
        """The rows that were made, in their order."""
        return [row for line in self.spec.lines for row in self._lines.get(line, ())]

    def show_lines(self, read_only: bool, everything: bool) -> None:
        """For a project that is shown now: what must be seen, and what holds something."""
        self._read_only, self._open = read_only, everything
        self.arrange()

    def open(self, names: tuple[str, ...] = ()) -> None:
        """Shows the lines of these fields, or all of them."""
        if not self._read_only:
            self._open = self._open or not names
            self.arrange(names)

    def keep(self, name: str, *, on: bool) -> None:
        """Shows a field also to a reader and also where it is empty: something is said of it."""
        (self._kept.add if on else self._kept.discard)(name)
        self.arrange()

    def arrange(self, wanted: tuple[str, ...] = ()) -> None:
        """Makes, shows and hides lines. What is shown in a form to edit stays, also when it is emptied."""
        for line in self.spec.lines:
            full = [name for name in line if name in self._kept or self._filled(name)]
            shown = bool(full) or (
                not self._read_only
                and not TOLD.issuperset(line)
                and (self._open or self._always(line) or any(n in wanted for n in line))
            )
            if (shown or any(n in wanted for n in line)) and line not in self._lines:
                self._make_line(line)
            for name, row in zip(line, self._lines.get(line, ()), strict=False):
                row.setHidden(not shown or (self._read_only and name not in full))
        self._show_more()

    def make_one(self) -> bool:
        """Makes a line that waits, without showing it; False when all are made."""
        line = next((line for line in self.spec.lines if line not in self._lines), None)
        if line is None:
            return False
        self._make_line(line)
        for row in self._lines[line]:
            row.hide()
            if hasattr(row.field, "prepare"):
                row.field.prepare()
        return True

    def first(self) -> QWidget:
        """Where the keyboard goes when somebody goes to the section."""
        return next((row.field for row in self.rows if not row.isHidden() and row.field.isEnabled()), self.more)

    def _always(self, line: tuple[str, ...]) -> bool:
        return line in self.spec.shown

    def _make_line(self, line: tuple[str, ...]) -> None:
        beside = QHBoxLayout()
        beside.setSpacing(12)
        at = 1 + sum(other in self._lines for other in self.spec.lines[: self.spec.lines.index(line)])
        self._column.insertLayout(at, beside)
        self._lines[line] = []
        for name in line:
            row = self._make_row(name)
            self._lines[line].append(row)
            beside.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)

    def _show_more(self) -> None:
        """The button that unfolds: named like the section where nothing of it is seen."""
        shown = [row for row in self.rows if not row.isHidden()]
        may = [name for name in self.spec.names if name not in TOLD or self._filled(name)]
        folded = len(may) - len(shown)
        self.heading.setHidden(not shown)
        self.setHidden(self._read_only and not shown)
        self.more.setHidden(self._read_only or not folded)
        role = "link" if shown else "fold"
        self.more.setText(for_button(self._t("form.more", count=folded) if shown else self.name))
        self.more.setAccessibleName(self._t("form.open_section", section=self.name))
        if self.more.property("role") != role:
            self.more.setProperty("role", role)
            self._column.setAlignment(self.more, Qt.AlignmentFlag.AlignLeft if shown else Qt.AlignmentFlag(0))
            repolish(self.more)
            icons.put(self.more, "plus" if shown else "chevron-right", "accent", 14)

    def _wanted(self) -> None:
        before = {row for row in self.rows if not row.isHidden()}
        self.open()
        fresh = next((row for row in self.rows if row not in before and not row.isHidden()), None)
        if fresh is not None:
            fresh.field.setFocus()
        self.opened.emit()
