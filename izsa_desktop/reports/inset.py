"""The two small maps of a sheet as SVG path data: the province, and each district with what lies around it.

Districts, neighbouring provinces and islands are simplified together, so that common borders stay common, then cut to
the map's frame and drawn in whole map units (``_UNITS`` to a degree of latitude). All results are the same for every
project, so a document defines each drawing once and refers to it by id.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import shapely
from shapely.geometry import LineString, Polygon, box, shape
from shapely.geometry.base import BaseGeometry

from izsa_desktop import resource_files
from izsa_desktop.domain.project import Location

MAP_WIDTH, DISTRICT_HEIGHT = 62.0, 46.0
"""Sizes on paper in millimetres; the style sheet gives the drawings the same width."""

_UNITS = 8000
_WEST, _SOUTH, _EAST, _NORTH = 26.03, 37.74, 28.64, 39.5
_SQUEEZE = math.cos(math.radians(38.6))
_COARSE = 0.013
_FINE = (0.0006, 0.0018, 0.004)
"""Simplification in degrees: for the map of the province, and for those of small, middling and large districts."""
_LARGE = (20.0, 45.0)
"""Map units to a millimetre from which on a district is middling, or large."""
_MARGIN = 1.25
_CONTEXT_KINDS = ("province", "country_rest", "island")


@dataclass(frozen=True, slots=True)
class Frame:
    """A map's view: left, top, width and height in map units, and how many units make a millimetre on paper."""

    left: int
    top: int
    width: int
    height: int
    units_per_mm: float

    def holds(self, point: tuple[float, float]) -> bool:
        """True when the point lies in the frame."""
        return 0 <= point[0] - self.left <= self.width and 0 <= point[1] - self.top <= self.height


@dataclass(frozen=True, slots=True)
class ProvinceInset:
    """The province. Path data of its area, of the lines between its districts, and of each district by code.

    It is on every page, and paths are most of a printed page's weight: so a line is drawn once and not with both its
    districts, outlines are coarse, and what lies around the province is left out. A picture instead of paths was tried:
    the renderer copies it for each page, which takes four times as long.
    """

    frame: Frame
    area: str
    borders: str
    districts: dict[str, str]


@dataclass(frozen=True, slots=True)
class DistrictInset:
    """One district. Path data of the other land in the frame, of the other districts, of the lines between those, and
    of itself.
    """

    code: str
    frame: Frame
    land: str
    area: str
    borders: str
    own: str
    shown: tuple[str, ...]
    """Codes of the districts of which something is seen, without its own."""


def position(lat: float, lon: float) -> tuple[int, int]:
    """A point, given in degrees, in map units."""
    return round((lon - _WEST) * _SQUEEZE * _UNITS), round((_NORTH - lat) * _UNITS)


def position_of(location: Location) -> tuple[int, int]:
    """A project's point in map units."""
    return position(location.lat, location.lon)


@cache
def province_inset() -> ProvinceInset:
    """The map of the province."""
    districts, _land = _outlines(_COARSE)
    right, bottom = position(_SOUTH, _EAST)
    area, borders = _area_and_borders(list(districts.values()))
    return ProvinceInset(
        frame=Frame(0, 0, right, bottom, round(right / MAP_WIDTH, 2)),
        area=area,
        borders=borders,
        districts={code: _paths([outline]) for code, outline in districts.items()},
    )


@cache
def district_inset(code: str) -> DistrictInset | None:
    """The map of one district; None for codes without an outline (the province as a whole, other versions' codes)."""
    if code not in _outlines(_COARSE)[0]:
        return None
    frame = _frame(_outlines(_COARSE)[0][code])
    districts, land = _outlines(_FINE[sum(frame.units_per_mm > limit for limit in _LARGE)])
    window = _window(frame)
    around = {c: shapely.clip_by_rect(outline, *window) for c, outline in districts.items() if c != code}
    around = {c: part for c, part in around.items() if not part.is_empty}
    area, borders = _area_and_borders(list(around.values()))
    return DistrictInset(
        code=code,
        frame=frame,
        land=_paths(shapely.clip_by_rect(list(land), *window)),
        area=area,
        borders=borders,
        own=_paths([districts[code]]),
        shown=tuple(around),
    )


def _frame(outline: BaseGeometry) -> Frame:
    west, south, east, north = outline.bounds
    (left, top), (right, bottom) = position(north, west), position(south, east)
    scale = max((right - left) / MAP_WIDTH, (bottom - top) / DISTRICT_HEIGHT) * _MARGIN
    width, height = round(MAP_WIDTH * scale), round(DISTRICT_HEIGHT * scale)
    return Frame((left + right - width) // 2, (top + bottom - height) // 2, width, height, round(scale, 3))


def _window(frame: Frame) -> tuple[float, float, float, float]:
    """West, south, east, north of a frame, a little larger, so that the cut edges' strokes are not seen."""
    spare = frame.width * 0.02
    west, north = _degrees(frame.left - spare, frame.top - spare)
    east, south = _degrees(frame.left + frame.width + spare, frame.top + frame.height + spare)
    return west, south, east, north


def _degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a point in map units."""
    return x / (_SQUEEZE * _UNITS) + _WEST, _NORTH - y / _UNITS


def is_clear(code: str, point: tuple[int, int], width_mm: float) -> bool:
    """True when a name of this width, centred on the point, lies in the district's map and not over the district."""
    drawn = district_inset(code)
    if drawn is None:
        return False
    half, line = width_mm / 2 * drawn.frame.units_per_mm, 1.6 * drawn.frame.units_per_mm
    corners = ((point[0] - half, point[1] - line), (point[0] + half, point[1] + line))
    if not all(map(drawn.frame.holds, corners)):
        return False
    (west, north), (east, south) = (_degrees(*corner) for corner in corners)
    return not _outlines(_FINE[0])[0][code].intersects(box(west, south, east, north))


@cache
def _outlines(tolerance: float) -> tuple[dict[str, BaseGeometry], tuple[BaseGeometry, ...]]:
    """The districts by code, and the land around the province."""
    districts = _features("izmir_districts")
    land = [f for f in _features("context") if f["properties"]["kind"] in _CONTEXT_KINDS]
    simple = shapely.coverage_simplify([shape(f["geometry"]) for f in (*districts, *land)], tolerance)
    codes = [f["properties"]["code"] for f in districts]
    return dict(zip(codes, simple, strict=False)), tuple(simple[len(codes) :])


def _features(name: str) -> list[dict[str, dict[str, str]]]:
    text = resource_files.path(f"reference/{name}.geojson").read_text(encoding="utf-8")
    features: list[dict[str, dict[str, str]]] = json.loads(text)["features"]
    return features


def _area_and_borders(outlines: list[BaseGeometry]) -> tuple[str, str]:
    """Path data of all outlines as one area, and of the lines between them."""
    whole = shapely.union_all(outlines)
    lines = shapely.union_all([outline.boundary for outline in outlines]).difference(whole.boundary)
    parts = [part for part in getattr(shapely.line_merge(lines), "geoms", ()) if isinstance(part, LineString)]
    return _paths([whole]), "".join(_line(part.coords) for part in parts)


def _paths(outlines: Iterable[BaseGeometry]) -> str:
    polygons = [part for outline in outlines for part in getattr(outline, "geoms", (outline,))]
    rings = [ring for p in polygons if isinstance(p, Polygon) and not p.is_empty for ring in (p.exterior, *p.interiors)]
    return "".join(f"{_line(ring.coords)}z" for ring in rings)


def _line(coordinates: Iterable[tuple[float, ...]]) -> str:
    """Relative whole units; steps that round to nothing are left out."""
    points = [position(lat, lon) for lon, lat in coordinates]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(points)]
    drawn = " ".join(f"{dx} {dy}" for dx, dy in steps if (dx, dy) != (0, 0))
    return f"M{points[0][0]} {points[0][1]}l{drawn}"
