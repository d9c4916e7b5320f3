"""Numbers, typed and shown as the language writes them.

What was typed stays as it was typed. Where it can be read in a way that looks different, the reading stands behind it;
where it is no number, the value is the text itself, a mark says so, and whoever stores it is told by name.
"""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from izsa_desktop.domain.text import visible
from izsa_desktop.domain.typed_numbers import number_text, typed_number
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.fields import set_detail
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.text import plain_label

_LONGEST = 60


class NumberField(QWidget):
    """An exact number or None. ``value()`` is the text where that is no number."""

    edited = Signal()

    def __init__(self, t: Translator, unit: str = "", placeholder: str = "", grouped: bool = True) -> None:
        """``unit`` stands behind the number. ``grouped``: with marks between groups of three."""
        super().__init__()
        self._t, self._grouped = t, grouped
        self._shown: tuple[str, Decimal | int | str | None] = ("", None)
        self.line = QLineEdit()
        self.line.setMaxLength(_LONGEST)
        self.line.setPlaceholderText(placeholder)
        self._hint = placeholder
        self._mark = QAction(self)
        self._mark.setVisible(False)
        self.line.addAction(self._mark, QLineEdit.ActionPosition.TrailingPosition)
        self.reading = plain_label(role="soft")
        self.reading.hide()
        self.unit = plain_label(unit, role="soft")
        self.unit.setVisible(bool(unit))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        row.addWidget(self.line, 1)
        row.addWidget(self.reading)
        row.addWidget(self.unit)
        self.line.textEdited.connect(self._touched)
        hand_on(self, self.line)

    def value(self) -> Decimal | int | str | None:
        text = self.line.text()
        if text == self._shown[0]:
            return self._shown[1]
        return self._read(text)

    def set_value(self, value: Decimal | int | str | None) -> None:
        if value == self.value():
            return
        text = value or "" if isinstance(value, str | None) else self._write(value)
        self._shown = (text, value)
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self._tell()

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        self.line.setPlaceholderText("" if read_only else self._hint)
        set_detail(self.line, read_only)

    def set_unit(self, unit: str) -> None:
        """The unit behind the number."""
        self.unit.setText(visible(unit))
        self.unit.setVisible(bool(unit))

    def setAccessibleName(self, name: str) -> None:
        """The line is what a screen reader comes to."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def problem(self) -> str:
        """What is wrong with what stands there, as a sentence; nothing while all is well."""
        bad = isinstance(self.value(), str) and bool(self.line.text().strip())
        return self._complaint() if bad else ""

    def _complaint(self) -> str:
        return self._t("widget.number_bad", example=number_text(Decimal("1250.5"), self._t.language))

    def _read(self, text: str) -> Decimal | int | str | None:
        if not text.strip():
            return None
        try:
            return self._number(typed_number(text, self._t.language))
        except ValueError:
            return text

    def _number(self, number: Decimal) -> Decimal | int:
        return number

    def _write(self, number: Decimal | int) -> str:
        return number_text(Decimal(number), self._t.language, self._grouped)

    def _touched(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        """The reading, or the mark of a problem."""
        value, problem = self.value(), self.problem()
        differs = isinstance(value, Decimal | int) and self._write(value) != self.line.text().strip()
        differs = differs and self.line.text().strip() != number_text(Decimal(value), self._t.language, False)  # type: ignore[arg-type]
        self.reading.setText(self._t("widget.number_read", number=self._write(value)) if differs else "")  # type: ignore[arg-type]
        self.reading.setVisible(differs)
        self._mark.setVisible(bool(problem))
        self._mark.setIcon(icons.icon("circle-alert", "bad", 16))
        self._mark.setToolTip(problem)
        self._mark.setText(problem)
        self.line.setAccessibleDescription(problem or self.reading.text())
        if self.line.property("bad") != bool(problem):
            self.line.setProperty("bad", bool(problem))
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)


class CountField(NumberField):
    """A whole number or None. ``grouped=False`` for years."""

    def _number(self, number: Decimal) -> int:
        if number != number.to_integral_value():
            raise ValueError(str(number))
        return int(number)

    def _complaint(self) -> str:
        return self._t("widget.count_bad", example=number_text(Decimal(1250), self._t.language, self._grouped))
