"""GeoJSON and GeoPackage through other people's readers: GDAL, and the text of RFC 7946."""

import json
import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyogrio
import pytest
import shapely
from hypothesis import given, settings

from izsa_desktop.domain.project import Location, Project, ProjectFields
from izsa_desktop.domain.rows import Site
from izsa_desktop.domain.shape import AREA, LINE, Shape
from izsa_desktop.i18n import Translator
from izsa_desktop.usecases.outputs import geo
from tests.support import BORNOVA, FIELDS, REFERENCE, shapes, turkish_text

RING = ((27.0, 38.4), (27.0, 38.5), (27.1, 38.5), (27.1, 38.4), (27.0, 38.4))  # clockwise
HOLE = ((27.02, 38.42), (27.04, 38.42), (27.04, 38.44), (27.02, 38.44), (27.02, 38.42))
HERE = Location(38.4622071, 27.2176312, True)
PROJECTS = [
    ProjectFields(title="Nokta “İ”", location=HERE, district=BORNOVA, goals=("13", "6"), status="sürüyor"),
    ProjectFields(title="Hat", shape=Shape(LINE, (RING[:3],)), location=HERE),
    ProjectFields(title="Alan", shape=Shape(AREA, (RING, HOLE)), district=BORNOVA, goals=("11",)),
    ProjectFields(title="Yerler", sites=(Site(key="a", name="Park", lat=Decimal("38.5"), lon=Decimal(27)),)),
    ProjectFields(title="=Yersiz", co2e=Decimal("1.5"), audience_number=0),
]


def no_step() -> None:
    """Nobody watches."""


def records(found: list[ProjectFields]) -> list[Project]:
    return [Project(id=f"{BORNOVA}/{n:032x}", fields=fields, number=f"İZSA-{n}") for n, fields in enumerate(found)]


def each(found: list[ProjectFields]) -> dict[str, int]:
    """Every project is a piece of work of its own."""
    return {project.id: n for n, project in enumerate(records(found))}


def collection(found: list[ProjectFields], language: str = "tr") -> Any:
    return json.loads(geo.geojson(records(found), REFERENCE, Translator(language), no_step))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "p.gpkg"
    path.write_bytes(geo.geopackage(records(PROJECTS), each(PROJECTS), REFERENCE, Translator("tr"), no_step))
    return path


def rows(path: Path, layer: str | None = None) -> list[dict[str, Any]]:
    meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer)
    found = [dict(zip(meta["fields"], row, strict=True)) for row in zip(*columns, strict=True)]
    shapes_ = [None] * len(found) if geometry is None else shapely.from_wkb(geometry)
    return [row | {"geometry": shape} for row, shape in zip(found, shapes_, strict=True)]


def test_geojson_has_a_feature_for_each_place() -> None:
    features = collection(PROJECTS)["features"]
    parts = [
        (f["properties"]["title"], f["properties"]["part"], f["geometry"] and f["geometry"]["type"]) for f in features
    ]
    assert parts == [
        ("Nokta “İ”", "point", "Point"),
        ("Hat", "point", "Point"),
        ("Hat", "line", "LineString"),
        ("Alan", "area", "Polygon"),
        ("Yerler", "site", "Point"),
        ("=Yersiz", "", None),
    ]
    assert features[0]["geometry"]["coordinates"] == [27.2176312, 38.4622071]  # longitude first
    assert len({feature["id"] for feature in features}) == len(features)
    said = features[0]["properties"]
    assert (said["main_goal"], said["goals"], said["status"], said["approximate"]) == ("13", "13;6", "Sürüyor", 1)
    assert collection(PROJECTS, "en")["features"][0]["properties"]["status"] == "Running"
    assert {name for feature in features for name in feature["properties"]} == {name for name, _ in geo.COLUMNS}


def test_outlines_are_anticlockwise_and_holes_clockwise() -> None:
    [area] = collection([PROJECTS[2]])["features"]
    outline, hole = (shapely.LinearRing(ring) for ring in area["geometry"]["coordinates"])
    assert (outline.is_ccw, hole.is_ccw) == (True, False)


@settings(max_examples=30, deadline=None)
@given(shape=shapes, title=turkish_text)
def test_any_shape_and_any_text_is_read_by_gdal(shape: Shape, title: str) -> None:
    data = geo.geojson(records([ProjectFields(title=title, shape=shape)]), REFERENCE, Translator("en"), no_step)
    meta, _, geometry, columns = pyogrio.raw.read(data)
    values = dict(zip(meta["fields"], (column[0] for column in columns), strict=True))
    assert (values["title"] or "") == title.replace("\0", "")
    ours = shapely.from_geojson(json.dumps({"type": shape.type, "coordinates": _coordinates(shape)}))
    if not shapely.is_valid(ours):
        assert all(shapely.is_valid(one) for one in shapely.from_wkb(geometry) if one is not None)
        return
    [found] = shapely.from_wkb(geometry)
    assert shapely.equals_exact(shapely.normalize(found), shapely.normalize(ours), 1e-9)
    if shape.type == AREA:
        assert found.exterior.is_ccw


def _coordinates(shape: Shape) -> Any:
    return shape.paths[0] if shape.type == LINE else shape.paths


BOW_TIE = Shape(AREA, (((27.0, 38.4), (27.1, 38.5), (27.1, 38.4), (27.0, 38.5), (27.0, 38.4)),))
LOST_HOLE = Shape(AREA, (RING, ((28.0, 38.4), (28.1, 38.4), (28.1, 38.5), (28.0, 38.4))))


@pytest.mark.parametrize(("stored", "pieces"), [(BOW_TIE, 2), (LOST_HOLE, 2)])
def test_an_older_area_that_is_not_sound_is_handed_on_as_what_it_encloses(
    tmp_path: Path, stored: Shape, pieces: int
) -> None:
    found = [ProjectFields(title="Eski alan", shape=stored), ProjectFields(title="Alan", shape=Shape(AREA, (RING,)))]
    package = tmp_path / "p.gpkg"
    package.write_bytes(geo.geopackage(records(found), each(found), REFERENCE, Translator("tr"), no_step))
    data = geo.geojson(records(found), REFERENCE, Translator("tr"), no_step)
    for _meta, _, geometry, _columns in (pyogrio.raw.read(data), pyogrio.raw.read(package, layer="areas")):
        areas = shapely.from_wkb(geometry)
        assert len(areas) == pieces + 1
        assert all(shapely.is_valid(areas))
        assert all(area.exterior.is_ccw for area in areas)
    assert len({one["id"] for one in json.loads(data)["features"]}) == pieces + 1
    assert geo.mended(records(found)) == 1
    assert geo.unplaced(records(found)) == 0


def test_geopackage_layers(package: Path) -> None:
    layers = dict(pyogrio.list_layers(package))
    assert {name: layers[name] for name in ("points", "lines", "areas", "districts", "unplaced")} == {
        "points": "Point",
        "lines": "LineString",
        "areas": "Polygon",
        "districts": "MultiPolygon",
        "unplaced": None,
    }
    assert [row["title"] for row in rows(package, "points")] == ["Nokta “İ”", "Hat", "Yerler"]
    assert [(row["title"], row["part"]) for row in rows(package, "lines")] == [("Hat", "line")]
    [area] = rows(package, "areas")
    assert area["geometry"].equals(shapely.Polygon(RING, [HOLE]))
    [nowhere] = rows(package, "unplaced")
    assert (nowhere["title"], nowhere["co2e"], nowhere["audience_number"]) == ("=Yersiz", 1.5, 0)
    assert pyogrio.read_info(package, layer="points")["crs"] == "EPSG:4326"


def test_geopackage_counts_by_district(package: Path) -> None:
    districts = {row["name"]: row for row in rows(package, "districts")}
    assert len(districts) == 30
    bornova = districts["Bornova"]
    assert (bornova["projects"], bornova["goal_13"], bornova["goal_11"], bornova["goal_1"]) == (2, 1, 1, 0)
    assert bornova["geometry"].contains(shapely.Point(HERE.lon, HERE.lat))
    assert districts["Kınık"]["projects"] == 0


def test_geopackage_counts_a_piece_of_work_once_in_a_district(tmp_path: Path) -> None:
    path = tmp_path / "p.gpkg"
    works = dict.fromkeys(each(PROJECTS), 0)
    path.write_bytes(geo.geopackage(records(PROJECTS), works, REFERENCE, Translator("tr"), no_step))
    bornova = {row["name"]: row for row in rows(path, "districts")}["Bornova"]
    assert (bornova["projects"], bornova["goal_13"], bornova["goal_11"]) == (1, 1, 1)


def test_geopackage_is_one_by_its_marks_and_sound(package: Path) -> None:
    data = package.read_bytes()
    assert data[68:72] == b"GPKG"
    connection = sqlite3.connect(package)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA user_version").fetchone() == (10300,)
        blob = connection.execute("SELECT geom FROM points WHERE fid = 1").fetchone()[0]
        assert blob[:4] == b"GP\x00\x03"
        styles = connection.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault").fetchall()
    finally:
        connection.close()
    assert {name for name, _ in styles} == {"points", "lines", "areas", "districts"}
    for name, text in styles:
        root = ET.fromstring(text)
        renderer = root.find("renderer-v2")
        assert renderer is not None
        named = {symbol.get("name") for symbol in renderer.iter("symbol")}
        used = {one.get("symbol") for one in (*renderer.iter("category"), *renderer.iter("range"))}
        assert used == named
        column = renderer.get("attr")
        assert column in (rows(package, name)[0])
    colours = [one.get("value") for one in ET.fromstring(dict(styles)["points"]).iter("category")]
    assert colours == [*(goal.code for goal in REFERENCE.goals), ""]


def test_a_full_record(tmp_path: Path) -> None:
    path = tmp_path / "full.gpkg"
    path.write_bytes(geo.geopackage(records([FIELDS]), each([FIELDS]), REFERENCE, Translator("en"), no_step))
    [point, site] = rows(path, "points")
    assert (point["partners"], point["start"], point["end"]) == ("Ege Üniversitesi", "2024-05", "unknown")
    assert (site["part"], site["place_name"]) == ("site", "Âşık Veysel Parkı")
    assert len(rows(path, "lines")) == 1


def test_nothing_at_all_is_a_file_too() -> None:
    assert collection([]) == {"type": "FeatureCollection", "name": "izsa", "features": []}
    assert geo.geopackage([], {}, REFERENCE, Translator("tr"), no_step)[:6] == b"SQLite"
