"""Rows of few numbers each, as three arrays: the little of sparse matrices that is needed here.

SciPy has all of it and more, for 100 MB in every installation.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"


class Rows:
    """``columns`` and ``values`` of row n are at ``starts[n]:starts[n + 1]``, no column twice."""

    def __init__(self, starts: Array, columns: Array, values: Array, width: int) -> None:
        self.starts = starts
        self.columns = columns
        self.values = values
        self.width = width

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, n: int) -> tuple[Array, Array]:
        """Columns and values of one row."""
        span = slice(self.starts[n], self.starts[n + 1])
        return self.columns[span], self.values[span]

    def pick(self, rows: Array) -> tuple[Array, Array, Array]:
        """Columns and values of these rows behind each other, and where each begins."""
        sizes = self.starts[rows + 1] - self.starts[rows]
        begins = np.concatenate(([0], np.cumsum(sizes)))
        places = np.arange(begins[-1]) + np.repeat(self.starts[rows] - begins[:-1], sizes)
        return self.columns[places], self.values[places], begins

    def turned(self) -> "Rows":
        """Columns as rows."""
        order = np.argsort(self.columns, kind="stable")
        rows = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))
        starts = np.searchsorted(self.columns[order], np.arange(self.width + 1))
        return Rows(starts, rows[order], self.values[order], len(self))


def rows_of(counted: Iterable[Mapping[int, float]], width: int) -> Rows:
    """Rows from mappings of column to value."""
    starts = [0]
    columns: list[int] = []
    values: list[float] = []
    for one in counted:
        columns.extend(one)
        values.extend(one.values())
        starts.append(len(columns))
    return Rows(np.array(starts), np.array(columns, np.int32), np.array(values, np.float32), width)


def sums(values: Array, begins: Array) -> Array:
    """The sum of each stretch of the values; zero for an empty one."""
    running = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    return running[begins[1:]] - running[begins[:-1]]


def rarity(rows: Rows) -> Array:
    """By column: how much it says that something has it, 1 for what all have."""
    holding = np.bincount(rows.columns, minlength=rows.width)
    return (np.log((1 + len(rows)) / (1 + holding)) + 1).astype(np.float32)


def weighted(rows: Rows, rare: Array, *, dampened: bool = True) -> Rows:
    """Counts as weights: rare columns weigh more, the second time less than the first; each row of length one."""
    counts = 1 + np.log(rows.values) if dampened else rows.values
    values = counts * rare[rows.columns]
    lengths = np.sqrt(sums(values * values, rows.starts))
    lengths[lengths == 0] = 1
    values = values / np.repeat(lengths, np.diff(rows.starts))
    return Rows(rows.starts, rows.columns, values.astype(np.float32), rows.width)


def shared(row: tuple[Array, Array], rows: Rows, others: Array) -> Array:
    """The products of a row (columns and values) with these others; not a number where one of the two is empty."""
    columns, values = row
    if not len(columns):
        return np.full(len(others), np.nan)
    vector = np.zeros(rows.width, np.float32)
    vector[columns] = values
    theirs, weights, begins = rows.pick(others)
    products = np.maximum(sums(vector[theirs] * weights, begins), 0)
    products[np.diff(begins) == 0] = np.nan
    return products


class Numbering(dict[str, int]):
    """Numbers for words, in the order in which they come first."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number

    def counted(self, words: Sequence[str]) -> dict[int, float]:
        """How often each comes."""
        return {self[word]: float(n) for word, n in Counter(words).items()}
