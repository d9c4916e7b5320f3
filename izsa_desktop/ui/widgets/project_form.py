"""The form of a project: fields in, fields out. What a person has not touched comes out exactly as it went in."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.validation import REQUIRED_TO_SEND
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.chips import ChipsField
from izsa_desktop.ui.widgets.fields import ChoiceField, FieldEdit, NoteField, TextField, WrapField
from izsa_desktop.ui.widgets.form_row import FormRow, Mnemonics
from izsa_desktop.ui.widgets.goal_picker import GoalPicker
from izsa_desktop.ui.widgets.partial_date import PartialDateField
from izsa_desktop.ui.widgets.place_fields import DistrictField, LocationField, NeighbourhoodField
from izsa_desktop.ui.widgets.text import plain_label

_SECTIONS = (
    ("section_what", ("title", "purpose")),
    ("section_who", ("audience", "audience_note", "start", "status")),
    ("section_goals", ("goals",)),
    ("section_where", ("district", "neighbourhood", "place", "location", "scope")),
    ("section_by", ("unit", "owner", "source")),
)
_BESIDE = {"district": "neighbourhood", "unit": "owner"}
"""Fields that share a line."""
_HELP = ("purpose", "audience_note", "start", "goals", "location", "source")


class ProjectForm(QScrollArea):
    """All fields of a project, in sections."""

    edited = Signal(str)
    """The name of the field that a person has changed."""
    pick_wanted = Signal(bool)

    def __init__(self, reference: Reference, t: Translator, district_fixed: bool) -> None:
        """``district_fixed``: a district's projects run in that district; the field only shows it."""
        super().__init__()
        self._t = t
        self._district_fixed = district_fixed
        self._original = ProjectFields()
        self._shown: dict[str, Any] = {}
        self._fields: dict[str, Any] = _make_fields(reference, t)
        self.location: LocationField = self._fields["location"]
        self._neighbourhood: NeighbourhoodField = self._fields["neighbourhood"]
        self._mnemonics = Mnemonics()
        self._headings: list[tuple[QLabel, tuple[str, ...]]] = []
        self.rows = {name: self._row(name) for name in self._fields}
        self._place_rows()
        for name, field in self._fields.items():
            field.edited.connect(lambda name=name: self._edited(name))
        self.location.pick_wanted.connect(self.pick_wanted)
        running = QApplication.instance()
        assert isinstance(running, QApplication)  # there is no widget without one
        running.focusChanged.connect(self._follow)

    def field(self, name: str) -> Any:
        """The widget of a field."""
        return self._fields[name]

    def show_fields(self, fields: ProjectFields, read_only: bool) -> None:
        """Shows a project; nothing counts as changed from here on."""
        self._original = fields
        for name, widget in self._fields.items():
            widget.set_read_only(read_only)
            widget.set_value(getattr(fields, name))
            self.rows[name].set_detail(read_only, bool(getattr(fields, name)))
        self._fields["district"].setEnabled(not read_only and not self._district_fixed)
        for heading, names in self._headings:
            heading.setHidden(all(self.rows[name].isHidden() for name in names))
        self._neighbourhood.set_district(fields.district)
        self._shown = {name: widget.value() for name, widget in self._fields.items()}
        self.verticalScrollBar().setValue(0)

    def put(self, values: Mapping[str, Any]) -> None:
        """Fills fields as if a person had: they count as changed. Names that the form does not have are passed over."""
        for name in values.keys() & self._fields.keys():
            self._fields[name].set_value(values[name])
            self._fields[name].edited.emit()

    def snapshot(self) -> dict[str, Any]:
        """What stands in the widgets now, for ``settle``."""
        return {name: widget.value() for name, widget in self._fields.items()}

    def settle(self, stored: ProjectFields, submitted: dict[str, Any]) -> None:
        """``stored`` is on disk now; it came of the widgets' ``submitted`` values. What was typed since stays."""
        self._original = stored
        for name, widget in self._fields.items():
            untouched = widget.value() == submitted[name]
            if untouched and submitted[name] != getattr(stored, name):
                widget.set_value(getattr(stored, name))
            self._shown[name] = widget.value() if untouched else submitted[name]

    def changed(self) -> tuple[str, ...]:
        """The names of the fields that a person has changed."""
        return tuple(name for name, widget in self._fields.items() if widget.value() != self._shown.get(name))

    def fields(self) -> ProjectFields:
        """What is in the form. Raises BadField where a text cannot be the field's value."""
        values = {name: self._fields[name].value() for name in self.changed()}
        place = values.get("location")
        if isinstance(place, str):
            raise BadField("location", "not_a_number", place[:60])
        return replace(self._original, **values)

    def pick_place(self, location: Location) -> None:
        """Takes a place from the map."""
        self.location.pick_place(location.lat, location.lon)

    def point(self, name: str, sentence: str) -> None:
        """Shows at the field what is wrong with it, and goes there."""
        if name in self.rows:
            self.rows[name].say(sentence, "bad")
            self.go_to(name)

    def go_to(self, name: str) -> None:
        """Puts the cursor into a field."""
        self._fields[name].setFocus()
        self.ensureWidgetVisible(self.rows[name], 0, 40)
        self.horizontalScrollBar().setValue(0)

    def _follow(self, left: QWidget | None, reached: QWidget | None) -> None:
        """Brings into sight what the keyboard has reached. Under the mouse and when the window comes back all stays."""
        inside = self.widget()
        if left is None or reached is None or inside is None or QApplication.mouseButtons():
            return
        if inside.isAncestorOf(reached):
            self.ensureWidgetVisible(reached, 0, 40)

    def _edited(self, name: str) -> None:
        self.rows[name].calm()
        if name == "district":
            self._neighbourhood.set_district(self._fields["district"].value())
        self.edited.emit(name)

    def _row(self, name: str) -> FormRow:
        t = self._t
        return FormRow(
            self._mnemonics.mark(t(f"field.{name}")),
            self._fields[name],
            t(f"form_help.{name}") if name in _HELP else "",
            t("form.required") if name in REQUIRED_TO_SEND else "",
        )

    def _place_rows(self) -> None:
        inside = QWidget()
        inside.setObjectName("form")
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 4, 20, 24)
        column.setSpacing(12)
        for section, names in _SECTIONS:
            heading = plain_label(self._t(f"form.{section}"), role="section")
            heading.setContentsMargins(0, 8, 0, 0)
            self._headings.append((heading, names))
            column.addWidget(heading)
            for row in self._lines(names):
                line = QHBoxLayout()
                line.setSpacing(12)
                for name in row:
                    line.addWidget(self.rows[name], 1, Qt.AlignmentFlag.AlignTop)
                column.addLayout(line)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())

    @staticmethod
    def _lines(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for name in names:
            if name in _BESIDE:
                yield (name, _BESIDE[name])
            elif name not in _BESIDE.values():
                yield (name,)


def _make_fields(reference: Reference, t: Translator) -> dict[str, Any]:
    words = reference.vocabularies
    made: dict[str, FieldEdit] = {
        "title": WrapField(t("form_hint.title")),
        "purpose": TextField(t("form_hint.purpose"), lines=4),
        "audience": ChipsField(words["audience"], t.language),
        "audience_note": NoteField(t("form_hint.audience_note")),
        "start": PartialDateField(t),
        "status": ChoiceField(words["status"], t.language, t("form.not_chosen")),
        "goals": GoalPicker(reference.goals, t),
        "district": DistrictField(reference, t("form.not_chosen"), t.language),
        "neighbourhood": NeighbourhoodField(reference, t("form_hint.neighbourhood")),
        "place": WrapField(t("form_hint.place")),
        "location": LocationField(t),
        "scope": ChoiceField(words["scope"], t.language, t("form.not_chosen")),
        "unit": WrapField(t("form_hint.unit")),
        "owner": WrapField(t("form_hint.owner")),
        "source": WrapField(t("form_hint.source")),
    }
    return made
