"""Which old records are still true: a person ticks those that were looked at. Gives back their ids."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.freshness_light import light_icon, light_text
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.usecases.freshness import Due

_WIDTH, _HEIGHT = 640, 520


class ConfirmManyDialog(QDialog):
    """``confirmed`` gives the ticked ids; ``open_wanted`` one that a person wants to look at first."""

    confirmed = Signal(object)
    open_wanted = Signal(str)

    def __init__(self, found: Sequence[Due], t: Translator, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found, self._t = tuple(found), t
        self.setWindowTitle(t("reviewing.confirm_title"))
        self.list = QListWidget()
        self.list.setObjectName("picks")
        self.list.setSpacing(4)
        self.list.setAccessibleName(t("reviewing.confirm_title"))
        for one in found:
            title = " ".join(visible(one.project.fields.title).split()) or t("list.untitled")
            item = QListWidgetItem(f"{title}\n{light_text(one.light, one.day, t)}", self.list)
            icon, tone = light_icon(one.light)
            item.setIcon(icons.icon(icon, tone))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.look = buttons.addButton(for_button(t("reviewing.open_record")), QDialogButtonBox.ButtonRole.ActionRole)
        leave = buttons.addButton(for_button(t("reviewing.leave")), QDialogButtonBox.ButtonRole.RejectRole)
        leave.setDefault(True)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        self.look.clicked.connect(self._look)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(plain_label(t("reviewing.confirm_title"), role="title", wrap=True))
        column.addWidget(plain_label(t("reviewing.confirm_text"), role="soft", wrap=True))
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        self.list.itemChanged.connect(lambda _item: self._check())
        self.list.currentRowChanged.connect(lambda _row: self._check())
        self.resize(_WIDTH, _HEIGHT)
        self.list.setCurrentRow(0 if found else -1)
        self.list.setFocus()
        self._check()

    @property
    def ticked(self) -> list[str]:
        """Ids of the ticked records."""
        states = (self.list.item(row).checkState() for row in range(self.list.count()))
        pairs = zip(self._found, states, strict=True)
        return [one.project.id for one, state in pairs if state == Qt.CheckState.Checked]

    def _check(self) -> None:
        count = len(self.ticked)
        chosen = self._t("reviewing.confirm_chosen", count=count) if count else self._t("reviewing.confirm_none")
        self.go.setText(for_button(chosen))
        self.go.setEnabled(count > 0)
        self.look.setEnabled(self.list.currentRow() >= 0)

    def _give(self) -> None:
        self.confirmed.emit(self.ticked)
        self.accept()

    def _look(self) -> None:
        self.open_wanted.emit(self._found[self.list.currentRow()].project.id)
        self.accept()
