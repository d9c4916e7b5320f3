"""Compression of text members: Zstandard, one frame that states its size, expanded to that size and no further."""

import zstandard

from izsa_desktop.domain.errors import Malformed, OverLimit

_LEVEL = 12
_MAGIC = b"\x28\xb5\x2f\xfd"
_WINDOW = 64 * 1024 * 1024


def shrink(data: bytes) -> bytes:
    """The data as one Zstandard frame."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(data)


def expand(data: bytes | memoryview, limit: int) -> bytes:
    """What ``shrink`` was given. Raises OverLimit before anything is expanded beyond ``limit``, or Malformed."""
    try:
        if bytes(data[:4]) != _MAGIC:
            raise Malformed("compression")
        frame = zstandard.get_frame_parameters(data)
        if frame.content_size in (zstandard.CONTENTSIZE_UNKNOWN, zstandard.CONTENTSIZE_ERROR) or frame.dict_id:
            raise Malformed("compression")
        if frame.content_size > limit or frame.window_size > _WINDOW:
            raise OverLimit("expands_too_far", str(frame.content_size))
        if not frame.content_size:  # the library would not look at what follows
            expanded = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(data).read(1)
        else:
            expanded = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompress(data, allow_extra_data=False)
    except zstandard.ZstdError as e:
        raise Malformed("compression", str(e)) from None
    if len(expanded) != frame.content_size:
        raise Malformed("compression")
    return expanded
