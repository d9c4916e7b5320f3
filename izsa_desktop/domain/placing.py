"""A point for a project that has none of its own: its neighbourhood's settlement or its district's label point.

Such a point is always marked approximate. Province-wide work has no point: it is listed beside the map.
"""

import re

from izsa_desktop.domain.project import Location, ProjectFields
from izsa_desktop.domain.reference import OFFICE, Reference
from izsa_desktop.domain.shape import middle
from izsa_desktop.domain.text import fold

_MAHALLE = re.compile(r"\s+mah(?:alle(?:si)?)?\.?$")


def own_place(fields: ProjectFields) -> Location | None:
    """The point that was entered, or the one that stands for the line or area; None where neither was."""
    if fields.location is None and fields.shape is not None:
        return Location(*middle(fields.shape))
    return fields.location


class Placing:
    """Looks points up in the reference data; make one for many projects."""

    def __init__(self, reference: Reference) -> None:
        self._districts = {d.code: Location(d.lat, d.lon, True) for d in reference.districts}
        self._settlements = {
            (s.district, _plain(s.name)): Location(s.lat, s.lon, True) for s in reversed(reference.settlements)
        }

    def of(self, fields: ProjectFields) -> Location | None:
        """The approximate place; None for the whole province or an unknown district."""
        return self.near(fields.district, fields.neighbourhood, fields.place)

    def near(self, district: str, neighbourhood: str, place: str) -> Location | None:
        """The same of the three fields that say it."""
        if district == OFFICE:
            return None
        for name in (neighbourhood, *re.split(r"[,;–()]| ve ", place)):
            found = self._settlements.get((district, _plain(name)))
            if found is not None:
                return found
        return self._districts.get(district)


def _plain(name: str) -> str:
    """A neighbourhood's name without "Mahallesi", folded."""
    return _MAHALLE.sub("", fold(name.strip()))
