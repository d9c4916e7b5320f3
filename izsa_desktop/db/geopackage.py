"""GeoPackages (OGC 12-128r18): an SQLite file by its very standard, so that it is written here, where SQL is.

A library that writes every format of GDAL weighs 25 MB and more in each installer; four tables and one header before
each geometry are the whole of what is needed. Spatial indexes are left out: their triggers call functions that SQLite
itself has not, and readers make them when they want them. Everything is in memory until it is done, as for every file.
"""

import sqlite3
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_APPLICATION, _VERSION = 0x47504B47, 10_300
_STEP_ROWS = 500
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
 organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
 description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
 srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
 geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
 CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
 CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
 CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
 f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
 useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME);
"""
Box = tuple[float, float, float, float]
"""West, south, east, north."""
Attribute = str | int | float | None


@dataclass(frozen=True, slots=True)
class Shape:
    """A geometry as WKB of degrees WGS84, with its box."""

    wkb: bytes
    box: Box


@dataclass(frozen=True, slots=True)
class Layer:
    """``kind``: ``POINT``, ``LINESTRING``, ``POLYGON``, ``MULTIPOLYGON``, or empty for a table without geometry.

    ``columns``: names and SQL types. ``style``: how QGIS draws it, or empty.
    """

    name: str
    title: str
    kind: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[tuple[Shape | None, Sequence[Attribute]]]
    style: str = ""


def geopackage_bytes(layers: Iterable[Layer], when: str, step: Callable[[], None]) -> bytes:
    """The file. ``when``: ISO 8601, UTC. ``step`` is called now and then, and may raise."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.executescript(_TABLES)
        connection.executemany(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
            [
                ("Undefined cartesian", -1, "NONE", -1, "undefined", None),
                ("Undefined geographic", 0, "NONE", 0, "undefined", None),
                ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84, "longitude/latitude in degrees"),
            ],
        )
        style_rows = [("layer_styles", "attributes", "layer_styles", "", when, None, None, None, None, None)]
        connection.executemany(f"INSERT INTO gpkg_contents VALUES ({_marks(10)})", style_rows)
        for layer in layers:
            connection.execute("BEGIN")
            _write_layer(connection, layer, when, step)
            connection.execute("COMMIT")
        return connection.serialize()
    finally:
        connection.close()


def _write_layer(connection: sqlite3.Connection, layer: Layer, when: str, step: Callable[[], None]) -> None:
    boxes = [shape.box for shape, _ in layer.rows if shape is not None]
    extent = _around(boxes) if boxes else (None, None, None, None)
    data_type, srs = ("features", 4326) if layer.kind else ("attributes", None)
    contents = (layer.name, data_type, layer.title, "", when, *extent, srs)
    connection.execute(f"INSERT INTO gpkg_contents VALUES ({_marks(10)})", contents)
    columns = "".join(f", {_quoted(name)} {type_}" for name, type_ in layer.columns)
    geometry = f", geom {layer.kind}" if layer.kind else ""
    connection.execute(f"CREATE TABLE {_quoted(layer.name)} (fid INTEGER PRIMARY KEY AUTOINCREMENT{geometry}{columns})")
    if layer.kind:
        place = (layer.name, "geom", layer.kind, 4326, 0, 0)
        connection.execute(f"INSERT INTO gpkg_geometry_columns VALUES ({_marks(6)})", place)
    if layer.style:
        look = (None, "", "", layer.name, "geom", layer.title[:30], layer.style, "", 1, "", "", None, when)
        connection.execute(f"INSERT INTO layer_styles VALUES ({_marks(13)})", look)
    insert = f"INSERT INTO {_quoted(layer.name)} VALUES ({_marks(1 + bool(layer.kind) + len(layer.columns))})"
    for start in range(0, len(layer.rows), _STEP_ROWS):
        step()
        chunk = layer.rows[start : start + _STEP_ROWS]
        connection.executemany(insert, [(None, *_geometry(layer, shape), *values) for shape, values in chunk])


def _geometry(layer: Layer, shape: Shape | None) -> tuple[bytes | None, ...]:
    """As the standard wants it: ``GP``, version, flags (little endian, with a box), reference system, box, WKB."""
    if not layer.kind:
        return ()
    if shape is None:
        return (None,)
    west, south, east, north = shape.box
    return (b"GP" + struct.pack("<BBi4d", 0, 0b11, 4326, west, east, south, north) + shape.wkb,)


def _around(boxes: Sequence[Box]) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
