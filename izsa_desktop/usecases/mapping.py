"""The map: what is drawn on it, and which district a point lies in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from izsa_desktop.domain.project import Project
from izsa_desktop.domain.reference import District
from izsa_desktop.maps import layers
from izsa_desktop.maps.layers import NOTHING, MapData
from izsa_desktop.usecases.workplace import Workplace


@dataclass(frozen=True, slots=True)
class MapPart:
    """Some of the projects, ready for the page."""

    features: bytes
    """GeoJSON features as JSON, joined by commas."""
    placed: int
    unplaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JoinedMap(MapData):
    """Parts that were made one after the other, so that nothing had to wait for all of them."""

    json: bytes = b""
    count: int = 0

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
        data = map_data(workplace, reader.at(numbers).values())
    return MapPart(msgspec.json.encode(data.features["features"])[1:-1], data.placed, data.unplaced)


def join(parts: Sequence[MapPart]) -> MapData:
    """One map of all parts."""
    features = b",".join(part.features for part in parts if part.placed)
    return JoinedMap(
        features=NOTHING.features,
        unplaced=tuple(id_ for part in parts for id_ in part.unplaced),
        json=b'{"type":"FeatureCollection","features":[' + features + b"]}",
        count=sum(part.placed for part in parts),
    )


def propose_district(workplace: Workplace, lat: float, lon: float) -> District | None:
    """The district a point lies in (nearest within about 1 km of the coast), None outside the province. A proposal."""
    from izsa_desktop.maps import locate  # shapely takes a tenth of a second to load, and the window starts without it

    code = locate.district_at(lat, lon, workplace.reference.outlines)
    return workplace.reference.district(code) if code else None
