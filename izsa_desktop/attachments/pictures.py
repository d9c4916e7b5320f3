"""Decoding pictures that strangers made: how large they are is read before anything is decoded, and limited.

The limits keep the process below 300 MB whatever the picture says (a test measures it). A phone's JPEG may be large,
because its decoder can give a smaller picture straight away; others must be decoded whole.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from izsa_desktop.attachments.bare import DamagedPictureError, bare, taken_from
from izsa_desktop.attachments.kinds import JPEG, MAX_FILE, WEBP, FileKind
from izsa_desktop.domain.errors import AttachmentRefused

THUMBNAIL = 256
"""Pixels of a thumbnail's longer side."""
_PIXELS = {
    "JPEG": 250_000_000,
    "PROGRESSIVE": 36_000_000,
    "PNG": 36_000_000,
    "CONVERTED": 16_000_000,
    "WEBP": 16_000_000,
}
"""Width times height by what decoding costs: 4 bytes each, for a JPEG only of the picture asked for; a progressive JPEG
6, colours that must be converted and WebP 12."""
_STEPS = ((2560, 85), (2560, 75), (1920, 75), (1280, 70))
"""Longer side in pixels and quality, tried in turn until a picture is small enough to keep."""

Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit warns at one size and fails at another; ours is checked below


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture as it is kept."""

    kind: FileKind
    data: bytes
    shrunk: bool


def keep(name: str, kind: FileKind, data: bytes) -> Kept:
    """The picture without its place and device, made smaller where it is too large to keep.

    ``name`` names it in errors. Raises AttachmentRefused.
    """
    try:
        data = bare(kind, data)
    except DamagedPictureError as e:
        raise AttachmentRefused(name, "damaged") from e
    if len(data) <= MAX_FILE:
        return Kept(kind, data, shrunk=False)
    for side, quality in _STEPS:
        smaller = _smaller(name, kind, data, side, quality)
        if len(smaller) <= MAX_FILE:
            return Kept(JPEG, bare(JPEG, smaller), shrunk=True)
    raise AttachmentRefused(name, "too_large")


def thumbnail(name: str, kind: FileKind, data: bytes) -> bytes:
    """A small JPEG of the picture, the right way up. ``name`` names it in errors. Raises AttachmentRefused."""
    return _smaller(name, kind, data, THUMBNAIL, 82)


def smaller(name: str, kind: FileKind, data: bytes, side: int) -> bytes:
    """The picture as a JPEG of at most so many pixels on its longer side, for paper. Raises AttachmentRefused."""
    return _smaller(name, kind, data, side, 82)


def _smaller(name: str, kind: FileKind, data: bytes, side: int, quality: int) -> bytes:
    if kind is WEBP:
        _require_affordable(name, "WEBP", _webp_pixels(data))
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            _require_affordable(name, _cost(image), image.width * image.height)
            made = _flat(_reduced(image, side))
            exif = taken_from(image.info.get("exif", b""))
    except AttachmentRefused:
        raise
    except Exception as e:  # a decoder fed with anything fails with anything
        raise AttachmentRefused(name, "damaged") from e
    target = io.BytesIO()
    made.save(target, "JPEG", quality=quality, optimize=True, exif=_upright(exif) if side != THUMBNAIL else b"")
    return target.getvalue()


def _cost(image: Image.Image) -> str:
    if image.format in ("JPEG", "MPO"):
        return "PROGRESSIVE" if image.info.get("progressive") else "JPEG"
    return "PNG" if image.format == "PNG" and image.mode in ("L", "RGB") else "CONVERTED"


def _require_affordable(name: str, codec: str, pixels: int) -> None:
    if pixels > _PIXELS.get(codec, 0):
        raise AttachmentRefused(name, "too_many_pixels")


def _reduced(image: Image.Image, side: int) -> Image.Image:
    largest = max(image.size)
    image.draft("RGB", (max(1, image.width * side // largest), max(1, image.height * side // largest)))
    if image.mode not in ("L", "RGB", "RGBA"):
        image = image.convert("RGBA" if "transparency" in image.info or image.mode in ("LA", "PA") else "RGB")
    image.thumbnail((side, side))
    return ImageOps.exif_transpose(image)


def _flat(image: Image.Image) -> Image.Image:
    """Transparent parts on white: JPEG knows no transparency."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image).convert("RGB")


def _upright(exif: bytes) -> bytes:
    """The photo's data for a picture that has been turned."""
    found = Image.Exif()
    found.load(exif)
    found.pop(0x0112, None)
    return found.tobytes() if len(found) else b""


def _webp_pixels(data: bytes) -> int:
    """Width times height as the file's beginning says: opening it would already make room for them."""
    form, size = data[12:16], data[20:30]
    if form == b"VP8X":
        return (1 + int.from_bytes(size[4:7], "little")) * (1 + int.from_bytes(size[7:10], "little"))
    if form == b"VP8L":
        bits = int.from_bytes(size[1:5], "little")
        return (1 + (bits & 0x3FFF)) * (1 + (bits >> 14 & 0x3FFF))
    return (int.from_bytes(size[6:8], "little") & 0x3FFF) * (int.from_bytes(size[8:10], "little") & 0x3FFF)
