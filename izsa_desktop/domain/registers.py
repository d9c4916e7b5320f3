"""Projects as registers: which part of a record is written, merged and kept in conflict on its own.

Scalar fields are one register each; a point with its exactness is one; an audience group or a further goal is one
register per element, so that two PCs that add different ones agree. An element's value holds its rank, which keeps the
order in which people gave them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from izsa_desktop.domain.merge import RecordState
from izsa_desktop.domain.project import E7, Location, Project, ProjectFields
from izsa_desktop.domain.revision import DELETED, MAX_SAFE_INTEGER, Json

MAIN_GOAL = "main_goal"
LOCATION = "locations/main"
_SCALARS = (
    "title",
    "purpose",
    "start",
    "district",
    "neighbourhood",
    "place",
    "status",
    "scope",
    "unit",
    "owner",
    "source",
)


def to_registers(fields: ProjectFields, before: Mapping[str, Json]) -> dict[str, Json]:
    """The registers that must be written so that a record whose registers are ``before`` shows ``fields``."""
    note = fields.audience_note
    wanted: dict[str, Json] = {name: getattr(fields, name) or None for name in _SCALARS}
    wanted["audience_note"] = (note if isinstance(note, str) else list(note)) or None
    wanted[LOCATION] = _location_value(fields.location)
    main = wanted[MAIN_GOAL] = fields.goals[0] if fields.goals else None
    # A main goal that somebody else has as a further goal too is shown once; it need not be cleared there.
    wanted |= _elements("goals", fields.goals[1:], {k: v for k, v in before.items() if k != f"goals/{main}"})
    wanted |= _elements("audience", fields.audience, before)
    return {name: value for name, value in wanted.items() if before.get(name) != value}


def from_state(state: RecordState) -> Project:
    """The project that a record's state shows."""
    values = state.values
    main = _text(values.get(MAIN_GOAL))
    further = [code for code in _ranked("goals", values) if code != main]
    note: Any = values.get("audience_note") or ""
    newest = max(state.heads, key=lambda r: (r.wall, r.id), default=None)
    scalars = {name: _text(values.get(name)) for name in _SCALARS}
    return Project(
        id=state.record,
        fields=ProjectFields(
            **{**scalars, "start": scalars["start"] or None},  # type: ignore[arg-type]
            audience=tuple(_ranked("audience", values)),
            audience_note=tuple(map(str, note)) if isinstance(note, list) else _text(note),
            goals=tuple(([main] if main else []) + further),
            location=_location(values.get(LOCATION)),
        ),
        heads=tuple(revision.id for revision in state.heads),
        conflicts=tuple(sorted({field_of(register) for register in state.conflicts})),
        updated=newest.wall if newest else "",
        updated_by=newest.author if newest else "",
        deleted=values.get(DELETED) is True and DELETED not in state.conflicts,
    )


def field_of(register: str) -> str:
    """The field of ``ProjectFields`` that a register belongs to."""
    stem = register.partition("/")[0]
    return {MAIN_GOAL: "goals", "locations": "location"}.get(stem, stem)


def _elements(stem: str, wanted: Sequence[str], before: Mapping[str, Json]) -> dict[str, Json]:
    """One register per element. Ranks that already give the wanted order stay, so that adding one writes only one."""
    had = _ranked(stem, before)
    kept = [element for element in had if element in wanted]
    registers: dict[str, Json] = {f"{stem}/{element}": None for element in had if element not in wanted}
    rank = max((before[f"{stem}/{element}"]["rank"] for element in kept), default=0)
    if kept == list(wanted[: len(kept)]) and rank + len(wanted) <= MAX_SAFE_INTEGER:
        registers |= {f"{stem}/{e}": before[f"{stem}/{e}"] for e in kept}
        registers |= {f"{stem}/{e}": {"rank": rank + 1 + i} for i, e in enumerate(wanted[len(kept) :])}
    else:
        registers |= {f"{stem}/{e}": {**_before(before, f"{stem}/{e}"), "rank": i + 1} for i, e in enumerate(wanted)}
    return registers


def _before(before: Mapping[str, Json], register: str) -> dict[str, Json]:
    value = before.get(register)
    return value if isinstance(value, dict) else {}


def _ranked(stem: str, values: Mapping[str, Json]) -> list[str]:
    """The elements that stand, by rank and then by name."""
    found = [
        (value["rank"], register[len(stem) + 1 :])
        for register, value in values.items()
        if register.startswith(stem + "/") and isinstance(value, dict) and isinstance(value.get("rank"), int)
    ]
    return [element for _, element in sorted(found)]


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _location_value(location: Location | None) -> Json:
    """GeoJSON-like, but in whole 1e-7 degrees."""
    if location is None:
        return None
    return {
        "type": "Point",
        "coordinates": [round(location.lon * E7), round(location.lat * E7)],
        "exactness": "approximate" if location.approximate else "exact",
    }


def _location(value: Json) -> Location | None:
    try:
        lon, lat = value["coordinates"]
        if value["type"] != "Point" or not (abs(lat) <= 90 * E7 and abs(lon) <= 180 * E7):
            return None
        return Location(lat / E7, lon / E7, value["exactness"] == "approximate")
    except (TypeError, KeyError, ValueError):
        return None
