"""Tiles out of an MBTiles file (a SQLite database of others): read-only, as data, and never for long.

https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from izsa_desktop.domain.errors import BadBaseMap
from izsa_desktop.domain.tiles import MAX_TILE, VECTOR, Bounds, TileInfo, tile_info, unpacked

_STEPS = 2_000_000
"""Instructions of SQLite after which a question is given up: ``tiles`` may be any view that its maker wanted."""
_EXTENSIONS = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp", "pbf": VECTOR, "mvt": VECTOR}
_MAX_METADATA = 1024 * 1024
_TILE = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1"


class Mbtiles:
    """A file that has been looked through; every tile opens it anew, so that a stick may be pulled at any time."""

    def __init__(self, path: Path) -> None:
        """Raises BadBaseMap, OSError."""
        self._path = path
        path.stat()
        with _asking(path) as connection:
            rows = connection.execute(
                "SELECT name, value FROM metadata WHERE length(value) < ? LIMIT 200", (_MAX_METADATA,)
            )
            told: dict[str, Any] = {str(name): value for name, value in rows}
            zooms = tuple(
                connection.execute(f"SELECT zoom_level FROM tiles ORDER BY zoom_level {order} LIMIT 1").fetchone()
                for order in ("ASC", "DESC")
            )
        if None in zooms or not all(isinstance(zoom[0], int) for zoom in zooms):
            raise BadBaseMap("no tiles")
        lowest, highest = zooms[0][0], zooms[1][0]
        extension = _EXTENSIONS.get(str(told.get("format")).casefold(), str(told.get("format")))
        self.info: TileInfo = tile_info(
            path.name, extension, (lowest, highest), _bounds(told.get("bounds")), told | _more(told.get("json"))
        )

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """One tile as the page takes it, or None where there is none. Raises BadBaseMap, OSError."""
        self._path.stat()
        with _asking(self._path) as connection:
            found = connection.execute(_TILE, (zoom, column, (1 << zoom) - 1 - row)).fetchone()
        return unpacked(found[0]) if found is not None and isinstance(found[0], bytes) else None


@contextmanager
def _asking(path: Path) -> Iterator[sqlite3.Connection]:
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_TILE)
            connection.set_progress_handler(lambda: 1, _STEPS)
            yield connection
    except (sqlite3.Error, UnicodeDecodeError) as problem:
        raise BadBaseMap(str(problem)[:100]) from None


def _bounds(told: object) -> Bounds | None:
    if not isinstance(told, str):
        return None
    try:
        west, south, east, north = map(float, told.split(","))
    except ValueError:
        raise BadBaseMap("bounds") from None
    return west, south, east, north


def _more(told: object) -> dict[str, Any]:
    """The member of the metadata that is JSON, where vector tiles name their layers."""
    try:
        found = json.loads(told) if isinstance(told, str) else {}
    except (ValueError, RecursionError):
        raise BadBaseMap("metadata") from None
    return {"vector_layers": found.get("vector_layers")} if isinstance(found, dict) else {}
