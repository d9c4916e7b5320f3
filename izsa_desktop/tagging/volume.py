"""A PDF that is written from front to back: what has been written is on the disk and takes no memory any more.

Objects are numbered here, may name each other before they are written, and are packed together (object streams of PDF
1.5). Parts of other PDFs are copied with whatever they refer to.
"""

import hashlib
import re
import secrets
import zlib
from array import array as numbers
from collections.abc import Iterable
from typing import BinaryIO, Final

from pikepdf import Object, Pdf, Stream

_PACK: Final = 200
"""Objects that are compressed together."""
_SEEN_FROM: Final = 2_000
"""From so many bytes on, a stream that was written before is not written again: logos, letters."""
_REFERENCE: Final = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>|(\d+) \d+ R\b", re.DOTALL)
"""A text, which may say anything, or a reference."""
_LENGTH: Final = re.compile(rb"/Length \d+(?: \d+ R)?")
_OFFSET_BYTES: Final = 5


class Volume:
    """Writes to ``out``, which is at its beginning. ``end`` makes it a PDF."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0
        self._places = numbers("q", [0])
        """Where each object is: its offset or, below zero, its pack and its place in that."""
        self._packed: list[tuple[int, bytes]] = []
        self.seen: dict[bytes, int] = {}
        """Streams that may come again, by what they are."""
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """A number for an object that comes later."""
        self._places.append(0)
        return len(self._places) - 1

    def put(self, content: bytes, number: int = 0) -> int:
        """Writes an object that is no stream."""
        number = number or self.reserve()
        self._packed.append((number, content))
        if len(self._packed) == _PACK:
            self._pack()
        return number

    def stream(self, entries: bytes, data: bytes, number: int = 0) -> int:
        """Writes a stream: the entries of its dictionary, and its content as it is."""
        number = number or self.reserve()
        self._places[number] = self._at
        self._write(b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, entries, len(data)))
        self._write(data, b"\nendstream endobj\n")
        return number

    def pressed(self, entries: bytes, data: bytes, number: int = 0) -> int:
        """Writes a stream, compressed."""
        return self.stream(entries + b"/Filter/FlateDecode", zlib.compress(data, 6), number)

    def end(self, catalog: int, information: int) -> None:
        """Writes what is still held, and the table of all objects."""
        self._pack()
        table = self.reserve()
        self._places[table] = start = self._at
        rows = bytearray()
        for place in self._places:
            if place < 0:
                pack, index = divmod(-place - 1, _PACK)
                rows += b"\x02" + pack.to_bytes(_OFFSET_BYTES, "big") + index.to_bytes(1, "big")
            else:
                rows += (b"\x01" if place else b"\x00") + place.to_bytes(_OFFSET_BYTES, "big") + b"\x00"
        mark = secrets.token_hex(16).encode()
        entries = b"/Type/XRef/Size %d/W[1 %d 1]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode" % (
            *(len(self._places), _OFFSET_BYTES, catalog, information),
            *(mark, mark),
        )
        self.stream(entries, zlib.compress(bytes(rows), 6), table)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _pack(self) -> None:
        if not self._packed:
            return
        pack, at = self.reserve(), 0
        heads, bodies = [], []
        for index, (number, content) in enumerate(self._packed):
            self._places[number] = -(pack * _PACK + index) - 1
            heads.append(b"%d %d" % (number, at))
            bodies.append(content)
            at += len(content) + 1
        head = b" ".join(heads) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(heads), len(head))
        self._packed = []
        self.pressed(entries, head + b"\n".join(bodies), pack)

    def _write(self, *parts: bytes) -> None:
        for part in parts:
            self._out.write(part)
            self._at += len(part)


class Copier:
    """Copies objects of one PDF. ``known``: numbers of those that are written by others, or not at all."""

    def __init__(self, volume: Volume, source: Pdf) -> None:
        self._volume, self.source = volume, source
        self.known: dict[int, int] = {}
        self._waiting: list[int] = []

    def number(self, old: Object) -> int:
        """Of an object of the source; it is copied by ``copy``."""
        return self._number(old.objgen[0])

    def text(self, value: Object) -> bytes:
        """A value as it is written here."""
        return self._renumbered(value.unparse(resolved=True))

    def copy(self) -> None:
        """Writes all that was referred to."""
        while self._waiting:
            old = self._waiting.pop()
            one, number = self.source.get_object(old, 0), self.known[old]
            if not isinstance(one, Stream):
                self._volume.put(self.text(one), number)
                continue
            entries = _LENGTH.sub(b"", self._renumbered(one.stream_dict.unparse()))[2:-2]
            data = one.read_raw_bytes()
            if b"/Filter" in entries:
                self._volume.stream(entries, data, number)
            else:
                self._volume.pressed(entries, data, number)

    def _number(self, old: int) -> int:
        if old not in self.known:
            seen = self._volume.seen
            digest = self._digest(old)
            if digest in seen:
                self.known[old] = seen[digest]
            else:
                self.known[old] = self._volume.reserve()
                self._waiting.append(old)
                if digest:
                    seen[digest] = self.known[old]
        return self.known[old]

    def _digest(self, old: int) -> bytes:
        """What a stream is, when it is of some size and refers to nothing: then it needs to be written only once."""
        one = self.source.get_object(old, 0)
        if not isinstance(one, Stream):
            return b""
        entries, data = one.stream_dict.unparse(), one.read_raw_bytes()
        if len(data) < _SEEN_FROM or _names_others(entries):
            return b""
        return hashlib.sha256(entries + data).digest()

    def _renumbered(self, text: bytes) -> bytes:
        return _REFERENCE.sub(self._replaced, text)

    def _replaced(self, found: "re.Match[bytes]") -> bytes:
        return b"%d 0 R" % self._number(int(found[1])) if found[1] else found[0]


def _names_others(text: bytes) -> bool:
    return any(found[1] for found in _REFERENCE.finditer(text))


def pdf_text(said: str) -> bytes:
    """A text as PDFs write it: of few signs as it is, else in UTF-16."""
    if said.isascii() and said.isprintable() and not set(said) & set("()\\"):
        return b"(%s)" % said.encode("ascii")
    return b"<FEFF%s>" % said.encode("utf-16-be").hex().upper().encode("ascii")


def array(values: Iterable[bytes]) -> bytes:
    """Values as a list."""
    return b"[" + b" ".join(values) + b"]"


def reference(number: int) -> bytes:
    """What stands for another object."""
    return b"%d 0 R" % number


def written(value: float) -> bytes:
    """A number, exact to a thousandth of a point."""
    return f"{value:.3f}".rstrip("0").rstrip(".").encode("ascii")
