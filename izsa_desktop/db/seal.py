"""The seal: a hash over what has no hash of its own, kept in ``meta`` and written with every transaction.

``revision``, ``bundle`` and ``trust`` only grow, so each has a chain that goes on from the last row that was sealed:
a save costs the hashing of its own rows. ``meta`` and ``draft`` are small: each of their rows has a hash in the seal. A
row that was changed, added or taken away by anything but this program no longer fits it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

import msgspec

SEAL = "_seal"
_CHAINS = {
    "revision": "SELECT n, id, record, bundle FROM revision WHERE n > {} ORDER BY n",
    "bundle": """SELECT n, sha256, direction, kind, district, replica, seq, prev, revisions, moved, file
        FROM bundle WHERE n > {} ORDER BY n""",  # as version 0.1 sealed it
    "bundle/place": "SELECT n, addressee, follows, mode, base, carried FROM bundle WHERE n > {} ORDER BY n",
    "trust": "SELECT version, body, signature FROM trust WHERE version > {} ORDER BY version",
}
_SMALL = {
    "meta": ("key", f"SELECT key, value FROM meta WHERE key <> '{SEAL}'"),
    "draft": ("record", "SELECT record, value FROM draft WHERE TRUE"),
}
Rows = dict[str, dict[str, str]]


class Link(msgspec.Struct, frozen=True):
    """A chain up to its row ``last``."""

    last: int = 0
    sha256: str = ""


class Seal(msgspec.Struct, frozen=True):
    """``chains`` by the table that grows; ``rows`` by the table that is small, and by what names a row there."""

    chains: dict[str, Link]
    rows: Rows


class Asks(Protocol):
    """Answers a question in SQL with rows."""

    def __call__(self, question: str, values: Sequence[str] = (), /) -> Iterable[Any]: ...


class Renewal:
    """The seal within one transaction, which tells it of every row of a small table before it changes that row.

    So a save costs the hashing of what it writes; and what did not fit the seal before is not made good by being
    written over.
    """

    def __init__(self, ask: Asks) -> None:
        self._ask = ask
        self._kept = _kept(ask)
        self._seal = _read(self._kept) if self._kept else None
        self._fitted: dict[tuple[str, str], bool] = {}
        self._grown: set[str] = set()
        self._from_start = False

    def before(self, table: str, name: str) -> None:
        """This row is about to be written or taken away."""
        if self._seal is not None and (table, name) not in self._fitted:
            self._fitted[table, name] = _row(self._ask, table, name) == self._seal.rows.get(table, {}).get(name)

    def grown(self, table: str) -> None:
        """Rows have been added to this table that only grows."""
        self._grown |= {chain for chain in _CHAINS if chain.partition("/")[0] == table}

    def read_chains_again(self) -> None:
        """Rows that were sealed have been put right."""
        self._from_start = True

    def renewed(self) -> str:
        """The seal that fits what is there now; empty when the one that is kept does, or cannot be read."""
        if self._kept and self._seal is None:
            return ""
        chains = {} if self._seal is None or self._from_start else dict(self._seal.chains)
        for table in self._grown | (_CHAINS.keys() - chains.keys()):
            chains[table] = _link(self._ask, table, chains.get(table, Link()))
        rows = self._rows_after(self._seal) if self._seal else _rows(self._ask)
        fitting = msgspec.json.encode(Seal(chains, rows), order="deterministic").decode()
        return fitting if fitting != self._kept else ""

    def _rows_after(self, seal: Seal) -> Rows:
        rows = {table: dict(seal.rows.get(table, {})) for table in _SMALL}
        for (table, name), fitted in self._fitted.items():
            now = _row(self._ask, table, name)
            if not fitted:
                rows[table].setdefault(name, "")
            elif now is None:
                rows[table].pop(name, None)
            else:
                rows[table][name] = now
        return rows


def broken_rows(ask: Asks) -> list[tuple[str, str]]:
    """Rows of the small tables that do not fit the seal."""
    kept = _kept(ask)
    seal = _read(kept) if kept else None
    if seal is None:
        return []
    return [
        (table, name)
        for table, rows in _rows(ask).items()
        for name in sorted({*rows, *seal.rows.get(table, {})})
        if rows.get(name) != seal.rows.get(table, {}).get(name)
    ]


def broken(ask: Asks) -> Iterator[str]:
    """What does not fit the seal, in technical words; nothing where no seal was ever kept."""
    kept = _kept(ask)
    if not kept:
        return
    seal = _read(kept)
    if seal is None:
        yield "meta: the seal cannot be read"
        return
    for table in _CHAINS:
        if table in seal.chains and _link(ask, table, Link()) != seal.chains[table]:  # not: of an older version
            yield f"{table}: rows differ from the seal"
    yield from (f"{table} {name or 'of a new project'}: differs from the seal" for table, name in broken_rows(ask))


def _kept(ask: Asks) -> str:
    return next((str(row[0]) for row in ask(f"SELECT value FROM meta WHERE key = '{SEAL}'")), "")


def _read(kept: str) -> Seal | None:
    """None for one that is damaged itself."""
    try:
        return msgspec.json.decode(kept.encode("utf-8", "surrogateescape"), type=Seal)
    except msgspec.DecodeError:
        return None


def _link(ask: Asks, table: str, from_: Link) -> Link:
    last, sha256 = from_.last, from_.sha256
    for row in ask(_CHAINS[table].format(last)):
        last, sha256 = row[0], hashlib.sha256(sha256.encode() + _bytes(row)).hexdigest()
    return Link(last, sha256)


def _rows(ask: Asks) -> Rows:
    return {
        table: {str(row[0]): hashlib.sha256(_bytes(row)).hexdigest() for row in ask(question)}
        for table, (_, question) in _SMALL.items()
    }


def _row(ask: Asks, table: str, name: str) -> str | None:
    """The hash of one row; None where there is none."""
    column, question = _SMALL[table]
    found = ask(f"{question} AND {column} = ?", (name,))
    return next((hashlib.sha256(_bytes(row)).hexdigest() for row in found), None)


def _bytes(row: Iterable[Any]) -> bytes:
    """One row without doubt about where a value ends and of which kind it is."""
    return repr(tuple(row)).encode("utf-8", "backslashreplace")
