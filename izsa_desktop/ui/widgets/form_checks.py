"""What is wrong with a field as it stands, told while a person types. The rules are those of ``domain.validation``."""

from typing import Any

from msgspec.structs import replace

from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.fields import BY_NAME, FieldSpec, Kind
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import Reference
from izsa_desktop.domain.validation import clean


def problem(name: str, value: Any, reference: Reference) -> BadField | None:
    """Why a field's value cannot be saved, None when it can."""
    try:
        require_typed(name, value)
        clean(replace(ProjectFields(), **{name: value}), reference)
    except BadField as e:
        return e
    return None


def require_typed(name: str, value: Any) -> None:
    """Raises BadField where a text was typed that is no number or place (see ``fields``)."""
    _require(name, BY_NAME[name], value)


def _require(field: str, spec: FieldSpec, value: Any) -> None:
    if spec.row is not None:
        for row in value:
            for part in spec.row.attributes:
                _require(field, part, getattr(row, part.name))
    elif isinstance(value, str):
        if spec.kind is Kind.POINT:
            raise BadField(field, "not_a_number", value[:60])
        if spec.kind is Kind.NUMBER:
            raise BadField(field, "not_a_plain_number", value[:60])
        if spec.kind is Kind.COUNT:
            raise BadField(field, "not_a_whole_number", value[:60])
