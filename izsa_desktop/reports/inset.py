"""The two small maps of a sheet, as SVG path data: the province, and the own district with its neighbours.

Outlines are simplified together, so that a common border stays common, and drawn in whole map units (``_UNITS`` to a
degree of latitude). A document defines each path once and refers to it by id from every sheet.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import shapely
from shapely.geometry import MultiPolygon, Polygon, shape

from izsa_desktop import resource_files
from izsa_desktop.domain.project import Location

_UNITS = 8000
_WEST, _SOUTH, _EAST, _NORTH = 26.03, 37.74, 28.64, 39.5
_SQUEEZE = math.cos(math.radians(38.6))
_COARSE, _FINE = 0.004, 0.0005
"""Simplification in degrees: about 0.1 mm on paper, in the map of the province and in that of one district."""

_CONTEXT_KINDS = ("province", "country_rest", "island")


@dataclass(frozen=True, slots=True)
class Frame:
    """A map's view: left, top, width and height in map units, and how many units make a millimetre on paper."""

    left: int
    top: int
    width: int
    height: int
    units_per_mm: float

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """True when the point lies in the frame, at least ``margin`` (a share of its size) from the edge."""
        across, down = (x - self.left) / self.width, (y - self.top) / self.height
        return margin <= across <= 1 - margin and margin <= down <= 1 - margin


def position(location: Location) -> tuple[int, int]:
    """A point in map units."""
    return round((location.lon - _WEST) * _SQUEEZE * _UNITS), round((_NORTH - location.lat) * _UNITS)


def province_frame(width_mm: float) -> Frame:
    """The whole province, ``width_mm`` wide on paper."""
    width, height = position(Location(_SOUTH, _EAST))
    return Frame(0, 0, width, height, round(width / width_mm, 2))


def district_frame(code: str, point: tuple[int, int] | None, width_mm: float, height_mm: float) -> Frame:
    """A district with a margin around it, in the given size on paper; a point just outside is taken in."""
    west, south, east, north = _districts(_FINE)[code].bounds
    left, top = position(Location(north, west))
    right, bottom = position(Location(south, east))
    if point is not None and province_frame(1).holds(*point):
        left, right = min(left, point[0]), max(right, point[0])
        top, bottom = min(top, point[1]), max(bottom, point[1])
    scale = max((right - left) / width_mm, (bottom - top) / height_mm) * 1.25
    width, height = round(width_mm * scale), round(height_mm * scale)
    return Frame((left + right - width) // 2, (top + bottom - height) // 2, width, height, round(scale, 3))


def districts_in(frame: Frame) -> tuple[str, ...]:
    """Codes of the districts that the frame shows some of."""
    codes = []
    for code, outline in _districts(_FINE).items():
        west, south, east, north = outline.bounds
        left, top = position(Location(north, west))
        right, bottom = position(Location(south, east))
        apart = left > frame.left + frame.width or right < frame.left
        if not apart and top <= frame.top + frame.height and bottom >= frame.top:
            codes.append(code)
    return tuple(codes)


def has_outline(code: str) -> bool:
    """True for the 30 districts; the province as a whole and codes of other versions have none."""
    return code in _districts(_FINE)


@cache
def coarse_paths() -> dict[str, str]:
    """Path data of the 30 districts for the map of the province, by code."""
    return {code: _path(outline) for code, outline in _districts(_COARSE).items()}


def fine_paths(codes: Iterable[str]) -> dict[str, str]:
    """Path data of these districts for the map of one district, by code."""
    return {code: _fine_path(code) for code in codes}


@cache
def context_path() -> str:
    """Path data of the land around the province: neighbouring provinces and islands."""
    features = json.loads(resource_files.path("reference/context.geojson").read_text(encoding="utf-8"))["features"]
    land = [shape(f["geometry"]) for f in features if f["properties"]["kind"] in _CONTEXT_KINDS]
    near = shapely.clip_by_rect(shapely.coverage_simplify(land, _COARSE), _WEST, _SOUTH, _EAST, _NORTH)
    return "".join(_path(part) for part in near if not part.is_empty)


@cache
def _fine_path(code: str) -> str:
    return _path(_districts(_FINE)[code])


@cache
def _districts(tolerance: float) -> dict[str, Polygon | MultiPolygon]:
    text = resource_files.path("reference/izmir_districts.geojson").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    outlines = shapely.coverage_simplify([shape(f["geometry"]) for f in features], tolerance)
    return {f["properties"]["code"]: outline for f, outline in zip(features, outlines, strict=True)}


def _path(outline: Polygon | MultiPolygon) -> str:
    polygons = outline.geoms if isinstance(outline, MultiPolygon) else (outline,)
    return "".join(_ring(ring.coords) for p in polygons for ring in (p.exterior, *p.interiors))


def _ring(coordinates: Iterable[tuple[float, ...]]) -> str:
    """Relative whole units; steps that round to nothing are left out."""
    points = [position(Location(lat, lon)) for lon, lat in coordinates]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(points)]
    drawn = " ".join(f"{dx} {dy}" for dx, dy in steps if (dx, dy) != (0, 0))
    return f"M{points[0][0]} {points[0][1]}l{drawn}z"
