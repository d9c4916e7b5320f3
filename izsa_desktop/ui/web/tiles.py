"""Tiles for the page, read beside everything else so that neither the window nor a save waits for a stick.

Where there is no tile, or the file has gone, an empty one is answered: the base of the program is seen there.
"""

import base64
import json
import re
from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob

from izsa_desktop.domain.tiles import VECTOR
from izsa_desktop.usecases.base_map import TileSource

T = TypeVar("T")
_PATH = re.compile(r"/tiles/(\d{1,9})/(\d{1,2})/(\d{1,7})/(\d{1,7})\.(png|jpg|webp|mvt)")
_TYPES = {"png": b"image/png", "jpg": b"image/jpeg", "webp": b"image/webp", "mvt": b"application/x-protobuf"}
_NOTHING = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
"""A picture of one transparent dot."""


class RunBeside(Protocol):
    """``Tasks.run_beside``."""

    def __call__(self, owner: QObject, operation: Callable[[], T], done: Callable[[T], None], /) -> object: ...


class TileDoor:
    """Answers requests for tiles of one source, of which there may be none."""

    def __init__(self, run: RunBeside) -> None:
        self._run = run
        self._source: TileSource | None = None
        self._version = 0

    def put(self, source: TileSource | None) -> str:
        """Serve these tiles from now on; what the page is told of them, as JSON."""
        self._source = source
        self._version += 1  # what the page still asks of the last one is not found
        if source is None:
            return "null"
        info = source.info
        told = {
            "address": f"/tiles/{self._version}/{{z}}/{{x}}/{{y}}.{info.extension}",
            "vector": info.extension == VECTOR,
            "minZoom": info.min_zoom,
            "maxZoom": info.max_zoom,
            "bounds": info.bounds,
            "credit": info.credit,
            "layers": info.layers,
        }
        return json.dumps(told)

    def serve(self, path: str, job: QWebEngineUrlRequestJob) -> bool:
        """Answers in a while, if this is the address of a tile of now."""
        found, source = _PATH.fullmatch(path), self._source
        if found is None or source is None:
            return False
        version, zoom, column, row = map(int, found.groups()[:4])
        extension = found[5]
        inside = zoom <= source.info.max_zoom and max(column, row) < 1 << zoom
        if version != self._version or extension != source.info.extension or not inside:
            return False
        self._run(job, lambda: source.tile(zoom, column, row), lambda data: _reply(job, extension, data))
        return True


def _reply(job: QWebEngineUrlRequestJob, extension: str, data: bytes | None) -> None:
    if data is None and extension != VECTOR:
        data, extension = _NOTHING, "png"
    buffer = QBuffer(job)
    buffer.setData(data or b"")
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(_TYPES[extension], buffer)
