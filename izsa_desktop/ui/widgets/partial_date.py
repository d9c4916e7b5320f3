"""A date as far as it is known: a year, a month, a day, or honestly unknown."""

import calendar
import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from izsa_desktop.domain.dates import UNKNOWN, parts
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.fields import QuietCombo, repolish
from izsa_desktop.ui.widgets.hand_on import hand_on
from izsa_desktop.ui.widgets.text import plain_label


class PartialDateField(QWidget):
    """Year, then month, then day; or ``unknown``. A year that cannot be is given on as typed, and refused by name."""

    edited = Signal()

    def __init__(self, t: Translator, unknown: bool = True) -> None:
        """``unknown``: offers to say that it is not known."""
        super().__init__()
        self._t = t
        self._offer_unknown = unknown
        self._read_only = False
        self.year = QLineEdit()
        self.year.setPlaceholderText(t("form.year"))
        self.year.setAccessibleName(t("form.year"))
        self.year.setValidator(QIntValidator(0, 9999, self))
        self.year.setFixedWidth(self.year.fontMetrics().horizontalAdvance("00000") + 26)
        self.month, self.day = QuietCombo(), QuietCombo()
        self.month.setAccessibleName(t("form.month"))
        self.day.setAccessibleName(t("form.day"))
        self.month.addItem(t("form.month"), None)
        for number in range(1, 13):
            self.month.addItem(t(f"date.month_{number}"), number)
        self.month.setMinimumContentsLength(4)
        self.day.setMinimumContentsLength(2)
        self.unknown = QCheckBox(t("form.unknown"))
        self._text = plain_label()
        self._text.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget, stretch in ((self.year, 0), (self.month, 3), (self.day, 2), (self.unknown, 0), (self._text, 1)):
            row.addWidget(widget, stretch)
        self._offer_days()
        self._enable()
        self.year.textEdited.connect(self._touched)
        self.month.activated.connect(self._touched)
        self.day.activated.connect(self._touched)
        self.unknown.clicked.connect(self._touched)

    def value(self) -> str | None:
        if self.unknown.isChecked():
            return UNKNOWN
        text = self.year.text()
        if text and self.month.currentData():
            text += f"-{self.month.currentData():02d}"
            if self.day.currentData():
                text += f"-{self.day.currentData():02d}"
        return text or None

    def set_value(self, value: str | None) -> None:
        year, month, day = _parts(value or "")
        self.unknown.setChecked(value == UNKNOWN)
        self.year.setText(year)
        self.month.setCurrentIndex(month or 0)
        self._offer_days()
        self.day.setCurrentIndex(day or 0)
        self._text.setText(self._t.date(value) or "—")
        self._enable()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for widget in (self.year, self.month, self.day, self.unknown):
            widget.setVisible(not read_only)
        self._text.setVisible(read_only)
        self._enable()
        repolish(self)

    def _touched(self) -> None:
        day = self.day.currentIndex()
        self._offer_days()
        self.day.setCurrentIndex(day if day < self.day.count() else 0)
        self._enable()
        self.edited.emit()

    def _offer_days(self) -> None:
        year, month = self.year.text(), self.month.currentData()
        days = calendar.monthrange(int(year), month)[1] if month and year.isdigit() and int(year) > 0 else 31
        self.day.clear()
        self.day.addItem(self._t("form.day"), None)
        for number in range(1, days + 1):
            self.day.addItem(str(number), number)

    def _enable(self) -> None:
        known = not self.unknown.isChecked()
        self.unknown.setHidden(self._read_only or (known and not self._offer_unknown))
        hand_on(self, self.year if known else self.unknown)
        self.year.setEnabled(known)
        self.month.setEnabled(known and bool(self.year.text()))
        self.day.setEnabled(known and bool(self.month.currentData()))


def _parts(value: str) -> tuple[str, int | None, int | None]:
    """Year, month and day; the year as typed where it cannot be."""
    if found := parts(value):
        return str(found[0]), *found[1:]
    year, *rest = re.findall(r"\d+", value) or [""]
    month, day = ([int(n) for n in rest] + [None, None])[:2]
    return year, month, day
