"""Compression of text members: Zstandard, one frame that states its size, expanded to that size and no further."""

import zstandard

from izsa_desktop.domain.errors import Malformed, OverLimit

_LEVEL = 12
_MAGIC = b"\x28\xb5\x2f\xfd"
_WINDOW = 1 << 26


def shrink(data: bytes) -> bytes:
    """The data as one Zstandard frame."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(data)


def expand(data: bytes | memoryview, limit: int) -> bytes:
    """What ``shrink`` was given. Raises OverLimit before anything is expanded beyond ``limit``, or Malformed."""
    try:
        if bytes(data[:4]) != _MAGIC:
            raise Malformed("compression")
        frame = zstandard.get_frame_parameters(data)
        if frame.content_size in (zstandard.CONTENTSIZE_UNKNOWN, zstandard.CONTENTSIZE_ERROR):
            raise Malformed("compression")
        if frame.content_size > limit or frame.window_size > _WINDOW:
            raise OverLimit("expands_too_far", str(frame.content_size))
        decompressor = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
        if frame.content_size:
            expanded = decompressor.decompress(data, allow_extra_data=False)
        else:
            expanded = _nothing(decompressor, data)
    except zstandard.ZstdError as e:
        raise Malformed("compression", str(e)) from None
    if len(expanded) != frame.content_size:
        raise Malformed("compression")
    return expanded


def _nothing(decompressor: zstandard.ZstdDecompressor, data: bytes | memoryview) -> bytes:
    """What is in a frame that says it is empty, of which the library's own check would look at no byte."""
    if found := decompressor.stream_reader(data).read(1):
        return found
    frame = decompressor.decompressobj()
    frame.decompress(data)
    if not frame.eof or frame.unused_data:
        raise Malformed("compression")
    return b""
