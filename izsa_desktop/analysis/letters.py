"""Texts by the letters within their words: runs of four and five, which see through endings and typing mistakes.

What two texts share is the sum of what their words share. So each word has its runs once, and a text only its words:
a tenth of the memory. How rare a run is, is counted over the words of the texts.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from izsa_desktop.analysis.sparse import Array, Numbering, Rows, rows_of, sums

_SIZES = (4, 5)


class Letters:
    """The texts of an index, by the counts of their words."""

    def __init__(self, words: Sequence[str], texts: Rows) -> None:
        """``words`` by number; ``texts``: how often each has which."""
        self._texts = texts
        self._numbers = Numbering()
        counted = [self._numbers.counted(list(_runs(word))) for word in words]
        self._runs = rows_of(counted, len(self._numbers))
        self._words = {word: n for n, word in enumerate(words)}
        holding = np.zeros(len(self._numbers))
        often = np.bincount(texts.columns, minlength=len(words))
        np.add.at(holding, self._runs.columns, np.repeat(often, np.diff(self._runs.starts)))
        rare = np.log((1 + len(texts)) / (1 + np.minimum(holding, len(texts)))) + 1
        self._rare2 = (rare * rare).astype(np.float32)
        self._lengths = np.array([self._length(n) for n in range(len(texts))])

    def _length(self, n: int) -> float:
        words, counts = self._texts.row(n)
        columns, values, begins = self._runs.pick(words)
        runs, into = np.unique(columns, return_inverse=True)
        often = np.bincount(into, values * np.repeat(counts, np.diff(begins)), len(runs))
        return float(np.sqrt(np.sum(often * often * self._rare2[runs])))

    def at(self, n: int) -> tuple[Array, float]:
        """One of the texts, ready to be compared: what each run weighs, and the length."""
        words, counts = self._texts.row(n)
        columns, values, begins = self._runs.pick(words)
        often = np.bincount(columns, values * np.repeat(counts, np.diff(begins)), len(self._rare2))
        return (often * self._rare2).astype(np.float32), float(self._lengths[n])

    def sought(self, text: Mapping[str, float]) -> tuple[Array, float]:
        """The same for any text, by how often each word comes; runs that none of the texts has say nothing."""
        often = np.zeros(len(self._rare2))
        for word, count in text.items():
            for run in _runs(word):
                if run in self._numbers:
                    often[self._numbers[run]] += count
        return (often * self._rare2).astype(np.float32), float(np.sqrt(np.sum(often * often * self._rare2)))

    def shared(self, sought: tuple[Array, float], others: Array) -> Array:
        """The cosine of a text and these others; not a number where one of two is empty."""
        vector, length = sought
        if length == 0:
            return np.full(len(others), np.nan)
        words, counts, begins = self._texts.pick(others)
        distinct, which = np.unique(words, return_inverse=True)
        columns, values, starts = self._runs.pick(distinct)
        by_word = sums(vector[columns] * values, starts)
        lengths = self._lengths[others]
        lengths[lengths == 0] = np.nan
        cosines: Array = np.maximum(sums(by_word[which] * counts, begins), 0) / (length * lengths)
        return cosines


def _runs(word: str) -> Iterator[str]:
    framed = f" {word} "
    for size in _SIZES:
        yield from (framed[at : at + size] for at in range(len(framed) - size + 1))
