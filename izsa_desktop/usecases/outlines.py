"""The outlines of the districts that the office sets: on its map, and with its answers on everybody's.

They go with every answer until the district has confirmed one that held them. In force when the workplace is opened
next.
"""

from typing import TYPE_CHECKING

import msgspec

from izsa_desktop import reference
from izsa_desktop.db.reader import Reader
from izsa_desktop.db.writer import Writer
from izsa_desktop.domain.errors import BadOutlines, Malformed, OfficeOnly
from izsa_desktop.domain.outlines import NONE, read_outlines

if TYPE_CHECKING:
    from izsa_desktop.usecases.workplace import Workplace

_KEPT = "_outlines"
_SINCE = "_outlines_since"
"""The number of the PC's newest bundle when they came here: answers with greater ones hold them."""


def kept_outlines(reader: Reader) -> bytes:
    """The outlines in force, empty for the program's own."""
    kept = reader.kept(_KEPT).get(_KEPT, "").encode()
    return b"" if kept == NONE else kept


def count_outlines(workplace: "Workplace") -> int:
    """How many districts have an outline that the office has set: all or none."""
    with workplace.store.reading() as reader:
        kept = kept_outlines(reader)
    return len(msgspec.json.decode(kept)["features"]) if kept else 0


def check_outlines(data: bytes) -> int:
    """How many districts these outlines are of; 0 takes the program's own again. Raises BadOutlines."""
    return len(msgspec.json.decode(_read(data))["features"])


def set_outlines(workplace: "Workplace", data: bytes) -> int:
    """Takes outlines (GeoJSON), or with ``outlines.NONE`` the program's own again. Raises OfficeOnly, BadOutlines."""
    if not workplace.identity.office:
        raise OfficeOnly
    kept = _read(data)
    with workplace.store.writing() as writer:
        if kept != NONE or writer.kept(_KEPT):
            _keep(writer, kept, workplace.identity.replica)
    return len(msgspec.json.decode(kept)["features"])


def outlines_to_carry(reader: Reader, base: int) -> bytes:
    """What an answer holds whose reader has everything up to this number; empty where it has them already."""
    kept = reader.kept(_KEPT)
    return kept.get(_KEPT, "").encode() if base <= int(kept.get(_SINCE, "0")) else b""


def take_outlines(writer: Writer, replica: str, data: bytes) -> None:
    """Keeps outlines that came. Raises Malformed."""
    try:
        kept = read_outlines(data, _codes())
    except ValueError as e:
        raise Malformed("outlines", str(e)) from None
    if kept.decode() != writer.kept(_KEPT).get(_KEPT):
        _keep(writer, kept, replica)


def _keep(writer: Writer, kept: bytes, replica: str) -> None:
    last = writer.last_bundle(replica)
    writer.set_meta({_KEPT: kept.decode(), _SINCE: str(last.seq if last else 0)})


def _read(data: bytes) -> bytes:
    try:
        return read_outlines(data, _codes())
    except ValueError as e:
        raise BadOutlines(str(e)) from None


def _codes() -> list[str]:
    return [district.code for district in reference.load().districts]
