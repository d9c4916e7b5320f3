"""What filters, counts, orders and the map need of all projects, in memory: the numbers of rows by value, and columns.

A project is its row's number here. ``refresh`` brings the catalogue to what its reader sees: rows carry a stamp that
grows with every change, so what was written since, here or by another process, is read and nothing else. It is read
whole at first, after a rebuild, and after changes to very many rows. 100,000 projects take half a second and some
60 MB.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from threading import RLock
from typing import Any

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap
from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, Executable, func, select, type_coerce
from sqlalchemy.types import NullType

from izsa_desktop.db import dialect
from izsa_desktop.db.schema import CATALOGUED, SEPARATOR, STORED_FACETS, meta, project
from izsa_desktop.domain.facets import freshness
from izsa_desktop.domain.mapped import SPOT

Numbers = npt.NDArray[np.int64]

GENERATION = "_generation"
"""The setting that changes when all rows get new numbers."""
_WHOLE_AFTER = 2_000
_SHORT = 1 << 15
"""Fewer codes are sorted in a fifth of the time."""
_CACHED_WORDS = 64
_LEAST_LETTERS = 4
_DISTANCE: Any = OSA.distance
_PIECE = 10_000


class Coded:
    """A column in which few values repeat: ``of`` has for each row the place of its own in ``values``."""

    def __init__(self, values: Iterable[str] = (), of: npt.NDArray[np.int32] | None = None) -> None:
        self.values = list(values)
        self.of = np.zeros(0, dtype=np.int32) if of is None else of
        self._places = {value: place for place, value in enumerate(self.values)}

    @classmethod
    def made(cls, column: Sequence[str]) -> "Coded":
        """Of a value for each row."""
        values = list(dict.fromkeys(column))
        places = {value: place for place, value in enumerate(values)}
        return cls(values, np.fromiter(map(places.__getitem__, column), np.int32, len(column)))

    def at(self, numbers: Numbers, size: int) -> "Coded":
        """The same by the numbers of the rows, of which the greatest is below ``size``; nothing is the first value."""
        of = np.zeros(size, dtype=np.int32)
        of[numbers] = self.of
        return Coded(self.values, of)

    def put(self, n: int, value: str) -> None:
        """Another value for a row, for which there is room."""
        place = self._places.setdefault(value, len(self.values))
        if place == len(self.values):
            self.values.append(value)
        self.of[n] = place

    def some(self, numbers: Numbers) -> "Coded":
        """Of these rows, with the values that they have."""
        of = self.of[numbers]
        used = np.zeros(len(self.values), dtype=np.bool_)
        used[of] = True
        places = np.cumsum(used, dtype=np.int32) - 1
        return Coded([value for value, one in zip(self.values, used.tolist(), strict=True) if one], places[of])


@dataclass(frozen=True, slots=True)
class Spots:
    """What the map shows of some rows, column by column (``domain.mapped``)."""

    numbers: Numbers
    ids: npt.NDArray[np.object_]
    """As bytes."""
    labels: npt.NDArray[np.object_]
    """As bytes of UTF-8."""
    spots: npt.NDArray[Any]
    """See ``mapped.SPOT``."""
    shared: npt.NDArray[np.bool_]
    coded: dict[str, Coded]
    """By the names of ``MAP_CODES``."""


class Catalogue:
    """Of one store. Made empty; it costs nothing until it is first asked."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.live = BitMap()
        self.binned = BitMap()
        self.shared = BitMap()
        """Of other bodies: what the office's catalogue tells."""
        self.facets: dict[str, dict[str, BitMap]] = {}
        self._generation: str | None = None
        self._stamp = -1
        self._names: Numbers = _none()
        self._columns: dict[str, npt.NDArray[Any]] = {}
        self._coded: dict[str, Coded] = {}
        self._orders: dict[str, Numbers] = {}
        self._found: dict[tuple[str, ...], BitMap] = {}
        self._alike: dict[str, tuple[str, ...]] = {}
        self._words: list[str] | None = None
        self._starts: dict[int, list[str]] = {}
        self._fresh_on: date | None = None

    # --- keeping up -------------------------------------------------------------------------------------------------

    def refresh(self, connection: Connection) -> None:
        """Becomes what this connection's transaction sees."""
        generation = connection.scalar(select(meta.c.value).where(meta.c.key == GENERATION)) or ""
        stamp = connection.scalar(select(func.max(project.c.stamp))) or 0
        if (generation, stamp) == (self._generation, self._stamp):
            return
        changed = project.c.stamp > self._stamp
        grown = generation == self._generation and stamp > self._stamp
        if grown and (connection.scalar(select(func.count()).where(changed)) or 0) <= _WHOLE_AFTER:
            self._take_changes(_plain(connection, _ROWS.add_columns(project.c.id).where(changed)))
            self._learn(text for (text,) in _plain(connection, select(project.c.words).where(changed)))
        else:
            self._take_all(connection)
        self._names = np.array(dialect.column(connection, _BY_NAME), dtype=np.int64)
        self._generation, self._stamp = generation, stamp
        self._orders.clear()
        self._found.clear()
        self._alike.clear()
        self._fresh_on = None

    def _take_all(self, connection: Connection) -> None:
        columns = dialect.columns(connection, project, _READ, plain=("label",))
        numbers = np.array(columns["n"], dtype=np.int64)
        size = int(numbers.max(initial=0)) + 1
        self._words, self._starts = None, {}
        coded = {name: Coded.made(columns[name]) for name in dict.fromkeys((*STORED_FACETS, "confirmed", *MAP_CODES))}
        self.facets = {facet: _by_code(numbers, coded[facet]) for facet in (*STORED_FACETS, "confirmed")}
        self._coded = {name: coded[name].at(numbers, size) for name in MAP_CODES}
        self.binned, self.shared = (_rows(numbers[np.array(columns[one], dtype=np.bool_)]) for one in _MARKS)
        self.live = _rows(numbers) - self.binned - self.shared
        self._columns = {name: np.zeros(size, dtype=kind) for name, kind in _KINDS.items()}
        for name in _COPIED:
            self._columns[name][numbers] = columns[name]
        self._columns["spot"][numbers] = np.frombuffer(columns["spot"], dtype=SPOT)
        ids = dialect.columns(connection, project, ("n", "id"), plain=("id",))
        self._columns["id"][np.array(ids["n"], dtype=np.int64)] = ids["id"]

    def _take_changes(self, rows: Sequence[tuple[Any, ...]]) -> None:
        size = max((row[0] for row in rows), default=0) + 1
        for name, column in self._columns.items():
            if size > len(column):
                self._columns[name] = np.concatenate([column, np.zeros(size + 1000 - len(column), column.dtype)])
        for one in self._coded.values():
            if size > len(one.of):
                one.of = np.concatenate([one.of, np.zeros(size + 1000 - len(one.of), np.int32)])
        changed = BitMap(row[0] for row in rows)
        for rows_of in (
            self.live,
            self.binned,
            self.shared,
            *(rows_of for codes in self.facets.values() for rows_of in codes.values()),
        ):
            rows_of.difference_update(changed)
        for row in rows:
            self._take(dict(zip((*_READ, "id"), row, strict=True)))

    def _take(self, row: dict[str, Any]) -> None:
        n = row["n"]
        (self.shared if row["shared"] else self.binned if row["deleted"] else self.live).add(n)
        for facet, codes in self.facets.items():
            for code in row[facet].split(SEPARATOR):
                codes.setdefault(code, BitMap()).add(n)
        for name, one in self._coded.items():
            one.put(n, row[name])
        for name in _COPIED:
            self._columns[name][n] = row[name].encode() if name == "label" else row[name]
        self._columns["id"][n] = row["id"].encode()
        self._columns["spot"][n] = np.frombuffer(row["spot"], dtype=SPOT)[0]

    # --- words ------------------------------------------------------------------------------------------------------

    def with_word(self, connection: Connection, beginnings: tuple[str, ...]) -> BitMap:
        """The rows in which a word begins with one of these."""
        found = self._found.get(beginnings)
        if found is None:
            if len(self._found) >= _CACHED_WORDS:
                self._found.pop(next(iter(self._found)))
            found = self._found[beginnings] = BitMap(dialect.rows_with_word(connection, beginnings))
        return found

    def alike(self, connection: Connection, word: str) -> tuple[str, ...]:
        """Words that are there and differ from this one by a typing mistake, the likeliest first; three at most.

        One mistake in words of four letters and more, two from eight letters on. The word may be the beginning of one.
        """
        if len(word) < _LEAST_LETTERS:
            return ()
        if word not in self._alike:
            most = 1 if len(word) < 2 * _LEAST_LETTERS else 2
            found = _nearest(word, self.words(connection), most)
            found = found or _nearest(word, self._beginnings(connection, len(word)), most)
            nearest = min((distance for _, distance in found), default=0)
            self._alike[word] = tuple(dict.fromkeys(other for other, distance in found if distance == nearest))
        return self._alike[word]

    def words(self, connection: Connection) -> list[str]:
        """Every word that occurs, read when it is first asked for."""
        if self._words is None:
            self._words = dialect.known_words(connection)
        return self._words

    def _beginnings(self, connection: Connection, length: int) -> list[str]:
        if length not in self._starts:
            # Whole shorter words are among them, which have been looked through in vain: sorting them out takes longer.
            starts: set[str] = set()
            for some in _pieces(self.words(connection)):
                starts.update(map(itemgetter(slice(length)), some))
            self._starts = {length: list(starts)}
        return self._starts[length]

    def _learn(self, texts: Iterable[str]) -> None:
        if self._words is not None:
            self._words += {word for text in texts for word in text.split()}
            self._starts = {}

    # --- the map ----------------------------------------------------------------------------------------------------

    def spots(self, numbers: Numbers) -> Spots:
        """What the map shows of these rows, in their order, as far as they are there and not in the bin."""
        columns = self._columns
        there = np.zeros(len(columns["spot"]), dtype=np.bool_)
        there[np.frombuffer((self.live | self.shared).to_array(), dtype=np.uint32)] = True
        numbers = numbers[numbers < len(there)]
        numbers = numbers[there[numbers]]
        return Spots(
            numbers,
            columns["id"][numbers],
            columns["label"][numbers],
            columns["spot"][numbers],
            columns["shared"][numbers],
            {name: one.some(numbers) for name, one in self._coded.items()},
        )

    # --- facets and orders ------------------------------------------------------------------------------------------

    def codes(self, facet: str, today: date) -> dict[str, BitMap]:
        """The rows of each code of a facet."""
        if facet == "freshness" and self._fresh_on != today:
            classes: defaultdict[str, list[BitMap]] = defaultdict(list)
            for day, numbers in self.facets["confirmed"].items():
                classes[freshness(day, today)].append(numbers)
            self._fresh = {code: BitMap.union(*parts) for code, parts in classes.items()}
            self._fresh_on = today
        return self._fresh if facet == "freshness" else self.facets[facet]

    def ordered(self, numbers: BitMap, sort: str, districts: Sequence[str]) -> Numbers:
        """These rows in an order of ``filter.SORTS``; equal ones by name. ``districts``: codes in their order."""
        order = self._orders.get(sort)
        if order is None:
            order = self._orders[sort] = self._order(sort, districts)
        if len(numbers) == len(order):
            return order
        wanted = np.zeros(int(order.max(initial=0)) + 1, dtype=np.bool_)
        wanted[np.frombuffer(numbers.to_array(), dtype=np.uint32)] = True
        return order[wanted[order]]

    def _order(self, sort: str, districts: Sequence[str]) -> Numbers:
        names = self._names
        if sort == "name" or not len(names):
            return names
        if sort == "district":
            rank = np.full(len(self._columns["lacking"]), len(districts), dtype=np.int64)
            for place, code in enumerate(districts):
                rank[np.array(self.facets["district"].get(code, BitMap()).to_array(), dtype=np.int64)] = place
            return names[np.argsort(rank[names], kind="stable")]
        keys = self._columns[{"start": "started"}.get(sort, sort)][names]
        last_first = names[::-1][np.argsort(keys[::-1], kind="stable")]
        return last_first[::-1]  # greatest first, and still by name among equal ones


_KINDS: dict[str, Any] = {
    "started": "S10",
    "updated": "S20",
    "lacking": "i1",
    "label": "O",
    "spot": SPOT,
    "shared": "?",
    "id": "O",
}
_COPIED = tuple(name for name in _KINDS if name not in ("spot", "id"))
MAP_CODES = ("goal", "status", "district", "review", "confirmed", "vicinity", "dimension", "dates")
"""What the map shows by codes: of goals all that a project has, joined."""
_MARKS = ("deleted", "shared")
_READ = ("n", *CATALOGUED)
_ROWS = select(*(type_coerce(project.c[name], NullType()) for name in _READ))
_BY_NAME = select(project.c.n).order_by(project.c.sort_key, project.c.id)


def _nearest(word: str, words: list[str], most: int) -> list[tuple[str, float]]:
    """Three words at most that differ by no more than ``most``, the nearest first."""
    found: list[tuple[str, float]] = []
    for some in _pieces(words):
        near = process.extract(word, some, scorer=_DISTANCE, score_cutoff=most, limit=3)
        found += [(other, distance) for other, distance, _ in near]
    return sorted(found, key=itemgetter(1))[:3]


def _pieces(words: list[str]) -> Iterator[list[str]]:
    """Between two of these the window gets Python's lock: each takes a millisecond."""
    return (words[n : n + _PIECE] for n in range(0, len(words), _PIECE))


def _by_code(numbers: Numbers, joined: Coded) -> dict[str, BitMap]:
    """The rows of each code, from the joined codes of each row."""
    places: dict[str, int] = {}
    lists = [[places.setdefault(code, len(places)) for code in codes.split(SEPARATOR)] for codes in joined.values]
    counts = np.array([len(one) for one in lists], dtype=np.int64)
    codes = np.array([place for one in lists for place in one], dtype=np.int32)
    begins = np.cumsum(counts) - counts
    found: list[list[Numbers]] = [[] for _ in places]
    for step in range(int(counts.max(initial=0))):  # the first code of each row, then the second ones
        has = (counts > step)[joined.of]
        of = codes[begins[joined.of[has]] + step]
        order = np.argsort(of.astype(np.int16) if len(places) < _SHORT else of, kind="stable")
        ends = np.cumsum(np.bincount(of, minlength=len(places)))
        for some, rows in zip(found, np.split(numbers[has][order], ends[:-1]), strict=True):
            some.append(rows)
    return {code: _rows(np.concatenate(some)) for code, some in zip(places, found, strict=True)}


def _rows(numbers: Numbers) -> BitMap:
    made = array("I")
    made.frombytes(numbers.astype(np.uint32).tobytes())
    return BitMap(made)


def _plain(connection: Connection, query: Executable) -> Sequence[tuple[Any, ...]]:
    """Rows as the driver has them: 100,000 of SQLAlchemy's cost three times as much."""
    rows: Sequence[tuple[Any, ...]] = connection.execute(query).cursor.fetchall()
    return rows


def _none() -> Numbers:
    return np.zeros(0, dtype=np.int64)


def union(parts: Iterable[BitMap]) -> BitMap:
    """All rows of the parts."""
    return BitMap.union(BitMap(), *parts)
