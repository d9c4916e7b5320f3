"""Parts of a page of which one is shown: names beside each other, the part of the chosen one below."""

from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.flow_layout import FlowLayout


class Tabs(QWidget):
    """``add`` the parts in order; the first one is shown. ``full``: the parts go to the edges of the page."""

    def __init__(self, *, full: bool = False) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.show_part)
        self._parts: list[QWidget] = []
        names = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        names.setSizePolicy(policy)
        self._names = FlowLayout(names)  # in large text there may be no room beside each other
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0 if full else 14)
        head = QVBoxLayout()
        head.setContentsMargins(*((16, 8, 16, 0) if full else (0, 0, 0, 0)))
        head.addWidget(names)
        self._column.addLayout(head)

    @property
    def shown(self) -> int:
        """Which part it is."""
        return self._group.checkedId()

    def add(self, icon: str, name: str, part: QWidget) -> None:
        """One more part. ``name`` may have a letter for the Alt key."""
        button = QPushButton(name)
        button.setCheckable(True)
        button.setProperty("role", "tab")
        icons.put(button, icon, "accent", 16)
        self._group.addButton(button, len(self.buttons))
        self._names.addWidget(button)
        self.buttons.append(button)
        self._parts.append(part)
        self._column.addWidget(part, 1)
        part.setVisible(len(self._parts) == 1)
        button.setChecked(len(self._parts) == 1)

    def show_part(self, number: int) -> None:
        """Shows this part instead."""
        self.buttons[number].setChecked(True)
        for n, part in enumerate(self._parts):
            part.setVisible(n == number)
