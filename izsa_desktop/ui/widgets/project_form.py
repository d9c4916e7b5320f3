"""The form of a project: fields in, fields out. What a person has not touched comes out exactly as it went in.

Where each field stands says ``form_layout``, what widget it has ``field_maker``, what a widget must do ``fields``.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.fields import says_something
from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.validation import REQUIRED_TO_SEND, missing, warnings
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.field_maker import FieldMaker
from izsa_desktop.ui.widgets.form_checks import problem, require_typed
from izsa_desktop.ui.widgets.form_history import FormHistory
from izsa_desktop.ui.widgets.form_layout import NO_COMMENT, SECTION_OF, SECTIONS, TOLD
from izsa_desktop.ui.widgets.form_row import FormRow, Mnemonics
from izsa_desktop.ui.widgets.form_view import FormView
from izsa_desktop.ui.widgets.other_project import NoLookup, ProjectLookup
from izsa_desktop.ui.widgets.place_fields import LocationField
from izsa_desktop.ui.widgets.section_bar import BAD, EMPTY, FILLED, MISSING

CHECK_AFTER_MS = 400
_HELP_SHOWN = ("purpose", "audience_note", "start", "goals", "location", "source", "contact", "goal_details", "sites")
"""Fields whose help stands below them; for the others it comes with the mouse and is read out by screen readers."""


class ProjectForm(FormView):
    """All fields of a project, in sections."""

    edited = Signal(str)
    """The name of the field that a person has changed."""
    checked = Signal()
    """What is wrong with what was typed is shown now."""
    comment_wanted = Signal(str)
    """A person wants to say something of the field."""
    made = Signal(str)
    """A field's widget exists from now on."""
    tool_wanted = Signal(str)
    """What the map sets from now on: ``point``, ``line``, ``area``, or nothing any more."""

    def __init__(
        self, reference: Reference, t: Translator, district_fixed: bool, lookup: ProjectLookup | None = None
    ) -> None:
        """``district_fixed``: a district's projects run in that district; the field only shows it."""
        self._t, self._reference, self._district_fixed = t, reference, district_fixed
        self._maker = FieldMaker(reference, t, lookup or NoLookup())
        self._original = ProjectFields()
        self._shown: dict[str, Any] = {}
        self._now: dict[str, Any] = {}
        self._warned: set[str] = set()
        self._to_check: set[str] = set()
        self._setting = ""
        """The field that the map sets now."""
        self._remarks: Mapping[str, str] = {}
        self._commenting = False
        self._labels = _labels(t)
        self.rows: dict[str, FormRow] = {}
        super().__init__(t, self._make_row, self._filled)
        self.history = FormHistory(self._put_back, self)
        self.left_field.connect(self.history.end_step)
        self.pause = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self.pause.timeout.connect(self.check)
        for section in self.sections.values():
            section.arrange()
        self.order()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def field(self, name: str) -> Any:
        """The widget of a field; made now where it was not needed before."""
        if name not in self.rows:
            self._open(name)
        return self.rows[name].field

    @property
    def location(self) -> LocationField:
        """The field of the place on the map."""
        field: LocationField = self.rows["location"].field
        return field

    def show_fields(self, fields: ProjectFields, read_only: bool) -> None:
        """Shows a project; nothing counts as changed from here on."""
        turned, self._read_only = read_only != self._read_only, read_only
        self._original = fields
        self.pause.stop()
        self._warned.clear()
        self._to_check.clear()
        self._now.clear()  # what the widgets hold belongs to the project before
        self._follow_goals(fields.goals)
        for name, row in self.rows.items():
            if turned:
                self._turn(name, row)
            elif not read_only:
                row.calm()
            row.field.set_value(getattr(fields, name))
        self._show_sections()
        self._show_district()
        self._shown = {name: row.field.value() for name, row in self.rows.items()}
        self._now = dict(self._shown)
        self.history.clear()
        self._warn()
        self._bringing.stop()
        self.verticalScrollBar().setValue(0)
        self.section_reached.emit(next((n for n, box in self.sections.items() if not box.isHidden()), SECTIONS[0].name))

    def section_states(self) -> dict[str, str]:
        """How each section stands: ``bad``, ``missing``, ``filled`` or ``empty``."""
        lacking = {SECTION_OF[name] for name in missing(self.readable())}
        bad = {SECTION_OF[name] for name, row in self.rows.items() if row.bad}
        filled = {section for name, section in SECTION_OF.items() if self._filled(name)}
        return {
            name: BAD if name in bad else MISSING if name in lacking else FILLED if name in filled else EMPTY
            for name in self.sections
        }

    # --- what is in it ----------------------------------------------------------------------------------------------

    def put(self, values: Mapping[str, Any]) -> None:
        """Fills fields as if a person had: they count as changed. Names that the form does not have are passed over."""
        for name in (name for name in SECTION_OF if name in values):
            self._open(name)
            field = self.rows[name].field
            field.set_value(values[name])
            field.edited.emit()

    def shown_value(self, name: str) -> Any:
        """What stands in a field, also where it has no widget yet."""
        return self._now[name] if name in self._now else getattr(self._original, name)

    def snapshot(self) -> dict[str, Any]:
        """What stands in the widgets now, for ``settle``."""
        return {name: row.field.value() for name, row in self.rows.items()}

    def settle(self, stored: ProjectFields, submitted: dict[str, Any]) -> None:
        """``stored`` is on disk now; it came of the widgets' ``submitted`` values. What was typed since stays."""
        self._original = stored
        for name, row in self.rows.items():
            if name not in submitted:
                continue  # made since, and nothing was entered before
            untouched = row.field.value() == submitted[name]
            if untouched and submitted[name] != getattr(stored, name):
                row.field.set_value(getattr(stored, name))
            self._shown[name] = row.field.value() if untouched else submitted[name]
            self._now[name] = row.field.value()

    def changed(self) -> tuple[str, ...]:
        """The names of the fields that a person has changed."""
        return tuple(name for name, row in self.rows.items() if row.field.value() != self._shown.get(name))

    def fields(self) -> ProjectFields:
        """What is in the form. Raises BadField where a text cannot be the field's value."""
        values = {name: self.rows[name].field.value() for name in self.changed()}
        for name, value in values.items():
            require_typed(name, value)
        return replace(self._original, **values)

    def readable(self) -> ProjectFields:
        """What is in the form; where a text cannot be the field's value yet, what was there before."""
        fields = self._original
        for name in self.changed():
            value = self.rows[name].field.value()
            with suppress(BadField):
                require_typed(name, value)
                fields = replace(fields, **{name: value})
        return fields

    def pick_place(self, location: Location) -> None:
        """Takes a place from the map."""
        self.location.pick_place(location.lat, location.lon)

    def start_tool(self, tool: str) -> None:
        """The map sets the point, or draws a line or an area, from now on; an empty tool ends it."""
        if not tool:
            setting = self._setting
            self.stop_tool()
            if setting:
                self.go_to(setting)
        elif tool == "point":
            self.location.pick.setChecked(True)
        else:
            self.field("shape").start(tool)

    def stop_tool(self) -> bool:
        """Clicks on the map mean nothing of this form any more; False where they did not before."""
        if not self._setting:
            return False
        self.rows[self._setting].field.stop()
        return True

    def _use_tool(self, name: str, tool: str) -> None:
        """One field at a time is set on the map."""
        before = self._setting
        if tool:
            self._setting = name
            if before not in ("", name):
                self.rows[before].field.stop()
            self.tool_wanted.emit(tool)
        elif before == name:
            self._setting = ""
            self.tool_wanted.emit("")

    # --- where one is -----------------------------------------------------------------------------------------------

    def point(self, name: str, sentence: str, value: str = "") -> None:
        """Shows at the field what is wrong with it, and goes there; in rows to the part that holds ``value``."""
        if name in SECTION_OF:
            self.go_to(name)
            self.rows[name].say(sentence, "bad")
            parts = self.rows[name].findChildren(QLineEdit)
            wrong = next((p for p in parts if p.property("bad") or (value and p.text() == value)), None)
            if wrong is not None:
                wrong.setFocus()
                self._bring(wrong)
            self.checked.emit()

    def show_remarks(self, said: Mapping[str, str]) -> None:
        """Shows at the fields what the office says of them; those of which it does are unfolded."""
        self._remarks = said
        for name in said:
            if name in SECTION_OF:
                self._open(name)
        for name, row in self.rows.items():
            row.set_remark(self._remark(name))

    def _remark(self, name: str) -> str:
        return self._t("reviewing.said", text=self._remarks[name]) if name in self._remarks else ""

    def offer_comments(self, on: bool) -> None:
        """Whether something can be said of every field that is shown."""
        if on != self._commenting:
            self._commenting = on
            for name, row in self.rows.items():
                self._offer_comment(name, row)
            self._ordering.start()

    def _offer_comment(self, name: str, row: FormRow) -> None:
        text = self._t("reviewing.comment_about", field=self._t.field(name)) if self._commenting else ""
        run = (lambda: self.comment_wanted.emit(name)) if self._commenting and name not in NO_COMMENT else None
        row.offer_comment(text, run)

    def put_comment(self, name: str, widget: QWidget) -> None:
        """What is being said of a field stands at that field, which is shown for it even where it is empty."""
        self.sections[SECTION_OF[name]].keep(name, on=True)
        self.rows[name].put_comment(widget)
        self._ordering.start()

    def drop_comment(self, name: str) -> None:
        """Nothing is said of it any more."""
        self.sections[SECTION_OF[name]].keep(name, on=False)
        if name in self.rows:
            self._offer_comment(name, self.rows[name])

    def show_field(self, name: str) -> None:
        """Brings a field into view, if it is shown."""
        if name in self.rows and not self.rows[name].isHidden():
            self._bring(self.rows[name])

    def go_to(self, name: str) -> None:
        """Puts the cursor into a field."""
        self._open(name)
        self.rows[name].field.setFocus()
        self._bring(self.rows[name])

    def _open(self, name: str) -> None:
        if name not in self.rows or self.rows[name].isHidden():
            self.sections[SECTION_OF[name]].open((name,))
            self._ordering.start()

    # --- while it is typed ------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Says below the fields that were changed what is wrong with them."""
        self.pause.stop()
        names, self._to_check = self._to_check, set()
        for name in names:
            if found := problem(name, self.rows[name].field.value(), self._reference):
                why = self._t(f"field_problem.{found.problem}", value=found.value, limit=found.limit)
                self.rows[name].say(why[:1].upper() + why[1:], "bad")
        self._warn()
        self.checked.emit()

    def _warn(self) -> None:
        """What should be looked at again. Nothing is refused."""
        try:
            found = {} if self._read_only else warnings(self.fields())
        except BadField:
            return
        for name in self._warned - found.keys():
            self.rows[name].calm()
        self._warned = {name for name in found if name in self.rows and not self.rows[name].bad}
        for name in self._warned:
            self.rows[name].say(self._t(f"warning.{found[name]}"), "warn")

    def _edited(self, name: str) -> None:
        value = self.rows[name].field.value()
        self.history.add(name, self._now.get(name), value)
        self._now[name] = value
        self._settled(name)

    def _put_back(self, name: str, value: Any) -> None:
        """Undo and redo."""
        field = self.field(name)
        field.set_value(value)
        self._now[name] = field.value()
        self.go_to(name)
        self._settled(name)

    def _settled(self, name: str) -> None:
        """A field holds something else now."""
        self.rows[name].calm()
        self._warned.discard(name)
        self._to_check.add(name)
        self.pause.start()
        if name == "district":
            self._show_district()
        elif name == "goals":
            self._follow_goals(self.rows[name].field.value())
        self.edited.emit(name)

    def _follow_goals(self, codes: tuple[str, ...]) -> None:
        """Other fields offer what belongs to the goals."""
        for name in ("targets", "goal_details", "dimensions"):
            if name in self.rows:
                self.rows[name].field.set_goals(codes)

    def _show_district(self) -> None:
        district = self.rows["district"].field
        district.setEnabled(not self._read_only and not self._district_fixed)
        self.rows["neighbourhood"].field.set_district(district.value())

    # --- the parts --------------------------------------------------------------------------------------------------

    def _filled(self, name: str) -> bool:
        """True when a field holds something: in its widget, or in the project where it has none yet."""
        return says_something(self.shown_value(name))

    def _make_row(self, name: str) -> FormRow:
        """Makes a field's row with what the shown project has there."""
        field = self._maker.field(name)
        help_ = self._t.help(name)
        row = FormRow(
            self._labels[name],
            field,
            help_ if name in _HELP_SHOWN else "",
            self._t("form.required") if name in REQUIRED_TO_SEND else "",
            help_,
        )
        self.rows[name] = row
        if name in ("targets", "goal_details", "dimensions"):
            field.set_goals(self._now.get("goals", self._original.goals))
        self._turn(name, row)
        row.set_remark(self._remark(name))
        if self._commenting:
            self._offer_comment(name, row)
        field.set_value(getattr(self._original, name))
        self._shown[name] = self._now[name] = field.value()
        field.edited.connect(lambda: self._edited(name))
        if hasattr(field, "controls_changed"):
            field.controls_changed.connect(self._ordering.start)
        if name in ("location", "shape"):
            field.tool_wanted.connect(lambda tool: self._use_tool(name, tool))
        elif name == "targets":
            field.goal_wanted.connect(self._add_goal)
        self.made.emit(name)
        return row

    def _turn(self, name: str, row: FormRow) -> None:
        to_read = self._read_only or name in TOLD
        row.field.set_read_only(to_read)
        row.set_detail(to_read)

    def _add_goal(self, code: str) -> None:
        goals = self.field("goals").value()
        if code not in goals:
            self.put({"goals": (*goals, code)})


def _labels(t: Translator) -> dict[str, str]:
    """The labels with a letter for the Alt key each, as far as letters go: what is always seen comes first."""
    marks = Mnemonics()
    always = [name for section in SECTIONS for line in section.shown for name in line]
    return {name: marks.mark(t.field(name)) for name in dict.fromkeys((*always, *SECTION_OF))}
