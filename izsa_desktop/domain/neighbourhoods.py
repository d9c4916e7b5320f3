"""In which neighbourhoods a project stands: by the names that were entered, and by points near a known settlement.

A name counts in the project's own district, else in the districts it serves, where just one of them has it. Most
neighbourhoods have no point in the reference data: a point tells of one only where a settlement of its name is near.
"""

import re
from collections.abc import Iterable, Iterator
from math import cos, hypot, radians

from izsa_desktop.domain.project import ProjectFields
from izsa_desktop.domain.reference import Reference, Settlement
from izsa_desktop.domain.text import fold

REACH_KM = 1.0
_KM_PER_DEGREE = 111.2
_MAHALLE = re.compile(r"\s+(?:mah(?:alle(?:si)?)?|mh|koyu?)\.?$")
_ASIDE = re.compile(r"\s*\([^)]*\)")
_BETWEEN = re.compile(r"[,;/\n]|\s+(?:ve|ile|and)\s+")


class Neighbourhoods:
    """Looks names and points up in the reference data; make one for many projects."""

    def __init__(self, reference: Reference) -> None:
        self._ids: dict[tuple[str, str], tuple[int, ...]] = {}
        """By district and name; names that differ only by the subdistrict in brackets are one."""
        for one in reference.neighbourhoods:
            key = one.district, _plain(one.name)
            self._ids[key] = (*self._ids.get(key, ()), one.id)
        self._near: dict[str, list[Settlement]] = {}
        for settlement in reference.settlements:
            if (settlement.district, _plain(settlement.name)) in self._ids:
                self._near.setdefault(settlement.district, []).append(settlement)

    def of(self, fields: ProjectFields) -> frozenset[int]:
        """The ids of its neighbourhoods; none where nothing says it."""
        districts = tuple(dict.fromkeys(filter(None, (fields.district, *fields.served))))
        names = (name for text in _texts(fields) for name in _BETWEEN.split(text))
        found = {id_ for name in names for id_ in self._named(_plain(name), districts)}
        for lat, lon in _points(fields):
            found.update(self._at(lat, lon, districts))
        return frozenset(found)

    def _named(self, name: str, districts: tuple[str, ...]) -> tuple[int, ...]:
        if not name:
            return ()
        if own := self._ids.get((districts[0], name)) if districts else None:
            return own
        others = [ids for district in districts[1:] if (ids := self._ids.get((district, name)))]
        return others[0] if len(others) == 1 else ()

    def _at(self, lat: float, lon: float, districts: Iterable[str]) -> tuple[int, ...]:
        near = [
            (_km(lat, lon, one), district, one.name) for district in districts for one in self._near.get(district, ())
        ]
        km, district, name = min(near, default=(REACH_KM + 1, "", ""))
        return self._ids[district, _plain(name)] if km <= REACH_KM else ()


def _texts(fields: ProjectFields) -> Iterator[str]:
    yield fields.neighbourhood
    yield fields.place
    for site in fields.sites:
        yield site.neighbourhood


def _points(fields: ProjectFields) -> Iterator[tuple[float, float]]:
    """Those that a person has set; an approximate one only says in which district it is."""
    if fields.location is not None and not fields.location.approximate:
        yield fields.location.lat, fields.location.lon
    for site in fields.sites:
        if site.lat is not None and site.lon is not None:
            yield float(site.lat), float(site.lon)


def _plain(name: str) -> str:
    """A name without "Mahallesi" and without what stands in brackets, folded."""
    return _MAHALLE.sub("", fold(_ASIDE.sub("", name).strip()))


def _km(lat: float, lon: float, one: Settlement) -> float:
    return _KM_PER_DEGREE * hypot(lat - one.lat, (lon - one.lon) * cos(radians(lat)))
