"""A line or an area on the map: what may be one, the point that stands for it, how long or large it is.

Coordinates are as in GeoJSON: longitude before latitude, degrees WGS84, kept to 1e-7 degrees (about 1 cm). An area may
have holes; its rings are closed, so the last vertex is the first again.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.text import written

LINE, AREA = "LineString", "Polygon"
MAX_VERTICES = 2_000
_DIGITS = 7
_KM_PER_DEGREE = 111.195

Vertex = tuple[float, float]
Path = tuple[Vertex, ...]


class Shape(msgspec.Struct, frozen=True, gc=False):
    """One line, or one area with its outline first and then its holes."""

    type: str
    """``LINE`` or ``AREA``."""
    paths: tuple[Path, ...]

    @property
    def vertices(self) -> int:
        """How many points were set; the one that closes a ring is no other."""
        closing = len(self.paths) if self.type == AREA else 0
        return sum(map(len, self.paths)) - closing


def from_geometry(value: Any, field: str = "shape") -> Shape:
    """The shape of a GeoJSON geometry; what is finer than 1e-7 degrees is rounded away.

    Raises BadField, named ``field``, for anything else.
    """
    try:
        type_, coordinates = value["type"], value["coordinates"]
    except (TypeError, KeyError, IndexError):
        raise BadField(field, "not_a_shape", written(value)) from None
    if type_ not in (LINE, AREA):
        raise BadField(field, "not_a_shape", written(type_))
    given = [coordinates] if type_ == LINE else coordinates
    if not _are_lists(given):
        raise BadField(field, "not_a_shape", written(coordinates))
    if sum(map(len, given)) > MAX_VERTICES:
        raise BadField(field, "too_many_vertices", str(sum(map(len, given))), MAX_VERTICES)
    shape = Shape(type_, tuple(tuple(_vertex(field, one) for one in path) for path in given))
    check(shape, field)
    return shape


def geometry(shape: Shape) -> dict[str, Any]:
    """The shape as a GeoJSON geometry."""
    paths = [[list(vertex) for vertex in path] for path in shape.paths]
    return {"type": shape.type, "coordinates": paths[0] if shape.type == LINE else paths}


def check(shape: Shape, field: str = "shape") -> None:
    """Raises BadField for what is no line or area on earth, or has too many vertices."""
    total = sum(map(len, shape.paths))
    if total > MAX_VERTICES:
        raise BadField(field, "too_many_vertices", str(total), MAX_VERTICES)
    if shape.type not in (LINE, AREA) or not shape.paths or (shape.type == LINE and len(shape.paths) != 1):
        raise BadField(field, "not_a_shape", shape.type[:60])
    for lon, lat in (vertex for path in shape.paths for vertex in path):
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            raise BadField(field, "not_on_earth", f"{lat}, {lon}")
    for path in shape.paths:
        if shape.type == LINE and len(set(path)) < 2:
            raise BadField(field, "no_line")
        if shape.type == AREA and (len(path) < 4 or path[0] != path[-1]):
            raise BadField(field, "open_ring")
        if shape.type == AREA and _doubled_area(path) == 0:
            raise BadField(field, "no_area")


def middle(shape: Shape) -> tuple[float, float]:
    """Latitude and longitude of a point on the line or in the area that stands for it."""
    lon, lat = _half_way(shape.paths[0]) if shape.type == LINE else _inside(shape.paths)
    return round(lat, _DIGITS), round(lon, _DIGITS)


def bounds(shape: Shape) -> tuple[float, float, float, float]:
    """West, south, east, north."""
    lons, lats = zip(*shape.paths[0], strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def length_km(shape: Shape) -> float:
    """How long a line is; of an area, how long its outline."""
    return sum(math.dist(a, b) for a, b in pairwise(_in_km(shape.paths[0])))


def area_km2(shape: Shape) -> float:
    """How large an area is, without its holes; 0 for a line."""
    if shape.type == LINE:
        return 0.0
    outline, *holes = (abs(_doubled_area(_in_km(path, shape.paths[0][0]))) / 2 for path in shape.paths)
    return max(outline - sum(holes), 0.0)


def _are_lists(given: Any) -> bool:
    return isinstance(given, list | tuple) and bool(given) and all(isinstance(path, list | tuple) for path in given)


def _vertex(field: str, value: Any) -> Vertex:
    if not isinstance(value, list | tuple) or not 2 <= len(value) <= 3:  # a height may stand behind
        raise BadField(field, "not_a_shape", written(value))
    return _degrees(field, value[0]), _degrees(field, value[1])


def _degrees(field: str, value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadField(field, "not_a_number", written(value))
    if not abs(value) <= 360:  # also what is no finite number
        raise BadField(field, "not_on_earth", written(value))
    return round(float(value), _DIGITS)


def _in_km(path: Path, near: Vertex | None = None) -> list[Vertex]:
    """On a plane that touches the earth near ``near``: good to 1 % over a province."""
    lon, lat = near or path[0]
    squeeze = math.cos(math.radians(lat))
    return [((x - lon) * _KM_PER_DEGREE * squeeze, (y - lat) * _KM_PER_DEGREE) for x, y in path]


def _doubled_area(path: Sequence[Vertex]) -> float:
    """Positive where the ring runs anticlockwise."""
    x0, y0 = path[0]
    return sum((ax - x0) * (by - y0) - (bx - x0) * (ay - y0) for (ax, ay), (bx, by) in pairwise(path))


def _half_way(path: Path) -> Vertex:
    flat = _in_km(path)
    steps = [math.dist(a, b) for a, b in pairwise(flat)]
    rest = sum(steps) / 2
    for step, (a, b) in zip(steps, pairwise(path), strict=True):
        if step > 0 and rest <= step:
            part = rest / step
            return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
        rest -= step
    return path[-1]


def _inside(paths: tuple[Path, ...]) -> Vertex:
    """The middle of the widest part that a parallel through the area cuts out of it, also with holes and crossings."""
    _, low, _, high = bounds(Shape(AREA, paths))
    lats = sorted({lat for path in paths for _, lat in path if low <= lat <= high})  # a hole may lie beside the area
    half = (low + high) / 2
    # between two vertices, so that the parallel meets none of them
    _, south, north = min((abs((a + b) / 2 - half) - (b - a) / 2, a, b) for a, b in pairwise(lats))
    level = (south + north) / 2
    met = sorted(_crossings(paths, level))
    _, west, east = max((b - a, a, b) for a, b in zip(met[::2], met[1::2], strict=True))
    return (west + east) / 2, level


def _crossings(paths: Iterable[Path], level: float) -> Iterable[float]:
    for path in paths:
        for (ax, ay), (bx, by) in pairwise(path):
            if (ay > level) != (by > level):
                yield ax + (bx - ax) * (level - ay) / (by - ay)
