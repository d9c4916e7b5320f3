"""What a text speaks of, by words that people use for it: *güneş paneli*, *GES* and *solar* are one thing.

A concept has a code and phrases. A phrase is words in order, of which each next one follows within three words. A word
of a phrase stands for all that begin with it (its last consonant may be softened); with ``=`` before it, for itself
alone. Of three letters and less at most three more may follow.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from izsa_desktop.analysis.words import Word
from izsa_desktop.domain.text import fold

_SOFT = {"k": "g", "p": "b", "t": "d"}
_WITHIN = 3


class Hit(NamedTuple):
    """A concept, and the words of the text that speak for it, in lower case."""

    concept: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    concept: str
    rest: tuple[int, ...]
    """The words behind the first, by number."""


class Concepts:
    """Phrases that can be looked for in texts."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """``phrases`` by code of the concept."""
        self.codes = tuple(phrases)
        self._numbers: dict[str, int] = {}
        self._begins: dict[str, list[int]] = {}
        self._exact: dict[str, list[int]] = {}
        self._by_first: dict[int, list[_Phrase]] = {}
        self._seen: dict[str, tuple[int, ...]] = {}
        for code, listed in phrases.items():
            for phrase in listed:
                first, *rest = (self._number(part) for part in phrase.split())
                self._by_first.setdefault(first, []).append(_Phrase(code, tuple(rest)))

    def _number(self, part: str) -> int:
        if part not in self._numbers:
            self._numbers[part] = number = len(self._numbers)
            table, plain = (self._exact, fold(part[1:])) if part.startswith("=") else (self._begins, fold(part))
            table.setdefault(plain, []).append(number)
            if table is self._begins and len(plain) > 2 and plain[-1] in _SOFT:
                table.setdefault(plain[:-1] + _SOFT[plain[-1]], []).append(number)
        return self._numbers[part]

    def _parts(self, plain: str) -> tuple[int, ...]:
        """Which words of phrases this word stands for."""
        parts = self._seen.get(plain)
        if parts is None:
            found = list(self._exact.get(plain, ()))
            for end in range(2, len(plain) + 1):
                if end > 3 or len(plain) <= end + 3:
                    found += self._begins.get(plain[:end], ())
            self._seen[plain] = parts = tuple(dict.fromkeys(found))
        return parts

    def hits(self, words: Sequence[Word]) -> list[Hit]:
        """Every occurrence of a phrase, in the order of the text."""
        parts = [self._parts(word.plain) for word in words]
        found = []
        for n, begun in enumerate(parts):
            for phrase in (one for part in begun for one in self._by_first.get(part, ())):
                places = self._follow(parts, n, phrase.rest)
                if places is not None:
                    found.append(Hit(phrase.concept, tuple(words[place].lower for place in places)))
        return found

    @staticmethod
    def _follow(parts: Sequence[tuple[int, ...]], at: int, rest: Iterable[int]) -> list[int] | None:
        places = [at]
        for wanted in rest:
            after = range(places[-1] + 1, min(places[-1] + 1 + _WITHIN, len(parts)))
            place = next((n for n in after if wanted in parts[n]), None)
            if place is None:
                return None
            places.append(place)
        return places
