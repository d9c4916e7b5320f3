"""Is a word spelled right, and if not, what was probably meant.

Hunspell's own suggestions take up to a second for a long Turkish word. Ours are what people really do: letters without
their Turkish signs, one letter too many, too few, wrong or swapped, two words written as one. They cost milliseconds.
"""

import tomllib
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Protocol, cast

from izsa_desktop import resource_files
from izsa_desktop.domain.text import lower_tr
from izsa_desktop.spelling.words import plain

LANGUAGES = ("tr", "en")
MAX_SUGGESTIONS = 5
_LETTERS = {"tr": "aeıioöuübcçdfgğhjklmnprsştvyzâîû", "en": "abcdefghijklmnopqrstuvwxyz"}
_SIGNS = dict(zip("cgıosuçğiöşü", "çğiöşücgıosu", strict=True))
_WITHOUT_HAT = str.maketrans("âîûÂÎÛ", "aiuAİU")
_ALL_SIGNS = 10
"""Up to so many letters of a word every combination of signs is tried (1,024 words), beyond that three at a time."""
_LEARNED_MIN, _LEARNED_ENDING = 4, 10
_NAME_MIN = 5
"""A capitalised word that is shorter is taken for a name, whatever resembles it."""


class _Dictionary(Protocol):
    def spell(self, word: str, /) -> bool: ...


class Speller:
    """One language. Made in half a second; not for use by two threads at once."""

    def __init__(self, language: str) -> None:
        """``language``: one of ``LANGUAGES``. Raises ImportError or OSError where Hunspell or the words are missing."""
        from hunspell import Hunspell

        folder = resource_files.path(f"vendor/hunspell-{language}")
        self._dictionary = cast(_Dictionary, Hunspell(language, hunspell_data_dir=str(folder), system_encoding="UTF-8"))
        self._letters = _LETTERS[language]
        self._turkish = language == "tr"
        own = tomllib.loads(resource_files.path(f"spelling/{language}.toml").read_text(encoding="utf-8"))
        self._like: dict[str, str] = own["like"]
        self._learned: set[str] = set()
        self._names: set[str] = set()

    def learn(self, words: Iterable[str]) -> None:
        """Words that are right from now on: with any ending, or, for a name, with one behind an apostrophe."""
        for word in map(plain, words):
            (self._names if word[:1].isupper() else self._learned).add(self._lower(word))

    def judge(self, word: str) -> list[str] | None:
        """None for a word that is right, else what was probably meant, the likeliest first; maybe nothing.

        A capitalised word that resembles nothing is a name, and right.
        """
        word = plain(word)
        if self.knows(word):
            return None
        found = self._meant(self._lower(word))
        if not word[0].isupper():
            return list(found)
        if len(word.partition("'")[0]) < _NAME_MIN:
            return None
        return [self._capital(meant) for meant in found if " " not in meant] or None

    def knows(self, word: str) -> bool:
        """True for a word of the dictionary, of this subject, or one that was learned."""
        if self._spell(word):
            return True
        stem, apostrophe, _ending = word.partition("'")
        lower = self._lower(word)
        if self._is_learned(self._lower(stem)) or (apostrophe and word[0].isupper() and self._spell(stem)):
            return True
        return any(lower.startswith(new) and self._spell(like + lower[len(new) :]) for new, like in self._like.items())

    def _spell(self, word: str) -> bool:
        return self._dictionary.spell(word) or self._dictionary.spell(word.translate(_WITHOUT_HAT))

    def _is_learned(self, lower: str) -> bool:
        if lower in self._learned or lower in self._names:
            return True
        ends = range(max(_LEARNED_MIN, len(lower) - _LEARNED_ENDING), len(lower))
        return any(lower[:end] in self._learned for end in ends)

    def _meant(self, word: str) -> Iterator[str]:
        """Different words that the dictionary has, the likeliest first."""
        seen = {word}
        for candidate in self._candidates(word):
            if candidate not in seen and all(map(self._dictionary.spell, candidate.split(" "))):
                seen.add(candidate)
                yield candidate
                if len(seen) > MAX_SUGGESTIONS:
                    return

    def _candidates(self, word: str) -> Iterator[str]:
        if self._turkish:
            yield from _other_signs(word)
        cuts = range(len(word))
        for i in cuts[1:]:
            yield word[: i - 1] + word[i] + word[i - 1] + word[i + 1 :]
        for i in cuts:
            yield word[:i] + word[i + 1 :]
        for i in range(len(word), 0, -1):
            for letter in self._letters:
                yield word[:i] + letter + word[i:]
        for i in reversed(cuts):
            for letter in self._letters:
                yield word[:i] + letter + word[i + 1 :]
        for i in cuts[2:-1]:
            yield f"{word[:i]} {word[i:]}"

    def _lower(self, word: str) -> str:
        return lower_tr(word) if self._turkish else word.lower()

    def _capital(self, meant: str) -> str:
        first = "İ" if self._turkish and meant[0] == "i" else meant[0].upper()
        return first + meant[1:]


def _other_signs(word: str) -> Iterator[str]:
    """The word with other Turkish signs on its letters, few changes first: ``cevre`` gives ``çevre``."""
    places = [i for i, letter in enumerate(word) if letter in _SIGNS]
    most = len(places) if len(places) <= _ALL_SIGNS else 3
    for count in range(1, most + 1):
        for chosen in combinations(places, count):
            letters = list(word)
            for i in chosen:
                letters[i] = _SIGNS[letters[i]]
            yield "".join(letters)
