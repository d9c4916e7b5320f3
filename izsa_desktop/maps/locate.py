"""Which district a point, a line or an area lies in: a proposal that the person may overrule.

Inland borders of the outlines are good to about 1 km. Points in the water go to the nearest district within
``REACH_KM``; piers and quays can fall just outside the coast.
"""

import json
import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from izsa_desktop import resource_files
from izsa_desktop.domain.shape import AREA, LINE, Shape, bounds, middle

if TYPE_CHECKING:
    import numpy as np
    import shapely

REACH_KM = 1.0
_SAMPLES = 400
_KM_PER_DEGREE = 111.195
_SQUEEZE = math.cos(math.radians(38.5))
"""Degrees of longitude are this much shorter than degrees of latitude in the middle of the province."""


@lru_cache(maxsize=2)
def _districts(outlines: bytes) -> "tuple[tuple[str, ...], shapely.STRtree]":
    """Codes and an index of the outlines, in degrees of latitude both ways."""
    import shapely  # slow to load: only who asks for a district pays

    text = outlines or resource_files.path("reference/izmir_districts_detail.geojson").read_bytes()
    features = json.loads(text)["features"]
    # as they are, also crossing themselves: a point needs no more, and mending 500 crossing points takes minutes
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    squeezed = shapely.transform(shapes, lambda points: points * (_SQUEEZE, 1.0))
    return tuple(feature["properties"]["code"] for feature in features), shapely.STRtree(squeezed)


def district_at(lat: float, lon: float, outlines: bytes = b"") -> str | None:
    """The code of the district of a point in degrees WGS84, None when none lies within ``REACH_KM``.

    ``outlines``: of the office (``Reference.outlines``), where they take the place of the program's own.
    """
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    import shapely

    codes, tree = _districts(outlines)
    point = shapely.Point(lon * _SQUEEZE, lat)
    inside = tree.query(point, predicate="intersects")
    if len(inside):
        return codes[int(min(inside))]
    nearest = tree.query_nearest(point, max_distance=REACH_KM / _KM_PER_DEGREE, all_matches=False)
    return codes[int(nearest[0])] if len(nearest) else None


@dataclass(frozen=True, slots=True)
class Share:
    """A district, and how much of a line's length or an area's surface within the province lies in it, in percent."""

    code: str
    percent: int


def district_of(shape: Shape, outlines: bytes = b"") -> Share | None:
    """The district with the greatest share of a line or an area; None when nothing of it lies near one.

    Counted at ``_SAMPLES`` points of it: borders are good to about 1 km, so that cutting exactly would say no more.
    """
    import shapely

    codes, tree = _districts(outlines)
    at = shapely.points(_spread(shape) * (_SQUEEZE, 1.0))
    points, districts = tree.query(at, predicate="intersects")
    if len(points) == 0:
        code = district_at(*middle(shape), outlines)
        return Share(code, 100) if code else None
    first = dict(zip(points.tolist()[::-1], districts.tolist()[::-1], strict=True))  # a point on a border counts once
    count = Counter(first.values())
    number, most = min(count.items(), key=lambda item: (-item[1], item[0]))
    return Share(codes[number], round(100 * most / len(first)))


def crosses_itself(shape: Shape) -> bool:
    """Whether an area's outline meets itself, or a hole leaves it."""
    import shapely

    return shape.type == AREA and not bool(shapely.is_valid(_polygon(shape)))


def _polygon(shape: Shape) -> "shapely.Polygon":
    import shapely

    return shapely.Polygon(shape.paths[0], shape.paths[1:])


def _spread(shape: Shape) -> "np.ndarray[Any, Any]":
    """Longitudes and latitudes of points that lie evenly on the line, or in the area."""
    import numpy as np
    import shapely

    if shape.type == LINE:
        line = shapely.LineString(shape.paths[0])
        return shapely.get_coordinates(
            shapely.line_interpolate_point(line, np.linspace(0, 1, _SAMPLES), normalized=True)
        )
    west, south, east, north = bounds(shape)
    side = math.isqrt(4 * _SAMPLES)
    steps = (np.arange(side) + 0.5) / side
    lattice = np.stack(np.meshgrid(west + steps * (east - west), south + steps * (north - south)), axis=-1).reshape(
        -1, 2
    )
    inside = lattice[shapely.contains_xy(shapely.make_valid(_polygon(shape)), lattice)]
    return inside if len(inside) else np.array([middle(shape)[::-1]])
