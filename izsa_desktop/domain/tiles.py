"""A map in tiles that a person has put beside the program: what is known of it, and what of it is believed.

Tiles are squares of a map as web maps have them (Web Mercator), by zoom, column and row from the north. They are either
pictures or Mapbox vector tiles. The file is as hostile as any other.
"""

import html
import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from izsa_desktop.domain.errors import BadBaseMap
from izsa_desktop.domain.text import visible

DEEPEST = 20
MAX_TILE = 4 * 1024 * 1024
"""Bytes of a tile, packed or not."""
VECTOR = "mvt"
EXTENSIONS = ("png", "jpg", "webp", VECTOR)
Bounds = tuple[float, float, float, float]
_IZMIR: Bounds = (26.0, 37.5, 28.8, 39.6)
_WORLD: Bounds = (-180.0, -90.0, 180.0, 90.0)
_CREDIT_LIMIT = 300
_MAX_LAYERS = 100
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class TileInfo:
    """``extension``: one of ``EXTENSIONS``. ``bounds``: west, south, east, north in degrees. ``credit``: plain text."""

    name: str
    extension: str
    min_zoom: int
    max_zoom: int
    bounds: Bounds
    credit: str
    layers: tuple[str, ...] = ()
    """Names of the layers of vector tiles."""


def tile_info(
    name: str, extension: str, zooms: tuple[int, int], bounds: Bounds | None, told: Mapping[str, Any]
) -> TileInfo:
    """What a file says of itself, looked through; ``told`` are its metadata. Raises BadBaseMap."""
    lowest, highest = zooms
    if extension not in EXTENSIONS:
        raise BadBaseMap(f"format {visible(extension)[:20]}")
    if not 0 <= lowest <= highest <= DEEPEST:
        raise BadBaseMap(f"zoom {lowest}-{highest}")
    west, south, east, north = bounds or _WORLD
    if not all(map(math.isfinite, (west, south, east, north))) or west >= east or south >= north:
        raise BadBaseMap("bounds")
    if west > _IZMIR[2] or east < _IZMIR[0] or south > _IZMIR[3] or north < _IZMIR[1]:
        raise BadBaseMap("not İzmir")
    layers = told.get("vector_layers")
    names = [one.get("id") for one in layers if isinstance(one, dict)] if isinstance(layers, list) else []
    return TileInfo(
        name=visible(name),
        extension=extension,
        min_zoom=lowest,
        max_zoom=highest,
        bounds=(west, south, east, north),
        credit=_plain(told.get("attribution")),
        layers=tuple(str(name)[:100] for name in names[:_MAX_LAYERS] if isinstance(name, str)),
    )


def _plain(credit: object) -> str:
    """A credit as text: files often have it as HTML."""
    text = html.unescape(_TAG.sub("", credit)) if isinstance(credit, str) else ""
    return visible(" ".join(text.split()))[:_CREDIT_LIMIT]


def unpacked(data: bytes, limit: int = MAX_TILE) -> bytes:
    """What gzip has packed, or the bytes themselves. Raises BadBaseMap beyond the limit."""
    if data[:2] == b"\x1f\x8b":
        opener = zlib.decompressobj(wbits=31)
        try:
            data = opener.decompress(data, limit)
        except zlib.error as problem:
            raise BadBaseMap(str(problem)) from None
        if opener.unconsumed_tail:
            raise BadBaseMap("size")
    if len(data) > limit:
        raise BadBaseMap("size")
    return data
