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
from collections.abc import Iterable, Iterator, Mapping
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
_ODD_NUMBER = re.compile(rb"[0-9][.eE]|[0-9]{16}")
_ODD_ESCAPE = re.compile(rb"\\[ubfr]")
_ALL_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


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


class _Wire(msgspec.Struct, frozen=True):
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
    v: Literal[1, 2] = 1
    settles: tuple[str, ...] = ()
    erased: Erasure | None = None


class Revision(msgspec.Struct, frozen=True, kw_only=True):
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


def parse_revision(line: bytes) -> Revision:
    """The revision of one hostile line (without its newline).

    Raises Malformed, OverLimit or TooNew. A line is accepted only if it equals its own canonical re-encoding, which
    shuts out duplicate keys, NaN, odd number and escape forms, byte order marks and bad UTF-8.
    """
    if len(line) > MAX_LINE:
        raise OverLimit("line_too_long", str(len(line)))
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
    _check(value, wire)
    if not _is_plain(line):
        require_plain(value)
    return _build(wire.erased.id if wire.erased else hashlib.sha256(line).hexdigest(), line, wire)


def _check(value: Mapping[str, Json], wire: _Wire) -> None:
    """What the types cannot say."""
    if len(wire.parents) > MAX_PARENTS:
        raise OverLimit("too_many_parents", str(len(wire.parents)))
    if wire.parents != sorted(set(wire.parents)) or not all(map(_HASH.fullmatch, wire.parents)):
        raise Malformed("revision_parents")
    if "v" not in value or wire.district != wire.rec.partition("/")[0] or has_invisible(wire.author):
        raise Malformed("revision_shape", "v, district, author")
    for name in wire.set:
        if not _REGISTER.fullmatch(name):
            raise Malformed("register_name", name[:40])
    names = list(wire.settles)
    if ("settles" in value and not names) or names != sorted(set(names)) or not wire.set.keys() >= set(names):
        raise Malformed("revision_shape", "settles")
    if (wire.v == ERASED_VERSION) != (wire.erased is not None):
        raise Malformed("revision_shape", "v, erased")
    if wire.erased is not None:
        _check_erasure(value, wire, wire.erased)


def _check_erasure(value: Mapping[str, Json], wire: _Wire, erased: Erasure) -> None:
    names = list(erased.registers)
    gone = all(name in wire.set and wire.set[name] is None and not NEVER_ERASED.fullmatch(name) for name in names)
    if not names or names != sorted(set(names)) or not gone or has_invisible(erased.who):
        raise Malformed("revision_shape", "erased")
    if erased.sha256 != erased_sum(value):
        raise Malformed("erased_sum", erased.id)


def _is_plain(line: bytes) -> bool:
    """True when it can be seen from a canonical line's bytes that no value in it is one that is not allowed.

    ``require_plain`` decides about all others: it looks at every value, which takes ten times as long.
    """
    spelled = line.replace(b"\\\\", b"").replace(b'\\"', b"")
    bare = b"".join(spelled.split(b'"')[::2])  # without strings
    brackets = bare.translate(None, _ALL_BUT_BRACKETS)
    for _round in range(MAX_DEPTH):
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    odd = brackets or _ODD_NUMBER.search(bare) or b"\x7f" in line or (b"\\" in spelled and _ODD_ESCAPE.search(spelled))
    if odd or line.isascii():
        return not odd
    text = line.decode()
    return len(text.encode("utf-16-le")) == 2 * len(text) and not has_control(text)  # all of the basic plane


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
