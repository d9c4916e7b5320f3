"""The map: what is drawn on it, and which district a point, a line or an area lies in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from izsa_desktop.db.catalogue import Coded, Numbers, Spots
from izsa_desktop.db.schema import SEPARATOR
from izsa_desktop.domain.facets import freshness
from izsa_desktop.domain.mapped import APPROXIMATE, PLACED, SHAPED, fields_of, words_of
from izsa_desktop.domain.placing import Placing
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import District, Reference
from izsa_desktop.domain.running import years
from izsa_desktop.domain.shape import Shape, geometry
from izsa_desktop.maps import layers
from izsa_desktop.maps.colouring import shown
from izsa_desktop.maps.columns import Codes, Columns, pack
from izsa_desktop.maps.layers import MapData
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class PackedMap:
    """Projects ready for the page of the program; see ``layers.OnMap``."""

    content: bytes
    placed: int
    unplaced: tuple[str, ...] = ()

    def packed(self) -> bytes:
        return self.content


def map_data(workplace: Workplace, projects: Iterable[Project]) -> MapData:
    """The projects as features, and the ids of those that have no place on the map."""
    return layers.project_features(projects, workplace.reference, date.today())


def map_of(workplace: Workplace, numbers: Numbers) -> PackedMap:
    """The projects that a search found, from the catalogue's columns: 100,000 take a tenth of a second."""
    with workplace.store.reading() as reader:
        spots = reader.spots(numbers)
        shapes = reader.shapes(spots.numbers[(spots.spots["flags"] & SHAPED) > 0])
    place = _places(spots, workplace.reference)
    on = place.found
    chosen = np.flatnonzero(on)
    at = dict(zip(spots.numbers[chosen].tolist(), range(len(chosen)), strict=True)) if shapes else {}
    columns = Columns(
        ids=spots.ids[chosen].tolist(),
        titles=spots.labels[chosen].tolist(),
        lon=place.lon[chosen],
        lat=place.lat[chosen],
        codes=_codes(spots, chosen, date.today()),
        marks={"approximate": place.approximate[chosen], "shared": spots.shared[chosen]},
        years=_years(spots, chosen, date.today()),
        shapes={at[n]: geometry(shape) for n, shape in shapes.items() if n in at},
    )
    return PackedMap(pack(columns), len(chosen), tuple(id_.decode() for id_ in spots.ids[~on].tolist()))


@dataclass(frozen=True, slots=True)
class _Places:
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    approximate: npt.NDArray[np.bool_]
    found: npt.NDArray[np.bool_]


def _places(spots: Spots, reference: Reference) -> _Places:
    """The points of projects, those that only name a district or a neighbourhood among them."""
    flags = spots.spots["flags"]
    found = (flags & PLACED) > 0
    made = _Places(spots.spots["lon"].copy(), spots.spots["lat"].copy(), (flags & APPROXIMATE) > 0, found.copy())
    rest = np.flatnonzero(~found)
    if len(rest):
        placing = Placing(reference)
        for district, vicinity, rows in _together(spots.coded["district"], spots.coded["vicinity"], rest):
            location = placing.near(district, *words_of(vicinity))
            if location is not None:
                made.lon[rows], made.lat[rows] = location.lon, location.lat
                made.approximate[rows] = made.found[rows] = True
    return made


def _together(one: Coded, other: Coded, rows: Numbers) -> Iterator[tuple[str, str, Numbers]]:
    """Each pair of values that stand together in these rows, and those in which they do."""
    if not len(rows):
        return
    size = len(other.values)
    pairs = one.of[rows].astype(np.int64) * size + other.of[rows]
    order = np.argsort(pairs, kind="stable")
    found, begins = np.unique(pairs[order], return_index=True)
    for pair, some in zip(found.tolist(), np.split(rows[order], begins[1:]), strict=True):
        yield one.values[pair // size], other.values[pair % size], some


def _codes(spots: Spots, chosen: Numbers, today: date) -> dict[str, Codes]:
    """The codes as the page has them, by its names."""

    def column(name: str, read: Callable[[str], Any]) -> Codes:
        coded = spots.coded[name]
        places: dict[Any, int] = {}
        of = np.array([places.setdefault(read(value), len(places)) for value in coded.values], np.int32)
        return Codes(list(places), of[coded.of[chosen]])

    return {
        "goal": column("goal", lambda goals: shown(goals.split(SEPARATOR)[0])),
        "goals": column("goal", lambda goals: tuple(map(shown, goals.split(SEPARATOR))) if goals else ()),
        "freshness": column("confirmed", lambda day: freshness(day, today)),
        **{name: column(name, shown) for name in ("status", "district", "dimension", "review")},
    }


def _years(spots: Spots, chosen: Numbers, today: date) -> dict[str, Numbers]:
    """The first and the last year of each."""
    made = {name: np.zeros(len(spots.numbers), dtype=np.int64) for name in ("first", "last")}
    for dates, status, rows in _together(spots.coded["dates"], spots.coded["status"], chosen):
        made["first"][rows], made["last"][rows] = _years_of(dates, status, today)
    return {name: column[chosen] for name, column in made.items()}


@lru_cache(maxsize=1 << 14)
def _years_of(dates: str, status: str, today: date) -> tuple[int, int]:
    return years(fields_of(dates, status), today)


def propose_district(workplace: Workplace, lat: float, lon: float) -> District | None:
    """The district a point lies in (nearest within about 1 km of the coast), None outside the province. A proposal."""
    from izsa_desktop.maps import locate  # shapely takes a tenth of a second to load, and the window starts without it

    code = locate.district_at(lat, lon, workplace.reference.outlines)
    return workplace.reference.district(code) if code else None


@dataclass(frozen=True, slots=True)
class ShapeAdvice:
    """What the map says about a line or an area; ``district`` is None outside the province."""

    district: District | None
    percent: int
    """How much of it lies in that district."""
    crosses_itself: bool


def advise_shape(workplace: Workplace, shape: Shape) -> ShapeAdvice:
    """The district with the greatest share of a line or an area, and whether an area's outline is sound. A proposal."""
    from izsa_desktop.maps import locate

    share = locate.district_of(shape, workplace.reference.outlines)
    district = workplace.reference.district(share.code) if share else None
    return ShapeAdvice(district, share.percent if share else 0, locate.crosses_itself(shape))
