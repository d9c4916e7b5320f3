"""A line or an area: drawn on the map, told in a few words. What a form's field must do: see ``fields``."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from izsa_desktop.domain.shape import AREA, Shape
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.fields import set_detail
from izsa_desktop.ui.widgets.hand_on import hand_on

TOOL_LINE, TOOL_AREA = "line", "area"


class ShapeField(QWidget):
    """Says what is drawn; a button draws it, and draws on."""

    edited = Signal()
    tool_wanted = Signal(str)
    """``line`` or ``area``: the map draws from now on. Empty: no longer."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self._value: Shape | None = None
        self._tool = TOOL_LINE
        self.text = QLineEdit()
        self.text.setReadOnly(True)
        self.text.setPlaceholderText(t("drawing.none"))
        self.text.setAccessibleName(t("field.shape"))
        self.clear = QToolButton()
        self.clear.setToolTip(t("drawing.clear"))
        self.clear.setAccessibleName(t("drawing.clear"))
        icons.put(self.clear, "x", "soft", 16)
        self.draw = QPushButton()
        self.draw.setCheckable(True)
        self.draw.setProperty("role", "tonal")
        icons.put(self.draw, "pencil", "accent", 16)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.text, 1)
        row.addWidget(self.clear)
        row.addWidget(self.draw)
        hand_on(self, self.draw)
        self.clear.clicked.connect(lambda: self.put(None))
        self.draw.toggled.connect(self._toggled)
        self.set_value(None)

    def value(self) -> Shape | None:
        return self._value

    def set_value(self, value: Shape | None) -> None:
        self._value = value
        if value is not None:
            self._tool = TOOL_AREA if value.type == AREA else TOOL_LINE
        self.text.setText(self._t.shape(value) if value is not None else "")
        self.clear.setEnabled(value is not None)
        self._name_button()

    def put(self, value: Shape | None) -> None:
        """Takes a shape as a person has drawn it."""
        self.set_value(value)
        self.edited.emit()

    def start(self, tool: str) -> None:
        """Draws with this tool from now on."""
        self._tool = tool
        if self.draw.isChecked():
            self.tool_wanted.emit(tool)
        self.draw.setChecked(True)

    def stop(self) -> None:
        """Draws no longer."""
        self.draw.setChecked(False)

    def set_read_only(self, read_only: bool) -> None:
        set_detail(self.text, read_only)
        self.draw.setVisible(not read_only)
        self.clear.setVisible(not read_only)

    def _toggled(self, on: bool) -> None:
        self._name_button()
        self.tool_wanted.emit(self._tool if on else "")

    def _name_button(self) -> None:
        t = self._t
        if self.draw.isChecked():
            self.draw.setText(t("drawing.done"))
        else:
            self.draw.setText(t("drawing.draw") if self._value is None else t("drawing.change"))
