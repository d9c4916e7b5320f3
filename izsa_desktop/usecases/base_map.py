"""The richer base of the map: a file of tiles that a person has put in place. It is read where it lies.

Remembered on this computer alone; nothing of it travels, and without it the map has its own base.
"""

import logging
from pathlib import Path
from typing import Protocol

from izsa_desktop.db.mbtiles import Mbtiles
from izsa_desktop.domain.errors import BadBaseMap
from izsa_desktop.domain.tiles import TileInfo

_log = logging.getLogger(__name__)
_SQLITE, _PMTILES = b"SQLite format 3\0", b"PMTiles"


class TileSource(Protocol):
    """A file of tiles that was looked through."""

    info: TileInfo

    def tile(self, zoom: int, column: int, row: int, /) -> bytes | None:
        """A tile by zoom, column and row from the north; None where there is none, or none can be read any more."""


class _Mended:
    """A source whose file may go at any time."""

    def __init__(self, source: TileSource) -> None:
        self._source = source
        self.info = source.info

    def tile(self, zoom: int, column: int, row: int, /) -> bytes | None:
        try:
            return self._source.tile(zoom, column, row)
        except (BadBaseMap, OSError) as problem:
            _log.warning("no tile %d/%d/%d: %s", zoom, column, row, problem)
            return None


def open_base_map(path: Path) -> TileSource:
    """Looks through a PMTiles or MBTiles file. Raises BadBaseMap, OSError."""
    with path.open("rb") as file:
        begin = file.read(len(_SQLITE))
    if begin == _SQLITE:
        return _Mended(Mbtiles(path))
    if begin.startswith(_PMTILES):
        from izsa_desktop.maps.pmtiles_file import Pmtiles

        return _Mended(Pmtiles(path))
    raise BadBaseMap("neither PMTiles nor MBTiles")
