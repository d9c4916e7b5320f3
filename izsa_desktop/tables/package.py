"""Zip containers of office files: only named parts are unpacked, and never more than was agreed beforehand.

The sizes in the directory are checked first; because they may lie, unpacking itself stops at what they say.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from izsa_desktop.domain.errors import TableDamaged, TableEncrypted, TableTooBig
from izsa_desktop.tables.table import MAX_UNPACKED

MAX_PARTS = 10_000
MAX_DIRECTORY = 4 << 20
_END, _END_64, _END_SIZE = b"PK\x05\x06", b"PK\x06\x07", 22
_CHUNK = 1 << 18
_ENCRYPTED = 0x1
_MEGABYTE = 1 << 20


class Package:
    """An opened container. ``file`` names it in errors."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        _require_small_directory(data, file)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as e:
            raise TableDamaged(file, type(e).__name__) from e
        infos = self._zip.infolist()
        if len(infos) > MAX_PARTS:
            raise TableTooBig(file, MAX_UNPACKED // _MEGABYTE)
        self._parts = {info.filename.lstrip("/").lower(): info for info in infos}
        self._left = MAX_UNPACKED

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    def read(self, part: str, limit: int = 1 << 20) -> bytes:
        """A small part, whole. Raises TableDamaged, TableEncrypted, TableTooBig."""
        pieces: list[bytes] = []
        self._unpack(part, pieces.append, limit)
        return b"".join(pieces)

    def parse(self, part: str, handler: "Handler") -> None:
        """Hands a part's XML to a handler. Raises what ``read`` raises, and whatever the handler raises."""
        parser = safe_parser(self.file, handler)

        def feed(piece: bytes) -> None:
            parser.Parse(piece, False)

        try:
            self._unpack(part, feed, MAX_UNPACKED)
            parser.Parse(b"", True)
        except expat.ExpatError as e:
            raise TableDamaged(self.file, f"XML: {expat.ErrorString(e.code)}") from e

    def _unpack(self, part: str, take: Callable[[bytes], object], limit: int) -> None:
        info = self._parts.get(part.lower())
        if info is None:
            raise TableDamaged(self.file, part[:60])
        if info.flag_bits & _ENCRYPTED:
            raise TableEncrypted(self.file)
        if info.file_size > min(limit, self._left):
            raise TableTooBig(self.file, MAX_UNPACKED // _MEGABYTE)
        left = info.file_size
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    left -= len(piece)
                    self._left -= len(piece)
                    if left < 0:
                        raise TableDamaged(self.file, "zip")
                    take(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as e:
            raise TableDamaged(self.file, type(e).__name__) from e


def _require_small_directory(data: bytes, file: str) -> None:
    """Raises TableTooBig for a directory that alone would take too much memory, wherever a reader finds its end."""
    for place in {data.rfind(_END), len(data) - _END_SIZE}:
        if place >= 0 and data.startswith(_END, place):
            size = int.from_bytes(data[place + 12 : place + 16], "little")
            if size > MAX_DIRECTORY or data.startswith(_END_64, max(0, place - 20)):
                raise TableTooBig(file, MAX_UNPACKED // _MEGABYTE)


class Handler:
    """What happens at the beginning and end of an element and at text between; names come without their prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text within the innermost element."""


def safe_parser(file: str, handler: Handler) -> Any:
    """A parser that refuses document types, which office files never have: no entity, nothing fetched."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    local = _Local()

    def refuse(*_declaration: object) -> None:
        raise TableDamaged(file, "DOCTYPE")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: handler.start(local[name], attributes)
    parser.EndElementHandler = lambda name: handler.end(local[name])
    parser.CharacterDataHandler = handler.text
    return parser


class _Local(dict[str, str]):
    """Names without their prefix, looked up once each; a file that has no end of names is not kept."""

    def __missing__(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self) < 1000:
            self[name] = local
        return local


def attribute(attributes: dict[str, str], name: str) -> str:
    """The value of an attribute whatever its prefix."""
    found = attributes.get(name)
    if found is None:
        found = next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")
    return found
