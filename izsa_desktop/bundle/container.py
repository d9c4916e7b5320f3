"""The container: a zip of stored members that has exactly one byte form for its content.

Any zip tool opens it. Our reader does not trust any: it walks the members from the first byte, knows for each what its
header must be, and compares the rest of the file with the directory that belongs to them. So nothing can hide in
comments, extra fields, order, doubled or overlapping members, there is nothing to decompress, and nothing is copied:
members are views into the file.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from izsa_desktop.domain.errors import Malformed

MAX_MEMBERS = 10_000
_VERSION = 20
_FIRST_DAY = 1 << 5 | 1  # 1980-01-01
_OWNER_ONLY = 0o600 << 16
_LOCAL = struct.Struct("<4s5H3L2H")
_BESIDE = struct.Struct("<3H2L")  # comment length, disk, internal attributes; external attributes, offset
_END = struct.Struct("<4s4H2LH")


def pack(members: Mapping[str, bytes | memoryview]) -> bytes:
    """The canonical zip of these members, in this order. Names are ASCII."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, content)
    return out.getvalue()


def unpack(data: bytes | memoryview) -> dict[str, memoryview]:
    """The members of a canonical zip, as views into it. Raises Malformed for everything else."""
    view = memoryview(data)
    members: dict[str, memoryview] = {}
    directory = bytearray()
    at = 0
    while bytes(view[at : at + 4]) == b"PK\3\4" and len(members) < MAX_MEMBERS:
        name, content, header = _member(view[at:])
        if name in members:
            raise Malformed("container")
        members[name] = content
        # The directory repeats the header from its version on, with more fields between its sizes and the name.
        fields = _BESIDE.pack(0, 0, 0, _OWNER_ONLY, at)
        directory += b"PK\1\2" + bytes([_VERSION, 0]) + header[4:] + fields + name.encode()
        at += len(header) + len(name) + len(content)
    end = _END.pack(b"PK\5\6", 0, 0, len(members), len(members), len(directory), at, 0)
    if view[at:] != bytes(directory) + end:
        raise Malformed("container")
    return members


def _member(view: memoryview) -> tuple[str, memoryview, bytes]:
    """Name and content of the member that begins here, and its header, which is what it must be."""
    try:
        *_, size, name_length, _extra = _LOCAL.unpack_from(view)
        start = _LOCAL.size + name_length
        name = bytes(view[_LOCAL.size : start]).decode("ascii")
    except (struct.error, UnicodeDecodeError):
        raise Malformed("container") from None
    content = view[start : start + size]
    sums = (zlib.crc32(content), len(content), len(content))
    header = _LOCAL.pack(b"PK\3\4", _VERSION, 0, 0, 0, _FIRST_DAY, *sums, len(name), 0)
    if not name or view[: _LOCAL.size] != header:
        raise Malformed("container")
    return name, content, header
