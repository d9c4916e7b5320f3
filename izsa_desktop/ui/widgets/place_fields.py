"""District and neighbourhood, found by typing with Turkish folding ("sirince" finds Şirince), and the point."""

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from izsa_desktop.domain import coordinates
from izsa_desktop.domain.project import Location
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.text import fold
from izsa_desktop.i18n import Translator
from izsa_desktop.ui import icons
from izsa_desktop.ui.widgets.fields import ChoiceField, LineField, QuietCombo, set_detail
from izsa_desktop.ui.widgets.hand_on import hand_on

_FOLDED = Qt.ItemDataRole.UserRole + 1


class FoldingCompleter(QCompleter):
    """Completes from names by Turkish folding, also from the middle of a name."""

    def __init__(self, line: QLineEdit) -> None:
        self._names = QStandardItemModel(line)
        self._matches = QSortFilterProxyModel(line)
        self._matches.setSourceModel(self._names)
        self._matches.setFilterRole(_FOLDED)
        super().__init__(self._matches, line)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(10)
        line.textEdited.connect(self._narrow)
        line.setCompleter(self)

    def set_names(self, names: list[str]) -> None:
        """What is offered."""
        self._names.clear()
        for name in names:
            item = QStandardItem(name)
            item.setData(fold(name), _FOLDED)
            self._names.appendRow(item)

    def _narrow(self, text: str) -> None:
        self._matches.setFilterFixedString(fold(text))


class DistrictField(QuietCombo):
    """One of the districts (or the whole province), or none yet."""

    edited = Signal()

    def __init__(self, reference: Reference, nothing: str, language: str) -> None:
        super().__init__()
        self.addItem(nothing, "")
        for district in reference.districts:
            self.addItem(district.name, district.code)
        self.addItem(reference.district_name(OFFICE, language), OFFICE)
        self.activated.connect(lambda _index: self.edited.emit())

    value = ChoiceField.value
    set_value = ChoiceField.set_value
    set_read_only = ChoiceField.set_read_only


class NeighbourhoodField(LineField):
    """A neighbourhood of the chosen district by its name; other names may be typed too."""

    def __init__(self, reference: Reference, placeholder: str) -> None:
        super().__init__(placeholder)
        self._reference = reference
        self._offers = FoldingCompleter(self)
        self._offers.activated.connect(lambda _text: self.edited.emit())

    def set_district(self, code: str) -> None:
        """Offers this district's neighbourhoods."""
        self._offers.set_names([n.name for n in self._reference.neighbourhoods_of(code)])


class LocationField(QWidget):
    """The point: picked on the map or typed as "38.4622, 27.2211"; exact, or standing for an area."""

    edited = Signal()
    tool_wanted = Signal(str)
    """``point``: the next click on the map means the place. Empty: no longer."""

    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        self.text = QLineEdit()
        self.text.setPlaceholderText(t("form.no_point"))
        self.text.setAccessibleName(t("form.coordinates"))
        self.text.setToolTip(t("form.coordinates_tip"))
        self.pick = QPushButton(t("form.pick"))
        self.pick.setCheckable(True)
        self.pick.setProperty("role", "tonal")
        icons.put(self.pick, "map-pin", "accent", 16)
        self.clear = QToolButton()
        self.clear.setToolTip(t("form.clear_point"))
        self.clear.setAccessibleName(t("form.clear_point"))
        icons.put(self.clear, "x", "soft", 16)
        self.approximate = QCheckBox(t("form.approximate"))
        self.approximate.setToolTip(t("form.approximate_tip"))
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.text, 1)
        row.addWidget(self.clear)
        row.addWidget(self.pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.approximate)
        hand_on(self, self.text)
        self.text.textEdited.connect(self._touched)
        self.approximate.clicked.connect(self._touched)
        self.clear.clicked.connect(lambda: self._put(None))
        self.pick.toggled.connect(self._picking)
        self._enable()

    def value(self) -> Location | str | None:
        """A text that is no point is given on as typed; the form says what is wrong with it."""
        text = self.text.text().strip()
        return parse_location(text, self.approximate.isChecked()) if text else None

    def set_value(self, value: Location | str | None) -> None:
        self.text.setText(value if isinstance(value, str) else location_text(value))
        self.approximate.setChecked(isinstance(value, Location) and value.approximate)
        self._enable()

    def pick_place(self, lat: float, lon: float) -> None:
        """A person has shown the place on the map: that is exact."""
        self._put(Location(round(lat, 7), round(lon, 7)))

    def stop(self) -> None:
        """Clicks on the map mean the place no longer."""
        self.pick.setChecked(False)

    def set_read_only(self, read_only: bool) -> None:
        self.text.setReadOnly(read_only)
        set_detail(self.text, read_only)
        self.approximate.setEnabled(not read_only)
        self.pick.setVisible(not read_only)
        self.clear.setVisible(not read_only)
        self._enable()

    def _picking(self, on: bool) -> None:
        self.pick.setText(self._t("form.pick_done") if on else self._t("form.pick"))
        self.tool_wanted.emit("point" if on else "")

    def _put(self, location: Location | None) -> None:
        self.set_value(location)
        self.edited.emit()

    def _touched(self) -> None:
        self._enable()
        self.edited.emit()

    def _enable(self) -> None:
        there = bool(self.text.text().strip())
        self.clear.setEnabled(there)
        self.approximate.setVisible(there and (self.pick.isVisibleTo(self) or self.approximate.isChecked()))


def location_text(location: Location | None) -> str:
    """Latitude and longitude as people copy them from a map."""
    return "" if location is None else coordinates.pair_text(location.lat, location.lon)


def parse_location(text: str, approximate: bool) -> Location | str:
    """The point of a text, as decimals or as degrees with minutes and seconds; the text itself when it is none."""
    read = coordinates.pair(text)
    if read is None:
        return text
    lat, lon = read.value
    return Location(round(lat, 7), round(lon, 7), approximate)
