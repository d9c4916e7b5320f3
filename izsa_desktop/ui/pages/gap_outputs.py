"""The table of gaps on paper and as a workbook."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.dialogs.files import ask_save
from izsa_desktop.usecases.gap_cell import Looked
from izsa_desktop.usecases.gap_sheet import Sheet
from izsa_desktop.usecases.gap_workbook import write_gaps
from izsa_desktop.usecases.gaps import Gaps


class GapOutputs:
    """For a page, of what it shows."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        self._desk, self._page = desk, page

    def print(self, sheet: Sheet, looked: Looked) -> None:
        """Shows the document before it is printed."""
        from izsa_desktop.usecases.gap_paper import gap_html  # loads the templates

        reference, t = self._desk.workplace.reference, self._desk.t
        self._desk.tasks.run_beside(self._page, lambda: gap_html(sheet, looked, reference, t), self._preview)

    def _preview(self, html: str) -> None:
        from izsa_desktop.ui.printing.preview import PreviewDialog  # loads the web engine

        t = self._desk.t
        PreviewDialog(html, f"{t('gapscreen.file_name')}.pdf", t, self._desk.tasks, self._page.window()).open()

    def export(self, table: Gaps) -> None:
        """Asks for a file, and writes the workbook."""
        t = self._desk.t
        ask_save(
            self._page.window(),
            self._desk.settings,
            t("gapscreen.export_title"),
            name=f"{t('gapscreen.file_name')}.xlsx",
            kind=t("gapscreen.export_kind"),
            chosen=lambda target: self.write(table, target),
        )

    def write(self, table: Gaps, target: Path) -> None:
        """Writes the workbook and says so."""
        workplace, t = self._desk.workplace, self._desk.t
        said = t("gapscreen.exported", file=str(target))
        self._desk.tasks.run(
            self._page, lambda: write_gaps(workplace, table, target, t), lambda _none: self._desk.notify.good(said)
        )
