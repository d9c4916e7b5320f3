"""Documents of Word, Excel, PowerPoint and LibreOffice: ZIP containers with nothing in them that could run.

Python's own reader lets overlapping members, gaps and foreign bytes around the container pass; here the members must
lie one behind the other from the first byte to the directory, and the directory must end the file.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence

from izsa_desktop.domain.errors import AttachmentRefused

MAX_MEMBERS = 4_000
MAX_UNPACKED = 200 << 20
_MAX_INDEX = 1 << 20
_DESCRIPTOR = 24
"""The most bytes between two members: sizes that a writer only knew afterwards."""

_WORD, _OPEN = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
MEDIA_TYPES = {
    "docx": f"{_WORD}wordprocessingml.document",
    "xlsx": f"{_WORD}spreadsheetml.sheet",
    "pptx": f"{_WORD}presentationml.presentation",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "odp": f"{_OPEN}presentation",
}
_BY_MIMETYPE = {MEDIA_TYPES[extension]: extension for extension in ("odt", "ods", "odp")}
_MAIN_PARTS = {f"{MEDIA_TYPES[extension]}.main+xml": extension for extension in ("docx", "xlsx", "pptx")}
_RUNS = re.compile(
    r"vbaproject|vbadata|(^|/)(activex|basic|scripts)/|(^|/)embeddings/.*\.bin$|"
    r"\.(exe|dll|com|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|lnk|chm|py|sh)$",
    re.IGNORECASE,
)


def recognise(name: str, data: bytes) -> str:
    """The extension that the document should have. ``name`` names it in errors. Raises AttachmentRefused."""
    if data[-22:-18] != b"PK\x05\x06" or data[-2:] != b"\0\0":
        raise AttachmentRefused(name, "two_in_one" if b"PK\x05\x06" in data else "damaged")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            members = container.infolist()
            _check_members(name, members)
            _check_layout(name, data, members)
            return _document_kind(name, container)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, zlib.error, struct.error) as e:
        raise AttachmentRefused(name, "damaged") from e


def _check_members(name: str, members: Sequence[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise AttachmentRefused(name, "encrypted")
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise AttachmentRefused(name, "too_much_inside")
    if len({path.lower() for path in names}) != len(names) or not all(map(_plain, names)):
        raise AttachmentRefused(name, "damaged")
    if any(_RUNS.search(path) for path in names):
        raise AttachmentRefused(name, "runs")


def _plain(path: str) -> bool:
    """A relative path without anything that a file system could take for more."""
    return path.isprintable() and not re.search(r"^/|\\|:|(^|/)\.\.?(/|$)|//", path)


def _check_layout(name: str, data: bytes, members: Sequence[zipfile.ZipInfo]) -> None:
    """Nothing before, between, behind or on top of the members."""
    size, directory = struct.unpack("<II", data[-10:-2])
    end = 0
    for member in sorted(members, key=lambda m: m.header_offset):
        start = member.header_offset
        if not end <= start <= end + (_DESCRIPTOR if end else 0) or data[start : start + 4] != b"PK\x03\x04":
            raise AttachmentRefused(name, "two_in_one")
        lengths = struct.unpack("<HH", data[start + 26 : start + 30])
        end = start + 30 + sum(lengths) + member.compress_size
    if not end <= directory <= end + _DESCRIPTOR or directory + size != len(data) - 22:
        raise AttachmentRefused(name, "two_in_one")


def _document_kind(name: str, container: zipfile.ZipFile) -> str:
    names = container.namelist()
    if names and names[0] == "mimetype":
        found = _BY_MIMETYPE.get(_read(container, "mimetype").decode("ascii", "replace"))
    elif "[Content_Types].xml" in names:
        types = _read(container, "[Content_Types].xml").decode("utf-8", "replace")
        if "macroenabled" in types.lower():
            raise AttachmentRefused(name, "runs")
        found = next((extension for main, extension in _MAIN_PARTS.items() if f'"{main}"' in types), None)
    else:
        found = None
    if found is None:
        raise AttachmentRefused(name, "kind")
    return found


def _read(container: zipfile.ZipFile, member: str) -> bytes:
    with container.open(member) as file:
        return file.read(_MAX_INDEX)
