"""Turkish text: folding for search, order for sorting, and text that nobody can hide anything in.

Python's own ``lower`` turns ``İ`` into two characters and ``I`` into ``i``; a search built on it misses "ISPARTA" for
"ısparta". Everything that searches or sorts goes through this module; nothing else may lower-case user text.
"""

import json
import re
import unicodedata
from codecs import charmap_decode
from collections.abc import Callable
from typing import Any

_TO_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_PLAIN = str.maketrans("ÇçĞğıİÖöŞşÜüÂâÎîÛû", "ccggiioossuuaaiiuu")
_ALPHABET = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_BEHIND, _HIGH, _OVER = 0x200, 0xD600, 0xA00
"""How far letters of other alphabets are moved behind ours; from ``_HIGH`` on over the surrogates (no text)."""


class _Ranks(dict[int, str]):
    """By code point: the alphabet's letters by rank, others as their base letter or behind, signs before digits."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFKD", char)[0]
        if base in _ALPHABET:
            rank = self[ord(base)]
        elif char.isascii():
            rank = char
        else:
            rank = chr(code + (_BEHIND if code < _HIGH else _OVER)) if char.isalpha() else '"'
        self[code] = rank
        return rank


_ORDER = _Ranks(str.maketrans({letter: chr(0x100 + i) for i, letter in enumerate(_ALPHABET)}))

# What can hide or reorder text: controls, bidi marks, zero-width, separators, blank letters, surrogates, noncharacters,
# the invisible tags of plane 14. Not variation selectors: they only choose how an emoji looks.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e00ff]"
)
_WORD = re.compile(r"[^\W_]+")
_CONTROL = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]")


def lower_tr(text: str) -> str:
    """Lower-case by Turkish rules (İ→i, I→ı)."""
    return text.translate(_TO_LOWER).lower()


def fold(text: str) -> str:
    """The form in which texts are compared in a search: Turkish lower case, then plain ASCII letters (ı→i, ş→s)."""
    return _by_letter(text, _FOLDED) or _fold(text)


def _fold(text: str) -> str:
    plain = text.translate(_PLAIN).lower()
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN).casefold()


def words(text: str, longest: int) -> list[str]:
    """The runs of letters and digits in the folded text, each as often as it occurs, cut off after so many."""
    spaced = _by_letter(text, _SPACED)
    found = _WORD.findall(_fold(text)) if spaced is None else spaced.split()
    return found if longest >= max(map(len, found), default=0) else [word[:longest] for word in found]


def sort_key(text: str) -> str:
    """A key whose code point order is the Turkish alphabet; digits and punctuation come before letters."""
    return _by_letter(text, _RANKED) or _sort_key(text)


def _sort_key(text: str) -> str:
    return lower_tr(unicodedata.normalize("NFC", text)).translate(_ORDER)


def normal(text: str) -> str:
    """Text as it is stored: NFC, line ends as one ``\\n``, no blanks at either end."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def written(value: Any, most: int = 60) -> str:
    """What a JSON document says, as it is written there and no longer than ``most``; texts without their marks."""
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))[:most]


def has_control(text: str) -> bool:
    """True when the text holds characters that no record may hold: controls other than tab and newline, surrogates."""
    return _CONTROL.search(text) is not None


def has_invisible(text: str) -> bool:
    """True when the text holds characters that hide or reorder others; names of people and units may not.

    A line break counts: a name is one line, and a second one could pass for a message of the program.
    """
    return "\n" in text or "\t" in text or _INVISIBLE.search(text) is not None


def is_blank(text: str) -> bool:
    """True when there is nothing in the text that anybody could see."""
    return not _INVISIBLE.sub("", text).strip()


def visible(text: str) -> str:
    """The text with every hidden character spelled out (``␣U+202E␣``), for screens, maps and paper."""
    return _INVISIBLE.sub(lambda m: f"␣U+{ord(m.group()):04X}␣", text)


# --- the short way ---------------------------------------------------------------------------------------------------
# Nearly all texts have only characters of the Turkish code page of Windows. A table says what becomes of each of them,
# whatever stands beside it: that takes a tenth of the time, and is done for every text of every project.

_PAGE = "cp1254"
_NOT_SO = "\ufffe"
"""What ``charmap_decode`` stops at."""


def _by_letter(text: str, table: str) -> str | None:
    """What the table makes of the text; None where the short way does not lead."""
    try:
        return charmap_decode(text.encode(_PAGE), "strict", table)[0]
    except UnicodeError:
        return None


def _table(of: Callable[[str], str]) -> str:
    """``of`` by the code page's bytes, where it makes one character of one."""
    made = []
    for byte in range(256):
        became = of(bytes([byte]).decode(_PAGE, "replace"))
        made.append(became if len(became) == 1 else _NOT_SO)
    return "".join(made)


def _space(char: str) -> str:
    folded = _fold(char)
    return folded if _WORD.search(folded) else " "


_FOLDED, _SPACED, _RANKED = _table(_fold), _table(_space), _table(_sort_key)
