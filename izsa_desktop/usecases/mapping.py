"""The map: what is drawn on it, and which district a point, a line or an area lies in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from izsa_desktop.analysis.works import Entry, Works
from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import District
from izsa_desktop.domain.shape import Shape
from izsa_desktop.maps import layers
from izsa_desktop.maps.columns import block
from izsa_desktop.maps.layers import NOTHING, MapData
from izsa_desktop.usecases.joint import entries_of
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class MapPart:
    """Some of the projects, ready for the page."""

    block: bytes
    """``columns.block`` of them as JSON."""
    placed: int
    unplaced: tuple[str, ...]
    entries: tuple[Entry, ...] = ()
    """What is counted of each."""


@dataclass(frozen=True, slots=True)
class JoinedMap(MapData):
    """Parts that were made one after the other, so that nothing had to wait for all of them."""

    json: bytes = b""
    count: int = 0
    works: Works = field(default_factory=Works)
    """What is counted, also of projects without a place."""

    @property
    def placed(self) -> int:
        return self.count

    def to_json(self) -> bytes:
        return self.json


def map_data(workplace: Workplace, projects: Iterable[Project]) -> MapData:
    """The projects as the map page takes them, and the ids of those that have no place on it."""
    return layers.project_features(projects, workplace.reference, date.today())


def map_part(workplace: Workplace, numbers: Iterable[int]) -> MapPart:
    """The same for some of the projects that a search found."""
    with workplace.store.reading() as reader:
        projects = [project for project in reader.at(numbers).values() if not project.deleted]
        entries = tuple(entries_of(reader, projects, date.today()))
    data = map_data(workplace, projects)
    return MapPart(msgspec.json.encode(block(data.features["features"])), data.placed, data.unplaced, entries)


def join(parts: Sequence[MapPart]) -> MapData:
    """One map of all parts."""
    return JoinedMap(
        features=NOTHING.features,
        unplaced=tuple(id_ for part in parts for id_ in part.unplaced),
        json=b'{"blocks":[' + b",".join(part.block for part in parts if part.placed) + b"]}",
        count=sum(part.placed for part in parts),
        works=Works(entry for part in parts for entry in part.entries),
    )


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
