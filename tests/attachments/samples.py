"""Files to attach, made here byte by byte."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image

MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
GPS, MAKER, ARTIST = "38°27'K", "Ucuz Telefon", "Ayşe Yılmaz"


def container(members: Mapping[str, bytes]) -> bytes:
    """A ZIP with these members, the first one stored."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for n, (name, data) in enumerate(members.items()):
            made.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED if n else zipfile.ZIP_STORED)
    return target.getvalue()


def office(extension: str, extra: Mapping[str, bytes] | None = None, main: str = "") -> bytes:
    """A document of Word, Excel or PowerPoint as far as its container goes."""
    types = f'<Types><Override PartName="/main.xml" ContentType="{main or MAIN[extension]}"/></Types>'
    return container({"[Content_Types].xml": types.encode(), "word/main.xml": b"<w/>" * 50, **(extra or {})})


def open_document(kind: str, extra: Mapping[str, bytes] | None = None) -> bytes:
    """A document of LibreOffice as far as its container goes; ``kind``: text, spreadsheet, presentation."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return container({"mimetype": mimetype, "content.xml": b"<o/>" * 50, **(extra or {})})


def photo(size: tuple[int, int] = (640, 480), codec: str = "JPEG", **options: object) -> bytes:
    """A picture with a gradient: every corner has another colour."""
    target = io.BytesIO()
    small = Image.new("RGB", (2, 2))
    small.putdata([(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)])
    small.resize(size, Image.Resampling.BILINEAR).save(target, codec, **options)
    return target.getvalue()


def noise(size: tuple[int, int], codec: str = "JPEG", **options: object) -> bytes:
    """A picture that hardly compresses, as a photo of leaves."""
    target = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(target, codec, **options)
    return target.getvalue()


def telling_exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes into a photo: place, device, person, time."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = MAKER, ARTIST, orientation
    exif[0x8825] = {1: "N", 2: (38.0, 27.0, 44.0), 3: "E", 4: (27.0, 13.0, 3.0), 27: GPS.encode()}
    exif[0x8769] = {0x9003: "2026:04:23 10:20:30", 0xA431: "SERIAL-4711"}
    return exif


def png_bomb(width: int, height: int) -> bytes:
    """A few kilobytes that say they are an enormous picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def jpeg_of_size(width: int, height: int) -> bytes:
    """A small JPEG whose header says that it is larger."""
    data = bytearray(photo((16, 16)))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_of_size(width: int, height: int) -> bytes:
    """A small WebP whose header says that it is larger."""
    data = bytearray(photo((16, 16), "WEBP", quality=50))
    assert data[12:16] == b"VP8 "
    data[26:30] = struct.pack("<HH", width, height)
    return bytes(data)
