"""The container: a zip of stored members that has exactly one byte form for its content.

A reader opens it with any zip tool; ours builds it again from what it read and compares the bytes. So nothing can hide
in comments, extra fields, order, doubled or overlapping members, and there is nothing to decompress. Before zipfile
builds its list of members, the directory is known to be small: a file of nothing but directory would fill the memory.
"""

import io
import struct
import zipfile
from collections.abc import Mapping

from izsa_desktop.domain.errors import Malformed

MAX_DIRECTORY = 1024 * 1024
"""Bytes of the zip's directory; a member takes about 100."""
_END = struct.Struct("<4s4H2LH")


def pack(members: Mapping[str, bytes]) -> bytes:
    """The canonical zip of these members, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, content)
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The members of a canonical zip. Raises Malformed for everything else."""
    _check_end(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if any(i.compress_type != zipfile.ZIP_STORED or i.file_size != i.compress_size for i in infos) or (
                sum(info.file_size for info in infos) > len(data)
            ):
                raise Malformed("container")
            members = {info.filename: archive.read(info) for info in infos}
        again = pack(members)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, NotImplementedError, OverflowError) as e:
        raise Malformed("container", type(e).__name__) from None
    if again != data:
        raise Malformed("container")
    return members


def _check_end(data: bytes) -> None:
    """The end record is the last thing, there is no ZIP64 one, and the directory is no larger than it need be."""
    end = data[-_END.size :]
    if len(end) < _END.size or data[-_END.size - 20 :].startswith(b"PK\6\7"):
        raise Malformed("container")
    mark, *_, directory_size, _offset, comment_size = _END.unpack(end)
    if mark != b"PK\5\6" or comment_size or directory_size > MAX_DIRECTORY:
        raise Malformed("container")
