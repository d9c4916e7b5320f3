"""Parts of a page of which one is shown: names beside each other, the part of the chosen one below."""

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izsa_desktop.ui import icons


class Tabs(QWidget):
    """``add`` the parts in order; the first one is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.show_part)
        self._parts: list[QWidget] = []
        self._names = QHBoxLayout()
        self._names.setSpacing(6)
        self._names.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._column.addLayout(self._names)

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
        self._names.insertWidget(len(self.buttons), button)
        self.buttons.append(button)
        self._parts.append(part)
        self._column.addWidget(part)
        part.setVisible(len(self._parts) == 1)
        button.setChecked(len(self._parts) == 1)

    def show_part(self, number: int) -> None:
        """Shows this part instead."""
        self.buttons[number].setChecked(True)
        for n, part in enumerate(self._parts):
            part.setVisible(n == number)
