"""Which columns stand in a table."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.text import for_button
from izsa_desktop.usecases.cells import COLUMNS


class ColumnsButton(QToolButton):
    """A menu of all columns with ticks. One column stays."""

    changed = Signal(tuple)

    def __init__(self, t: Translator, columns: Sequence[str]) -> None:
        super().__init__()
        self.setText(t("table.columns"))
        self.setToolTip(t("table.columns"))
        self.setAccessibleName(t("table.columns"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icons.put(self, "columns-3", "soft", 18)
        self._chosen = [column for column in columns if column in COLUMNS]
        menu = QMenu(self)
        self.setMenu(menu)
        self.actions_by_name: dict[str, QAction] = {}
        for column in COLUMNS:
            action = menu.addAction(for_button(t.field(column)))
            action.setCheckable(True)
            action.setChecked(column in self._chosen)
            action.toggled.connect(lambda on, column=column: self._tick(column, on))
            self.actions_by_name[column] = action

    @property
    def columns(self) -> tuple[str, ...]:
        """The chosen ones, in the order of their choice."""
        return tuple(self._chosen)

    def _tick(self, column: str, on: bool) -> None:
        if on:
            self._chosen.append(column)
        elif len(self._chosen) > 1:
            self._chosen.remove(column)
        else:
            with QSignalBlocker(self.actions_by_name[column]):
                self.actions_by_name[column].setChecked(True)
        self.changed.emit(self.columns)
