"""What may be attached, decided by content and by extension: both must name the same kind.

The list is short and every kind is proven by its structure, not guessed from its first bytes: a file that could also be
read as something else (a PDF with a ZIP behind it, a program in front of one) is refused. See ADR 10.
"""

from dataclasses import dataclass
from pathlib import PurePath

from izsa_desktop.attachments import office
from izsa_desktop.domain.errors import AttachmentRefused
from izsa_desktop.domain.text import fold

MAX_FILE = 5 << 20
"""Bytes of a stored file."""
MAX_PICTURE = 60 << 20
"""Bytes of a picture that is read in order to be made smaller."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file; the first extension is the one that copies get."""

    media_type: str
    extensions: tuple[str, ...]
    picture: bool = False


JPEG = FileKind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), picture=True)
PNG = FileKind("image/png", ("png",), picture=True)
WEBP = FileKind("image/webp", ("webp",), picture=True)
PDF = FileKind("application/pdf", ("pdf",))
OFFICE = tuple(FileKind(media_type, (extension,)) for extension, media_type in office.MEDIA_TYPES.items())
KINDS = (JPEG, PNG, WEBP, PDF, *OFFICE)
EXTENSIONS = tuple(extension for kind in KINDS for extension in kind.extensions)

_OFFICE_BY_EXTENSION = {kind.extensions[0]: kind for kind in OFFICE}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEIF = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_PDF_TAIL = 1024
_ZIP_TAIL = 22 + 0xFFFF


def looks_like_picture(head: bytes) -> bool:
    """True when the first bytes are those of a picture that may be attached."""
    return _picture(head) is not None


def recognise(name: str, data: bytes) -> FileKind:
    """What a file is by its content. ``name`` names it in errors. Raises AttachmentRefused."""
    picture = _picture(data)
    if picture is not None:
        return picture  # ``pictures`` rebuilds it: nothing but the picture remains
    if data.startswith(b"%PDF-"):
        _check_pdf(name, data)
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _OFFICE_BY_EXTENSION[office.recognise(name, data)]
    raise AttachmentRefused(name, _why_not(data))


def require_extension(name: str, kind: FileKind) -> None:
    """Raises AttachmentRefused when a file is called something else than it is."""
    if fold(PurePath(name).suffix.lstrip(".")) not in kind.extensions:
        raise AttachmentRefused(name, "extension")


def _picture(data: bytes) -> FileKind | None:
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    return None


def _check_pdf(name: str, data: bytes) -> None:
    if b"%%EOF" not in data[-_PDF_TAIL:]:
        raise AttachmentRefused(name, "damaged")
    if b"PK\x05\x06" in data[-_ZIP_TAIL:]:
        raise AttachmentRefused(name, "two_in_one")


def _why_not(data: bytes) -> str:
    if not data:
        return "empty"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return "heic"
    return "old_office" if data.startswith(_OLE) else "kind"
