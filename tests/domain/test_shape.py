"""Lines and areas: what may be one, the point that stands for it, its size; hostile values give an error or nothing."""

import math
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from izsa_desktop.domain.errors import BadField
from izsa_desktop.domain.placing import own_place
from izsa_desktop.domain.project import E7, Location, ProjectFields
from izsa_desktop.domain.registers import fields_of, to_registers
from izsa_desktop.domain.shape import (
    AREA,
    LINE,
    MAX_VERTICES,
    Shape,
    area_km2,
    bounds,
    check,
    from_geometry,
    geometry,
    length_km,
    middle,
)
from tests.support import json_values, shapes

SQUARE = ((27.0, 38.0), (27.1, 38.0), (27.1, 38.1), (27.0, 38.1), (27.0, 38.0))
HOLE = ((27.02, 38.02), (27.02, 38.08), (27.08, 38.08), (27.08, 38.02), (27.02, 38.02))
RING = Shape(AREA, (SQUARE, HOLE))


@given(shapes)
def test_geojson_and_registers_give_back_what_was_drawn(shape: Shape) -> None:
    assert from_geometry(geometry(shape)) == shape
    registers = to_registers(ProjectFields(shape=shape), {})
    assert registers.keys() == {"shape"}
    assert fields_of(registers).shape == shape


def test_the_register_is_in_whole_units_of_1e_7_degrees() -> None:
    line = from_geometry({"type": LINE, "coordinates": [[27.123456789, 38.4, 120.5], [27.2, 38.5]]})
    assert line == Shape(LINE, (((27.1234568, 38.4), (27.2, 38.5)),))
    coordinates = [[271234568, 384000000], [272000000, 385000000]]
    assert to_registers(ProjectFields(shape=line), {})["shape"] == {"type": LINE, "coordinates": coordinates}
    assert to_registers(ProjectFields(), {"shape": {"type": LINE}}) == {"shape": None}


@given(shapes)
def test_the_point_that_stands_for_it_lies_on_it(shape: Shape) -> None:
    lat, lon = middle(shape)
    west, south, east, north = bounds(shape)
    assert west <= lon <= east
    assert south <= lat <= north
    drawn = shapely.LineString(shape.paths[0]) if shape.type == LINE else shapely.Polygon(shape.paths[0])
    assert shapely.make_valid(drawn).distance(shapely.Point(lon, lat)) < 1e-6
    assert own_place(ProjectFields(shape=shape)) == Location(lat, lon)
    assert own_place(ProjectFields(shape=shape, location=Location(38, 27, True))) == Location(38, 27, True)


@pytest.mark.parametrize("north", [-1.0, 0.05, 1.0])
def test_an_area_with_a_hole_beside_it_has_a_point(north: float) -> None:
    beside = tuple((lon + 1.0, round(lat + north, 7)) for lon, lat in SQUARE)
    lat, lon = middle(Shape(AREA, (SQUARE, beside)))
    assert SQUARE[0][1] < lat < SQUARE[2][1]
    assert SQUARE[0][0] < lon < beside[2][0]


def test_the_point_of_an_area_is_not_in_its_hole() -> None:
    lat, lon = middle(RING)
    assert not shapely.Polygon(HOLE).contains(shapely.Point(lon, lat))


def test_the_point_of_a_line_is_half_way_and_no_vertex() -> None:
    assert middle(Shape(LINE, (((27.0, 38.0), (27.0, 38.001), (27.0, 38.1)),))) == (38.05, 27.0)
    assert middle(Shape(LINE, (((27.0, 38.0), (27.0, 38.0), (27.0, 38.1)),))) == (38.05, 27.0)


def test_sizes() -> None:
    line = Shape(LINE, (((27.0, 38.0), (27.0, 38.1)),))
    assert length_km(line) == pytest.approx(11.12, abs=0.01)
    assert area_km2(line) == 0
    whole = 11.12 * 11.12 * math.cos(math.radians(38.05))
    assert area_km2(Shape(AREA, (SQUARE,))) == pytest.approx(whole, rel=0.01)
    assert area_km2(RING) == pytest.approx(whole * (1 - 0.36), rel=0.01)
    assert (line.vertices, RING.vertices) == (2, 8)


BAD: list[tuple[Any, str]] = [
    (None, "not_a_shape"),
    ("LINESTRING (27 38, 28 38)", "not_a_shape"),
    ([], "not_a_shape"),
    ({}, "not_a_shape"),
    ({"type": "Point", "coordinates": [27, 38]}, "not_a_shape"),
    ({"type": ["LineString"], "coordinates": [[27, 38], [28, 38]]}, "not_a_shape"),
    ({"type": LINE, "coordinates": "27 38"}, "not_a_shape"),
    ({"type": LINE, "coordinates": [27, 38]}, "not_a_shape"),
    ({"type": LINE, "coordinates": [[27], [28, 38]]}, "not_a_shape"),
    ({"type": LINE, "coordinates": [["27", 38], [28, 38]]}, "not_a_number"),
    ({"type": LINE, "coordinates": [[True, 38], [28, 38]]}, "not_a_number"),
    ({"type": LINE, "coordinates": [[math.nan, 38], [28, 38]]}, "not_on_earth"),
    ({"type": LINE, "coordinates": [[10**400, 38], [28, 38]]}, "not_on_earth"),
    ({"type": LINE, "coordinates": [[27, 91], [28, 38]]}, "not_on_earth"),
    ({"type": LINE, "coordinates": [[181, 38], [28, 38]]}, "not_on_earth"),
    ({"type": LINE, "coordinates": []}, "no_line"),
    ({"type": LINE, "coordinates": [[27, 38]]}, "no_line"),
    ({"type": LINE, "coordinates": [[27, 38], [27.00000001, 38]]}, "no_line"),
    ({"type": LINE, "coordinates": [[27, 38]] * (MAX_VERTICES + 1)}, "too_many_vertices"),
    ({"type": AREA, "coordinates": []}, "not_a_shape"),
    ({"type": AREA, "coordinates": [[]]}, "open_ring"),
    ({"type": AREA, "coordinates": [[[27, 38], [28, 38], [27, 38]]]}, "open_ring"),
    ({"type": AREA, "coordinates": [[[27, 38], [28, 38], [28, 39], [27, 39]]]}, "open_ring"),
    ({"type": AREA, "coordinates": [[[27, 38], [28, 38], [29, 38], [27, 38]]]}, "no_area"),
    ({"type": AREA, "coordinates": [[[27, 38], [28, 38], [28, 39], [27, 38]], [[27, 38]]]}, "open_ring"),
]


@pytest.mark.parametrize(("given_", "problem"), BAD, ids=lambda value: str(value)[:40])
def test_what_is_no_line_or_area_is_refused(given_: Any, problem: str) -> None:
    with pytest.raises(BadField) as caught:
        from_geometry(given_)
    assert (caught.value.field, caught.value.problem) == ("shape", problem)
    assert len(caught.value.value) <= 60


@pytest.mark.parametrize(
    ("shape", "problem"),
    [
        (Shape("Circle", (SQUARE,)), "not_a_shape"),
        (Shape(LINE, (SQUARE, SQUARE)), "not_a_shape"),
        (Shape(LINE, (((27.0, math.inf), (27.0, 38.0)),)), "not_on_earth"),
        (Shape(LINE, (SQUARE * 401,)), "too_many_vertices"),
    ],
)
def test_a_value_of_the_program_is_checked_too(shape: Shape, problem: str) -> None:
    with pytest.raises(BadField) as caught:
        check(shape)
    assert caught.value.problem == problem


def test_the_largest_drawing_fits() -> None:
    path = [[27 + n / 10_000, 38.4] for n in range(MAX_VERTICES)]
    assert from_geometry({"type": LINE, "coordinates": path}).vertices == MAX_VERTICES


@given(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from([LINE, AREA, "Point"]),
            "coordinates": json_values | st.lists(st.lists(st.integers(-(10**12), 10**12), max_size=3), max_size=5),
        }
    )
    | json_values
)
def test_whatever_stands_in_the_register_can_be_shown(value: Any) -> None:
    shape = fields_of({"shape": value}).shape
    if shape is not None:
        check(shape)


def test_a_register_with_too_many_vertices_shows_nothing() -> None:
    path = [[27 * E7 + n, 38 * E7] for n in range(MAX_VERTICES + 1)]
    assert fields_of({"shape": {"type": LINE, "coordinates": path}}).shape is None
    assert fields_of({"shape": {"type": LINE, "coordinates": path[1:]}}).shape is not None
