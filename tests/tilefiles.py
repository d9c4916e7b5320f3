"""Files of tiles for tests: raster and vector, as PMTiles and as MBTiles."""

import gzip
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

IZMIR = (26.2, 37.8, 28.5, 39.4)
RED = (200, 30, 40)
Tile = tuple[int, int, int]
"""Zoom, column, row from the north."""
CREDIT = "<b>Örnek</b> &copy; tapu"


def red_square(_tile: Tile = (0, 0, 0)) -> bytes:
    """A tile that is one colour."""
    out = io.BytesIO()
    Image.new("RGB", (256, 256), RED).save(out, "PNG")
    return out.getvalue()


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _field(number: int, value: bytes | int) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def water_everywhere(_tile: Tile = (0, 0, 0)) -> bytes:
    """A vector tile whose layer ``water`` covers it (Mapbox vector tile 2.1)."""
    zigzag = [(n << 1) ^ (n >> 31) for n in (4096, 0, 0, 4096, -4096, 0)]
    square = b"".join(map(_varint, (9, 0, 0, 26, *(number & 0xFFFFFFFF for number in zigzag), 15)))
    feature = _field(3, 3) + _field(4, square)
    layer = _field(15, 2) + _field(1, b"water") + _field(2, feature) + _field(5, 4096)
    return _field(3, layer)


def covering(zooms: range, bounds: tuple[float, float, float, float] = IZMIR) -> Iterator[Tile]:
    """The tiles of these zooms over these bounds."""
    from math import asinh, pi, radians, tan

    west, south, east, north = bounds
    for zoom in zooms:
        size = 1 << zoom
        top, bottom = (int((1 - asinh(tan(radians(lat))) / pi) / 2 * size) for lat in (north, south))
        left, right = (int((lon + 180) / 360 * size) for lon in (west, east))
        yield from ((zoom, x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def pmtiles(
    path: Path, make: Callable[[Tile], bytes] = red_square, *, kind: str = "png", zooms: range = range(7, 9)
) -> Path:
    """Written by the reference implementation."""
    vector = kind == "mvt"
    west, south, east, north = (round(degrees * 1e7) for degrees in IZMIR)
    with path.open("wb") as file:
        writer: Any = Writer(file)  # type: ignore[no-untyped-call]  # pmtiles has none
        for tile in sorted(covering(zooms), key=lambda tile: zxy_to_tileid(*tile)):
            writer.write_tile(zxy_to_tileid(*tile), gzip.compress(make(tile)) if vector else make(tile))
        header: dict[str, Any] = {
            "tile_type": TileType.MVT if vector else TileType.PNG,
            "tile_compression": Compression.GZIP if vector else Compression.NONE,
            "min_zoom": zooms.start,
            "max_zoom": zooms.stop - 1,
            "min_lon_e7": west,
            "min_lat_e7": south,
            "max_lon_e7": east,
            "max_lat_e7": north,
        }
        writer.finalize(header, {"attribution": CREDIT, "vector_layers": [{"id": "water"}] if vector else []})
    return path


def mbtiles(
    path: Path,
    make: Callable[[Tile], bytes] = red_square,
    *,
    kind: str = "png",
    zooms: range = range(7, 9),
    said: dict[str, str] | None = None,
) -> Path:
    """After the specification 1.3; ``said`` replaces what the metadata says."""
    told = {"name": "Örnek", "format": kind, "bounds": ",".join(map(str, IZMIR)), "attribution": CREDIT}
    if kind == "pbf":
        told["json"] = json.dumps({"vector_layers": [{"id": "water", "fields": {}}]})
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        connection.execute(
            "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
        )
        connection.executemany("INSERT INTO metadata VALUES (?, ?)", (told | (said or {})).items())
        rows = [
            (z, x, (1 << z) - 1 - y, gzip.compress(make((z, x, y))) if kind == "pbf" else make((z, x, y)))
            for z, x, y in covering(zooms)
        ]
        connection.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        connection.commit()
    return path
