"""The container: a zip of stored members that has exactly one byte form for its content.

A reader opens it with any zip tool; ours builds it again from what it read and compares the bytes. So nothing can hide
in comments, extra fields, order, doubled or overlapping members, and there is nothing to decompress.
"""

import io
import zipfile
from collections.abc import Mapping

from izsa_desktop.domain.errors import Malformed


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
