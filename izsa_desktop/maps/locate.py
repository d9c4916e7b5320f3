"""Which district a point lies in: a proposal that the person may overrule.

Inland borders of the outlines are good to about 1 km. Points in the water go to the nearest district within
``REACH_KM``; piers and quays can fall just outside the coast.
"""

import json
import math
from functools import lru_cache
from typing import TYPE_CHECKING

from izsa_desktop import resource_files

if TYPE_CHECKING:
    import shapely

REACH_KM = 1.0
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
