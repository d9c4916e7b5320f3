"""Statements that are compiled once and then asked of the driver itself.

For one row SQLAlchemy takes five times as long as SQLite does. What runs with every save, or for each of many rows,
is prepared; everything else is not worth it.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy.sql.elements import ClauseElement

from izsa_desktop.db import dialect


class Prepared:
    """One statement; its parameters are named by ``bindparam``, or by the columns of an insert."""

    def __init__(self, statement: ClauseElement) -> None:
        self._text, self._names = dialect.compiled(statement)
        self._values: Callable[[Mapping[str, Any]], Any] = itemgetter(*self._names) if self._names else tuple

    def run(self, driver: sqlite3.Connection, **values: Any) -> None:
        """For a change."""
        driver.execute(self._text, [values[name] for name in self._names])

    def run_many(self, driver: sqlite3.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """The same change with each of these parameters, of which it has several."""
        driver.executemany(self._text, map(self._values, rows))

    def all(self, driver: sqlite3.Connection, **values: Any) -> list[tuple[Any, ...]]:
        """Every row of the answer."""
        return driver.execute(self._text, [values[name] for name in self._names]).fetchall()

    def first(self, driver: sqlite3.Connection, **values: Any) -> tuple[Any, ...] | None:
        """The first row of the answer."""
        row: tuple[Any, ...] | None
        row = driver.execute(self._text, [values[name] for name in self._names]).fetchone()
        return row

    def value(self, driver: sqlite3.Connection, **values: Any) -> Any:
        """The first value of the first row; None where there is none."""
        row = self.first(driver, **values)
        return None if row is None else row[0]


class PreparedMany:
    """One question about many keys, ``... WHERE column IN (:keys)``, asked by some hundred of them at a time."""

    _AT_ONCE = 500
    """Of 32,766 parameters that a statement may have: more at once take no less time."""

    def __init__(self, statement: ClauseElement) -> None:
        """``statement``: with one parameter, in the brackets of an ``in_``."""
        text, _names = dialect.compiled(statement)
        assert text.count("(?)") == 1
        self._text = text.replace("(?)", f"({','.join('?' * self._AT_ONCE)})")

    def all(self, driver: sqlite3.Connection, keys: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of all answers."""
        remaining = iter(keys)
        while some := list(islice(remaining, self._AT_ONCE)):
            some += some[-1:] * (self._AT_ONCE - len(some))  # always the same statement
            yield from driver.execute(self._text, some)
