"""Pictures without what is not picture: no place, no device, no names, no preview, nothing behind the end.

The picture itself is not coded anew, so it stays as good as it was. Of a photo's data only two things are kept: which
way up it is, and when it was taken.
"""

import contextlib
import re
import zlib
from collections.abc import Callable, Iterator

from PIL import Image

from izsa_desktop.attachments.kinds import JPEG, PNG, FileKind

_ORIENTATION, _EXIF_IFD, _TAKEN = 0x0112, 0x8769, 0x9003
_TAKEN_FORM = re.compile(r"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d")
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP", b"pHYS"}
_WEBP_KEPT = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"}
_WEBP_FLAGS = 0x30
"""Of the flags of an extended WebP: alpha and colour profile. The others announce what was left out."""
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT, _SCAN, _END = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE, 0xDA, 0xD9


class DamagedPictureError(ValueError):
    """The file is not what its beginning says."""


def bare(kind: FileKind, data: bytes) -> bytes:
    """The picture alone, byte for byte. The same again for one that is bare already. Raises DamagedPictureError."""
    strip: Callable[[bytes], bytes] = _bare_jpeg if kind is JPEG else _bare_png if kind is PNG else _bare_webp
    return strip(data)


def taken_from(exif: bytes) -> bytes:
    """A photo's data reduced to orientation and time; empty when there is neither."""
    found, kept = Image.Exif(), Image.Exif()
    with contextlib.suppress(Exception):  # written by every camera of the world; what cannot be read is not kept
        found.load(exif)
        way_up = found.get(_ORIENTATION)
        if way_up in range(2, 9):
            kept[_ORIENTATION] = way_up
        taken = str(found.get_ifd(_EXIF_IFD).get(_TAKEN, ""))
        if _TAKEN_FORM.fullmatch(taken):
            kept.get_ifd(_EXIF_IFD)[_TAKEN] = taken
            kept[_EXIF_IFD] = kept.get_ifd(_EXIF_IFD)
    return kept.tobytes() if len(kept) else b""


def _bare_jpeg(data: bytes) -> bytes:
    kept: list[bytes] = [b"\xff\xd8"]
    exif = b""
    for marker, segment in _jpeg_segments(data):
        if marker == _APP1 and segment[4:10] == b"Exif\0\0" and not exif:
            exif = taken_from(segment[4:])
        elif _is_picture(marker, segment):
            kept.append(segment)
    if exif:
        after_jfif = 2 if kept[1][1] == _APP0 else 1
        kept.insert(after_jfif, bytes((0xFF, _APP1)) + (len(exif) + 2).to_bytes(2, "big") + exif)
    return b"".join(kept)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of every segment after the first two bytes; a scan comes with its coded lines."""
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if data[at : at + 1] != b"\xff" or at + 1 >= len(data):
            raise DamagedPictureError
        marker = data[at + 1]
        if marker == _END:
            yield marker, b"\xff\xd9"
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(data):
            raise DamagedPictureError
        if marker == _SCAN:
            following = _NEXT_MARKER.search(data, end)
            if following is None:
                raise DamagedPictureError
            end = following.start()
        yield marker, data[at:end]
        at = end


def _is_picture(marker: int, segment: bytes) -> bool:
    if marker == _APP0:
        return segment[4:9] == b"JFIF\0"
    if marker == _APP2:
        return segment[4:16] == b"ICC_PROFILE\0"
    return marker == _APP14 or not (_APP0 <= marker <= _APP15 or marker == _COMMENT)


def _bare_png(data: bytes) -> bytes:
    kept: list[bytes] = [data[:8]]
    at, name = 8, b""
    while name != b"IEND":
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        chunk, name = data[at:end], data[at + 4 : at + 8]
        if len(chunk) != end - at or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise DamagedPictureError
        if name in _PNG_KEPT:
            kept.append(chunk)
        at = end
    return b"".join(kept)


def _bare_webp(data: bytes) -> bytes:
    kept: list[bytes] = [b"WEBP"]
    at, whole = 12, 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data):
        raise DamagedPictureError
    while at < whole:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        chunk = data[at : at + 8 + size]
        if len(chunk) != 8 + size or at + 8 + size > whole:
            raise DamagedPictureError
        if chunk[:4] == b"VP8X" and size:
            chunk = chunk[:8] + bytes((chunk[8] & _WEBP_FLAGS,)) + chunk[9:]
        if chunk[:4] in _WEBP_KEPT:
            kept.append(chunk + b"\0" * (size % 2))
        at += 8 + size + size % 2
    body = b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
