"""What a document's texts say, and how much of each has been drawn: a text may go on in the next column or page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

_AHEAD: Final = 4
"""So many texts behind the last one may begin where no mark was found."""


@dataclass(slots=True)
class Words:
    """One text. ``apart``: what follows in the same paragraph is another word."""

    letters: str
    """Without blanks."""
    blanks: frozenset[int]
    """After how many letters a word ends."""
    apart: bool = False
    drawn: int = 0

    @property
    def ends_word(self) -> bool:
        """True when a blank belongs behind what has been drawn."""
        return self.drawn in self.blanks and (self.drawn < len(self.letters) or self.apart)


class Texts:
    """The texts of a document by their marks."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._words = {mark: _words(text) for mark, text in texts.items()}
        self._begun: set[int] = set()
        self._last = -1

    def get(self, mark: int) -> Words | None:
        """The words of a mark; None for a picture, and for what has no mark."""
        return self._words.get(mark)

    def draw(self, mark: int, text: str) -> None:
        """A part of a text has been drawn."""
        words = self._words[mark]
        words.drawn += len("".join(text.split()))
        self._last = mark
        if words.drawn < len(words.letters):
            self._begun.add(mark)
        else:
            self._begun.discard(mark)

    def next_with(self, text: str) -> int | None:
        """The text that goes on with this, or begins with it soon after the last. For what lies in no mark's place: the
        places of a text in columns are lost when it goes on on the next page.
        """
        letters = "".join(text.split())
        for mark in self._candidates() if letters else ():
            words = self._words[mark]
            if words.letters.startswith(letters, words.drawn):
                return mark
        return None

    def _candidates(self) -> Iterator[int]:
        yield from sorted(self._begun, reverse=True)
        for mark in range(self._last + 1, self._last + 1 + _AHEAD):
            if mark in self._words and not self._words[mark].drawn:
                yield mark


def _words(text: str) -> Words:
    parts = text.split()
    return Words("".join(parts), frozenset(accumulate(map(len, parts))))
