"""The small maps: the right districts, the right way up, as large as they are."""

import json
import re

import pytest
import shapely
from shapely.geometry import Polygon, shape
from shapely.geometry.base import BaseGeometry

from izsa_desktop import resource_files
from izsa_desktop.reports.inset import DistrictInset, district_inset, is_clear, position, province_inset
from tests.reports.samples import REFERENCE

CODES = [district.code for district in REFERENCE.districts]


def polygons(path: str) -> BaseGeometry:
    """The area that path data draws."""
    rings = []
    for x, y, steps in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", path):
        numbers = [int(n) for n in steps.split()]
        points = [(int(x), int(y))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        rings.append(Polygon(points))
    valid = shapely.make_valid(rings, method="structure", keep_collapsed=False)
    area: BaseGeometry = Polygon()
    for ring in valid:
        area = area.symmetric_difference(ring)  # a ring inside another is a hole
    return area


def inset(code: str) -> DistrictInset:
    found = district_inset(code)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def areas() -> dict[str, float]:
    """The districts' areas before simplification, in square map units."""
    text = resource_files.path("reference/izmir_districts.geojson").read_text(encoding="utf-8")

    def drawn(ring: list[tuple[float, float]]) -> list[tuple[int, int]]:
        return [position(lat, lon) for lon, lat in ring]

    found = {}
    for feature in json.loads(text)["features"]:
        parts = shapely.get_parts(shape(feature["geometry"]))
        found[feature["properties"]["code"]] = sum(Polygon(drawn(p.exterior.coords)).area for p in parts)
    return found


@pytest.mark.parametrize("code", CODES)
def test_a_district_keeps_its_place_and_size(code: str, areas: dict[str, float]) -> None:
    found, district = inset(code), REFERENCE.district(code)
    own = polygons(found.own)
    inside = position(district.lat, district.lon)
    assert own.covers(shapely.Point(inside))
    assert found.frame.holds(inside)
    assert own.area == pytest.approx(areas[code], rel=0.02)
    assert polygons(province_inset().districts[code]).area == pytest.approx(areas[code], rel=0.12)


@pytest.mark.parametrize("code", CODES)
def test_around_a_district_nothing_overlaps(code: str) -> None:
    found = inset(code)
    own, neighbours, land = (polygons(path) for path in (found.own, found.area, found.land))
    for one, other in ((own, neighbours), (own, land), (neighbours, land)):
        assert one.intersection(other).area < 0.002 * own.area


def test_north_is_up_and_east_is_right() -> None:
    assert position(39.0, 27.0)[1] < position(38.0, 27.0)[1]
    assert position(38.5, 27.0)[0] < position(38.5, 28.0)[0]


def test_codes_without_an_outline_have_no_map() -> None:
    assert district_inset(REFERENCE.province.code) is None
    assert district_inset("<TUR>") is None


def test_a_name_is_clear_only_outside_the_district_and_inside_the_map() -> None:
    bornova, karsiyaka = REFERENCE.district("Bornova"), REFERENCE.district("Karşıyaka")
    beside = position(karsiyaka.lat, karsiyaka.lon)
    assert is_clear(bornova.code, beside, 8)
    assert not is_clear(bornova.code, beside, 60)
    assert not is_clear(bornova.code, position(bornova.lat, bornova.lon), 8)
    assert not is_clear(REFERENCE.province.code, beside, 8)
