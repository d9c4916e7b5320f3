"""Makes the widget for a field: by its kind, or, where a field deserves better, by its name in ``_OWN``."""

from collections.abc import Callable, Mapping
from typing import Any

from izsa_desktop.domain.fields import BY_NAME, FieldSpec, Kind
from izsa_desktop.domain.reference import Reference
from izsa_desktop.i18n import Translator
from izsa_desktop.ui.widgets.chips import ChipsField
from izsa_desktop.ui.widgets.districts_field import DistrictsField
from izsa_desktop.ui.widgets.evidence_field import EvidenceField
from izsa_desktop.ui.widgets.fields import ChoiceField, FlagField, LineField, NoteField, TextField, WrapField
from izsa_desktop.ui.widgets.goal_details_field import GoalDetailsField
from izsa_desktop.ui.widgets.goal_picker import GoalPicker
from izsa_desktop.ui.widgets.number_field import CountField, NumberField
from izsa_desktop.ui.widgets.other_project import OtherProjectField, ProjectLookup
from izsa_desktop.ui.widgets.partial_date import PartialDateField
from izsa_desktop.ui.widgets.place_fields import DistrictField, LocationField, NeighbourhoodField
from izsa_desktop.ui.widgets.row_editor import RowsField
from izsa_desktop.ui.widgets.shape_field import ShapeField
from izsa_desktop.ui.widgets.shares_field import SharesField
from izsa_desktop.ui.widgets.targets_field import TargetsField
from izsa_desktop.ui.widgets.unit_field import UnitField

_LONG = 2_000
_SHORT = 200
"""Texts that may have this many characters get a field of several lines, or of one line that never wraps."""


class FieldMaker:
    """Makes fields of projects (``field``) and of their rows (``part``)."""

    def __init__(self, reference: Reference, t: Translator, lookup: ProjectLookup) -> None:
        self.reference, self.t, self.lookup = reference, t, lookup

    def field(self, name: str) -> Any:
        """The widget of a project's field."""
        return self._make(name, BY_NAME[name])

    def part(self, rows: str, spec: FieldSpec) -> Any:
        """The widget of a part of a row."""
        return self._make(f"{rows}_{spec.name}", spec)

    def _make(self, path: str, spec: FieldSpec) -> Any:
        own = _OWN.get(path)
        return own(self, path) if own else _BY_KIND[spec.kind](self, path, spec)

    def hint(self, path: str) -> str:
        return self.t.hint(path)


def _text(m: FieldMaker, path: str, spec: FieldSpec) -> Any:
    if spec.max_length >= _LONG:
        return TextField(m.hint(path))
    return LineField(m.hint(path)) if spec.max_length <= _SHORT else WrapField(m.hint(path))


def _code(m: FieldMaker, _path: str, spec: FieldSpec) -> ChoiceField:
    return ChoiceField(m.reference.vocabularies[spec.vocabulary], m.t.language, m.t("form.not_chosen"))


def _year(path: str) -> bool:
    return path.endswith("year")


_BY_KIND: Mapping[Kind, Callable[[FieldMaker, str, FieldSpec], Any]] = {
    Kind.TEXT: _text,
    Kind.NOTES: lambda m, path, _: NoteField(m.hint(path)),
    Kind.DATE: lambda m, *_: PartialDateField(m.t),
    Kind.DAY: lambda m, *_: PartialDateField(m.t, unknown=False),
    Kind.CODE: _code,
    Kind.CODES: lambda m, _, spec: ChipsField(m.reference.vocabularies[spec.vocabulary], m.t.language),
    Kind.GOALS: lambda m, *_: GoalPicker(m.reference.goals, m.t),
    Kind.TARGETS: lambda m, *_: TargetsField(m.reference, m.t),
    Kind.DISTRICTS: lambda m, *_: DistrictsField(m.reference, m.t),
    Kind.DISTRICT: lambda m, *_: DistrictField(m.reference, m.t("form.not_chosen"), m.t.language),
    Kind.COUNT: lambda m, path, _: CountField(m.t, placeholder=m.hint(path), grouped=not _year(path)),
    Kind.NUMBER: lambda m, path, _: NumberField(m.t, placeholder=m.hint(path)),
    Kind.FLAG: lambda m, path, _: FlagField(m.t(f"part.{path}")),
    Kind.POINT: lambda m, *_: LocationField(m.t),
    Kind.SHAPE: lambda m, *_: ShapeField(m.t),
    Kind.SHARES: lambda m, *_: SharesField(m.reference, m.t),
    Kind.ROWS: lambda m, _, spec: RowsField(spec, m.part, m.t),
}

_OWN: Mapping[str, Callable[[FieldMaker, str], Any]] = {
    "title": lambda m, path: WrapField(m.hint(path)),
    "title_en": lambda m, path: WrapField(m.hint(path)),
    "purpose": lambda m, path: TextField(m.hint(path), lines=4),
    "neighbourhood": lambda m, path: NeighbourhoodField(m.reference, m.hint(path)),
    "unit": lambda m, path: UnitField(m.reference.vocabularies["unit"], m.hint(path)),
    "owner": lambda m, path: WrapField(m.hint(path)),
    "source": lambda m, path: WrapField(m.hint(path)),
    "goal_details": lambda m, _: GoalDetailsField(m.reference, m.t),
    "evidence": lambda m, _: EvidenceField(m.reference, m.t),
    "actuals_date": lambda m, _: PartialDateField(m.t, unknown=False),
    "relations_other": lambda m, path: OtherProjectField(m.lookup, m.hint(path)),
    "relations_kind": lambda m, _: ChoiceField(m.reference.vocabularies["relation"], m.t.language),
}
