"""What waits for review: narrowed by words, district and reason, and one to begin with. Gives back what is shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from izsa_desktop.domain.text import sort_key
from izsa_desktop.ui.desk import Desk
from izsa_desktop.ui.models.waiting_model import WaitingModel
from izsa_desktop.ui.widgets.text import for_button, plain_label
from izsa_desktop.ui.widgets.wide_table import WideTable
from izsa_desktop.usecases.reviewing import CHANGED, NEW, OPEN, Waiting, matching

_WIDTH = 860


class WaitingDialog(QDialog):
    """``chosen`` gives the ids of the rows that are shown, in their order, and the one to begin with."""

    chosen = Signal(object, str)

    def __init__(self, found: Sequence[Waiting], desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found, self._t = tuple(found), desk.t
        t = desk.t
        self.setWindowTitle(t("reviewing.list_title"))
        self.words = QLineEdit()
        self.words.setPlaceholderText(t("reviewing.find"))
        self.words.setAccessibleName(t("reviewing.find"))
        self.words.setClearButtonEnabled(True)
        names = {code: desk.workplace.reference.district_name(code) for code in {one.project.body for one in found}}
        offered = [(names[code], code) for code in sorted(names, key=lambda code: sort_key(names[code]))]
        self.district = _choice(t("waiting.district"), [(t("reviewing.every_district"), ""), *offered])
        reasons = [(t(f"reviewing.why_{why}"), why) for why in (NEW, OPEN, CHANGED)]
        self.why = _choice(t("waiting.why"), [(t("reviewing.every_reason"), ""), *reasons])
        self.model = WaitingModel(desk)
        self.table = WideTable(self.model, t("reviewing.list_title"))
        self.table.doubleClicked.connect(lambda _index: self._give())
        self.nothing = plain_label(role="soft", wrap=True)
        buttons = QDialogButtonBox()
        self.start = buttons.addButton(for_button(t("reviewing.start")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.start.setProperty("role", "primary")
        self.start.setDefault(True)
        buttons.addButton(for_button(t("reviewing.close")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        narrow = QHBoxLayout()
        narrow.setSpacing(10)
        narrow.addWidget(self.words, 1)
        narrow.addWidget(self.district)
        narrow.addWidget(self.why)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(plain_label(t("reviewing.list_title"), role="title", wrap=True))
        column.addWidget(plain_label(t("reviewing.list_text"), role="soft", wrap=True))
        column.addLayout(narrow)
        column.addWidget(self.table)
        column.addWidget(self.nothing)
        column.addStretch(1)
        column.addWidget(buttons)
        self.words.textChanged.connect(lambda _text: self._narrow())
        for box in (self.district, self.why):
            box.currentIndexChanged.connect(lambda _at: self._narrow())
        self.resize(_WIDTH, self.sizeHint().height())
        self._narrow()
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the words into the list."""
        if event.key() == Qt.Key.Key_Down and self.words.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def _narrow(self) -> None:
        shown = matching(self._found, self.words.text(), self.district.currentData(), self.why.currentData())
        self.model.show_rows(shown)
        self.table.fit()
        self.table.choose(0 if shown else -1)
        self.table.setVisible(bool(shown))
        self.nothing.setText(self._t("reviewing.none_matches" if self._found else "reviewing.none_waits"))
        self.nothing.setVisible(not shown)
        self.start.setEnabled(bool(shown))

    def _give(self) -> None:
        row = self.table.chosen
        if row >= 0:
            ids = [one.project.id for one in self.model.rows]
            self.chosen.emit(ids, ids[row])
            self.accept()


def _choice(name: str, offered: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for label, code in offered:
        box.addItem(label, code)
    return box
