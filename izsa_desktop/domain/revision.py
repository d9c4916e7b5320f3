"""Revisions: the only truth of the store. A grow-only set of them, each named by the hash of its own bytes.

A revision is one save: who wrote which registers of which record, having seen which earlier revisions. Its bytes are
the RFC 8785 (JCS) form of a JSON object, its id is the SHA-256 of those bytes. Numbers are whole (coordinates are 1e-7
degrees), so that every JSON library writes the same bytes. Members that this version does not know stay in the bytes
and therefore survive. The rules are written down for strangers in docs/bundle-format.md.

One thing may be taken away: what a register says, where it must be forgotten (``erasure``). Such a line says which id
it has always had, and vouches for its own bytes by a sum; who has the original can prove that nothing else is gone.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeAlias

import msgspec

from izsa_desktop.domain.errors import Malformed, OverLimit, Refused, TooNew
from izsa_desktop.domain.text import has_control, has_invisible

Json: TypeAlias = Any

VERSION = 1
ERASED_VERSION = 2
"""Of a line from which something was erased: readers that do not know of it must not take it for another save."""
PROJECT = "project"
DELETED = "_deleted"
"""The register that puts a record away."""
MAX_LINE = 256 * 1024
MAX_PARENTS = 64
MAX_DEPTH = 8
MAX_SAFE_INTEGER = 2**53 - 1
_MAX_SET = MAX_LINE - 10_000
"""For the registers of a line that this program writes, also after all of them were erased: the rest is for 64 parents
and two persons' words."""

NEVER_ERASED = re.compile(r"_.*|number")
"""Registers that hold nothing but the program's own marks."""

_HASH = re.compile(r"[0-9a-f]{64}")
_REGISTER = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ODD_ESCAPE = re.compile(rb"\\[ubfr]")
_INNERMOST = re.compile(rb"\[\]|\{\}")
_ALL_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_HARMLESS = bytes(set(range(0xF0)) - {0x7F, 0xEF})
"""Bytes of UTF-8 that begin no noncharacter and none beyond the basic plane, and are no control character."""
_LATER_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
_DIGITS = bytes(ord("0") if byte in b"0123456789" else 0 for byte in range(256))
_AT_ONCE = 200
"""Lines that are looked at together: more gain nothing, and one odd line makes all of them be read one by one."""
_MANY_DIGITS = b"0" * len(str(MAX_SAFE_INTEGER))
_LONG_NUMBER = re.compile(rb"[:,[]-?[0-9]{16}")  # or what looks like one within a text


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder()


class Erasure(msgspec.Struct, frozen=True):
    """What was taken out of a save afterwards, by whom and why; the registers are null now."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
    """The save's id: the hash of the line as it was written."""
    registers: tuple[str, ...]
    when: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")]
    who: Annotated[str, msgspec.Meta(max_length=200)]
    why: Annotated[str, msgspec.Meta(max_length=500)]
    sha256: str
    """Of the line without this member."""


class _Wire(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The members of a revision on the wire; others may stand beside them."""

    rec: Annotated[str, msgspec.Meta(pattern=r"^TUR035([0-9]{3})?/[0-9a-f]{32}\Z")]
    type: Annotated[str, msgspec.Meta(max_length=40)]
    district: str
    replica: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")]
    seq: Annotated[int, msgspec.Meta(ge=1, le=MAX_SAFE_INTEGER)]
    parents: list[str]
    set: dict[str, Json]
    author: Annotated[str, msgspec.Meta(max_length=200)]
    wall: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")]
    v: Literal[1, 2]
    settles: tuple[str, ...] = ()
    erased: Erasure | None = None


class Revision(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One save. ``registers`` is ``set`` on the wire; a value of None clears the register.

    ``seq`` counts the replica's own revisions from 1. ``wall`` is the writer's clock (UTC) and only ever shown.
    """

    id: str
    body: bytes
    """The canonical bytes, exactly as they travel."""
    record: str
    type: str
    district: str
    replica: str
    seq: int
    parents: tuple[str, ...]
    registers: Mapping[str, Json]
    author: str
    wall: str
    settles: tuple[str, ...] = ()
    """The registers in which a person has chosen one of several values that stood."""
    erased: Erasure | None = None


_stored_decoder = msgspec.json.Decoder(_Wire)
_plain_decoder = msgspec.json.Decoder(_Wire, float_hook=Decimal)
_plain_encoder = msgspec.json.Encoder(order="sorted")


def canonical(value: Json) -> bytes:
    """RFC 8785 bytes of a value of whole numbers, strings, booleans, None, lists and objects with BMP keys."""
    return _encoder.encode(value)


def new_revision(
    *,
    record: str,
    replica: str,
    seq: int,
    parents: tuple[str, ...],
    registers: Mapping[str, Json],
    author: str,
    wall: str,
    type_: str = PROJECT,
    settles: Iterable[str] = (),
) -> Revision:
    """A new revision by this replica; its district is the record's. ``settles`` are some of the registers."""
    district = record.partition("/")[0]
    parents, settles = tuple(sorted(parents)), tuple(sorted(settles))
    line = {
        "v": VERSION,
        "rec": record,
        "type": type_,
        "district": district,
        "replica": replica,
        "seq": seq,
        "parents": parents,
        "set": registers,
        "author": author,
        "wall": wall,
    }
    body = canonical(line | {"settles": settles} if settles else line)
    return Revision(
        id=hashlib.sha256(body).hexdigest(),
        body=body,
        record=record,
        type=type_,
        district=district,
        replica=replica,
        seq=seq,
        parents=parents,
        registers=registers,
        author=author,
        wall=wall,
        settles=settles,
    )


def fitting(registers: Mapping[str, Json]) -> Iterator[dict[str, Json]]:
    """What a save writes, in as many parts as it takes: each fits into a line, and so does what an erasure leaves.

    It does so too where the line names all of them once more, in ``settles``.
    """
    if 3 * len(canonical(registers)) <= _MAX_SET:  # nearly always, and the long way costs more than the save itself
        yield dict(registers)
        return
    part: dict[str, Json] = {}
    size = 0
    for name, value in registers.items():
        spelled = len(canonical(name))
        needs = 2 * spelled + max(len(canonical(value)) + 3, spelled + len("null,:,,"))  # erased, it is named again
        if part and size + needs > _MAX_SET:
            yield part
            part, size = {}, 0
        part[name] = value
        size += needs
    yield part


def trusted_revision(id_: str, body: bytes) -> Revision:
    """A revision from bytes that ``parse_revision`` accepted before, as they come out of the store."""
    return _build(id_, body, _stored_decoder.decode(body))


def _build(id_: str, body: bytes, wire: _Wire) -> Revision:
    return Revision(
        id=id_,
        body=body,
        record=wire.rec,
        type=wire.type,
        district=wire.district,
        replica=wire.replica,
        seq=wire.seq,
        parents=tuple(wire.parents),
        registers=wire.set,
        author=wire.author,
        wall=wire.wall,
        settles=wire.settles,
        erased=wire.erased,
    )


def is_sound(id_: str, body: bytes) -> bool:
    """True when the bytes are what the id stands for, or what an erasure left of it."""
    if hashlib.sha256(body).hexdigest() == id_:
        return True
    try:
        return parse_revision(body).id == id_
    except Refused:
        return False


def erased_sum(line: Mapping[str, Json]) -> str:
    """What the member ``sha256`` of a line's erasure must be."""
    erased = {name: value for name, value in line["erased"].items() if name != "sha256"}
    return hashlib.sha256(canonical({**line, "erased": erased})).hexdigest()


def parse_revisions(lines: Sequence[bytes]) -> Iterator[Revision]:
    """The revisions of hostile lines (without their newlines), in their order.

    Raises Malformed, OverLimit or TooNew. A line is accepted only if it equals its own canonical re-encoding, which
    shuts out duplicate keys, NaN, odd number and escape forms, byte order marks and bad UTF-8.
    """
    for first in range(0, len(lines), _AT_ONCE):
        some = lines[first : first + _AT_ONCE]
        if wires := _plain_wires(some):
            yield from map(_checked, some, wires)
        else:
            yield from map(parse_revision, some)


def parse_revision(line: bytes) -> Revision:
    """The revision of one hostile line. Raises as ``parse_revisions``."""
    if len(line) > MAX_LINE:
        raise OverLimit("line_too_long", str(len(line)))
    return _checked(line, _wire(line))


def _checked(line: bytes, wire: _Wire) -> Revision:
    """What neither the types nor the form of a line can say."""
    if wire.parents:
        if len(wire.parents) > MAX_PARENTS:
            raise OverLimit("too_many_parents", str(len(wire.parents)))
        if wire.parents != sorted(set(wire.parents)) or not all(map(_HASH.fullmatch, wire.parents)):
            raise Malformed("revision_parents")
    if wire.district != wire.rec.partition("/")[0] or has_invisible(wire.author):
        raise Malformed("revision_shape", "district, author")
    if not all(map(_is_register, wire.set)):
        raise Malformed("register_name", next(name[:40] for name in wire.set if not _is_register(name)))
    if wire.settles and (list(wire.settles) != sorted(set(wire.settles)) or not wire.set.keys() >= set(wire.settles)):
        raise Malformed("revision_shape", "settles")
    return _build(wire.erased.id if wire.erased else hashlib.sha256(line).hexdigest(), line, wire)


@lru_cache(maxsize=4096)  # a few dozen names stand in all lines
def _is_register(name: str) -> bool:
    return _REGISTER.fullmatch(name) is not None


def _plain_wires(lines: Sequence[bytes]) -> list[_Wire] | None:
    """What ordinary lines say, in a third of the time; None where there is any doubt about one of them.

    Lines that the members known here make again have no others, and no fractions: those would come out as texts.
    """
    text = b"\n".join((*lines, b""))
    if max(map(len, lines)) > MAX_LINE or not _is_plain(text):
        return None
    try:
        wires = _plain_decoder.decode_lines(text)
        same = _plain_encoder.encode_lines(wires) == text
    except (msgspec.DecodeError, UnicodeError, RecursionError, OverflowError, ValueError):
        return None
    return wires if same and all(wire.v == VERSION and wire.erased is None for wire in wires) else None


def _is_plain(text: bytes) -> bool:
    """True when it can be seen from the bytes of canonical lines that no value in them is one that is not allowed."""
    if text.translate(None, _HARMLESS) or (_MANY_DIGITS in text.translate(_DIGITS) and _LONG_NUMBER.search(text)):
        return False
    if b"\xc2" in text and _LATER_CONTROL.search(text):
        return False
    if b"\\" in text and _ODD_ESCAPE.search(text.replace(b"\\\\", b"")):
        return False
    brackets = text.translate(None, _ALL_BUT_BRACKETS)
    for _level in range(MAX_DEPTH):
        brackets = _INNERMOST.sub(b"", brackets)
    return not brackets


def _wire(line: bytes) -> _Wire:
    """What any line says, or why it is refused."""
    try:
        value = _decoder.decode(line)
        again = canonical(value)
    except (msgspec.DecodeError, UnicodeError, RecursionError, OverflowError, ValueError) as e:
        raise Malformed("line_not_json", type(e).__name__) from None
    if again != line or not isinstance(value, dict):
        raise Malformed("line_not_canonical")
    version = value.get("v")
    if type(version) is int and version > (ERASED_VERSION if "erased" in value else VERSION):
        raise TooNew("newer_records", str(version))
    try:
        wire = msgspec.convert(value, _Wire)
    except msgspec.ValidationError as e:
        raise Malformed("revision_shape", str(e)) from None
    if "settles" in value and not wire.settles:
        raise Malformed("revision_shape", "settles")
    if not (wire.v == ERASED_VERSION) == ("erased" in value) == (wire.erased is not None):
        raise Malformed("revision_shape", "v, erased")
    if wire.erased is not None:
        _check_erasure(value, wire, wire.erased)
    require_plain(value)
    return wire


def _check_erasure(value: Mapping[str, Json], wire: _Wire, erased: Erasure) -> None:
    names = list(erased.registers)
    gone = all(name in wire.set and wire.set[name] is None and not NEVER_ERASED.fullmatch(name) for name in names)
    if not names or names != sorted(set(names)) or not gone or has_invisible(erased.who):
        raise Malformed("revision_shape", "erased")
    if erased.sha256 != erased_sum(value):
        raise Malformed("erased_sum", erased.id)


def require_plain(value: Json, depth: int = 0) -> None:
    """Raises Malformed for fractions, large numbers, control characters and deep nesting, in keys too.

    What passes has the same bytes by ``canonical`` as by RFC 8785. Hence keys of the basic plane only: RFC 8785 sorts
    them by UTF-16 units, which beyond it are not in the order of code points.
    """
    fine = depth <= MAX_DEPTH
    if isinstance(value, str):
        fine = not has_control(value)
    elif isinstance(value, dict) and fine:
        for key, inner in value.items():
            fine = fine and not has_control(key) and not _ASTRAL.search(key)
            require_plain(inner, depth + 1)
    elif isinstance(value, list) and fine:
        for inner in value:
            require_plain(inner, depth + 1)
    elif isinstance(value, int):
        fine = abs(value) <= MAX_SAFE_INTEGER
    else:
        fine = value is None
    if not fine:
        raise Malformed("value_not_allowed")
