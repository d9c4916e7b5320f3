"""What was imported, kept so that it can be recognised and taken back: one value in the store for each import."""

import secrets
from typing import Any

import msgspec

from izsa_desktop.db.reader import Reader

_KEPT = "_import_batch/"


class BatchRow(msgspec.Struct, frozen=True, array_like=True):
    """One row: the key of its content, the record that came of it, the save that wrote it.

    ``before``: what the registers that the save wrote held until then; empty for a new record.
    """

    key: str
    record: str
    revision: str
    before: dict[str, Any] | None = None


class Batch(msgspec.Struct, frozen=True):
    """One import. ``made``: UTC; ``file``: its name only."""

    id: str
    made: str
    file: str
    rows: tuple[BatchRow, ...]


_decoder = msgspec.json.Decoder(Batch)


def new_batch_id(made: str) -> str:
    """Ids sort by time."""
    return f"{made}-{secrets.token_hex(4)}"


def kept_value(batch: Batch) -> dict[str, str]:
    """What is to be kept of it."""
    return {_KEPT + batch.id: msgspec.json.encode(batch).decode()}


def batch_key(id_: str) -> str:
    """Under which name it is kept."""
    return _KEPT + id_


def kept_batches(reader: Reader) -> list[Batch]:
    """All imports that can be recognised, the oldest first."""
    return [_decoder.decode(value) for _, value in sorted(reader.kept(_KEPT).items())]
