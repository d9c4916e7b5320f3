"""Texts as words that can be compared: Turkish and English, in any case, with or without Turkish letters and endings.

Rules:

- A word is a run of letters or of digits; what stands behind an apostrophe is an ending and falls away.
- Stems are Snowball's (Turkish), on lower case with Turkish letters; what is compared is their folded form.
- Small words (and, for, project …) say nothing. An abbreviation stands for the words that it is short for as well.
- The name of a district is a place and no word: *Kiraz* is not the cherry, *Menderes* not the river. It is taken for
  the name where it is written with a capital within a text or has an ending behind an apostrophe; at the beginning of a
  text, and in one that is all capitals, only where the project runs there. *Küçük Menderes* and *Selçuklu* are none.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import snowballstemmer

from izsa_desktop.domain.text import fold, lower_tr

_WORD = re.compile(r"([^\W\d_]+|\d+)(?:['’`´][^\W\d_]+)?")
_RIVERS = ("küçük", "büyük")
_LONGEST = 40
"""Letters of a word; what is longer is no word, and would be slow to stem."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    lower: str
    """In lower case, as people read it."""
    plain: str
    """Folded, with its endings."""
    stem: str
    """Folded, without them; empty for a small word."""


@dataclass(frozen=True)
class Words:
    """What makes words of texts. Remembers every word that it has seen."""

    small: frozenset[str]
    """Folded."""
    abbreviations: Mapping[str, str]
    """By folded abbreviation."""
    districts: frozenset[str]
    """Names of districts in lower case."""
    _known: dict[str, Word] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _stemmer(self) -> "snowballstemmer.stemmer":
        return snowballstemmer.stemmer("turkish")

    def of(self, text: str, places: Collection[str] | None = ()) -> list[Word]:
        """The words of a text in order; ``places`` are the names of the districts, in lower case, where the work is.

        None: names of districts are words, too.
        """
        found: list[Word] = []
        shouted, before = text.isupper(), ""
        for match in _WORD.finditer(text):
            raw = match[1][:_LONGEST]
            lower = lower_tr(raw)
            initial = not found or shouted
            named = places is not None and lower in self.districts and raw[0].isupper() and before not in _RIVERS
            before = lower
            if named and (lower in (places or ()) or not initial or match.end() > match.end(1)):
                continue
            word = self._known.get(lower) or self._learn(lower)
            found.append(word)
            if word.plain in self.abbreviations:
                found += self.of(self.abbreviations[word.plain])
        return found

    def _learn(self, lower: str) -> Word:
        plain = fold(lower)
        small = plain in self.small or (len(plain) < 2 and not plain.isdigit())
        word = Word(lower, plain, "" if small else fold(self._stemmer.stemWord(lower)))
        self._known[lower] = word
        return word


def make_words(small: Iterable[str], abbreviations: Mapping[str, str], districts: Iterable[str]) -> Words:
    """As they are written in ``resources/reference/text_words.json``; names of districts in any case."""
    names = {lower_tr(name) for name in districts}
    people = {f"{name}{ending}" for name in names for ending in ("li", "lı", "lu", "lü")} - {"selçuklu"}
    return Words(
        frozenset(map(fold, small)),
        {fold(short): long for short, long in abbreviations.items()},
        frozenset(names | people),
    )
