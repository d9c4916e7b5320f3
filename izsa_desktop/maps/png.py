"""Pixels as a PNG file that says how large it is on paper. Written in bands, so that it can tell how far it is."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

_BAND = 200
_TRUE_COLOUR = 2
_INCH_M = 0.0254


@dataclass(frozen=True, slots=True)
class Pixels:
    """Rows of red, green and blue, a byte each; every row begins ``stride`` bytes after the one before it."""

    width: int
    height: int
    stride: int
    data: memoryview | bytes


def png(pixels: Pixels, dpi: int, progress: Callable[[int, int], object]) -> bytes:
    """The file's bytes. ``progress`` is called with the rows done and all rows; what it raises ends the work."""
    header = struct.pack(">IIBBBBB", pixels.width, pixels.height, 8, _TRUE_COLOUR, 0, 0, 0)
    per_metre = round(dpi / _INCH_M)
    packed = zlib.compressobj()
    parts = []
    for start in range(0, pixels.height, _BAND):
        progress(start, pixels.height)
        parts.append(packed.compress(_rows(pixels, start, min(start + _BAND, pixels.height))))
    progress(pixels.height, pixels.height)
    parts.append(packed.flush())
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
            _chunk(b"IDAT", b"".join(parts)),
            _chunk(b"IEND", b""),
        )
    )


def _rows(pixels: Pixels, start: int, end: int) -> bytes:
    """Rows as the format has them: each after a byte that says "as it is"."""
    length = 3 * pixels.width
    at = (pixels.stride * row for row in range(start, end))
    return b"".join(b"\0" + bytes(pixels.data[offset : offset + length]) for offset in at)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
