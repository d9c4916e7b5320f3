"""Every save of a project: who, when, which fields."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.registers import field_of
from izsa_desktop.ui import icons
from izsa_desktop.ui.desk import Desk, local_time
from izsa_desktop.ui.widgets.text import plain_label
from izsa_desktop.usecases.projects import HistoryEntry

_FIELDS = (*ProjectFields.__dataclass_fields__, "_deleted")


class HistoryDialog(QDialog):
    """Takes the saves, oldest first; shows the newest first."""

    def __init__(self, saves: Sequence[HistoryEntry], desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.t("history.title"))
        self.resize(520, 480)
        inside = QWidget()
        inside.setObjectName("form")
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        for n, save in reversed(list(enumerate(saves))):
            column.addWidget(_entry(save, desk, first=n == 0))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.setContentsMargins(16, 10, 16, 12)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)


def field_names(save: HistoryEntry, desk: Desk) -> str:
    """The names of the fields that a save wrote, in the order of the form."""
    written = {field_of(register) for register in save.changes}
    return ", ".join(desk.t(f"field.{name}") for name in _FIELDS if name in written) or desk.t("history.other")


def _entry(save: HistoryEntry, desk: Desk, first: bool) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    line.addWidget(icons.label("plus" if first else "pencil", "accent", 16), 0, Qt.AlignmentFlag.AlignTop)
    texts = QVBoxLayout()
    texts.setSpacing(2)
    texts.addWidget(plain_label(f"{local_time(desk.t, save.wall)} · {save.author}", role="strong", wrap=True))
    fields = field_names(save, desk)
    what = desk.t("history.created", fields=fields) if first else desk.t("history.changed", fields=fields)
    texts.addWidget(plain_label(what, role="soft", wrap=True))
    line.addLayout(texts, 1)
    return row
