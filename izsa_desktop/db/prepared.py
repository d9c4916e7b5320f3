"""Statements that are compiled once and then asked of the driver itself.

For one row SQLAlchemy takes five times as long as SQLite does. What runs with every save, or for each of many rows,
is prepared; everything else is not worth it.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.sql.elements import ClauseElement

from izsa_desktop.db import dialect


class Prepared:
    """One statement; its parameters are named by ``bindparam``, or by the columns of an insert."""

    def __init__(self, statement: ClauseElement) -> None:
        self._text, self._names = dialect.compiled(statement)

    def run(self, driver: sqlite3.Connection, **values: Any) -> None:
        """For a change."""
        driver.execute(self._text, [values[name] for name in self._names])

    def run_many(self, driver: sqlite3.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """The same change with each of these parameters."""
        names = self._names
        driver.executemany(self._text, [[row[name] for name in names] for row in rows])

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
