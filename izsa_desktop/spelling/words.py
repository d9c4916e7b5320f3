"""What of a text is checked: words of letters, not addresses, numbers and abbreviations."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_CHUNK = re.compile(r"\S+")
_ADDRESS = re.compile(r"//|[@\\_#]|^www\.|\w\.\w", re.IGNORECASE)
_WORD = re.compile(r"(?<![\w'’])[^\W\d_]{2,40}(?:['’][^\W\d_]{1,20})?(?![\w'’])")


class Word(NamedTuple):
    """A word and where it begins in its text."""

    start: int
    text: str


def words_in(text: str) -> Iterator[Word]:
    """The words to check, as they stand in the text."""
    for chunk in _CHUNK.finditer(text):
        if _ADDRESS.search(chunk.group()):
            continue
        for found in _WORD.finditer(text, chunk.start(), chunk.end()):
            if not _is_abbreviation(found.group()):
                yield Word(found.start(), found.group())


def plain(word: str) -> str:
    """The word as dictionaries write it: with the straight apostrophe."""
    return word.replace("’", "'")


def _is_abbreviation(word: str) -> bool:
    """GES, SECAP'ını, kWp: two capitals, or one that does not begin the word."""
    stem = plain(word).partition("'")[0]
    return any(letter.isupper() for letter in stem[1:])
