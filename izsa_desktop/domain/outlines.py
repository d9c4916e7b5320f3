"""Outlines of the districts that take the place of those which came with the program: GeoJSON of the 30 districts.

What is kept is not the file but what was read of it: codes and rings, wound as RFC 7946 wants, in millionths of a
degree. No features at all mean the program's own outlines. Everything is checked after it was rounded, and areas are
reckoned in whole numbers: what is kept and sent is read to the same bytes by whoever gets it.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec

MAX_OUTLINES = 4 * 1024 * 1024
"""Bytes of the file, and of what is kept."""
MAX_POINTS = 200_000
WEST, SOUTH, EAST, NORTH = 25.5, 37.3, 29.2, 39.9
"""No part of the province lies beyond, in degrees."""
NONE = b'{"type":"FeatureCollection","features":[]}'
_DIGITS = 6
"""About a tenth of a metre."""

_Ring = list[tuple[float, float]]


class _Polygon(msgspec.Struct, frozen=True, tag="Polygon"):
    coordinates: list[_Ring]

    def polygons(self) -> Sequence[list[_Ring]]:
        return [self.coordinates]


class _MultiPolygon(msgspec.Struct, frozen=True, tag="MultiPolygon"):
    coordinates: list[list[_Ring]]

    def polygons(self) -> Sequence[list[_Ring]]:
        return self.coordinates


class _Properties(msgspec.Struct, frozen=True):
    code: str


class _Feature(msgspec.Struct, frozen=True, tag="Feature"):
    properties: _Properties
    geometry: _Polygon | _MultiPolygon


class _Collection(msgspec.Struct, frozen=True, tag="FeatureCollection"):
    features: list[_Feature]


def read_outlines(data: bytes, codes: Collection[str]) -> bytes:
    """The outlines as they are kept. Raises ValueError with what is wrong.

    ``codes``: of the districts, each of which must have exactly one outline.
    """
    if len(data) > MAX_OUTLINES:
        raise ValueError(f"{len(data)} > {MAX_OUTLINES} bytes")
    try:
        features = msgspec.json.decode(data, type=_Collection).features
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
        raise ValueError(str(e)) from None
    if not features:
        return NONE
    found = [feature.properties.code for feature in features]
    if sorted(found) != sorted(codes):
        wrong = sorted({*codes} ^ {*found}) or sorted({code for code in found if found.count(code) > 1})
        raise ValueError(f"districts: {', '.join(wrong)[:200]}")
    if (points := sum(len(ring) for feature in features for ring in _rings(feature))) > MAX_POINTS:
        raise ValueError(f"{points} > {MAX_POINTS} points")
    kept = msgspec.json.encode({"type": "FeatureCollection", "features": [_kept(feature) for feature in features]})
    if len(kept) > MAX_OUTLINES:
        raise ValueError(f"{len(kept)} > {MAX_OUTLINES} bytes")
    return kept


def _rings(feature: _Feature) -> Iterator[_Ring]:
    polygons = feature.geometry.polygons()
    if not polygons or not all(polygons):
        raise ValueError(f"{feature.properties.code}: empty")
    for polygon in polygons:
        yield from polygon


def _kept(feature: _Feature) -> dict[str, Any]:
    code = feature.properties.code
    polygons = [
        [_wound(code, _rounded(ring), hole=n > 0) for n, ring in enumerate(polygon)]
        for polygon in feature.geometry.polygons()
    ]
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


def _rounded(ring: _Ring) -> _Ring:
    return [(round(lon, _DIGITS), round(lat, _DIGITS)) for lon, lat in ring]


def _wound(code: str, ring: _Ring, *, hole: bool) -> _Ring:
    """Counter-clockwise, a hole clockwise. Raises ValueError for a ring that cannot be."""
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError(f"{code}: ring not closed")
    if not all(WEST <= lon <= EAST and SOUTH <= lat <= NORTH for lon, lat in ring):
        raise ValueError(f"{code}: outside the province (longitude, latitude in WGS84)")
    if not (area := _area(ring)):
        lon, lat = ring[0]
        raise ValueError(f"{code}: ring without area at {lat}, {lon}")
    return ring if (area > 0) != hole else ring[::-1]


def _area(ring: _Ring) -> int:
    """Twice the area in square millionths of a degree, positive when the ring is counter-clockwise."""
    whole = [(round(lon * 10**_DIGITS), round(lat * 10**_DIGITS)) for lon, lat in ring]
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(whole))
