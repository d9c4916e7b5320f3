"""What the map needs of a project, short enough to be kept beside its codes and read of all projects at once."""

import struct

from izsa_desktop.domain.placing import own_place
from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.text import visible

LABEL_LIMIT = 300
"""Longer titles are cut for the map; the record has them whole."""
SEVERAL = "="
"""Stands for the dimension of a project in which several have the same greatest share."""
_SPOT = struct.Struct("<ddB")
SPOT = [("lon", "<f8"), ("lat", "<f8"), ("flags", "u1")]
"""A spot's parts, as numpy names them."""
PLACED, APPROXIMATE, SHAPED = 1, 2, 4
"""It has a point of its own; that stands for an area; a line or an area was drawn."""
_SEPARATOR = "\x1f"


def label(fields: ProjectFields) -> str:
    """The title with hidden characters spelled out, cut where it is very long."""
    title = visible(fields.title)
    return title if len(title) <= LABEL_LIMIT else f"{title[:LABEL_LIMIT]}…"


def spot(fields: ProjectFields) -> bytes:
    """Where a project is, as far as it says so by a point, a line or an area: 17 bytes, see ``SPOT``."""
    at = own_place(fields)
    shaped = SHAPED if fields.shape is not None else 0
    if at is None:
        return _SPOT.pack(0, 0, shaped)
    return _SPOT.pack(at.lon, at.lat, PLACED | (APPROXIMATE if at.approximate else 0) | shaped)


def vicinity(fields: ProjectFields) -> str:
    """What a project without such a place says of it in words; empty for one that has it."""
    if own_place(fields) is not None or not (fields.neighbourhood or fields.place):
        return ""
    return f"{fields.neighbourhood}{_SEPARATOR}{fields.place}"


def words_of(vicinity: str) -> tuple[str, str]:
    """Neighbourhood and place again."""
    neighbourhood, _, place = vicinity.partition(_SEPARATOR)
    return neighbourhood, place


def dates(fields: ProjectFields) -> str:
    """All that ``running.years`` asks beside the status."""
    said = (fields.start, fields.start_planned, fields.end, fields.end_planned, fields.periodic)
    return _SEPARATOR.join(one or "" for one in said) if any(said) else ""


def fields_of(dates: str, status: str) -> ProjectFields:
    """A project that says this and nothing else."""
    if not dates:
        return ProjectFields(status=status)
    start, start_planned, end, end_planned, periodic = dates.split(_SEPARATOR)
    return ProjectFields(
        status=status,
        periodic=periodic,
        start=start or None,
        start_planned=start_planned or None,
        end=end or None,
        end_planned=end_planned or None,
    )


def main_dimension(fields: ProjectFields) -> str:
    """The dimension with the greatest share, ``SEVERAL`` where several have it, empty where none is stated."""
    if not fields.dimensions:
        return ""
    most = max(share.percent for share in fields.dimensions)
    codes = [share.code for share in fields.dimensions if share.percent == most > 0]
    return SEVERAL if len(codes) > 1 else codes[0] if codes else ""
