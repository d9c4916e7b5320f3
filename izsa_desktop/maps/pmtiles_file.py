"""Tiles out of a PMTiles file, version 3 (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md).

The library reads header and directories; how much is read and unpacked is bounded here. Read, not mapped into memory:
a stick that is pulled is an error then, and not the end of the program.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from pmtiles.tile import (
    Compression,
    Entry,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)

from izsa_desktop.domain.errors import BadBaseMap
from izsa_desktop.domain.tiles import MAX_TILE, VECTOR, TileInfo, tile_info, unpacked

_HEADER = 127
_MAX_DIRECTORY = 1024 * 1024
_ENDLESS = re.compile(rb"[\x80-\xff]{10}")
"""No number of a directory has so many bytes."""
_DEPTH = 4
_DIRECTORIES = 64
"""Directories that are kept: unpacking one takes longer than all else of a tile."""
_EXTENSIONS = {TileType.PNG: "png", TileType.JPEG: "jpg", TileType.WEBP: "webp", TileType.MVT: VECTOR}


class Pmtiles:
    """A file that has been looked through."""

    def __init__(self, path: Path) -> None:
        """Raises BadBaseMap, OSError."""
        self._path = path
        try:
            header = deserialize_header(self._read(0, _HEADER))
        except (MagicNumberNotFound, SpecVersionUnsupported, ValueError, IndexError) as problem:
            raise BadBaseMap(type(problem).__name__) from None
        if header["internal_compression"] is not Compression.GZIP:
            raise BadBaseMap("compression")
        if header["tile_compression"] not in (Compression.GZIP, Compression.NONE):
            raise BadBaseMap("compression")
        self._header = header
        self._directory = lru_cache(maxsize=_DIRECTORIES)(self._read_directory)
        west, south = header["min_lon_e7"] / 1e7, header["min_lat_e7"] / 1e7
        east, north = header["max_lon_e7"] / 1e7, header["max_lat_e7"] / 1e7
        self.info: TileInfo = tile_info(
            path.name,
            _EXTENSIONS.get(header["tile_type"], str(header["tile_type"])),
            (header["min_zoom"], header["max_zoom"]),
            (west, south, east, north),
            self._metadata(),
        )
        self._directory(header["root_offset"], header["root_length"])

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """One tile as the page takes it, or None where there is none. Raises BadBaseMap, OSError."""
        wanted = zxy_to_tileid(zoom, column, row)
        offset, length = self._header["root_offset"], self._header["root_length"]
        for _ in range(_DEPTH):
            found = find_tile(self._directory(offset, length), wanted)
            if found is None:
                return None
            if found.run_length:
                return unpacked(self._read(self._header["tile_data_offset"] + found.offset, found.length))
            offset, length = self._header["leaf_directory_offset"] + found.offset, found.length
        return None

    def _metadata(self) -> dict[str, Any]:
        packed = self._read(self._header["metadata_offset"], self._header["metadata_length"])
        try:
            told = json.loads(unpacked(packed))
        except (ValueError, RecursionError):
            raise BadBaseMap("metadata") from None
        return told if isinstance(told, dict) else {}

    def _read_directory(self, offset: int, length: int) -> list[Entry]:
        packed = self._read(offset, length)
        if _ENDLESS.search(unpacked(packed, _MAX_DIRECTORY)):  # the library has no limits of its own
            raise BadBaseMap("directory")
        try:
            found: list[Entry] = deserialize_directory(packed)
        except (ValueError, IndexError, EOFError, OSError, TypeError) as problem:
            raise BadBaseMap(type(problem).__name__) from None
        return found

    def _read(self, offset: int, length: int) -> bytes:
        if length > MAX_TILE:
            raise BadBaseMap("size")
        try:
            with self._path.open("rb") as file:
                file.seek(offset)
                return file.read(length)
        except (OverflowError, ValueError):
            raise BadBaseMap("offset") from None
